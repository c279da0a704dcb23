/* A dossier: a base notification with its revisions, addenda, corrigenda and supplements, seen as one story. */
#ifndef REGWATCH_NOTICE_DOSSIER_H
#define REGWATCH_NOTICE_DOSSIER_H

#include "notice.h"

struct dossier_context;

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
	const struct notice *current;	/* the record whose text is in force: the highest revision that is not voided, else the base */
	struct date effective_deadline;	/* latest of all members but those that a corrigendum voids; DATE_NONE without any */
	bool withdrawn;			/* a member withdraws it (event_effects) and nothing later revives it */
	struct deadline_step *steps;	/* by date of distribution */
	size_t steps_n;
};

/* Builds the dossier over records that outlive it. */
void dossier_init(struct dossier *d, const struct notice *const *records, size_t n);
void dossier_clear(struct dossier *d);

/* What events_derive needs to know for a version of 'id', out of the dossier's records; one of that id among them is passed over. */
void dossier_context(const struct notice *const *records, size_t n, const char *id, struct dossier_context *out);

/* Open for comment on a day: the effective deadline is set and not passed. */
bool dossier_open(const struct dossier *d, struct date today);

#endif
