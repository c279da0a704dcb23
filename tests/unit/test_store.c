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

static void
test_version_reads_back_what_was_committed(void **state)
{
	struct fixture *f = *state;
	AUTO_VERSION v = VERSION_INIT;
	AUTO_BUF raw = BUF_INIT;
	char first[OID_HEX], second[OID_HEX];

	fixture_add(f, 7, 7, 0, first);
	fixture_add(f, 7, 7, 1, second);
	assert_ok(f, store_version(f->st, second, &v, &f->err));
	assert_string_equal(v.commit, second);
	assert_string_equal(v.parent, first);
	assert_int_equal(v.at, FIXTURE_TIME + 7);
	assert_string_equal(v.subject, "G/TBT/N/USA/7: synthetic state 1");
	assert_string_equal(v.author, "United States of America");
	assert_string_equal(v.notification, "G/TBT/N/USA/7");
	assert_string_equal(v.dossier, "G/TBT/N/USA/7");
	assert_string_equal(v.source, "eping");
	assert_string_equal(v.normaliser, NORMALISER_VERSION);
	assert_int_equal(v.fetched, FIXTURE_TIME);
	assert_int_equal(v.events.n, 1);
	assert_int_equal(v.events.v[0].kind, EVENT_EDITED);
	assert_string_equal(v.events.v[0].detail, "description");
	assert_ok(f, store_read_blob(f->st, v.raw, &raw, &f->err));
	assert_string_equal(buf_str(&raw), "{\"documentSymbol\": \"G/TBT/N/USA/7\", \"state\": 1}\n");
}

static void
test_commits_are_readable_by_git(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 1, 3, 0, NULL);
	assert_shell(f, "git log -1 --format='%(trailers:key=Notification,key=Event,unfold)' main", "Notification: G/TBT/N/USA/3\nEvent: new");
	assert_shell(f, "git log -1 --format='%(trailers:keyonly,separator=%x2C)' main", "Notification,Dossier,Source,Event,Fetched,Raw,Normaliser");
	assert_shell(f, "git log --author='United States' --format=%s main | wc -l; git log --author=France --format=%s main | wc -l", "3\n0");
	assert_shell(f, "git log --format=%s main -- eping/TBT/USA/0xx/2", "G/TBT/N/USA/2: synthetic state 0");
}

static void
test_file_is_read_as_of_any_commit(void **state)
{
	struct fixture *f = *state;
	AUTO_BUF out = BUF_INIT;
	char first[OID_HEX], blob[OID_HEX], hash[OID_HEX];
	struct sample s;

	fixture_add(f, 7, 7, 0, first);
	fixture_add(f, 7, 7, 1, NULL);
	sample_init(&s, 7, 0);
	assert_ok(f, store_read(f->st, first, s.path, &out, blob, &f->err));
	assert_string_equal(buf_str(&out), s.record);
	store_hash(s.record, strlen(s.record), hash);
	assert_string_equal(blob, hash);
	buf_reset(&out);
	events_clear(&s.events);
	sample_init(&s, 7, 1);
	assert_ok(f, store_read(f->st, "", s.path, &out, NULL, &f->err));
	assert_string_equal(buf_str(&out), s.record);
	assert_true(store_raw_has(f->st, s.raw_path));
	assert_false(store_raw_has(f->st, s.path));
	assert_false(store_raw_has(f->st, "eping/TBT/USA/0xx/7"));
	assert_int_equal(store_read(f->st, "", "eping/TBT/USA/0xx/7", &out, NULL, &f->err), ERR_NOTFOUND);
	assert_int_equal(store_read(f->st, "", "eping/TBT/USA/0xx/8/notification.md", &out, NULL, &f->err), ERR_NOTFOUND);
	assert_int_equal(store_read(f->st, "nonsense", s.path, &out, NULL, &f->err), ERR_DATA);
	assert_int_equal(store_read(f->st, "0123456789012345678901234567890123456789", s.path, &out, NULL, &f->err), ERR_NOTFOUND);
	events_clear(&s.events);
}

static int
note_commit(void *ctx, const char *commit, struct error *err)
{
	(void)err;
	strv_add(ctx, commit);
	return 0;
}

static int
stop_at_once(void *ctx, const char *commit, struct error *err)
{
	note_commit(ctx, commit, err);
	return 5;
}

static void
test_walk_goes_from_old_to_new_after_a_commit(void **state)
{
	struct fixture *f = *state;
	AUTO_STRV all = STRV_INIT, rest = STRV_INIT, one = STRV_INIT, none = STRV_INIT;
	char ids[3][OID_HEX];

	assert_ok(f, store_walk(f->st, STORE_MAIN, "", note_commit, &all, &f->err));
	assert_int_equal(all.n, 0);
	for (int i = 0; i < 3; i++)
		fixture_add(f, i + 1, i + 1, 0, ids[i]);
	assert_ok(f, store_walk(f->st, STORE_MAIN, "", note_commit, &all, &f->err));
	assert_int_equal(all.n, 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(all.v[i], ids[i]);
	assert_ok(f, store_walk(f->st, STORE_MAIN, ids[0], note_commit, &rest, &f->err));
	assert_int_equal(rest.n, 2);
	assert_string_equal(rest.v[0], ids[1]);
	assert_ok(f, store_walk(f->st, STORE_MAIN, ids[2], note_commit, &none, &f->err));
	assert_int_equal(none.n, 0);
	assert_int_equal(store_walk(f->st, STORE_MAIN, "", stop_at_once, &one, &f->err), 5);
	assert_int_equal(one.n, 1);
}

static void
test_walk_tells_when_its_start_is_no_ancestor(void **state)
{
	struct fixture *f = *state;
	AUTO_STRV all = STRV_INIT;
	char raw[OID_HEX];

	fixture_add(f, 1, 2, 0, NULL);
	assert_ok(f, store_tip(f->st, STORE_RAW, raw, &f->err));
	assert_int_equal(store_walk(f->st, STORE_MAIN, raw, note_commit, &all, &f->err), ERR_DATA);
	assert_int_equal(store_walk(f->st, "refs/heads/other", raw, note_commit, &all, &f->err), ERR_DATA);
	assert_int_equal(store_walk(f->st, STORE_MAIN, "xyz", note_commit, &all, &f->err), ERR_DATA);
	assert_int_equal(all.n, 0);
}

static void
test_batch_that_is_dropped_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *before = NULL, *after = NULL;
	const int sizes[] = { 3, 40 };

	fixture_add(f, 1, 1, 0, NULL);
	before = fixture_shell(f, "find . -type f | sort; git for-each-ref");
	for (size_t k = 0; k < 2; k++) {
		struct batch *b;
		char id[OID_HEX];

		assert_ok(f, batch_begin(f->st, &b, &f->err));
		for (int i = 2; i < 2 + sizes[k]; i++) {
			struct sample s;

			sample_init(&s, i, 0);
			assert_ok(f, batch_add(b, &s.v, id, &f->err));
			events_clear(&s.events);
		}
		batch_free(b);
	}
	after = fixture_shell(f, "find . -type f | sort; git for-each-ref");
	assert_string_equal(after, before);
}

static void
test_batch_without_versions_writes_nothing(void **state)
{
	struct fixture *f = *state;
	struct batch *b;

	assert_ok(f, batch_begin(f->st, &b, &f->err));
	assert_ok(f, batch_commit(b, &f->err));
	batch_free(b);
	assert_shell(f, "git for-each-ref; find objects -type f", "");
}

static void
test_raw_bytes_of_every_version_stay_reachable(void **state)
{
	struct fixture *f = *state;
	const int states[] = { 0, 1, 0, 2 };
	struct batch *b;
	char id[OID_HEX];

	assert_ok(f, batch_begin(f->st, &b, &f->err));
	for (size_t i = 0; i < 4; i++) {
		struct sample s;

		sample_init(&s, 9, states[i]);
		assert_ok(f, batch_add(b, &s.v, id, &f->err));
		events_clear(&s.events);
	}
	assert_ok(f, batch_commit(b, &f->err));
	batch_free(b);
	assert_shell(f, "for r in $(git log --format='%(trailers:key=Raw,valueonly)' main); do git rev-list --objects raw | grep -c ^$r; done", "1\n1\n1\n1");
	assert_shell(f, "git rev-list --count main", "4");
	assert_fsck_clean(f);
}

static void
test_version_without_raw_has_no_raw_trailer(void **state)
{
	struct fixture *f = *state;
	struct batch *b;
	struct sample s;
	char id[OID_HEX];

	fixture_add(f, 9, 9, 0, NULL);
	assert_ok(f, batch_begin(f->st, &b, &f->err));
	sample_init(&s, 9, 1);
	s.v.raw = s.v.raw_path = NULL;
	assert_ok(f, batch_add(b, &s.v, id, &f->err));
	assert_ok(f, batch_commit(b, &f->err));
	batch_free(b);
	events_clear(&s.events);
	assert_shell(f, "git log -1 --format='%(trailers:keyonly,separator=%x2C)' main", "Notification,Dossier,Source,Event,Fetched,Normaliser");
	assert_fsck_clean(f);
}

static void
test_writer_clears_what_a_killed_one_left(void **state)
{
	struct fixture *f = *state;

	fixture_add(f, 1, 1, 0, NULL);
	fixture_close(f);
	free(fixture_shell(f, "mkdir -p refs/regwatch/delivered/a && touch refs/heads/main.lock refs/heads/raw.lock HEAD.lock packed-refs.lock config.lock "
	    "refs/regwatch/delivered/a/0123456789abcdef.lock objects/pack/tmp_regwatch_abcdef objects/tmp_object_git2_abcdef"));
	assert_ok(f, store_open(f->path, false, &f->st, &f->err));
	fixture_close(f);
	assert_shell(f, "find . -name '*.lock' | wc -l", "6");
	fixture_open(f);
	assert_shell(f, "find . -name '*.lock' -o -name 'tmp_*' | wc -l", "0");
	fixture_add(f, 2, 2, 0, NULL);
	assert_fsck_clean(f);
}

static void
test_git_configuration_of_the_user_is_not_read(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *home = xstrdup(getenv("HOME")), *xdg = xstrdup(getenv("XDG_CONFIG_HOME"));

	fixture_close(f);
	free(fixture_shell(f, "mkdir ../git && echo '[broken' > ../.gitconfig && echo '[broken' > ../git/config"));
	setenv("HOME", f->folder, 1);
	setenv("XDG_CONFIG_HOME", f->folder, 1);
	assert_ok(f, stale_remove_folder(f->path, &f->err));
	assert_ok(f, store_create(f->path, &f->err));
	fixture_open(f);
	fixture_add(f, 1, 30, 0, NULL);
	if (home != NULL)
		setenv("HOME", home, 1);
	if (xdg != NULL)
		setenv("XDG_CONFIG_HOME", xdg, 1);
	else
		unsetenv("XDG_CONFIG_HOME");
	assert_fsck_clean(f);
}

static void
test_open_says_what_is_wrong(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *nowhere = xasprintf("%s/nowhere", f->folder);
	struct store *st;
	char tip[OID_HEX];

	assert_int_equal(store_open(nowhere, false, &st, &f->err), ERR_CONF);
	assert_non_null(strstr(f->err.text, "regwatch init"));
	assert_null(st);
	assert_int_equal(store_open(f->folder, true, &st, &f->err), ERR_IO);
	assert_null(st);
	assert_int_equal(store_open(f->folder, false, &st, &f->err), 0);	/* a reader opens it when it reads */
	assert_int_equal(store_tip(st, STORE_MAIN, tip, &f->err), ERR_IO);
	assert_non_null(strstr(f->err.text, "cannot open the store"));
	store_free(st);
	assert_int_equal(store_create(f->path, &f->err), ERR_IO);
}

/* Of a reader that has opened nothing yet. */
static void
assert_tip(struct fixture *f, const char *expected)
{
	struct store *st;
	char tip[OID_HEX];

	assert_int_equal(store_open(f->path, false, &st, &f->err), 0);
	assert_int_equal(store_tip(st, STORE_MAIN, tip, &f->err), 0);
	assert_string_equal(tip, expected);
	store_free(st);
}

static void
test_a_reader_finds_the_tip_however_it_is_kept(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *loose = xasprintf("%s/" STORE_MAIN, f->path), *packed = xasprintf("%s/packed-refs", f->path);
	char tip[OID_HEX];
	struct store *st;
	FILE *out;

	assert_tip(f, "");
	fixture_add(f, 1, 1, 0, NULL);
	assert_int_equal(store_tip(f->st, STORE_MAIN, tip, &f->err), 0);
	assert_int_equal(strlen(tip), OID_HEX - 1);
	assert_tip(f, tip);
	out = fopen(packed, "w");
	assert_true(out != NULL && fprintf(out, "%s " STORE_MAIN "\n", tip) > 0 && fclose(out) == 0);
	assert_int_equal(unlink(loose), 0);
	assert_tip(f, tip);
	out = fopen(loose, "w");
	assert_true(out != NULL && fprintf(out, "ref: refs/heads/other\n") > 0 && fclose(out) == 0);
	assert_int_equal(store_open(f->path, false, &st, &f->err), 0);
	assert_int_equal(store_tip(st, STORE_MAIN, tip, &f->err), ERR_DATA);
	store_free(st);
}

#define PLAIN(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAIN(test_store_starts_empty_and_clean),
		PLAIN(test_store_commits_one_version_as_its_contract_says),
		PLAIN(test_store_writes_the_same_ids_loose_and_packed),
		PLAIN(test_version_reads_back_what_was_committed),
		PLAIN(test_commits_are_readable_by_git),
		PLAIN(test_file_is_read_as_of_any_commit),
		PLAIN(test_walk_goes_from_old_to_new_after_a_commit),
		PLAIN(test_walk_tells_when_its_start_is_no_ancestor),
		PLAIN(test_batch_that_is_dropped_leaves_nothing),
		PLAIN(test_batch_without_versions_writes_nothing),
		PLAIN(test_raw_bytes_of_every_version_stay_reachable),
		PLAIN(test_version_without_raw_has_no_raw_trailer),
		PLAIN(test_writer_clears_what_a_killed_one_left),
		PLAIN(test_git_configuration_of_the_user_is_not_read),
		PLAIN(test_open_says_what_is_wrong),
		PLAIN(test_a_reader_finds_the_tip_however_it_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
