#include <string.h>
#include <strings.h>

#include "html_text.h"

#define MOST_COLUMNS 1000	/* HTML's own bound of colspan */
#define MOST_ROWS 65534		/* and of rowspan */

struct table {
	struct html *html;
	unsigned short below[MOST_COLUMNS];	/* rows that a cell above still covers, for each column */
	size_t column;
};

static bool
is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

static bool
is_cell(const xmlNode *node)
{
	return (is(node, "td") || is(node, "th")) && !html_is_hidden(node);
}

static bool
is_group(const xmlNode *node)
{
	return is(node, "thead") || is(node, "tbody") || is(node, "tfoot");
}

static size_t
cells_of(const xmlNode *row)
{
	size_t n = 0;

	for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next)
		if (is_cell(cell))
			n += (size_t)html_number(cell, "colspan", 1, MOST_COLUMNS, 1);
	return n;
}

/* No row has more than one cell. */
static bool
is_frame(const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		if ((is(child, "tr") && cells_of(child) > 1) || (is_group(child) && !is_frame(child)))
			return false;
	return true;
}

/* Columns that cells above reach into are empty. */
static void
pass_covered(struct table *t)
{
	for (; t->column < MOST_COLUMNS && t->below[t->column] > 0; t->column++) {
		t->below[t->column]--;
		writer_cell_end(t->html->writer, 1, false);
	}
}

static void
read_cell(struct table *t, const xmlNode *cell)
{
	size_t span = (size_t)html_number(cell, "colspan", 1, MOST_COLUMNS, 1);
	unsigned short rows = (unsigned short)html_number(cell, "rowspan", 1, MOST_ROWS, 1);

	pass_covered(t);
	html_flush(t->html);
	html_children(t->html, cell);
	html_flush(t->html);
	writer_cell_end(t->html->writer, span, true);
	for (; span > 0 && t->column < MOST_COLUMNS; span--)
		t->below[t->column++] = (unsigned short)(rows - 1);
}

static void
read_row(struct table *t, const xmlNode *row)
{
	t->column = 0;
	for (const xmlNode *cell = row->children; cell != NULL; cell = cell->next)
		if (is_cell(cell))
			read_cell(t, cell);
	pass_covered(t);
	writer_row_end(t->html->writer);
}

static void
read_rows(struct table *t, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		if (is(child, "tr") && !html_is_hidden(child))
			read_row(t, child);
		else if (is_group(child))
			read_rows(t, child);
}

void
html_text_table(struct html *h, const xmlNode *node)
{
	struct table t = { .html = h };
	struct html_list list = h->list;

	html_flush(h);
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		if (is(child, "caption")) {
			html_children(h, child);
			html_flush(h);
		}
	h->list = (struct html_list){ .form = NUMBER_BULLET };
	writer_table(h->writer, is_frame(node));
	read_rows(&t, node);
	writer_table_end(h->writer);
	h->list = list;
}
