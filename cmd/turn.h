/* One target of one subscription during a run: what it was sent before, what is due to it now, and its delivery. */
#ifndef REGWATCH_CMD_TURN_H
#define REGWATCH_CMD_TURN_H

#include "../store/delivered.h"
#include "backoff.h"
#include "news.h"
#include "targets.h"

/* What all turns of a run share. */
struct round {
	struct app *app;
	struct backoff backoff;
	struct news *news;
	const char *retried;	/* this target is due now; NULL: none */
	double until;		/* clock_monotonic() by which the last must be sent; 0: any time */
	char tip[OID_HEX];	/* of main: what a message tells up to */
	int slow_mail;		/* tries in a row by which mail could not be sent and that took long */
};

struct turn {
	struct round *round;
	const struct subscription *sub;
	const char *text;	/* the target as configured */
	struct target target;
	struct receipt receipt;
	char first[OID_HEX];	/* where a new subscription begins */
	bool begins;		/* it is one */
	struct reader reader;	/* of what it was not told yet */
	struct reader feed;	/* of what a feed shows */
	int failed;		/* it cannot be served, for the reason in why */
	struct error why;
};

/* Reads where the target stands; what is wrong with it goes to t->failed. The turn must stay where it is in memory, for its readers are lent to news_gather. */
void turn_open(struct turn *t, struct round *round, const struct subscription *sub, const char *target);
void turn_clear(struct turn *t);

/* The reader to gather for; NULL when this target is told nothing. */
struct reader *turn_reader(struct turn *t);

/* After the first gathering: the reader of a feed that has to be written anew; NULL without. */
struct reader *turn_feed(struct turn *t);

/* It failed when it was last tried: others should not wait for it. */
bool turn_is_failing(const struct turn *t);

/* Delivers what is due. */
int turn_serve(struct turn *t, struct error *err);

/* Appends what would be delivered, for people. */
int turn_preview(struct turn *t, struct buf *out, struct error *err);

#endif
