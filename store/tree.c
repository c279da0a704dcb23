#include "tree.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "delta.h"
#include "tree_bytes.h"

#define PARTS_MAX 16
#define LIMIT_TREE ((size_t)32 << 20)	/* bytes of one tree: about 700,000 entries */

struct node {
	char *name;
	struct buf bytes;
	struct node **kids;		/* folders that were touched, by name */
	size_t kids_n, kids_cap;
	bool stored, loaded, changed;	/* stored: 'id' names the tree as it was before the edits */
	git_oid id;
	struct tree_edit edit;		/* the one since then, when edits is 1 */
	unsigned edits;
	struct node *next_changed, *first_changed;	/* siblings, kids */
};

struct tree {
	struct store *st;
	struct node *root;
};

static struct node *
node_new(const char *name, const git_oid *id)
{
	struct node *n = xcalloc(1, sizeof(*n));

	n->name = xstrdup(name);
	n->stored = id != NULL;
	n->loaded = id == NULL;
	if (id != NULL)
		n->id = *id;
	return n;
}

static void
node_free(struct node *n)
{
	for (size_t i = 0; i < n->kids_n; i++)
		node_free(n->kids[i]);
	free(n->kids);
	free(n->name);
	buf_clear(&n->bytes);
	free(n);
}

struct tree *
tree_new(struct store *st, const git_oid *root)
{
	struct tree *t = xcalloc(1, sizeof(*t));

	t->st = st;
	t->root = node_new("", root);
	return t;
}

void
tree_free(struct tree *t)
{
	if (t == NULL)
		return;
	node_free(t->root);
	free(t);
}

bool
tree_path_valid(const char *path)
{
	size_t parts = 0;

	for (;;) {
		size_t n = strcspn(path, "/");

		if (!tree_part_valid(path, n) || ++parts > PARTS_MAX)
			return false;
		if (path[n] == '\0')
			return true;
		path += n + 1;
	}
}

static int
load(struct tree *t, struct node *n, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	const char *data;
	size_t len;
	int rc;

	if (n->loaded)
		return 0;
	rc = store_object(t->st, &n->id, GIT_OBJECT_TREE, LIMIT_TREE, &object, err);
	if (rc < 0)
		return rc;
	data = git_odb_object_data(object);
	len = git_odb_object_size(object);
	if (!tree_bytes_valid(data, len))
		return error_set(err, ERR_DATA, "tree %s holds what regwatch does not write", git_oid_tostr_s(&n->id));
	buf_add(&n->bytes, data, len);
	n->loaded = true;
	return 0;
}

/* Where a kid stands or belongs. */
static size_t
kid_place(const struct node *n, const char *name, bool *there)
{
	size_t low = 0, high = n->kids_n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = strcmp(n->kids[mid]->name, name);

		if (order == 0) {
			*there = true;
			return mid;
		}
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*there = false;
	return low;
}

static struct node *
kid_add(struct node *n, size_t place, struct node *kid)
{
	n->kids = xgrow(n->kids, n->kids_n, &n->kids_cap, sizeof(*n->kids));
	memmove(n->kids + place + 1, n->kids + place, (n->kids_n - place) * sizeof(*n->kids));
	n->kids[place] = kid;
	n->kids_n++;
	return kid;
}

/* The folder below n, loaded; made when 'make', else *out is NULL when it is not there. */
static int
enter(struct tree *t, struct node *n, const char *name, bool make, struct node **out, struct error *err)
{
	enum tree_kind kind = TREE_ABSENT;
	git_oid id;
	bool there;
	size_t place = kid_place(n, name, &there);

	*out = NULL;
	if (there) {
		*out = n->kids[place];
		return load(t, *out, err);
	}
	kind = tree_bytes_find(&n->bytes, name, &id);
	if (kind == TREE_FILE)
		return error_set(err, ERR_DATA, "'%s' is a file where a folder was due", name);
	if (kind == TREE_ABSENT && !make)
		return 0;
	*out = kid_add(n, place, node_new(name, kind == TREE_FOLDER ? &id : NULL));
	return load(t, *out, err);
}

/* The folders from the root to the file's, and the file's name. */
struct route {
	struct node *node[PARTS_MAX];
	size_t n;
	char file[TREE_PART_MAX + 1];
};

static int
find_route(struct tree *t, const char *path, bool make, struct route *r, struct error *err)
{
	int rc;

	if (!tree_path_valid(path))
		return error_set(err, ERR_DATA, "'%s' is no path of the store", path);
	r->n = 0;
	rc = load(t, t->root, err);
	for (struct node *at = t->root; rc == 0 && at != NULL;) {
		size_t len = strcspn(path, "/");

		memcpy(r->file, path, len);
		r->file[len] = '\0';
		r->node[r->n++] = at;
		if (path[len] == '\0')
			return 0;
		path += len + 1;
		rc = enter(t, at, r->file, make, &at, err);
		if (rc == 0 && at == NULL)
			r->n = 0;
	}
	return rc;
}

static void
put(struct node *n, const char *name, bool folder, const git_oid *id)
{
	n->edit = tree_bytes_put(&n->bytes, name, folder, id);
	n->edits++;
}

static void
mark_changed(struct route *r)
{
	for (size_t i = r->n; i-- > 0 && !r->node[i]->changed;) {
		r->node[i]->changed = true;
		if (i > 0) {
			r->node[i]->next_changed = r->node[i - 1]->first_changed;
			r->node[i - 1]->first_changed = r->node[i];
		}
	}
}

/* What stands at the end of a route. ERR_DATA for a folder. */
static int
look(const struct route *r, const char *path, git_oid *blob, struct error *err)
{
	const struct node *folder = r->node[r->n - 1];
	enum tree_kind kind = tree_bytes_find(&folder->bytes, r->file, blob);
	bool there;

	kid_place(folder, r->file, &there);
	if (kind == TREE_FOLDER || there)
		return error_set(err, ERR_DATA, "'%s' is a folder where a file was due", path);
	return kind == TREE_FILE;
}

int
tree_set(struct tree *t, const char *path, const git_oid *blob, bool *changed, struct error *err)
{
	struct route r;
	git_oid before;
	int rc = find_route(t, path, true, &r, err);

	if (rc == 0)
		rc = look(&r, path, &before, err);
	if (rc < 0)
		return rc;
	*changed = rc == 0 || !git_oid_equal(&before, blob);
	if (*changed) {
		put(r.node[r.n - 1], r.file, false, blob);
		mark_changed(&r);
	}
	return 0;
}

int
tree_get(struct tree *t, const char *path, git_oid *blob, struct error *err)
{
	struct route r;
	int rc = find_route(t, path, false, &r, err);

	return rc < 0 || r.n == 0 ? rc : look(&r, path, blob, err);
}

/* Copy, insert, copy. */
static void
edit_delta(const struct node *n, struct buf *out)
{
	const struct tree_edit *e = &n->edit;
	size_t base_len = n->bytes.len - e->inserted + e->removed;

	delta_begin(base_len, n->bytes.len, out);
	delta_copy(0, e->at, out);
	delta_insert(n->bytes.data + e->at, e->inserted, out);
	delta_copy(e->at + e->removed, base_len - e->at - e->removed, out);
}

static int
write_node(struct node *n, struct objects *objects, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	git_oid base = n->id;
	struct bulk_delta delta;
	int rc = 0;

	for (struct node *kid = n->first_changed; rc == 0 && kid != NULL; kid = kid->next_changed) {
		rc = write_node(kid, objects, err);
		put(n, kid->name, true, &kid->id);
	}
	if (rc < 0)
		return rc;
	if (n->stored && n->edits == 1)
		edit_delta(n, &bytes);
	delta = (struct bulk_delta){ &base, bytes.data, bytes.len };
	rc = objects_add(objects, GIT_OBJECT_TREE, buf_str(&n->bytes), n->bytes.len, bytes.len > 0 ? &delta : NULL, &n->id, err);
	n->stored = true;
	n->changed = false;
	n->edits = 0;
	n->first_changed = NULL;
	return rc;
}

int
tree_write(struct tree *t, struct objects *objects, git_oid *root, struct error *err)
{
	int rc = 0;

	if (t->root->changed || !t->root->stored) {
		rc = load(t, t->root, err);
		if (rc == 0)
			rc = write_node(t->root, objects, err);
	}
	git_oid_cpy(root, &t->root->id);
	return rc;
}
