/* All of the index in two passes. */
#include "index_world.h"

static const struct spec later_specs[] = {
	{ .id = "G/TBT/N/USA/11", .title = "Wheels", .distributed = "2026-06-08" },
};

static int
print_dossier(void *ctx, const struct index_dossier *d)
{
	buf_addf(ctx, "%s\n", d->id);
	return 0;
}

static int
print_notice(void *ctx, int64_t dossier, const struct index_row *row)
{
	assert_true(dossier > 0);
	buf_addf(ctx, "%s\n", row->id);
	return 0;
}

static bool
dossiers_tell(struct world *w, const char *id)
{
	buf_reset(&w->out);
	assert_ok(w->f, index_each_dossier(w->ix, print_dossier, &w->out, &w->f->err));
	return strstr(buf_str(&w->out), id) != NULL;
}

static bool
notices_tell(struct world *w, const char *id)
{
	buf_reset(&w->out);
	assert_ok(w->f, index_each_notice(w->ix, print_notice, &w->out, &w->f->err));
	return strstr(buf_str(&w->out), id) != NULL;
}

/* By another connection, as another process does it. */
static void
take_elsewhere(struct world *w)
{
	struct index *ours = TAKE(w->ix);

	world_open(w, &world_sectors);
	world_take(w, later_specs, 1);
	index_free(w->ix);
	w->ix = ours;
}

static void
test_index_held_is_of_one_moment(void **state)
{
	struct world *w = *state;

	assert_ok(w->f, index_hold(w->ix, &w->f->err));
	assert_false(dossiers_tell(w, "G/TBT/N/USA/11\n"));
	take_elsewhere(w);
	assert_false(notices_tell(w, "G/TBT/N/USA/11\n"));
	index_let_go(w->ix);
	assert_true(dossiers_tell(w, "G/TBT/N/USA/11\n"));
	assert_true(notices_tell(w, "G/TBT/N/USA/11\n"));
}

static void
test_index_held_twice_is_let_go_with_the_first_hold(void **state)
{
	struct world *w = *state;

	assert_ok(w->f, index_hold(w->ix, &w->f->err));
	assert_ok(w->f, index_hold(w->ix, &w->f->err));
	assert_false(dossiers_tell(w, "G/TBT/N/USA/11\n"));
	index_let_go(w->ix);
	take_elsewhere(w);
	assert_false(notices_tell(w, "G/TBT/N/USA/11\n"));
	index_let_go(w->ix);
	assert_true(notices_tell(w, "G/TBT/N/USA/11\n"));
}

static void
test_index_beside_is_read_in_its_own_moment(void **state)
{
	struct world *w = *state;
	struct index *ours = w->ix, *beside;

	assert_ok(w->f, index_open_beside(ours, &beside, &w->f->err));
	assert_non_null(beside);
	assert_string_equal(index_tip(beside), index_tip(ours));
	assert_ok(w->f, index_hold(ours, &w->f->err));
	assert_false(dossiers_tell(w, "G/TBT/N/USA/11\n"));
	take_elsewhere(w);
	assert_false(notices_tell(w, "G/TBT/N/USA/11\n"));
	w->ix = beside;
	assert_true(notices_tell(w, "G/TBT/N/USA/11\n"));
	w->ix = ours;
	index_let_go(ours);
	index_free(beside);
}

static void
test_index_beside_reads_whole_records(void **state)
{
	struct world *w = *state;
	AUTO_NOTICE n = NOTICE_INIT;
	struct index *beside;

	assert_ok(w->f, index_open_beside(w->ix, &beside, &w->f->err));
	assert_ok(w->f, index_notice(beside, "G/TBT/N/USA/10", &n, &w->f->err));
	assert_string_equal(n.title.s, "Safety of toys");
	index_free(beside);
}

static void
test_index_mapped_tells_the_same(void **state)
{
	struct world *w = *state;
	AUTO_BUF plain = BUF_INIT;

	assert_true(notices_tell(w, "G/TBT/N/USA/10\n"));
	buf_adds(&plain, buf_str(&w->out));
	index_map(w->ix, true);
	assert_ok(w->f, index_hold(w->ix, &w->f->err));
	assert_true(notices_tell(w, "G/TBT/N/USA/10\n"));
	index_let_go(w->ix);
	assert_string_equal(buf_str(&w->out), buf_str(&plain));
	index_map(w->ix, false);
	take_elsewhere(w);
	assert_true(notices_tell(w, "G/TBT/N/USA/11\n"));
}

/* A folder that is no folder: neither file nor side files can be made there. */
static void
test_index_in_memory_is_not_opened_beside(void **state)
{
	struct world *w = *state;
	struct index *memory, *beside;

	assert_ok(w->f, index_open("/dev/null/none/index.sqlite", NULL, NULL, &memory, &w->f->err));
	assert_ok(w->f, index_open_beside(memory, &beside, &w->f->err));
	assert_null(beside);
	index_free(memory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_index_held_is_of_one_moment, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_held_twice_is_let_go_with_the_first_hold, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_beside_is_read_in_its_own_moment, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_beside_reads_whole_records, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_mapped_tells_the_same, world_setup, world_teardown),
		cmocka_unit_test_setup_teardown(test_index_in_memory_is_not_opened_beside, world_setup, world_teardown),
	};

	return cmocka_run_group_tests_name("index_whole", tests, NULL, NULL);
}
