/* What the parts of the alignment of sentences share: sentences.c (unchanged, moved, and the order of all), pairs.c and reflow.c
 * (which sentences between them became which). Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_ALIGNER_H
#define REGWATCH_REDLINE_ALIGNER_H

#include "bags.h"
#include "sentences.h"

struct aligner {
	const struct pieces *a, *b;
	uint32_t *match;		/* by old sentence: the same one in the new text */
	bool *moved_a, *moved_b;
	uint32_t *other;		/* by old sentence: where a moved one went */
	size_t *step_a, *step_b;	/* numbers of the steps of moved sentences */
	bool *open_a, *open_b;		/* changed somehow, with something on the other side that may be its other wording */
	struct bags bags;
	struct effort *effort;
	size_t reflow_steps;		/* spent by reflow_find, which has a limit of its own */
	struct steps *out;
};

/* A stretch without unchanged sentences: [a0, a1) of the old text, [b0, b1) of the new one. */
struct gap {
	size_t a0, a1, b0, b1;
};

/* Sentences whose new wording is others; of several one was split, or some were joined. */
struct couple {
	size_t a0, a1, b0, b1;
};

struct couples {
	struct couple *v;	/* in order */
	size_t n, cap;
};

void couples_add(struct couples *c, size_t a0, size_t a1, size_t b0, size_t b1);

/* Pairs of the open sentences of a gap by the words that they have in common. */
void pairs_find(struct aligner *al, const struct gap *g, struct couples *out);

/* Pairs of all sentences, exact ones too, that have most words in common; empty ones only as they follow each other. */
void pairs_heaviest(struct aligner *al, struct couples *out);

/* The same for a gap whose words went on nearly unchanged while sentences or lines begin elsewhere, as in a text that was
 * extracted anew. False, and nothing done, when pairs explain the gap as well. */
bool reflow_find(struct aligner *al, const struct gap *g, struct couples *pairs);

static inline const struct bag *
old_bag(const struct aligner *al, size_t i)
{
	return &al->bags.v[i];
}

static inline const struct bag *
new_bag(const struct aligner *al, size_t j)
{
	return &al->bags.v[al->a->n + j];
}

#endif
