/* The list of a word in a segment: which documents have it, and which of them in the head. Two forms; the shorter one is taken:
 * - for each document how many lie between the one before and it, twice, and one more if the head has the word;
 * - "~", with which the other form never begins; how many digits follow; six documents a digit, the first one in the lowest bit; then for those that have
 *   the word, in order, six a digit, whether their heads have it.
 * A longer one lies in a piece of long lists; beside the word stand then "!" and the number of the piece. */
#ifndef REGWATCH_SITE_SEARCH_LIST_H
#define REGWATCH_SITE_SEARCH_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search_piece.h"

struct buf;

/* Makes a list in the first form the shorter of both. */
void search_list_pack(struct buf *list);

/* Puts in a list's place where it lies, and tells whether it stands so. */
void search_list_elsewhere(uint32_t part, struct buf *list);
bool search_elsewhere(struct search_reader list);

/* Calls fn for each document. False when the list is damaged or tells of documents from n on. */
bool search_list_each(struct search_reader list, size_t n, void (*fn)(void *ctx, uint32_t doc, bool head), void *ctx);

#endif
