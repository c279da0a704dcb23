/* The story of a dossier, for 'dossier': what its text and its JSON are made of. */
#ifndef REGWATCH_CMD_DOSSIER_STORY_H
#define REGWATCH_CMD_DOSSIER_STORY_H

#include "../lib/notice/dossier.h"
#include "../lib/notice/event.h"
#include "../store/index_story.h"
#include "cmd.h"

/* One event, as the log tells it. */
struct told_event {
	char commit[OID_HEX];
	int64_t at;
	enum source source;
	char *notification;
	struct event event;
	bool first;		/* of the version by which its notification was first seen */
};

/* One dossier names another. */
struct story_link {
	bool inward;		/* the other names this one */
	char *from;		/* notification whose text names */
	char *to;		/* symbol as it is named, canonical */
	size_t row;		/* of the text, in notice_fields */
	char *other;		/* id of the other notification; NULL when the store does not hold it */
	char *title;		/* of the other; NULL */
};

enum move_effect { MOVE_SET, MOVE_EXTENDED, MOVE_SHORTENED, MOVE_REOPENED, MOVE_REMOVED, MOVE_NO_LATER, MOVE_VOID };

/* What happened to the effective deadline. */
struct deadline_move {
	struct date day;		/* of distribution; of a record that changed silently the day on which we learnt it; may be unknown */
	struct date old, new;
	enum move_effect effect;
	const char *by;			/* notification; the story's */
	const char *void_by;		/* the corrigendum that takes it back; NULL */
	bool silent;			/* the record itself was changed */
	bool from_text;			/* read out of prose */
};

struct story {
	char *id;			/* of the dossier */
	struct strv ids;		/* of its members, in lineage order */
	struct notice *notices;		/* one for each of them */
	const struct notice **pointers;
	struct dossier dossier;
	char *twin, *sectors;		/* NULL or "" without; sectors joined by "," */
	struct index_probable probable;
	struct told_event *events;	/* oldest first */
	size_t events_n, events_cap;
	struct story_link *links;
	size_t links_n, links_cap;
	struct deadline_move *moves;	/* by day */
	size_t moves_n, moves_cap;
};

void story_add_event(struct story *s, const char *commit, int64_t at, enum source source, const char *notification, const struct event *e);	/* copies */
void story_clear(struct story *s);

/* dossier_links.c: what it names, what names it, its probable twin. */
int story_links(struct app *app, struct story *s, struct error *err);

/* dossier_deadlines.c. app NULL: without the first versions of records that were changed. */
int story_deadlines(struct app *app, struct story *s, struct error *err);
const char *move_name(enum move_effect effect);		/* "extended", "void", ... */

/* The record whose text is in force here, for want of it the first. */
const struct notice *story_current(const struct story *s);

/* For people. Outside text is made harmless whether or not there is colour; no line is wider than 'width' (0: any) but for long words. */
void story_text(const struct story *s, bool colour, size_t width, struct buf *out);

/* One object, one line. Fails with ERR_IO, ERR_DATA. */
int story_json(struct app *app, const struct story *s, struct buf *out, struct error *err);

#endif
