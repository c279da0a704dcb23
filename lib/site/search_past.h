/* One look for all years that are over, so that words which only an old notification has are not looked for year by year.
 *
 * For each word it tells the notifications of closed years that have it, each by its day and its place among the documents of that day. So a late arrival in an
 * old year changes the lists of its own words and of those that the documents behind it on its day have. The script joins the lists of all words asked for and
 * then looks only into the segments of the days that are left.
 *
 * Words lie in up to 256 rows by first letters, as in a segment, and a row's words, in order, in parts of some 1.5 KB beside lists of 5 KB:
 * past/wRRP.js and past/lRRP.js. past/tGG.js tells for SEARCH_PAST_GROUP rows where their parts begin, but the first: words " ", rows "!". So a word and most
 * beginnings are found in one part. A list is pairs of numbers: days since the last one, place in the day; a single number says that the word is
 * frequent, how much so, and that its list lies in pieces of its own (search_often.h). */
#ifndef REGWATCH_SITE_SEARCH_PAST_H
#define REGWATCH_SITE_SEARCH_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search_index.h"

struct buf;
struct search_term;

#define SEARCH_PAST_GROUP 4

struct search_past *search_past_new(void);
void search_past_free(struct search_past *p);

/* Documents of closed years, all before the newest, undated ones too: docs[0] up to there. docs is in order. */
size_t search_past_span(const struct search_doc *docs, size_t n);

/* Adds a segment; segments come in the order of their documents, of which id and date are looked at. terms: its words with their lists, behind
 * them a NULL. */
void search_past_terms(struct search_past *p, const struct search_doc *docs, size_t n, struct search_term *const *terms);

/* Adds a segment from the pieces that were made of it. read gives one by its name ("2026-0/w1f.js") or says false. False when some are missing or damaged:
 * then nothing was added. */
bool search_past_pieces(struct search_past *p, const char *key, const struct search_doc *docs, size_t n,
    bool (*read)(void *ctx, const char *name, struct buf *bytes), void *ctx);

/* All pieces; docs: how many documents were added. None when there are none. Nothing can be added any more. */
int search_past_write(struct search_past *p, size_t docs, search_emit emit, void *ctx);

/* ---- for the manifest and tests ---- */

unsigned search_past_rows(size_t docs);

#endif
