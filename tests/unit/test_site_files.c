/* The files of a site: what is written, kept, removed, left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/site_files.h"
#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"

static char dir[64];

static int
setup(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/regwatch-site.XXXXXX");
	return mkdtemp(dir) != NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	AUTO_FREE char *command = xasprintf("rm -r '%s'", dir);

	(void)state;
	return system(command);
}

static int
put(struct site_files *f, const char *path, uint64_t key, const char *text)
{
	AUTO_BUF bytes = BUF_INIT;
	struct error err;

	buf_adds(&bytes, text);
	return site_files_put(f, path, key, &bytes, &err);
}

static struct site_files *
begin(void)
{
	struct site_files *f;
	struct error err;

	assert_int_equal(site_files_open(dir, &f, &err), 0);
	return f;
}

static struct site_files_done
finish(struct site_files *f)
{
	struct site_files_done done;
	struct error err;

	assert_int_equal(site_files_finish(f, &done, &err), 0);
	site_files_free(f);
	return done;
}

static void
assert_file(const char *name, const char *expected)
{
	AUTO_FREE char *path = file_join(dir, name);
	AUTO_BUF text = BUF_INIT;
	struct error err;

	if (expected == NULL) {
		assert_false(file_exists(path));
		return;
	}
	assert_int_equal(file_read(path, 1000, &text, &err), 0);
	assert_string_equal(buf_str(&text), expected);
}

static void
make_first(void)
{
	struct site_files *f = begin();

	assert_int_equal(put(f, "a/b/page.html", 1, "one"), 0);
	assert_int_equal(put(f, "list.html", 2, "two"), 0);
	assert_int_equal(finish(f).written, 2);
}

static void
test_nothing_is_seen_before_the_end(void **state)
{
	struct site_files *f;

	(void)state;
	make_first();
	f = begin();
	assert_int_equal(put(f, "list.html", 3, "three"), 0);
	assert_file("list.html", "two");
	site_files_free(f);	/* given up */
	assert_file("list.html", "two");
	assert_file("a/b/page.html", "one");
	assert_file(".regwatch-new", NULL);
	f = begin();
	assert_true(site_files_keep(f, "list.html", 2));
	site_files_free(f);
}

static void
test_what_has_its_key_is_kept(void **state)
{
	struct site_files *f;
	struct site_files_done done;

	(void)state;
	make_first();
	f = begin();
	assert_true(site_files_keep(f, "a/b/page.html", 1));
	assert_false(site_files_keep(f, "list.html", 9));
	assert_int_equal(put(f, "list.html", 9, "two"), 0);	/* the same bytes after all */
	done = finish(f);
	assert_int_equal(done.written, 0);
	assert_int_equal(done.kept, 2);
	f = begin();
	assert_true(site_files_keep(f, "list.html", 9));
	site_files_free(f);
}

static void
test_what_is_no_longer_wanted_goes_and_foreign_files_stay(void **state)
{
	AUTO_FREE char *mine = file_join(dir, "mine.txt");
	struct site_files *f;
	struct error err;

	(void)state;
	make_first();
	assert_int_equal(file_write(mine, "mine", 4, NULL, &err), 0);
	f = begin();
	assert_true(site_files_keep(f, "list.html", 2));
	assert_int_equal(finish(f).removed, 1);
	assert_file("a", NULL);		/* its folders too */
	assert_file("mine.txt", "mine");
	f = begin();
	assert_int_equal(put(f, "mine.txt", 1, "ours"), ERR_CONF);
	assert_int_equal(put(f, "mine.txt", 1, "mine"), 0);	/* it is what we would write */
	site_files_free(f);
	assert_file("mine.txt", "mine");
}

static void
test_what_a_stopped_run_put_in_place_is_made_again(void **state)
{
	AUTO_FREE char *staging = file_join(dir, ".regwatch-new"), *list = file_join(staging, "list"), *page = file_join(dir, "list.html"), *new = file_join(dir, "new.html");
	static const char pending[] = "0000000000000007 list.html\n0000000000000008 new.html\n";
	struct site_files *f;
	struct error err;

	(void)state;
	make_first();
	/* as if killed between the renames and the writing of the keys */
	assert_int_equal(file_mkdirs(staging, &err), 0);
	assert_int_equal(file_write(list, pending, sizeof(pending) - 1, NULL, &err), 0);
	assert_int_equal(file_write(page, "three", 5, NULL, &err), 0);
	assert_int_equal(file_write(new, "half", 4, NULL, &err), 0);
	f = begin();
	assert_false(site_files_keep(f, "list.html", 2));	/* its old key tells of other bytes */
	assert_int_equal(put(f, "list.html", 2, "two"), 0);
	assert_true(site_files_keep(f, "a/b/page.html", 1));
	assert_int_equal(finish(f).removed, 1);
	assert_file("list.html", "two");
	assert_file("new.html", NULL);
	assert_file(".regwatch-new", NULL);
}

static void
test_a_folder_is_kept_as_a_whole(void **state)
{
	struct site_files *f = begin();

	(void)state;
	assert_int_equal(put(f, "search/2025-0/d00.js", 5, "x"), 0);
	assert_int_equal(put(f, "search/2025-0/w00.js", 5, "y"), 0);
	assert_int_equal(put(f, "search/2025-1/d00.js", 6, "z"), 0);
	finish(f);
	f = begin();
	assert_true(site_files_keep_folder(f, "search/2025-0/", 5));
	assert_false(site_files_keep_folder(f, "search/2025-1/", 5));
	assert_false(site_files_keep_folder(f, "search/2024-0/", 5));
	assert_int_equal(finish(f).removed, 1);
	assert_file("search/2025-0/w00.js", "y");
	assert_file("search/2025-1", NULL);
}

static void
test_no_path_leaves_the_folder(void **state)
{
	static const char *const bad[] = { "../x", "a/../x", "/x", "", "a//b", ".hidden", "a/.b", "a/", "a b" };
	static const char hostile[] = "regwatch site 1\n0000000000000001 ../outside\n";
	AUTO_FREE char *list = file_join(dir, ".regwatch-site");
	struct site_files *f = begin();
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(put(f, bad[i], 1, "x"), ERR_BUG);
	site_files_free(f);
	assert_int_equal(file_write(list, hostile, sizeof(hostile) - 1, NULL, &err), 0);
	assert_int_equal(site_files_open(dir, &f, &err), ERR_DATA);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_is_seen_before_the_end),
		TEST(test_what_has_its_key_is_kept),
		TEST(test_what_is_no_longer_wanted_goes_and_foreign_files_stay),
		TEST(test_what_a_stopped_run_put_in_place_is_made_again),
		TEST(test_a_folder_is_kept_as_a_whole),
		TEST(test_no_path_leaves_the_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
