/* The git repository: branches 'main' (records) and 'raw' (what they were made from), read and written through libgit2.
 * Writers hold the program's lock (lib/base/file.h); nothing here takes it. */
#ifndef REGWATCH_STORE_REPO_H
#define REGWATCH_STORE_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/base/buf.h"
#include "../lib/base/strv.h"
#include "../lib/notice/event.h"

struct error;
struct store;

#define OID_HEX 41	/* with NUL */
#define STORE_MAIN "refs/heads/main"
#define STORE_RAW "refs/heads/raw"

/* Version of what turns raw bytes into records, told by every commit. To be raised when the same raw bytes would give another record. */
#define NORMALISER_VERSION "1"

/* Makes an empty bare repository, HEAD -> main, built aside and renamed into place. Fails with ERR_IO. */
int store_create(const char *path, struct error *err);

/* Opens; ERR_CONF when it is missing ("run 'regwatch init'"), ERR_IO when it is no repository (a reader may be told so by what it reads first). writer:
 * clears stale locks that a killed regwatch left (we hold our own lock then). System and user git configuration are never read. */
int store_open(const char *path, bool writer, struct store **out, struct error *err);
void store_free(struct store *st);
const char *store_path(const struct store *st);

/* Commit id of a branch's tip; oid[0] is '\0' while it has none. */
int store_tip(struct store *st, const char *ref, char oid[OID_HEX], struct error *err);

/* One version as its commit tells it. */
struct version {
	char commit[OID_HEX];
	char parent[OID_HEX];		/* "" for the first */
	int64_t at;			/* committer time: when we learnt it */
	char *subject, *author;		/* author: the name */
	char *notification, *dossier, *source, *normaliser;
	int64_t fetched;
	char raw[OID_HEX];		/* blob on 'raw'; "" without */
	struct events events;
};

#define VERSION_INIT { .commit = "" }
#define AUTO_VERSION __attribute__((cleanup(version_clear))) struct version
void version_clear(struct version *v);

struct new_version;
/* Fills the fields of a version that was just added, but for commit, parent and raw: what store_version would read back. */
void version_describe(struct version *out, const struct new_version *v);

/* Reads a commit of main, by full id. Trailers are parsed anew and checked: ERR_DATA names commit and trailer. */
int store_version(struct store *st, const char *commit, struct version *out, struct error *err);

/* Calls fn for each commit of 'ref' after 'since' ("" for all) up to its tip, oldest first; fn's non-zero ends the walk and is returned. ERR_DATA when
 * 'since' is not an ancestor (the store was replaced: rebuild what you derived). */
int store_walk(struct store *st, const char *ref, const char *since, int (*fn)(void *ctx, const char *commit, struct error *err), void *ctx, struct error *err);

/* File at a path as of a commit ("" = tip of main). ERR_NOTFOUND when it is not there. blob may be NULL. */
int store_read(struct store *st, const char *commit, const char *path, struct buf *out, char blob[OID_HEX], struct error *err);
int store_read_blob(struct store *st, const char *blob, struct buf *out, struct error *err);

/* What a blob id would be, without writing. */
void store_hash(const void *data, size_t n, char blob[OID_HEX]);

/* Does the tip of 'raw' hold a file at this path? (Which ways have told of a record.) */
bool store_raw_has(struct store *st, const char *path);

/* ---- writing ---- */

struct batch;

/* An attached text that comes with a version: one path on both branches, the text on main, its payload (lib/notice/attached.h) on raw. */
struct new_attached {
	const char *path;
	const char *text;
	size_t text_len;
	const char *payload;		/* NULL when it is the version's own raw */
	size_t payload_len;
};

/* One version to commit. All strings are borrowed. */
struct new_version {
	const char *path;		/* "eping/TBT/USA/22xx/2211/notification.md" */
	const char *record;		/* its bytes */
	size_t record_len;
	const char *raw_path;		/* on 'raw'; NULL when no raw belongs to it (vanished, reappeared) */
	const char *raw;
	size_t raw_len;
	const char *raw_hash;		/* its store_hash, where it is known already; else NULL */
	const char *raw_blob;		/* instead of raw: an object already there; else NULL */
	const struct new_attached *attached;
	size_t attached_n;
	const char *subject;
	const char *author_name, *author_email;
	int64_t author_time, commit_time;
	const char *notification, *dossier, *source;
	const struct events *events;
	int64_t fetched;
};

/* Collects versions and makes them durable together: raw first, then main. Up to 20 versions become loose objects, more a pack of their own. Nothing
 * is visible before batch_commit; batch_free without it leaves the repository as it was. The same versions in the same batches give the same ids.
 *
 * batch_begin fails with ERR_DATA when main holds what regwatch did not write. batch_add refuses a version (ERR_DATA: its path or raw object, ERR_BUG: it
 * lacks a trailer) without harm to the others; after ERR_IO batch_commit refuses the batch. Texts lose what could leave their line; paths are parts of
 * [A-Za-z0-9._-]. batch_commit fails with ERR_AGAIN when somebody else moved a branch meanwhile. */
int batch_begin(struct store *st, struct batch **out, struct error *err);
int batch_add(struct batch *b, const struct new_version *v, char commit[OID_HEX], struct error *err);

/* Blobs of the version that was added last: its record, and what it was made from ("" without). */
void batch_blobs(const struct batch *b, char record[OID_HEX], char raw[OID_HEX]);

int batch_commit(struct batch *b, struct error *err);
void batch_free(struct batch *b);

#endif
