/* A trial of a sector's rule over the past, for 'sectors test'. */
#ifndef REGWATCH_CMD_TRIAL_H
#define REGWATCH_CMD_TRIAL_H

#include "replay.h"

enum against { AGAINST_INDEX, AGAINST_SHIPPED, AGAINSTS };

struct trial {
	struct app *app;
	const char *sector, *title;
	bool configured;		/* the configuration has a section for it */
	bool compared[AGAINSTS];
	struct date since, until;	/* since: not before the store's first day */
	struct replay replay;
	struct replay_difference differences[AGAINSTS];
	long *weeks;			/* hits; the first begins on 'monday' */
	size_t weeks_n;
	struct date monday;
	long low;			/* of the hits */
};

/* Hits a week on average; a period shorter than a week counts as one. */
double trial_per_week(const struct trial *t);

/* One object, one line. */
void trial_json(const struct trial *t, struct buf *out);

/* For people. */
void trial_text(const struct trial *t, struct buf *out);

#endif
