/* The story of a dossier, for 'dossier': what its text and its JSON are made of. */
#ifndef REGWATCH_CMD_DOSSIER_STORY_H
#define REGWATCH_CMD_DOSSIER_STORY_H

#include "../lib/notice/dossier.h"
#include "../lib/notice/event.h"
#include "cmd.h"

/* One event, as the log tells it. */
struct told_event {
	int64_t at;
	enum source source;
	char *notification;
	struct event event;
};

struct story {
	char *id;			/* of the dossier */
	struct strv ids;		/* of its members, in lineage order */
	struct notice *notices;		/* one for each of them */
	const struct notice **pointers;
	struct dossier dossier;
	char *twin, *sectors;		/* NULL or "" without; sectors joined by "," */
	struct told_event *events;	/* oldest first */
	size_t events_n, events_cap;
};

void story_add_event(struct story *s, int64_t at, enum source source, const char *notification, const struct event *e);	/* copies */
void story_clear(struct story *s);

/* For people. Outside text is made harmless whether or not there is colour; no line is wider than 'width' (0: any) but for long words. */
void story_text(const struct story *s, bool colour, size_t width, struct buf *out);

/* One object, one line. Fails with ERR_IO, ERR_DATA. */
int story_json(struct app *app, const struct story *s, struct buf *out, struct error *err);

#endif
