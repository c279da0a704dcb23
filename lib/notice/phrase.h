/* Words of a text in English, French or Spanish, dates among them, and small patterns over them. */
#ifndef REGWATCH_NOTICE_PHRASE_H
#define REGWATCH_NOTICE_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/date.h"

/* A run of letters or of digits ("4pm" is two), in lower case without accents. Addresses of the web are left out. */
struct word {
	const char *s;
	const char *from, *to;	/* where it stands in the text */
	uint32_t classes;	/* free for the caller; bit c - 'a' is asked for by "@c" in a pattern */
	bool first;		/* begins a sentence (or title part, or line) */
};

struct words {
	struct word *v;
	size_t n, cap;
	char *folded;
};

#define WORDS_INIT { NULL, 0, 0, NULL }
#define AUTO_WORDS __attribute__((cleanup(words_clear))) struct words

/* Reads n bytes of text, which outlives the words. */
void words_read(const char *text, size_t n, struct words *out);
void words_clear(struct words *w);

/* Where the sentence that begins with word 'from' ends (one past its last word). */
size_t words_sentence(const struct words *w, size_t from);

/* The date that begins with word i, before word 'to': "29 September 2025", "September 29th, 2025", "1er juillet 2025", "29 de
 * septiembre de 2025", "29-Sep-2025", "29/09/2025", "29.09.2025", "2025-09-29". In figures the day comes first, as WTO documents
 * write it, unless the date then does not exist. Returns how many words it takes, 0 when there is none. */
size_t words_date(const struct words *w, size_t i, size_t to, struct date *out);

/* A pattern is a list of elements separated by blanks:
 *	word|other|stem*	one of these
 *	@x			a word of class x; @d a date
 *	_ ~ ~~			up to 2, 5, 14 words
 *	^ $			the start or end of the range
 * The first place in [from, to) where it matches; *start and *end (one past) may be NULL. */
bool phrase_find(const struct words *w, size_t from, size_t to, const char *pattern, size_t *start, size_t *end);

/* The first date in a text, in any of the forms above; *at and *len (bytes; may be NULL) say where. */
bool phrase_date(const char *text, struct date *out, size_t *at, size_t *len);

#endif
