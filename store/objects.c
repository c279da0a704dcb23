#include "objects.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/file.h"
#include "../lib/base/sha1.h"

struct held {
	git_object_t type;
	git_oid id;
	void *data;
	size_t n;
};

struct objects {
	struct store *st;
	struct held *v;
	size_t n, cap, bytes;
	struct bulk *pack;	/* NULL until spilled */
	struct similar *blobs, *commits;
	struct buf delta;
};

struct objects *
objects_new(struct store *st)
{
	struct objects *o = xcalloc(1, sizeof(*o));

	o->st = st;
	return o;
}

static void
drop_held(struct objects *o)
{
	for (size_t i = 0; i < o->n; i++)
		free(o->v[i].data);
	free(o->v);
	o->v = NULL;
	o->n = o->cap = o->bytes = 0;
}

void
objects_free(struct objects *o)
{
	if (o == NULL)
		return;
	bulk_free(o->pack);
	similar_free(o->blobs);
	similar_free(o->commits);
	buf_clear(&o->delta);
	drop_held(o);
	free(o);
}

static bool
is_held(const struct objects *o, const git_oid *id)
{
	for (size_t i = 0; i < o->n; i++)
		if (git_oid_equal(&o->v[i].id, id))
			return true;
	return false;
}

static void
hold(struct objects *o, git_object_t type, const git_oid *id, const void *data, size_t n)
{
	struct held *h;

	if (is_held(o, id))
		return;
	o->v = xgrow(o->v, o->n, &o->cap, sizeof(*o->v));
	h = &o->v[o->n++];
	*h = (struct held){ type, *id, xmalloc(n), n };
	if (n > 0)
		memcpy(h->data, data, n);
	o->bytes += n;
}

/* Bytes of trees, which are most of all, are names that we choose and ids: nobody can make two of them collide. */
static void
name_tree(const void *data, size_t n, git_oid *id)
{
	AUTO_SHA1 *sum = sha1_new();
	char head[32];
	int len = snprintf(head, sizeof(head), "tree %zu", n);

	sha1_add(sum, head, (size_t)len + 1);
	sha1_add(sum, data, n);
	sha1_end(sum, id->id);
}

static int
name_object(git_object_t type, const void *data, size_t n, git_oid *id, struct error *err)
{
	if (type == GIT_OBJECT_TREE) {
		name_tree(data, n, id);
		return 0;
	}
	if (git_odb_hash(id, data, n, type) < 0)
		return error_git(err, ERR_DATA, "an object of %zu bytes cannot be named", n);
	return 0;
}

static int
keep(struct objects *o, git_object_t type, const void *data, size_t n, const struct bulk_delta *delta, const git_oid *id, struct error *err)
{
	if (o->pack != NULL)
		return bulk_add(o->pack, type, id, data, n, delta, err);
	hold(o, type, id, data, n);
	return 0;
}

int
objects_add(struct objects *o, git_object_t type, const void *data, size_t n, const struct bulk_delta *delta, git_oid *id, struct error *err)
{
	if (name_object(type, data, n, id, err) < 0)
		return ERR_DATA;
	return keep(o, type, data, n, delta, id, err);
}

int
objects_add_similar(struct objects *o, git_object_t type, struct similar_object *object, const struct similar_object *made_from, struct error *err)
{
	struct similar *similar = type == GIT_OBJECT_COMMIT ? o->commits : o->blobs;
	struct bulk_delta delta;
	git_oid base;
	bool alike;

	if (!object->named && name_object(type, object->data, object->n, &object->id, err) < 0)
		return ERR_DATA;
	alike = o->pack != NULL && !bulk_has(o->pack, &object->id) && similar_delta(similar, object, made_from, &base, &o->delta);
	delta = (struct bulk_delta){ &base, o->delta.data, o->delta.len };
	return keep(o, type, object->data, object->n, alike ? &delta : NULL, &object->id, err);
}

bool
objects_have(struct objects *o, const git_oid *id)
{
	return is_held(o, id) || (o->pack != NULL && bulk_has(o->pack, id)) || git_odb_exists(o->st->odb, id);
}

size_t
objects_held(const struct objects *o)
{
	return o->bytes;
}

bool
objects_packing(const struct objects *o)
{
	return o->pack != NULL;
}

int
objects_spill(struct objects *o, struct error *err)
{
	AUTO_FREE char *folder = file_join(o->st->path, "objects/pack");
	int rc = bulk_new(folder, &o->pack, err);

	for (size_t i = 0; rc == 0 && i < o->n; i++)
		rc = bulk_add(o->pack, o->v[i].type, &o->v[i].id, o->v[i].data, o->v[i].n, NULL, err);
	drop_held(o);
	o->blobs = similar_new();
	o->commits = similar_new();
	return rc;
}

/* libgit2 would sync each file and its folder by itself, some thirty times a version; one sync of the file system after all of them promises the same. */
static int
sync_objects(struct objects *o, struct error *err)
{
	AUTO_FREE char *folder = file_join(o->st->path, "objects");
	AUTO_FD fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || syncfs(fd) < 0)
		return error_errno(err, ERR_IO, "cannot make the objects of '%s' durable", o->st->path);
	return 0;
}

static int
write_loose(struct objects *o, struct error *err)
{
	git_oid id;
	int rc = 0;

	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
	for (size_t i = 0; rc == 0 && i < o->n; i++)
		rc = git_odb_write(&id, o->st->odb, o->v[i].data, o->v[i].n, o->v[i].type);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (rc < 0)
		return error_git(err, ERR_IO, "cannot write an object to '%s'", o->st->path);
	return o->n > 0 ? sync_objects(o, err) : 0;
}

int
objects_commit(struct objects *o, struct error *err)
{
	int rc;

	if (o->pack == NULL)
		return write_loose(o, err);
	rc = bulk_finish(o->pack, err);
	if (rc == 0 && git_odb_refresh(o->st->odb) < 0)
		return error_git(err, ERR_IO, "cannot see a new pack of '%s'", o->st->path);
	return rc;
}
