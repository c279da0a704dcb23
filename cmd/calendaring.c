#include "calendaring.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "wanting.h"

#define MEMORY (400 * 86400)	/* seconds: nobody gives longer to comment, so what was withdrawn before that had its day */

/* The day of a dossier. */
struct day {
	char *id, *dossier, *title;
	char member[4];
	enum area area;
	enum source source;
	struct strv sectors;		/* best first */
	struct date day;
	bool cancelled;
	bool known;			/* what follows was looked up */
	char *url;
	int sequence;
	int64_t stamp;
	struct reasons reasons;
};

struct dates {
	struct day *v;
	size_t n, cap;
};

struct filling {
	struct index *ix;
	struct date last, today;
	struct dates *dates;
	struct strv seen;		/* dossiers whose newest move was looked at */
	struct date gone;		/* the day of the entry to cancel */
	struct error *err;
};

/* ---- what is open ---- */

static void
add_day(struct filling *f, const struct index_row *row, struct date when, bool cancelled)
{
	struct dates *all = f->dates;
	struct day *d;

	all->v = xgrow(all->v, all->n, &all->cap, sizeof(*all->v));
	d = &all->v[all->n++];
	*d = (struct day){ .id = xstrdup(row->id), .dossier = xstrdup(row->dossier), .title = xstrdup(row->title), .area = row->area, .source = row->source,
		.day = when, .cancelled = cancelled };
	snprintf(d->member, sizeof(d->member), "%s", row->member);
	strv_split(&d->sectors, row->sectors, ",");
}

static int
take_open(void *ctx, const struct index_row *row)
{
	struct filling *f = ctx;

	if (date_is_set(f->last) && date_cmp(row->effective_deadline, f->last) > 0)
		return 1;	/* soonest first */
	add_day(f, row, row->effective_deadline, false);
	return 0;
}

/* ---- what is gone before its day ---- */

static int
take_gone(void *ctx, const struct index_row *row)
{
	struct filling *f = ctx;
	struct date day = row->withdrawn && date_is_set(row->effective_deadline) ? row->effective_deadline : f->gone;

	if ((row->open && !row->withdrawn) || !date_is_set(day) || date_cmp(day, f->today) < 0 || (date_is_set(f->last) && date_cmp(day, f->last) > 0))
		return 0;
	add_day(f, row, day, true);
	return 0;
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
	if ((rc = index_dossier(f->ix, e->dossier, &ids, f->err)) < 0 || ids.n == 0)
		return rc;
	return index_get(f->ix, ids.v[0], take_gone, f, f->err);
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
	rc = index_list(f->ix, &open, NULL, ORDER_DEADLINE, take_open, f, f->err);
	if (rc >= 0)
		rc = index_log(f->ix, &moves, NULL, NULL, false, take_move, f, f->err);
	strv_clear(&kinds);
	strv_clear(&f->seen);
	return rc < 0 ? rc : 0;
}

static int
dates_of_filter(struct index *ix, const struct filter *filter, struct date last, struct dates **out, struct error *err)
{
	struct dates *d = xcalloc(1, sizeof(*d));
	struct filling f = { .ix = ix, .last = last, .dates = d, .err = err };
	int rc = fill(&f, filter);

	if (rc < 0) {
		dates_free(d);
		return rc;
	}
	*out = d;
	return 0;
}

int
dates_read(struct index *ix, struct dates **out, struct error *err)
{
	const struct filter all = FILTER_INIT;

	return dates_of_filter(ix, &all, DATE_NONE, out, err);
}

void
dates_free(struct dates *d)
{
	for (size_t i = 0; d != NULL && i < d->n; i++) {
		free(d->v[i].id);
		free(d->v[i].dossier);
		free(d->v[i].title);
		free(d->v[i].url);
		strv_clear(&d->v[i].sectors);
		reasons_clear(&d->v[i].reasons);
	}
	if (d != NULL)
		free(d->v);
	free(d);
}

/* ---- entries ---- */

static int
count_move(void *ctx, const struct index_event *e)
{
	struct day *d = ctx;

	d->sequence += e->event.kind == EVENT_DEADLINE || e->event.kind == EVENT_WITHDRAWN;
	if (e->at > d->stamp)
		d->stamp = e->at;
	return 0;
}

static int
look_up(struct index *ix, struct day *d, bool link, struct error *err)
{
	const struct filter all = FILTER_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	int rc;

	if (d->known)
		return 0;
	if (link && (rc = index_notice(ix, d->id, &n, err)) < 0)
		return rc;
	d->sequence = 0;
	if ((rc = index_log(ix, &all, d->dossier, NULL, true, count_move, d, err)) < 0)
		return rc;
	d->url = xstrdup(n.url);
	d->known = true;
	return 0;
}

static int
add_entry(struct index *ix, struct day *d, bool link, const char *sector, struct calendar *c, struct error *err)
{
	int rc = look_up(ix, d, link, err);
	struct calendar_entry *e;

	if (rc < 0)
		return rc;
	e = calendar_add(c);
	e->dossier = xstrdup(d->dossier);
	e->title = xstrdup(d->title);
	e->url = xstrdup(d->url);
	e->reason = sector != NULL ? reasons_tell(&d->reasons, ix, d->id, sector) : NULL;
	snprintf(e->member, sizeof(e->member), "%s", d->member);
	e->source = d->source;
	e->deadline = d->day;
	e->sequence = d->sequence;
	e->stamp = d->stamp;
	e->cancelled = d->cancelled;
	return 0;
}

int
calendar_of_subscription(struct index *ix, struct dates *d, const struct subscription *sub, struct calendar *out, struct error *err)
{
	int rc = 0;

	calendar_init(out);
	out->title = xstrdup(sub->title != NULL ? sub->title : sub->name);
	for (size_t i = 0; rc == 0 && i < sub->leads.n; i++)
		rc = leads_parse(&out->leads, sub->leads.v[i], err);
	for (size_t i = 0; rc == 0 && i < sub->remind.n; i++)
		rc = leads_parse(&out->remind, sub->remind.v[i], err);
	for (size_t i = 0; rc == 0 && i < d->n; i++) {
		const char *sector = wanted_among(sub, &d->v[i].sectors);

		if (sector != NULL && wants_origin(sub, d->v[i].member, area_name(d->v[i].area), source_name(d->v[i].source)))
			rc = add_entry(ix, &d->v[i], true, sector, out, err);
	}
	return rc;
}

int
calendar_of_filter(struct index *ix, const struct filter *filter, struct date last, bool links, struct calendar *out, struct error *err)
{
	struct dates *d = NULL;
	int rc;

	calendar_init(out);
	if ((rc = dates_of_filter(ix, filter, last, &d, err)) < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < d->n; i++)
		rc = add_entry(ix, &d->v[i], links, d->v[i].sectors.n > 0 ? d->v[i].sectors.v[0] : NULL, out, err);
	dates_free(d);
	return rc;
}
