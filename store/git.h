/* What the files of store/ share about libgit2: the handle, ownership macros, errors. Nobody outside store/ includes it. */
#ifndef REGWATCH_STORE_GIT_H
#define REGWATCH_STORE_GIT_H

#include <git2.h>
#include <stdbool.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "repo.h"

/* Who commits. Fixed, so that the same versions give the same commit ids on any machine. */
#define STORE_COMMITTER "regwatch <regwatch@localhost>"

#define LIMIT_MESSAGE (1 << 20)		/* bytes of one commit object; a digest with thousands of reminders stays far below */
#define LIMIT_COMMITS 20000000		/* of one branch */

struct store {
	git_repository *repo;	/* with odb NULL until store_ready */
	git_odb *odb;
	char *path;
	bool writer;
	bool started;		/* libgit2, by us */
	git_tree *raw_tree;	/* of the tip of 'raw' while raw_known; NULL when it has none */
	bool raw_known;
};

CLEANUP_POINTER(git_reference, git_reference *, git_reference_free)
CLEANUP_POINTER(git_tree, git_tree *, git_tree_free)
CLEANUP_POINTER(git_tree_entry, git_tree_entry *, git_tree_entry_free)
CLEANUP_POINTER(git_odb_object, git_odb_object *, git_odb_object_free)
#define AUTO_REFERENCE __attribute__((cleanup(cleanup_git_reference))) git_reference
#define AUTO_TREE __attribute__((cleanup(cleanup_git_tree))) git_tree
#define AUTO_TREE_ENTRY __attribute__((cleanup(cleanup_git_tree_entry))) git_tree_entry
#define AUTO_OBJECT __attribute__((cleanup(cleanup_git_odb_object))) git_odb_object

/* A reader opens the repository when the first object or ref is asked for: libgit2 reads all certificates of the system when it starts, which takes
 * longer than a 'list' that needs none of it. What begins with neither store_ref nor store_object calls this first. */
int store_ready(struct store *st, struct error *err);

/* err := "TEXT: what libgit2 said"; returns code. */
int error_git(struct error *err, enum errcode code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* 40 lower-case hex digits. */
bool store_oid(const char *hex, git_oid *out);
void store_hex(const git_oid *id, char hex[OID_HEX]);

/* The tip of a ref: 1 and *out, 0 while there is none, or a negative error. */
int store_ref(struct store *st, const char *ref, git_oid *out, struct error *err);

/* Moves a ref from 'from' (NULL: it must not exist yet) to 'to', durably. ERR_AGAIN when somebody else moved it meanwhile. */
int store_move(struct store *st, const char *ref, const git_oid *from, const git_oid *to, struct error *err);

/* An object of this type and of at most max bytes. ERR_NOTFOUND when there is none, ERR_DATA when it is of another type, too large or damaged. */
int store_object(struct store *st, const git_oid *id, git_object_t type, size_t max, git_odb_object **out, struct error *err);

/* The tree of a commit. */
int store_tree_of(struct store *st, const git_oid *commit, git_oid *tree, struct error *err);

/* Forgets what was cached of the tips. */
void store_forget_tips(struct store *st);

#endif
