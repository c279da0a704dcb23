/* Numbers in rising order as the pieces of closed segments hold them: for each how many lie between the one before and it, in a Rice code, so that a list of
 * any density is nearly as short as can be.
 *
 * The first digit (search_digit) is k, the one that makes the list shortest. Then bits, the first one in the highest place, thirteen in two digits, but at the end six
 * in one digit if they suffice. What lies between stands as one 1 for each 2^k in it, a 0, and the rest in k bits. 1s fill up the last digits: they end no number. */
#ifndef REGWATCH_SITE_SEARCH_NUMBERS_H
#define REGWATCH_SITE_SEARCH_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/* v: n of them, none below 'first', from which the first one is counted. Appends. */
void search_numbers(const uint32_t *v, size_t n, uint32_t first, struct buf *out);

#endif
