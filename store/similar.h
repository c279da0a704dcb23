/* Which earlier object of a batch a new one probably resembles: the one before at the same path, the bytes it was made from, one of the same member. The
 * latter's differences all rest on one whole object, so that reading costs one step more and not a chain. */
#ifndef REGWATCH_STORE_SIMILAR_H
#define REGWATCH_STORE_SIMILAR_H

#include <git2/oid.h>
#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"

struct similar;

struct similar *similar_new(void);
void similar_free(struct similar *s);

struct similar_object {
	const char *path;	/* where it will stand, or of what it tells */
	git_oid id;
	bool named;		/* id is known already */
	const void *data;
	size_t n;
};

/* The difference of an object from the one that resembles it, whose id goes to *base. False when there is none, or nothing to gain. delta is emptied
 * first. made_from may be NULL. Remembers the object either way. */
bool similar_delta(struct similar *s, const struct similar_object *object, const struct similar_object *made_from, git_oid *base, struct buf *delta);

#endif
