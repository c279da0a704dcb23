/* The nested trees of one branch while versions are added: every folder touched stays in memory in git's own form, so that a version costs one edit a
 * level, and each tree's difference from its predecessor is known without looking for it. */
#ifndef REGWATCH_STORE_TREE_H
#define REGWATCH_STORE_TREE_H

#include <stdbool.h>

#include "git.h"
#include "objects.h"

struct tree;

/* root: tree id, NULL for an empty branch. Folders are read when first touched. */
struct tree *tree_new(struct store *st, const git_oid *root);
void tree_free(struct tree *t);

/* Is this a path that we would write: parts of [A-Za-z0-9._-] that do not begin with '.', at most 255 bytes each and 16 deep? */
bool tree_path_valid(const char *path);

/* Puts a file. *changed says whether the path held anything else before. ERR_DATA when the path is not valid, crosses a file, or leads into a tree that
 * regwatch did not write. */
int tree_set(struct tree *t, const char *path, const git_oid *blob, bool *changed, struct error *err);

/* The file at a path as the tree stands now: 1 and *blob, 0 without one, or the error that tree_set would give. */
int tree_get(struct tree *t, const char *path, git_oid *blob, struct error *err);

/* Adds the trees that changed to 'objects' and gives the root's id. */
int tree_write(struct tree *t, struct objects *objects, git_oid *root, struct error *err);

#endif
