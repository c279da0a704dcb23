/* From sentences that were aligned to the blocks of a difference. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_COMPOSE_H
#define REGWATCH_REDLINE_COMPOSE_H

#include "sentences.h"

/* Comparisons that one text may cost before it is compared coarsely; about a quarter of a second. */
#define COMPOSE_STEPS (12 << 20)

/* Adds the blocks that turn a into b. */
void compose(const struct pieces *a, const struct pieces *b, struct effort *effort, struct text_diff *out);

/* Adds one block for a piece that became another, however little they have in common; for none and one as compose_whole. */
void compose_pair(const struct pieces *a, const struct pieces *b, struct effort *effort, struct text_diff *out);

/* Adds the blocks of a text whose words and marks are just those of the n bytes at 'new': only blanks and line ends may differ. */
void compose_equal(const struct pieces *old, const char *new, size_t n, struct effort *effort, struct text_diff *out);

/* Adds all of one text as deleted, inserted, or, as it is the same in both, unchanged. */
void compose_whole(const struct pieces *p, enum block_kind kind, struct text_diff *out);

#endif
