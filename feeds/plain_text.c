#include "plain_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "document.h"
#include "document_writer.h"

#define TOOL "regwatch-plain 1"
#define NARROWEST 40		/* columns of a text that was broken into lines; narrower ones are lists and addresses */
#define WIDEST 130		/* broader ones are paragraphs */
#define WITHIN 95		/* so many lines of a hundred are no broader than the text */
#define INDENT 4		/* columns by which a line that begins a paragraph stands further in than the one before */

struct line {
	const char *s;		/* cleaned */
	size_t width;
	size_t indent;		/* of the source */
	size_t first;		/* columns of its first word */
	bool empty;
};

struct text {
	struct buf words;	/* the lines, each with a NUL behind it */
	struct line *v;
	size_t n, cap;
	size_t width;		/* of the broken lines, 0 when lines are paragraphs */
};

static void
text_clear(struct text *t)
{
	buf_clear(&t->words);
	free(t->v);
}

#define AUTO_TEXT __attribute__((cleanup(text_clear))) struct text

static size_t
indent_of(const char *s, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n && (s[i] == ' ' || s[i] == '\t'); i++)
		columns = s[i] == '\t' ? (columns / 8 + 1) * 8 : columns + 1;
	return columns;
}

static void
add_line(struct text *t, const char *s, size_t n)
{
	size_t start = t->words.len;

	utf8_clean(s, n, false, &t->words);
	if (t->words.len == start && t->n > 0 && t->v[t->n - 1].empty)
		return;
	buf_addc(&t->words, '\0');
	t->v = xgrow(t->v, t->n, &t->cap, sizeof(*t->v));
	t->v[t->n++] = (struct line){ .width = start, .indent = indent_of(s, n), .empty = t->words.len == start + 1 };
}

static void
measure(struct text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct line *l = &t->v[i];
		AUTO_FREE char *word = NULL;

		l->s = t->words.data + l->width;	/* the buffer moves no more */
		l->width = utf8_width(l->s);
		word = xstrndup(l->s, strcspn(l->s, " "));
		l->first = utf8_width(word);
	}
}

static int
read_lines(const char *s, size_t n, struct text *t, struct error *err)
{
	for (size_t i = 0, length; i < n; i += length + 1) {
		for (length = 0; i + length < n && s[i + length] != '\n' && s[i + length] != '\f'; length++)
			continue;
		add_line(t, s + i, length);
		if (t->words.len > LIMIT_DOCUMENT_TEXT)
			return error_set(err, ERR_DATA, "more than %d MB of text", LIMIT_DOCUMENT_TEXT >> 20);
	}
	measure(t);
	return 0;
}

/* ---- what belongs together ---- */

/* Does the line begin with the mark of a list or of a provision: "-", "1.", "a)", "(2)", "§", "Article 5"? */
static bool
has_mark(const char *s)
{
	static const char *const marks[] = { "- ", "* ", "+ ", "• ", "· ", "– ", "— ", "▪ ", "§", "Article ", "Art. ", "ARTICLE ", "Artikel ", "Section ", "Chapter " };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return true;
	s += *s == '(';
	while (n < 4 && isdigit((unsigned char)s[n]))
		n++;
	if (n == 0 && isalpha((unsigned char)s[0]))
		n = 1;
	for (; n > 0 && isdigit((unsigned char)s[n]) && n < 12; n++)
		continue;
	return n > 0 && (s[n] == '.' || s[n] == ')') && (s[n + 1] == ' ' || s[n + 1] == '\0' || isdigit((unsigned char)s[n + 1]));
}

/* Could the next line's first word not stand on this one? Then its end is only where the text was broken. */
static bool
is_full(const struct text *t, const struct line *l, const struct line *next)
{
	return l->indent + l->width + 1 + next->first > t->width;
}

static bool
goes_on(const struct text *t, size_t i)
{
	const struct line *l = &t->v[i], *next = l + 1;

	if (t->width == 0 || i + 1 >= t->n || next->width == 0 || has_mark(next->s))
		return false;
	return is_full(t, l, next) && (next->indent < l->indent + INDENT || has_mark(l->s));
}

static int
compare_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* The width at which the text was broken: that of nearly all lines, when at least a third of those that another follows are full. */
static void
find_width(struct text *t)
{
	AUTO_FREE size_t *widths = xreallocarray(NULL, t->n + 1, sizeof(*widths));
	size_t n = 0, followed = 0, full = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].width > 0)
			widths[n++] = t->v[i].indent + t->v[i].width;
	if (n == 0)
		return;
	qsort(widths, n, sizeof(*widths), compare_size);
	t->width = widths[(n - 1) * WITHIN / 100];
	for (size_t i = 0; i + 1 < t->n; i++)
		if (t->v[i].width > 0 && t->v[i + 1].width > 0) {
			followed++;
			full += is_full(t, &t->v[i], &t->v[i + 1]);
		}
	if (t->width < NARROWEST || t->width > WIDEST || full * 3 < followed)
		t->width = 0;
}

static bool
ends_in_hyphen(const struct buf *b)
{
	return b->len >= 2 && b->data[b->len - 1] == '-' && isalpha((unsigned char)b->data[b->len - 2]);
}

/* One bullet for all. */
static void
add_start(const char *s, struct buf *out)
{
	static const char *const bullets[] = { "* ", "+ ", "• ", "· ", "– ", "— ", "▪ " };

	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++)
		if (strncmp(s, bullets[i], strlen(bullets[i])) == 0) {
			buf_adds(out, "- ");
			s += strlen(bullets[i]);
			break;
		}
	buf_adds(out, s);
}

static void
write_paragraphs(const struct text *t, struct writer *w)
{
	AUTO_BUF paragraph = BUF_INIT;

	for (size_t i = 0; i < t->n; i++) {
		if (paragraph.len == 0)
			add_start(t->v[i].s, &paragraph);
		else
			buf_adds(&paragraph, t->v[i].s);
		if (t->v[i].width > 0 && goes_on(t, i)) {
			if (!ends_in_hyphen(&paragraph))
				buf_addc(&paragraph, ' ');
			continue;
		}
		writer_paragraph(w, 0, buf_str(&paragraph), paragraph.len);
		buf_reset(&paragraph);
	}
}

/* CR LF and CR are LF. */
static void
mend_line_ends(struct buf *text)
{
	size_t to = 0;

	for (size_t i = 0; i < text->len; i++) {
		if (text->data[i] == '\r' && i + 1 < text->len && text->data[i + 1] == '\n')
			continue;
		text->data[to++] = text->data[i] == '\r' ? '\n' : text->data[i];
	}
	if (text->data != NULL)
		buf_truncate(text, to);
}

int
plain_text(const char *bytes, size_t n, struct document_text *out, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	AUTO_TEXT t = { .v = NULL };
	AUTO_WRITER *w = document_writer_new();
	const char *charset;
	int rc;

	if (n > LIMIT_DOCUMENT)
		return error_set(err, ERR_DATA, "larger than %d MB", LIMIT_DOCUMENT >> 20);
	charset = plain_text_decode(bytes, n, &text);
	mend_line_ends(&text);
	if ((rc = read_lines(buf_str(&text), text.len, &t, err)) < 0)
		return rc;
	find_width(&t);
	write_paragraphs(&t, w);
	if ((rc = writer_finish(w, &out->text, err)) < 0)
		return rc;
	out->tool = xstrdup(TOOL);
	if (strncmp(charset, "utf-", 4) != 0)
		strv_take(&out->notes, xasprintf("read as %s", charset));
	return 0;
}
