/* The story of a dossier for people */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/standstill.h"
#include "../lib/notice/symbol.h"
#include "dossier_story.h"
#include "page.h"

#define HANGING 4	/* columns by which a line that goes on is set in */
#define TEXT_SHOWN 1200	/* bytes of the text in force that stand here; 'show' gives all */
#define LINKS_SHOWN 12
#define SHA_SHOWN 12

static bool
some(const char *s)
{
	return s != NULL && s[0] != '\0';
}

/* ---- the head ---- */

/* "standstill until 2025-09-29 (12 days left)" */
static void
add_deadline(const struct story *s, struct buf *out)
{
	struct date deadline = s->dossier.effective_deadline, today = clock_today();
	char day[DATE_TEXT];
	int left;

	if (!date_is_set(deadline))
		return;
	left = date_days(deadline) - date_days(today);
	buf_addf(out, "; %suntil %s", story_current(s)->source == SOURCE_EPING ? "comments " : strncmp(buf_str(out), "standstill", 10) == 0 ? "" : "standstill ",
	    date_format(deadline, day));
	if (left >= 0 && !s->dossier.withdrawn)
		buf_addf(out, left == 0 ? " (today)" : " (%d day%s left)", left, left == 1 ? "" : "s");
}

static void
write_twin(const struct page *p, const struct story *s)
{
	AUTO_BUF reasons = BUF_INIT;

	if (some(s->twin))
		page_putf(p, HANGING, "Twin: %s", s->twin);
	if (s->probable.dossier == NULL)
		return;
	strv_join(&s->probable.reasons, ", ", &reasons);
	page_putf(p, HANGING, "Twin: none named; probably the same draft: %s (%s)", s->probable.dossier, buf_str(&reasons));
}

static void
write_head(const struct page *p, const struct story *s)
{
	const struct notice *n = story_current(s);
	AUTO_BUF state = BUF_INIT;

	buf_adds(&state, dossier_state_name(dossier_state(&s->dossier, clock_today())));
	add_deadline(s, &state);
	page_putf(p, HANGING, "%s  %s", s->id, member_name(n->member));
	page_put(p, 0, n->title.s != NULL ? n->title.s : "(no title)");
	page_putf(p, HANGING, "State: %s", buf_str(&state));
	page_putf(p, HANGING, "Sectors: %s", some(s->sectors) ? s->sectors : "uncoded");
	write_twin(p, s);
}

/* ---- the tree, with what happened at each of its nodes ---- */

static void
add_node_words(const struct story *s, const struct dossier_node *x, struct buf *out)
{
	char day[DATE_TEXT];

	buf_addf(out, "  %s", kind_name(x->n->kind));
	if (date_is_set(x->deadline) && x->voids == NULL)
		buf_addf(out, ", %s until %s%s", x->n->source == SOURCE_TRIS ? "standstill" : "comments", date_format(x->deadline, day),
		    x->from_text ? " (read from its text)" : "");
	if (x->voids != NULL)
		buf_addf(out, ", takes back %s", x->voids->id);
	if (x->void_by != NULL)
		buf_addf(out, " (void: %s)", x->void_by->id);
	if (x->replaced_by != NULL)
		buf_addf(out, ", replaced by %s", x->replaced_by->id);
	if (x->n == s->dossier.current)
		buf_adds(out, "  <- text in force here");
}

/* All events of one version stand in one line. */
static void
write_events(const struct page *p, const struct story *s, const struct notice *n, size_t indent)
{
	for (size_t i = 0; i < s->events_n;) {
		const char *commit = s->events[i].commit;
		bool mine = strcmp(s->events[i].notification, n->id) == 0;
		char at[INSTANT_TEXT];
		AUTO_BUF line = BUF_INIT;

		instant_format(s->events[i].at, at);
		for (; i < s->events_n && strcmp(s->events[i].commit, commit) == 0; i++) {
			buf_adds(&line, line.len > 0 ? "; " : "");
			event_describe_of(s->events[i].source, &s->events[i].event, &line);
		}
		if (mine)
			page_putf(p, indent + 16, "%*s%.10s  %s", (int)indent + 4, "", at, buf_str(&line));
	}
}

static void
write_timeline(const struct page *p, const struct story *s)
{
	page_heading(p, "Timeline");
	for (size_t i = 0; i < s->dossier.n; i++) {
		const struct dossier_node *x = &s->dossier.v[i];
		size_t indent = 2 + 2 * x->depth;
		AUTO_BUF words = BUF_INIT;
		char day[DATE_TEXT];

		add_node_words(s, x, &words);
		page_putf(p, indent + HANGING, "%*s%s  %s%s", (int)indent, "", date_is_set(x->n->distributed) ? date_format(x->n->distributed, day) : "----------",
		    x->n->id, buf_str(&words));
		write_events(p, s, x->n, indent);
	}
}

/* ---- the deadline ---- */

/* TRIS: a detailed opinion extends the standstill. */
static void
add_cause(const struct story *s, struct buf *out)
{
	AUTO_BUF issuers = BUF_INIT;

	strv_join(&s->notices[0].opinions_by, ", ", &issuers);
	if (issuers.len > 0)
		buf_addf(out, " after a detailed opinion by %s", buf_str(&issuers));
	else
		buf_adds(out, " (its record was changed)");
}

static void
write_move(const struct page *p, const struct story *s, const struct deadline_move *m)
{
	char day[DATE_TEXT], old[DATE_TEXT], new[DATE_TEXT];
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, "  %-10s  ", date_is_set(m->day) ? date_format(m->day, day) : "");
	if (date_is_set(m->old) && m->effect != MOVE_NO_LATER)
		buf_addf(&line, "%s -> ", date_format(m->old, old));
	buf_addf(&line, "%s  %s by %s", date_is_set(m->new) ? date_format(m->new, new) : "none",
	    m->void_by != NULL ? "told" : m->effect == MOVE_NO_LATER ? "also told" : move_name(m->effect), m->by);
	if (m->from_text)
		buf_adds(&line, " (read from its text)");
	if (m->void_by != NULL)
		buf_addf(&line, ", void: taken back by %s", m->void_by);
	else if (m->effect == MOVE_NO_LATER)
		buf_addf(&line, "; %s stays", date_format(m->old, old));
	else if (m->silent)
		add_cause(s, &line);
	page_put(p, 14, buf_str(&line));
}

static void
write_deadlines(const struct page *p, const struct story *s)
{
	struct date expected;
	char day[DATE_TEXT];
	int months;

	page_heading(p, "Deadline history");
	for (size_t i = 0; i < s->moves_n; i++)
		write_move(p, s, &s->moves[i]);
	if (s->moves_n == 0)
		page_put(p, 0, "  none published");
	for (size_t i = 0; i < s->ids.n; i++)
		if (s->notices[i].source == SOURCE_TRIS && standstill_check(&s->notices[i], &expected, &months) == STANDSTILL_ODD)
			page_putf(p, HANGING, "  odd: the end of standstill shown is not the computed one (%s, %d months)", date_format(expected, day), months);
}

/* ---- reactions, documents, other dossiers ---- */

static void
write_issuers(const struct page *p, const char *what, const struct strv *issuers, const char *effect)
{
	AUTO_BUF names = BUF_INIT;

	strv_join(issuers, ", ", &names);
	if (issuers->n > 0)
		page_putf(p, HANGING, "  %s by %s%s", what, buf_str(&names), effect);
}

static void
write_reactions(const struct page *p, const struct story *s)
{
	bool headed = false;

	for (size_t i = 0; i < s->ids.n; i++) {
		const struct notice *n = &s->notices[i];
		AUTO_BUF effect = BUF_INIT;
		char old[DATE_TEXT], new[DATE_TEXT];

		if (n->comments_by.n + n->opinions_by.n == 0)
			continue;
		if (!headed)
			page_heading(p, "Reactions");
		headed = true;
		if (date_is_set(n->standstill_original) && date_cmp(n->standstill_original, n->standstill_end) != 0)
			buf_addf(&effect, "; standstill %s -> %s", date_format(n->standstill_original, old), date_format(n->standstill_end, new));
		write_issuers(p, "detailed opinion", &n->opinions_by, buf_str(&effect));
		write_issuers(p, "comments", &n->comments_by, "");
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
			AUTO_BUF held = BUF_INIT;

			if (listed(&urls, d->url))
				continue;
			strv_add(&urls, d->url);
			if (d->text_sha256 != NULL)
				buf_addf(&held, "text held, %.*s", SHA_SHOWN, d->text_sha256);
			page_putf(p, HANGING, "  %-12s %-2s  %-23s  %s", d->kind, d->lang, d->text_sha256 != NULL ? buf_str(&held) : "link only", d->url);
		}
	if (urls.n == 0)
		page_put(p, 0, "  none listed");
}

static void
write_link(const struct page *p, const struct story *s, const struct story_link *l)
{
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, "  %s %s", l->inward ? "is named by" : "names", l->inward ? l->from : l->to);
	if (!l->inward && strcmp(l->from, s->id) != 0)
		buf_addf(&line, " in %s", l->from);
	buf_addf(&line, " (%s)", notice_fields[l->row].name);
	if (l->title != NULL)
		buf_addf(&line, ": %.200s", l->title);
	else if (l->other == NULL)
		buf_adds(&line, ", which is not held");
	page_put(p, HANGING, buf_str(&line));
}

static void
write_links(const struct page *p, const struct story *s)
{
	if (s->links_n > 0)
		page_heading(p, "Other dossiers");
	for (size_t i = 0; i < s->links_n && i < LINKS_SHOWN; i++)
		write_link(p, s, &s->links[i]);
	if (s->links_n > LINKS_SHOWN)
		page_putf(p, HANGING, "  ... and %zu more (--format=json gives all)", s->links_n - LINKS_SHOWN);
}

/* ---- the text in force ---- */

/* Paragraph by paragraph; of a long text the beginning. */
static void
write_words(const struct page *p, const struct story *s)
{
	const struct notice *n = story_current(s);
	const char *text = n->description.s != NULL ? n->description.s : "(no description)";
	size_t most = strlen(text), left = 0, len;
	AUTO_BUF heading = BUF_INIT;

	if (most > TEXT_SHOWN + TEXT_SHOWN / 4) {
		left = most;
		for (most = TEXT_SHOWN; most > 0 && text[most] != ' ' && text[most] != '\n'; most--)
			;
		left -= most;
	}
	buf_addf(&heading, s->dossier.n > 1 && s->dossier.current != NULL ? "Text of %s" : "Text", n->id);
	page_heading(p, buf_str(&heading));
	for (size_t at = 0; at < most; at += len + 1) {
		AUTO_FREE char *paragraph = NULL;

		len = strcspn(text + at, "\n");
		len = at + len > most ? most - at : len;
		paragraph = xstrndup(text + at, len);
		page_put(p, 0, paragraph);
	}
	if (left > 0)
		page_putf(p, 0, "... %zu bytes more: regwatch show %s", left, n->id);
}

void
story_text(const struct story *s, bool colour, size_t width, struct buf *out)
{
	const struct page p = { colour, width, out };

	write_head(&p, s);
	write_timeline(&p, s);
	write_deadlines(&p, s);
	write_reactions(&p, s);
	write_documents(&p, s);
	write_links(&p, s);
	write_words(&p, s);
}
