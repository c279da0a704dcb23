/* The words and patterns by which prose.c reads; inside lib/notice only. */
#ifndef REGWATCH_NOTICE_PROSE_RULES_H
#define REGWATCH_NOTICE_PROSE_RULES_H

#include "event.h"

/* Classes of words ("@m" in a pattern). */
#define CLASS(c) (1u << ((c) - 'a'))
#define MEASURE CLASS('m')	/* what can be notified, adopted, withdrawn */
#define COMMENT CLASS('c')
/* Words without which no rule of an effect can match: most sentences are then done with at once. */
#define T_DEADLINE CLASS('t')
#define T_ADOPTED CLASS('u')
#define T_IN_FORCE CLASS('v')
#define T_WITHDRAWN CLASS('w')
#define T_GUIDANCE CLASS('x')
#define T_CONTENT CLASS('y')

/* Classes of a folded word. */
unsigned prose_classes(const char *word);

enum rule_kind {
	IF,	/* says so */
	PLAN,	/* says that it will be so */
	NOT,	/* whatever else the sentence says, it does not say so */
};

/* By effect; for each those that speak against it first. */
struct rule {
	enum event_kind effect;
	enum rule_kind kind;
	const char *pattern;
};

extern const struct rule prose_rules[];
extern const size_t prose_rules_count;

#endif
