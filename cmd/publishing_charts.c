#include "publishing_charts.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/site/chart.h"

#define MONTHS 24
#define WEEKS 14
#define MEMBERS_SHOWN 25
#define ENOUGH 5		/* drafts of a member, for its middle to mean something */

/* ---- months ---- */

struct months {
	struct date first;
	char labels[MONTHS][16], ticks[MONTHS][16];
	const char *label[MONTHS], *tick[MONTHS];
};

static void
months_init(struct months *m, struct date first)
{
	m->first = (struct date){ first.year, first.month, 1 };
	for (int i = 0; i < MONTHS; i++) {
		struct date d = date_add_months(m->first, i);

		snprintf(m->labels[i], sizeof(m->labels[i]), "%04d-%02d", d.year, d.month);
		if (d.month == 1 || i == 0)
			snprintf(m->ticks[i], sizeof(m->ticks[i]), "%04d", d.year);
		else
			m->ticks[i][0] = '\0';
		m->label[i] = m->labels[i];
		m->tick[i] = m->ticks[i];
	}
}

/* Up to the running month. */
static void
latest_months(const struct world *w, struct months *m)
{
	struct date t = w->meta.today;

	months_init(m, date_add_months((struct date){ t.year, t.month, 1 }, 1 - MONTHS));
}

static void
count_months(const struct months *m, const struct row_list *rows, size_t n, long *counts)
{
	for (size_t i = rows->n; i > 0; i--) {
		const struct site_row *r = rows->v[i - 1];
		int month = date_is_set(r->distributed) ? chart_months_between(m->first, r->distributed) : -1;

		if (month >= 0 && (size_t)month < n)
			counts[month]++;
	}
}

static bool
any(const long *counts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (counts[i] > 0)
			return true;
	return false;
}

static void
chart_months(const struct world *w, const struct world_list *l, struct buf *out)
{
	long counts[MONTHS] = { 0 };
	struct chart_series series = { .name = "Notifications", .values = counts };
	struct chart c = { .id = "months", .title = "Notifications a month", .axis = "Month", .unit = "notifications", .n = MONTHS, .series = &series, .series_n = 1 };
	struct months m;

	if (strcmp(l->noun, "year") == 0) {
		if (l->rows.n == 0 || !date_is_set(l->rows.v[0]->distributed))
			return;
		months_init(&m, (struct date){ l->rows.v[0]->distributed.year, 1, 1 });
		c.n = 12;
	} else {
		latest_months(w, &m);
	}
	c.labels = m.label;
	c.ticks = c.n == 12 ? NULL : m.tick;
	count_months(&m, &l->rows, c.n, counts);
	if (any(counts, c.n))
		chart_columns(&c, out);
}

/* ---- time to comment ---- */

/* A draft that asks for comments, of the World Trade Organization: a standstill is another thing. */
static bool
gave_time(const struct site_row *r, int32_t *days)
{
	if (r->source != SOURCE_EPING || (r->kind != KIND_DRAFT && r->kind != KIND_REVISION) || !date_is_set(r->distributed) || !date_is_set(r->deadline))
		return false;
	*days = date_days(r->deadline) - date_days(r->distributed);
	return true;
}

static void
chart_given(const struct world *w, const struct world_list *l, struct buf *out)
{
	long counts[CHART_GIVEN_BINS] = { 0 };
	struct chart_series series = { .name = "Drafts", .values = counts };
	const struct chart c = { .id = "given", .title = "Days given to comment", .axis = "Days", .unit = "drafts", .labels = chart_given_labels,
	    .n = CHART_GIVEN_BINS, .series = &series, .series_n = 1, .mark = CHART_GIVEN_MARK, .mark_label = "60 days",
	    .note = "From circulation to the day by which comments were asked for. The TBT and SPS Committees recommend at least 60 days." };
	int32_t days;

	(void)w;
	for (size_t i = 0; i < l->rows.n; i++)
		if (gave_time(l->rows.v[i], &days))
			counts[chart_given_bin(days)]++;
	if (any(counts, CHART_GIVEN_BINS))
		chart_columns(&c, out);
}

void
charts_of_list(const struct world *w, const struct world_list *l, struct buf *out)
{
	chart_months(w, l, out);
	chart_given(w, l, out);
}

/* ---- lists side by side ---- */

struct ranked {
	const struct world_list *list;
	long *counts;
	long sum;
	char *href;
};

static int
largest_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->sum != y->sum)
		return x->sum < y->sum ? 1 : -1;
	return strcmp(x->list->title, y->list->title);
}

static struct ranked *
rank_lists(const struct world *w, size_t kind, const struct months *m)
{
	struct ranked *ranked = xcalloc(w->lists_n[kind] + 1, sizeof(*ranked));

	for (size_t i = 0; i < w->lists_n[kind]; i++) {
		ranked[i] = (struct ranked){ .list = &w->lists[kind][i], .counts = xcalloc(MONTHS, sizeof(long)), .href = xstrdup(w->lists[kind][i].front) };
		count_months(m, &ranked[i].list->rows, MONTHS, ranked[i].counts);
		for (size_t k = 0; k < MONTHS; k++)
			ranked[i].sum += ranked[i].counts[k];
	}
	qsort(ranked, w->lists_n[kind], sizeof(*ranked), largest_first);
	return ranked;
}

void
chart_by_list(const struct world *w, size_t kind, const char *title, struct buf *out)
{
	struct chart c = { .id = kind == LISTS_SECTORS ? "by-sector" : "by-member", .title = title, .axis = "Month", .unit = "notifications", .n = MONTHS,
	    .note = "The largest of the last two years; all others are in the lists." };
	AUTO_FREE struct ranked *ranked = NULL;
	AUTO_FREE struct chart_series *series = NULL;
	struct months m;

	latest_months(w, &m);
	ranked = rank_lists(w, kind, &m);
	series = xcalloc(w->lists_n[kind] + 1, sizeof(*series));
	for (size_t i = 0; i < w->lists_n[kind] && i < CHART_SERIES && ranked[i].sum > 0; i++)
		series[c.series_n++] = (struct chart_series){ ranked[i].list->title, ranked[i].href, ranked[i].counts };
	c.labels = m.label;
	c.ticks = m.tick;
	c.series = series;
	if (c.series_n > 0)
		chart_panels(&c, out);
	for (size_t i = 0; i < w->lists_n[kind]; i++) {
		free(ranked[i].counts);
		free(ranked[i].href);
	}
}

/* ---- days given, by member ---- */

struct middle {
	const char *name;
	long days;
	size_t drafts;
};

static int
by_number(const void *a, const void *b)
{
	const long *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
most_drafts_first(const void *a, const void *b)
{
	const struct middle *x = a, *y = b;

	if (x->drafts != y->drafts)
		return x->drafts < y->drafts ? 1 : -1;
	return strcmp(x->name, y->name);
}

static int
shortest_first(const void *a, const void *b)
{
	const struct middle *x = a, *y = b;

	if (x->days != y->days)
		return x->days < y->days ? -1 : 1;
	return strcmp(x->name, y->name);
}

static struct middle
middle_of(const struct world *w, const struct world_list *l)
{
	AUTO_FREE long *days = xcalloc(l->rows.n + 1, sizeof(*days));
	struct middle m = { l->title, 0, 0 };
	struct date since = date_add_days(w->meta.today, -2 * 365);
	int32_t d;

	for (size_t i = l->rows.n; i > 0 && date_cmp(l->rows.v[i - 1]->distributed, since) >= 0; i--)
		if (gave_time(l->rows.v[i - 1], &d))
			days[m.drafts++] = d;
	qsort(days, m.drafts, sizeof(*days), by_number);
	m.days = m.drafts > 0 ? days[m.drafts / 2] : 0;
	return m;
}

void
chart_given_by_member(const struct world *w, struct buf *out)
{
	AUTO_FREE struct middle *all = xcalloc(w->lists_n[LISTS_MEMBERS] + 1, sizeof(*all));
	const char *names[MEMBERS_SHOWN];
	long days[MEMBERS_SHOWN];
	struct chart_series series = { .name = "Days", .values = days };
	const struct chart c = { .id = "given-by-member", .title = "Days given to comment, by member", .axis = "Member", .unit = "days", .labels = names,
	    .series = &series, .series_n = 1, .reference = 60, .reference_label = "60 days",
	    .note = "The middle of the drafts of the last two years, of the members that notified most. The TBT and SPS Committees recommend at least 60 days." };
	struct chart filled = c;
	size_t n = 0;

	for (size_t i = 0; i < w->lists_n[LISTS_MEMBERS]; i++) {
		all[n] = middle_of(w, &w->lists[LISTS_MEMBERS][i]);
		n += all[n].drafts >= ENOUGH;
	}
	qsort(all, n, sizeof(*all), most_drafts_first);
	n = n < MEMBERS_SHOWN ? n : MEMBERS_SHOWN;
	qsort(all, n, sizeof(*all), shortest_first);
	for (size_t i = 0; i < n; i++) {
		names[i] = all[i].name;
		days[i] = all[i].days;
	}
	filled.n = n;
	if (n > 0)
		chart_rows(&filled, out);
}

/* ---- the next weeks ---- */

void
chart_closing(const struct world *w, struct buf *out)
{
	long counts[WEEKS] = { 0 };
	char labels[WEEKS][16];
	const char *label[WEEKS];
	struct chart_series series = { .name = "Drafts", .values = counts };
	const struct chart c = { .id = "weeks", .title = "What closes in the next weeks", .axis = "Week from", .unit = "drafts", .labels = label, .n = WEEKS,
	    .series = &series, .series_n = 1 };
	struct date monday = date_add_days(w->meta.today, -date_weekday(w->meta.today));

	for (int i = 0; i < WEEKS; i++) {
		char day[DATE_TEXT];

		snprintf(labels[i], sizeof(labels[i]), "%s", date_format(date_add_days(monday, 7 * i), day));
		label[i] = labels[i];
	}
	for (size_t i = 0; i < w->closing.n; i++) {
		int week = chart_weeks_between(w->meta.today, w->closing.v[i]->effective_deadline);

		if (week >= 0 && week < WEEKS)
			counts[week]++;
	}
	if (any(counts, WEEKS))
		chart_columns(&c, out);
}
