/* Words with their lists while an index is made: a table by hash. */
#ifndef REGWATCH_SITE_SEARCH_TERMS_H
#define REGWATCH_SITE_SEARCH_TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "../base/buf.h"

struct search_term {
	char *word;
	uint32_t next;		/* up to where the list goes: what the next number in it is counted from */
	struct buf list;
};

struct search_terms {		/* open addressing; size is a power of two. All zero: empty */
	struct search_term **v;
	size_t n, size;
};

/* The word's entry, a new one with an empty list when there was none; it stays where it is. */
struct search_term *search_terms_get(struct search_terms *t, const char *word);

/* All of them in order of bytes, borrowed, behind them a NULL; for the caller to free. */
struct search_term **search_terms_sorted(const struct search_terms *t);

void search_terms_clear(struct search_terms *t);

uint32_t search_hash(const char *s);	/* FNV-1a */

#define SEARCH_PRINT UINT64_C(0xcbf29ce484222325)
uint64_t search_print(uint64_t print, const void *bytes, size_t n);	/* a fingerprint that goes on: FNV-1a of 64 bits */

#endif
