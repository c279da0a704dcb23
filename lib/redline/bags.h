/* How alike sentences are, whatever the order of their words. */
#ifndef REGWATCH_REDLINE_BAGS_H
#define REGWATCH_REDLINE_BAGS_H

#include "sentences.h"

/* The words of a sentence, sorted. */
struct bag {
	uint32_t *ids;		/* in the pool */
	size_t n;
	unsigned weight;	/* of all */
};

struct bags {
	struct bag *v;		/* one a piece */
	uint32_t *pool;
	unsigned char *weights;	/* by id */
	size_t words;		/* in all */
};

/* Bags of the chosen pieces of a, then of b; the others are empty. */
void bags_make(const struct pieces *a, const bool *chosen_a, const struct pieces *b, const bool *chosen_b, struct bags *out);
void bags_clear(struct bags *b);

/* Weight of what two bags have in common; steps counts the comparisons. */
unsigned bags_common(const struct bags *all, const struct bag *x, const struct bag *y, size_t *steps);

/* 0 nothing in common, 1000 the same words. Below 'least' any smaller number may come, sooner. */
unsigned bags_alike(const struct bags *all, const struct bag *x, const struct bag *y, unsigned least, size_t *steps);

/* Weight of what x and z have in common beyond what x has in common with y: does z hold the rest of x? */
unsigned bags_rest(const struct bags *all, const struct bag *x, const struct bag *y, const struct bag *z);

#endif
