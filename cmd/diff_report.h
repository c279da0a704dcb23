/* The report of a sector's changes: per dossier what changed, most consequential first. */
#ifndef REGWATCH_CMD_DIFF_REPORT_H
#define REGWATCH_CMD_DIFF_REPORT_H

#include "../lib/base/json.h"
#include "diff.h"

/* What kind of change it is, most consequential first. */
enum consequence { CONSEQUENCE_LIMITS, CONSEQUENCE_OBLIGATIONS, CONSEQUENCE_SCOPE, CONSEQUENCE_WORDING, CONSEQUENCE_NEW };
#define CONSEQUENCES (CONSEQUENCE_NEW + 1)

/* One member of a dossier, compared. Owned. */
struct report_change {
	struct side a, b;
	struct comparison c;
};

struct report_event {
	char *notification, *words;	/* words: for people */
	struct date day;
};

struct report_dossier {
	char *id, *title, *member, *sectors;
	enum source source;
	struct date deadline;		/* effective */
	bool open, withdrawn, came;	/* came: its base was first seen in the time of the report */
	enum consequence consequence;
	unsigned weight;		/* within its consequence: how much of it */
	struct report_event *events;	/* oldest first */
	size_t events_n, events_cap;
	unsigned kinds;			/* of events, as bits */
	struct strv changed;		/* notifications, in the order of their first event */
	struct report_change **changes;	/* made of these, but for one that came as a new base */
	size_t changes_n, changes_cap;
	json_t *json;			/* array of events */
};

struct report {
	const char *sectors;		/* as asked for, joined by ", " */
	struct date since;
	struct report_dossier *v;
	size_t n, cap;
};

void report_clear(struct report *r);

/* Sorts: most consequential first; then the greater weight, then the sooner deadline, then the id. */
void report_sort(struct report *r);

/* What a redline, the requirements found in it and the events beside it mean: the highest kind of what they hold. *weight: how many changes of that kind. */
enum consequence report_consequence(const struct redline *r, const struct requirements *q, unsigned kinds, unsigned *weight);

/* diff_report.c. JSON: one object a line; html: a whole page. */
int report_print(struct app *app, const struct manner *m, const struct report *r, struct buf *out, struct error *err);

#endif
