/* Words that too many notifications of closed years have for the table of search_past.h: their lists lie in pieces of their own, cut by years, so that the
 * script reads the newest years of the rarest of them first.
 *
 * A document is told by its number among all of closed years, in the order of the index. The word's rank tells how many documents have it: eighths of a
 * doubling from 1,024 on. past/fWORD-YEAR.js (WORD: its bytes in hex) is the list of some years, of which YEAR is the first, counted from the
 * first document of these years: all years from 0 on, halved as often as needed until a piece has some 1,500 bytes if the word is as frequent in these years
 * as in all, or until it is one year. So a word that is looked at when few documents are left costs only their years. A piece begins with 0, then
 * the differences, or with 1, then six documents a digit, the first one in the lowest bit. Years without any document have no piece.
 *
 * The most frequent words meet in many documents, so that each of their lists would have to be read. For two of them past/gWORD-WORD-YEAR.js (in the order of bytes)
 * is likewise the list of the documents that have both, cut as if these were as many as when the words fell independently: the product of the fewest documents that
 * their ranks stand for, divided by all. When that is a twelfth of all or more there is none, for it would be no shorter than one word's. past/g.js tells the rank from
 * which on words have such lists: the lowest one that leaves no more than 48 words.
 *
 * past/nYEAR.js tells how many documents each day of the year has: with it the days and places of the table become numbers. */
#ifndef REGWATCH_SITE_SEARCH_OFTEN_H
#define REGWATCH_SITE_SEARCH_OFTEN_H

#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"
#include "search_index.h"
#include "search_piece.h"

/* How many documents each day has (search_day), and how many lie before it. */
struct search_days {
	uint32_t *n, *before;	/* before: made by search_days_sum */
	size_t days;		/* days that have an entry, one more in 'before' */
};

uint32_t search_day(struct date date);		/* 1 is 1 January 1900, 0 undated */
void search_days_add(struct search_days *d, uint32_t day, uint32_t documents);
void search_days_sum(struct search_days *d);	/* once, when all are added */
int search_days_write(const struct search_days *d, search_emit emit, void *ctx);
void search_days_clear(struct search_days *d);

struct search_frequent {	/* borrowed */
	const char *word;
	struct search_reader list;	/* as the table has it: pairs of days since the last one and place in the day */
	uint32_t rank;			/* which the table tells instead: 0 to 63, one digit */
};

/* Writes a word's list and sets its rank. */
int search_often_write(const struct search_days *d, struct search_frequent *f, search_emit emit, void *ctx);

/* The lists of two words. v: all frequent words in the order of bytes, with their ranks. */
int search_pairs_write(const struct search_days *d, const struct search_frequent *v, size_t n, search_emit emit, void *ctx);

#endif
