#include "index_world.h"

static void
finds(struct world *w, const char *words, const char *expected)
{
	const char *found = world_list(w, NULL, words, ORDER_BEST);

	if (strcmp(found, expected) != 0)
		fail_msg("'%s' finds %s instead of %s", words, found, expected);
}

static void
test_search_wants_all_words_in_any_field_and_case(void **state)
{
	finds(*state, "toys", "G/TBT/N/USA/10\n");
	finds(*state, "LEAD toys", "G/TBT/N/USA/10\n");
	finds(*state, "lead wine", "");
	finds(*state, "creme FRAICHE", "G/SPS/N/KEN/7\n");
	finds(*state, "safety machines", "G/TBT/N/CHL/3/Add.2\n");
}

static void
test_search_puts_titles_before_descriptions(void **state)
{
	struct world *w = *state;
	static const struct spec more = { .id = "G/TBT/N/UGA/2", .title = "Matters", .description = "One line on wine.", .distributed = "2026-06-09" };

	world_take(w, &more, 1);
	finds(w, "wine", "2026/0321/FI\nG/TBT/N/FIN/55\nG/TBT/N/UGA/2\n");
}

static void
test_search_knows_phrases_exclusions_and_beginnings(void **state)
{
	finds(*state, "\"lead in paint\"", "G/TBT/N/USA/10\n");
	finds(*state, "\"paint in lead\"", "");
	finds(*state, "safety -toys", "G/TBT/N/CHL/3/Add.2\n");
	finds(*state, "limits -\"lead in\"", "G/SPS/N/KEN/7\n");
	finds(*state, "mach*", "G/TBT/N/CHL/3/Add.2\n");
	finds(*state, "mach", "");
	finds(*state, "\"lead in pai\"*", "G/TBT/N/USA/10\n");
	finds(*state, "G/TBT/N/KEN/900", "G/TBT/N/BDI/608\n");
	finds(*state, "2020/0026/D", "2020/0026/D\n");
}

static void
test_search_takes_exclusions_alone_as_all_but(void **state)
{
	finds(*state, "-toys -wine -dairy -machines -glass", "G/TBT/N/USA/10/Add.1\nG/TBT/N/BDI/608\n");
}

/* Everything else that means something to FTS5 is text: no error, and what has no letter or digit finds nothing. */
static void
test_search_cannot_be_broken_by_its_words(void **state)
{
	static const char *const hostile[] = { "", " ", "\"", "\"\"", "\"\"\"", "--", "-", "*", "a* OR", "NEAR(", "NEAR(toys wine, 2)", "toys AND", "(toys",
		"title:toys", "{title}: toys", "^toys NOT", "toys + wine", "'", "%", "\\", "-\"", "-*", "\"toys", "; DROP TABLE notice", "toys\" OR \"wine",
		"\xff\xfe toys", "\xe2\x80\xae", "\x02\x03", "- toys", "***", "\"*\"*", "-\"--\"", "AND OR NOT", "\"a\"\"b\"" };
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++)
		world_list(w, NULL, hostile[i], ORDER_BEST);	/* fails the test on any error */
	finds(w, "", "");
	finds(w, "--", "");
	finds(w, "\"\"", "");
	finds(w, "NEAR( toys", "");
	finds(w, "\"toys", "G/TBT/N/USA/10\n");
	finds(w, "- toys", "G/TBT/N/USA/10\n");
	finds(w, "toys\" OR \"wine", "");	/* the phrase ' OR ' is a word like others */
	finds(w, "toys --", "G/TBT/N/USA/10\n");
	finds(w, "lead\tin\npaint", "G/TBT/N/USA/10\n");
}

static void
test_search_bounds_long_questions(void **state)
{
	struct world *w = *state;
	AUTO_BUF many = BUF_INIT, one = BUF_INIT, stars = BUF_INIT, minus = BUF_INIT;

	for (int i = 0; i < 2500; i++) {
		buf_adds(&many, "toys ");
		buf_adds(&one, "toys");
		buf_adds(&stars, "t* ");
		buf_adds(&minus, "-x \"");
	}
	finds(w, buf_str(&many), "G/TBT/N/USA/10\n");
	finds(w, buf_str(&one), "");
	world_list(w, NULL, buf_str(&stars), ORDER_BEST);
	world_list(w, NULL, buf_str(&minus), ORDER_BEST);
}

static void
test_search_goes_with_filters_and_orders(void **state)
{
	struct world *w = *state;
	struct filter f = { .open = true };

	assert_string_equal(world_list(w, &f, "limits", ORDER_BEST), "G/TBT/N/USA/10\n");
	f.open = false;
	assert_string_equal(world_list(w, &f, "limits", ORDER_NEWEST), "G/TBT/N/USA/10\nG/SPS/N/KEN/7\n");
	strv_add(&f.members, "KE");
	assert_string_equal(world_list(w, &f, "limits", ORDER_BEST), "G/SPS/N/KEN/7\n");
	filter_clear(&f);
	f.limit = 1;
	assert_string_equal(world_list(w, &f, "limits", ORDER_NEWEST), "G/TBT/N/USA/10\n");
}

/* Notifications 1 to n, of which each so-manieth has the word in its title too. The first is the shortest, number 1500 the next, and the first
 * fifty are older. */
static void
add_common(struct world *w, int n, int titles)
{
	assert_ok(w->f, index_begin(w->ix, &w->f->err));
	for (int i = 1; i <= n; i++) {
		AUTO_FREE char *id = xasprintf("G/TBT/N/UGA/%d", i);
		struct spec s = { .id = id, .title = i % titles == 0 ? "Common matters" : "Matters",
			.description = i == 1 ? "Common." : i == 1500 ? "Common words." : "A common text.", .distributed = i <= 50 ? "2026-06-01" : "2026-06-09" };
		AUTO_NOTICE notice = NOTICE_INIT;
		AUTO_VERSION v = VERSION_INIT;

		world_notice(&s, &notice);
		snprintf(v.commit, sizeof(v.commit), "%040x", (unsigned)i);
		assert_ok(w->f, index_apply(w->ix, &v, "synthetic.md", v.commit, &notice, &w->f->err));
	}
	assert_ok(w->f, index_end(w->ix, true, &w->f->err));
}

/* Past some thousand matches titles are looked at first; what is shown must be the same. */
static void
test_search_of_a_word_that_is_everywhere_shows_titles_first(void **state)
{
	struct world *w = *state;
	struct filter f = { .limit = 2 };

	add_common(w, 4100, 2000);
	assert_string_equal(world_list(w, &f, "common", ORDER_BEST), "G/TBT/N/UGA/2000\nG/TBT/N/UGA/4000\n");
	f.limit = 3;
	assert_string_equal(world_list(w, &f, "common", ORDER_BEST), "G/TBT/N/UGA/2000\nG/TBT/N/UGA/4000\nG/TBT/N/UGA/1\n");
	f.limit = 1;
	assert_string_equal(world_list(w, &f, "common text", ORDER_BEST), "G/TBT/N/UGA/2000\n");
	assert_string_equal(world_list(w, &f, "common -matters", ORDER_BEST), "");
}

/* ... and of thousands of titles the newest, as long as they give what is wanted. */
static void
test_search_of_a_word_that_is_in_thousands_of_titles_shows_the_best_of_the_newest(void **state)
{
	struct world *w = *state;
	struct filter f = { .limit = 1 };

	add_common(w, 2100, 1);
	assert_string_equal(world_list(w, &f, "common", ORDER_BEST), "G/TBT/N/UGA/1500\n");
	f.until = date_midnight((struct date){ 2026, 6, 5 });
	assert_string_equal(world_list(w, &f, "common", ORDER_BEST), "G/TBT/N/UGA/1\n");
	f.until = 0;
	f.limit = 2001;	/* more than the newest are */
	assert_memory_equal(world_list(w, &f, "common", ORDER_BEST), "G/TBT/N/UGA/1\n", strlen("G/TBT/N/UGA/1\n"));
}

static int
print_snippet(void *ctx, const struct index_row *row)
{
	buf_addf(ctx, "%s\n", row->snippet);
	return 0;
}

static void
test_search_shows_the_passage_with_its_marks(void **state)
{
	struct world *w = *state;
	struct filter f = FILTER_INIT;
	AUTO_BUF out = BUF_INIT;

	assert_ok(w->f, index_list(w->ix, &f, "paint", ORDER_BEST, print_snippet, &out, &w->f->err));
	assert_string_equal(buf_str(&out), "Sets limits for lead in \002paint\003.\n");
	buf_reset(&out);
	assert_ok(w->f, index_list(w->ix, &f, NULL, ORDER_BEST, print_snippet, &out, &w->f->err));
	assert_string_equal(buf_str(&out), "\n\n\n\n\n\n\n\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_search_wants_all_words_in_any_field_and_case, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_puts_titles_before_descriptions, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_knows_phrases_exclusions_and_beginnings, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_takes_exclusions_alone_as_all_but, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_cannot_be_broken_by_its_words, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_bounds_long_questions, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_goes_with_filters_and_orders, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_of_a_word_that_is_everywhere_shows_titles_first, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_of_a_word_that_is_in_thousands_of_titles_shows_the_best_of_the_newest, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_search_shows_the_passage_with_its_marks, world_setup, world_teardown),
	};

	return cmocka_run_group_tests_name("index_search", tests, NULL, NULL);
}
