#include "deadline.h"
#include "dossier.h"
#include "standstill.h"

static const char *const names[] = {
	[STATE_UNKNOWN] = "deadline unknown", [STATE_OPEN] = "open", [STATE_CLOSING] = "closing", [STATE_CLOSED] = "closed",
	[STATE_URGENT] = "urgent", [STATE_STANDSTILL] = "standstill", [STATE_EXTENDED] = "standstill extended", [STATE_ENDED] = "standstill ended",
	[STATE_NO_STANDSTILL_URGENT] = "no standstill: urgency", [STATE_NO_STANDSTILL_FISCAL] = "no standstill: fiscal", [STATE_NO_STANDSTILL] = "no standstill",
	[STATE_ADOPTED] = "adopted", [STATE_IN_FORCE] = "in force", [STATE_FINAL] = "final text", [STATE_WITHDRAWN] = "withdrawn",
};

const char *
dossier_state_name(enum dossier_state state)
{
	return names[state];
}

/* Urgency that was asked for is granted only when the end vanishes or shrinks. */
static enum dossier_state
without_standstill(const struct notice *n)
{
	if (n->fiscal == ANSWER_YES)
		return STATE_NO_STANDSTILL_FISCAL;
	return n->urgency_invoked == ANSWER_YES ? STATE_NO_STANDSTILL_URGENT : STATE_NO_STANDSTILL;
}

static enum dossier_state
tris_state(const struct notice *n, struct date today)
{
	if (!date_is_set(n->standstill_end) && n->urgency_invoked != ANSWER_YES && n->fiscal != ANSWER_YES)
		return STATE_UNKNOWN;
	if (standstill_check(n, NULL, NULL) == STANDSTILL_NONE)
		return without_standstill(n);
	if (date_cmp(n->standstill_end, today) < 0)
		return STATE_ENDED;
	return date_is_set(n->standstill_original) && date_cmp(n->standstill_original, n->standstill_end) < 0 ? STATE_EXTENDED : STATE_STANDSTILL;
}

static enum dossier_state
comment_state(const struct dossier *d, struct date today)
{
	static const enum dossier_state of_deadline[] = {
		[DEADLINE_UNKNOWN] = STATE_UNKNOWN, [DEADLINE_OPEN] = STATE_OPEN, [DEADLINE_CLOSING] = STATE_CLOSING, [DEADLINE_CLOSED] = STATE_CLOSED,
	};
	enum dossier_state state = of_deadline[deadline_state(d->effective_deadline, today)];

	return state == STATE_UNKNOWN && d->current != NULL && d->current->urgent ? STATE_URGENT : state;
}

enum dossier_state
dossier_state(const struct dossier *d, struct date today)
{
	bool tris = d->current != NULL && d->current->source == SOURCE_TRIS;

	if (d->withdrawn)
		return STATE_WITHDRAWN;
	if (tris && d->adopted)
		return STATE_FINAL;
	if (d->in_force)
		return STATE_IN_FORCE;
	if (d->adopted)
		return STATE_ADOPTED;
	return tris ? tris_state(d->current, today) : comment_state(d, today);
}
