/* An answer of ePing's API as JSON, of which what cannot be read costs only the item that it stands in. */
#ifndef REGWATCH_FEEDS_EPING_ANSWER_H
#define REGWATCH_FEEDS_EPING_ANSWER_H

#include "../lib/base/error.h"
#include "eping_brief.h"

struct eping_answer {
	json_t *page;
	const json_t *items;		/* the page's array of them; null in the place of one that cannot be read */
	struct eping_brief brief;	/* spans, and which items are known and therefore cut short */
	char **notes;			/* for each item, what there is to tell of its text; NULL where nothing, or altogether */
	size_t unreadable, mended;	/* items; the first are null, broken characters of the others were replaced */
	struct error why;		/* why the page as a whole does not parse, when there are any */
};

#define EPING_ANSWER_INIT { .brief = EPING_BRIEF_INIT }
#define AUTO_EPING_ANSWER __attribute__((cleanup(eping_answer_clear))) struct eping_answer

/* A page is an object with an array 'items', or a bare array. known: NULL for none. Fails with ERR_DATA when it is something else, which the error names
 * ("an HTML page titled 'We will be back soon'"), or when it is damaged outside of its items. */
int eping_answer_read(const char *text, size_t n, const struct eping_known *known, struct eping_answer *out, struct error *err);
void eping_answer_clear(struct eping_answer *a);

#endif
