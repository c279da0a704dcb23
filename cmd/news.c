#include "news.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "calendaring.h"
#include "closing.h"
#include "coverage.h"
#include "find.h"
#include "version_redline.h"

#define ROOM (24 << 20)		/* bytes of records and differences that are kept for the next reader, as estimated */
#define WEIGHT 6		/* of a record in memory, its difference and its strings, against its text */
#define WEIGHT_LEAST 4096
#define WEIGHT_WORD 40		/* of an attached text that is compared */

struct news {
	struct app *app;
	void *tree;			/* of struct told, by position */
	size_t room;
	struct closings *closings;
	struct coverages *coverage;
	struct dates *dates;
};

struct news *
news_new(struct app *app)
{
	struct news *news = xcalloc(1, sizeof(*news));

	*news = (struct news){ .app = app, .room = ROOM };
	return news;
}

static void
told_free(void *p)
{
	struct told *t = p;

	free(t->commit);
	free(t->notification);
	free(t->dossier);
	strv_clear(&t->sectors);
	events_clear(&t->events);
	reasons_clear(&t->reasons);
	notice_clear(&t->notice);
	redline_clear(&t->redline);
	free(t);
}

void
news_free(struct news *news)
{
	if (news == NULL)
		return;
	tdestroy(news->tree, told_free);
	closings_free(news->closings);
	coverages_free(news->coverage);
	dates_free(news->dates);
	free(news);
}

struct app *
news_app(const struct news *news)
{
	return news->app;
}

void
reader_clear(struct reader *r)
{
	free(r->v);
	r->v = NULL;
	r->n = r->cap = 0;
}

/* ---- the pass ---- */

struct pass {
	struct news *news;
	struct reader *const *readers;
	size_t n;
	bool newest;			/* this pass is for those who want the newest */
	struct told *now;		/* the version whose events come */
};

static bool
is_served(const struct pass *p, const struct reader *r)
{
	return r->failed == 0 && (r->most > 0) == p->newest;
}

static bool
wants(const struct reader *r, const struct told *t)
{
	if (wanted_among(r->sub, &t->sectors) == NULL)
		return false;
	for (size_t i = 0; i < t->events.n; i++)
		if (wants_event(r->sub, t->events.v[i].kind))
			return true;
	return false;
}

/* True when it took the version. */
static bool
offer(struct reader *r, struct told *t)
{
	if ((r->most > 0 ? r->n >= r->most : t->position <= r->position) || !wants_origin(r->sub, t->member, t->area, t->source))
		return false;
	if (t->sectors.n == 0)
		r->uncoded += (long)t->events.n;
	if (!wants(r, t))
		return false;
	r->v = xgrow(r->v, r->n, &r->cap, sizeof(*r->v));
	r->v[r->n++] = t;
	return true;
}

static int
by_position(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	return (x->position > y->position) - (x->position < y->position);
}

/* All events of a version have come: whoever wants it gets it. */
static void
finish_version(struct pass *p)
{
	struct told *t = p->now, **there;
	bool taken = false;

	p->now = NULL;
	if (t == NULL)
		return;
	if ((there = tfind(t, &p->news->tree, by_position)) != NULL) {
		told_free(t);	/* another pass met it */
		t = *there;
	}
	for (size_t i = 0; i < p->n; i++)
		if (is_served(p, p->readers[i]) && offer(p->readers[i], t))
			taken = true;
	if (there == NULL && taken)
		tsearch(t, &p->news->tree, by_position);
	else if (there == NULL)
		told_free(t);
}

static bool
all_full(const struct pass *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_served(p, p->readers[i]) && p->readers[i]->n < p->readers[i]->most)
			return false;
	return true;
}

static struct told *
begin_version(const struct index_event *e)
{
	struct told *t = xcalloc(1, sizeof(*t));

	*t = (struct told){ .position = e->position, .at = e->at, .commit = xstrdup(e->commit), .notification = xstrdup(e->notification),
		.dossier = xstrdup(e->dossier), .area = e->area, .source = e->source, .deadline = e->deadline };
	snprintf(t->member, sizeof(t->member), "%s", e->member);
	strv_split(&t->sectors, e->sectors, ",");
	notice_init(&t->notice);
	return t;
}

static int
take_event(void *ctx, const struct index_event *e)
{
	struct pass *p = ctx;

	if (p->now == NULL || p->now->position != e->position) {
		finish_version(p);
		if (p->newest && all_full(p))
			return 1;
		p->now = begin_version(e);
	}
	events_add(&p->now->events, e->event.kind, e->event.detail, e->event.old, e->event.new);
	return 0;
}

/* The reader whose place lies farthest back; NULL when there is none to serve. */
static const struct reader *
find_oldest(const struct pass *p)
{
	const struct reader *oldest = NULL;

	for (size_t i = 0; i < p->n; i++)
		if (is_served(p, p->readers[i]) && (oldest == NULL || p->readers[i]->position < oldest->position))
			oldest = p->readers[i];
	return oldest;
}

/* Found from the newest on, given in the order of main. */
static void
turn_round(struct reader *r)
{
	for (size_t i = 0; i < r->n / 2; i++) {
		struct told *t = r->v[i];

		r->v[i] = r->v[r->n - 1 - i];
		r->v[r->n - 1 - i] = t;
	}
}

static int
run_pass(struct pass *p, struct error *err)
{
	const struct filter alerting = { .alerts = true };
	const struct reader *oldest = find_oldest(p);
	int rc;

	if (oldest == NULL)
		return 0;
	if ((rc = index_log(p->news->app->ix, &alerting, NULL, p->newest ? NULL : oldest->after, !p->newest, take_event, p, err)) >= 0)
		finish_version(p);
	if (p->now != NULL)
		told_free(p->now);
	p->now = NULL;
	for (size_t i = 0; p->newest && i < p->n; i++)
		if (is_served(p, p->readers[i]))
			turn_round(p->readers[i]);
	return rc < 0 ? rc : 0;
}

int
news_gather(struct news *news, struct reader *const *readers, size_t n, struct error *err)
{
	struct pass p = { .news = news, .readers = readers, .n = n };
	int rc;

	for (size_t i = 0; i < n; i++) {
		struct reader *r = readers[i];

		r->failed = index_position(news->app->ix, r->after != NULL ? r->after : "", &r->position, &r->err);
	}
	if ((rc = run_pass(&p, err)) < 0)
		return rc;
	p.newest = true;
	return run_pass(&p, err);
}

/* ---- what a version says ---- */

static size_t
weigh(const struct notice *n, const struct redline *r)
{
	AUTO_BUF text = BUF_INIT;
	size_t words = 0;

	canon_write(n, &text);
	for (size_t i = 0; i < r->documents_n; i++)
		words += r->documents[i].diff.old_words + r->documents[i].diff.new_words;
	return WEIGHT_LEAST + WEIGHT * text.len + WEIGHT_WORD * words;
}

static void
share(const struct told *t, struct digest_item *item)
{
	item->notice = t->notice;
	item->redline = t->redline;
	item->shared = true;
}

int
news_load(struct news *news, struct told *t, struct digest_item *item, struct error *err)
{
	size_t weight;
	int rc;

	if (t->kept) {
		share(t, item);
		return 0;
	}
	if ((rc = version_redline(news->app, t->notification, t->commit, &item->notice, &item->redline, err)) < 0 ||
	    (weight = weigh(&item->notice, &item->redline)) > news->room)
		return rc;	/* without room it is this item's alone */
	news->room -= weight;
	t->notice = item->notice;
	t->redline = item->redline;
	t->kept = true;
	share(t, item);
	return 0;
}

/* ---- what all have in common besides ---- */

struct closings *
news_closings(struct news *news, struct error *err)
{
	if (news->closings == NULL)
		(void)closings_read(news->app, &news->closings, err);
	return news->closings;
}

const struct coverages *
news_coverage(struct news *news)
{
	if (news->coverage == NULL)
		news->coverage = coverages_read(news->app);
	return news->coverage;
}

struct dates *
news_dates(struct news *news, struct error *err)
{
	if (news->dates == NULL)
		(void)dates_read(news->app->ix, &news->dates, err);
	return news->dates;
}
