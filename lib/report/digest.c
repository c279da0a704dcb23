#include "digest.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "../notice/symbol.h"
#include "said.h"

#define SUMMARY_COLUMNS 120

void
digest_init(struct digest *d)
{
	memset(d, 0, sizeof(*d));
}

static void
item_clear(struct digest_item *item)
{
	if (!item->shared) {
		notice_clear(&item->notice);
		redline_clear(&item->redline);
	}
	free(item->commit);
	events_clear(&item->events);
	strv_clear(&item->sectors);
	free(item->reason);
	free(item->page);
}

static void
sector_clear(struct digest_sector *s)
{
	free(s->name);
	free(s->title);
	free(s->items);
}

static void
deadline_clear(struct digest_deadline *dl)
{
	free(dl->dossier);
	free(dl->title);
	free(dl->member);
	free(dl->url);
	free(dl->reason);
	free(dl->page);
}

void
digest_clear(struct digest *d)
{
	for (size_t i = 0; i < d->items_n; i++)
		item_clear(&d->items[i]);
	for (size_t i = 0; i < d->sectors_n; i++)
		sector_clear(&d->sectors[i]);
	for (size_t i = 0; i < d->deadlines_n; i++)
		deadline_clear(&d->deadlines[i]);
	for (size_t i = 0; i < sizeof(d->coverage) / sizeof(d->coverage[0]); i++) {
		free(d->coverage[i].feed);
		strv_clear(&d->coverage[i].problems);
	}
	leads_clear(&d->leads);
	free(d->items);
	free(d->sectors);
	free(d->deadlines);
	free(d->subscription);
	free(d->title);
	free(d->language);
	free(d->up_to);
	free(d->unsubscribe);
	free(d->site);
	digest_init(d);
}

struct digest_item *
digest_add_item(struct digest *d)
{
	struct digest_item *item;

	d->items = xgrow(d->items, d->items_n, &d->items_cap, sizeof(*d->items));
	item = &d->items[d->items_n++];
	memset(item, 0, sizeof(*item));
	notice_init(&item->notice);
	return item;
}

struct digest_sector *
digest_sector(struct digest *d, const char *name, const char *title)
{
	struct digest_sector *s;

	for (size_t i = 0; i < d->sectors_n; i++)
		if (strcmp(d->sectors[i].name, name) == 0)
			return &d->sectors[i];
	d->sectors = xgrow(d->sectors, d->sectors_n, &d->sectors_cap, sizeof(*d->sectors));
	s = &d->sectors[d->sectors_n++];
	*s = (struct digest_sector){ .name = xstrdup(name), .title = xstrdup(title) };
	return s;
}

void
digest_sector_add(struct digest_sector *s, size_t item)
{
	s->items = xgrow(s->items, s->n, &s->cap, sizeof(*s->items));
	s->items[s->n++] = item;
}

struct digest_deadline *
digest_add_deadline(struct digest *d)
{
	d->deadlines = xgrow(d->deadlines, d->deadlines_n, &d->deadlines_cap, sizeof(*d->deadlines));
	d->deadlines[d->deadlines_n] = (struct digest_deadline){ .remind = DATE_NONE };
	return &d->deadlines[d->deadlines_n++];
}

/* ---- order ---- */

static bool
is_uncoded(const struct digest_sector *s)
{
	return strcmp(s->name, "uncoded") == 0;
}

static int
by_title(const void *a, const void *b)
{
	const struct digest_sector *x = a, *y = b;
	AUTO_BUF left = BUF_INIT, right = BUF_INIT;
	int order;

	if (is_uncoded(x) != is_uncoded(y))
		return is_uncoded(x) ? 1 : -1;	/* the remainder comes last */
	utf8_fold(said_or(x->title, x->name), &left);
	utf8_fold(said_or(y->title, y->name), &right);
	order = strcmp(buf_str(&left), buf_str(&right));
	return order != 0 ? order : strcmp(x->name, y->name);
}

static int
by_deadline(const void *a, const void *b)
{
	const struct digest_deadline *x = a, *y = b;
	int order = date_cmp(x->deadline, y->deadline);

	return order != 0 ? order : symbol_cmp(said_or(x->dossier, ""), said_or(y->dossier, ""));
}

static int
by_number(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* New ones first, each kind in the order of main, which is that of their numbers. */
static void
sort_items(const struct digest *d, struct digest_sector *s)
{
	size_t *sorted, n = 0;

	if (s->n == 0)
		return;
	qsort(s->items, s->n, sizeof(*s->items), by_number);
	sorted = xreallocarray(NULL, s->n, sizeof(*sorted));
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < s->n; i++)
			if (d->items[s->items[i]].is_new == (pass == 0))
				sorted[n++] = s->items[i];
	free(s->items);
	s->items = sorted;
	s->cap = s->n;
}

void
digest_sort(struct digest *d)
{
	for (size_t i = 0; i < d->sectors_n; i++)
		sort_items(d, &d->sectors[i]);
	if (d->sectors_n > 1)
		qsort(d->sectors, d->sectors_n, sizeof(*d->sectors), by_title);
	if (d->deadlines_n > 1)
		qsort(d->deadlines, d->deadlines_n, sizeof(*d->deadlines), by_deadline);
}

bool
digest_is_empty(const struct digest *d)
{
	for (size_t i = 0; i < d->deadlines_n; i++)
		if (date_is_set(d->deadlines[i].remind))
			return false;
	return d->items_n == 0;
}

/* ---- the line for subjects ---- */

static void
say_where(const struct digest *d, struct buf *out)
{
	if (d->sectors_n == 0)
		return;
	buf_addf(out, " in %s", said_or(d->sectors[0].title, d->sectors[0].name));
	if (d->sectors_n > 1)
		buf_addf(out, " and %zu other sector%s", d->sectors_n - 1, d->sectors_n > 2 ? "s" : "");
}

/* The deadlines are sorted: all close by the last one's day. */
static void
say_closing(const struct digest *d, struct buf *out)
{
	char day[DATE_TEXT];

	if (d->deadlines_n == 0)
		return;
	buf_addf(out, "%s%zu close%s by %s", out->len > 0 ? "; " : "", d->deadlines_n, d->deadlines_n == 1 ? "s" : "",
	    date_format(d->deadlines[d->deadlines_n - 1].deadline, day));
}

/* What a single item is about tells more than its number. */
static void
say_only(const struct digest *d, struct buf *out)
{
	const struct notice *n = &d->items[0].notice;

	buf_addf(out, ": %s", said_or(n->id, "?"));
	if (n->title.s != NULL)
		buf_addf(out, " %s", n->title.s);
}

void
digest_summary(const struct digest *d, struct buf *out)
{
	AUTO_BUF line = BUF_INIT, clean = BUF_INIT;
	size_t fresh = 0;

	for (size_t i = 0; i < d->items_n; i++)
		fresh += d->items[i].is_new;
	if (fresh > 0)
		buf_addf(&line, "%zu new", fresh);
	if (d->items_n > fresh)
		buf_addf(&line, "%s%zu changed", fresh > 0 ? ", " : "", d->items_n - fresh);
	if (d->items_n > 0)
		say_where(d, &line);
	say_closing(d, &line);
	if (d->items_n == 1 && d->deadlines_n == 0)
		say_only(d, &line);
	if (line.len == 0)
		buf_adds(&line, "nothing new");
	said_plain(buf_str(&line), 0, &clean);
	utf8_ellipsis(buf_str(&clean), SUMMARY_COLUMNS, out);
}
