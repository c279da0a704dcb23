/* The files below objects/: loose objects and packs, as housekeeping sees them. */
#ifndef REGWATCH_STORE_OBJECTS_DIR_H
#define REGWATCH_STORE_OBJECTS_DIR_H

#include <git2/oid.h>
#include <stddef.h>

struct error;

struct oids {
	git_oid *v;
	size_t n, cap;
};

#define OIDS_INIT { NULL, 0, 0 }
void oids_clear(struct oids *o);

struct pack_file {
	char *stem;		/* path without ".pack" */
	size_t objects;
};

struct packs {
	struct pack_file *v;
	size_t n, cap;
};

#define PACKS_INIT { NULL, 0, 0 }
void packs_clear(struct packs *p);

/* path: of the repository. Lists are appended to. Fail with ERR_IO. */
int objects_dir_loose(const char *path, struct oids *out, struct error *err);
int objects_dir_drop_loose(const char *path, const struct oids *ids, struct error *err);

/* Packs that have their index and that nobody asked to keep (".keep"). */
int objects_dir_packs(const char *path, struct packs *out, struct error *err);
int objects_dir_pack_ids(const struct pack_file *pack, struct oids *out, struct error *err);
int objects_dir_drop_pack(const struct pack_file *pack, struct error *err);

#endif
