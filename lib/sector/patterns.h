/* All words of all sectors of one language as one alternation: a text is read once, whatever the number of sectors. */
#ifndef REGWATCH_SECTOR_PATTERNS_H
#define REGWATCH_SECTOR_PATTERNS_H

#include "rules.h"

/* A word or mask that stands in a folded text at [start, end). */
struct hit {
	size_t start, end;
	const struct word_rule *rule;
};

struct hits {
	struct hit *v;
	size_t n, cap;
};

/* Compiled on first use, language by language: most runs of the program match nothing. */
struct patterns *patterns_new(const struct sectors *s);
void patterns_free(struct patterns *p);

/* Appends all words of the language, and all masks, that stand in a text made by utf8_fold, in no order that a caller may rely on; the
 * same word at the same place may come twice. An unknown language has masks only. */
void patterns_scan(struct patterns *p, const char *lang, const char *folded, size_t n, struct hits *out);

#endif
