/* A crew: processes beside this one that share a long piece of work. Each is a copy of this program as it stood, so nothing need be handed over but what
 * comes back; what must not cross a fork (an open SQLite database) the caller closes before. Threads must not be running. */
#ifndef REGWATCH_BASE_CREW_H
#define REGWATCH_BASE_CREW_H

#include <stddef.h>

struct error;
struct crew;
typedef int crew_work(void *ctx, struct crew *c, size_t number, struct error *err);

/* Processors that this process may use, at least 1. */
size_t crew_processors(void);

/* Begins n processes; each runs work(ctx, c, number, err), numbers from 1, and ends without cleaning up: what it leaves must be in files. A crew dies with the
 * process that began it. Fails with ERR_SYSTEM, and then none is left. */
int crew_begin(size_t n, crew_work *work, void *ctx, struct crew **out, struct error *err);

/* Waits for all of them. The first failure by number is returned, with its text; ERR_SYSTEM when one did not end by itself. */
int crew_wait(struct crew *c, struct error *err);

/* Ends those that still run. NULL is fine. */
void crew_free(struct crew *c);

/* The next number of a count that the crew and its beginner share, from 0: who takes one does the piece of work of that number. */
size_t crew_next(struct crew *c);

#endif
