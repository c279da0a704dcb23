#include "calendaring.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "wanting.h"

#define MEMORY (400 * 86400)	/* seconds: nobody gives longer to comment, so what was withdrawn before that had its day */

struct filling {
	struct app *app;
	const struct subscription *sub;	/* NULL: any */
	struct date last, today;
	struct calendar *c;
	struct strv seen;		/* dossiers whose newest move was looked at */
	struct date gone;		/* the day of the entry to cancel */
	struct error *err;
};

struct history {
	int moves;
	int64_t newest;
};

static int
count_move(void *ctx, const struct index_event *e)
{
	struct history *h = ctx;

	h->moves += e->event.kind == EVENT_DEADLINE || e->event.kind == EVENT_WITHDRAWN;
	if (e->at > h->newest)
		h->newest = e->at;
	return 0;
}

static char *
reason_for(const struct filling *f, const struct index_row *row)
{
	AUTO_FREE char *sector = NULL;

	if (f->sub != NULL)
		sector = wanted_sector(f->sub, row->sectors);
	else if (row->sectors[0] != '\0')
		sector = xstrndup(row->sectors, strcspn(row->sectors, ","));
	return sector != NULL ? wanted_reason(f->app, row->id, sector) : NULL;
}

static int
add_entry(struct filling *f, const struct index_row *row, struct date day, bool cancelled)
{
	const struct filter all = FILTER_INIT;
	const struct notice *n = index_row_notice(row, f->err);
	struct history h = { 0 };
	struct calendar_entry *e;
	int rc;

	if (n == NULL)
		return ERR_DATA;
	if ((rc = index_log(f->app->ix, &all, row->dossier, NULL, true, count_move, &h, f->err)) < 0)
		return rc;
	e = calendar_add(f->c);
	e->dossier = xstrdup(row->dossier);
	e->title = xstrdup(row->title);
	e->url = xstrdup(n->url);
	e->reason = reason_for(f, row);
	snprintf(e->member, sizeof(e->member), "%s", row->member);
	e->source = row->source;
	e->deadline = day;
	e->sequence = h.moves;
	e->stamp = h.newest;
	e->cancelled = cancelled;
	return 0;
}

static bool
is_wanted(const struct filling *f, const struct index_row *row)
{
	AUTO_FREE char *sector = NULL;

	if (f->sub == NULL)
		return true;
	sector = wanted_sector(f->sub, row->sectors);
	return sector != NULL && wants_origin(f->sub, row->member, area_name(row->area), source_name(row->source));
}

static int
take_open(void *ctx, const struct index_row *row)
{
	struct filling *f = ctx;

	if (date_is_set(f->last) && date_cmp(row->effective_deadline, f->last) > 0)
		return 1;	/* soonest first */
	return is_wanted(f, row) ? add_entry(f, row, row->effective_deadline, false) : 0;
}

/* ---- what is gone before its day ---- */

static int
take_gone(void *ctx, const struct index_row *row)
{
	struct filling *f = ctx;
	struct date day = row->withdrawn && date_is_set(row->effective_deadline) ? row->effective_deadline : f->gone;

	if ((row->open && !row->withdrawn) || !date_is_set(day) || date_cmp(day, f->today) < 0 || (date_is_set(f->last) && date_cmp(day, f->last) > 0))
		return 0;
	return is_wanted(f, row) ? add_entry(f, row, day, true) : 0;
}

/* The newest move of each dossier, the first that comes: a withdrawal, or a deadline that was taken away. */
static int
take_move(void *ctx, const struct index_event *e)
{
	struct filling *f = ctx;
	AUTO_STRV ids = STRV_INIT;
	bool removed = e->event.kind == EVENT_DEADLINE && e->event.detail != NULL && strcmp(e->event.detail, "removed") == 0;
	int rc;

	if ((e->event.kind == EVENT_DEADLINE && !removed) || strv_has(&f->seen, e->dossier))
		return 0;
	strv_add(&f->seen, e->dossier);
	f->gone = DATE_NONE;
	if (removed && e->event.old != NULL)
		date_parse_iso(e->event.old, &f->gone, NULL);
	if ((rc = index_dossier(f->app->ix, e->dossier, &ids, f->err)) < 0 || ids.n == 0)
		return rc;
	return index_get(f->app->ix, ids.v[0], take_gone, f, f->err);
}

static int
fill(struct filling *f, const struct filter *filter)
{
	struct filter open = *filter, moves = *filter;	/* lists borrowed */
	struct strv kinds = STRV_INIT;
	int rc;

	f->today = clock_today();
	open.open = true;
	moves.open = false;
	moves.limit = 0;
	moves.since = clock_now() - MEMORY;
	strv_add(&kinds, event_name(EVENT_WITHDRAWN));
	strv_add(&kinds, event_name(EVENT_DEADLINE));
	moves.events = kinds;
	rc = index_list(f->app->ix, &open, NULL, ORDER_DEADLINE, take_open, f, f->err);
	if (rc >= 0)
		rc = index_log(f->app->ix, &moves, NULL, NULL, false, take_move, f, f->err);
	strv_clear(&kinds);
	strv_clear(&f->seen);
	return rc < 0 ? rc : 0;
}

int
calendar_of_subscription(struct app *app, const struct subscription *sub, struct calendar *out, struct error *err)
{
	const struct filter all = FILTER_INIT;
	struct filling f = { .app = app, .sub = sub, .c = out, .err = err };
	int rc = 0;

	calendar_init(out);
	out->title = xstrdup(sub->title != NULL ? sub->title : sub->name);
	for (size_t i = 0; rc == 0 && i < sub->leads.n; i++)
		rc = leads_parse(&out->leads, sub->leads.v[i], err);
	for (size_t i = 0; rc == 0 && i < sub->remind.n; i++)
		rc = leads_parse(&out->remind, sub->remind.v[i], err);
	return rc == 0 ? fill(&f, &all) : rc;
}

int
calendar_of_filter(struct app *app, const struct filter *filter, struct date last, struct calendar *out, struct error *err)
{
	struct filling f = { .app = app, .last = last, .c = out, .err = err };

	calendar_init(out);
	return fill(&f, filter);
}
