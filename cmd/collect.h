/* Between feeds and store: what a feed asks of whoever keeps the records, answered by index and intake. */
#ifndef REGWATCH_CMD_COLLECT_H
#define REGWATCH_CMD_COLLECT_H

#include "../feeds/attach.h"
#include "../feeds/feed.h"
#include "cmd.h"

struct findings;
struct intake;

struct intake *collect_begin(struct app *app);

/* Gives items to the store, with the texts of their documents and what was found out about them ahead (texts[i], findings[i] belong to items->v[i]; NULL:
 * nothing was). Nothing is durable before intake_commit. */
int collect_into(struct intake *in, const struct items *items, const struct attach_texts *texts, struct findings *findings, struct error *err);

/* How a run reads the feeds. */
struct collect_options {
	bool feed[2];			/* which, by enum source */
	struct date since;
	bool all, accept;
};

/* Reads the feeds one after the other; when one fails the others still run. Every failure has its line on stderr except the one that is returned, which is
 * the gravest: 78, 74, 65, 75. */
int collect_feeds(struct app *app, const struct collect_options *o, struct error *err);

/* Of two failures (0: none) the one that becomes the exit code; what loses is told on stderr. */
int graver(int a, const struct error *ea, int b, const struct error *eb, struct error *err);

#endif
