/* Words of the search, for the modules that make its index. */
#ifndef REGWATCH_SITE_SEARCH_WORDS_H
#define REGWATCH_SITE_SEARCH_WORDS_H

struct buf;

#define SEARCH_ROWS 256		/* of the table of first letters */

/* Calls fn for each word as search_words gives it; the word lives in 'room' until fn returns. Non-zero ends it. */
int search_each_word(const char *text, struct buf *room, int (*fn)(void *ctx, const char *word), void *ctx);

/* Stop words, rows and the longest word, as members of the manifest's object: the script knows them from there alone. */
void search_word_rules(struct buf *out);

#endif
