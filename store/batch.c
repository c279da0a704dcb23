#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/limits.h"
#include "commit.h"
#include "git.h"
#include "objects.h"
#include "raw.h"
#include "tree.h"

#define LOOSE_VERSIONS 20	/* more become a pack: eight objects a version, each a file that must be synced */
#define LOOSE_BYTES ((size_t)8 << 20)

struct batch {
	struct store *st;
	struct objects *objects;
	struct tree *main;
	struct raw *raw;
	git_oid before, tip;	/* of main: when the batch began, now */
	bool was_empty, is_empty;
	git_oid record, made_from;	/* of the last version */
	bool has_raw;
	size_t versions;
	bool broken;		/* an object could not be written: what follows would be incomplete */
};

/* Whatever stands on main must be ours before we build on it. */
static int
read_tip(struct batch *b, git_oid *tree, struct error *err)
{
	struct version v;
	char hex[OID_HEX];
	int rc = store_ref(b->st, STORE_MAIN, &b->before, err);

	b->was_empty = b->is_empty = rc == 0;
	if (rc <= 0)
		return rc;
	b->tip = b->before;
	store_hex(&b->before, hex);
	rc = store_version(b->st, hex, &v, err);
	if (rc < 0)
		return error_prefix(err, "'%s' of '%s'", STORE_MAIN, b->st->path);
	version_clear(&v);
	return store_tree_of(b->st, &b->before, tree, err);
}

int
batch_begin(struct store *st, struct batch **out, struct error *err)
{
	struct batch *b = xcalloc(1, sizeof(*b));
	git_oid tree;
	int rc;

	*out = NULL;
	assert(st->writer);
	b->st = st;
	b->objects = objects_new(st);
	rc = read_tip(b, &tree, err);
	if (rc == 0) {
		b->main = tree_new(st, b->is_empty ? NULL : &tree);
		rc = raw_new(st, b->objects, &b->raw, err);
	}
	if (rc < 0)
		batch_free(b);
	else
		*out = b;
	return rc;
}

void
batch_free(struct batch *b)
{
	if (b == NULL)
		return;
	raw_free(b->raw);
	tree_free(b->main);
	objects_free(b->objects);
	free(b);
}

static int
check_attached(struct batch *b, const struct new_attached *a, struct error *err)
{
	git_oid id;
	int rc;

	if (a->text_len > LIMIT_ANSWER || a->payload_len > LIMIT_ANSWER)
		return error_set(err, ERR_DATA, "the text of '%s' is too large", a->path);
	rc = tree_get(b->main, a->path, &id, err);
	return rc < 0 ? rc : raw_check(b->raw, a->path, err);
}

/* Everything that a bad version can be refused for, before anything of it is kept. */
static int
check_version(struct batch *b, const struct new_version *v, struct error *err)
{
	git_oid id;
	int rc;

	if (v->notification == NULL || v->dossier == NULL || v->source == NULL || v->author_name == NULL || v->author_email == NULL)
		return error_set(err, ERR_BUG, "a version of '%s' lacks its notification, dossier, source or author", v->path);
	if (v->record_len > LIMIT_RECORD || v->raw_len > LIMIT_ANSWER)
		return error_set(err, ERR_DATA, "the record or raw bytes of '%s' are too large", v->path);
	if (v->raw_blob != NULL && (!store_oid(v->raw_blob, &id) || !objects_have(b->objects, &id)))
		return error_set(err, ERR_DATA, "raw object '%.60s' of '%s' is not in the store", v->raw_blob, v->path);
	rc = tree_get(b->main, v->path, &id, err);
	if (rc >= 0 && v->raw_path != NULL)
		rc = raw_check(b->raw, v->raw_path, err);
	for (size_t i = 0; rc >= 0 && i < v->attached_n; i++)
		rc = check_attached(b, &v->attached[i], err);
	return rc < 0 ? rc : 0;
}

/* The blob that the version was made from, id and bytes (NULL for one that was there before): 1, or 0 without one. */
static int
add_raw_blob(struct batch *b, const struct new_version *v, struct similar_object *raw, struct error *err)
{
	int rc = 0;

	*raw = (struct similar_object){ .path = v->raw_path != NULL ? v->raw_path : v->path, .data = v->raw, .n = v->raw_len };
	if (v->raw_blob != NULL) {
		store_oid(v->raw_blob, &raw->id);
		raw->data = NULL;
	} else if (v->raw != NULL) {
		raw->named = v->raw_hash != NULL && store_oid(v->raw_hash, &raw->id);
		rc = objects_add_similar(b->objects, GIT_OBJECT_BLOB, raw, NULL, err);
	} else {
		return 0;
	}
	return rc < 0 ? rc : 1;
}

/* The version's own payload, then those of the texts that came with it. */
static int
put_payloads(struct batch *b, const struct new_version *v, const struct similar_object *raw, struct error *err)
{
	AUTO_FREE struct raw_payload *payloads = xcalloc(1 + v->attached_n, sizeof(*payloads));
	size_t n = 1;
	int rc = 0;

	payloads[0] = (struct raw_payload){ v->raw_path, raw->id };
	for (size_t i = 0; rc == 0 && i < v->attached_n; i++) {
		const struct new_attached *a = &v->attached[i];
		struct similar_object payload = { .path = a->path, .data = a->payload, .n = a->payload_len };

		if (a->payload == NULL)
			continue;
		rc = objects_add_similar(b->objects, GIT_OBJECT_BLOB, &payload, NULL, err);
		payloads[n++] = (struct raw_payload){ a->path, payload.id };
	}
	return rc < 0 ? rc : raw_put(b->raw, payloads, n, v->source, v->commit_time, &b->tip, err);
}

/* Tells the branch raw of the version; raw is NULL when it was made from an absence. */
static int
tell_raw(struct batch *b, const struct new_version *v, const struct similar_object *raw, struct error *err)
{
	if (raw == NULL)
		raw_vanished(b->raw, v->notification, v->source, v->commit_time);
	else if (v->raw_path != NULL)
		return put_payloads(b, v, raw, err);
	return 0;
}

static int
add_texts(struct batch *b, const struct new_version *v, struct error *err)
{
	bool changed;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < v->attached_n; i++) {
		struct similar_object text = { .path = v->attached[i].path, .data = v->attached[i].text, .n = v->attached[i].text_len };

		if ((rc = objects_add_similar(b->objects, GIT_OBJECT_BLOB, &text, NULL, err)) == 0)
			rc = tree_set(b->main, text.path, &text.id, &changed, err);
	}
	return rc;
}

static int
add_record(struct batch *b, const struct new_version *v, const struct similar_object *raw, git_oid *tree, struct error *err)
{
	struct similar_object record = { .path = v->path, .data = v->record, .n = v->record_len };
	bool changed;
	int rc = objects_add_similar(b->objects, GIT_OBJECT_BLOB, &record, raw, err);

	b->record = record.id;
	if (rc == 0)
		rc = tree_set(b->main, v->path, &record.id, &changed, err);
	if (rc == 0)
		rc = add_texts(b, v, err);
	return rc == 0 ? tree_write(b->main, b->objects, tree, err) : rc;
}

static int
add_commit(struct batch *b, const struct new_version *v, const git_oid *tree, const struct buf *message, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	struct similar_object commit = { .path = v->path };
	int rc;

	commit_header(tree, b->is_empty ? NULL : &b->tip, v->author_name, v->author_email, v->author_time, v->commit_time, &bytes);
	buf_add(&bytes, message->data, message->len);
	commit.data = bytes.data;
	commit.n = bytes.len;
	rc = objects_add_similar(b->objects, GIT_OBJECT_COMMIT, &commit, NULL, err);
	if (rc < 0)
		return rc;
	b->tip = commit.id;
	b->is_empty = false;
	return 0;
}

static int
add_version(struct batch *b, const struct new_version *v, struct error *err)
{
	AUTO_BUF message = BUF_INIT;
	struct similar_object raw;
	git_oid tree;
	int rc, has_raw = add_raw_blob(b, v, &raw, err);

	if (has_raw < 0)
		return has_raw;
	b->has_raw = has_raw > 0;
	b->made_from = raw.id;
	/* the last thing that can be wrong with a version, so before either branch hears of it */
	rc = commit_message(v, has_raw ? &raw.id : NULL, &message, err);
	if (rc == 0)
		rc = tell_raw(b, v, has_raw ? &raw : NULL, err);
	if (rc == 0)
		rc = add_record(b, v, has_raw && raw.data != NULL ? &raw : NULL, &tree, err);
	if (rc == 0)
		rc = add_commit(b, v, &tree, &message, err);
	if (rc == 0 && ++b->versions > LOOSE_VERSIONS && !objects_packing(b->objects))
		rc = objects_spill(b->objects, err);
	if (rc == 0 && objects_held(b->objects) > LOOSE_BYTES && !objects_packing(b->objects))
		rc = objects_spill(b->objects, err);
	return rc;
}

int
batch_add(struct batch *b, const struct new_version *v, char commit[OID_HEX], struct error *err)
{
	int rc = check_version(b, v, err);

	commit[0] = '\0';
	if (rc < 0)
		return rc;
	rc = add_version(b, v, err);
	if (rc == 0)
		store_hex(&b->tip, commit);
	else if (rc != ERR_BUG)
		b->broken = true;
	return rc;
}

void
batch_blobs(const struct batch *b, char record[OID_HEX], char raw[OID_HEX])
{
	store_hex(&b->record, record);
	raw[0] = '\0';
	if (b->has_raw)
		store_hex(&b->made_from, raw);
}

int
batch_commit(struct batch *b, struct error *err)
{
	int rc;

	if (b->broken)
		return error_set(err, ERR_IO, "a version could not be written to '%s', nothing of its batch is kept", b->st->path);
	if (b->versions == 0)
		return 0;
	rc = raw_commit(b->raw, &b->tip, err);
	if (rc == 0)
		rc = objects_commit(b->objects, err);
	if (rc == 0)
		rc = raw_publish(b->raw, err);
	if (rc == 0)
		rc = store_move(b->st, STORE_MAIN, b->was_empty ? NULL : &b->before, &b->tip, err);
	store_forget_tips(b->st);
	return rc;
}
