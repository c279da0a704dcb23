/* The longest common part of two sequences of numbers, within bounds: Myers' O(ND) comparison, and where that would take too long
 * a coarser one by what occurs once in both. */
#ifndef REGWATCH_REDLINE_SEQUENCE_H
#define REGWATCH_REDLINE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "intern.h"

/* What comparing may cost, counted and not timed: the same input gives the same result everywhere. */
struct effort {
	size_t steps;		/* comparisons so far */
	size_t limit;		/* from here on only the coarse way, which takes n log n */
	bool coarse;		/* it was taken */
	double share;		/* of the limits of pairing sentences that this part of a text may use; 0: all */
};

#define SEQUENCE_NONE UINT32_MAX

enum sequence_way {
	SEQUENCE_MINIMAL,	/* as few differences as possible: for words and lines */
	SEQUENCE_ANCHORED,	/* what occurs once in both comes first: for sentences, where a chance match misleads */
};

/* match[i], i < n: the number in b of what a[i] corresponds to, or SEQUENCE_NONE; rising. The ids lie below 'ids'. */
void sequence_align(const uint32_t *a, size_t n, const uint32_t *b, size_t m, size_t ids, enum sequence_way way,
    struct effort *effort, uint32_t *match);

/* The ids of v[from..to) alone; the caller's. */
uint32_t *sequence_ids(const struct slices *v, size_t from, size_t to);

#endif
