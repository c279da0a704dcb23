/* A store in a folder of its own and versions to put into it, for the tests of store/. All texts are synthetic. */
#ifndef REGWATCH_TESTS_STORE_FIXTURE_H
#define REGWATCH_TESTS_STORE_FIXTURE_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "store/repo.h"
#include "store/stale.h"

#define FIXTURE_TIME 1780000000	/* 2026-05-28T20:26:40Z */

struct fixture {
	char *folder, *path;	/* path: FOLDER/store.git */
	struct store *st;
	struct error err;
};

#define assert_ok(f, call)							\
	do {									\
		int ok_rc_ = (call);						\
		if (ok_rc_ < 0)							\
			fail_msg("%s: %d %s", #call, ok_rc_, (f)->err.text);	\
	} while (0)

static inline void
fixture_open(struct fixture *f)
{
	assert_ok(f, store_open(f->path, true, &f->st, &f->err));
}

static inline void
fixture_close(struct fixture *f)
{
	store_free(f->st);
	f->st = NULL;
}

static inline int
fixture_setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	const char *tmp = getenv("TMPDIR");

	/* in memory where possible: thousands of small files are synced */
	if (tmp == NULL)
		tmp = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	f->folder = xasprintf("%s/regwatch-test-XXXXXX", tmp);
	assert_non_null(mkdtemp(f->folder));
	f->path = xasprintf("%s/store.git", f->folder);
	assert_ok(f, store_create(f->path, &f->err));
	fixture_open(f);
	*state = f;
	return 0;
}

/* What a shell command prints, without the last line break; it must succeed. git never reads the user's configuration. */
static inline char *
fixture_shell(const struct fixture *f, const char *command)
{
	AUTO_FREE char *line = xasprintf("exec 2>&1; cd '%s' && export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C && %s", f->path, command);
	struct buf out = BUF_INIT;
	char part[4096];
	size_t n;
	FILE *p = popen(line, "r");

	assert_non_null(p);
	while ((n = fread(part, 1, sizeof(part), p)) > 0)
		buf_add(&out, part, n);
	if (pclose(p) != 0)
		fail_msg("'%s' failed: %s", command, buf_str(&out));
	buf_trim(&out);
	return buf_take(&out);
}

static inline void
assert_shell(const struct fixture *f, const char *command, const char *expected)
{
	AUTO_FREE char *said = fixture_shell(f, command);

	assert_string_equal(said, expected);
}

/* No error, no warning, nothing dangling or unreachable. */
static inline void
assert_fsck_clean(const struct fixture *f)
{
	assert_shell(f, "git fsck --strict --no-progress", "");
}

static inline int
fixture_teardown(void **state)
{
	struct fixture *f = *state;

	fixture_close(f);
	assert_ok(f, stale_remove_folder(f->folder, &f->err));
	free(f->folder);
	free(f->path);
	free(f);
	return 0;
}

/* A version with everything set; its strings live in it. */
struct sample {
	struct new_version v;
	struct events events;
	char path[100], raw_path[120], record[400], raw[200], subject[100], notification[40], dossier[40];
};

static inline void
sample_init(struct sample *s, int number, int state)
{
	memset(s, 0, sizeof(*s));
	snprintf(s->notification, sizeof(s->notification), "G/TBT/N/USA/%d", number);
	snprintf(s->dossier, sizeof(s->dossier), "G/TBT/N/USA/%d", number);
	snprintf(s->path, sizeof(s->path), "eping/TBT/USA/%dxx/%d/notification.md", number / 100, number);
	snprintf(s->raw_path, sizeof(s->raw_path), "eping/TBT/USA/%dxx/%d/notification.api.json", number / 100, number);
	snprintf(s->subject, sizeof(s->subject), "G/TBT/N/USA/%d: synthetic state %d", number, state);
	snprintf(s->record, sizeof(s->record), "# Synthetic notification %d\n\nNotification: %s  \nState: %d  \n\n## Description\n\nA synthetic sentence.\n", number,
	    s->notification, state);
	snprintf(s->raw, sizeof(s->raw), "{\"documentSymbol\": \"%s\", \"state\": %d}\n", s->notification, state);
	events_add(&s->events, state == 0 ? EVENT_NEW : EVENT_EDITED, state == 0 ? NULL : "description", NULL, NULL);
	s->v = (struct new_version){
		.path = s->path, .record = s->record, .record_len = strlen(s->record), .raw_path = s->raw_path, .raw = s->raw, .raw_len = strlen(s->raw),
		.subject = s->subject, .author_name = "United States of America", .author_email = "us@member.invalid",
		.author_time = INT64_C(1767225600), .commit_time = FIXTURE_TIME + number, .notification = s->notification, .dossier = s->dossier,
		.source = "eping", .events = &s->events, .fetched = FIXTURE_TIME,
	};
}

/* Adds numbers first..last in one batch; commit of the last one in 'commit' when not NULL. */
static inline void
fixture_add(struct fixture *f, int first, int last, int state, char commit[OID_HEX])
{
	struct batch *b;
	char id[OID_HEX];

	assert_ok(f, batch_begin(f->st, &b, &f->err));
	for (int i = first; i <= last; i++) {
		struct sample s;

		sample_init(&s, i, state);
		assert_ok(f, batch_add(b, &s.v, id, &f->err));
		events_clear(&s.events);
	}
	assert_ok(f, batch_commit(b, &f->err));
	batch_free(b);
	if (commit != NULL)
		memcpy(commit, id, OID_HEX);
}

#endif
