#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "delivered.h"
#include "git.h"
#include "receipt.h"

/* The names of all inboxes' refs, sorted. */
static int
list_refs(struct store *st, struct strv *refs, struct error *err)
{
	git_reference_iterator *it = NULL;
	const char *name;
	int rc = store_ready(st, err);

	if (rc < 0)
		return rc;
	rc = git_reference_iterator_glob_new(&it, st->repo, DELIVERED_REFS "*");
	while (rc == 0 && (rc = git_reference_next_name(&name, it)) == 0)
		strv_add(refs, name);
	git_reference_iterator_free(it);
	if (rc != GIT_ITEROVER)
		return error_git(err, ERR_IO, "cannot list the receipts of '%s'", st->path);
	strv_sort(refs);
	return 0;
}

int
delivered_list(struct store *st, int (*fn)(void *ctx, const struct receipt *r), void *ctx, struct error *err)
{
	AUTO_STRV refs = STRV_INIT;
	int rc = list_refs(st, &refs, err);

	for (size_t i = 0; rc == 0 && i < refs.n; i++) {
		AUTO_RECEIPT r = RECEIPT_INIT;
		git_oid tip;

		rc = store_ref(st, refs.v[i], &tip, err);
		if (rc > 0)
			rc = receipt_read(st, refs.v[i], &tip, &r, err);
		if (rc < 0)
			return error_prefix(err, "'%s'", refs.v[i]);
		if (r.state != RECEIPT_NONE)
			rc = fn(ctx, &r);
	}
	return rc;
}

struct check {
	struct store *st;
	const char *ref;
	void (*tell)(void *ctx, const char *problem);
	void *ctx;
	size_t *problems;
};

static void
broken(struct check *c, const char *problem)
{
	AUTO_FREE char *line = xasprintf("'%s': %s", c->ref, problem);

	(*c->problems)++;
	c->tell(c->ctx, line);
}

/* Is there an object of this type? "" counts as there. */
static bool
has(struct store *st, const char *hex, git_object_t type)
{
	git_object_t found;
	git_oid id;
	size_t n;

	return hex[0] == '\0' || (store_oid(hex, &id) && git_odb_read_header(&n, &found, st->odb, &id) == 0 && found == type);
}

static int
check_receipt(void *ctx, const char *commit, struct error *err)
{
	struct check *c = ctx;
	AUTO_RECEIPT r = RECEIPT_INIT;
	AUTO_FREE char *problem = NULL;
	git_oid id;

	if (!store_oid(commit, &id) || receipt_read(c->st, c->ref, &id, &r, err) < 0)
		problem = xstrdup(err->text);
	else if (!has(c->st, r.up_to, GIT_OBJECT_COMMIT))
		problem = xasprintf("receipt %s: it tells up to commit %s, which is missing", commit, r.up_to);
	else if (!has(c->st, r.message, GIT_OBJECT_BLOB) || !has(c->st, r.reminded, GIT_OBJECT_TREE))
		problem = xasprintf("receipt %s: its message or its reminders are missing", commit);
	if (problem != NULL)
		broken(c, problem);
	return 0;
}

int
delivered_check(struct store *st, void (*tell)(void *ctx, const char *problem), void *ctx, size_t *problems, struct error *err)
{
	AUTO_STRV refs = STRV_INIT;
	struct error why;
	int rc = list_refs(st, &refs, err);

	for (size_t i = 0; rc == 0 && i < refs.n; i++) {
		struct check c = { st, refs.v[i], tell, ctx, problems };

		if (store_walk(st, refs.v[i], "", check_receipt, &c, &why) < 0)
			broken(&c, why.text);
	}
	return rc;
}
