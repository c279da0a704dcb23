/* The list of a word in a segment: which documents have it, and which of them in the head. Two forms; the shorter one is taken:
 * - for each document how many lie between the one before and it, twice, and one more if the head has the word;
 * - "~", with which the other form never begins; how many digits follow; six documents a digit, the first one in the lowest bit; then for those that have
 *   the word, in order, six a digit, whether their heads have it. */
#ifndef REGWATCH_SITE_SEARCH_LIST_H
#define REGWATCH_SITE_SEARCH_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search_piece.h"

struct buf;

/* Makes a list in the first form the shorter of both. */
void search_list_pack(struct buf *list);

/* Calls fn for each document. False when the list is damaged or tells of documents from n on. */
bool search_list_each(struct search_reader list, size_t n, void (*fn)(void *ctx, uint32_t doc, bool head), void *ctx);

#endif
