/* The story of a dossier for people */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/standstill.h"
#include "../lib/notice/symbol.h"
#include "dossier_story.h"
#include "page.h"

#define HANGING 4	/* columns by which a line that goes on is set in */

static bool
some(const char *s)
{
	return s != NULL && s[0] != '\0';
}

/* The record whose text is in force here. */
static const struct notice *
current(const struct story *s)
{
	return s->dossier.current != NULL ? s->dossier.current : s->pointers[0];
}

static void
write_head(const struct page *p, const struct story *s)
{
	const struct notice *n = current(s);
	char deadline[DATE_TEXT];

	date_format(s->dossier.effective_deadline, deadline);
	page_putf(p, HANGING, "%s  %s", s->id, member_name(n->member));
	page_put(p, 0, n->title.s != NULL ? n->title.s : "(no title)");
	if (s->dossier.withdrawn)
		page_put(p, 0, "Withdrawn");
	page_putf(p, HANGING, "%s until: %s%s", n->source == SOURCE_TRIS ? "Standstill" : "Comments", deadline[0] != '\0' ? deadline : "no date given",
	    dossier_open(&s->dossier, clock_today()) ? " (open)" : "");
	page_putf(p, HANGING, "Sectors: %s", some(s->sectors) ? s->sectors : "uncoded");
	if (some(s->twin))
		page_putf(p, HANGING, "Twin: %s", s->twin);
}

static const char *
until(const struct notice *n)
{
	return !date_is_set(n->deadline) ? "" : n->source == SOURCE_TRIS ? "standstill until " : "comments until ";
}

static void
write_lineage(const struct page *p, const struct story *s)
{
	const struct dossier *d = &s->dossier;

	page_heading(p, "Lineage");
	for (size_t i = 0; i < d->n; i++) {
		const struct notice *n = d->v[i].n;
		char distributed[DATE_TEXT], deadline[DATE_TEXT];

		page_putf(p, HANGING, "  %.10s  %-28s %-11s %s%s%s", date_is_set(n->distributed) ? date_format(n->distributed, distributed) : "----------", n->id, kind_name(n->kind),
		    until(n), date_format(n->deadline, deadline), n == d->current ? "  <- text in force here" : "");
	}
}

static void
write_events(const struct page *p, const struct story *s)
{
	page_heading(p, "What happened");
	for (size_t i = 0; i < s->events_n; i++) {
		const struct told_event *e = &s->events[i];
		AUTO_BUF words = BUF_INIT;
		char at[INSTANT_TEXT];

		event_describe_of(e->source, &e->event, &words);
		page_putf(p, HANGING, "  %.10s  %-28s %s", instant_format(e->at, at), e->notification, buf_str(&words));
	}
}

static void
write_deadlines(const struct page *p, const struct story *s)
{
	const struct dossier *d = &s->dossier;

	page_heading(p, "Deadline history");
	for (size_t i = 0; i < d->steps_n; i++) {
		char day[DATE_TEXT];

		if (d->steps[i].effect > STEP_EXTENDED)
			continue;
		page_putf(p, HANGING, "  %s  by %s%s", date_format(d->steps[i].deadline, day), d->steps[i].by->id, d->steps[i].from_text ? " (read from its text)" : "");
	}
	if (d->steps_n == 0)
		page_put(p, 0, "  none published");
}

/* TRIS: the shown end of standstill against the computed one. */
static void
write_standstill(const struct page *p, const struct story *s)
{
	struct date expected;
	char day[DATE_TEXT];
	int months;

	for (size_t i = 0; i < s->ids.n; i++) {
		const struct notice *n = &s->notices[i];

		if (n->source == SOURCE_TRIS && standstill_check(n, &expected, &months) == STANDSTILL_ODD)
			page_putf(p, HANGING, "  odd: the end of standstill shown is not the computed one (%s, %d months)", date_format(expected, day), months);
	}
}

static void
write_issuers(const struct page *p, const char *what, const struct strv *issuers)
{
	AUTO_BUF names = BUF_INIT;

	strv_join(issuers, ", ", &names);
	if (issuers->n > 0)
		page_putf(p, HANGING, "  %s by %s", what, buf_str(&names));
}

static void
write_reactions(const struct page *p, const struct story *s)
{
	bool headed = false;

	for (size_t i = 0; i < s->ids.n; i++) {
		const struct notice *n = &s->notices[i];

		if (n->comments_by.n + n->opinions_by.n == 0)
			continue;
		if (!headed)
			page_heading(p, "Reactions");
		headed = true;
		write_issuers(p, "detailed opinion", &n->opinions_by);
		write_issuers(p, "comments", &n->comments_by);
	}
}

/* Letter case of a link tells no two documents apart: the WTO writes it in turns. */
static bool
listed(const struct strv *urls, const char *url)
{
	for (size_t i = 0; i < urls->n; i++)
		if (strcasecmp(urls->v[i], url) == 0)
			return true;
	return false;
}

/* What several members of the dossier list is told once. */
static void
write_documents(const struct page *p, const struct story *s)
{
	AUTO_STRV urls = STRV_INIT;

	page_heading(p, "Documents");
	for (size_t i = 0; i < s->ids.n; i++)
		for (size_t k = 0; k < s->notices[i].documents.n; k++) {
			const struct document *d = &s->notices[i].documents.v[k];

			if (listed(&urls, d->url))
				continue;
			strv_add(&urls, d->url);
			page_putf(p, HANGING, "  %-12s %-2s  %s", d->kind, d->lang, d->url);
		}
}

/* Paragraph by paragraph. */
static void
write_words(const struct page *p, const char *text)
{
	size_t n;

	page_heading(p, "Text");
	for (const char *at = text; *at != '\0'; at += n + (at[n] == '\n')) {
		AUTO_FREE char *paragraph = xstrndup(at, n = strcspn(at, "\n"));

		page_put(p, 0, paragraph);
	}
}

void
story_text(const struct story *s, bool colour, size_t width, struct buf *out)
{
	const struct page p = { colour, width, out };
	const char *text = current(s)->description.s;

	write_head(&p, s);
	write_lineage(&p, s);
	write_events(&p, s);
	write_deadlines(&p, s);
	write_standstill(&p, s);
	write_reactions(&p, s);
	write_documents(&p, s);
	write_words(&p, text != NULL ? text : "(no description)");
}
