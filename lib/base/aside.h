/* A piece of work that is done aside, in a thread of its own, while the caller goes on. What both touch meanwhile must be safe to use from two threads. */
#ifndef REGWATCH_BASE_ASIDE_H
#define REGWATCH_BASE_ASIDE_H

struct error;
struct aside;

/* Begins work(ctx, err). When no thread is to be had, aside_end does it. */
struct aside *aside_begin(int (*work)(void *ctx, struct error *err), void *ctx);

/* Waits for the work and returns what it returned, with its error. Each piece that was begun is ended. */
int aside_end(struct aside *a, struct error *err);

#endif
