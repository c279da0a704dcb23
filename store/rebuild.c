#include "rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
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

static int
replay_payload(struct rebuild *r, struct intake *in, const char *commit, const char *path, struct error *err)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF raw = BUF_INIT;
	const char *base = strrchr(path, '/'), *suffix;
	struct arrival d = { .notice = &n };
	int rc;

	if ((rc = store_read(r->st, commit, path, &raw, NULL, err)) < 0 || (rc = r->decode(path, buf_str(&raw), raw.len, &n, err)) < 0)
		return error_prefix(err, "raw commit %s: '%s'", commit, path);
	if (!raw_suffix(base != NULL ? base : path, &suffix, &d.way))
		return error_set(err, ERR_DATA, "raw commit %s: '%s' is no payload of ours", commit, path);
	d.suffix = suffix;
	d.raw = buf_str(&raw);
	d.raw_len = raw.len;
	return intake_add(in, &d, NULL, err);
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
	for (size_t i = 0; rc == 0 && i < story.steps.n; i++) {
		const char *what = story.steps.v[i];

		rc = story.vanished[i] ? intake_vanish(in, what, err) : replay_payload(r, in, commit, what, err);
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
