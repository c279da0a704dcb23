/* Words of a text, and the comparison word by word of two sentences. */
#ifndef REGWATCH_REDLINE_WORDS_H
#define REGWATCH_REDLINE_WORDS_H

#include "redline.h"
#include "sequence.h"

/* Adds the words and marks of n bytes of text; what lies between them is white space. A word is a run of letters and digits
 * (an ideograph alone), a number with all its parts ("0.05", "2026-01-20", "2015/1535"), an address of the web; all other
 * characters stand alone. */
void words_split(const char *s, size_t n, struct slices *out);

/* Bytes of the blank, line end or no-break space at s; 0 when something else stands there. */
size_t words_blank(const char *s, size_t n);

/* Writes s with one blank where it has several or a line end, none at its ends, to 'to', which has room for n bytes and may be s. Returns its length. */
size_t words_flatten(const char *s, size_t n, char *to);

/* Has it a letter or a digit? Others are marks: punctuation, symbols. */
bool words_is_word(const struct slice *w);

/* Weight in a comparison of sentences: long words tell more than "of". 0 for marks. */
unsigned words_weight(const struct slice *w);

/* Appends the spans that turn a into b. edges: only what they begin and end with is compared, for sentences that have little in
 * common. False, with nothing appended, when then no word is the same. */
bool words_diff(const char *a, size_t n, const char *b, size_t m, bool edges, struct effort *effort, struct block *out);

void block_add_span(struct block *block, enum change change, const char *s, size_t n);	/* none for n == 0 */

#endif
