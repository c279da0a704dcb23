/* How things are written in the pieces of the index. Each appends. */
#ifndef REGWATCH_SITE_SEARCH_PIECE_H
#define REGWATCH_SITE_SEARCH_PIECE_H

struct buf;

/* A word and its list behind the word before it: how many letters both begin with, the rest, "!", the list, " ". */
void search_entry(const char *before, const char *word, const struct buf *list, struct buf *out);

/* A string literal of JavaScript and JSON; NULL is "". */
void search_string(const char *s, struct buf *out);

#endif
