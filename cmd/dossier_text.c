/* The story of a dossier for people */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/standstill.h"
#include "../lib/notice/symbol.h"
#include "dossier_story.h"

#define HANGING 4	/* columns by which a line that goes on is set in */

struct page {
	const struct story *s;
	bool colour;
	size_t width;
	struct buf *out;
};

/* Adds one line, whatever stands in it: the only door for outside text. */
static void
put(const struct page *p, size_t indent, const char *line)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(line, &safe);
	for (size_t i = 0; i < safe.len; i++)
		if (safe.data[i] == '\n')
			safe.data[i] = ' ';
	utf8_wrap(buf_str(&safe), p->width, indent, p->out);
	buf_addc(p->out, '\n');
}

static void putf(const struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
putf(const struct page *p, const char *fmt, ...)
{
	AUTO_FREE char *line = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		line = NULL;
	va_end(ap);
	put(p, HANGING, line != NULL ? line : "");
}

static void
heading(const struct page *p, const char *text)
{
	buf_addf(p->out, "\n%s%s%s\n", p->colour ? "\033[1m" : "", text, p->colour ? "\033[0m" : "");
}

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
write_head(const struct page *p)
{
	const struct story *s = p->s;
	const struct notice *n = current(s);
	char deadline[DATE_TEXT];

	date_format(s->dossier.effective_deadline, deadline);
	putf(p, "%s  %s", s->id, member_name(n->member));
	put(p, 0, n->title.s != NULL ? n->title.s : "(no title)");
	if (s->dossier.withdrawn)
		put(p, 0, "Withdrawn");
	putf(p, "%s until: %s%s", n->source == SOURCE_TRIS ? "Standstill" : "Comments", deadline[0] != '\0' ? deadline : "no date given", dossier_open(&s->dossier, clock_today()) ? " (open)" : "");
	putf(p, "Sectors: %s", some(s->sectors) ? s->sectors : "uncoded");
	if (some(s->twin))
		putf(p, "Twin: %s", s->twin);
}

static const char *
until(const struct notice *n)
{
	return !date_is_set(n->deadline) ? "" : n->source == SOURCE_TRIS ? "standstill until " : "comments until ";
}

static void
write_lineage(const struct page *p)
{
	const struct dossier *d = &p->s->dossier;

	heading(p, "Lineage");
	for (size_t i = 0; i < d->n; i++) {
		const struct notice *n = d->v[i];
		char distributed[DATE_TEXT], deadline[DATE_TEXT];

		putf(p, "  %.10s  %-28s %-11s %s%s%s", date_is_set(n->distributed) ? date_format(n->distributed, distributed) : "----------", n->id, kind_name(n->kind),
		    until(n), date_format(n->deadline, deadline), n == d->current ? "  <- text in force here" : "");
	}
}

static void
write_events(const struct page *p)
{
	heading(p, "What happened");
	for (size_t i = 0; i < p->s->events_n; i++) {
		const struct told_event *e = &p->s->events[i];
		AUTO_BUF words = BUF_INIT;
		char at[INSTANT_TEXT];

		event_describe_of(e->source, &e->event, &words);
		putf(p, "  %.10s  %-28s %s", instant_format(e->at, at), e->notification, buf_str(&words));
	}
}

static void
write_deadlines(const struct page *p)
{
	const struct dossier *d = &p->s->dossier;

	heading(p, "Deadline history");
	for (size_t i = 0; i < d->steps_n; i++) {
		char day[DATE_TEXT];

		putf(p, "  %s  by %s%s", date_format(d->steps[i].deadline, day), d->steps[i].by->id, d->steps[i].from_text ? " (read from its text)" : "");
	}
	if (d->steps_n == 0)
		put(p, 0, "  none published");
}

/* TRIS: the shown end of standstill against the computed one. */
static void
write_standstill(const struct page *p)
{
	struct date expected;
	char day[DATE_TEXT];
	int months;

	for (size_t i = 0; i < p->s->ids.n; i++) {
		const struct notice *n = &p->s->notices[i];

		if (n->source == SOURCE_TRIS && standstill_check(n, &expected, &months) == STANDSTILL_ODD)
			putf(p, "  odd: the end of standstill shown is not the computed one (%s, %d months)", date_format(expected, day), months);
	}
}

static void
write_issuers(const struct page *p, const char *what, const struct strv *issuers)
{
	AUTO_BUF names = BUF_INIT;

	strv_join(issuers, ", ", &names);
	if (issuers->n > 0)
		putf(p, "  %s by %s", what, buf_str(&names));
}

static void
write_reactions(const struct page *p)
{
	bool headed = false;

	for (size_t i = 0; i < p->s->ids.n; i++) {
		const struct notice *n = &p->s->notices[i];

		if (n->comments_by.n + n->opinions_by.n == 0)
			continue;
		if (!headed)
			heading(p, "Reactions");
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
write_documents(const struct page *p)
{
	AUTO_STRV urls = STRV_INIT;

	heading(p, "Documents");
	for (size_t i = 0; i < p->s->ids.n; i++)
		for (size_t k = 0; k < p->s->notices[i].documents.n; k++) {
			const struct document *d = &p->s->notices[i].documents.v[k];

			if (listed(&urls, d->url))
				continue;
			strv_add(&urls, d->url);
			putf(p, "  %-12s %-2s  %s", d->kind, d->lang, d->url);
		}
}

/* Paragraph by paragraph. */
static void
write_words(const struct page *p, const char *text)
{
	size_t n;

	heading(p, "Text");
	for (const char *at = text; *at != '\0'; at += n + (at[n] == '\n')) {
		AUTO_FREE char *paragraph = xstrndup(at, n = strcspn(at, "\n"));

		put(p, 0, paragraph);
	}
}

void
story_text(const struct story *s, bool colour, size_t width, struct buf *out)
{
	const struct page p = { s, colour, width, out };
	const char *text = current(s)->description.s;

	write_head(&p);
	write_lineage(&p);
	write_events(&p);
	write_deadlines(&p);
	write_standstill(&p);
	write_reactions(&p);
	write_documents(&p);
	write_words(&p, text != NULL ? text : "(no description)");
}
