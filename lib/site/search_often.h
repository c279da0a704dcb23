/* Words that too many notifications of closed segments have for the table of search_past.h: their lists lie in pieces of their own, cut by years, so that the
 * script reads the newest years of the rarest of them first.
 *
 * The word's rank tells how many documents have it: eighths of a doubling from 1,024 on. fWORD-YEAR.js (WORD: its bytes in hex), in the folder of the word's row, is the
 * list (search_numbers.h) of some years, of which YEAR is the first, counted from the first document of these years: all years from 0 on, halved as often as
 * needed until a piece has some 1,500 bytes if the word is as frequent in these years as in all, or until it is one year. So a word that is looked at when few
 * documents are left costs only their years. Years without any document have no piece.
 *
 * The most frequent words meet in many documents, so that each of their lists would have to be read. For two of them past/pairs/WORD-WORD-YEAR.js (in the order of bytes)
 * is likewise the list of the documents that have both, cut as if these were as many as when the words fell independently: the product of the fewest documents that
 * their ranks stand for, divided by all. When that is a twelfth of all or more there is none, for it would be no shorter than one word's. past/pairs.js tells the rank
 * from which on words have such lists: the lowest one that leaves no more than SEARCH_PAIRED words. */
#ifndef REGWATCH_SITE_SEARCH_OFTEN_H
#define REGWATCH_SITE_SEARCH_OFTEN_H

#include <stddef.h>
#include <stdint.h>

#include "search_index.h"

struct buf;

#define SEARCH_YEARS 16384	/* more than there are */
#define SEARCH_PAIRED 80	/* words at most */
#define SEARCH_RANKS 64

struct search_years {
	uint32_t before[SEARCH_YEARS + 1];	/* documents before each year; the last: all. Undated ones are of year 0 */
};

uint32_t search_rank(size_t documents);		/* one digit */

/* The list of a word in FOLDER. v: numbers of documents, in order. */
int search_often_write(const struct search_years *years, const char *folder, const char *word, const uint32_t *v, size_t n, search_emit emit, void *ctx);

/* The lowest rank of words that have lists with others. ranks: how many words have each. */
uint32_t search_paired_from(const size_t ranks[SEARCH_RANKS]);

struct search_frequent {	/* borrowed */
	const char *word;
	uint32_t rank;
	const uint32_t *v;	/* numbers of documents */
	size_t n;
};

/* Do two words have a list? Then *begin receives how the names of its pieces begin. a is before b in the order of bytes. */
bool search_pair_has(const struct search_years *years, const struct search_frequent *a, const struct search_frequent *b, struct buf *begin);
int search_pair_write(const struct search_years *years, const struct search_frequent *a, const struct search_frequent *b, search_emit emit, void *ctx);

#endif
