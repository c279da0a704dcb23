/* Commit objects: written by us byte for byte, so that ids depend on the version alone; read as the hostile text that a pulled store is. */
#ifndef REGWATCH_STORE_COMMIT_H
#define REGWATCH_STORE_COMMIT_H

#include <git2/oid.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "repo.h"

struct buf;
struct error;

/* One line of outside text appended so that it cannot leave its line: valid UTF-8, no controls, single spaces, at most LIMIT_LINE bytes. */
void commit_line(const char *text, struct buf *out);

/* Header lines of a commit up to its message. parent may be NULL. name and email are outside text; times are UTC seconds, negative ones (git knows none)
 * become 0. Appended. */
void commit_header(const git_oid *tree, const git_oid *parent, const char *name, const char *email, int64_t author_time, int64_t commit_time, struct buf *out);

/* "KEY: VALUE\n", the value through commit_line. Nothing is written, and false returned, for a value that is NULL or comes out empty. */
bool commit_trailer(const char *key, const char *value, struct buf *out);

/* The message of a version. raw: blob id or NULL. ERR_BUG when the version lacks what every commit must say: notification, dossier, source, an event. */
int commit_message(const struct new_version *v, const git_oid *raw, struct buf *out, struct error *err);

/* A commit's parts, borrowed from its bytes. */
struct commit_view {
	git_oid tree, parent;		/* parent is zero without one */
	size_t parents;
	const char *author;		/* author_len bytes: the name */
	size_t author_len;
	int64_t author_time, time;
	const char *message;		/* up to the end of the bytes */
	size_t message_len;
};

/* Reads the header. False when these are not the header lines that we write (in our order, nothing signed or encoded). */
bool commit_view(const char *data, size_t n, struct commit_view *out);

/* Calls fn for each "Key: value" line of the message's last paragraph, value copied and NUL-terminated, valid for the call. Returns fn's first non-zero;
 * ERR_DATA when a line there is no trailer or holds controls. */
int commit_trailers(const struct commit_view *view, int (*fn)(void *ctx, const char *key, const char *value, struct error *err), void *ctx, struct error *err);

/* The subject line, copied; "" when the message is empty. Caller frees. */
char *commit_subject(const struct commit_view *view);

/* A version out of a commit's bytes, checked: every trailer once where once is due, ids and dates well formed. ERR_DATA, "trailer 'Raw': ...".
 * out->commit is left to the caller. out was initialised; it is to be cleared also after a failure. */
int commit_version(const char *data, size_t n, struct version *out, struct error *err);

#endif
