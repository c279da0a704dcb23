#include "digesting.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/site/site.h"
#include "closing.h"
#include "coverage.h"

#define CLOSING_DAYS 14		/* listed as closing soon */

struct filling {
	struct news *news;
	struct app *app;
	const struct subscription *sub;
	const struct reminded *reminded;
	struct digest *d;
	struct leads remind;
};

static const char *
sector_title(const struct app *app, const char *name)
{
	for (size_t i = 0; i < sectors_count(app->sectors); i++)
		if (strcmp(sectors_name(app->sectors, i), name) == 0)
			return sectors_title(app->sectors, i);
	return "In no sector";
}

/* Where the published site shows it; NULL without one. */
static char *
page_of(const struct app *app, const char *dossier, const char *notification)
{
	AUTO_BUF url = BUF_INIT;

	if (app->settings.site_url == NULL)
		return NULL;
	buf_addf(&url, "%s/", app->settings.site_url);
	site_dossier_path(dossier, notification, &url);
	return buf_take(&url);
}

/* The first event that is wanted makes the item, the others behind it join. */
static void
add_events(struct filling *f, const struct told *t, struct digest_item *item)
{
	size_t i = 0;

	while (!wants_event(f->sub, t->events.v[i].kind))
		i++;
	for (; i < t->events.n; i++) {
		const struct event *e = &t->events.v[i];

		item->is_new = item->is_new || e->kind == EVENT_NEW || e->kind == EVENT_URGENT;
		if (e->kind == EVENT_WITHDRAWN)
			item->effective_deadline = DATE_NONE;	/* nothing is left to comment on */
		events_add(&item->events, e->kind, e->detail, e->old, e->new);
	}
}

static int
add_item(struct filling *f, struct told *t, struct error *err)
{
	const char *sector = wanted_among(f->sub, &t->sectors);
	struct digest_item *item = digest_add_item(f->d);
	int rc;

	item->commit = xstrdup(t->commit);
	item->at = t->at;
	item->effective_deadline = t->deadline;
	strv_copy(&item->sectors, &t->sectors);
	item->reason = reasons_tell(&t->reasons, f->app->ix, t->notification, sector);
	item->page = page_of(f->app, t->dossier, t->notification);
	add_events(f, t, item);
	if ((rc = news_load(f->news, t, item, err)) < 0)
		return rc;
	digest_sector_add(digest_sector(f->d, sector, sector_title(f->app, sector)), f->d->items_n - 1);
	if (t->at > f->d->at)
		f->d->at = t->at;
	return 0;
}

/* ---- what closes ---- */

static int
add_deadline(struct filling *f, struct closing *c, struct date remind, struct error *err)
{
	const char *url = closing_url(c, f->app, err);
	struct digest_deadline *item;

	if (url == NULL)
		return ERR_DATA;
	item = digest_add_deadline(f->d);
	item->dossier = xstrdup(c->dossier);
	item->title = xstrdup(c->title);
	item->member = xstrdup(c->member);
	item->url = url[0] != '\0' ? xstrdup(url) : NULL;
	item->page = page_of(f->app, c->dossier, NULL);
	item->reason = reasons_tell(&c->reasons, f->app->ix, c->id, wanted_among(f->sub, &c->sectors));
	item->source = c->source;
	item->deadline = c->deadline;
	item->remind = remind;
	return 0;
}

static int
take_closing(struct filling *f, struct closing *c, struct error *err)
{
	struct date day = DATE_NONE;
	bool soon = date_days(c->deadline) - date_days(f->d->today) <= CLOSING_DAYS, due;

	if ((!soon && f->remind.n == 0) || !wants_closing(f->sub, c))
		return 0;
	due = deadline_reminder(&f->remind, c->deadline, f->d->today, &day) != NULL && !f->reminded->has(f->reminded->ctx, c->dossier, day);
	return due || soon ? add_deadline(f, c, due ? day : DATE_NONE, err) : 0;
}

static int
add_deadlines(struct filling *f, struct error *err)
{
	struct closings *c = news_closings(f->news, err);
	int rc = c != NULL ? 0 : (int)err->code;

	for (size_t i = 0; rc == 0 && i < c->n; i++) {
		if (f->remind.n == 0 && date_days(c->v[i].deadline) - date_days(f->d->today) > CLOSING_DAYS)
			break;		/* soonest first */
		rc = take_closing(f, &c->v[i], err);
	}
	return rc;
}

/* ---- the whole ---- */

static int
begin(struct filling *f, struct error *err)
{
	const struct subscription *sub = f->sub;
	struct digest *d = f->d;
	int rc = 0;

	digest_init(d);
	d->subscription = xstrdup(sub->name);
	d->title = xstrdup(sub->title != NULL ? sub->title : sub->name);
	d->language = xstrdup(sub->language != NULL ? sub->language : f->app->settings.language);
	d->unsubscribe = xstrdup(sub->unsubscribe);
	d->site = xstrdup(f->app->settings.site_url);
	d->up_to = index_tip(f->app->ix)[0] != '\0' ? xstrdup(index_tip(f->app->ix)) : NULL;
	d->today = clock_today();
	for (size_t i = 0; rc == 0 && i < sub->leads.n; i++)
		rc = leads_parse(&d->leads, sub->leads.v[i], err);
	for (size_t i = 0; rc == 0 && i < sub->remind.n; i++)
		rc = leads_parse(&f->remind, sub->remind.v[i], err);
	return rc;
}

int
digest_fill(struct news *news, const struct reader *r, const struct reminded *reminded, struct digest *out, struct error *err)
{
	struct filling f = { .news = news, .app = news_app(news), .sub = r->sub, .reminded = reminded, .d = out };
	int rc = begin(&f, err);

	if (rc == 0 && r->failed < 0) {
		*err = r->err;
		rc = r->failed;
	}
	for (size_t i = 0; rc == 0 && i < r->n; i++)
		rc = add_item(&f, r->v[i], err);
	if (rc == 0)
		rc = add_deadlines(&f, err);
	for (int s = 0; s < 2; s++)
		coverage_copy(&out->coverage[s], &news_coverage(news)->feed[s]);
	out->uncoded = r->uncoded;
	leads_clear(&f.remind);
	if (out->at == 0)
		out->at = clock_now();
	digest_sort(out);
	return rc;
}
