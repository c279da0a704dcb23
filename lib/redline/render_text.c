#include <stdlib.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/message.h"
#include "../base/utf8.h"
#include "fold.h"
#include "render_text.h"

#define CALLOUTS_SHOWN 30
#define MOVED_COLUMNS 60	/* of a sentence that is shown whole where it went */

/* ---- pieces of a line ---- */

void
printer_begin(struct printer *p, size_t indent)
{
	wrap_begin(&p->w, p->out, p->style->colour, p->style->width, indent);
	if (indent > 0 && p->style->width > 0 && p->style->width < 2 * indent)
		p->w.width = 0;		/* no room: let the terminal break the lines */
}

void
printer_put(struct printer *p, enum wrap_style style, const char *s)
{
	wrap_text(&p->w, style, s, strlen(s));
}

static bool
is_blank(char c)
{
	return c == ' ';
}

/* Deleted or inserted text between its marks, which colour makes needless. Blanks at the ends stay outside. */
static void
put_marked(struct printer *p, bool deleted, const char *s)
{
	enum wrap_style style = deleted ? WRAP_DELETED : WRAP_INSERTED;
	size_t n = strlen(s), head = 0, tail = 0;

	while (head < n && is_blank(s[head]))
		head++;
	while (head + tail < n && is_blank(s[n - 1 - tail]))
		tail++;
	if (head == n)
		head = tail = 0;	/* nothing but blanks, which then are the change */
	wrap_text(&p->w, WRAP_PLAIN, s, head);
	if (!p->style->colour)
		printer_put(p, style, deleted ? "[-" : "{+");
	wrap_text(&p->w, style, s + head, n - head - tail);
	if (!p->style->colour)
		printer_put(p, style, deleted ? "-]" : "+}");
	wrap_text(&p->w, WRAP_PLAIN, s + n - tail, tail);
}

static void
put_span(struct printer *p, const struct span *s)
{
	if (s->change == CHANGE_SAME)
		printer_put(p, WRAP_PLAIN, s->s);
	else
		put_marked(p, s->change == CHANGE_DELETED, s->s);
}

/* ---- call-outs ---- */

static void
print_callout(struct printer *p, const struct callout *c)
{
	printer_begin(p, PRINTER_INDENT);
	printer_put(p, WRAP_ALARM, "! ");
	if (c->old[0] != '\0')
		printer_put(p, WRAP_PLAIN, c->old);
	if (c->new[0] == '\0' || c->old[0] == '\0') {
		printer_put(p, WRAP_PLAIN, c->new);
		printer_put(p, WRAP_PLAIN, c->new[0] == '\0' ? " removed" : " added");
	} else {
		printer_put(p, WRAP_PLAIN, " -> ");
		printer_put(p, WRAP_PLAIN, c->new);
	}
	wrap_end(&p->w);
}

static void
print_callouts(struct printer *p, const struct redline *r)
{
	for (size_t i = 0; i < r->callouts_n && i < CALLOUTS_SHOWN; i++)
		print_callout(p, &r->callouts[i]);
	if (r->callouts_n > CALLOUTS_SHOWN)
		buf_addf(p->out, "! ... and %zu more\n", r->callouts_n - CALLOUTS_SHOWN);
}

/* ---- values and lists ---- */

static void
begin_field(struct printer *p, const struct field_change *f)
{
	printer_begin(p, PRINTER_INDENT);
	printer_put(p, WRAP_HEAD, notice_fields[f->row].name);
}

static void
print_value(struct printer *p, const struct field_change *f)
{
	begin_field(p, f);
	printer_put(p, WRAP_PLAIN, " ");
	if (f->old[0] != '\0' && f->new[0] != '\0') {
		printer_put(p, WRAP_PLAIN, f->old);
		printer_put(p, WRAP_PLAIN, " -> ");
		printer_put(p, WRAP_PLAIN, f->new);
	} else {
		printer_put(p, f->new[0] != '\0' ? WRAP_INSERTED : WRAP_DELETED, f->new[0] != '\0' ? "+" : "-");
		printer_put(p, f->new[0] != '\0' ? WRAP_INSERTED : WRAP_DELETED, f->new[0] != '\0' ? f->new : f->old);
	}
	wrap_end(&p->w);
}

static size_t
widest(const struct strv *v)
{
	size_t most = 0;

	for (size_t i = 0; i < v->n; i++)
		if (utf8_width(v->v[i]) > most)
			most = utf8_width(v->v[i]);
	return most;
}

static void
put_items(struct printer *p, const struct strv *items, bool added, bool lines)
{
	for (size_t i = 0; i < items->n; i++) {
		if (lines) {
			wrap_end(&p->w);
			buf_adds(p->out, "  ");
			printer_begin(p, 2 * PRINTER_INDENT);
			p->w.column = PRINTER_INDENT;
		} else {
			printer_put(p, WRAP_PLAIN, " ");
		}
		printer_put(p, added ? WRAP_INSERTED : WRAP_DELETED, added ? "+" : "-");
		printer_put(p, added ? WRAP_INSERTED : WRAP_DELETED, items->v[i]);
	}
}

/* Codes and other short items stand in a row, longer ones each on a line of its own. */
static void
print_list(struct printer *p, const struct field_change *f)
{
	bool lines = widest(&f->added) > 20 || widest(&f->removed) > 20;

	begin_field(p, f);
	put_items(p, &f->added, true, lines);
	put_items(p, &f->removed, false, lines);
	wrap_end(&p->w);
}

/* ---- texts ---- */

void
printer_begin_line(struct printer *p)
{
	for (size_t i = 0; i < p->indent; i++)
		buf_addc(p->out, ' ');
	printer_begin(p, p->indent);
	p->w.column = p->indent;
}

void
printer_note(struct printer *p, const char *text)
{
	printer_begin_line(p);
	printer_put(p, WRAP_FAINT, text);
	wrap_end(&p->w);
}

static void
print_count(struct printer *p, size_t n)
{
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, "... %zu sentence%s unchanged ...", n, n == 1 ? "" : "s");
	printer_note(p, buf_str(&line));
}

/* In the old place the beginning, in the new one the whole sentence. */
static void
print_moved(struct printer *p, const struct text_diff *d, size_t i)
{
	const struct block *b = &d->v[i];
	bool from = b->kind == BLOCK_MOVED_FROM;
	AUTO_BUF text = BUF_INIT;

	for (size_t k = 0; k < b->n; k++)
		buf_adds(&text, b->spans[k].s);
	printer_begin_line(p);
	if (!p->style->colour)
		printer_put(p, WRAP_MOVED, from ? "[-" : "{+");
	printer_put(p, WRAP_MOVED, "moved ");
	printer_put(p, WRAP_MOVED, from ? (b->pair > i ? "down" : "up") : (b->pair > i ? "from below" : "from above"));
	printer_put(p, WRAP_MOVED, ": ");
	if (from) {
		AUTO_BUF head = BUF_INIT;

		utf8_ellipsis(buf_str(&text), MOVED_COLUMNS, &head);
		printer_put(p, WRAP_MOVED, buf_str(&head));
	} else {
		printer_put(p, WRAP_MOVED, buf_str(&text));
	}
	if (!p->style->colour)
		printer_put(p, WRAP_MOVED, from ? "-]" : "+}");
	wrap_end(&p->w);
}

static void
put_block(struct printer *p, const struct block *b)
{
	for (size_t k = 0; k < b->n; k++)
		put_span(p, &b->spans[k]);
	if (block_joint_changed(b)) {
		printer_put(p, WRAP_PLAIN, " ");
		put_marked(p, b->old_end[0] == '\n', "\n");
	}
}

void
printer_blocks(struct printer *p, const struct text_diff *d)
{
	AUTO_FREE bool *shown = fold_plan(d, p->style->context);

	for (size_t i = 0; i < d->n; i++) {
		const struct block *b = &d->v[i];
		size_t folded = fold_length(d, shown, i);

		if (folded > 0) {
			print_count(p, folded);
			i += folded - 1;
		} else if (b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO) {
			print_moved(p, d, i);
		} else if (b->n > 0) {	/* an empty line has nothing to show */
			printer_begin_line(p);
			put_block(p, b);
			wrap_end(&p->w);
		}
	}
	if (d->coarse)
		printer_note(p, "(compared coarsely: the texts are too large or too different)");
}

static void
print_whole(struct printer *p, bool deleted, const char *s)
{
	while (*s != '\0') {
		size_t n = strcspn(s, "\n");
		AUTO_FREE char *line = strndup(s, n);

		printer_begin_line(p);
		put_marked(p, deleted, line);
		wrap_end(&p->w);
		s += n + (s[n] == '\n');
	}
}

/* One line says it: no more than two sentences, old and new together, that fit. */
static bool
is_short(const struct printer *p, const struct text_diff *d)
{
	size_t width = 0;

	if (d->n > 2 || d->n == 0)
		return false;
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->v[i].n; k++) {
			if (strchr(d->v[i].spans[k].s, '\n') != NULL)
				return false;
			width += utf8_width(d->v[i].spans[k].s);
		}
	return d->v[0].kind != BLOCK_MOVED_FROM && d->v[0].kind != BLOCK_MOVED_TO && width <= (p->style->width > 0 ? p->style->width : 80);
}

static void
put_languages(struct printer *p, const struct field_change *f)
{
	if (strcmp(f->old_lang, f->new_lang) == 0 || f->old_lang[0] == '\0' || f->new_lang[0] == '\0')
		return;
	printer_put(p, WRAP_PLAIN, " (language ");
	printer_put(p, WRAP_PLAIN, f->old_lang);
	printer_put(p, WRAP_PLAIN, " -> ");
	printer_put(p, WRAP_PLAIN, f->new_lang);
	printer_put(p, WRAP_PLAIN, ")");
}

static void
print_text(struct printer *p, const struct field_change *f)
{
	begin_field(p, f);
	put_languages(p, f);
	if (!f->translated && is_short(p, &f->diff)) {
		printer_put(p, WRAP_PLAIN, " ");
		for (size_t i = 0; i < f->diff.n; i++)
			put_block(p, &f->diff.v[i]);
		wrap_end(&p->w);
		return;
	}
	wrap_end(&p->w);
	if (f->translated) {
		print_whole(p, true, f->old);
		print_whole(p, false, f->new);
	} else {
		printer_blocks(p, &f->diff);
	}
}

static void
print_field(struct printer *p, const struct field_change *f)
{
	switch (notice_fields[f->row].type) {
	case FIELD_TEXT:
		print_text(p, f);
		break;
	case FIELD_SET:
	case FIELD_CODES:
	case FIELD_DOCUMENTS:
	case FIELD_VARIANTS:
		print_list(p, f);
		break;
	case FIELD_LINE:
	case FIELD_DATE:
	case FIELD_ANSWER:
	case FIELD_MILESTONE:
		print_value(p, f);
		break;
	}
}

void
redline_text(const struct redline *r, const struct redline_style *style, struct buf *out)
{
	struct printer p = { .style = style, .out = out, .indent = PRINTER_INDENT };

	print_callouts(&p, r);
	for (size_t i = 0; i < r->n; i++)
		print_field(&p, &r->v[i]);
	for (size_t i = 0; i < r->documents_n; i++)
		printer_document(&p, &r->documents[i]);
}
