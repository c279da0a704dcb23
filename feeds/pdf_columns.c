#include <stdlib.h>
#include <string.h>

#include "pdf_grid.h"

#include "../lib/base/alloc.h"

#define GAP 3			/* blanks in a line that may part columns; two also occur in justified text */
#define ROWS 3			/* lines with such a gap that make a table or columns of text */
#define COLUMN_LINES 5		/* lines beside each other that make columns of text */
#define COLUMN_WIDTH 25		/* average characters of a line in such a column */
#define PROSE 30		/* characters of a line that is long enough to tell where the right margin is */
#define USUAL 90		/* columns of a page of text */
#define MARKER 7		/* columns up to which a first column may be one of list markers */

struct margins {
	unsigned left, right;
};

static int
unsigned_cmp(const void *a, const void *b)
{
	const unsigned *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The most frequent value of v, the smallest of several. Sorts v. */
static unsigned
mode(unsigned *v, size_t n)
{
	unsigned best = 0;
	size_t most = 0;

	qsort(v, n, sizeof(*v), unsigned_cmp);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && v[end] == v[i]; end++)
			;
		if (end - i > most) {
			most = end - i;
			best = v[i];
		}
	}
	return best;
}

static struct margins
page_margins(const struct pdf_line *v, size_t n)
{
	unsigned *indents = xreallocarray(NULL, n, sizeof(*indents)), *ends = xreallocarray(NULL, n, sizeof(*ends));
	struct margins m = { 0, 0 };
	size_t long_ones = 0;

	for (size_t i = 0; i < n; i++) {
		indents[i] = v[i].indent;
		if (v[i].end - v[i].indent >= PROSE)
			ends[long_ones++] = v[i].end;
	}
	m.left = mode(indents, n);
	/* nine of ten lines end there or before; where all are short, none is so because there was no more room */
	if (long_ones == 0) {
		m.right = m.left + USUAL;
	} else {
		qsort(ends, long_ones, sizeof(*ends), unsigned_cmp);
		m.right = ends[(long_ones - 1) * 9 / 10];
	}
	free(indents);
	free(ends);
	return m;
}

/* ---- what stands beside each other ---- */

/* A line with a gap that may part columns. Rows of dots lead to a page number, and are no table. */
static bool
is_row(const struct pdf_line *l)
{
	struct pdf_part parts[PDF_PARTS];
	size_t n = pdf_line_parts(l, parts);

	if (memmem(l->s, l->n, "....", 4) != NULL)
		return false;
	for (size_t i = 1; i < n; i++)
		if (parts[i].left - parts[i - 1].right >= GAP)
			return true;
	return false;
}

/* May the line stand among rows? One that goes over most of the page ends them. */
static bool
may_belong(const struct pdf_line *l, const struct margins *m)
{
	struct pdf_part parts[PDF_PARTS];

	if (l->gap > 2 || memmem(l->s, l->n, "....", 4) != NULL)
		return false;
	if (is_row(l) || pdf_line_parts(l, parts) > 1)
		return true;
	return l->end - l->indent <= (m->right > m->left ? (m->right - m->left) * 6 / 10 : 0);
}

/* Lines from v[0] that may be rows; 0 when they are too few. */
static size_t
block_length(const struct pdf_line *v, size_t n, const struct margins *m)
{
	size_t end = 0, rows = 0;

	if (!is_row(&v[0]))
		return 0;
	for (size_t i = 0; i < n && (i == 0 || may_belong(&v[i], m)); i++) {
		bool row = is_row(&v[i]);

		rows += row;
		/* what follows the last row is a part of it when it goes on in small letters */
		if (row || (v[i].gap == 0 && end == i && v[i].s[0] >= 'a' && v[i].s[0] <= 'z'))
			end = i + 1;
	}
	return rows >= ROWS ? end : 0;
}

/* Are the columns such as running text stands in? Long lines, most of them up to the column's right edge. */
static bool
is_prose(const struct pdf_line *v, size_t n, const struct pdf_grid *g)
{
	for (size_t c = 0; c < g->n; c++) {
		size_t lines = 0, length = 0, full = 0;

		for (size_t i = 0; i < n; i++) {
			struct pdf_part cells[PDF_PARTS];

			pdf_grid_cells(g, &v[i], cells);
			if (cells[c].from == cells[c].to)
				continue;
			lines++;
			length += cells[c].right - cells[c].left;
			full += (cells[c].right - g->v[c].left) * 4 >= (g->v[c].right - g->v[c].left) * 3;
		}
		if (lines < COLUMN_LINES || length < lines * COLUMN_WIDTH || full * 10 < lines * 6)
			return false;
	}
	return true;
}

/* Is the first column one of list markers ("(a)", "1.", "-")? */
static bool
is_list(const struct pdf_line *v, size_t n, const struct pdf_grid *g)
{
	if (g->n != 2 || g->v[0].right - g->v[0].left > MARKER)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct pdf_part cells[PDF_PARTS];
		size_t last;

		pdf_grid_cells(g, &v[i], cells);
		last = cells[0].to;
		if (cells[0].from < last && strchr(").-:", v[i].s[last - 1]) == NULL && (unsigned char)v[i].s[last - 1] < 0x80)
			return false;
	}
	return true;
}

/* ---- what becomes of it ---- */

static void
add_column(const struct pdf_line *v, size_t n, const struct pdf_grid *g, size_t c, struct pdf_lines *out)
{
	unsigned blank = 0;
	bool first = true;

	for (size_t i = 0; i < n; i++) {
		struct pdf_part cells[PDF_PARTS];
		struct pdf_line *l;

		pdf_grid_cells(g, &v[i], cells);
		blank += v[i].gap;
		if (cells[c].from == cells[c].to) {
			blank++;
			continue;
		}
		l = pdf_lines_add(out);
		*l = v[i];
		l->s = v[i].s + cells[c].from;
		l->n = cells[c].to - cells[c].from;
		l->indent = cells[c].left;
		l->end = cells[c].right;
		l->left = g->v[c].left;
		l->right = g->v[c].right;
		l->gap = first ? 0 : blank;
		l->fresh = first && (c > 0 || v[0].fresh);
		if (first && c == 0)
			l->gap = v[0].gap;
		first = false;
		blank = 0;
	}
}

static void
add_lines(const struct pdf_line *v, size_t n, const struct margins *m, unsigned table, struct pdf_lines *out)
{
	for (size_t i = 0; i < n; i++) {
		struct pdf_line *l = pdf_lines_add(out);

		*l = v[i];
		l->left = m->left;
		l->right = m->right;
		l->table = table;
	}
}

/* Is v[0] the upper line of a table's head, over a column other than the first? */
static bool
is_head(const struct pdf_line *v, size_t n, const struct margins *m)
{
	struct pdf_part parts[PDF_PARTS];
	struct pdf_grid g;
	size_t block;

	if (n < 2 || v[1].gap > 0 || pdf_line_parts(&v[0], parts) != 1 || !is_row(&v[1]))
		return false;
	block = block_length(v + 1, n - 1, m);
	return block > 0 && pdf_grid_read(v + 1, block, &g) && v[0].indent > g.v[0].right && v[0].end <= g.v[g.n - 1].right;
}

/* Takes what begins at v[0], one line at least; returns how many. */
static size_t
take(const struct pdf_line *v, size_t n, const struct margins *m, unsigned *tables, struct pdf_lines *out)
{
	size_t head = is_head(v, n, m), block = block_length(v + head, n - head, m) + head;
	struct pdf_grid g;

	if (block == 0 || !pdf_grid_read(v, block, &g) || is_list(v, block, &g)) {
		block = block == 0 ? 1 : block;
		add_lines(v, block, m, 0, out);
	} else if (is_prose(v, block, &g)) {
		for (size_t c = 0; c < g.n; c++)
			add_column(v, block, &g, c, out);
	} else {
		add_lines(v, block, m, ++*tables, out);
	}
	return block;
}

void
pdf_columns_read(const struct pdf_lines *in, struct pdf_lines *out)
{
	struct pdf_lines kept = PDF_LINES_INIT;
	unsigned tables = 0, page = (unsigned)-1;

	for (size_t i = 0; i < in->n; i++) {
		if (in->v[i].gone)
			continue;
		*pdf_lines_add(&kept) = in->v[i];
		kept.v[kept.n - 1].fresh = in->v[i].page != page;
		if (in->v[i].page != page)
			kept.v[kept.n - 1].gap = 0;
		page = in->v[i].page;
	}
	for (size_t from = 0, to; from < kept.n; from = to) {
		struct margins m;

		for (to = from + 1; to < kept.n && kept.v[to].page == kept.v[from].page; to++)
			;
		m = page_margins(kept.v + from, to - from);
		for (size_t at = from; at < to;)
			at += take(kept.v + at, to - at, &m, &tables, out);
	}
	out->pages = in->pages;
	pdf_lines_clear(&kept);
}
