#include "store_fixture.h"

static void
test_store_starts_empty_and_clean(void **state)
{
	struct fixture *f = *state;
	AUTO_BUF out = BUF_INIT;
	char oid[OID_HEX] = "x";

	assert_ok(f, store_tip(f->st, STORE_MAIN, oid, &f->err));
	assert_string_equal(oid, "");
	assert_int_equal(store_read(f->st, "", "eping/TBT/USA/0xx/1/notification.md", &out, NULL, &f->err), ERR_NOTFOUND);
	assert_false(store_raw_has(f->st, "eping/TBT/USA/0xx/1/notification.api.json"));
	assert_shell(f, "git symbolic-ref HEAD; git config gc.auto; git rev-parse --is-bare-repository", "refs/heads/main\n0\ntrue");
	assert_shell(f, "git fsck --strict --no-progress", "notice: HEAD points to an unborn branch (main)\nnotice: No default references");
}

static void
test_store_commits_one_version_as_its_contract_says(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 2211, 2211, 0, NULL);
	assert_shell(f, "git log --format='%an <%ae> %ad | %cn <%ce> %cd%n%B' --date=raw main",
	    "United States of America <us@member.invalid> 1767225600 +0000 | regwatch <regwatch@localhost> 1780002211 +0000\n"
	    "G/TBT/N/USA/2211: synthetic state 0\n"
	    "\n"
	    "Notification: G/TBT/N/USA/2211\n"
	    "Dossier: G/TBT/N/USA/2211\n"
	    "Source: eping\n"
	    "Event: new\n"
	    "Fetched: 2026-05-28T20:26:40Z\n"
	    "Raw: a23c62bcf36752f9a595751575b5139cfd50dfc8\n"
	    "Normaliser: 1");
	assert_fsck_clean(f);
}

static void
test_store_writes_the_same_ids_loose_and_packed(void **state)
{
	struct fixture *f = *state;
	char packed[OID_HEX], loose[OID_HEX];

	fixture_add(f, 1, 60, 0, packed);
	assert_fsck_clean(f);
	assert_shell(f, "ls objects | grep -v -e info -e pack | wc -l; ls objects/pack | wc -l; git rev-list --count main; git rev-list --count raw",
	    "0\n2\n60\n1");
	fixture_close(f);
	assert_ok(f, stale_remove_folder(f->path, &f->err));
	assert_ok(f, store_create(f->path, &f->err));
	fixture_open(f);
	for (int i = 1; i <= 60; i += 20)
		fixture_add(f, i, i + 19, 0, loose);
	assert_string_equal(packed, loose);
	assert_shell(f, "ls objects/pack | wc -l; git rev-list --count main; git rev-list --count raw", "0\n60\n3");
	assert_fsck_clean(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_store_starts_empty_and_clean, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_store_commits_one_version_as_its_contract_says, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_store_writes_the_same_ids_loose_and_packed, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
