/* What the prose of a follow-up says that it does to the notified measure. English, French, Spanish: the languages of the WTO.
 * Rules are word patterns, a sentence at a time; what they were measured on is in tests/unit/test_prose.c. */
#ifndef REGWATCH_NOTICE_PROSE_H
#define REGWATCH_NOTICE_PROSE_H

#include <stdbool.h>

#include "../base/date.h"

struct prose {
	unsigned effects;	/* bit set of 1u << EVENT_DEADLINE, _ADOPTED, _IN_FORCE, _WITHDRAWN, _GUIDANCE, _CONTENT */
	bool planned;		/* EVENT_IN_FORCE is told as what will be, not as what is */
	struct date deadline;	/* new end of the comment period */
	struct date in_force;	/* day of entry into force */
};

/* Adds what one text says to *out, which starts as { 0 }. Ticked boxes of the addendum form ("[X] Notified measure adopted - date: ...")
 * count, unticked ones do not. Adoptions and entries into force more than 400 days before 'distributed' (may be DATE_NONE) are
 * history that the text tells, not news. Only the first 16 KB are read. */
void prose_read(const char *text, struct date distributed, struct prose *out);

#endif
