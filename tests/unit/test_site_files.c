/* The files of a site: what is written, kept, removed, left alone. */
#include "site_folder.h"

#include "lib/base/crew.h"

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

/* New folders come as they were made; in those that are there, ours and somebody's files stay, also where a folder is a link to one elsewhere. */
static void
test_new_files_join_what_is_in_their_folders(void **state)
{
	AUTO_FREE char *mine = file_join(dir, "a/mine.txt"), *elsewhere = file_join(dir, "elsewhere"), *link = file_join(dir, "c");
	struct site_files *f;
	struct error err;

	(void)state;
	make_first();
	assert_int_equal(file_write(mine, "mine", 4, NULL, &err), 0);
	assert_int_equal(mkdir(elsewhere, 0777), 0);
	assert_int_equal(symlink("elsewhere", link), 0);
	f = begin();
	assert_true(site_files_keep(f, "a/b/page.html", 1));
	assert_true(site_files_keep(f, "list.html", 2));
	assert_int_equal(put(f, "a/b/next.html", 4, "four"), 0);
	assert_int_equal(put(f, "a/d/e/deep.html", 5, "five"), 0);
	assert_int_equal(put(f, "c/far.html", 6, "six"), 0);
	assert_int_equal(finish(f).written, 3);
	assert_file("a/b/page.html", "one");
	assert_file("a/b/next.html", "four");
	assert_file("a/d/e/deep.html", "five");
	assert_file("elsewhere/far.html", "six");
	assert_file("a/mine.txt", "mine");
	assert_file(".regwatch-new", NULL);
}

static void
test_a_file_in_the_way_of_a_folder_is_told(void **state)
{
	AUTO_FREE char *mine = file_join(dir, "a");
	struct site_files *f = begin();
	struct site_files_done done;
	struct error err;

	(void)state;
	assert_int_equal(put(f, "a/b.html", 1, "one"), 0);
	assert_int_equal(put(f, "list.html", 1, "two"), 0);
	assert_int_equal(file_write(mine, "mine", 4, NULL, &err), 0);
	assert_int_equal(site_files_finish(f, &done, &err), ERR_IO);
	assert_non_null(strstr(err.text, mine));
	site_files_free(f);
	assert_file("a", "mine");
	assert_file("list.html", NULL);
}

/* Told before anything is put in place: half a site would be seen else. */
static void
test_a_file_that_stood_in_the_way_of_a_folder_is_a_fault_of_the_configuration(void **state)
{
	AUTO_FREE char *mine = file_join(dir, "a");
	struct site_files *f = begin();
	struct error err;

	(void)state;
	assert_int_equal(file_write(mine, "mine", 4, NULL, &err), 0);
	assert_int_equal(put(f, "list.html", 1, "two"), 0);
	assert_int_equal(put(f, "a/b.html", 1, "one"), ERR_CONF);
	site_files_free(f);
	assert_file("a", "mine");
	assert_file("list.html", NULL);
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

#define MARK "<meta name=\"generator\" content=\"regwatch\">"

static void
test_without_the_list_ours_are_known_by_their_mark(void **state)
{
	static const struct { const char *name, *ours, *new; } files[] = {
		{ "page.html", MARK "old", MARK "new" }, { "a.json", "{\"generator\":\"regwatch\",\"old\":1}\n", "{\"generator\":\"regwatch\",\"new\":1}\n" },
		{ "a.txt", "old\n---\n\nMade by regwatch\n", "new\n---\n\nMade by regwatch\n" }, { "a.css", "/* regwatch: old */", "/* regwatch: new */" },
	};
	AUTO_FREE char *list = file_join(dir, ".regwatch-site"), *foreign = file_join(dir, "mine.html"), *saved = file_join(dir, "saved.html");
	struct site_files *f = begin();
	struct error err;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(put(f, files[i].name, 1, files[i].ours), 0);
	finish(f);
	assert_int_equal(file_write(foreign, "mine, content=\"regwatch\"", 24, NULL, &err), 0);
	assert_int_equal(file_write(saved, MARK "saved", sizeof(MARK "saved") - 1, NULL, &err), 0);
	f = begin();
	assert_int_equal(put(f, "saved.html", 1, "x"), ERR_CONF);	/* the list does not name it: a copy that somebody keeps */
	site_files_free(f);
	assert_int_equal(unlink(list), 0);
	f = begin();
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(put(f, files[i].name, 2, files[i].new), 0);
	assert_int_equal(put(f, "mine.html", 2, "x"), ERR_CONF);
	assert_int_equal(finish(f).removed, 0);
	for (size_t i = 0; i < 4; i++)
		assert_file(files[i].name, files[i].new);
	assert_file("mine.html", "mine, content=\"regwatch\"");
	assert_file("saved.html", MARK "saved");
}

static void
test_what_is_new_comes_before_what_leads_to_it(void **state)
{
	AUTO_FREE char *blocked = file_join(dir, "b.html");
	struct site_files_done done;
	struct site_files *f = begin();
	struct error err;

	(void)state;
	assert_int_equal(put(f, "a.html", 1, "old a"), 0);
	assert_int_equal(put(f, "b.html", 1, "old b"), 0);
	finish(f);
	f = begin();
	assert_int_equal(put(f, "a.html", 2, "leads to new"), 0);
	assert_int_equal(put(f, "b.html", 2, "new b"), 0);
	site_files_step(f, 1);
	assert_int_equal(put(f, "new.html", 2, "new"), 0);
	assert_int_equal(unlink(blocked), 0);
	assert_int_equal(mkdir(blocked, 0777), 0);	/* so that the run stops there */
	assert_int_equal(site_files_finish(f, &done, &err), ERR_IO);
	site_files_free(f);
	assert_file("new.html", "new");
	assert_file("a.html", "leads to new");
}


static int
make_part(void *ctx, struct crew *c, size_t number, struct error *err)
{
	struct site_files *f = ctx;
	AUTO_FREE char *path = xasprintf("part/%zu.html", number);

	(void)c;
	site_files_part_begin(f, number);
	if (put(f, path, 20 + number, path) < 0 || (number == 2 && put(f, "list.html", 30, "two") < 0))
		return error_set(err, ERR_IO, "cannot put");
	return site_files_part_end(f, err);
}

static void
test_parts_of_other_processes_count_as_put_here(void **state)
{
	struct site_files *f;
	struct site_files_done done;
	struct crew *c;
	struct error err;

	(void)state;
	make_first();
	f = begin();
	assert_int_equal(crew_begin(2, make_part, f, &c, &err), 0);
	assert_int_equal(put(f, "own.html", 4, "own"), 0);
	assert_int_equal(crew_wait(c, &err), 0);
	crew_free(c);
	assert_int_equal(site_files_part_adopt(f, 1, &err), 0);
	assert_int_equal(site_files_part_adopt(f, 2, &err), 0);
	done = finish(f);
	assert_int_equal(done.written, 3);
	assert_int_equal(done.kept, 1);		/* the same bytes under another key */
	assert_int_equal(done.removed, 1);
	assert_file("part/1.html", "part/1.html");
	assert_file("part/2.html", "part/2.html");
	assert_file("own.html", "own");
	assert_file("list.html", "two");
	assert_file(".regwatch-new", NULL);
	f = begin();
	assert_true(site_files_keep(f, "part/2.html", 22));
	assert_true(site_files_keep(f, "list.html", 30));
	site_files_free(f);
}

static void
test_a_part_that_nobody_adopts_leaves_nothing(void **state)
{
	struct site_files *f;
	struct crew *c;
	struct error err;

	(void)state;
	make_first();
	f = begin();
	assert_int_equal(crew_begin(1, make_part, f, &c, &err), 0);
	assert_int_equal(crew_wait(c, &err), 0);
	crew_free(c);
	site_files_free(f);
	assert_file("part/1.html", NULL);
	assert_file(".regwatch-new", NULL);
	assert_file("list.html", "two");
}

/* A folder stands where the list is to go, so the first step's file takes its place and the last one's cannot. */
static void
test_files_take_their_places_by_step(void **state)
{
	AUTO_FREE char *list = file_join(dir, "list.html"), *inner = file_join(list, "foreign");
	struct site_files_done done;
	struct site_files *f;
	struct error err;

	(void)state;
	make_first();
	f = begin();
	site_files_step(f, 2);
	assert_int_equal(put(f, "list.html", 3, "three"), 0);
	site_files_step(f, 1);
	assert_int_equal(put(f, "a/b/page.html", 3, "new"), 0);
	assert_int_equal(unlink(list), 0);
	assert_int_equal(mkdir(list, 0777), 0);
	assert_int_equal(mkdir(inner, 0777), 0);
	assert_int_equal(site_files_finish(f, &done, &err), ERR_IO);
	site_files_free(f);
	assert_file("a/b/page.html", "new");
}

static void
make_state(uint64_t state)
{
	struct site_files *f = begin();

	assert_int_equal(put(f, "a/b/page.html", 1, "one"), 0);
	site_files_state(f, state);
	finish(f);
}

static void
test_an_unchanged_state_needs_no_look(void **state)
{
	AUTO_FREE char *staging = file_join(dir, ".regwatch-new");
	struct site_files *f;
	struct error err;
	size_t n = 0;

	(void)state;
	assert_false(site_files_unchanged(dir, 7, &n));
	make_state(0);
	assert_false(site_files_unchanged(dir, 0, &n));
	make_state(7);
	assert_true(site_files_unchanged(dir, 7, &n));
	assert_int_equal(n, 1);
	assert_false(site_files_unchanged(dir, 8, &n));
	assert_file(".regwatch-site", "regwatch site 1 0000000000000007 1\n0000000000000001 a/b/page.html\n");
	f = begin();
	assert_true(site_files_keep(f, "a/b/page.html", 1));
	site_files_free(f);
	assert_int_equal(file_mkdirs(staging, &err), 0);	/* of a stopped run */
	assert_false(site_files_unchanged(dir, 7, &n));
}

static void
test_a_list_with_a_bad_first_line_is_refused(void **state)
{
	static const char *const bad[] = { "", "regwatch site 2\n", "regwatch site 1", "regwatch site 1 \n", "regwatch site 1 0000000000000007\n",
	    "regwatch site 1 000000000000000g 1\n", "regwatch site 1 0000000000000007 -1\n", "regwatch site 1 0000000000000007 1 \n" };
	AUTO_FREE char *list = file_join(dir, ".regwatch-site");
	struct site_files *f;
	struct error err;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(file_write(list, bad[i], strlen(bad[i]), NULL, &err), 0);
		assert_false(site_files_unchanged(dir, 7, &n));
		assert_int_equal(site_files_open(dir, &f, &err), ERR_DATA);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_is_seen_before_the_end),
		TEST(test_what_has_its_key_is_kept),
		TEST(test_what_is_no_longer_wanted_goes_and_foreign_files_stay),
		TEST(test_new_files_join_what_is_in_their_folders),
		TEST(test_a_file_in_the_way_of_a_folder_is_told),
		TEST(test_a_file_that_stood_in_the_way_of_a_folder_is_a_fault_of_the_configuration),
		TEST(test_what_a_stopped_run_put_in_place_is_made_again),
		TEST(test_a_folder_is_kept_as_a_whole),
		TEST(test_without_the_list_ours_are_known_by_their_mark),
		TEST(test_what_is_new_comes_before_what_leads_to_it),
		TEST(test_no_path_leaves_the_folder),
		TEST(test_parts_of_other_processes_count_as_put_here),
		TEST(test_a_part_that_nobody_adopts_leaves_nothing),
		TEST(test_files_take_their_places_by_step),
		TEST(test_an_unchanged_state_needs_no_look),
		TEST(test_a_list_with_a_bad_first_line_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
