/* How things are written in the pieces of the index, and read again. What writes appends. */
#ifndef REGWATCH_SITE_SEARCH_PIECE_H
#define REGWATCH_SITE_SEARCH_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search_index.h"

struct buf;
struct search_term;

#define SEARCH_DIGITS 91		/* values of a character */
#define SEARCH_WORD 128		/* bytes of a word and its NUL: 24 letters of four */

void search_digit(uint32_t value, struct buf *out);

/* A word and its list behind the word before it: how many letters both begin with, the rest, "!", the list, " ". */
void search_entry(const char *before, const char *word, const struct buf *list, struct buf *out);

/* A string literal of JavaScript and JSON; NULL is "". */
void search_string(const char *s, struct buf *out);

/* As much of a word as tells it from the one before it in the order of bytes. */
void search_boundary(const char *before, const char *word, struct buf *out);

/* Words in order with their lists: FOLDER/wNAME.js. */
int search_words_write(const char *folder, const char *name, struct search_term *const *v, size_t n, search_emit emit, void *ctx);

/* Likewise those whose lists are longer than so many bytes: FOLDER/lNAME.js. What is to stand beside these words instead, the caller puts in the lists' place. */
int search_lists_write(const char *folder, const char *name, struct search_term *const *v, size_t n, size_t longest, search_emit emit, void *ctx);

struct search_reader {
	const char *at, *end;
};
bool search_number_read(struct search_reader *r, uint32_t *out);	/* false: none stands there */

/* Calls fn for each word of a piece of either kind with its list. False when it is none, or fn says so. */
bool search_row_read(const struct buf *bytes, bool (*fn)(void *ctx, const char *word, struct search_reader list), void *ctx);

/* The same of words and lists alone, as they stand in a piece. */
bool search_entries_read(struct search_reader r, bool (*fn)(void *ctx, const char *word, struct search_reader list), void *ctx);

#endif
