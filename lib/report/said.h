/* What a digest says of an item, in words that the text and the HTML rendering share; inside lib/report only. */
#ifndef REGWATCH_REPORT_SAID_H
#define REGWATCH_REPORT_SAID_H

#include "digest.h"

#define SAID_FACTS 16

/* "Why: toys: title: toy". The value is one harmless line. */
struct said_fact {
	const char *label;	/* "": more of the one before */
	char *value;
	char lang[4];		/* of a value that is a source's text; "" for ours */
	bool link;		/* the value is an address */
};

struct said {
	char *symbol;
	const char *member;	/* its name */
	char *title;
	char lang[4];		/* of the title, "" unknown */
	struct said_fact facts[SAID_FACTS];
	size_t n;
	struct rung *rungs;	/* the ladder */
	size_t rungs_n;
	enum source source;
	char *link;		/* the best address: the published page, else the source's; NULL without */
};

/* All of it cleaned and bounded. Cleared by said_clear. */
void said_item(const struct digest *d, const struct digest_item *item, struct said *out);
void said_deadline(const struct digest *d, const struct digest_deadline *dl, struct said *out);
void said_clear(struct said *s);

/* s, or what stands for it when it is NULL. */
const char *said_or(const char *s, const char *instead);

/* Appends outside text as one line without control and bidi characters, cut to 'columns' (0: not). */
void said_plain(const char *s, size_t columns, struct buf *out);

/* English name of a language by its code; the code itself when unknown. */
const char *said_language(const char *code);

/* "in 12 days", "today", "passed"; appended. */
void said_distance(struct date day, struct date today, struct buf *out);

/* Is it an address that a reader may be led to: http or https, printable ASCII without blanks and quotes? */
bool said_is_link(const char *url);

/* The events of a version in words: "addendum; comment period extended to 2025-09-29 (was 2025-07-29)". */
void said_events(enum source source, const struct events *e, struct buf *out);

/* ---- the frame around the items ---- */

/* Lines of the coverage statement; a detail of the line before it begins with a tab. */
void said_coverage(const struct digest *d, struct strv *out);

/* "12 more are not listed here; 'regwatch log --since 2025-06-01' shows them": what no part of a message could hold. */
void said_rest(const struct digest *d, size_t rest, struct buf *out);

#endif
