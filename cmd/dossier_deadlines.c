/* The history of a dossier's deadline: who set it, who moved it, what was taken back */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "dossier_story.h"
#include "find.h"

static const char *const names[] = {
	[MOVE_SET] = "set", [MOVE_EXTENDED] = "extended", [MOVE_SHORTENED] = "shortened", [MOVE_REOPENED] = "reopened", [MOVE_REMOVED] = "removed",
	[MOVE_NO_LATER] = "no later", [MOVE_VOID] = "void",
};

const char *
move_name(enum move_effect effect)
{
	return names[effect];
}

static struct deadline_move *
add_move(struct story *s, const struct deadline_move *move)
{
	s->moves = xgrow(s->moves, s->moves_n, &s->moves_cap, sizeof(*s->moves));
	s->moves[s->moves_n] = *move;
	return &s->moves[s->moves_n++];
}

static struct date
iso(const char *text)
{
	struct date d = DATE_NONE;

	if (text != NULL)
		(void)date_parse_iso(text, &d, NULL);
	return d;
}

/* The deadline event of a version that changed this record silently; the first one. A corrigendum tells what it takes back at first sight. */
static const struct told_event *
silent_move(const struct story *s, const char *id)
{
	for (size_t i = 0; i < s->events_n; i++)
		if (s->events[i].event.kind == EVENT_DEADLINE && !s->events[i].first && strcmp(s->events[i].notification, id) == 0)
			return &s->events[i];
	return NULL;
}

static void
add_events(struct story *s)
{
	for (size_t i = 0; i < s->events_n; i++) {
		const struct told_event *e = &s->events[i];
		struct deadline_move move = { date_of_instant(e->at), iso(e->event.old), iso(e->event.new), MOVE_EXTENDED, e->notification, NULL, true, false };

		if (e->event.kind != EVENT_DEADLINE || e->first)
			continue;
		for (size_t k = 0; k <= MOVE_REMOVED; k++)
			if (e->event.detail != NULL && strcmp(e->event.detail, names[k]) == 0)
				move.effect = (enum move_effect)k;
		add_move(s, &move);
	}
}

struct first_version {
	char commit[OID_HEX];
};

static int
keep_first(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct first_version *f = ctx;

	(void)n;
	(void)at;
	(void)subject;
	memcpy(f->commit, commit, OID_HEX);
	return 1;
}

/* What the record said when it was first seen. */
static int
first_deadline(struct app *app, const char *id, struct date *out, struct error *err)
{
	struct first_version f = { "" };
	AUTO_NOTICE n = NOTICE_INIT;
	int rc = index_versions(app->ix, id, keep_first, &f, err);

	if (rc < 0 || f.commit[0] == '\0')
		return rc < 0 ? rc : 0;
	if ((rc = read_version(app, id, f.commit, &n, err)) == 0)
		*out = event_own_deadline(&n);
	return rc;
}

static const char *
voided_by(const struct dossier *d, const struct notice *n)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].n == n)
			return d->v[i].void_by != NULL ? d->v[i].void_by->id : NULL;
	return NULL;
}

static int
add_step(struct app *app, struct story *s, const struct deadline_step *step, struct error *err)
{
	static const enum move_effect effects[] = { MOVE_SET, MOVE_EXTENDED, MOVE_NO_LATER, MOVE_VOID };
	struct deadline_move move = { step->by->distributed, step->before, step->deadline, effects[step->effect], step->by->id, NULL, false, step->from_text };
	bool moved = silent_move(s, step->by->id) != NULL, extended = step->by->source == SOURCE_TRIS && date_is_set(step->by->standstill_original) &&
	    date_cmp(step->by->standstill_original, step->deadline) != 0;
	int rc;

	move.void_by = voided_by(&s->dossier, step->by);
	if (moved && app != NULL && (rc = first_deadline(app, step->by->id, &move.new, err)) < 0)
		return rc;
	if (!moved && extended)
		move.new = step->by->standstill_original;
	if (date_is_set(move.new))
		add_move(s, &move);
	if (!moved && extended)		/* it had been extended when it was first seen */
		add_move(s, &(struct deadline_move){ DATE_NONE, step->by->standstill_original, step->deadline, MOVE_EXTENDED, step->by->id, NULL, true, false });
	return 0;
}

/* Stable: moves of one day, and those of no day, stay behind what they follow. */
static void
order_moves(struct story *s)
{
	for (size_t i = 1; i < s->moves_n; i++)
		for (size_t k = i; k > 0 && date_is_set(s->moves[k].day) && date_cmp(s->moves[k - 1].day, s->moves[k].day) > 0; k--) {
			struct deadline_move swap = s->moves[k];

			s->moves[k] = s->moves[k - 1];
			s->moves[k - 1] = swap;
		}
}

int
story_deadlines(struct app *app, struct story *s, struct error *err)
{
	int rc = 0;

	add_events(s);		/* of one day a silent change comes first: what came that day was compared with it */
	for (size_t i = 0; rc == 0 && i < s->dossier.steps_n; i++)
		rc = add_step(app, s, &s->dossier.steps[i], err);
	order_moves(s);
	return rc;
}
