/* TRIS at work: enumerate upward, re-read what is known, one page at a time, each committed by itself. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "../lib/base/message.h"
#include "../lib/base/sha.h"
#include "feed.h"
#include "tris_page.h"

#define ACCEPT "text/html,application/xhtml+xml"
#define MISSES_DAILY 60		/* misses in a row that end the enumeration: once a UTC day, and in its other runs */
#define MISSES_AGAIN 5
#define BAD_IN_A_ROW 3		/* pages not understood that mean a changed layout */
#define BAD_SHARE 5		/* or one in so many of a run's pages, from BAD_IN_A_ROW on */
#define WEEK 7
#define YEAR 365
#define SLOW 90			/* days between readings of what has been closed for more than a year */
#define STALE 3			/* days after which an unread open record makes a 429 a failure */
#define SAVE_EVERY 25		/* pages between two writes of the state */

/* When a hole in the numbers is tried again: days since its last try, by the number of tries. A page may appear under a
 * number that was passed over, and a passing 500 looks like a missing page. */
static const int hole_pause[] = { 0, 0, 1, 7 };

struct reading {
	struct feed *f;
	bool stopped;		/* 429: the next run goes on */
	size_t pages, bad, bad_in_a_row, failed;
	struct error first;	/* first failure of a known page */
};

enum outcome { PAGE_READ, PAGE_MISSING, PAGE_BAD };


static json_t *
entry(struct feed *f, const char *kind, long page)
{
	char key[24];
	json_t *t = feed_table(f, kind), *e;

	snprintf(key, sizeof(key), "%ld", page);
	e = json_object_get(t, key);
	if (!json_is_object(e)) {
		e = json_object();
		json_object_set_new(t, key, e);
	}
	return e;
}

static void
forget(struct feed *f, const char *kind, long page)
{
	char key[24];

	snprintf(key, sizeof(key), "%ld", page);
	json_object_del(feed_table(f, kind), key);
}

/* Keeps the page for inspection and tells of it once. */
static void
quarantine(struct feed *f, long page, const struct buf *body, const char *reason)
{
	AUTO_FREE char *dir = file_join(f->cache, "quarantine"), *path = xasprintf("%s/%ld.html", dir, page);
	json_t *e = entry(f, "quarantine", page);
	char hash[SHA256_HEX];
	struct error err;

	sha256_hex(buf_str(body), body->len, hash);
	if (json_str(e, "since") == NULL) {
		json_set_date(e, "since", f->today);
		message_warn("feed 'tris': page %ld was not understood and lies in quarantine: %s", page, reason);
	}
	json_set_str(e, "reason", reason);
	json_set_str(e, "sha256", hash);
	if (file_mkdirs(dir, &err) < 0 || file_write(path, buf_str(body), body->len, NULL, &err) < 0)
		message_warn("feed 'tris': %s", err.text);
}

static bool
is_quarantined(struct feed *f, long page)
{
	char key[24];

	snprintf(key, sizeof(key), "%ld", page);
	return json_object_get(feed_table(f, "quarantine"), key) != NULL;
}

static void
release(struct feed *f, long page)
{
	AUTO_FREE char *path = xasprintf("%s/quarantine/%ld.html", f->cache, page);

	if (!is_quarantined(f, page))
		return;
	forget(f, "quarantine", page);
	if (unlink(path) == 0)
		message_info("feed 'tris': page %ld is understood again", page);
}

static int
decode(struct feed *f, long page, const struct net_answer *a, struct items *items, struct error *err)
{
	AUTO_FREE char *url = tris_page_url(page);
	AUTO_STRV warnings = STRV_INIT;
	struct item *item = items_add(items);
	int rc;

	item->way = WAY_TRIS;
	item->hint = xasprintf("%ld", page);
	buf_add(&item->raw, buf_str(&a->body), a->body.len);
	rc = tris_page_decode(buf_str(&a->body), a->body.len, a->charset, url, &item->notice, &warnings, err);
	for (size_t i = 0; i < warnings.n; i++)
		message_info("feed 'tris': page %ld: %s", page, warnings.v[i]);
	if (rc == 0 && date_cmp(item->notice.distributed, date_add_days(f->today, 1)) > 0)
		return error_set(err, ERR_DATA, "received in the future");
	return rc == 0 ? item_fits(item, err) : rc;
}

/* A page that is no record: counted, kept aside; many mean that the layout changed. */
static int
bad_page(struct reading *r, long page, const struct buf *body, const char *reason, struct error *err)
{
	quarantine(r->f, page, body, reason);
	r->bad++;
	r->bad_in_a_row++;
	if (r->bad_in_a_row < BAD_IN_A_ROW && (r->bad < BAD_IN_A_ROW || r->bad * BAD_SHARE < r->pages))
		return PAGE_BAD;
	guard_refuse(r->f, "layout", reason);
	return error_set(err, ERR_DATA, "the layout of the pages has changed: %zu of %zu pages were not understood, the last is %ld: %s", r->bad, r->pages, page, reason);
}

static int
take_page(struct reading *r, long page, const struct net_answer *a, struct error *err)
{
	struct feed *f = r->f;
	AUTO_ITEMS items = { 0 };
	struct error why;
	json_t *e;
	int rc;

	r->pages++;
	if (a->status != 304) {
		if ((rc = decode(f, page, a, &items, &why)) < 0)
			return bad_page(r, page, &a->body, why.text, err);
		if ((rc = f->host->take(f->host->ctx, &items, &f->changed, err)) < 0)
			return error_prefix(err, "page %ld", page);
	}
	r->bad_in_a_row = 0;
	release(f, page);
	e = entry(f, "pages", page);
	json_set_date(e, "read", f->today);
	if (a->status != 304) {
		json_set_str(e, "etag", a->etag);
		json_set_str(e, "modified", a->modified);
	}
	return r->pages % SAVE_EVERY == 0 ? feed_save(f, err) : PAGE_READ;
}

/* Asks for a page. Returns an enum outcome or an error; known: a 500 is then a failure of the page, not a miss. */
static int
read_page(struct reading *r, long page, bool known, struct error *err)
{
	struct feed *f = r->f;
	AUTO_FREE char *url = xasprintf("%s/en/notification/%ld", f->settings->url, page);
	struct feed_request req = { .url = url, .accept = ACCEPT, .missing_is_500 = !known };
	struct net_answer a = { 0 };
	struct buf none = BUF_INIT;
	bool limited = false;
	int rc;

	if (known) {
		req.etag = json_str(entry(f, "pages", page), "etag");
		req.modified = json_str(entry(f, "pages", page), "modified");
	}
	rc = feed_get(f, &req, &a, &limited, err);
	r->stopped = limited;
	if (rc == ERR_DATA) {
		struct error why = *err;

		r->pages++;
		return bad_page(r, page, &none, why.text, err);
	}
	if (rc < 0)
		return rc;
	rc = a.status == 500 || a.status == 404 ? PAGE_MISSING : take_page(r, page, &a, err);
	if (rc == PAGE_MISSING)
		release(f, page);
	net_answer_clear(&a);
	return rc;
}

/* What the store knows, sorted by page id. */
struct known {
	struct feed_page *v;
	size_t n, cap;
};

static int
add_known(void *ctx, const struct feed_page *page)
{
	struct known *k = ctx;

	k->v = xgrow(k->v, k->n, &k->cap, sizeof(*k->v));
	k->v[k->n++] = *page;
	return 0;
}

static int
compare_pages(const void *a, const void *b)
{
	const struct feed_page *x = a, *y = b;

	return (x->page > y->page) - (x->page < y->page);
}

static bool
is_known(const struct known *k, long page)
{
	const struct feed_page key = { .page = page };

	return k->n > 0 && bsearch(&key, k->v, k->n, sizeof(*k->v), compare_pages) != NULL;
}

static void
record_hole(struct feed *f, long page)
{
	json_t *e = entry(f, "holes", page);

	json_object_set_new(e, "tries", json_integer(json_integer_value(json_object_get(e, "tries")) + 1));
	json_set_date(e, "last", f->today);
}

/* A run of misses becomes holes only when a page follows it: behind the last page nothing is missing. */
static void
record_holes(struct feed *f, const struct known *k, long from, long to)
{
	for (long page = from; page < to; page++)
		if (!is_known(k, page) && !is_quarantined(f, page))
			record_hole(f, page);
}

/* A day's enumeration that a 429 cut off goes on at the next run: where, and after how many misses in a row. */
static void
resume_probe(struct feed *f, long frontier, long *page, long *misses)
{
	json_t *probe = feed_table(f, "probe");

	*page = frontier + 1;
	*misses = 0;
	if (date_cmp(json_date(probe, "day"), f->today) != 0 || json_integer_value(json_object_get(probe, "from")) != frontier)
		return;
	*page = (long)json_integer_value(json_object_get(probe, "next"));
	*misses = (long)json_integer_value(json_object_get(probe, "misses"));
}

static void
note_probe(struct feed *f, long frontier, long next, long misses)
{
	json_t *probe = feed_table(f, "probe");

	json_set_date(probe, "day", f->today);
	json_object_set_new(probe, "from", json_integer(frontier));
	json_object_set_new(probe, "next", json_integer(next));
	json_object_set_new(probe, "misses", json_integer(misses));
}

/* Upward from the highest page ever seen until so many misses in a row. */
static int
enumerate(struct reading *r, const struct known *k, struct error *err)
{
	struct feed *f = r->f;
	long frontier = (long)json_integer_value(json_object_get(f->state, "frontier")), page, misses;
	long limit = date_cmp(json_date(f->state, "enumerated"), f->today) == 0 ? MISSES_AGAIN : MISSES_DAILY;
	int rc;

	if (frontier < f->settings->start_id)
		frontier = f->settings->start_id - 1;
	for (resume_probe(f, frontier, &page, &misses); misses < limit; page++) {
		f->host->progress(f->host->ctx, "TRIS: new pages", (size_t)(page - f->settings->start_id), 0);
		rc = is_known(k, page) ? PAGE_READ : read_page(r, page, false, err);
		if (rc < 0)
			return rc;
		if (rc == PAGE_BAD)
			continue;	/* no page, no miss: the next run asks again */
		misses = rc == PAGE_MISSING ? misses + 1 : 0;
		if (rc == PAGE_MISSING) {
			note_probe(f, frontier, page + 1, misses);
			continue;
		}
		record_holes(f, k, frontier + 1, page);
		frontier = page;
		json_object_set_new(f->state, "frontier", json_integer(frontier));
	}
	json_object_del(f->state, "probe");
	json_set_date(f->state, "enumerated", f->today);
	return 0;
}

static int
age(const struct feed *f, struct date since)
{
	return date_is_set(since) ? (int)(date_days(f->today) - date_days(since)) : SLOW * 100;
}

static bool
is_open(const struct feed *f, const struct feed_page *p)
{
	return date_is_set(p->closes) && date_cmp(p->closes, f->today) >= 0;
}

struct due {
	long page;
	int age;	/* days since the last reading */
	bool open;
};

/* Open ones first, then the oldest reading. */
static int
compare_due(const void *a, const void *b)
{
	const struct due *x = a, *y = b;

	if (x->open != y->open)
		return y->open - x->open;
	return x->age != y->age ? y->age - x->age : (x->page > y->page) - (x->page < y->page);
}

static size_t
find_due(struct feed *f, const struct known *k, struct due *due)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++) {
		const struct feed_page *p = &k->v[i];
		bool open = is_open(f, p);
		int closed = age(f, date_is_set(p->closes) ? p->closes : p->received);
		int since = age(f, json_date(entry(f, "pages", p->page), "read"));

		if (since >= (open ? 1 : closed < YEAR ? WEEK : SLOW))
			due[n++] = (struct due){ p->page, since, open };
	}
	qsort(due, n, sizeof(*due), compare_due);
	return n;
}

/* A known page that failed costs its own reading, not the run's: it stays due. */
static int
reread(struct reading *r, const struct known *k, struct error *err)
{
	AUTO_FREE struct due *due = xreallocarray(NULL, k->n + 1, sizeof(*due));
	size_t n = find_due(r->f, k, due);

	for (size_t i = 0; i < n; i++) {
		struct error now;
		int rc = read_page(r, due[i].page, true, &now);

		r->f->host->progress(r->f->host->ctx, "TRIS: known pages", i + 1, n);
		if (rc >= 0)
			continue;
		if (rc != ERR_AGAIN || r->stopped || net_left(r->f->net) <= 0) {
			*err = now;
			return rc;
		}
		if (r->failed++ == 0)
			r->first = now;
		if (r->f->patience <= 0 || r->failed >= BAD_IN_A_ROW)
			break;
	}
	return 0;
}

/* Holes and quarantined pages whose time has come. */
static size_t
find_holes(struct feed *f, const struct known *k, long *pages)
{
	const char *key;
	json_t *e;
	size_t n = 0;

	json_object_foreach(feed_table(f, "holes"), key, e) {
		long page = strtol(key, NULL, 10);
		json_int_t tries = json_integer_value(json_object_get(e, "tries"));

		if (tries < (json_int_t)(sizeof(hole_pause) / sizeof(*hole_pause)) && !is_known(k, page) && age(f, json_date(e, "last")) >= hole_pause[tries])
			pages[n++] = page;
	}
	json_object_foreach(feed_table(f, "quarantine"), key, e) {
		if (!is_known(k, strtol(key, NULL, 10)))
			pages[n++] = strtol(key, NULL, 10);
	}
	return n;
}

static int
fill_holes(struct reading *r, const long *pages, size_t n, struct error *err)
{
	struct feed *f = r->f;

	for (size_t i = 0; i < n; i++) {
		int rc = read_page(r, pages[i], false, err);

		f->host->progress(f->host->ctx, "TRIS: holes", i + 1, n);
		if (rc < 0)
			return rc;
		if (rc == PAGE_MISSING)
			record_hole(f, pages[i]);
		else
			forget(f, "holes", pages[i]);
	}
	return 0;
}

/* Some open record has waited too long for its reading. */
static bool
stale(struct feed *f, const struct known *k)
{
	for (size_t i = 0; i < k->n; i++) {
		struct date read = json_date(entry(f, "pages", k->v[i].page), "read");

		if (is_open(f, &k->v[i]) && date_is_set(read) && age(f, read) >= STALE)
			return true;
	}
	return false;
}

/* What is new before what may have changed, and both before what is probably not there: a source that says 'enough' after some pages has then given the
 * most useful ones. */
static int
read_all(struct reading *r, const struct known *k, struct error *err)
{
	size_t max = json_object_size(feed_table(r->f, "holes")) + json_object_size(feed_table(r->f, "quarantine"));
	AUTO_FREE long *holes = xreallocarray(NULL, max + 1, sizeof(*holes));
	size_t n = find_holes(r->f, k, holes);	/* before the enumeration finds others, whose turn is the next run's */
	int rc;

	if ((rc = enumerate(r, k, err)) < 0 || (rc = reread(r, k, err)) < 0)
		return rc;
	return fill_holes(r, holes, n, err);
}

int
tris_feed_run(struct feed *f, struct error *err)
{
	struct reading r = { .f = f };
	struct known k = { 0 };
	int rc;

	if ((rc = f->host->pages(f->host->ctx, add_known, &k, err)) == 0) {
		if (k.n > 0)
			qsort(k.v, k.n, sizeof(*k.v), compare_pages);
		rc = read_all(&r, &k, err);
		if (rc == ERR_AGAIN && r.stopped && f->answers > 0 && !stale(f, &k)) {
			message_info("feed 'tris': %s: %zu pages read, the next run goes on", err->text, r.pages);
			rc = 0;
		} else if (rc == 0 && r.failed > 0) {
			*err = r.first;
			rc = error_prefix(err, "%zu known pages could not be read", r.failed);
		} else if (rc == 0) {
			json_set_date(f->state, "last_good", f->today);
			if (r.bad == 0)
				guard_mend(f, "layout");
		}
	}
	free(k.v);
	return rc < 0 ? error_prefix(err, "feed 'tris'") : 0;
}
