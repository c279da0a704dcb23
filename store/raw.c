#include "raw.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/strv.h"
#include "commit.h"
#include "tree.h"

#define STEPS_MAX (LIMIT_MESSAGE / 2)	/* bytes of trailers after which another commit begins */
#define MIN_SLOTS 256		/* a power of two */

/* A set of paths by their 64-bit hash. Should two ever collide, a commit more is made: harmless, and the same on every machine. */
struct paths {
	uint64_t *slots;	/* 0: free */
	size_t n, slots_n;
};

struct raw {
	struct store *st;
	struct objects *objects;
	struct tree *tree;
	git_oid before, tip;	/* of the branch: when the batch began, now */
	bool was_empty, is_empty;
	struct paths paths;	/* set since the last commit */
	struct buf steps;	/* trailers that tell the versions since then */
	struct strv sources;
	size_t gone;		/* vanished among them */
	int64_t time;		/* of the first of them */
};

/* FNV-1a; never 0. */
static uint64_t
hash_path(const char *path)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *path != '\0'; path++)
		h = (h ^ (unsigned char)*path) * UINT64_C(0x100000001b3);
	return h | 1;
}

static uint64_t *
paths_slot(const struct paths *p, uint64_t h)
{
	size_t at = (size_t)(h >> 8) & (p->slots_n - 1);

	while (p->slots[at] != 0 && p->slots[at] != h)
		at = (at + 1) & (p->slots_n - 1);
	return &p->slots[at];
}

static bool
paths_have(const struct paths *p, const char *path)
{
	return p->n > 0 && *paths_slot(p, hash_path(path)) != 0;
}

static void
paths_widen(struct paths *p)
{
	struct paths wider = { NULL, p->n, p->slots_n > 0 ? 2 * p->slots_n : MIN_SLOTS };

	wider.slots = xcalloc(wider.slots_n, sizeof(*wider.slots));
	for (size_t i = 0; i < p->slots_n; i++)
		if (p->slots[i] != 0)
			*paths_slot(&wider, p->slots[i]) = p->slots[i];
	free(p->slots);
	*p = wider;
}

static void
paths_add(struct paths *p, const char *path)
{
	uint64_t h = hash_path(path);

	if (p->n >= p->slots_n / 2)
		paths_widen(p);
	*paths_slot(p, h) = h;
	p->n++;
}

static void
paths_clear(struct paths *p)
{
	free(p->slots);
	*p = (struct paths){ NULL, 0, 0 };
}

int
raw_new(struct store *st, struct objects *objects, struct raw **out, struct error *err)
{
	struct raw *r = xcalloc(1, sizeof(*r));
	git_oid tree;
	int rc = store_ref(st, STORE_RAW, &r->before, err);

	*out = NULL;
	r->st = st;
	r->objects = objects;
	r->was_empty = r->is_empty = rc == 0;
	r->tip = r->before;
	if (rc > 0)
		rc = store_tree_of(st, &r->before, &tree, err);
	if (rc < 0) {
		free(r);
		return error_prefix(err, "'%s' of '%s'", STORE_RAW, st->path);
	}
	r->tree = tree_new(st, r->is_empty ? NULL : &tree);
	*out = r;
	return 0;
}

void
raw_free(struct raw *r)
{
	if (r == NULL)
		return;
	tree_free(r->tree);
	paths_clear(&r->paths);
	strv_clear(&r->sources);
	buf_clear(&r->steps);
	free(r);
}

int
raw_check(struct raw *r, const char *path, struct error *err)
{
	git_oid blob;
	int rc = tree_get(r->tree, path, &blob, err);

	return rc < 0 ? rc : 0;
}

static void
begin_steps(struct raw *r, const char *source, int64_t time)
{
	if (r->steps.len == 0)
		r->time = time;
	if (!strv_has(&r->sources, source))
		strv_add(&r->sources, source);
}

/* Has this commit another blob at the payload's path? An earlier version would lose it. */
static bool
would_replace(const struct raw *r, const struct raw_payload *p)
{
	git_oid now;

	return paths_have(&r->paths, p->path) && tree_get(r->tree, p->path, &now, NULL) > 0 && !git_oid_equal(&now, &p->blob);
}

int
raw_put(struct raw *r, const struct raw_payload *payloads, size_t n, const char *source, int64_t time, const git_oid *main, struct error *err)
{
	bool full = r->steps.len > STEPS_MAX, changed;
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		full = full || would_replace(r, &payloads[i]);
	if (full)
		rc = raw_commit(r, main, err);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = tree_set(r->tree, payloads[i].path, &payloads[i].blob, &changed, err);
	if (rc < 0)
		return rc;
	begin_steps(r, source, time);
	for (size_t i = n; i-- > 0;) {
		paths_add(&r->paths, payloads[i].path);
		commit_trailer(i > 0 ? "Attached" : "Version", payloads[i].path, &r->steps);
	}
	return 0;
}

void
raw_vanished(struct raw *r, const char *id, const char *source, int64_t time)
{
	begin_steps(r, source, time);
	commit_trailer("Vanished", id, &r->steps);
	r->gone++;
}

/* "eping: 31 payloads, 1 vanished" */
static void
add_subject(const struct raw *r, struct buf *out)
{
	AUTO_BUF sources = BUF_INIT;

	strv_join(&r->sources, ", ", &sources);
	commit_line(buf_str(&sources), out);
	buf_addf(out, ": %zu payload%s", r->paths.n, r->paths.n == 1 ? "" : "s");
	if (r->gone > 0)
		buf_addf(out, ", %zu vanished", r->gone);
	buf_addc(out, '\n');
}

int
raw_commit(struct raw *r, const git_oid *main, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	char hex[OID_HEX];
	git_oid tree;
	int rc;

	if (r->steps.len == 0)
		return 0;
	rc = tree_write(r->tree, r->objects, &tree, err);
	if (rc < 0)
		return rc;
	store_hex(main, hex);
	commit_header(&tree, r->is_empty ? NULL : &r->tip, "regwatch", "regwatch@localhost", r->time, r->time, &bytes);
	add_subject(r, &bytes);
	buf_addf(&bytes, "\n%sMain: %s\n", buf_str(&r->steps), hex);
	rc = objects_add(r->objects, GIT_OBJECT_COMMIT, bytes.data, bytes.len, NULL, &r->tip, err);
	r->is_empty = r->is_empty && rc < 0;
	paths_clear(&r->paths);
	strv_clear(&r->sources);
	buf_reset(&r->steps);
	r->gone = 0;
	return rc;
}

int
raw_publish(struct raw *r, struct error *err)
{
	if (r->is_empty || (!r->was_empty && git_oid_equal(&r->tip, &r->before)))
		return 0;
	return store_move(r->st, STORE_RAW, r->was_empty ? NULL : &r->before, &r->tip, err);
}
