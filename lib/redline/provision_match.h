/* Which provision of the old text became which of the new one. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_PROVISION_MATCH_H
#define REGWATCH_REDLINE_PROVISION_MATCH_H

#include "bags.h"
#include "provisions.h"
#include "sequence.h"

/* A provision that is compared as a whole, with its items and rows. */
struct unit {
	const struct provision *p;
	size_t from, to;	/* bytes of the text */
	char *path;		/* for finding it again: labels from the part of the text in which numbers begin anew */
	uint32_t place;		/* number of the path, the first time it occurs, the second, ... : equal for what has the same place in both texts */
	uint32_t *words;	/* numbers of its words and marks, without its label */
	size_t n;
	uint64_t hash;		/* of the words */
	uint32_t match;		/* number of the other one, or SEQUENCE_NONE */
	bool moved;		/* out of the order that the others have */
};

struct units {
	struct unit *v;
	size_t n, cap;
};

struct side {
	const char *text;
	struct provisions provisions;
	struct units units;
	uint32_t *words;	/* of all units, one after the other */
};

struct matcher {
	struct side old, new;
	struct bags bags;	/* of the old units, then of the new */
	size_t ids;		/* numbers of words in the bags lie below */
	struct effort *effort;
};

/* Splits both texts and sets match and moved of all units. */
void matcher_make(const char *old, const char *new, struct effort *effort, struct matcher *out);
void matcher_clear(struct matcher *m);

/* Nothing differs but perhaps label and blanks. */
bool units_equal(const struct unit *a, const struct unit *b);

/* Where the words of a unit begin, behind its label. */
size_t unit_body(const struct unit *u);

/* ---- provision_likeness.c: by their words ---- */

/* Matches what is left by place, by rare words that two have in common, best first. */
void match_alike(struct matcher *m);

#endif
