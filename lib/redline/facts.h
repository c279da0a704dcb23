/* What a sentence says in numbers, dates, references to standards, and words like "shall". Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_FACTS_H
#define REGWATCH_REDLINE_FACTS_H

#include "redline.h"

/* What a verb like "shall" does, with its "not". */
enum fact_force { FORCE_NONE, FORCE_LEAVE, FORCE_ADVICE, FORCE_DUTY };

struct fact {
	enum callout_kind kind;		/* NUMBER, DATE, MODAL or STANDARD */
	size_t from, to;		/* bytes of the text that are it: a number with its unit */
	char *text;			/* for people: "90 mg/kg", "3 samples" */
	char *value, *unit;		/* for comparing: "90" and "mg/kg", one spelling for all; unit "" without a known one */
	enum fact_force force;		/* of MODAL */
};

struct facts {
	struct fact *v;
	size_t n, cap;
};

#define FACTS_INIT { NULL, 0, 0 }

/* lang: of the text, "" unknown; it decides how numbers are written. */
void facts_read(const char *text, size_t n, const char *lang, struct facts *out);
void facts_clear(struct facts *f);

#endif
