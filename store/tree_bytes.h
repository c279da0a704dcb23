/* One tree object as bytes: entries "MODE NAME\0ID" in git's order. */
#ifndef REGWATCH_STORE_TREE_BYTES_H
#define REGWATCH_STORE_TREE_BYTES_H

#include <git2/oid.h>
#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"

#define TREE_PART_MAX 255

/* A change of a tree's bytes: at 'at', 'removed' bytes made room for 'inserted' ones. */
struct tree_edit {
	size_t at, removed, inserted;
};

enum tree_kind { TREE_ABSENT, TREE_FILE, TREE_FOLDER };

bool tree_part_valid(const char *part, size_t n);

/* Are these the bytes of a tree that we could have written? Everything below relies on it. */
bool tree_bytes_valid(const char *data, size_t n);

/* What stands under a name; its id in *id when there is something. */
enum tree_kind tree_bytes_find(const struct buf *tree, const char *name, git_oid *id);

/* Puts an entry in its place or replaces its id; the name must not stand for an entry of the other kind. */
struct tree_edit tree_bytes_put(struct buf *tree, const char *name, bool folder, const git_oid *id);

#endif
