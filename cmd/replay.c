#include "replay.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "find.h"
#include "wanting.h"

#define NEAR_LEAST 0.3

#define AUTO_MATCHES __attribute__((cleanup(sector_matches_clear))) struct sector_matches

struct replaying {
	struct app *app;
	const struct sectors *rules;
	const char *sector;
	const struct subscription *sub;
	struct replay *out;
	char commit[OID_HEX];		/* of the version whose events come now */
	struct replay_item *item;	/* of this version; NULL when it is neither hit nor near miss */
};

const struct sector_match *
replay_match(const struct sectors *rules, const struct sector_matches *m, const char *sector)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(sectors_name(rules, m->v[i].sector), sector) == 0)
			return &m->v[i];
	return NULL;
}

/* ---- as it was ---- */

struct moment {
	int64_t at;
	char commit[OID_HEX];
};

static int
keep_latest(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct moment *m = ctx;

	(void)n;
	(void)subject;
	if (at <= m->at)
		snprintf(m->commit, sizeof(m->commit), "%s", commit);
	return 0;
}

/* The record at the end of the run of that time (m->at), for alerts come behind a whole run; m->commit is its version. ERR_NOTFOUND when there was none yet. */
static int
read_as_of(struct app *app, const char *id, struct moment *m, struct notice *out, struct error *err)
{
	int rc;

	if ((rc = index_versions(app->ix, id, keep_latest, m, err)) < 0)
		return rc;
	if (m->commit[0] == '\0')
		return error_set(err, ERR_NOTFOUND, "'%s' has no version of that time", id);
	return read_version(app, id, m->commit, out, err);
}

/* n becomes the record of the event's own version, which is what a digest shows. */
static int
match_as_of(const struct replaying *r, const struct index_event *e, struct notice *n, struct sector_matches *out, struct error *err)
{
	struct moment now = { .at = e->at }, then = { .at = e->at };
	AUTO_NOTICE base = NOTICE_INIT;
	struct error none;
	bool has_base;
	int rc;

	if ((rc = read_as_of(r->app, e->notification, &now, n, err)) < 0)
		return rc;
	has_base = strcmp(n->dossier, n->id) != 0 && read_as_of(r->app, n->dossier, &then, &base, &none) == 0;
	sectors_match_in_dossier(r->rules, n, has_base ? &base : NULL, out);
	if (strcmp(now.commit, e->commit) == 0)
		return 0;
	notice_clear(n);
	return read_version(r->app, e->notification, e->commit, n, err);
}

/* ---- what an alert would do ---- */

/* Names of the assigned sectors, best first, as the index has them. */
static void
join_names(const struct sectors *rules, const struct sector_matches *m, struct buf *out)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].assigned)
			buf_addf(out, "%s%s", out->len > 0 ? "," : "", sectors_name(rules, m->v[i].sector));
}

static struct replay_item *
add_item(struct replay_items *to, const struct index_event *e, const struct notice *n)
{
	struct replay_item *item;

	to->v = xgrow(to->v, to->n, &to->cap, sizeof(*to->v));
	item = &to->v[to->n++];
	*item = (struct replay_item){ .commit = xstrdup(e->commit), .notification = xstrdup(e->notification), .member = xstrdup(e->member),
		.title = xstrdup(n->title.s), .at = e->at, .events = STRV_INIT };
	return item;
}

/* Moves the match of the sector out of the others. */
static void
take_why(const struct sectors *rules, struct sector_matches *from, const char *sector, struct sector_matches *to)
{
	for (size_t i = 0; i < from->n; i++)
		if (strcmp(sectors_name(rules, from->v[i].sector), sector) == 0) {
			to->v = xgrow(NULL, 0, &to->cap, sizeof(*to->v));
			to->v[to->n++] = from->v[i];
			from->v[i].reasons = NULL;
			from->v[i].n = from->v[i].cap = 0;
		}
}

/* The first event of a version that the subscription wants. */
static void
judge(struct replaying *r, const struct index_event *e)
{
	AUTO_MATCHES matches = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF names = BUF_INIT;
	AUTO_FREE char *sector = NULL;
	const struct sector_match *m;
	struct error err;

	if (match_as_of(r, e, &n, &matches, &err) < 0) {
		message_warn("%s: passed over", err.text);
		r->out->unread++;
		return;
	}
	join_names(r->rules, &matches, &names);
	m = replay_match(r->rules, &matches, r->sector);
	if ((sector = wanted_sector(r->sub, buf_str(&names))) != NULL)
		r->item = add_item(&r->out->hits, e, &n);
	else if (m != NULL && m->score >= NEAR_LEAST)
		r->item = add_item(&r->out->near, e, &n);
	if (r->item != NULL)
		take_why(r->rules, &matches, r->sector, &r->item->why);
}

static int
take_event(void *ctx, const struct index_event *e)
{
	struct replaying *r = ctx;
	bool first = strcmp(r->commit, e->commit) != 0;

	if (!e->alerts || !wants_origin(r->sub, e->member, e->area, e->source) || (first && !wants_event(r->sub, e->event.kind)))
		return 0;
	if (first) {
		snprintf(r->commit, sizeof(r->commit), "%s", e->commit);
		r->item = NULL;
		strv_add(&r->out->seen, e->notification);
		judge(r, e);
	}
	if (r->item != NULL)
		strv_add(&r->item->events, event_name(e->event.kind));
	return 0;
}

static int
keep_time(void *ctx, const struct index_event *e)
{
	*(int64_t *)ctx = e->at;
	return 1;
}

int
replay_run(struct app *app, const struct sectors *rules, const char *sector, int64_t since, struct replay *out, struct error *err)
{
	struct subscription sub = { .name = NULL };
	const struct filter all = FILTER_INIT;
	struct filter f = FILTER_INIT;
	struct replaying r = { .app = app, .rules = rules, .sector = sector, .sub = &sub, .out = out };
	int rc;

	f.since = since;
	strv_add(&sub.sectors, sector);
	strv_add(&sub.events, "new");
	strv_add(&sub.events, "changed");
	rc = index_log(app->ix, &all, NULL, NULL, true, keep_time, &out->first, err);
	if (rc >= 0)
		rc = index_log(app->ix, &f, NULL, NULL, true, take_event, &r, err);
	strv_sort(&out->seen);
	strv_clear(&sub.sectors);
	strv_clear(&sub.events);
	return rc;
}

static void
items_clear(struct replay_items *items)
{
	for (size_t i = 0; i < items->n; i++) {
		struct replay_item *item = &items->v[i];

		free(item->commit);
		free(item->notification);
		free(item->member);
		free(item->title);
		strv_clear(&item->events);
		sector_matches_clear(&item->why);
	}
	free(items->v);
	*items = (struct replay_items){ NULL, 0, 0 };
}

void
replay_clear(struct replay *r)
{
	items_clear(&r->hits);
	items_clear(&r->near);
	strv_clear(&r->seen);
}
