/* Inboxes: receipts, reminders, what a crash or a refusal leaves due. */
#include "store_fixture.h"

#include "store/delivered.h"

#define TARGET "mailto:toys-list@example.org"

static void
newest(struct fixture *f, struct receipt *r)
{
	receipt_clear(r);
	assert_ok(f, delivered_newest(f->st, "toys-members", TARGET, r, &f->err));
}

/* An inbox that was begun at the first version, a second version being due. */
static void
begin(struct fixture *f, struct receipt *r, char first[OID_HEX], char second[OID_HEX])
{
	fixture_add(f, 1, 1, 0, first);
	fixture_add(f, 2, 2, 0, second);
	newest(f, r);
	assert_int_equal(r->state, RECEIPT_NONE);
	assert_ok(f, delivered_begin(f->st, r, first, FIXTURE_TIME, &f->err));
}

static void
pend(struct fixture *f, struct receipt *r, const char *up_to, const char *reminder)
{
	AUTO_STRV reminders = STRV_INIT;
	const char message[] = "Subject: synthetic\r\n\r\nline\0with NUL\n";
	struct delivery d = { .up_to = up_to, .message_id = "<1@example.org>", .reminders = &reminders, .message = message, .n = sizeof(message) - 1 };

	if (reminder != NULL)
		strv_add(&reminders, reminder);
	assert_ok(f, delivered_pend(f->st, r, &d, FIXTURE_TIME + 60, &f->err));
}

static bool
reminded(struct fixture *f, struct receipt *r, const char *id, const char *day)
{
	struct date date;
	bool yes = false;

	assert_true(date_parse_iso(day, &date, NULL));
	assert_ok(f, delivered_reminded(f->st, r, id, date, &yes, &f->err));
	return yes;
}

static void
test_inbox_starts_with_what_counts_as_told(void **state)
{
	struct fixture *f = *state;
	AUTO_RECEIPT r = RECEIPT_INIT, again = RECEIPT_INIT;
	AUTO_FREE char *expected = NULL;
	char first[OID_HEX], second[OID_HEX];

	begin(f, &r, first, second);
	newest(f, &again);
	assert_int_equal(again.state, RECEIPT_SENT);
	assert_string_equal(again.up_to, first);
	assert_string_equal(again.subscription, "toys-members");
	assert_string_equal(again.target, TARGET);
	assert_int_equal(again.at, FIXTURE_TIME);
	assert_null(again.message_id);
	/* printf 'mailto:toys-list@example.org' | sha256sum */
	expected = xasprintf("refs/regwatch/delivered/toys-members/eee0ea0565f1db2a\ntoys-members: sent\n\nTarget: " TARGET "\nUp-To: %s\nState: sent", first);
	assert_shell(f, "git for-each-ref --format='%(refname)' refs/regwatch; git log --format=%B refs/regwatch/delivered/toys-members/eee0ea0565f1db2a", expected);
	assert_fsck_clean(f);
}

static void
test_pending_message_survives_byte_for_byte(void **state)
{
	struct fixture *f = *state;
	AUTO_RECEIPT r = RECEIPT_INIT, found = RECEIPT_INIT;
	AUTO_BUF bytes = BUF_INIT;
	char first[OID_HEX], second[OID_HEX];

	begin(f, &r, first, second);
	pend(f, &r, second, NULL);
	fixture_close(f);
	fixture_open(f);
	newest(f, &found);
	assert_int_equal(found.state, RECEIPT_PENDING);
	assert_string_equal(found.up_to, second);
	assert_string_equal(found.message_id, "<1@example.org>");
	assert_ok(f, delivered_message(f->st, &found, &bytes, &f->err));
	assert_int_equal(bytes.len, 36);
	assert_memory_equal(bytes.data, "Subject: synthetic\r\n\r\nline\0with NUL\n", 36);
	assert_ok(f, delivered_settle(f->st, &found, true, NULL, FIXTURE_TIME + 61, &f->err));
	newest(f, &r);
	assert_int_equal(r.state, RECEIPT_SENT);
	assert_string_equal(r.up_to, second);
	assert_string_equal(r.message, "");
	assert_string_equal(r.message_id, "<1@example.org>");
	assert_fsck_clean(f);
}

static void
test_refusal_takes_back_what_was_not_told(void **state)
{
	struct fixture *f = *state;
	AUTO_RECEIPT r = RECEIPT_INIT, found = RECEIPT_INIT;
	char first[OID_HEX], second[OID_HEX];

	begin(f, &r, first, second);
	pend(f, &r, second, "G/TBT/N/USA/1 2026-06-01");
	assert_true(reminded(f, &r, "G/TBT/N/USA/1", "2026-06-01"));
	assert_ok(f, delivered_settle(f->st, &r, false, "550 5.1.1 no\nState: sent", FIXTURE_TIME + 61, &f->err));
	newest(f, &found);
	assert_int_equal(found.state, RECEIPT_REFUSED);
	assert_string_equal(found.up_to, first);
	assert_string_equal(found.reason, "550 5.1.1 no State: sent");
	assert_false(reminded(f, &found, "G/TBT/N/USA/1", "2026-06-01"));
	assert_ok(f, delivered_resume(f->st, &found, FIXTURE_TIME + 99, &f->err));
	newest(f, &r);
	assert_int_equal(r.state, RECEIPT_SENT);
	assert_string_equal(r.up_to, first);
	assert_null(r.message_id);
	assert_fsck_clean(f);
}

static void
test_reminders_are_found_long_after_and_forgotten_in_the_end(void **state)
{
	struct fixture *f = *state;
	AUTO_RECEIPT r = RECEIPT_INIT, found = RECEIPT_INIT;
	AUTO_STRV late = STRV_INIT;
	char first[OID_HEX], second[OID_HEX];
	struct delivery d = { .up_to = second, .message_id = "<2@example.org>", .message = "x", .n = 1, .reminders = &late };

	begin(f, &r, first, second);
	pend(f, &r, second, "G/TBT/N/USA/1 2026-06-01");
	assert_ok(f, delivered_settle(f->st, &r, true, NULL, FIXTURE_TIME + 61, &f->err));
	for (int i = 0; i < 20; i++) {
		pend(f, &r, second, i % 2 == 0 ? "2025/0001/D odd one 2026-06-30" : NULL);
		assert_ok(f, delivered_settle(f->st, &r, true, NULL, FIXTURE_TIME + 100 + i, &f->err));
	}
	newest(f, &found);
	assert_true(reminded(f, &found, "G/TBT/N/USA/1", "2026-06-01"));
	assert_true(reminded(f, &found, "2025/0001/D odd one", "2026-06-30"));
	assert_false(reminded(f, &found, "G/TBT/N/USA/1", "2026-06-02"));
	assert_false(reminded(f, &found, "G/TBT/N/USA/11", "2026-06-01"));
	assert_false(reminded(f, &found, "G/TBT/N/USA/1", "2026-07-01"));
	assert_shell(f, "git cat-file -p $(git for-each-ref --format='%(objectname)' refs/regwatch):reminded/2026-06",
	    "2026-06-01 G/TBT/N/USA/1\n2026-06-30 2025/0001/D odd one");
	/* 2027-09-01: more than 400 days after the end of June 2026 */
	strv_add(&late, "G/TBT/N/USA/2 2027-09-10");
	assert_ok(f, delivered_pend(f->st, &found, &d, INT64_C(1819756800), &f->err));
	assert_ok(f, delivered_settle(f->st, &found, true, NULL, INT64_C(1819756800), &f->err));
	assert_shell(f, "git ls-tree --name-only $(git for-each-ref --format='%(objectname)' refs/regwatch):reminded", "2027-09");
	assert_fsck_clean(f);
}

static int
count_one(void *ctx, const struct receipt *r)
{
	AUTO_FREE char *line = xasprintf("%s %s;", r->subscription, r->target);

	buf_adds(ctx, line);
	return 0;
}

static void
tell(void *ctx, const char *problem)
{
	buf_adds(ctx, problem);
	buf_addc(ctx, '\n');
}

static void
test_inboxes_are_listed_and_checked(void **state)
{
	struct fixture *f = *state;
	AUTO_BUF list = BUF_INIT, problems = BUF_INIT;
	char first[OID_HEX];
	const char *const targets[] = { "atom:/srv/www/toys.atom", TARGET };
	size_t count = 0;

	fixture_add(f, 1, 1, 0, first);
	for (size_t i = 0; i < 2; i++) {
		AUTO_RECEIPT r = RECEIPT_INIT;

		assert_ok(f, delivered_newest(f->st, i == 0 ? "a" : "toys-members", targets[i], &r, &f->err));
		assert_ok(f, delivered_begin(f->st, &r, first, FIXTURE_TIME, &f->err));
	}
	assert_ok(f, delivered_list(f->st, count_one, &list, &f->err));
	assert_string_equal(buf_str(&list), "a atom:/srv/www/toys.atom;toys-members " TARGET ";");
	assert_ok(f, delivered_check(f->st, tell, &problems, &count, &f->err));
	assert_int_equal(count, 0);
	/* a receipt that belongs elsewhere, and a commit that is none */
	free(fixture_shell(f, "git update-ref refs/regwatch/delivered/b/0123456789abcdef $(git for-each-ref --format='%(objectname)' refs/regwatch/delivered/a) && "
	    "git update-ref refs/regwatch/delivered/c/0123456789abcdef main"));
	assert_ok(f, delivered_check(f->st, tell, &problems, &count, &f->err));
	assert_int_equal(count, 2);
	assert_non_null(strstr(buf_str(&problems), "it belongs to another target, 'atom:/srv/www/toys.atom'"));
	assert_int_equal(delivered_list(f->st, count_one, &list, &f->err), ERR_DATA);
}

static void
test_inbox_refuses_targets_that_no_line_can_hold(void **state)
{
	struct fixture *f = *state;
	AUTO_RECEIPT r = RECEIPT_INIT;

	assert_int_equal(delivered_newest(f->st, "a", "mailto:x\nState: sent", &r, &f->err), ERR_CONF);
	assert_int_equal(delivered_newest(f->st, "a", "", &r, &f->err), ERR_CONF);
	assert_int_equal(delivered_newest(f->st, "../../heads/main", TARGET, &r, &f->err), ERR_CONF);
	assert_int_equal(delivered_newest(f->st, "", TARGET, &r, &f->err), ERR_CONF);
}

static void
test_inbox_of_an_empty_store_tells_up_to_nothing(void **state)
{
	struct fixture *f = *state;
	AUTO_RECEIPT r = RECEIPT_INIT, again = RECEIPT_INIT;

	newest(f, &r);
	assert_ok(f, delivered_begin(f->st, &r, "", FIXTURE_TIME, &f->err));
	newest(f, &again);
	assert_int_equal(again.state, RECEIPT_SENT);
	assert_string_equal(again.up_to, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_inbox_starts_with_what_counts_as_told, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_pending_message_survives_byte_for_byte, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_refusal_takes_back_what_was_not_told, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_reminders_are_found_long_after_and_forgotten_in_the_end, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_inboxes_are_listed_and_checked, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_inbox_refuses_targets_that_no_line_can_hold, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_inbox_of_an_empty_store_tells_up_to_nothing, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
