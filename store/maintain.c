#include "maintain.h"

#include <git2/sys/commit_graph.h>
#include <stdio.h>
#include <string.h>

#include "../lib/base/file.h"
#include "git.h"
#include "objects_dir.h"

#define SMALL_PACK 10000	/* objects; joined ones are larger and stay */
#define LARGE_STORE 10000	/* objects in one pack from which on a commit-graph is worth its file */

CLEANUP_POINTER(git_packbuilder, git_packbuilder *, git_packbuilder_free)
CLEANUP_POINTER(git_revwalk, git_revwalk *, git_revwalk_free)
CLEANUP_POINTER(git_commit_graph_writer, git_commit_graph_writer *, git_commit_graph_writer_free)
#define AUTO_PACKBUILDER __attribute__((cleanup(cleanup_git_packbuilder))) git_packbuilder
#define AUTO_REVWALK __attribute__((cleanup(cleanup_git_revwalk))) git_revwalk
#define AUTO_GRAPH_WRITER __attribute__((cleanup(cleanup_git_commit_graph_writer))) git_commit_graph_writer

/* Makes one pack of these objects, less those that cannot be read: they are taken out of the list. name: 40 hex digits of "pack-NAME.pack". */
static int
pack_ids(struct store *st, struct oids *ids, char name[OID_HEX], struct error *err)
{
	AUTO_PACKBUILDER *builder = NULL;
	size_t kept = 0;

	if (git_packbuilder_new(&builder, st->repo) < 0)
		return error_git(err, ERR_IO, "cannot pack '%s'", st->path);
	for (size_t i = 0; i < ids->n; i++)
		if (git_packbuilder_insert(builder, &ids->v[i], NULL) == 0)
			ids->v[kept++] = ids->v[i];
	ids->n = kept;
	name[0] = '\0';
	if (kept == 0)
		return 0;
	if (git_packbuilder_write(builder, NULL, 0, NULL, NULL) < 0 || git_odb_refresh(st->odb) < 0)
		return error_git(err, ERR_IO, "cannot pack '%s'", st->path);
	snprintf(name, OID_HEX, "%s", git_packbuilder_name(builder));
	return 0;
}

static int
pack_loose(struct store *st, bool *done, struct error *err)
{
	struct oids ids = OIDS_INIT;
	char name[OID_HEX];
	int rc = objects_dir_loose(st->path, &ids, err);

	if (rc == 0 && ids.n > MAINTAIN_LOOSE) {
		rc = pack_ids(st, &ids, name, err);
		if (rc == 0)
			rc = objects_dir_drop_loose(st->path, &ids, err);
		*done = rc == 0;
	}
	oids_clear(&ids);
	return rc;
}

static bool
is_small(const struct pack_file *pack)
{
	return pack->objects < SMALL_PACK;
}

static bool
has_name(const struct pack_file *pack, const char *name)
{
	size_t n = strlen(pack->stem), m = strlen(name);

	return n >= m && strcmp(pack->stem + n - m, name) == 0;
}

/* Drops the small packs, but not the one just made of them: equal objects may have given it the name of one of them. */
static int
drop_joined(const struct packs *packs, const char *name, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < packs->n; i++)
		if (is_small(&packs->v[i]) && !has_name(&packs->v[i], name))
			rc = objects_dir_drop_pack(&packs->v[i], err);
	return rc;
}

static int
list_small(const struct packs *packs, struct oids *ids, struct error *err)
{
	size_t small = 0;
	int rc = 0;

	for (size_t i = 0; i < packs->n; i++)
		small += is_small(&packs->v[i]);
	for (size_t i = 0; rc == 0 && small > MAINTAIN_PACKS / 2 && i < packs->n; i++)
		if (is_small(&packs->v[i]))
			rc = objects_dir_pack_ids(&packs->v[i], ids, err);
	return rc;
}

static int
join_packs(struct store *st, const struct packs *packs, bool *done, struct error *err)
{
	struct oids ids = OIDS_INIT;
	char name[OID_HEX];
	int rc = list_small(packs, &ids, err);
	size_t all = ids.n;

	if (rc == 0 && all > 0) {
		rc = pack_ids(st, &ids, name, err);
		/* with an unreadable object among them they stay: 'verify' will name it */
		if (rc == 0 && ids.n == all)
			rc = drop_joined(packs, name, err);
		*done = true;
		git_odb_refresh(st->odb);
	}
	oids_clear(&ids);
	return rc;
}

static int
write_graph(struct store *st, struct error *err)
{
	AUTO_FREE char *folder = file_join(st->path, "objects/info");
	git_commit_graph_writer_options options;
	AUTO_GRAPH_WRITER *writer = NULL;
	AUTO_REVWALK *walk = NULL;
	git_oid id;

	git_commit_graph_writer_options_init(&options, GIT_COMMIT_GRAPH_WRITER_OPTIONS_VERSION);
	if (git_commit_graph_writer_new(&writer, folder) < 0 || git_revwalk_new(&walk, st->repo) < 0)
		return error_git(err, ERR_IO, "cannot write the commit-graph of '%s'", st->path);
	for (size_t i = 0; i < 2; i++)
		if (store_ref(st, i == 0 ? STORE_MAIN : STORE_RAW, &id, NULL) > 0)
			git_revwalk_push(walk, &id);
	if (git_commit_graph_writer_add_revwalk(writer, walk) < 0 || git_commit_graph_writer_commit(writer, &options) < 0)
		return error_git(err, ERR_IO, "cannot write the commit-graph of '%s'", st->path);
	return 0;
}

/* An index over several packs, which only another git program makes, would point into the void when they go. */
static bool
has_joint_index(struct store *st)
{
	AUTO_FREE char *file = file_join(st->path, "objects/pack/multi-pack-index");

	return file_exists(file);
}

static bool
lacks_graph(struct store *st, const struct packs *packs)
{
	AUTO_FREE char *graph = file_join(st->path, "objects/info/commit-graph");
	bool large = false;

	for (size_t i = 0; i < packs->n; i++)
		large = large || packs->v[i].objects >= LARGE_STORE;
	return large && !file_exists(graph);
}

int
store_maintain(struct store *st, struct error *err)
{
	struct packs packs = PACKS_INIT;
	bool done = false;
	int rc = pack_loose(st, &done, err);

	if (rc == 0)
		rc = objects_dir_packs(st->path, &packs, err);
	if (rc == 0 && packs.n > MAINTAIN_PACKS && !has_joint_index(st))
		rc = join_packs(st, &packs, &done, err);
	if (rc == 0 && (done || lacks_graph(st, &packs)))
		rc = write_graph(st, err);
	packs_clear(&packs);
	return rc;
}
