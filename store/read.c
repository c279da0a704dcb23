#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"
#include "commit.h"
#include "git.h"

void
version_clear(struct version *v)
{
	free(v->subject);
	free(v->author);
	free(v->notification);
	free(v->dossier);
	free(v->source);
	free(v->normaliser);
	events_clear(&v->events);
	*v = (struct version)VERSION_INIT;
}

void
version_describe(struct version *out, const struct new_version *v)
{
	out->at = v->commit_time;
	out->subject = xstrdup(v->subject);
	out->author = xstrdup(v->author_name);
	out->notification = xstrdup(v->notification);
	out->dossier = xstrdup(v->dossier);
	out->source = xstrdup(v->source);
	out->normaliser = xstrdup(NORMALISER_VERSION);
	out->fetched = v->fetched;
	for (size_t i = 0; i < v->events->n; i++)
		events_add(&out->events, v->events->v[i].kind, v->events->v[i].detail, v->events->v[i].old, v->events->v[i].new);
}

static int
parse_id(const char *hex, git_oid *out, struct error *err)
{
	return store_oid(hex, out) ? 0 : error_set(err, ERR_DATA, "'%.60s' is no object id", hex);
}

int
store_version(struct store *st, const char *commit, struct version *out, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	git_oid id;
	int rc;

	*out = (struct version)VERSION_INIT;
	rc = parse_id(commit, &id, err);
	if (rc == 0)
		rc = store_object(st, &id, GIT_OBJECT_COMMIT, LIMIT_MESSAGE, &object, err);
	if (rc < 0)
		return rc;
	rc = commit_version(git_odb_object_data(object), git_odb_object_size(object), out, err);
	if (rc < 0) {
		version_clear(out);
		return error_prefix(err, "commit %s", commit);
	}
	store_hex(&id, out->commit);
	return 0;
}

/* Reads the links of a commit; the view's spans are gone afterwards. */
static int
read_links(struct store *st, const git_oid *id, struct commit_view *view, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	char hex[OID_HEX];
	int rc = store_object(st, id, GIT_OBJECT_COMMIT, LIMIT_MESSAGE, &object, err);

	if (rc < 0)
		return rc;
	store_hex(id, hex);
	if (!commit_view(git_odb_object_data(object), git_odb_object_size(object), view))
		return error_set(err, ERR_DATA, "commit %s: not a commit that regwatch wrote", hex);
	if (view->parents > 1)
		return error_set(err, ERR_DATA, "commit %s: a merge, which regwatch never makes", hex);
	return 0;
}

int
store_tree_of(struct store *st, const git_oid *commit, git_oid *tree, struct error *err)
{
	struct commit_view view;
	int rc = read_links(st, commit, &view, err);

	if (rc == 0)
		git_oid_cpy(tree, &view.tree);
	return rc;
}

struct commits {
	git_oid *v;
	size_t n, cap;
};

/* The commits from 'tip' back to just after 'since' (NULL: to the first), newest first. */
static int
collect(struct store *st, const git_oid *tip, const git_oid *since, struct commits *list, struct error *err)
{
	git_oid at = *tip;

	while (since == NULL || !git_oid_equal(&at, since)) {
		struct commit_view view;
		int rc = read_links(st, &at, &view, err);

		if (rc < 0)
			return rc;
		if (list->n >= LIMIT_COMMITS)
			return error_set(err, ERR_DATA, "more than %d commits", LIMIT_COMMITS);
		list->v = xgrow(list->v, list->n, &list->cap, sizeof(*list->v));
		list->v[list->n++] = at;
		if (view.parents == 0)
			return since == NULL ? 0 : error_set(err, ERR_DATA, "%s is not an ancestor of the tip", git_oid_tostr_s(since));
		at = view.parent;
	}
	return 0;
}

static int
call_each(const struct commits *list, int (*fn)(void *ctx, const char *commit, struct error *err), void *ctx, struct error *err)
{
	char hex[OID_HEX];
	int rc = 0;

	for (size_t i = list->n; rc == 0 && i > 0; i--) {
		store_hex(&list->v[i - 1], hex);
		rc = fn(ctx, hex, err);
	}
	return rc;
}

int
store_walk(struct store *st, const char *ref, const char *since, int (*fn)(void *ctx, const char *commit, struct error *err), void *ctx, struct error *err)
{
	struct commits list = { NULL, 0, 0 };
	git_oid tip, from;
	int rc;

	if (since[0] != '\0' && (rc = parse_id(since, &from, err)) < 0)
		return rc;
	rc = store_ref(st, ref, &tip, err);
	if (rc == 0 && since[0] != '\0')
		return error_set(err, ERR_DATA, "'%s' has no commits any more", ref);
	if (rc <= 0)
		return rc;
	rc = collect(st, &tip, since[0] != '\0' ? &from : NULL, &list, err);
	if (rc == 0)
		rc = call_each(&list, fn, ctx, err);
	else
		error_prefix(err, "'%s' of '%s'", ref, st->path);
	free(list.v);
	return rc;
}

static int
find_tree(struct store *st, const char *commit, git_tree **out, struct error *err)
{
	git_oid id, tree;
	int rc;

	if (commit[0] != '\0')
		rc = parse_id(commit, &id, err);
	else if ((rc = store_ref(st, STORE_MAIN, &id, err)) == 0)
		return error_set(err, ERR_NOTFOUND, "the store is empty");
	if (rc < 0 || (rc = store_tree_of(st, &id, &tree, err)) < 0)
		return rc;
	if (git_tree_lookup(out, st->repo, &tree) < 0)
		return error_git(err, ERR_DATA, "the tree of commit %s cannot be read", git_oid_tostr_s(&id));
	return 0;
}

static int
read_blob(struct store *st, const git_oid *id, struct buf *out, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	int rc = store_object(st, id, GIT_OBJECT_BLOB, LIMIT_ANSWER, &object, err);

	if (rc == 0)
		buf_add(out, git_odb_object_data(object), git_odb_object_size(object));
	return rc;
}

int
store_read_blob(struct store *st, const char *blob, struct buf *out, struct error *err)
{
	git_oid id;
	int rc = parse_id(blob, &id, err);

	return rc == 0 ? read_blob(st, &id, out, err) : rc;
}

int
store_read(struct store *st, const char *commit, const char *path, struct buf *out, char blob[OID_HEX], struct error *err)
{
	AUTO_TREE *tree = NULL;
	AUTO_TREE_ENTRY *entry = NULL;
	int rc = find_tree(st, commit, &tree, err);

	if (rc < 0)
		return rc;
	rc = git_tree_entry_bypath(&entry, tree, path);
	if (rc == GIT_ENOTFOUND || (rc == 0 && git_tree_entry_type(entry) != GIT_OBJECT_BLOB))
		return error_set(err, ERR_NOTFOUND, "no file '%s' in %s", path, commit[0] != '\0' ? commit : "the store");
	if (rc < 0)
		return error_git(err, ERR_DATA, "'%s' cannot be read", path);
	if (blob != NULL)
		store_hex(git_tree_entry_id(entry), blob);
	return read_blob(st, git_tree_entry_id(entry), out, err);
}

static void
know_raw_tree(struct store *st)
{
	git_oid tip, tree;

	if (st->raw_known)
		return;
	st->raw_known = true;
	if (store_ref(st, STORE_RAW, &tip, NULL) > 0 && store_tree_of(st, &tip, &tree, NULL) == 0 && git_tree_lookup(&st->raw_tree, st->repo, &tree) < 0)
		st->raw_tree = NULL;
}

bool
store_raw_has(struct store *st, const char *path)
{
	AUTO_TREE_ENTRY *entry = NULL;

	know_raw_tree(st);
	return st->raw_tree != NULL && git_tree_entry_bypath(&entry, st->raw_tree, path) == 0 && git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
}
