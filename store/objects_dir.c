#include "objects_dir.h"

#include <dirent.h>
#include <errno.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/file.h"
#include "git.h"

#define FANOUT 256
#define INDEX_FRAME (8 + 4 * FANOUT + 2 * 20)	/* bytes of a pack's index besides 28 for each object */
#define INDEX_ENTRY 28

void
oids_clear(struct oids *o)
{
	free(o->v);
	*o = (struct oids)OIDS_INIT;
}

void
packs_clear(struct packs *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i].stem);
	free(p->v);
	*p = (struct packs)PACKS_INIT;
}

static int
add_id(const git_oid *id, void *list)
{
	struct oids *o = list;

	o->v = xgrow(o->v, o->n, &o->cap, sizeof(*o->v));
	o->v[o->n++] = *id;
	return 0;
}

/* Calls fn for each name in a folder below the repository, which may be missing. */
static int
each_name(const char *path, const char *sub, int (*fn)(void *ctx, const char *folder, const char *name, struct error *err), void *ctx, struct error *err)
{
	AUTO_FREE char *folder = file_join(path, sub);
	const struct dirent *entry;
	DIR *dir = opendir(folder);
	int rc = 0;

	if (dir == NULL)
		return errno == ENOENT ? 0 : error_errno(err, ERR_IO, "cannot read '%s'", folder);
	while (rc == 0 && (entry = readdir(dir)) != NULL)
		rc = fn(ctx, folder, entry->d_name, err);
	closedir(dir);
	return rc;
}

struct fan {
	struct oids *out;
	char first[3];
};

static int
add_loose(void *ctx, const char *folder, const char *name, struct error *err)
{
	struct fan *fan = ctx;
	char hex[OID_HEX];
	git_oid id;

	(void)folder;
	(void)err;
	if (strlen(name) != OID_HEX - 3)
		return 0;
	snprintf(hex, sizeof(hex), "%s%.38s", fan->first, name);
	if (store_oid(hex, &id))
		add_id(&id, fan->out);
	return 0;
}

int
objects_dir_loose(const char *path, struct oids *out, struct error *err)
{
	AUTO_FREE char *objects = file_join(path, "objects");
	int rc = 0;

	for (unsigned i = 0; rc == 0 && i < FANOUT; i++) {
		struct fan fan = { .out = out };

		snprintf(fan.first, sizeof(fan.first), "%02x", i & 0xff);
		rc = each_name(objects, fan.first, add_loose, &fan, err);
	}
	return rc;
}

int
objects_dir_drop_loose(const char *path, const struct oids *ids, struct error *err)
{
	for (size_t i = 0; i < ids->n; i++) {
		char hex[OID_HEX];
		AUTO_FREE char *folder = NULL, *file = NULL;

		store_hex(&ids->v[i], hex);
		folder = xasprintf("%s/objects/%.2s", path, hex);
		file = file_join(folder, hex + 2);
		if (unlink(file) < 0 && errno != ENOENT)
			return error_errno(err, ERR_IO, "cannot remove '%s'", file);
		rmdir(folder);	/* succeeds with the last one */
	}
	return 0;
}

static bool
has_file(const char *stem, const char *ending)
{
	AUTO_FREE char *file = xasprintf("%s%s", stem, ending);

	return file_exists(file);
}

static int
add_pack(void *list, const char *folder, const char *name, struct error *err)
{
	struct packs *packs = list;
	AUTO_FREE char *index = file_join(folder, name), *stem = NULL;
	size_t n = strlen(name);
	struct stat sb;

	if (n < 5 || strcmp(name + n - 4, ".idx") != 0 || strncmp(name, "pack-", 5) != 0)
		return 0;
	stem = xstrndup(index, strlen(index) - 4);
	if (!has_file(stem, ".pack") || has_file(stem, ".keep"))
		return 0;
	if (stat(index, &sb) < 0)
		return error_errno(err, ERR_IO, "cannot read '%s'", index);
	packs->v = xgrow(packs->v, packs->n, &packs->cap, sizeof(*packs->v));
	packs->v[packs->n++] = (struct pack_file){ TAKE(stem), sb.st_size > INDEX_FRAME ? (size_t)(sb.st_size - INDEX_FRAME) / INDEX_ENTRY : 0 };
	return 0;
}

int
objects_dir_packs(const char *path, struct packs *out, struct error *err)
{
	return each_name(path, "objects/pack", add_pack, out, err);
}

int
objects_dir_pack_ids(const struct pack_file *pack, struct oids *out, struct error *err)
{
	AUTO_FREE char *index = xasprintf("%s.idx", pack->stem);
	git_odb_backend *backend = NULL;
	git_odb *odb = NULL;
	int rc = git_odb_new(&odb);

	if (rc == 0 && (rc = git_odb_backend_one_pack(&backend, index)) == 0) {
		rc = git_odb_add_backend(odb, backend, 1);
		if (rc < 0)
			backend->free(backend);
	}
	if (rc == 0)
		rc = git_odb_foreach(odb, add_id, out);
	git_odb_free(odb);
	return rc < 0 ? error_git(err, ERR_IO, "cannot read '%s'", index) : 0;
}

int
objects_dir_drop_pack(const struct pack_file *pack, struct error *err)
{
	/* the index first: a pack without one is not looked at */
	static const char *const endings[] = { ".idx", ".rev", ".bitmap", ".pack" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		AUTO_FREE char *file = xasprintf("%s%s", pack->stem, endings[i]);

		if (unlink(file) < 0 && errno != ENOENT)
			return error_errno(err, ERR_IO, "cannot remove '%s'", file);
	}
	return 0;
}
