/* One look for all years that are over, so that a word which only an old notification has is not looked for year by year.
 *
 * For each word but the frequent ones it tells the notifications of closed years that have it, each by a mark: its day and SEARCH_MARKS-th part of that day (a
 * number made of its id). Marks hang on the notification alone, so a late arrival in an old year changes the lists of its own words and no other. The script joins
 * the lists of all words asked for and then looks only into the segments of the days that are left; a mark that two notifications of a day share costs
 * a look in vain, no wrong result.
 *
 * Words lie in up to 256 rows by first letters, as in a segment, and a row's words in up to SEARCH_PARTS parts by search_hash: a word is found
 * in one part, a beginning in all parts of a row. Names: past/wRRP.js and past/lRRP.js. A list is pairs of numbers: days since the last mark, part
 * of the day; a single number says that the word is too frequent to be listed, which the newest segments find as fast. */
#ifndef REGWATCH_SITE_SEARCH_PAST_H
#define REGWATCH_SITE_SEARCH_PAST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"
#include "search_index.h"

struct buf;
struct search_term;

#define SEARCH_PARTS 8
#define SEARCH_MARKS 64		/* a number below it is one character */

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

void search_past_files(size_t docs, unsigned *rows, unsigned *parts);
uint32_t search_day(struct date date);		/* 1 is 1 January 1900, 0 undated */

#endif
