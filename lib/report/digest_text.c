/* A digest as plain text of 78 columns. */
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "brief.h"
#include "plan.h"

#define COLUMNS 78
#define LABEL_COLUMNS 11	/* "  Deadline " */
#define LIST_COLUMNS 100	/* of a title that is only listed */
#define REDLINE_BYTES 2500
#define REDLINE_INDENT 4

static void
spaces(size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		buf_addc(out, ' ');
}

/* ---- wrapping ---- */

struct wrap {
	struct buf *out;
	size_t indent;		/* of the lines after the first */
	size_t at;		/* columns used on this line */
	bool fresh;		/* nothing but its indent stands on it */
};

static void
new_line(struct wrap *w)
{
	buf_addc(w->out, '\n');
	spaces(w->indent, w->out);
	w->at = w->indent;
	w->fresh = true;
}

/* A word wider than a line, an address excepted, is cut between its characters. */
static void
add_wide(struct wrap *w, const char *word)
{
	size_t n;

	while (utf8_width(word) > COLUMNS - w->at) {
		n = utf8_fit(word, COLUMNS - w->at);
		if (n == 0)
			break;
		buf_add(w->out, word, n);
		word += n;
		new_line(w);
	}
	buf_adds(w->out, word);
	w->at += utf8_width(word);
	w->fresh = false;
}

static void
add_word(struct wrap *w, const char *word)
{
	size_t width = utf8_width(word);

	if (!w->fresh && w->at + 1 + width > COLUMNS)
		new_line(w);
	if (!w->fresh) {
		buf_addc(w->out, ' ');
		w->at++;
	}
	if (width <= COLUMNS - w->at || said_is_link(word)) {
		buf_adds(w->out, word);
		w->at += width;
		w->fresh = false;
	} else {
		add_wide(w, word);
	}
}

/* Writes text behind 'start' (already indented), later lines by 'indent'. Ends the line. */
static void
wrapped(const char *start, size_t indent, const char *text, struct buf *out)
{
	struct wrap w = { out, indent, utf8_width(start), true };
	AUTO_STRV words = STRV_INIT;

	strv_split(&words, text, " ");
	buf_adds(out, start);
	for (size_t i = 0; i < words.n; i++)
		add_word(&w, words.v[i]);
	buf_addc(out, '\n');
}

/* Dashes, because mail would write three bytes for each "=". */
static void
heading(const char *text, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;

	said_plain(text, COLUMNS, &line);
	buf_addf(out, "%s\n", buf_str(&line));
	for (size_t i = utf8_width(buf_str(&line)); i > 0; i--)
		buf_addc(out, '-');
	buf_addc(out, '\n');
}

/* "  Why      text" */
static void
labelled(const char *label, const char *text, struct buf *out)
{
	AUTO_FREE char *start = xasprintf("  %-*s", *text != '\0' ? LABEL_COLUMNS - 2 : 0, label);

	wrapped(start, LABEL_COLUMNS, text, out);
}

/* ---- an entry ---- */

static void
add_ladder(const struct said *s, struct date today, struct buf *out)
{
	char day[DATE_TEXT];

	for (size_t i = 0; i < s->rungs_n; i++) {
		AUTO_BUF line = BUF_INIT;

		buf_addf(&line, "%s, ", date_format(s->rungs[i].date, day));
		said_distance(s->rungs[i].date, today, &line);
		buf_adds(&line, ": ");
		said_plain(rung_name(&s->rungs[i], s->source), 60, &line);
		labelled(i == 0 ? "Deadline" : "", buf_str(&line), out);
	}
}

static void
render(const struct redline *r, size_t provisions, void *ctx, struct buf *out)
{
	const struct redline_style style = { .colour = false, .width = COLUMNS - REDLINE_INDENT, .context = 0, .max_provisions = provisions };

	(void)ctx;
	redline_text(r, &style, out);
}

static void
add_indented(const char *text, struct buf *out)
{
	for (const char *end; *text != '\0'; text = *end != '\0' ? end + 1 : end) {
		end = strchrnul(text, '\n');
		if (end > text)
			spaces(REDLINE_INDENT, out);
		buf_add(out, text, (size_t)(end - text));
		buf_addc(out, '\n');
	}
}

static void
add_redline(const struct digest_item *item, struct buf *out)
{
	AUTO_BUF text = BUF_INIT, note = BUF_INIT;
	size_t left;

	if (item->redline.n == 0 && item->redline.documents_n == 0)
		return;
	left = brief_write(&item->redline, REDLINE_BYTES, render, NULL, &text);
	if (text.len == 0)
		brief_fields(&item->redline, &note);
	labelled("Changed", buf_str(&note), out);
	add_indented(buf_str(&text), out);
	if (left == 0)
		return;
	buf_reset(&note);
	buf_addf(&note, "(%zu %s: ", left, text.len == 0 ? "in all, too long for a message" : "more");
	if (item->page != NULL && said_is_link(item->page))
		buf_addf(&note, "%s or ", item->page);
	buf_adds(&note, "'regwatch diff ");
	said_plain(said_or(item->notice.id, ""), 80, &note);
	buf_adds(&note, "')");
	wrapped("    ", REDLINE_INDENT, buf_str(&note), out);
}

static void
add_full(const struct digest *d, const struct said *s, const struct entry *e, struct buf *out)
{
	AUTO_BUF first = BUF_INIT;

	buf_addf(&first, "%s, %s", s->symbol, s->member);
	wrapped("* ", 2, buf_str(&first), out);
	wrapped("  ", 2, s->title, out);
	for (size_t i = 0; i < s->n; i++)
		if (!s->facts[i].link)
			labelled(s->facts[i].label, s->facts[i].value, out);
	add_ladder(s, d->today, out);
	if (e->item != NULL)
		add_redline(e->item, out);
	for (size_t i = 0; i < s->n; i++)
		if (s->facts[i].link)
			labelled(s->facts[i].label, s->facts[i].value, out);
	buf_addc(out, '\n');
}

static void
add_listed(const struct said *s, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, "%s ", s->symbol);
	utf8_ellipsis(s->title, LIST_COLUMNS, &line);
	wrapped("* ", 2, buf_str(&line), out);
	if (s->link != NULL)
		buf_addf(out, "  %s\n", s->link);
}

static void
say_entry(const struct digest *d, const struct entry *e, struct said *out)
{
	if (e->item != NULL)
		said_item(d, e->item, out);
	else
		said_deadline(d, e->deadline, out);
}

static void
text_entry(const struct digest *d, const struct entry *e, enum shape shape, struct buf *out)
{
	struct said s;

	say_entry(d, e, &s);
	if (shape == SHAPE_FULL)
		add_full(d, &s, e, out);
	else
		add_listed(&s, out);
	said_clear(&s);
}

/* One line and the link: room is what a list is short of. */
static void
list_entry(const struct digest *d, const struct entry *e, enum shape shape, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;
	struct said s;

	(void)shape;
	say_entry(d, e, &s);
	buf_addf(&line, "* %s %s", s.symbol, s.title);
	utf8_ellipsis(buf_str(&line), COLUMNS, out);
	buf_addc(out, '\n');
	if (s.link != NULL)
		buf_addf(out, "  %s\n", s.link);
	said_clear(&s);
}

/* ---- the frame ---- */

static void
text_head(const struct digest *d, struct buf *out)
{
	AUTO_BUF summary = BUF_INIT;
	char day[DATE_TEXT];

	heading(said_or(d->title, said_or(d->subscription, "regwatch")), out);
	digest_summary(d, &summary);
	if (digest_is_empty(d))
		wrapped("", 0, "Nothing new and nothing changed since the last digest.", out);
	else
		wrapped("", 0, buf_str(&summary), out);
	buf_addf(out, "%s\n\n", date_format(d->today, day));
}

static void
text_group(const struct digest *d, const struct group *g, bool opens_sector, struct buf *out)
{
	static const char *const words[] = { [PART_NEW] = "New", [PART_CHANGED] = "Changed", [PART_CLOSING] = "Closing soon" };
	AUTO_FREE char *line = xasprintf("%s (%zu)", words[g->part], g->n);

	(void)d;
	if (out->len > 1 && strcmp(out->data + out->len - 2, "\n\n") != 0)
		buf_addc(out, '\n');
	if (g->sector == NULL) {
		heading(line, out);
		buf_addc(out, '\n');
		return;
	}
	if (opens_sector)
		heading(said_or(g->sector->title, g->sector->name), out);
	buf_addf(out, "%s:\n\n", line);
}

static void
text_named(const struct strv *symbols, struct buf *out)
{
	struct wrap w = { out, 2, 2, true };

	buf_adds(out, "  ");
	for (size_t i = 0; i < symbols->n; i++) {
		AUTO_FREE char *word = xasprintf("%s%s", symbols->v[i], i + 1 < symbols->n ? "," : "");

		add_word(&w, word);
	}
	buf_addc(out, '\n');
}

static void
add_coverage(const struct digest *d, struct buf *out)
{
	AUTO_STRV lines = STRV_INIT;

	heading("What this covers", out);
	buf_addc(out, '\n');
	said_coverage(d, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		const char *line = lines.v[i];

		if (*line == '\t')
			wrapped("  - ", 4, line + 1, out);
		else
			wrapped("* ", 2, line, out);
	}
}

static void
text_foot(const struct digest *d, const char *rest, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;

	if (out->len > 1 && strcmp(out->data + out->len - 2, "\n\n") != 0)
		buf_addc(out, '\n');
	if (*rest != '\0') {
		buf_addf(&line, "%s.", rest);
		wrapped("", 0, buf_str(&line), out);
		buf_addc(out, '\n');
	}
	add_coverage(d, out);
	buf_adds(out, "\nA deadline is a day and ends at 23:59 where the notifying member is.\n");
	if (said_is_link(d->site))
		buf_addf(out, "All of it: %s\n", d->site);
	if (d->unsubscribe != NULL) {
		buf_adds(out, "Unsubscribe: ");
		said_plain(d->unsubscribe, 0, out);
		buf_addc(out, '\n');
	}
}

const struct writer digest_text_writer = {
	text_head, text_group, text_entry, text_named, text_foot, .most = SHAPE_FULL
};

/* For what a message's body has no room for. */
const struct writer digest_list_writer = {
	text_head, text_group, list_entry, text_named, text_foot, .most = SHAPE_LISTED
};

void
digest_text(const struct digest *d, size_t limit, struct buf *out)
{
	AUTO_PLAN *plan = plan_new(d, &digest_text_writer);

	plan_write(plan, limit, NULL, NULL, out);
}
