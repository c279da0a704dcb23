/* A git pack written in one go: objects are compressed and appended by a thread of its own while the caller makes the next ones. Pack and index appear
 * in objects/pack together, or not at all. Our own writer, because libgit2's would unpack, hash and resolve every object once more. */
#ifndef REGWATCH_STORE_BULK_H
#define REGWATCH_STORE_BULK_H

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>

struct error;
struct bulk;

/* An object's difference (store/delta.h) from one that is in the pack already. */
struct bulk_delta {
	const git_oid *base;
	const void *data;
	size_t n;
};

/* folder: "REPOSITORY/objects/pack". ERR_IO. */
int bulk_new(const char *folder, struct bulk **out, struct error *err);

/* Takes the unfinished file away. NULL is fine. */
void bulk_free(struct bulk *b);

bool bulk_has(const struct bulk *b, const git_oid *id);

/* Adds an object unless the pack has it. Its difference is stored instead where 'delta' is given, its base is in the pack and the chain of
 * differences would not grow longer than git's own 50. ERR_IO, also for what went wrong with earlier objects. */
int bulk_add(struct bulk *b, git_object_t type, const git_oid *id, const void *data, size_t n, const struct bulk_delta *delta, struct error *err);

/* Completes, syncs and shows pack and index. An empty pack is left out. */
int bulk_finish(struct bulk *b, struct error *err);

#endif
