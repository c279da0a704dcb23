#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "fold.h"
#include "render_markdown.h"

/* ---- outside text ---- */

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Is there nothing but a number before p, so that it could begin a list? */
static bool
numbers(const char *start, const char *p)
{
	return p > start && strspn(start, "0123456789") == (size_t)(p - start);
}

/* Does this character mean something to Markdown where it stands? */
static bool
is_special(const char *start, const char *p)
{
	if (strchr("\\`*_{}[]<>#|~!&@$", *p) != NULL)
		return true;
	if (*p == ':')		/* an address, or the name of a picture */
		return is_alnum(p[1]) || p[1] == '/';
	if (*p == '.')		/* "www.", and "3. " that would begin a list */
		return numbers(start, p) || (p - start >= 3 && memcmp(p - 3, "www", 3) == 0);
	if (*p == ')')
		return numbers(start, p);
	return strchr("-+=", *p) != NULL && p == start;
}

void
markdown_escape(const char *s, struct buf *out)
{
	for (const char *p = s; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f) {
			buf_addc(out, ' ');
			continue;
		}
		if (is_special(s, p))
			buf_addc(out, '\\');
		buf_addc(out, *p);
	}
}

static void
add_wrapped(const char *open, const char *s, const char *close, struct buf *out)
{
	buf_adds(out, open);
	markdown_escape(s, out);
	buf_adds(out, close);
}

/* Marks only work between a letter and a blank or between blanks and marks: elsewhere the elements that forges take as well. */
static void
add_marked(bool deleted, const char *s, char before, char after, struct buf *out)
{
	size_t n = strlen(s), head = strspn(s, " ");
	AUTO_BUF middle = BUF_INIT;
	bool plain;

	while (n > head && s[n - 1] == ' ')
		n--;
	if (n == head)
		return;
	buf_add(&middle, s + head, n - head);
	if (head > 0)
		buf_addc(out, ' ');
	plain = is_alnum(s[head]) && is_alnum(s[n - 1]) && (head > 0 || !is_alnum(before) || !deleted) && (s[n] != '\0' || !is_alnum(after) || !deleted);
	if (deleted)
		add_wrapped(plain ? "~~" : "<del>", buf_str(&middle), plain ? "~~" : "</del>", out);
	else
		add_wrapped(plain ? "**" : "<ins>", buf_str(&middle), plain ? "**" : "</ins>", out);
	if (s[n] != '\0')
		buf_addc(out, ' ');
}

void
markdown_replacement(const char *old, const char *new, struct buf *out)
{
	if (*old != '\0')
		add_marked(true, old, ' ', ' ', out);
	if (*old != '\0' && *new != '\0')
		buf_adds(out, " \xE2\x86\x92 ");
	if (*new != '\0')
		add_marked(false, new, ' ', ' ', out);
}

/* ---- texts ---- */

static void
add_block(const struct block *b, struct buf *out)
{
	size_t start = out->len;

	for (size_t k = 0; k < b->n; k++) {
		const struct span *s = &b->spans[k];
		char before = out->len > start ? out->data[out->len - 1] : ' ', after = k + 1 < b->n ? b->spans[k + 1].s[0] : ' ';

		if (s->change == CHANGE_SAME)
			markdown_escape(s->s, out);
		else if (k > 0 && s->change == CHANGE_INSERTED && b->spans[k - 1].change == CHANGE_DELETED) {
			if (before != ' ')
				buf_addc(out, ' ');
			add_marked(false, s->s, ' ', after, out);
		} else {
			add_marked(s->change == CHANGE_DELETED, s->s, before, after == ' ' || (k + 1 < b->n && b->spans[k + 1].change == CHANGE_INSERTED) ? ' ' : after, out);
		}
	}
}

void
markdown_blocks(const struct text_diff *d, size_t context, struct buf *out)
{
	AUTO_FREE bool *shown = fold_plan(d, context);

	for (size_t i = 0; i < d->n; i++) {
		const struct block *b = &d->v[i];
		size_t folded = fold_length(d, shown, i);

		if (folded > 0) {
			buf_addf(out, "*%zu sentence%s unchanged*\n\n", folded, folded == 1 ? "" : "s");
			i += folded - 1;
		} else if (b->n > 0) {
			if (b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO)
				buf_adds(out, b->kind == BLOCK_MOVED_FROM ? "(moved from here) " : "(moved to here) ");
			add_block(b, out);
			buf_adds(out, "\n\n");
		}
	}
	if (d->coarse)
		buf_adds(out, "*compared coarsely: the texts are too large or too different*\n\n");
}

/* ---- fields ---- */

static void
add_whole(bool deleted, const char *text, struct buf *out)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		AUTO_BUF line = BUF_INIT;

		buf_add(&line, text, n);
		add_marked(deleted, buf_str(&line), ' ', ' ', out);
		buf_adds(out, "\n\n");
		text += n + (text[n] == '\n');
	}
}

static void
add_field(const struct field_change *f, size_t context, struct buf *out)
{
	buf_adds(out, "**");
	markdown_escape(notice_fields[f->row].name, out);
	buf_adds(out, "**");
	if (notice_fields[f->row].type == FIELD_TEXT) {
		buf_adds(out, "\n\n");
		if (!f->translated)
			markdown_blocks(&f->diff, context, out);
		add_whole(true, f->translated ? f->old : "", out);
		add_whole(false, f->translated ? f->new : "", out);
		return;
	}
	if (f->old != NULL) {
		buf_adds(out, ": ");
		markdown_replacement(f->old, f->new, out);
		buf_adds(out, "\n");
	} else {
		buf_adds(out, "\n\n");
		for (size_t i = 0; i < f->added.n + f->removed.n; i++) {
			buf_adds(out, "- ");
			if (i < f->added.n)
				markdown_replacement("", f->added.v[i], out);
			else
				markdown_replacement(f->removed.v[i - f->added.n], "", out);
			buf_adds(out, "\n");
		}
	}
	buf_adds(out, "\n");
}

void
redline_markdown(const struct redline *r, const struct redline_style *style, struct buf *out)
{
	for (size_t i = 0; i < r->callouts_n; i++) {
		buf_adds(out, "- ");
		markdown_replacement(r->callouts[i].old, r->callouts[i].new, out);
		buf_adds(out, i + 1 < r->callouts_n ? "\n" : "\n\n");
	}
	for (size_t i = 0; i < r->n; i++)
		add_field(&r->v[i], style->context, out);
	for (size_t i = 0; i < r->documents_n; i++)
		markdown_document(&r->documents[i], style, out);
	if (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n')
		buf_truncate(out, out->len - 1);
}
