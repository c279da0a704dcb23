/* Where the objects of a batch go: held back while they are few, then written as loose files; from objects_spill on into a pack. */
#ifndef REGWATCH_STORE_OBJECTS_H
#define REGWATCH_STORE_OBJECTS_H

#include "bulk.h"
#include "git.h"
#include "similar.h"

struct objects;

struct objects *objects_new(struct store *st);
void objects_free(struct objects *o);	/* what was not committed is gone; NULL is fine */

/* Computes the id and adds the object. delta may be NULL. Fails with ERR_DATA for bytes made to collide under SHA-1. */
int objects_add(struct objects *o, git_object_t type, const void *data, size_t n, const struct bulk_delta *delta, git_oid *id, struct error *err);

/* The same for what resembles others: object->id is set. made_from: an object added just before, or NULL. */
int objects_add_similar(struct objects *o, git_object_t type, struct similar_object *object, const struct similar_object *made_from, struct error *err);

/* Is it among those added, or in the repository? */
bool objects_have(struct objects *o, const git_oid *id);

size_t objects_held(const struct objects *o);		/* bytes held back in memory */
bool objects_packing(const struct objects *o);

/* From now on into a pack, beginning with what was held back. */
int objects_spill(struct objects *o, struct error *err);

/* Makes them durable. */
int objects_commit(struct objects *o, struct error *err);

#endif
