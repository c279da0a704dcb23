#include <string.h>

#include "../base/buf.h"
#include "../base/xml.h"
#include "document_view.h"
#include "render_html.h"

/* The next '|' that parts cells, not "\\|" in one; NULL when there is none. */
static const char *
next_bar(const char *from, const char *start)
{
	for (const char *p = from; *p != '\0'; p++)
		if (*p == '|' && (p == start || p[-1] != '\\'))
			return p;
	return NULL;
}

static bool
has_bar(const struct span *s)
{
	return next_bar(s->s, s->s) != NULL;
}

/* A row all of one kind, or one of which only what is in cells has changed. */
static bool
is_row(const struct block *b)
{
	if (!block_is_row(b))
		return false;
	for (size_t k = 0; b->n > 1 && k < b->n; k++)
		if (b->spans[k].change != CHANGE_SAME && has_bar(&b->spans[k]))
			return false;
	return true;
}

size_t
html_rows(const struct text_diff *d, const bool *shown, size_t i)
{
	size_t n = 0;

	while (i + n < d->n && shown[i + n] && d->v[i + n].layout && is_row(&d->v[i + n]))
		n++;
	return n;
}

/* Cell text: without the blanks at its ends and the '\' before a bar. */
static void
add_text(const char *s, size_t n, struct buf *out)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		if (s[i] != '\\' || i + 1 == n || s[i + 1] != '|')
			buf_addc(&text, s[i]);
	xml_escape(buf_str(&text), out);
	buf_clear(&text);
}

static void
add_part(const struct block *b, const struct span *s, const char *from, size_t n, struct buf *out)
{
	bool moved = b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO;

	while (s->change != CHANGE_SAME && n > 0 && from[n - 1] == ' ')
		n--;
	if (n == 0)
		return;
	if (s->change != CHANGE_SAME)
		buf_addf(out, moved ? "<%s class=\"moved\">" : "<%s>", html_marks[s->change]);
	add_text(from, n, out);
	if (s->change != CHANGE_SAME)
		buf_addf(out, "</%s>", html_marks[s->change]);
}

/* "| a | b |": a cell ends at each bar but the first. */
static void
add_row(const struct block *b, struct buf *out)
{
	bool open = false;

	buf_adds(out, "<tr>");
	for (size_t k = 0; k < b->n; k++) {
		const char *p = b->spans[k].s, *bar;

		for (; (bar = next_bar(p, b->spans[k].s)) != NULL; p = bar + 1 + (bar[1] == ' ')) {
			if (open)
				add_part(b, &b->spans[k], p, (size_t)(bar - p), out);
			buf_trim(out);
			buf_adds(out, open ? "</td>" : "");
			open = bar[1] != '\0' || k + 1 < b->n;
			buf_adds(out, open ? "<td>" : "");
		}
		if (open)
			add_part(b, &b->spans[k], p, strlen(p), out);
	}
	buf_adds(out, open ? "</td></tr>\n" : "</tr>\n");
}

void
html_table(const struct text_diff *d, size_t i, size_t n, struct buf *out)
{
	buf_adds(out, "<table class=\"rows\">\n");
	for (size_t k = i; k < i + n; k++)
		add_row(&d->v[k], out);
	buf_adds(out, "</table>\n");
}
