/* A trial for people */
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "page.h"
#include "trial.h"

#define SAMPLES 10	/* of each kind; JSON has them all */
#define BAR_MAX 40	/* columns */

static void
write_head(const struct page *p, const struct trial *t)
{
	char since[DATE_TEXT], until[DATE_TEXT];

	page_putf(p, 4, "%s  %s (rule: %s)", t->sector, t->title, t->configured ? "as configured" : "as it ships");
	page_putf(p, 4, "%s to %s: %zu hit%s, %.1f a week%s; %zu near miss%s", date_format(t->since, since), date_format(t->until, until), t->replay.hits.n,
	    t->replay.hits.n == 1 ? "" : "s", trial_per_week(t), t->low > 0 ? "" : ", none of low confidence", t->replay.near.n, t->replay.near.n == 1 ? "" : "es");
	if (t->low > 0)
		page_putf(p, 4, "%ld of the hits with low confidence: the best of weak sectors", t->low);
	if (t->replay.unread > 0)
		page_putf(p, 4, "%zu versions could not be read", t->replay.unread);
}

static void
write_weeks(const struct page *p, const struct trial *t)
{
	long most = 1;

	page_heading(p, "Hits a week");
	for (size_t i = 0; i < t->weeks_n; i++)
		most = t->weeks[i] > most ? t->weeks[i] : most;
	for (size_t i = 0; i < t->weeks_n; i++) {
		long bar = most <= BAR_MAX ? t->weeks[i] : (t->weeks[i] * BAR_MAX + most - 1) / most;
		char day[DATE_TEXT], bars[BAR_MAX + 1];

		memset(bars, '#', (size_t)bar);
		bars[bar] = '\0';
		page_putf(p, 4, "  %s %4ld  %s", date_format(date_add_days(t->monday, (int32_t)i * 7), day), t->weeks[i], bars);
	}
}

static void
write_item(const struct page *p, const struct replay_item *item)
{
	const struct sector_match *m = item->why.n > 0 ? &item->why.v[0] : NULL;
	AUTO_BUF why = BUF_INIT;
	AUTO_BUF events = BUF_INIT;
	char at[INSTANT_TEXT];

	strv_join(&item->events, ", ", &events);
	page_putf(p, 4, "  %.10s  %s  %s", instant_format(item->at, at), item->notification, item->title != NULL ? item->title : "(no title)");
	if (m != NULL)
		sector_reason_text(m, &why);
	page_putf(p, 6, "    %s; %.2f%s: %s", buf_str(&events), m != NULL ? m->score : 0, m != NULL && m->low ? ", low confidence" : "",
	    why.len > 0 ? buf_str(&why) : "nothing that counts");
}

static void
write_rest(const struct page *p, size_t rest)
{
	if (rest > 0)
		page_putf(p, 4, "  and %zu more: --format=json lists all", rest);
}

/* The newest; of near misses the nearest. */
static void
write_items(const struct page *p, const char *title, const struct replay_items *items, const size_t *order)
{
	page_heading(p, title);
	if (items->n == 0)
		page_put(p, 0, "  none");
	for (size_t i = 0; i < items->n && i < SAMPLES; i++)
		write_item(p, &items->v[order != NULL ? order[i] : items->n - 1 - i]);
	write_rest(p, items->n > SAMPLES ? items->n - SAMPLES : 0);
}

static double
score_of(const struct replay_item *item)
{
	return item->why.n > 0 ? item->why.v[0].score : 0;
}

/* Numbers of the items, best score first, newest first of the same. */
static size_t *
by_score(const struct replay_items *items)
{
	size_t *order = xcalloc(items->n + 1, sizeof(*order)), picked = 0;

	for (size_t best; picked < items->n && picked < SAMPLES; order[picked++] = best) {
		best = items->n;
		for (size_t i = items->n; i-- > 0; ) {
			bool taken = false;

			for (size_t k = 0; k < picked; k++)
				taken = taken || order[k] == i;
			if (!taken && (best == items->n || score_of(&items->v[i]) > score_of(&items->v[best])))
				best = i;
		}
	}
	return order;
}

static void
write_changes(const struct page *p, const char *sign, const char *verb, const char *where, const struct replay_change *v, size_t n)
{
	if (n > 0)
		page_putf(p, 4, "  %zu %s%s %s", n, verb, n == 1 ? "s" : "", where);
	for (size_t i = 0; i < n && i < SAMPLES; i++)
		page_putf(p, 6, "  %s %s  %s (%s)", sign, v[i].notification, v[i].title != NULL ? v[i].title : "(no title)", v[i].reason);
	write_rest(p, n > SAMPLES ? n - SAMPLES : 0);
}

static void
write_differences(const struct page *p, const struct trial *t)
{
	static const char *const headings[AGAINSTS] = { "Against the labels in force", "Against the rule that ships" };

	for (int i = 0; i < AGAINSTS; i++) {
		const struct replay_difference *d = &t->differences[i];

		if (!t->compared[i])
			continue;
		page_heading(p, headings[i]);
		if (d->added_n + d->removed_n == 0)
			page_put(p, 0, "  no difference");
		write_changes(p, "+", "come", "in", d->added, d->added_n);
		write_changes(p, "-", "leave", "it", d->removed, d->removed_n);
	}
}

void
trial_text(const struct trial *t, struct buf *out)
{
	const struct page p = { t->app->colour, t->app->width, out };
	AUTO_FREE size_t *nearest = by_score(&t->replay.near);

	write_head(&p, t);
	write_weeks(&p, t);
	write_items(&p, "Samples", &t->replay.hits, NULL);
	write_items(&p, "Near misses", &t->replay.near, nearest);
	write_differences(&p, t);
}
