/* Columns of a block of lines that stand beside each other; for feeds/pdf_columns.c and pdf_table.c. */
#ifndef REGWATCH_FEEDS_PDF_GRID_H
#define REGWATCH_FEEDS_PDF_GRID_H

#include "pdf_lines.h"

struct pdf_grid {
	struct { unsigned left, right; } v[PDF_PARTS];
	size_t n;
};

/* False when the lines have no two columns in common. */
bool pdf_grid_read(const struct pdf_line *v, size_t n, struct pdf_grid *out);

/* What of a line stands in each column (g->n of them); an empty one has from == to. What goes over several belongs to the first. Returns how many have text. */
size_t pdf_grid_cells(const struct pdf_grid *g, const struct pdf_line *l, struct pdf_part cells[PDF_PARTS]);

#endif
