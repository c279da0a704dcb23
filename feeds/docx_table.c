#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "docx_body.h"

#define MOST_SPAN 100	/* columns; Word has 63 */

/* ---- tables ---- */

static struct docx_table *
table_here(struct docx_body *b)
{
	return &b->table[b->tables > 0 ? b->tables - 1 : 0];
}

void
docx_open_table(struct docx_body *b)
{
	docx_paragraph_flush(b);
	if (b->tables < LIMIT_XML_DEPTH)
		b->table[b->tables++] = (struct docx_table){ .span = 1 };
}

void
docx_open_column(struct docx_body *b)
{
	table_here(b)->columns++;
}

void
docx_open_row(struct docx_body *b)
{
	struct docx_table *t = table_here(b);

	b->row_deleted = false;
	if (b->tables > 0 && !t->begun)
		writer_table(b->writer, t->columns == 1);
	t->begun = true;
}

void
docx_open_cells_before(struct docx_body *b)
{
	if (b->in_row_properties)
		writer_cell_end(b->writer, (size_t)docx_number(b->part, "val", 0, MOST_SPAN, 0), false);
}

void
docx_open_cell(struct docx_body *b)
{
	table_here(b)->span = 1;
	table_here(b)->covered = false;
	if (b->row_deleted)
		docx_skip(b);	/* counted as one */
}

void
docx_open_span(struct docx_body *b)
{
	if (b->in_cell_properties)
		table_here(b)->span = (size_t)docx_number(b->part, "val", 1, MOST_SPAN, 1);
}

void
docx_open_merge(struct docx_body *b)
{
	const char *how = docx_attribute(b->part, "val");

	if (b->in_cell_properties)
		table_here(b)->covered = how == NULL || strcmp(how, "restart") != 0;
}

void
docx_open_deleted_cell(struct docx_body *b)
{
	if (!b->in_cell_properties)
		return;
	table_here(b)->covered = true;
	b->out->deletions++;
}

void
docx_close_cell(struct docx_body *b)
{
	docx_paragraph_flush(b);
	writer_cell_end(b->writer, table_here(b)->span, !table_here(b)->covered);
}

void
docx_close_row(struct docx_body *b)
{
	writer_row_end(b->writer);
	b->row_deleted = false;
}

void
docx_close_table(struct docx_body *b)
{
	if (b->tables > 0 && b->table[--b->tables].begun)
		writer_table_end(b->writer);
}

/* ---- boxes, notes, what is not read ---- */

/* The text of a box stands before that of the paragraph which it hangs on. */
void
docx_open_box(struct docx_body *b)
{
	if (b->boxes + 1 < DOCX_BOXES)
		b->boxes++;
	else
		docx_skip(b);
}

void
docx_close_box(struct docx_body *b)
{
	docx_paragraph_flush(b);
	b->boxes--;
}

void
docx_open_choice(struct docx_body *b)
{
	b->choice = b->part->depth;
}

/* Of an alternative that has a choice the fallback tells the same once more. */
void
docx_open_fallback(struct docx_body *b)
{
	if (b->choice == b->part->depth)
		docx_skip(b);
}

void
docx_close_alternatives(struct docx_body *b)
{
	b->choice = -1;
}

void
docx_open_note(struct docx_body *b)
{
	const char *type = docx_attribute(b->part, "type"), *id;

	if (b->reading == NULL)
		return;
	if (type != NULL && strcmp(type, "normal") != 0) {
		docx_skip(b);	/* the lines between text and notes */
		return;
	}
	id = docx_attribute(b->part, "id");
	free(b->note);
	b->note = xstrdup(id != NULL ? id : "");
	writer_aside(b->writer);
}

void
docx_close_note(struct docx_body *b)
{
	AUTO_BUF text = BUF_INIT;

	if (b->reading == NULL || b->note == NULL)
		return;
	docx_paragraph_flush(b);
	writer_aside_end(b->writer, &text);
	docx_notes_add(b->reading, b->note, &text);
	free(TAKE(b->note));
}
