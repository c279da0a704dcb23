/* Who names a dossier, and its probable twin, out of the index. All records here are synthetic. */
#include "index_world.h"

#include "store/index_story.h"

static const struct spec swedish[] = {
	{ .id = "2026/0200/SE", .title = "Boverket's regulations on the fire behaviour of timber facades", .distributed = "2026-03-01", .deadline = "2026-06-02" },
	{ .id = "2026/0201/SE", .title = "Regulations on the marking of drinking straws", .distributed = "2026-03-01", .deadline = "2026-06-02" },
	{ .id = "G/TBT/N/SWE/160", .title = "Draft regulations concerning fire behaviour of timber façades", .distributed = "2026-03-13", .deadline = "2026-05-12",
	  .description = "See G/TBT/N/FIN/55 and G/TBT/N/EU/12." },
	{ .id = "G/TBT/N/SWE/160/Add.1", .title = "Fire behaviour of timber facades", .distributed = "2026-04-01", .event = "addendum",
	  .description = "This amends G/TBT/N/SWE/160." },
	{ .id = "G/TBT/N/DNK/90", .title = "Regulations on the marking of drinking straws", .distributed = "2026-03-01", .deadline = "2026-05-01" },
};

static const char *
probable(struct world *w, const char *dossier)
{
	struct index_probable p = INDEX_PROBABLE_INIT;

	buf_reset(&w->out);
	assert_ok(w->f, index_probable_twin(w->ix, dossier, &p, &w->f->err));
	if (p.dossier != NULL) {
		assert_true(p.score > 0.5 && p.score <= 1);
		buf_addf(&w->out, "%s: ", p.dossier);
		strv_join(&p.reasons, ", ", &w->out);
	}
	index_probable_clear(&p);
	return buf_str(&w->out);
}

static const char *
named_by(struct world *w, const char *dossier)
{
	AUTO_STRV ids = STRV_INIT;

	buf_reset(&w->out);
	assert_ok(w->f, index_named_by(w->ix, dossier, &ids, &w->f->err));
	strv_join(&ids, " ", &w->out);
	return buf_str(&w->out);
}

static void
test_probable_twin_is_found_from_both_sides(void **state)
{
	struct world *w = *state;

	world_take(w, swedish, 5);
	assert_string_equal(probable(w, "2026/0200/SE"), "G/TBT/N/SWE/160: same member, 12 days apart, 4 of 4 title words");
	assert_string_equal(probable(w, "G/TBT/N/SWE/160"), "2026/0200/SE: same member, 12 days apart, 4 of 4 title words");
	assert_string_equal(probable(w, "2026/0201/SE"), "");
	assert_string_equal(probable(w, "G/TBT/N/USA/10"), "");
	assert_string_equal(probable(w, "G/TBT/N/CHL/3"), "");
}

static void
test_two_drafts_that_are_as_near_leave_it_open(void **state)
{
	static const struct spec again = { .id = "G/TBT/N/SWE/161", .title = "Draft regulations concerning fire behaviour of timber facades",
	    .distributed = "2026-03-14", .deadline = "2026-05-13" };
	struct world *w = *state;

	world_take(w, swedish, 5);
	world_take(w, &again, 1);
	assert_string_equal(probable(w, "2026/0200/SE"), "");
	assert_string_equal(probable(w, "G/TBT/N/SWE/160"), "");
}

static void
test_certain_twin_leaves_nothing_probable(void **state)
{
	static const struct spec named = { .id = "2026/0200/SE", .title = "Boverket's regulations on the fire behaviour of timber facades",
	    .distributed = "2026-03-01", .deadline = "2026-06-02", .tbt_sps = "Notified as G/TBT/N/SWE/160.", .event = "edited" };
	struct world *w = *state;

	world_take(w, swedish, 5);
	world_take(w, &named, 1);
	assert_string_equal(probable(w, "2026/0200/SE"), "");
	assert_string_equal(probable(w, "G/TBT/N/SWE/160"), "");
	assert_non_null(strstr(world_rows(w), "twin=2026/0200/SE 'Draft regulations concerning"));
}

static void
test_dossier_is_named_by_others_of_any_system(void **state)
{
	struct world *w = *state;

	world_take(w, swedish, 5);
	assert_string_equal(named_by(w, "G/TBT/N/FIN/55"), "2026/0321/FI G/TBT/N/SWE/160");
	assert_string_equal(named_by(w, "G/TBT/N/SWE/160"), "");
	assert_null(strstr(world_rows(w), "G/TBT/N/SWE/160 G/TBT/N/SWE/160 eping SE v1 2026-03-13 2026-05-12 2026-05-12 [] twin=G/"));
	assert_string_equal(named_by(w, "G/TBT/N/NONE/1"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_probable_twin_is_found_from_both_sides, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_two_drafts_that_are_as_near_leave_it_open, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_certain_twin_leaves_nothing_probable, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_dossier_is_named_by_others_of_any_system, world_setup, world_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
