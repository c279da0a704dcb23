#include "collect.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/symbol.h"
#include "../store/intake.h"
#include "attaching.h"
#include "find.h"

/* An item, the texts that were read with it and what was found out about it. */
struct entry {
	const struct item *item;
	const struct attach_texts *texts;
	struct findings *findings;
};

/* Oldest first, a base before what amends it: a window comes newest first, and the order of main is the order of events. */
static int
compare_entries(const void *a, const void *b)
{
	const struct notice *x = &((const struct entry *)a)->item->notice, *y = &((const struct entry *)b)->item->notice;
	int order = date_cmp(x->distributed, y->distributed);

	return order != 0 ? order : symbol_cmp(x->id, y->id);
}

static int
add_entry(struct intake *in, const struct entry *e, struct error *err)
{
	size_t n = e->texts != NULL ? e->texts->n : 0;
	AUTO_FREE struct arrival_text *texts = xcalloc(n, sizeof(*texts));
	AUTO_BUF suffix = BUF_INIT;
	struct arrival d = {
		.notice = &e->item->notice, .way = e->item->way, .raw = buf_str(&e->item->raw), .raw_len = e->item->raw.len, .texts = texts, .texts_n = n,
		.findings = e->findings,
	};

	for (size_t i = 0; i < n; i++)
		texts[i] = (struct arrival_text){ buf_str(&e->texts->v[i]), e->texts->v[i].len };
	item_suffix(e->item->way, e->item->hint, &suffix);
	d.suffix = buf_str(&suffix);
	return intake_add(in, &d, NULL, err);
}

struct intake *
collect_begin(struct app *app)
{
	return intake_new(app->st, app->ix, clock_now(), item_decode);
}

int
collect_into(struct intake *in, const struct items *items, const struct attach_texts *texts, struct findings *findings, struct error *err)
{
	AUTO_FREE struct entry *order = xcalloc(items->n, sizeof(*order));
	int rc = 0;

	for (size_t i = 0; i < items->n; i++)
		order[i] = (struct entry){ &items->v[i], texts != NULL ? &texts[i] : NULL, findings != NULL ? &findings[i] : NULL };
	qsort(order, items->n, sizeof(*order), compare_entries);
	for (size_t i = 0; rc == 0 && i < items->n; i++)
		rc = add_entry(in, &order[i], err);
	return rc;
}

/* Who keeps the records for a feed. */
struct keeper {
	struct app *app;
	struct feed *feed;
};

/* Has the store these very bytes? Then there is nothing new about the record. */
static bool
host_known(void *ctx, const char *symbol, enum way way, const char *raw, size_t n)
{
	struct app *app = ((struct keeper *)ctx)->app;
	AUTO_BUF id = BUF_INIT;
	char blob[OID_HEX];

	if (!index_resolve(app->ix, symbol, &id))
		return false;
	store_hash(raw, n, blob);
	return index_same_raw(app->ix, buf_str(&id), way, blob);
}

/* A joint notification, and a page of TRIS, is only known as a whole. */
static bool
is_known(struct keeper *k, const struct item *item)
{
	return item->known || host_known(k, item->notice.id, item->way, buf_str(&item->raw), item->raw.len);
}

/* Most of what a source sends is known: it is looked at once, here. */
static int
host_take(void *ctx, const struct items *items, size_t *changed, struct error *err)
{
	struct keeper *k = ctx;
	AUTO_FREE struct item *fresh = xcalloc(items->n, sizeof(*fresh));	/* borrowed */
	AUTO_FREE struct attach_texts *texts = xcalloc(items->n, sizeof(*texts));
	struct items news = { .v = fresh };
	struct intake *in;
	int rc;

	for (size_t i = 0; i < items->n; i++)
		if (!is_known(k, &items->v[i]))
			fresh[news.n++] = items->v[i];
	attaching_items(k->app, k->feed, &news, texts);
	in = collect_begin(k->app);
	if ((rc = collect_into(in, &news, texts, NULL, err)) == 0)
		rc = intake_commit(in, err);
	*changed += intake_versions(in);
	intake_free(in);
	for (size_t i = 0; i < news.n; i++)
		attach_texts_clear(&texts[i]);
	return rc;
}

struct held {
	const struct feed_query *query;
	struct strv *ids;
};

static int
add_held(void *ctx, const struct index_row *row)
{
	struct held *h = ctx;

	if (date_is_set(row->vanished) || (h->query->open && date_cmp(row->deadline, clock_today()) < 0))
		return 0;
	strv_add(h->ids, row->id);
	return 0;
}

static int
host_held(void *ctx, const struct feed_query *q, struct strv *ids, struct error *err)
{
	struct app *app = ((struct keeper *)ctx)->app;
	struct filter f = FILTER_INIT;
	struct held h = { q, ids };
	int rc;

	strv_add(&f.sources, "eping");
	strv_copy(&f.areas, q->areas);
	if (date_is_set(q->from))
		f.since = date_midnight(q->from);
	if (date_is_set(q->to))
		f.until = date_midnight(date_add_days(q->to, 1));
	f.open = q->open;
	rc = index_list(app->ix, &f, NULL, ORDER_NEWEST, add_held, &h, err);
	filter_clear(&f);
	strv_sort(ids);
	return rc;
}

static bool
host_resolve(void *ctx, const char *symbol, struct buf *id)
{
	const struct app *app = ((struct keeper *)ctx)->app;

	return index_resolve(app->ix, symbol, id);
}

static int
host_vanish(void *ctx, const char *id, struct error *err)
{
	struct intake *in = collect_begin(((struct keeper *)ctx)->app);
	int rc;

	if ((rc = intake_vanish(in, id, err)) == 0)
		rc = intake_commit(in, err);
	intake_free(in);
	return rc;
}

static bool
host_text(void *ctx, const struct notice *n, const struct document *d, struct buf *out)
{
	return read_attached(((struct keeper *)ctx)->app, n, "", d, out, NULL) == 0;
}

struct pages {
	int (*fn)(void *ctx, const struct feed_page *page);
	void *ctx;
	struct error *err;
};

/* The page's number is the end of its address: ".../en/notification/26754". */
static int
give_page(void *ctx, const struct index_row *row)
{
	struct pages *p = ctx;
	const struct notice *n = index_row_notice(row, p->err);
	const char *slash = n != NULL && n->url != NULL ? strrchr(n->url, '/') : NULL;
	struct feed_page page = { .received = row->distributed, .closes = row->deadline };

	if (n == NULL)
		return ERR_DATA;
	page.page = slash != NULL ? strtol(slash + 1, NULL, 10) : 0;
	return page.page > 0 ? p->fn(p->ctx, &page) : 0;
}

static int
host_pages(void *ctx, int (*fn)(void *fn_ctx, const struct feed_page *page), void *fn_ctx, struct error *err)
{
	struct app *app = ((struct keeper *)ctx)->app;
	struct filter f = FILTER_INIT;
	struct pages p = { fn, fn_ctx, err };
	int rc;

	strv_add(&f.sources, "tris");
	rc = index_list(app->ix, &f, NULL, ORDER_NEWEST, give_page, &p, err);
	filter_clear(&f);
	return rc;
}

/* A bar for people who watch; cron sees nothing. */
static void
host_progress(void *ctx, const char *what, size_t done, size_t total)
{
	(void)ctx;
	if (message_level() < 0 || !isatty(STDERR_FILENO))
		return;
	if (total > 0)
		fprintf(stderr, "\r%s: %zu of %zu\033[K", what, done, total);
	else
		fprintf(stderr, "\r%s: %zu\033[K", what, done);
	if (total > 0 && done >= total)
		fputs("\r\033[K", stderr);
}

static int
run_feed(struct app *app, struct net *net, enum source source, const struct collect_options *o, struct error *err)
{
	static int (*const run[])(struct feed *f, struct error *err) = { eping_feed_run, tris_feed_run };
	struct keeper keeper = { .app = app };
	const struct feed_host host = { &keeper, host_known, host_take, host_held, host_resolve, host_vanish, host_text, host_pages, host_progress };
	AUTO_FREE char *cache = app_path(app, "cache");
	struct feed f = {
		.name = source_name(source), .settings = &app->settings.feed[source], .net = net, .host = &host, .cache = cache, .language = app->settings.language,
		.today = clock_today(), .since = o->since, .all = o->all, .accept = o->accept,
	};
	struct error saved;
	int rc = feed_open(&f, err);

	keeper.feed = &f;
	if (rc == 0) {
		rc = run[source](&f, err);
		if (rc == 0)	/* a source that is out of order has no documents either */
			rc = attaching_rest(app, &f, err);
		if (feed_save(&f, &saved) < 0)
			rc = graver(rc, err, saved.code, &saved, err);
	}
	host_progress(&keeper, f.name, 1, 1);
	message_info("feed '%s': %zu requests, %zu answers, %zu new versions", f.name, f.requests, f.answers, f.changed);
	feed_close(&f);
	return rc;
}

int
graver(int a, const struct error *ea, int b, const struct error *eb, struct error *err)
{
	static const int order[] = { ERR_BUG, ERR_SYSTEM, ERR_CONF, ERR_IO, ERR_DATA, ERR_MISSING, ERR_AGAIN };
	struct error worse = a < 0 ? *ea : *eb, other = a < 0 ? *eb : *ea;

	if (a < 0 && b < 0) {
		for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
			if (a == order[i])
				break;
			if (b == order[i]) {
				worse = *eb;
				other = *ea;
				break;
			}
		}
		message_error("%s", other.text);
	}
	if (a == 0 && b == 0)
		return 0;
	*err = worse;
	return worse.code;
}

int
collect_feeds(struct app *app, const struct collect_options *o, struct error *err)
{
	const struct net_options options = {
		.contact = app->settings.contact, .version = REGWATCH_VERSION,
		.deadline = clock_monotonic() + (double)app->settings.time_limit,
	};
	struct net *net = net_new(&options);
	int rc = 0;

	for (int s = SOURCE_EPING; s <= SOURCE_TRIS; s++) {
		struct error now = { 0 };
		int failed;

		if (!o->feed[s] || !app->settings.feed[s].enabled)
			continue;
		failed = run_feed(app, net, (enum source)s, o, &now);
		rc = graver(rc, err, failed, &now, err);
	}
	net_free(net);
	return rc;
}
