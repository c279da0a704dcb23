/* Which sentences a rendering shows. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_FOLD_H
#define REGWATCH_REDLINE_FOLD_H

#include "redline.h"

/* The paragraph goes on in the one text and ends in the other. */
bool block_joint_changed(const struct block *b);

/* Blanks, line ends and marks of headings only: what is no word of a document. */
bool span_is_blank(const struct span *s);

/* For each block whether it is shown: the changed ones, 'context' unchanged ones before and after each, and what would stand alone
 * between them, for a count is no shorter than it. The caller's. */
bool *fold_plan(const struct text_diff *d, size_t context);

/* How many blocks from i on are not shown. */
size_t fold_length(const struct text_diff *d, const bool *shown, size_t i);

#endif
