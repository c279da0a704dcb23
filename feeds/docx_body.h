/* The text of a DOCX's parts: docx_body.c walks the elements, docx_paragraph.c keeps the paragraph. Inside docx*.c only. */
#ifndef REGWATCH_FEEDS_DOCX_BODY_H
#define REGWATCH_FEEDS_DOCX_BODY_H

#include "../lib/base/limits.h"
#include "document.h"
#include "document_writer.h"
#include "docx_part.h"
#include "docx_styles.h"
#include "docx_symbols.h"

#define DOCX_FIELDS 32		/* nested in one paragraph; deeper ones are read as text */
#define DOCX_BOXES 16		/* text boxes in text boxes; Word allows none */
#define DOCX_FIELD_NAME 16

enum docx_change { DOCX_AS_BEFORE, DOCX_INSERTED, DOCX_DELETED };

/* A field whose instruction or result we are in. Fields are forgotten at the end of the paragraph: one that is not closed costs no text, and what
 * goes on over paragraphs (a table of contents) shows anyway. */
struct docx_field {
	size_t start;			/* of the instruction in the text */
	bool result;			/* behind "separate" */
	char name[DOCX_FIELD_NAME];	/* the instruction's first word */
	size_t length;
};

struct docx_paragraph {
	struct buf text;
	const struct docx_style *style;
	long heading, list, level;	/* as the paragraph itself says, DOCX_UNSET */
	bool joins;			/* its mark is deleted: the next one goes on */
	bool mark_hidden;
	struct docx_field field[DOCX_FIELDS];
	size_t fields;
	enum docx_change last;		/* of the text before */
	bool run_hidden;
	enum docx_font font;
};

/* Notes by their ids, in the order of the part. */
struct docx_note {
	char *id, *text;
	size_t order;
	size_t number;			/* that it got where it was first referred to, 0 before */
};

struct docx_notes {
	struct docx_note *v;
	size_t n, cap;
	size_t used;
	struct docx_note **shown;	/* 'used' of them, in the order of their numbers */
};

struct docx_table {
	size_t columns;
	bool begun;			/* the writer knows it */
	size_t span;			/* of the cell */
	bool covered;			/* by the cell above */
};

struct docx_body {
	struct docx_part *part;
	const struct docx_styles *styles;
	struct docx_lists *lists;
	struct writer *writer;
	struct docx_notes *footnotes, *endnotes;
	struct document_text *out;	/* changes are counted there */
	struct docx_notes *reading;	/* the part is one of notes */
	/* where we are: */
	struct docx_paragraph paragraph[DOCX_BOXES];	/* the one at hand is [boxes] */
	size_t boxes;
	struct docx_table table[LIMIT_XML_DEPTH];
	size_t tables;
	int skip;			/* depth of the element that is left out, -1 */
	bool skip_deletes;		/* and what is in it counts as deleted */
	int text;			/* depth of the element whose text shows, -1 */
	int instruction;		/* the same for a field's instruction */
	unsigned inserted;		/* w:ins around */
	bool in_paragraph_properties, in_run_properties, in_row_properties, in_cell_properties, in_box, box_ticked, row_deleted;
	int choice;			/* depth of a mc:Choice that was taken, -1 */
	char *note;			/* id of the one that is read */
	size_t pictures, embedded;
};

#define AUTO_DOCX_BODY __attribute__((cleanup(docx_body_free))) struct docx_body
void docx_body_free(struct docx_body **body);
struct docx_body *docx_body_new(void);

/* Reads a part whose root is 'root', "document", "footnotes" or "endnotes". */
int docx_body_read(struct docx_body *b, struct docx_package *package, enum docx_role role, const char *root, struct error *err);

/* Leave the element that opens out, with all that is in it. */
void docx_skip(struct docx_body *b);

/* ---- docx_table.c: elements of tables, boxes, alternatives and notes that open or close ---- */
void docx_open_table(struct docx_body *b);
void docx_open_column(struct docx_body *b);
void docx_open_row(struct docx_body *b);
void docx_open_cells_before(struct docx_body *b);
void docx_open_cell(struct docx_body *b);
void docx_open_span(struct docx_body *b);
void docx_open_merge(struct docx_body *b);
void docx_open_deleted_cell(struct docx_body *b);
void docx_close_cell(struct docx_body *b);
void docx_close_row(struct docx_body *b);
void docx_close_table(struct docx_body *b);
void docx_open_box(struct docx_body *b);
void docx_close_box(struct docx_body *b);
void docx_open_choice(struct docx_body *b);
void docx_open_fallback(struct docx_body *b);
void docx_close_alternatives(struct docx_body *b);
void docx_open_note(struct docx_body *b);
void docx_close_note(struct docx_body *b);

/* ---- docx_paragraph.c ---- */
struct docx_paragraph *docx_here(struct docx_body *b);
void docx_paragraph_open(struct docx_body *b);
void docx_paragraph_close(struct docx_body *b);
/* What was kept for a next paragraph that does not come. */
void docx_paragraph_flush(struct docx_body *b);
void docx_run_open(struct docx_body *b);
/* Text that shows, unless it is hidden. */
void docx_add(struct docx_body *b, const char *text, size_t n);
void docx_change(struct docx_body *b, enum docx_change change);
void docx_field_char(struct docx_body *b, const char *type);
void docx_field_instruction(struct docx_body *b, const char *text);
/* Is the result of such a field (its instruction begins so) left out? Numbers of pages change with the fonts. */
bool docx_field_is_page(const char *instruction);

/* ---- docx_notes.c ---- */
void docx_notes_clear(struct docx_notes *notes);
void docx_notes_add(struct docx_notes *notes, const char *id, struct buf *text);	/* takes the text */
void docx_notes_sort(struct docx_notes *notes);
/* The number of the note, 0 when there is no such note. */
size_t docx_notes_refer(struct docx_notes *notes, const char *id);
void docx_notes_write(const struct docx_notes *notes, const char *prefix, struct writer *w);

#endif
