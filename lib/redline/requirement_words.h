/* What sentences oblige to, exempt from, or apply to, by their words. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_REQUIREMENT_WORDS_H
#define REGWATCH_REDLINE_REQUIREMENT_WORDS_H

#include <stdbool.h>

struct sentence_says {
	bool obliges;		/* it demands or forbids */
	bool exempts;
	bool scope;		/* says what it applies to, or what a term means */
};

/* lang: of the text, "" unknown. */
struct sentence_says sentence_read(const char *text, const char *lang);

/* Is the subject before a verb that stands at 'at' none at all? "No toy shall be sold" and "No toy may be sold" forbid alike. at may be NULL. */
bool sentence_denies(const char *text, const char *at);

enum bound { BOUND_NONE, BOUND_MOST, BOUND_LEAST };

/* Does the text around the number that stands at 'at' say that it is the most, or the least, that is allowed? */
enum bound sentence_bound(const char *text, const char *at, const char *end);

#endif
