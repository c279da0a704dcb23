/* A dossier: a base notification with its revisions, addenda, corrigenda and supplements, seen as one story. */
#ifndef REGWATCH_NOTICE_DOSSIER_H
#define REGWATCH_NOTICE_DOSSIER_H

#include "notice.h"

struct dossier_context;

/* One record in the tree of a dossier. An addendum hangs on what it amends: Rev.1/Add.2 under Rev.1, Add.1/Corr.1 under Add.1; revisions and what amends
 * the base hang on the base. While the store lacks what a record hangs on, it hangs on the next one above. */
struct dossier_node {
	const struct notice *n;
	size_t parent;			/* number of the node it hangs on; DOSSIER_TOP for the base, and for what comes without it */
	size_t depth;			/* 0 at the top */
	const struct notice *void_by;	/* the corrigendum that takes it back, with all that hangs on it; NULL */
	const struct notice *voids;	/* a corrigendum: what it takes back; NULL */
	const struct notice *replaced_by;	/* the next revision, for the base and for revisions; NULL for the text in force and for all others */
	struct date deadline;		/* what it says by itself (event_own_deadline), void or not */
	bool from_text;			/* the deadline was read out of prose, it is no field */
};
#define DOSSIER_TOP ((size_t)-1)

enum step_effect { STEP_SET, STEP_EXTENDED, STEP_NO_LATER, STEP_VOID };	/* NO_LATER: the effective deadline is the latest, so this moves nothing */

/* What one record did to the effective deadline. */
struct deadline_step {
	const struct notice *by;
	struct date deadline, before;	/* before: the effective one until then; DATE_NONE for the first */
	enum step_effect effect;
	bool from_text;
};

struct dossier {
	struct dossier_node *v;		/* members in lineage order (symbol_cmp), which is the tree's: a node stands before what hangs on it; records borrowed */
	size_t n;
	const struct notice *base;	/* NULL while the store lacks it */
	const struct notice *current;	/* the record whose text is in force: the highest revision that is not voided, else the base */
	struct date effective_deadline;	/* latest of all members but those that a corrigendum voids; DATE_NONE without any */
	bool withdrawn;			/* a member withdraws it (event_effects) and nothing later revives it */
	bool adopted, in_force;		/* told by a follow-up since the text in force came; a final text counts as adopted */
	struct deadline_step *steps;	/* each record with a deadline, by date of distribution */
	size_t steps_n;
};

/* Builds the dossier over records that outlive it. */
void dossier_init(struct dossier *d, const struct notice *const *records, size_t n);
void dossier_clear(struct dossier *d);

/* What events_derive needs to know for a version of 'id', out of the dossier's records; one of that id among them is passed over. */
void dossier_context(const struct notice *const *records, size_t n, const char *id, struct dossier_context *out);

enum dossier_state {
	STATE_UNKNOWN,			/* no deadline was told */
	STATE_OPEN, STATE_CLOSING, STATE_CLOSED,	/* for comment; closing: the last 14 days */
	STATE_URGENT,			/* an urgency procedure and no deadline */
	STATE_STANDSTILL, STATE_EXTENDED, STATE_ENDED,	/* TRIS */
	STATE_NO_STANDSTILL_URGENT, STATE_NO_STANDSTILL_FISCAL, STATE_NO_STANDSTILL,
	STATE_ADOPTED, STATE_IN_FORCE, STATE_FINAL, STATE_WITHDRAWN
};

/* Where the dossier stands on a day. What ended it counts before its time: withdrawn, in force, adopted (of TRIS: final text). */
enum dossier_state dossier_state(const struct dossier *d, struct date today);
const char *dossier_state_name(enum dossier_state state);	/* "open", "standstill extended", ... */

/* Open for comment on a day: the effective deadline is set and not passed. */
bool dossier_open(const struct dossier *d, struct date today);

#endif
