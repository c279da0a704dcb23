#include "document_writer.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "document.h"

#define DEEPEST 6		/* heading */

/* A table that shows as one. Of the frames only their place in the stack is kept. */
struct grid {
	bool frame;
	struct buf row, cell;
	size_t cells;		/* of this row */
	bool filled;		/* some cell of it has text */
};

struct writer {
	struct buf out;
	struct buf scratch;
	struct grid *grids;
	size_t n, cap;
	size_t spent;		/* bytes taken in, and two for each empty cell */
	bool too_wide;
};

struct writer *
document_writer_new(void)
{
	return xcalloc(1, sizeof(struct writer));
}

static void
pop(struct writer *w)
{
	struct grid *g = &w->grids[--w->n];

	buf_clear(&g->row);
	buf_clear(&g->cell);
}

void
document_writer_free(struct writer *w)
{
	if (w == NULL)
		return;
	while (w->n > 0)
		pop(w);
	free(w->grids);
	buf_clear(&w->out);
	buf_clear(&w->scratch);
	free(w);
}

static bool
may_add(struct writer *w, size_t n)
{
	if (n > LIMIT_DOCUMENT_TEXT || w->spent > LIMIT_DOCUMENT_TEXT - n)
		w->spent = (size_t)LIMIT_DOCUMENT_TEXT + 1;
	else
		w->spent += n;
	return w->spent <= LIMIT_DOCUMENT_TEXT;
}

int
writer_check(const struct writer *w, struct error *err)
{
	if (w->spent > LIMIT_DOCUMENT_TEXT)
		return error_set(err, ERR_DATA, "more than %d MB of text", LIMIT_DOCUMENT_TEXT >> 20);
	if (w->too_wide)
		return error_set(err, ERR_DATA, "a row of a table has more than %d cells", LIMIT_DOCUMENT_CELLS);
	return 0;
}

/* The innermost table below the first 'n' that shows, NULL without. */
static struct grid *
grid_of(const struct writer *w, size_t n)
{
	while (n > 0)
		if (!w->grids[--n].frame)
			return &w->grids[n];
	return NULL;
}

/* One paragraph more in a cell. */
static void
add_to_cell(struct grid *g, const char *text)
{
	if (*text == '\0')
		return;
	if (g->cell.len > 0)
		buf_adds(&g->cell, " / ");
	buf_adds(&g->cell, text);
}

static bool
needs_escape(const char *text)
{
	return text[0] == '#' || text[0] == '|' || text[0] == '\\' || strncmp(text, "[^", 2) == 0;
}

static void
add_line(struct writer *w, unsigned level, const char *text)
{
	for (unsigned i = 0; i < level && i < DEEPEST; i++)
		buf_addc(&w->out, '#');
	if (level > 0)
		buf_addc(&w->out, ' ');
	else if (needs_escape(text))
		buf_addc(&w->out, '\\');
	buf_adds(&w->out, text);
	buf_addc(&w->out, '\n');
}

void
writer_paragraph(struct writer *w, unsigned level, const char *text, size_t n)
{
	struct grid *g = grid_of(w, w->n);

	if (!may_add(w, n + 1))
		return;
	buf_reset(&w->scratch);
	utf8_clean(text, n, false, &w->scratch);
	if (w->scratch.len == 0)
		return;
	if (g != NULL)
		add_to_cell(g, w->scratch.data);
	else
		add_line(w, level, w->scratch.data);
}

void
writer_table(struct writer *w, bool frame)
{
	w->grids = xgrow(w->grids, w->n, &w->cap, sizeof(*w->grids));
	w->grids[w->n++] = (struct grid){ .frame = frame };
}

static void
add_empty_cell(struct writer *w, struct grid *g, bool nested)
{
	if (++g->cells > LIMIT_DOCUMENT_CELLS)
		w->too_wide = true;
	else if (!nested && may_add(w, 2))
		buf_adds(&g->row, g->cells == 1 ? "| |" : " |");
}

static void
add_cell_text(struct grid *g)
{
	buf_adds(&g->row, g->cells == 0 ? "| " : " ");
	for (const char *s = g->cell.data; *s != '\0'; s++) {
		if (*s == '|')
			buf_addc(&g->row, '\\');
		buf_addc(&g->row, *s);
	}
	buf_adds(&g->row, " |");
}

void
writer_cell_end(struct writer *w, size_t span, bool shown)
{
	struct grid *g = w->n > 0 ? &w->grids[w->n - 1] : NULL;
	bool nested;

	if (g == NULL || g->frame)
		return;
	nested = grid_of(w, w->n - 1) != NULL;
	if (shown && g->cell.len > 0) {
		if (nested && g->filled)
			buf_adds(&g->row, "; ");
		if (nested)
			buf_adds(&g->row, g->cell.data);
		else
			add_cell_text(g);
		g->filled = true;
		if (++g->cells > LIMIT_DOCUMENT_CELLS)
			w->too_wide = true;
		span = span > 0 ? span - 1 : 0;
	}
	for (; span > 0 && !w->too_wide; span--)
		add_empty_cell(w, g, nested);
	buf_reset(&g->cell);
}

void
writer_row_end(struct writer *w)
{
	struct grid *g = w->n > 0 ? &w->grids[w->n - 1] : NULL, *outer;

	if (g == NULL || g->frame)
		return;
	if (g->cell.len > 0)
		writer_cell_end(w, 1, true);	/* text that stood in no cell */
	outer = grid_of(w, w->n - 1);
	if (g->filled && outer != NULL) {
		add_to_cell(outer, buf_str(&g->row));
	} else if (g->filled) {
		buf_adds(&w->out, buf_str(&g->row));
		buf_addc(&w->out, '\n');
	}
	buf_reset(&g->row);
	g->cells = 0;
	g->filled = false;
}

void
writer_table_end(struct writer *w)
{
	if (w->n == 0)
		return;
	writer_row_end(w);
	pop(w);
}

void
writer_aside(struct writer *w)
{
	writer_table(w, false);
}

void
writer_aside_end(struct writer *w, struct buf *out)
{
	buf_adds(out, buf_str(&w->grids[w->n - 1].cell));
	pop(w);
}

void
writer_note(struct writer *w, const char *label, const char *text)
{
	if (may_add(w, strlen(label) + strlen(text) + 6))
		buf_addf(&w->out, *text != '\0' ? "[^%s]: %s\n" : "[^%s]:%s\n", label, text);
}

int
writer_finish(struct writer *w, char **text, struct error *err)
{
	int rc;

	while (w->n > 0)
		writer_table_end(w);
	if ((rc = writer_check(w, err)) < 0)
		return rc;
	document_strip(&w->out);
	*text = buf_take(&w->out);
	return 0;
}
