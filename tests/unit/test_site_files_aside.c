/* Files of a site that two threads put at the same time. */
#include "site_folder.h"

#include "lib/base/aside.h"

#define MANY 3000

/* Puts MANY files below a folder and looks for those of the last time meanwhile; fails when one that must be kept is not. */
struct putting {
	struct site_files *f;
	const char *folder;
	uint64_t key;
	bool kept;
};

static int
put_many(void *ctx, struct error *err)
{
	const struct putting *p = ctx;

	for (size_t i = 0; i < MANY; i++) {
		AUTO_FREE char *path = xasprintf("%s%zu.html", p->folder, i);

		if (p->kept && i % 2 == 0 && !site_files_keep(p->f, path, p->key))
			return error_set(err, ERR_DATA, "'%s' is not kept", path);
		if (p->kept && i % 2 == 0)
			continue;
		if (put(p->f, path, p->key, path) < 0)
			return error_set(err, ERR_IO, "cannot put '%s'", path);
	}
	return 0;
}

static struct site_files_done
put_from_two_threads(uint64_t key, bool kept)
{
	struct site_files *f = begin();
	struct putting here = { f, "lists/", key, kept }, there = { f, "search/", key, kept };
	struct aside *a;
	struct error err;

	site_files_step_below(f, "search/", 4);
	a = aside_begin(put_many, &there);
	assert_int_equal(put_many(&here, &err), 0);
	assert_int_equal(aside_end(a, &err), 0);
	return finish(f);
}

static void
test_two_threads_put_and_keep_at_the_same_time(void **state)
{
	struct site_files_done done;

	(void)state;
	assert_int_equal(put_from_two_threads(1, false).written, 2 * MANY);
	done = put_from_two_threads(1, true);
	assert_int_equal(done.written, 0);
	assert_int_equal(done.kept, 2 * MANY);
	assert_int_equal(done.removed, 0);
	assert_file("lists/2999.html", "lists/2999.html");
	assert_file("search/2999.html", "search/2999.html");
}

/* A folder stands where a file of step 2 is to go: what comes before it takes its place, what comes after it does not. */
static bool
comes_before(const char *path, size_t step_below)
{
	AUTO_FREE char *list = file_join(dir, "list.html"), *inner = file_join(list, "foreign"), *own = file_join(dir, path);
	AUTO_BUF text = BUF_INIT;
	struct site_files_done done;
	struct site_files *f = begin();
	struct error err;
	bool before;

	assert_int_equal(put(f, "list.html", 1, "old"), 0);
	assert_int_equal(put(f, path, 1, "old"), 0);
	finish(f);
	f = begin();
	site_files_step_below(f, "search/", step_below);
	site_files_step(f, 2);
	assert_int_equal(put(f, "list.html", 2, "new"), 0);
	assert_int_equal(put(f, path, 2, "new"), 0);
	assert_int_equal(unlink(list), 0);
	assert_int_equal(mkdir(list, 0777), 0);
	assert_int_equal(mkdir(inner, 0777), 0);
	assert_int_equal(site_files_finish(f, &done, &err), ERR_IO);
	site_files_free(f);
	assert_int_equal(file_read(own, 1000, &text, &err), 0);
	before = strcmp(buf_str(&text), "new") == 0;
	assert_int_equal(rmdir(inner), 0);
	assert_int_equal(rmdir(list), 0);
	return before;
}

static void
test_what_lies_below_the_folder_has_its_own_step(void **state)
{
	(void)state;
	assert_true(comes_before("search/manifest.js", 1));
	assert_false(comes_before("search/manifest.js", 3));
	assert_false(comes_before("searching.html", 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_two_threads_put_and_keep_at_the_same_time), TEST(test_what_lies_below_the_folder_has_its_own_step),
	};

	return cmocka_run_group_tests_name("site_files_aside", tests, NULL, NULL);
}
