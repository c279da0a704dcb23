#include "pdf_lines.h"

#include <stdlib.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"

void
pdf_lines_clear(struct pdf_lines *l)
{
	free(l->v);
	*l = (struct pdf_lines)PDF_LINES_INIT;
}

struct pdf_line *
pdf_lines_add(struct pdf_lines *l)
{
	l->v = xgrow(l->v, l->n, &l->cap, sizeof(*l->v));
	l->v[l->n] = (struct pdf_line){ .s = "" };
	return &l->v[l->n++];
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Bytes inside a character do not count. */
static unsigned
columns(const char *s, size_t n)
{
	unsigned count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80;
	return count;
}

/* False for a blank line. */
static bool
read_line(const char *s, size_t n, struct pdf_line *out)
{
	size_t from = 0;

	while (n > 0 && is_blank(s[n - 1]))
		n--;
	while (from < n && is_blank(s[from]))
		from++;
	out->s = s + from;
	out->n = n - from;
	out->indent = (unsigned)from;
	out->end = out->indent + columns(out->s, out->n);
	return n > from;
}

int
pdf_lines_read(const char *layout, size_t n, struct pdf_lines *out, struct error *err)
{
	unsigned page = 0, gap = 0;
	size_t first = 0;		/* line of this page */

	for (size_t at = 0, end; at < n; at = end + 1) {
		struct pdf_line line = { .page = page };

		for (end = at; end < n && layout[end] != '\n' && layout[end] != '\f'; end++)
			;
		if (!read_line(layout + at, end - at, &line)) {
			gap++;
		} else if (out->n >= LIMIT_PDF_LINES) {
			return error_set(err, ERR_DATA, "more than %d lines", LIMIT_PDF_LINES);
		} else {
			line.fresh = out->n == first;
			line.gap = line.fresh ? 0 : gap;
			gap = 0;
			*pdf_lines_add(out) = line;
		}
		if (end < n && layout[end] == '\f') {
			page++;
			gap = 0;
			first = out->n;
		}
	}
	/* the last page, too, ends with "\f", but in a text from elsewhere it need not */
	out->pages = page + (out->n > 0 && out->v[out->n - 1].page == page);
	return 0;
}

size_t
pdf_line_parts(const struct pdf_line *l, struct pdf_part parts[PDF_PARTS])
{
	unsigned column = l->indent;
	size_t n = 0, blanks = 2;

	for (size_t i = 0; i < l->n; i++) {
		if (is_blank(l->s[i])) {
			blanks++;
			column++;
			continue;
		}
		if (blanks >= 2 && n < PDF_PARTS)
			parts[n++] = (struct pdf_part){ .from = i, .left = column };
		blanks = 0;
		column += ((unsigned char)l->s[i] & 0xc0) != 0x80;
		parts[n - 1].to = i + 1;
		parts[n - 1].right = column;
	}
	return n;
}
