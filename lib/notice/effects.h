/* What one record says that it does, and from where we know it. */
#ifndef REGWATCH_NOTICE_EFFECTS_H
#define REGWATCH_NOTICE_EFFECTS_H

#include "notice.h"

struct effects {
	unsigned keywords;	/* bits of 1u << enum event_kind, told by coded fields */
	unsigned prose;		/* the same, told by words (or by the page's line on a withdrawal) */
	struct date deadline;	/* published, or read out of the prose */
	bool deadline_from_text;
	struct date in_force;	/* DATE_NONE when the prose gives no day */
	bool of_measure;	/* a corrigendum's withdrawal is of the notified measure, not only of the document that it corrects */
};

void effects_read(const struct notice *n, struct effects *out);

static inline unsigned
effects_all(const struct effects *e)
{
	return e->keywords | e->prose;
}

/* A corrigendum that withdraws takes back the document that it corrects (symbol_parent), unless it names the measure; true when that document is itself a
 * follow-up, not the base. */
bool effects_voids(const struct notice *n, const struct effects *e);

/* A base notification, not one that follows up another. */
static inline bool
effects_is_base(const struct notice *n)
{
	return n->kind == KIND_DRAFT || n->kind == KIND_URGENT;
}

#endif
