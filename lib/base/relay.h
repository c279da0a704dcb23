/* A relay: one thread makes things, the caller takes them in the order in which they were made, and both work at the same time. What the two share beside
 * the things must be safe to use from two threads: the makers of this program keep all they know in their own arguments. */
#ifndef REGWATCH_BASE_RELAY_H
#define REGWATCH_BASE_RELAY_H

#include <stddef.h>

struct error;
struct relay;

struct relay_ends {
	int (*make)(void *ctx, struct relay *r, struct error *err);	/* in the thread: calls relay_give for each thing */
	int (*take)(void *ctx, void *thing, struct error *err);		/* in the caller's thread; the thing stays the relay's */
	void (*drop)(void *thing);					/* frees one, taken or not */
	void *ctx;
};

/* Returns when everything that was made is taken, with make's failure if it has one: what it gave before is good. A failure of take ends both sides at
 * once and is returned. At most 'room' things (1 to 16) wait to be taken; then the maker does. ERR_SYSTEM without a thread. */
int relay_run(const struct relay_ends *ends, size_t room, struct error *err);

/* Hands over a thing, which is the relay's from now on whatever happens. Fails when nobody takes any more; then make returns that. */
int relay_give(struct relay *r, void *thing, struct error *err);

#endif
