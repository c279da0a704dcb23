#include "digesting.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "../lib/base/json.h"
#include "find.h"
#include "wanting.h"

#define CLOSING_DAYS 14		/* listed as closing soon */
#define STATE_LIMIT (64 << 20)

struct filling {
	struct app *app;
	const struct subscription *sub;
	const struct reminded *reminded;
	struct digest *d;
	struct leads remind;
	size_t most;		/* items; 0: any number */
	struct error *err;
};

static const char *
sector_title(const struct app *app, const char *name)
{
	for (size_t i = 0; i < sectors_count(app->sectors); i++)
		if (strcmp(sectors_name(app->sectors, i), name) == 0)
			return sectors_title(app->sectors, i);
	return "In no sector";
}

/* The record as of the version, and what its predecessor said otherwise. */
static int
load_item(struct filling *f, struct digest_item *item, const char *id, struct error *err)
{
	AUTO_VERSION v = VERSION_INIT;
	AUTO_NOTICE before = NOTICE_INIT;
	struct error first_sight;
	int rc;

	if ((rc = read_version(f->app, id, item->commit, &item->notice, err)) < 0 || (rc = store_version(f->app->st, item->commit, &v, err)) < 0)
		return rc;
	if (v.parent[0] != '\0' && read_version(f->app, id, v.parent, &before, &first_sight) == 0)
		redline_make(&before, &item->notice, &item->redline);
	return 0;
}

static struct digest_item *
last_item(struct digest *d, const char *commit)
{
	struct digest_item *last = d->items_n > 0 ? &d->items[d->items_n - 1] : NULL;

	return last != NULL && strcmp(last->commit, commit) == 0 ? last : NULL;
}

/* All events of a version come one after the other; the first that is wanted makes the item, the others join it. */
static int
take_event(void *ctx, const struct index_event *e)
{
	struct filling *f = ctx;
	struct digest_item *item;
	AUTO_FREE char *sector = NULL;
	int rc;

	if (!e->alerts || !wants_origin(f->sub, e->member, e->area, e->source))
		return 0;
	if (e->sectors[0] == '\0')
		f->d->uncoded++;
	if ((sector = wanted_sector(f->sub, e->sectors)) == NULL)
		return 0;
	if ((item = last_item(f->d, e->commit)) == NULL) {
		if (!wants_event(f->sub, e->event.kind))
			return 0;
		if (f->most > 0 && f->d->items_n >= f->most)
			return 1;
		item = digest_add_item(f->d);
		item->commit = xstrdup(e->commit);
		item->at = e->at;
		item->effective_deadline = e->deadline;
		strv_split(&item->sectors, e->sectors, ",");
		item->reason = wanted_reason(f->app, e->notification, sector);
		if ((rc = load_item(f, item, e->notification, f->err)) < 0)
			return rc;
		digest_sector_add(digest_sector(f->d, sector, sector_title(f->app, sector)), f->d->items_n - 1);
	}
	item->is_new = item->is_new || e->event.kind == EVENT_NEW || e->event.kind == EVENT_URGENT;
	if (e->event.kind == EVENT_WITHDRAWN)
		item->effective_deadline = DATE_NONE;	/* nothing is left to comment on */
	events_add(&item->events, e->event.kind, e->event.detail, e->event.old, e->event.new);
	if (e->at > f->d->at)
		f->d->at = e->at;
	return 0;
}

static int
take_deadline(void *ctx, const struct index_row *row)
{
	struct filling *f = ctx;
	AUTO_FREE char *sector = wanted_sector(f->sub, row->sectors);
	struct date day = DATE_NONE;
	const struct lead *lead;
	struct digest_deadline *item;
	const struct notice *n;
	bool due;

	if (sector == NULL || !wants_origin(f->sub, row->member, area_name(row->area), source_name(row->source)))
		return 0;
	lead = deadline_reminder(&f->remind, row->effective_deadline, f->d->today, &day);
	due = lead != NULL && !f->reminded->has(f->reminded->ctx, row->dossier, day);
	if (!due && date_days(row->effective_deadline) - date_days(f->d->today) > CLOSING_DAYS)
		return 0;
	if ((n = index_row_notice(row, f->err)) == NULL)
		return ERR_DATA;
	item = digest_add_deadline(f->d);
	item->dossier = xstrdup(row->dossier);
	item->title = xstrdup(row->title);
	item->member = xstrdup(row->member);
	item->url = xstrdup(n->url);
	item->reason = wanted_reason(f->app, row->id, sector);
	item->source = row->source;
	item->deadline = row->effective_deadline;
	item->remind = due ? day : DATE_NONE;
	return 0;
}

static void
add_problems(struct digest_coverage *c, json_t *table, const char *what)
{
	const char *key;
	json_t *e;

	json_object_foreach(table, key, e) {
		const char *reason = json_str(e, "reason");

		strv_take(&c->problems, xasprintf("%s %s: %s", what, key, reason != NULL ? reason : "?"));
	}
}

static void
add_coverage(struct app *app, enum source source, struct digest_coverage *c)
{
	AUTO_FREE char *name = xasprintf("cache/%s.json", source_name(source)), *path = app_path(app, name);
	AUTO_BUF text = BUF_INIT;
	AUTO_JSON *state = NULL;
	const char *day;

	c->feed = xstrdup(source == SOURCE_EPING ? "ePing" : "TRIS");
	c->off = !app->settings.feed[source].enabled;
	if (!file_exists(path) || file_read(path, STATE_LIMIT, &text, NULL) < 0 || json_parse(buf_str(&text), text.len, &state, NULL) < 0)
		return;
	if ((day = json_str(state, "last_good")) != NULL)
		date_parse_iso(day, &c->read, NULL);
	add_problems(c, json_object_get(state, "refused"), "refused");
	add_problems(c, json_object_get(state, "quarantine"), "page not understood");
}

static int
fill_events(struct filling *f, const char *after, struct error *err)
{
	const struct filter all = FILTER_INIT;
	const struct filter open = { .open = true };
	int rc;

	if ((rc = index_log(f->app->ix, &all, NULL, after, f->most == 0, take_event, f, err)) < 0)
		return rc;
	return index_list(f->app->ix, &open, NULL, ORDER_DEADLINE, take_deadline, f, err);
}

int
digest_fill(struct app *app, const struct subscription *sub, const char *after, size_t most, const struct reminded *reminded, struct digest *out, struct error *err)
{
	struct filling f = { .app = app, .sub = sub, .reminded = reminded, .d = out, .most = most, .err = err };
	int rc = 0;

	digest_init(out);
	out->subscription = xstrdup(sub->name);
	out->title = xstrdup(sub->title != NULL ? sub->title : sub->name);
	out->language = xstrdup(sub->language);
	out->unsubscribe = xstrdup(sub->unsubscribe);
	out->site = xstrdup(app->settings.site_url);
	out->up_to = index_tip(app->ix)[0] != '\0' ? xstrdup(index_tip(app->ix)) : NULL;
	out->today = clock_today();
	for (size_t i = 0; rc == 0 && i < sub->leads.n; i++)
		rc = leads_parse(&out->leads, sub->leads.v[i], err);
	for (size_t i = 0; rc == 0 && i < sub->remind.n; i++)
		rc = leads_parse(&f.remind, sub->remind.v[i], err);
	if (rc == 0)
		rc = fill_events(&f, after, err);
	for (int s = 0; s < 2; s++)
		add_coverage(app, (enum source)s, &out->coverage[s]);
	leads_clear(&f.remind);
	if (out->at == 0)
		out->at = clock_now();
	digest_sort(out);
	return rc;
}
