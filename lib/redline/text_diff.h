/* The exact difference of two texts: the part of the model that fields of a record and attached documents share. */
#ifndef REGWATCH_REDLINE_TEXT_DIFF_H
#define REGWATCH_REDLINE_TEXT_DIFF_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum change { CHANGE_SAME, CHANGE_DELETED, CHANGE_INSERTED };

/* A stretch of a text; the spans of a block in order. Deleted ones give the old text when read with the same ones, inserted ones the new. */
struct span {
	enum change change;
	char *s;
};

enum block_kind { BLOCK_SAME, BLOCK_CHANGED, BLOCK_DELETED, BLOCK_INSERTED, BLOCK_MOVED_FROM, BLOCK_MOVED_TO };

/* One sentence (or what it became). Reading 'same' and 'deleted' spans of all blocks, with each block's 'end', gives the old text
 * byte for byte; 'same' and 'inserted' the new one. A moved sentence appears twice: MOVED_FROM in the old place, MOVED_TO in the new. */
struct block {
	enum block_kind kind;
	struct span *spans;
	size_t n, cap;
	const char *old_end, *new_end;	/* " ", "\n" or "": what follows it in either text */
	size_t pair;			/* of a moved block: number of its other half */
	bool layout;			/* of a document: where its lines end counts for nothing, so blanks and line ends in it are blanks, and spans
					 * and ends that differ only in them are no change; also in BLOCK_SAME */
};

struct text_diff {
	struct block *v;
	size_t n, cap;
	bool coarse;			/* the texts were too large for the fine comparison: still exact, not minimal */
	size_t steps;			/* what it cost, in comparisons of words: a figure that is the same everywhere */
};

/* Exact, bounded, never quadratic in practice. Either text may be NULL (then as ""). */
void text_diff(const char *old, const char *new, struct text_diff *out);
void text_diff_clear(struct text_diff *d);
void text_diff_old(const struct text_diff *d, struct buf *out);		/* the old text again */
void text_diff_new(const struct text_diff *d, struct buf *out);

#endif
