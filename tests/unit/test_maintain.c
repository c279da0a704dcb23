/* Housekeeping: packing loose objects, joining packs, the commit-graph. */
#include "store_fixture.h"

#include "store/maintain.h"

static void
test_maintain_leaves_a_small_store_alone(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *before = NULL, *after = NULL;

	fixture_add(f, 1, 10, 0, NULL);
	before = fixture_shell(f, "find . | sort");
	assert_ok(f, store_maintain(f->st, &f->err));
	after = fixture_shell(f, "find . | sort");
	assert_string_equal(after, before);
}

static void
test_maintain_packs_loose_objects_and_loses_none(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *before = NULL, *after = NULL;
	AUTO_BUF record = BUF_INIT;

	for (int i = 1; i <= 320; i += 20)
		fixture_add(f, i, i + 19, 0, NULL);
	before = fixture_shell(f, "git rev-list --objects --all | sort");
	free(fixture_shell(f, "test $(git count-objects | cut -d' ' -f1) -gt 2000"));
	assert_ok(f, store_maintain(f->st, &f->err));
	after = fixture_shell(f, "git rev-list --objects --all | sort");
	assert_string_equal(after, before);
	assert_shell(f, "git count-objects; ls objects/pack/*.pack | wc -l; git commit-graph verify", "0 objects, 0 kilobytes\n1");
	assert_ok(f, store_read(f->st, "", "eping/TBT/USA/3xx/320/notification.md", &record, NULL, &f->err));
	assert_fsck_clean(f);
	fixture_add(f, 321, 321, 0, NULL);
	assert_fsck_clean(f);
}

static void
test_maintain_joins_many_small_packs(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *before = NULL, *after = NULL;
	AUTO_BUF record = BUF_INIT;

	for (int i = 0; i < MAINTAIN_PACKS + 1; i++)
		fixture_add(f, 1 + 21 * i, 21 + 21 * i, 0, NULL);
	before = fixture_shell(f, "git rev-list --objects --all | sort");
	free(fixture_shell(f, "touch $(ls objects/pack/*.pack | head -1 | sed 's/pack$/keep/')"));
	assert_ok(f, store_maintain(f->st, &f->err));
	/* the new one, and the one to keep; the latter does not count */
	assert_shell(f, "ls objects/pack/*.pack | wc -l", "33");
	free(fixture_shell(f, "rm objects/pack/*.keep"));
	assert_ok(f, store_maintain(f->st, &f->err));
	after = fixture_shell(f, "git rev-list --objects --all | sort");
	assert_string_equal(after, before);
	assert_shell(f, "ls objects/pack/*.pack | wc -l; git commit-graph verify", "1");
	assert_ok(f, store_read(f->st, "", "eping/TBT/USA/0xx/1/notification.md", &record, NULL, &f->err));
	assert_fsck_clean(f);
}

static void
test_maintain_passes_over_a_damaged_object(void **state)
{
	struct fixture *f = *state;

	for (int i = 1; i <= 320; i += 20)
		fixture_add(f, i, i + 19, 0, NULL);
	/* an empty file where no reader looks */
	free(fixture_shell(f, "mkdir -p objects/00 && : > objects/00/00000000000000000000000000000000000000"));
	assert_ok(f, store_maintain(f->st, &f->err));
	assert_shell(f, "git count-objects | cut -d, -f1; ls objects/pack/*.pack | wc -l", "1 objects\n1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_maintain_leaves_a_small_store_alone, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_maintain_packs_loose_objects_and_loses_none, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_maintain_joins_many_small_packs, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_maintain_passes_over_a_damaged_object, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
