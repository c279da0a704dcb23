/* What the story of a dossier asks of the index besides its own records: who names it, and what is probably the same draft in the other system. Computed when
 * asked for. */
#ifndef REGWATCH_STORE_INDEX_STORY_H
#define REGWATCH_STORE_INDEX_STORY_H

#include "index.h"

/* Adds the ids of the notifications outside of a dossier whose texts name one of its symbols, at most LIMIT_LIST. */
int index_named_by(struct index *ix, const char *dossier, struct strv *ids, struct error *err);

struct index_probable {
	char *dossier;		/* NULL: none */
	double score;		/* 0 to 1 */
	struct strv reasons;
};

#define INDEX_PROBABLE_INIT { .dossier = NULL }
void index_probable_clear(struct index_probable *p);

/* The dossier of the other system that is probably about the same draft (lib/notice/twin.h): both have no certain twin, each is the other's best, and
 * none other is nearly as good. out is INDEX_PROBABLE_INIT before. Costs a look at what the member notified to the other system within TWIN_DAYS. */
int index_probable_twin(struct index *ix, const char *dossier, struct index_probable *out, struct error *err);

#endif
