#include <string.h>

#include "../lib/base/buf.h"
#include "document_writer.h"
#include "pdf_grid.h"

#define ROW_LINES 20		/* of one row, at which we look ahead */

/* ---- columns ---- */

/* The number of parts that most lines with several have; the larger of two. */
static size_t
common_parts(const struct pdf_line *v, size_t n)
{
	size_t seen[PDF_PARTS + 1] = { 0 }, best = 0;

	for (size_t i = 0; i < n; i++) {
		struct pdf_part parts[PDF_PARTS];

		seen[pdf_line_parts(&v[i], parts)]++;
	}
	for (size_t k = 2; k <= PDF_PARTS; k++)
		if (seen[k] > 0 && (best == 0 || seen[k] >= seen[best]))
			best = k;
	return best;
}

/* Adds what a part covers; columns that it touches become one. False when there are too many. */
static bool
cover(struct pdf_grid *g, unsigned left, unsigned right)
{
	size_t at = 0, end;

	/* a single blank between what stands in two lines parts no columns */
	while (at < g->n && g->v[at].right + 1 < left)
		at++;
	for (end = at; end < g->n && g->v[end].left <= right + 1; end++) {
		left = g->v[end].left < left ? g->v[end].left : left;
		right = g->v[end].right > right ? g->v[end].right : right;
	}
	if (end == at && g->n == PDF_PARTS)
		return false;
	memmove(g->v + at + 1, g->v + end, (g->n - end) * sizeof(*g->v));
	g->n = g->n + 1 - (end - at);
	g->v[at].left = left;
	g->v[at].right = right;
	return true;
}

bool
pdf_grid_read(const struct pdf_line *v, size_t n, struct pdf_grid *out)
{
	size_t k = common_parts(v, n);

	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct pdf_part parts[PDF_PARTS];

		if (pdf_line_parts(&v[i], parts) != k)
			continue;
		for (size_t p = 0; p < k; p++)
			if (!cover(out, parts[p].left, parts[p].right))
				return false;
	}
	return out->n >= 2;
}

/* The column that a part stands in: the first that it touches, else the one before it. */
static size_t
column_of(const struct pdf_grid *g, const struct pdf_part *p)
{
	for (size_t c = 0; c < g->n; c++)
		if (p->left < g->v[c].right)
			return p->right > g->v[c].left || c == 0 ? c : c - 1;
	return g->n - 1;
}

size_t
pdf_grid_cells(const struct pdf_grid *g, const struct pdf_line *l, struct pdf_part cells[PDF_PARTS])
{
	struct pdf_part parts[PDF_PARTS];
	size_t n = pdf_line_parts(l, parts), filled = 0;

	memset(cells, 0, g->n * sizeof(*cells));
	for (size_t i = 0; i < n; i++) {
		struct pdf_part *cell = &cells[column_of(g, &parts[i])];

		if (cell->from == cell->to) {
			*cell = parts[i];
			filled++;
		} else {
			cell->to = parts[i].to;
			cell->right = parts[i].right;
		}
	}
	return filled;
}

/* ---- rows ---- */

static bool
begins_small(const struct pdf_line *l, const struct pdf_part *cell)
{
	return cell->from < cell->to && l->s[cell->from] >= 'a' && l->s[cell->from] <= 'z';
}

/* A line that a row may begin with or be: its first cell has text, and another, or all but the first have. */
static bool
is_full(const struct pdf_grid *g, const struct pdf_line *l)
{
	struct pdf_part cells[PDF_PARTS];
	size_t filled = pdf_grid_cells(g, l, cells);

	if (cells[0].from < cells[0].to)
		return filled >= 2;
	return g->n >= 3 && filled == g->n - 1 && !begins_small(l, &cells[1]);
}

/* Do rows of this table begin in small letters? Else what does goes on from the row before. */
static bool
rows_begin_small(const struct pdf_grid *g, const struct pdf_line *v, size_t n)
{
	size_t full = 0, small = 0;

	for (size_t i = 0; i < n; i++) {
		struct pdf_part cells[PDF_PARTS];

		if (!is_full(g, &v[i]))
			continue;
		pdf_grid_cells(g, &v[i], cells);
		full++;
		small += begins_small(&v[i], &cells[0]);
	}
	return small * 2 > full;
}

/* Does the short line v[i] belong to the row that follows? Of a cell of several lines the others are often set at its middle: then what stands beside it comes on
 * a line of its own, or the cell goes on in small letters beside it. */
static bool
leads_row(const struct pdf_grid *g, const struct pdf_line *v, size_t n, size_t i)
{
	struct pdf_part next[PDF_PARTS];
	size_t k = i + 1, end = i + ROW_LINES < n ? i + ROW_LINES : n;

	if (k < end && v[k].gap == 0 && pdf_grid_cells(g, &v[k], next) > 0 && next[0].from == next[0].to)
		return true;
	while (k < end && !is_full(g, &v[k]) && v[k].gap == 0)
		k++;
	if (k == end)
		return false;
	pdf_grid_cells(g, &v[k], next);
	return begins_small(&v[k], &next[0]);
}

static bool
begins_row(const struct pdf_grid *g, const struct pdf_line *v, size_t n, size_t i, bool small)
{
	struct pdf_part cells[PDF_PARTS];
	bool full = is_full(g, &v[i]), first;

	pdf_grid_cells(g, &v[i], cells);
	first = cells[0].from < cells[0].to;
	if (first && !small && begins_small(&v[i], &cells[0]))
		return false;
	if (full || v[i].gap > 0)
		return full || first;
	return first && pdf_grid_cells(g, &v[i], cells) == 1 && leads_row(g, v, n, i);
}

static void
write_row(const struct pdf_grid *g, const struct pdf_line *v, size_t n, struct writer *out)
{
	AUTO_BUF text = BUF_INIT;

	for (size_t c = 0; c < g->n; c++) {
		buf_reset(&text);
		for (size_t i = 0; i < n; i++) {
			struct pdf_part cells[PDF_PARTS];

			pdf_grid_cells(g, &v[i], cells);
			if (cells[c].from == cells[c].to)
				continue;
			if (text.len > 0)
				buf_addc(&text, ' ');
			buf_add(&text, v[i].s + cells[c].from, cells[c].to - cells[c].from);
		}
		writer_paragraph(out, 0, buf_str(&text), text.len);
		writer_cell_end(out, 1, true);
	}
	writer_row_end(out);
}

/* What a row has so far. */
struct row {
	size_t from;		/* its first line */
	bool first, other;	/* text in the first cell, in another */
};

static void
row_take(struct row *row, const struct pdf_grid *g, const struct pdf_line *l)
{
	struct pdf_part cells[PDF_PARTS];
	size_t filled = pdf_grid_cells(g, l, cells);
	bool first = cells[0].from < cells[0].to;

	row->first = row->first || first;
	row->other = row->other || filled > first;
}

size_t
pdf_table_write(const struct pdf_line *v, size_t n, struct writer *out)
{
	struct row row = { .from = 0 };
	size_t lines = 1;
	struct pdf_grid g;
	bool small;

	while (lines < n && v[lines].table == v[0].table)
		lines++;
	if (!pdf_grid_read(v, lines, &g))
		g = (struct pdf_grid){ .v = { { 0, ~0U } }, .n = 1 };
	small = rows_begin_small(&g, v, lines);
	writer_table(out, false);
	for (size_t i = 0; i < lines; i++) {
		/* what stands above the first whole row is of it: a head of several lines */
		if (row.first && row.other && begins_row(&g, v, lines, i, small)) {
			write_row(&g, v + row.from, i - row.from, out);
			row = (struct row){ .from = i };
		}
		row_take(&row, &g, &v[i]);
	}
	write_row(&g, v + row.from, lines - row.from, out);
	writer_table_end(out);
	return lines;
}
