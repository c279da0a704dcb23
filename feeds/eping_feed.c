/* ePing at work: windows of distribution dates and the set open for comment, each paged until complete, checked, and only then handed over. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/message.h"
#include "../lib/notice/symbol.h"
#include "eping_api.h"
#include "feed.h"

#define ACCEPT "application/json"	/* exactly: a compound value makes the server answer XML */
#define PAGE_SIZE 100
#define OVERLAP_DAYS 14			/* before the last good run */
#define WEEKLY_DAYS 120
#define WINDOW_DAYS 31			/* a longer window is asked in pieces */
#define FIRST_YEAR 1995
#define LOOK_UPS 50			/* missing records asked for by symbol in one run */
#define KEPT_DAYS 3
#define WINDOW "window from "		/* how the key of a refused window begins */

static int
language_number(const struct feed *f)
{
	return strcmp(f->settings->language, "fr") == 0 ? 2 : strcmp(f->settings->language, "es") == 0 ? 3 : 1;
}

/* For messages: "window 2025-05-29 to 2025-06-12", "open for comment". */
static char *
question_name(const struct feed_query *q)
{
	char from[DATE_TEXT], to[DATE_TEXT];

	return q->open ? xstrdup("open for comment") : xasprintf("window %s to %s", date_format(q->from, from), date_format(q->to, to));
}

static void
query_url(const struct feed *f, const struct feed_query *q, const char *symbol, int page, struct buf *url)
{
	char day[DATE_TEXT];

	buf_addf(url, "%s%s?language=%d", f->settings->url, f->key != NULL ? "/eping/notifications/search" : "/api/v1/azureSearch/getAll", language_number(f));
	if (q->areas->n == 1)
		buf_addf(url, "&domainIds=%d", strcmp(q->areas->v[0], "TBT") == 0 ? 1 : 2);
	if (date_is_set(q->from))
		buf_addf(url, "&distributionDateFrom=%s", date_format(q->from, day));
	if (date_is_set(q->to))
		buf_addf(url, "&distributionDateTo=%s", date_format(q->to, day));
	if (q->open)
		buf_adds(url, "&checkCommentDeadline=true");
	if (symbol != NULL) {
		buf_adds(url, "&documentSymbol=");
		net_url_escape(symbol, url);
	}
	if (f->key == NULL)
		buf_adds(url, "&sortBy=distributionDate&sortDirection=desc");
	buf_addf(url, "&page=%d&pageSize=%d", page, PAGE_SIZE);
}

/* The same as long as the source is not read to the end, though its last day moves: what a refusal is remembered by. */
static char *
question_key(const struct feed_query *q)
{
	char from[DATE_TEXT];

	return q->open ? xstrdup("open for comment") : xasprintf(WINDOW "%s", date_format(q->from, from));
}

/* Each row must satisfy what was asked: the server ignores parameters that it does not know. */
static int
check_row(const struct feed *f, const struct feed_query *q, const struct eping_row *row, struct error *err)
{
	const struct notice *n = &row->notice;
	char day[DATE_TEXT];

	if (date_is_set(n->distributed) && ((date_is_set(q->from) && date_cmp(n->distributed, q->from) < 0) || (date_is_set(q->to) && date_cmp(n->distributed, q->to) > 0)))
		return error_set(err, ERR_DATA, "the filter was ignored: '%s' was distributed on %s", n->id, date_format(n->distributed, day));
	/* a day of grace: it is not said where the server's day ends */
	if (q->open && !row->in_words && (!date_is_set(n->deadline) || date_cmp(n->deadline, date_add_days(f->today, -1)) < 0))
		return error_set(err, ERR_DATA, "the filter was ignored: '%s' is not open for comment (%s)", n->id,
		    date_is_set(n->deadline) ? date_format(n->deadline, day) : "no deadline");
	if (!strv_has(q->areas, area_name(n->area)) && n->id[0] == 'G')
		return error_set(err, ERR_DATA, "the filter was ignored: '%s' is of area %s", n->id, area_name(n->area));
	return 0;
}

static bool
in_future(const struct feed *f, const struct notice *n)
{
	return date_is_set(n->distributed) && date_cmp(n->distributed, date_add_days(f->today, 1)) > 0;
}

/* A slip of the pen in one row does not cost the others; a page that is dated in the future from top to bottom is a broken one. */
static int
drop_future(const struct feed *f, struct eping_rows *a, size_t before, struct error *err)
{
	size_t kept = before;
	char day[DATE_TEXT];

	for (size_t i = before; i < a->n; i++) {
		struct eping_row *row = &a->v[i];

		if (!in_future(f, &row->notice)) {
			struct eping_row moved = a->v[kept];

			a->v[kept++] = *row;
			*row = moved;
			continue;
		}
		strv_take(&a->problems, xasprintf("item %zu: '%s' is dated in the future (%s)", i - before + 1, row->notice.id, date_format(row->notice.distributed, day)));
		a->bad++;
	}
	if (a->n > before && kept == before)
		return error_set(err, ERR_DATA, "all items are dated in the future, the first '%s' (%s)", a->v[before].notice.id, date_format(a->v[before].notice.distributed, day));
	while (a->n > kept)
		eping_rows_drop_last(a);
	return 0;
}

static void
tell_problems(const struct feed *f, const struct strv *problems)
{
	for (size_t i = 0; i < problems->n; i++)
		message_warn("feed '%s': %s", f->name, problems->v[i]);
}

static bool
is_known(void *ctx, const char *symbol, const char *raw, size_t n)
{
	const struct feed *f = ctx;

	return f->host->known(f->host->ctx, symbol, WAY_API, raw, n);
}

/* One page of an answer; *last is set when nothing can follow. */
static int
read_page(struct feed *f, const struct feed_query *q, const char *symbol, int page, struct eping_rows *a, bool *last, struct error *err)
{
	AUTO_BUF url = BUF_INIT, body = BUF_INIT;
	const struct eping_known known = { is_known, f };
	size_t before = a->n, bad = a->bad, got;
	int rc;

	query_url(f, q, symbol, page, &url);
	if ((rc = feed_get_kept(f, buf_str(&url), ACCEPT, &body, err)) < 0)
		return rc;
	if ((rc = eping_api_rows_but(buf_str(&body), body.len, &known, a, err)) < 0)
		return error_prefix(err, "page %d", page);
	if (symbol == NULL && (rc = drop_future(f, a, before, err)) < 0)
		return error_prefix(err, "page %d", page);
	for (size_t i = before; symbol == NULL && i < a->n; i++)
		if ((rc = check_row(f, q, &a->v[i], err)) < 0)
			return error_prefix(err, "page %d, item %zu", page, i - before + 1);
	got = a->n - before + a->bad - bad;
	*last = got < PAGE_SIZE || (a->total >= 0 && (long)page * PAGE_SIZE >= a->total);
	if (got == 0 && a->total > (long)(page - 1) * PAGE_SIZE)
		return error_set(err, ERR_DATA, "page %d is empty although the server counts %ld", page, a->total);
	return 0;
}

static int
compare_ids(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

/* Rows that differ: the server repeats some, and a page boundary may shift while we read. */
static size_t
distinct_rows(const struct eping_rows *rows)
{
	AUTO_FREE long *ids = xreallocarray(NULL, rows->n + 1, sizeof(*ids));
	size_t distinct = 0;

	for (size_t i = 0; i < rows->n; i++)
		ids[i] = rows->v[i].id;
	qsort(ids, rows->n, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < rows->n; i++)
		distinct += i == 0 || ids[i] < 0 || ids[i] != ids[i - 1];
	return distinct;
}

static int
read_answer(struct feed *f, const struct feed_query *q, const char *symbol, struct eping_rows *a, struct error *err)
{
	bool last = false;
	size_t distinct;
	int rc;

	for (int page = 1; !last; page++) {
		if (page > LIMIT_PAGES)
			return error_set(err, ERR_DATA, "more than %d pages", LIMIT_PAGES);
		if ((rc = read_page(f, q, symbol, page, a, &last, err)) < 0)
			return rc;
		f->host->progress(f->host->ctx, "ePing", a->n, a->total > 0 ? (size_t)a->total : 0);
	}
	distinct = distinct_rows(a) + a->bad;
	if (a->total >= 0 && distinct < (size_t)a->total)
		return error_set(err, ERR_DATA, "incomplete: %zu rows of the %ld that the server counts", distinct, a->total);
	return 0;
}

/* Held records that the items lack. */
static void
find_missing(struct feed *f, const struct strv *held, const struct items *items, struct strv *missing)
{
	AUTO_STRV seen = STRV_INIT;

	for (size_t i = 0; i < items->n; i++)
		for (size_t k = 0; k < items->v[i].notice.symbols.n; k++) {
			AUTO_BUF id = BUF_INIT;

			if (f->host->resolve(f->host->ctx, items->v[i].notice.symbols.v[k], &id))
				strv_add(&seen, buf_str(&id));
		}
	strv_sort(&seen);
	for (size_t i = 0; i < held->n; i++) {
		if (seen.n == 0 || bsearch(&held->v[i], seen.v, seen.n, sizeof(*seen.v), strv_compare) == NULL)
			strv_add(missing, held->v[i]);
		else
			guard_seen(f, held->v[i]);
	}
}

/* Does the source still have it, outside the question that lacked it? Then it changed and is taken; else its absence counts. */
static int
look_up(struct feed *f, const struct feed_query *q, const char *id, struct error *err)
{
	const struct feed_query any = { .areas = q->areas };
	AUTO_EPING_ROWS a = EPING_ROWS_INIT;
	AUTO_ITEMS items = { 0 };
	bool found = false;
	int rc;

	if ((rc = read_answer(f, &any, id, &a, err)) == 0) {
		eping_join(&a, &items);
		for (size_t i = 0; i < items.n && !found; i++)
			found = strv_has(&items.v[i].notice.symbols, id);
		if (found)
			rc = f->host->take(f->host->ctx, &items, &f->changed, err);
	}
	if (rc < 0)
		return error_prefix(err, "looking up '%s'", id);
	if (!found && !guard_missing(f, id))
		return 0;
	if (!found && (rc = f->host->vanish(f->host->ctx, id, err)) < 0)
		return rc;
	guard_seen(f, id);
	return 0;
}

/* A complete, checked answer: guard, take, and see to what it lacks. */
static int
accept_answer(struct feed *f, const struct feed_query *q, struct eping_rows *a, struct error *err)
{
	AUTO_ITEMS items = { 0 };
	AUTO_STRV held = STRV_INIT, missing = STRV_INIT;
	int rc;

	eping_join(a, &items);
	tell_problems(f, &items.problems);
	if ((rc = f->host->held(f->host->ctx, q, &held, err)) < 0)
		return rc;
	find_missing(f, &held, &items, &missing);
	if (!f->accept && guard_lacks(held.n, missing.n))
		return error_set(err, ERR_DATA, "the answer lacks %zu of the %zu notifications held; 'fetch eping --accept' takes it", missing.n, held.n);
	if ((rc = f->host->take(f->host->ctx, &items, &f->changed, err)) < 0)
		return rc;
	for (size_t i = 0; i < missing.n && i < LOOK_UPS; i++)
		if ((rc = look_up(f, q, missing.v[i], err)) < 0)
			return rc;
	return 0;
}

static int
ask(struct feed *f, const struct feed_query *q, struct error *err)
{
	AUTO_FREE char *name = question_name(q), *key = question_key(q);
	AUTO_EPING_ROWS a = EPING_ROWS_INIT;
	int rc = read_answer(f, q, NULL, &a, err);

	if (rc == 0)
		rc = accept_answer(f, q, &a, err);
	if (rc == ERR_DATA)
		guard_refuse(f, key, err->text);
	if (rc < 0)
		return error_prefix(err, "feed '%s': %s", f->name, name);
	guard_mend(f, key);
	return 0;
}

/* Keeps the first failure; an answer that was refused does not stop the questions after it, anything else does. */
static bool
go_on(int rc, const struct error *now, int *first, struct error *err)
{
	if (rc < 0 && *first == 0) {
		*first = rc;
		*err = *now;
	} else if (rc < 0) {
		message_error("%s", now->text);
	}
	return rc == 0 || rc == ERR_DATA;
}

/* Days from..to in pieces, oldest first, so that a base comes before what amends it. */
static int
ask_windows(struct feed *f, struct date from, struct date to, struct error *err)
{
	int first = 0;

	while (date_cmp(from, to) <= 0) {
		struct date end = date_add_days(from, WINDOW_DAYS - 1);
		struct feed_query q = { .areas = &f->settings->areas, .from = from, .to = date_cmp(end, to) < 0 ? end : to };
		struct error now;

		if (!go_on(ask(f, &q, &now), &now, &first, err))
			break;
		from = date_add_days(q.to, 1);
	}
	return first;
}

/* Where the window of this run begins, and whether it is the weekly long one. */
static struct date
window_start(const struct feed *f, bool *weekly)
{
	struct date last = json_date(f->state, "last_good"), week = json_date(f->state, "last_week"), from;

	from = date_add_days(date_is_set(last) && date_cmp(last, f->today) < 0 ? last : f->today, -OVERLAP_DAYS);
	*weekly = f->key != NULL || (date_is_set(week) && date_days(f->today) - date_days(week) >= 7);
	if (*weekly && date_cmp(date_add_days(f->today, -WEEKLY_DAYS), from) < 0)
		from = date_add_days(f->today, -WEEKLY_DAYS);
	if (date_is_set(f->since) && date_cmp(f->since, from) < 0)
		from = f->since;
	return from;
}

/* --all: month by month from the beginning, remembering how far it came. */
static int
back_fill(struct feed *f, struct error *err)
{
	struct date from = json_date(f->state, "backfilled"), end = date_add_days(f->today, -OVERLAP_DAYS);
	int rc;

	if (!date_is_set(from) && !date_is_set(from = f->since))
		from = (struct date){ FIRST_YEAR, 1, 1 };
	while (date_cmp(from, end) <= 0) {
		struct date next = date_add_months((struct date){ from.year, from.month, 1 }, 1);

		f->host->progress(f->host->ctx, "back-fill: months", (size_t)((from.year - FIRST_YEAR) * 12 + from.month), (size_t)((end.year - FIRST_YEAR) * 12 + end.month));
		if ((rc = ask_windows(f, from, date_add_days(next, -1), err)) < 0)
			return rc;
		json_set_date(f->state, "backfilled", next);
		if ((rc = feed_save(f, err)) < 0)
			return rc;
		from = next;
	}
	json_object_del(f->state, "backfilled");
	return 0;
}

/* Windows refused in earlier runs, which began elsewhere, are mended by a good run over their days. */
static void
mend_windows(struct feed *f, struct date start)
{
	json_t *refused = json_object_get(f->state, "refused"), *entry;
	const char *key;
	void *next;
	struct date from;

	json_object_foreach_safe(refused, next, key, entry) {
		if (strncmp(key, WINDOW, strlen(WINDOW)) == 0 && date_parse_iso(key + strlen(WINDOW), &from, NULL) && date_cmp(from, start) >= 0)
			json_object_del(refused, key);
	}
}

int
eping_feed_run(struct feed *f, struct error *err)
{
	const struct feed_query open = { .areas = &f->settings->areas, .open = true };
	struct error now;
	bool weekly;
	struct date start = window_start(f, &weekly);
	int first = 0;

	if (f->all && !go_on(back_fill(f, &now), &now, &first, err))
		return first;
	if (!go_on(ask_windows(f, start, f->today, &now), &now, &first, err))
		return first;
	/* the keyed API has no such filter: there the long window stands for it */
	if (f->key == NULL && !go_on(ask(f, &open, &now), &now, &first, err))
		return first;
	if (first == 0) {
		mend_windows(f, start);
		json_set_date(f->state, "last_good", f->today);
		if (weekly || !date_is_set(json_date(f->state, "last_week")))
			json_set_date(f->state, "last_week", f->today);
		feed_prune_kept(f, KEPT_DAYS);
	}
	return first;
}
