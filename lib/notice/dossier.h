/* A dossier: a base notification with its revisions, addenda, corrigenda and supplements, seen as one story. */
#ifndef REGWATCH_NOTICE_DOSSIER_H
#define REGWATCH_NOTICE_DOSSIER_H

#include "notice.h"

/* One step of the effective deadline: which record published it, from when on. */
struct deadline_step {
	const struct notice *by;
	struct date deadline;
	bool from_text;		/* read out of prose, not a field */
};

struct dossier {
	const struct notice **v;	/* members in lineage order (symbol_cmp); borrowed */
	size_t n;
	const struct notice *base;	/* NULL while the store lacks it */
	const struct notice *current;	/* the record whose text is in force: the highest revision, else the base */
	struct date effective_deadline;	/* latest of all members; DATE_NONE without any */
	bool withdrawn;			/* a member withdraws it (event_effects) and nothing later revives it */
	struct deadline_step *steps;	/* by date of distribution */
	size_t steps_n;
};

/* Builds the dossier over records that outlive it. */
void dossier_init(struct dossier *d, const struct notice *const *records, size_t n);
void dossier_clear(struct dossier *d);

/* Open for comment on a day: the effective deadline is set and not passed. */
bool dossier_open(const struct dossier *d, struct date today);

#endif
