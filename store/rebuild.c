#include "rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "../lib/notice/attached.h"
#include "adopt.h"
#include "index.h"
#include "intake.h"
#include "raw.h"
#include "repo.h"
#include "stale.h"

struct rebuild {
	struct store *st, *scratch;
	struct index *ix;
	intake_decode_fn *decode;
	size_t versions;
};

/* History of another normaliser cannot come out the same. */
static int
check_normaliser(void *ctx, const char *commit, struct error *err)
{
	struct rebuild *r = ctx;
	AUTO_VERSION v = VERSION_INIT;
	int rc;

	if ((rc = store_version(r->st, commit, &v, err)) < 0)
		return rc;
	if (strcmp(v.normaliser, NORMALISER_VERSION) != 0)
		return error_set(err, ERR_DATA, "commit %s was written by normaliser %s, this is %s: nothing was touched", commit, v.normaliser, NORMALISER_VERSION);
	return 0;
}

/* Payloads of one version, its own first. */
struct payloads {
	struct buf *v;
	struct arrival_text *texts;	/* the same */
	size_t n;
};

static void
payloads_clear(struct payloads *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_clear(&p->v[i]);
	free(p->v);
	free(p->texts);
}

static int
read_payloads(struct rebuild *r, const char *commit, const struct raw_step *step, struct payloads *out, struct error *err)
{
	out->n = 1 + step->attached.n;
	out->v = xcalloc(out->n, sizeof(*out->v));
	out->texts = xcalloc(out->n, sizeof(*out->texts));
	for (size_t i = 0; i < out->n; i++) {
		const char *path = i == 0 ? step->what : step->attached.v[i - 1];
		int rc = store_read(r->st, commit, path, &out->v[i], NULL, err);

		if (rc < 0)
			return rc;
		out->texts[i] = (struct arrival_text){ buf_str(&out->v[i]), out->v[i].len };
	}
	return 0;
}

/* The version that texts alone made. */
static int
replay_texts(struct intake *in, const struct payloads *p, struct error *err)
{
	AUTO_ATTACHED first = ATTACHED_INIT;
	bool changed;
	int rc = attached_read(p->texts[0].payload, p->texts[0].n, &first, err);

	return rc < 0 ? rc : intake_attach(in, first.notification, p->texts, p->n, &changed, err);
}

static int
replay_notice(struct rebuild *r, struct intake *in, const char *path, const struct payloads *p, struct error *err)
{
	AUTO_NOTICE n = NOTICE_INIT;
	const char *base = strrchr(path, '/'), *suffix;
	struct arrival d = { .notice = &n, .raw = p->texts[0].payload, .raw_len = p->texts[0].n, .texts = p->texts + 1, .texts_n = p->n - 1 };
	int rc = r->decode(path, d.raw, d.raw_len, &n, err);

	if (rc < 0)
		return rc;
	if (!raw_suffix(base != NULL ? base : path, &suffix, &d.way))
		return error_set(err, ERR_DATA, "no payload of ours");
	d.suffix = suffix;
	return intake_add(in, &d, NULL, err);
}

static int
replay_payloads(struct rebuild *r, struct intake *in, const char *commit, const struct raw_step *step, struct error *err)
{
	__attribute__((cleanup(payloads_clear))) struct payloads p = { .v = NULL };
	int rc = read_payloads(r, commit, step, &p, err);

	if (rc == 0)
		rc = attached_is_path(step->what) ? replay_texts(in, &p, err) : replay_notice(r, in, step->what, &p, err);
	return rc < 0 ? error_prefix(err, "raw commit %s: '%s'", commit, step->what) : 0;
}

static int
replay_commit(void *ctx, const char *commit, struct error *err)
{
	struct rebuild *r = ctx;
	__attribute__((cleanup(raw_story_clear))) struct raw_story story = { .at = 0 };
	struct intake *in = NULL;
	char tip[OID_HEX];
	int rc;

	if ((rc = raw_story(r->st, commit, &story, err)) < 0)
		return rc;
	in = intake_new(r->scratch, r->ix, story.at, r->decode);
	for (size_t i = 0; rc == 0 && i < story.n; i++) {
		const struct raw_step *step = &story.steps[i];

		rc = step->vanished ? intake_vanish(in, step->what, err) : replay_payloads(r, in, commit, step, err);
	}
	if (rc == 0)
		rc = intake_commit(in, err);
	r->versions += intake_versions(in);
	intake_free(in);
	if (rc < 0 || (rc = store_tip(r->scratch, STORE_MAIN, tip, err)) < 0)
		return rc;
	if (strcmp(tip, story.main) != 0)
		return error_set(err, ERR_DATA, "raw commit %s: its payloads now give %s, history has %s: nothing was touched", commit, tip[0] != '\0' ? tip : "nothing", story.main);
	return 0;
}

static int
replay_all(struct rebuild *r, struct error *err)
{
	char have[OID_HEX], made[OID_HEX];
	int rc;

	if ((rc = store_walk(r->st, STORE_RAW, "", replay_commit, r, err)) < 0)
		return rc;
	if ((rc = store_tip(r->st, STORE_MAIN, have, err)) < 0 || (rc = store_tip(r->scratch, STORE_MAIN, made, err)) < 0)
		return rc;
	if (have[0] != '\0' && strcmp(have, made) != 0)
		return error_set(err, ERR_DATA, "the raw payloads give %s, main is %s: nothing was touched", made[0] != '\0' ? made : "nothing", have);
	return store_adopt(r->st, r->scratch, err);
}

int
store_rebuild(struct store *st, const char *scratch, intake_decode_fn *decode, size_t *versions, struct error *err)
{
	AUTO_FREE char *repo = file_join(scratch, "store.git"), *index = file_join(scratch, "index.sqlite");
	struct rebuild r = { .st = st, .decode = decode };
	int rc;

	if ((rc = store_walk(st, STORE_MAIN, "", check_normaliser, &r, err)) < 0)
		return rc;
	if ((rc = stale_remove_folder(scratch, err)) == 0 && (rc = file_mkdirs(scratch, err)) == 0 && (rc = store_create(repo, err)) == 0 && (rc = store_open(repo, true, &r.scratch, err)) == 0 &&
	    (rc = index_open(index, r.scratch, NULL, &r.ix, err)) == 0 && (rc = index_sync(r.ix, err)) == 0)
		rc = replay_all(&r, err);
	index_free(r.ix);
	store_free(r.scratch);
	stale_remove_folder(scratch, NULL);
	*versions = r.versions;
	return rc;
}
