/* What outsiders could put into a version, and what a pulled or foreign repository could hold. */
#include "store_fixture.h"

static int
add_sample(struct fixture *f, struct sample *s)
{
	struct batch *b;
	char id[OID_HEX];
	int rc;

	assert_ok(f, batch_begin(f->st, &b, &f->err));
	rc = batch_add(b, &s->v, id, &f->err);
	if (rc == 0)
		rc = batch_commit(b, &f->err);
	batch_free(b);
	events_clear(&s->events);
	return rc;
}

static void
test_texts_cannot_leave_their_line(void **state)
{
	struct fixture *f = *state;
	AUTO_VERSION v = VERSION_INIT;
	struct sample s;
	char tip[OID_HEX];

	sample_init(&s, 1, 0);
	s.v.subject = "a\n\nRaw: 0000000000000000000000000000000000000000\r\x1b[31m b \xff\xe2\x80\xae";
	s.v.author_name = ",\"Mallory <m@x>\nparent 0\n.";
	s.v.author_email = "m@x> 0 +0000\ncommitter <y";
	s.v.notification = "G/TBT/N/USA/1\nEvent: withdrawn";
	s.v.dossier = " G/TBT/N/USA/1\t";
	events_add(&s.events, EVENT_EDITED, "x\nRaw: 1", NULL, NULL);
	assert_ok(f, add_sample(f, &s));
	assert_shell(f, "git log -1 --format='%an|%ae|%s|%b' main | grep -v -e ^Raw: -e ^Fetched:",
	    "Mallory m@x parent 0|m@x0+0000committery|a Raw: 0000000000000000000000000000000000000000 [31m b \xef\xbf\xbd|"
	    "Notification: G/TBT/N/USA/1 Event: withdrawn\nDossier: G/TBT/N/USA/1\nSource: eping\nEvent: new\nEvent: edited: \"x\\x0aRaw: 1\"\nNormaliser: 1");
	assert_ok(f, store_tip(f->st, STORE_MAIN, tip, &f->err));
	assert_ok(f, store_version(f->st, tip, &v, &f->err));
	assert_string_equal(v.notification, "G/TBT/N/USA/1 Event: withdrawn");
	assert_int_equal(v.events.n, 2);
	assert_fsck_clean(f);
}

static void
test_names_and_times_that_git_cannot_hold_are_replaced(void **state)
{
	struct fixture *f = *state;
	struct sample s;

	sample_init(&s, 1, 0);
	s.v.author_name = "<<\n>>..";
	s.v.author_email = "<>";
	s.v.author_time = -86400;
	assert_ok(f, add_sample(f, &s));
	assert_shell(f, "git log -1 --format='%an|%ae|%at' main", "unknown|unknown@member.invalid|0");
	assert_fsck_clean(f);
}

static void
test_paths_cannot_leave_the_store(void **state)
{
	static const char *const bad[] = { "", "/x", "x/", "a//b", "../x", "a/../b", "a/./b", ".git/config", "a/.gitmodules", "a b", "a\nb", "a\\b", "caf\xc3\xa9",
		"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct sample s;

		sample_init(&s, 1, 0);
		s.v.path = bad[i];
		assert_int_equal(add_sample(f, &s), ERR_DATA);
		sample_init(&s, 1, 0);
		s.v.raw_path = bad[i];
		assert_int_equal(add_sample(f, &s), ERR_DATA);
	}
	assert_shell(f, "git for-each-ref; find objects -type f", "");
}

static void
test_bad_version_does_not_cost_the_good_ones(void **state)
{
	struct fixture *f = *state;
	struct batch *b;
	char id[OID_HEX];

	assert_ok(f, batch_begin(f->st, &b, &f->err));
	for (int i = 1; i <= 6; i++) {
		struct sample s;

		sample_init(&s, i, 0);
		if (i == 6)
			s.v.dossier = "\x01";
		if (i == 2)
			s.v.path = "eping/TBT/USA/0xx/1/notification.md/below-a-file.md";
		if (i == 3)
			s.v.path = "eping/TBT";
		if (i == 4)
			s.v.raw_blob = "0123456789012345678901234567890123456789";
		assert_int_equal(batch_add(b, &s.v, id, &f->err), i == 6 ? ERR_BUG : i >= 2 && i <= 4 ? ERR_DATA : 0);
		events_clear(&s.events);
	}
	assert_ok(f, batch_commit(b, &f->err));
	batch_free(b);
	assert_shell(f, "git log --format=%s main; git log -1 --format=%s raw; git ls-tree -r --name-only main",
	    "G/TBT/N/USA/5: synthetic state 0\nG/TBT/N/USA/1: synthetic state 0\neping: 2 payloads\n"
	    "eping/TBT/USA/0xx/1/notification.md\neping/TBT/USA/0xx/5/notification.md");
	/* all that is left of the bad ones is the raw object of the last */
	assert_shell(f, "git fsck --strict --no-progress | grep -v '^dangling blob'; git fsck --no-progress | wc -l", "1");
}

static void
test_version_that_lacks_a_trailer_is_a_bug(void **state)
{
	struct fixture *f = *state;
	struct sample s;

	sample_init(&s, 1, 0);
	s.v.notification = "\x01";
	assert_int_equal(add_sample(f, &s), ERR_BUG);
	sample_init(&s, 1, 0);
	s.v.source = NULL;
	assert_int_equal(add_sample(f, &s), ERR_BUG);
	sample_init(&s, 1, 0);
	events_clear(&s.events);
	assert_int_equal(add_sample(f, &s), ERR_BUG);
}

/* A commit on main with exactly this message; parents: shell words for "parent ID" lines. */
static void
forge(struct fixture *f, const char *parents, const char *message)
{
	AUTO_FREE char *command = xasprintf("{ echo tree $(git rev-parse -q --verify main^{tree} || git mktree </dev/null); for p in %s; do echo parent $(git rev-parse $p); done; "
	    "printf 'author a <a@b> 1000000000 +0000\\ncommitter a <a@b> 1000000000 +0000\\n\\n%s'; } > ../commit && "
	    "git update-ref refs/heads/main $(git hash-object -t commit -w --literally ../commit)", parents, message);

	free(fixture_shell(f, command));
}

#define TRAILERS "Dossier: D\\nSource: eping\\nEvent: new\\nFetched: 2026-05-28T20:26:40Z\\nNormaliser: 1\\n"

static void
test_forged_commits_are_named_not_believed(void **state)
{
	static const struct {
		const char *message, *problem;
	} cases[] = {
		{ "", "trailer 'Notification' is missing" },
		{ "just a subject\\n", "trailer 'Notification' is missing" },
		{ "s\\n\\nno trailer here\\n", "no trailer" },
		{ "s\\n\\n" TRAILERS, "trailer 'Notification' is missing" },
		{ "s\\n\\nNotification: N\\nNotification: M\\n" TRAILERS, "trailer 'Notification': comes twice" },
		{ "s\\n\\nNotification: N\\033[31m\\n" TRAILERS, "no trailer" },
		{ "s\\n\\nNotification: N\\377\\n" TRAILERS, "no trailer" },
		{ "s\\033\\n\\nNotification: N\\n" TRAILERS, "control characters" },
		{ "s\\n\\nNotification: N\\nRaw: 12\\n" TRAILERS, "trailer 'Raw': '12' is no object id" },
		{ "s\\n\\nNotification: N\\nRaw: ../../../../etc/passwd0000000000000000000\\n" TRAILERS, "trailer 'Raw'" },
		{ "s\\n\\nNotification: N\\nEvent: no-such-event\\n" TRAILERS, "trailer 'Event'" },
		{ "s\\n\\nNotification: N\\nDossier: D\\nSource: other\\nEvent: new\\nFetched: 2026-05-28T20:26:40Z\\nNormaliser: 1\\n", "trailer 'Source': 'other' is no source" },
		{ "s\\n\\nNotification: N\\nDossier: D\\nSource: eping\\nEvent: new\\nFetched: yesterday\\nNormaliser: 1\\n", "trailer 'Fetched': 'yesterday' is no time" },
		{ "s\\n\\nNotification: N\\nDossier: D\\nSource: eping\\nFetched: 2026-05-28T20:26:40Z\\nNormaliser: 1\\n", "trailer 'Event' is missing" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_VERSION v = VERSION_INIT;
		struct batch *b;
		char tip[OID_HEX];

		forge(f, "", cases[i].message);
		assert_ok(f, store_tip(f->st, STORE_MAIN, tip, &f->err));
		if (store_version(f->st, tip, &v, &f->err) != ERR_DATA)
			fail_msg("case %zu is believed", i);
		if (strstr(f->err.text, cases[i].problem) == NULL || strstr(f->err.text, tip) == NULL)
			fail_msg("case %zu: %s", i, f->err.text);
		assert_int_equal(batch_begin(f->st, &b, &f->err), ERR_DATA);
		assert_null(b);
	}
}

static void
test_unknown_trailers_are_passed_over(void **state)
{
	struct fixture *f = *state;
	AUTO_VERSION v = VERSION_INIT;
	char tip[OID_HEX];

	forge(f, "", "s\\n\\nNotification: N\\nLater-Idea: x\\n" TRAILERS);
	assert_ok(f, store_tip(f->st, STORE_MAIN, tip, &f->err));
	assert_ok(f, store_version(f->st, tip, &v, &f->err));
	assert_string_equal(v.notification, "N");
}

static int
never(void *ctx, const char *commit, struct error *err)
{
	(void)ctx;
	(void)err;
	fail_msg("called for %s", commit);
	return 0;
}

static void
test_merges_tags_and_foreign_trees_are_refused(void **state)
{
	struct fixture *f = *state;
	AUTO_VERSION v = VERSION_INIT;
	AUTO_BUF out = BUF_INIT;
	struct batch *b;
	struct sample s;
	char tip[OID_HEX], id[OID_HEX];

	fixture_add(f, 1, 2, 0, NULL);
	forge(f, "main main~1", "s\\n\\nNotification: N\\n" TRAILERS);
	assert_ok(f, store_tip(f->st, STORE_MAIN, tip, &f->err));
	assert_int_equal(store_version(f->st, tip, &v, &f->err), ERR_DATA);
	assert_int_equal(store_walk(f->st, STORE_MAIN, "", never, NULL, &f->err), ERR_DATA);
	/* main is a blob */
	free(fixture_shell(f, "echo $(echo x | git hash-object -w --stdin) > refs/heads/main"));
	assert_int_equal(store_walk(f->st, STORE_MAIN, "", never, NULL, &f->err), ERR_DATA);
	assert_int_equal(store_read(f->st, "", "x", &out, NULL, &f->err), ERR_DATA);
	assert_int_equal(batch_begin(f->st, &b, &f->err), ERR_DATA);
	/* main points nowhere, or to another ref */
	free(fixture_shell(f, "echo 0123456789012345678901234567890123456789 > refs/heads/main"));
	assert_int_equal(batch_begin(f->st, &b, &f->err), ERR_NOTFOUND);
	free(fixture_shell(f, "echo 'ref: refs/heads/raw' > refs/heads/main"));
	assert_int_equal(batch_begin(f->st, &b, &f->err), ERR_DATA);
	/* a tree with a symbolic link where a folder was due */
	free(fixture_shell(f, "rm refs/heads/main && t=$(printf '120000 blob %s\\teping\\n' $(echo /etc | git hash-object -w --stdin) | git mktree) && "
	    "git update-ref refs/heads/main $(printf 's\\n\\nNotification: N\\n" TRAILERS "' | GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a "
	    "GIT_COMMITTER_EMAIL=a@b GIT_AUTHOR_DATE='1000000000 +0000' GIT_COMMITTER_DATE='1000000000 +0000' git commit-tree $t)"));
	sample_init(&s, 1, 0);
	assert_ok(f, batch_begin(f->st, &b, &f->err));
	assert_int_equal(batch_add(b, &s.v, id, &f->err), ERR_DATA);
	batch_free(b);
	events_clear(&s.events);
}

#define PLAIN(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAIN(test_texts_cannot_leave_their_line),
		PLAIN(test_names_and_times_that_git_cannot_hold_are_replaced),
		PLAIN(test_paths_cannot_leave_the_store),
		PLAIN(test_bad_version_does_not_cost_the_good_ones),
		PLAIN(test_version_that_lacks_a_trailer_is_a_bug),
		PLAIN(test_forged_commits_are_named_not_believed),
		PLAIN(test_unknown_trailers_are_passed_over),
		PLAIN(test_merges_tags_and_foreign_trees_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
