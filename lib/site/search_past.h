/* One look for all closed segments, those before the newest one, so that words which only an old notification has are not looked for year by year.
 *
 * For each word it tells the numbers of the notifications of closed segments that have it, counted from the first of all (search_numbers.h). The script joins the lists of all
 * words asked for and then looks only into the segments of what is left.
 *
 * Words lie in up to 256 rows by first letters, as in a segment; SEARCH_PAST_GROUP rows are a group, with a folder of its own. A row's words, in order, lie in parts of
 * some 1 KB beside lists of some 4 KB: past/GG/wRRP.js and past/GG/lRRP.js. past/GG/t.js tells for the rows of its group where their parts begin, but the first: words " ",
 * rows "!". So a word and most beginnings are found in one part. A word's list stands beside it; "" says that it lies in the part's lists; a
 * single digit says that the word is frequent, how much so, and that its list lies in pieces of its own (search_often.h).
 *
 * A group hangs on the words of its rows in all segments and on how many documents these have. What a group was made of the last time stands in known.txt, which no script reads,
 * with a fingerprint of the words of each segment: so a change in an old notification makes only the groups of its words anew, of the pieces of the segments.
 * A late arrival in an old year changes the number of each document behind it, and so most groups. */
#ifndef REGWATCH_SITE_SEARCH_PAST_H
#define REGWATCH_SITE_SEARCH_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search_index.h"

struct buf;
struct search_term;

#define SEARCH_PAST_GROUP 4
#define SEARCH_KNOWN "known.txt"

/* Documents of closed segments: docs[0] up to there. docs is in order. */
size_t search_past_span(const struct search_doc *docs, size_t n);

/* known: SEARCH_KNOWN as it was written the last time; "" without. What is damaged in it is not known. */
struct search_past *search_past_new(const char *known);
void search_past_free(struct search_past *p);

/* Adds a closed segment; they come in order. made_of: changes when its documents do. True when its words are known from the last time: they are read from its pieces when
 * they are needed. Else search_segment_write is to come next. */
bool search_past_segment(struct search_past *p, const char *key, uint64_t made_of, const struct search_doc *docs, size_t n);

/* What search_segment_write tells of a segment that was added. terms: its words with their lists, in order, behind them a NULL. */
void search_past_terms(struct search_past *p, const char *key, struct search_term *const *terms);

struct search_past_io {
	/* May all pieces stay whose names begin so, as they were made of the same the last time? If not, they are what is emitted until the next question. */
	bool (*keep)(void *ctx, const char *begin, uint64_t made_of);
	/* A piece of a segment that was known; false when it cannot be read. */
	bool (*read)(void *ctx, const char *name, struct buf *bytes);
	search_emit emit;
	void *ctx;
};

/* All pieces, when all segments are added. When the pieces of one are missing or damaged, its key is written to 'broken' (else ""): whoever makes that segment anew calls again
 * for the rest. Otherwise nothing can be added any more. */
int search_past_write(struct search_past *p, const struct search_past_io *io, char broken[SEARCH_KEY]);

/* SEARCH_KNOWN, once all is written. What is put behind it after an empty line is not read. */
void search_past_known(const struct search_past *p, struct buf *out);

/* ---- for the manifest and tests ---- */

unsigned search_past_rows(size_t docs);

#endif
