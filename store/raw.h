/* The branch 'raw' during a batch: one commit for all raw files of the batch. A path that the batch sets twice begins another commit, because every
 * blob that a version names must stay reachable. */
#ifndef REGWATCH_STORE_RAW_H
#define REGWATCH_STORE_RAW_H

#include <stdint.h>

#include "git.h"
#include "objects.h"

struct raw;

/* objects is borrowed. ERR_DATA when the branch holds what regwatch did not write. */
int raw_new(struct store *st, struct objects *objects, struct raw **out, struct error *err);
void raw_free(struct raw *r);

/* Could the path be set? ERR_DATA as tree_set. */
int raw_check(struct raw *r, const char *path, struct error *err);

/* Sets a file to a blob. The first one's source and time go into the commit. */
int raw_put(struct raw *r, const char *path, const git_oid *blob, const char *source, int64_t time, struct error *err);

/* Adds the commit of what was set; nothing when the tree is as before. */
int raw_commit(struct raw *r, struct error *err);

/* Moves the branch, once the objects are durable. */
int raw_publish(struct raw *r, struct error *err);

#endif
