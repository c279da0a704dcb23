/* Events: what a version means to a reader. Derived from the record, its predecessor and its dossier; carried by the commit's
 * "Event:" trailers; read back from them by the index. */
#ifndef REGWATCH_NOTICE_EVENT_H
#define REGWATCH_NOTICE_EVENT_H

#include "notice.h"

struct buf;
struct error;

enum event_kind {
	EVENT_NEW, EVENT_URGENT, EVENT_ARCHIVED, EVENT_REVISED, EVENT_CORRECTED, EVENT_TRANSLATED, EVENT_ADDENDUM, EVENT_DEADLINE,
	EVENT_ADOPTED, EVENT_IN_FORCE, EVENT_WITHDRAWN, EVENT_GUIDANCE, EVENT_CONTENT, EVENT_REACTION, EVENT_FINAL, EVENT_DOCUMENT,
	EVENT_EDITED, EVENT_VANISHED, EVENT_REAPPEARED, EVENT_RENORMALISED
};
#define EVENT_KINDS (EVENT_RENORMALISED + 1)

struct event {
	enum event_kind kind;
	char *old, *new;	/* NULL when absent; dates ISO */
	char *detail;		/* deadline: extended, shortened, reopened, removed, set; reaction: who; edited: which fields; or NULL */
};

struct events {
	struct event *v;
	size_t n, cap;
};

#define EVENTS_INIT { NULL, 0, 0 }
struct effects;

#define AUTO_EVENTS __attribute__((cleanup(events_clear))) struct events

/* What the rest of the dossier looked like before this version: without this record's predecessor and without this version. */
struct dossier_context {
	struct date deadline;		/* latest comment deadline of the other records that none of them voids, DATE_NONE without */
	bool base_known;		/* the base notification is in the store */
	struct date voiding;		/* a corrigendum's: what 'deadline' is once it voids the document that it corrects */
	bool voided;			/* another record voids this one: while it voids nothing itself, its deadline does not count */
};

/* Derives the events of one version, at least one when 'now' differs from 'before' (NULL: first sight), none when they are equal.
 * 'silent' says that the source did not change: its bytes are the same and only our reading is better, or all that is new lies in
 * fields that no earlier way could tell. Then the one event is EVENT_RENORMALISED. The order is that of enum event_kind. */
void events_derive(const struct notice *before, const struct notice *now, const struct dossier_context *dossier, struct date today,
    bool silent, struct events *out);

/* The same for a caller who has read the effects of 'now' (effects.h) already. */
void events_derive_known(const struct notice *before, const struct notice *now, const struct effects *effects, const struct dossier_context *dossier,
    struct date today, bool silent, struct events *out);

/* The deadline that counts for a dossier when this record is looked at alone: the published one, or for a follow-up without one the date that
 * its prose gives as the new end of the comment period ("extended until 29 September 2025"); DATE_NONE without either. */
struct date event_own_deadline(const struct notice *n);

/* What a follow-up does by its keywords, type and prose, as a bit set of 1u << EVENT_ADOPTED, EVENT_IN_FORCE, EVENT_WITHDRAWN,
 * EVENT_GUIDANCE, EVENT_CONTENT, EVENT_DEADLINE. */
unsigned event_effects(const struct notice *n);

void events_clear(struct events *e);
void events_add(struct events *e, enum event_kind kind, const char *detail, const char *old, const char *new);
bool events_have(const struct events *e, enum event_kind kind);

const char *event_name(enum event_kind kind);		/* "new", "in-force", ... */
bool event_parse_name(const char *name, enum event_kind *out);

/* Trailer value and back: "new", "deadline extended 2025-08-08 -> 2025-08-22", "edited: description". One line, any text safe. */
void event_write(const struct event *e, struct buf *out);
int event_read(const char *value, struct event *out, struct error *err);	/* out is the caller's: event_clear */
void event_clear(struct event *e);

/* The commit's subject: id and what happened, at most 100 columns where the id allows, no control characters:
 * "G/TBT/N/USA/2211: comments now until 2026-03-01". */
void events_subject(const struct notice *n, const struct events *e, struct buf *out);

/* For people: "comment period extended to 2025-09-29 (was 2025-07-29)"; of TRIS "standstill extended to ...". event_describe speaks as of ePing, for
 * callers that have no source. */
void event_describe_of(enum source source, const struct event *e, struct buf *out);
void event_describe(const struct event *e, struct buf *out);

/* Does a version with these events alert anybody? Not one that bears archived or renormalised. */
bool events_alert(const struct events *e);

/* PRODUCT's word 'changed' in filters: any but new, urgent, archived, renormalised. */
bool event_is_change(enum event_kind kind);

#endif
