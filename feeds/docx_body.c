#include "docx_body.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"

#define TICKED "☒"
#define UNTICKED "☐"

struct docx_body *
docx_body_new(void)
{
	return xcalloc(1, sizeof(struct docx_body));
}

void
docx_body_free(struct docx_body **body)
{
	if (*body == NULL)
		return;
	for (size_t i = 0; i < DOCX_BOXES; i++)
		buf_clear(&(*body)->paragraph[i].text);
	free((*body)->note);
	free(*body);
}

/* Leave the element out, with all that is in it. */
void
docx_skip(struct docx_body *b)
{
	b->skip = b->part->depth;
	b->skip_deletes = false;
}

static void
skip_deleted(struct docx_body *b)
{
	docx_skip(b);
	b->skip_deletes = true;
}

/* ---- revisions ---- */

static void
open_insertion(struct docx_body *b)
{
	if (b->in_paragraph_properties && b->in_run_properties)
		docx_change(b, DOCX_INSERTED);	/* the paragraph's mark */
	else if (b->in_row_properties)
		b->out->insertions++;
	else if (!b->in_paragraph_properties && !b->in_run_properties)
		b->inserted++;
}

static void
close_insertion(struct docx_body *b)
{
	if (!b->in_paragraph_properties && !b->in_run_properties && !b->in_row_properties && b->inserted > 0)
		b->inserted--;
}

static void
open_deletion(struct docx_body *b)
{
	if (b->in_paragraph_properties && b->in_run_properties) {
		docx_here(b)->joins = true;
		docx_change(b, DOCX_DELETED);
	} else if (b->in_row_properties) {
		b->row_deleted = true;
		b->out->deletions++;
	} else if (!b->in_paragraph_properties && !b->in_run_properties) {
		skip_deleted(b);
	}
}

/* ---- properties ---- */

static void open_paragraph_properties(struct docx_body *b) { b->in_paragraph_properties = true; }
static void close_paragraph_properties(struct docx_body *b) { b->in_paragraph_properties = false; docx_run_open(b); }
static void open_run_properties(struct docx_body *b) { b->in_run_properties = true; }
static void close_run_properties(struct docx_body *b) { b->in_run_properties = false; }
static void open_row_properties(struct docx_body *b) { b->in_row_properties = true; }
static void close_row_properties(struct docx_body *b) { b->in_row_properties = false; }
static void open_cell_properties(struct docx_body *b) { b->in_cell_properties = true; }
static void close_cell_properties(struct docx_body *b) { b->in_cell_properties = false; }

static void
open_paragraph_style(struct docx_body *b)
{
	const struct docx_style *style = docx_style_find(b->styles, docx_attribute(b->part, "val"));

	if (b->in_paragraph_properties && style != NULL)
		docx_here(b)->style = style;
}

static void
open_outline(struct docx_body *b)
{
	long level = docx_number(b->part, "val", 0, 9, 9);

	if (b->in_paragraph_properties)
		docx_here(b)->heading = level < 9 ? level + 1 : 0;
}

static void
open_list_id(struct docx_body *b)
{
	if (b->in_paragraph_properties)
		docx_here(b)->list = docx_number(b->part, "val", 0, INT32_MAX, 0);
}

static void
open_list_level(struct docx_body *b)
{
	if (b->in_paragraph_properties)
		docx_here(b)->level = docx_number(b->part, "val", 0, DOCX_LEVELS - 1, 0);
}

static void
open_hidden(struct docx_body *b)
{
	if (b->in_paragraph_properties && b->in_run_properties)
		docx_here(b)->mark_hidden = docx_switch(b->part);
	else if (b->in_run_properties)
		docx_here(b)->run_hidden = docx_switch(b->part);
}

/* A heading that runs on in the next paragraph. */
static void
open_separator(struct docx_body *b)
{
	if (b->in_paragraph_properties && b->in_run_properties && docx_switch(b->part))
		docx_here(b)->joins = true;
}

static void
open_run_style(struct docx_body *b)
{
	const struct docx_style *style = docx_style_find(b->styles, docx_attribute(b->part, "val"));

	if (b->in_run_properties && !b->in_paragraph_properties && style != NULL && style->hidden != DOCX_UNSET)
		docx_here(b)->run_hidden = style->hidden == 1;
}

static void
open_fonts(struct docx_body *b)
{
	const char *name = docx_attribute(b->part, "ascii");

	if (b->in_run_properties && !b->in_paragraph_properties)
		docx_here(b)->font = docx_font_of(name != NULL ? name : docx_attribute(b->part, "hAnsi"));
}

/* ---- text ---- */

static void open_text(struct docx_body *b) { b->text = b->part->depth; }
static void open_instruction(struct docx_body *b) { b->instruction = b->part->depth; }
static void close_text(struct docx_body *b) { b->text = b->instruction = -1; }
static void open_hyphen(struct docx_body *b) { docx_add(b, "-", 1); }

static void
open_blank(struct docx_body *b)
{
	if (!b->in_paragraph_properties)
		docx_add(b, " ", 1);
}

static void
open_symbol(struct docx_body *b)
{
	AUTO_BUF shown = BUF_INIT;
	enum docx_font font = docx_font_of(docx_attribute(b->part, "font"));
	const char *code = docx_attribute(b->part, "char");
	unsigned long cp = code != NULL ? strtoul(code, NULL, 16) : 0;

	if (cp > 0 && cp <= 0x10ffff)
		docx_add_symbol(font, (int32_t)cp, &shown);
	docx_add(b, buf_str(&shown), shown.len);
}

static void
open_field_char(struct docx_body *b)
{
	const char *type = docx_attribute(b->part, "fldCharType");

	if (type != NULL)
		docx_field_char(b, type);
}

static void
open_simple_field(struct docx_body *b)
{
	const char *instruction = docx_attribute(b->part, "instr");

	if (instruction != NULL && docx_field_is_page(instruction))
		docx_skip(b);
}

static void
open_check_box(struct docx_body *b)
{
	b->in_box = true;
	b->box_ticked = false;
}

static void
open_ticked(struct docx_body *b)
{
	if (b->in_box)
		b->box_ticked = docx_switch(b->part);
}

/* The box shows though it stands in the instruction, which will be cut away. */
static void
close_check_box(struct docx_body *b)
{
	struct docx_paragraph *p = docx_here(b);

	docx_add(b, b->box_ticked ? TICKED : UNTICKED, strlen(TICKED));
	if (p->fields > 0)
		p->field[p->fields - 1].start = p->text.len;
	b->in_box = false;
}

static void
refer(struct docx_body *b, struct docx_notes *notes, const char *prefix)
{
	const char *id = docx_attribute(b->part, "id");
	size_t number;
	char label[40];

	if (id == NULL || notes == NULL || docx_here(b)->run_hidden || (number = docx_notes_refer(notes, id)) == 0)
		return;
	snprintf(label, sizeof(label), "[^%s%zu]", prefix, number);
	docx_add(b, label, strlen(label));
}

static void open_footnote_reference(struct docx_body *b) { refer(b, b->footnotes, ""); }
static void open_endnote_reference(struct docx_body *b) { refer(b, b->endnotes, "e"); }

/* ---- mathematics: enough that 1/2 is not 12 and x^2 not x2 ---- */

static void open_superscript(struct docx_body *b) { docx_add(b, "^", 1); }
static void open_subscript(struct docx_body *b) { docx_add(b, "_", 1); }
static void open_root(struct docx_body *b) { docx_add(b, "√", strlen("√")); }
static void open_delimiter(struct docx_body *b) { docx_add(b, "(", 1); }
static void close_delimiter(struct docx_body *b) { docx_add(b, ")", 1); }
static void close_numerator(struct docx_body *b) { docx_add(b, "/", 1); }

/* ---- what is not read ---- */

static void open_picture(struct docx_body *b) { b->pictures++; }
static void open_embedded(struct docx_body *b) { b->embedded++; }

static void
close_body(struct docx_body *b)
{
	docx_paragraph_flush(b);
}

/* ---- the table: what is not in it lets through what is inside ---- */

typedef void element_fn(struct docx_body *b);

static const struct element {
	const char *name;
	element_fn *open, *close;
} word_elements[] = {	/* sorted by name */
	{ "altChunk", open_embedded, NULL }, { "body", NULL, close_body }, { "br", open_blank, NULL }, { "cellDel", docx_open_deleted_cell, NULL },
	{ "checkBox", open_check_box, close_check_box }, { "checked", open_ticked, NULL }, { "cr", open_blank, NULL },
	{ "customXmlPr", docx_skip, NULL }, { "default", open_ticked, NULL }, { "del", open_deletion, NULL }, { "delInstrText", docx_skip, NULL },
	{ "delText", docx_skip, NULL }, { "endnote", docx_open_note, docx_close_note }, { "endnoteReference", open_endnote_reference, NULL },
	{ "fldChar", open_field_char, NULL }, { "fldSimple", open_simple_field, NULL }, { "footnote", docx_open_note, docx_close_note },
	{ "footnoteReference", open_footnote_reference, NULL }, { "gridBefore", docx_open_cells_before, NULL },
	{ "gridCol", docx_open_column, NULL }, { "gridSpan", docx_open_span, NULL }, { "hMerge", docx_open_merge, NULL }, { "ilvl", open_list_level, NULL },
	{ "ins", open_insertion, close_insertion }, { "instrText", open_instruction, close_text }, { "moveFrom", open_deletion, NULL },
	{ "moveTo", open_insertion, close_insertion }, { "noBreakHyphen", open_hyphen, NULL }, { "numId", open_list_id, NULL },
	{ "outlineLvl", open_outline, NULL }, { "p", docx_paragraph_open, docx_paragraph_close },
	{ "pPr", open_paragraph_properties, close_paragraph_properties }, { "pPrChange", docx_skip, NULL }, { "pStyle", open_paragraph_style, NULL },
	{ "ptab", open_blank, NULL }, { "r", docx_run_open, NULL }, { "rFonts", open_fonts, NULL }, { "rPr", open_run_properties, close_run_properties },
	{ "rPrChange", docx_skip, NULL }, { "rStyle", open_run_style, NULL }, { "rt", docx_skip, NULL }, { "sdtEndPr", docx_skip, NULL }, { "sdtPr", docx_skip, NULL },
	{ "sectPr", docx_skip, NULL }, { "smartTagPr", docx_skip, NULL }, { "specVanish", open_separator, NULL }, { "sym", open_symbol, NULL },
	{ "t", open_text, close_text }, { "tab", open_blank, NULL }, { "tbl", docx_open_table, docx_close_table }, { "tblGridChange", docx_skip, NULL },
	{ "tblPr", docx_skip, NULL }, { "tblPrEx", docx_skip, NULL }, { "tc", docx_open_cell, docx_close_cell }, { "tcPr", open_cell_properties, close_cell_properties },
	{ "tcPrChange", docx_skip, NULL }, { "tr", docx_open_row, docx_close_row }, { "trPr", open_row_properties, close_row_properties },
	{ "trPrChange", docx_skip, NULL }, { "txbxContent", docx_open_box, docx_close_box }, { "vMerge", docx_open_merge, NULL }, { "vanish", open_hidden, NULL },
};

static const struct element math_elements[] = {
	{ "d", open_delimiter, close_delimiter }, { "num", NULL, close_numerator }, { "r", docx_run_open, NULL }, { "rad", open_root, NULL },
	{ "sub", open_subscript, NULL }, { "sup", open_superscript, NULL }, { "t", open_text, close_text },
};

static const struct element compatibility_elements[] = {
	{ "AlternateContent", NULL, docx_close_alternatives }, { "Choice", docx_open_choice, NULL }, { "Fallback", docx_open_fallback, NULL },
};

static const struct element other_elements[] = {
	{ "blip", open_picture, NULL }, { "imagedata", open_picture, NULL },
};

static const struct { const struct element *v; size_t n; } elements[] = {
	[DOCX_W] = { word_elements, sizeof(word_elements) / sizeof(word_elements[0]) },
	[DOCX_M] = { math_elements, sizeof(math_elements) / sizeof(math_elements[0]) },
	[DOCX_MC] = { compatibility_elements, sizeof(compatibility_elements) / sizeof(compatibility_elements[0]) },
	[DOCX_OTHER] = { other_elements, sizeof(other_elements) / sizeof(other_elements[0]) },
};

static int
compare_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct element *)element)->name);
}

static void
take_element(struct docx_body *b)
{
	const struct docx_part *p = b->part;
	const struct element *e = bsearch(p->name, elements[p->space].v, elements[p->space].n, sizeof(struct element), compare_name);

	if (e != NULL && p->event == DOCX_OPEN && e->open != NULL)
		e->open(b);
	else if (e != NULL && p->event == DOCX_CLOSE && e->close != NULL)
		e->close(b);
}

static void
take_text(struct docx_body *b)
{
	const char *text = docx_value(b->part);

	if (b->part->depth == b->text + 1)
		docx_add(b, text, strlen(text));
	else if (b->part->depth == b->instruction + 1)
		docx_field_instruction(b, text);
}

static void
take_skipped(struct docx_body *b)
{
	const struct docx_part *p = b->part;

	if (p->event == DOCX_CLOSE && p->depth == b->skip)
		b->skip = -1;
	else if (b->skip_deletes && p->event == DOCX_TEXT && docx_value(p)[0] != '\0')
		docx_change(b, DOCX_DELETED);
}

int
docx_body_read(struct docx_body *b, struct docx_package *package, enum docx_role role, const char *root, struct error *err)
{
	AUTO_DOCX_PART part = { .package = package };
	int rc = docx_part_open(package, package->part[role], &part, err);

	if (rc <= 0)
		return rc == 0 && role == DOCX_MAIN ? error_set(err, ERR_DATA, "no Word document: '%.100s' is missing", package->part[role]) : rc;
	b->part = &part;
	b->skip = b->text = b->instruction = b->choice = -1;
	rc = docx_part_root(&part, root, err);
	while (rc >= 0 && (rc = docx_part_next(&part, err)) == 1) {
		if (b->skip >= 0)
			take_skipped(b);
		else if (part.event == DOCX_TEXT)
			take_text(b);
		else
			take_element(b);
		if (docx_here(b)->text.len > LIMIT_DOCUMENT_TEXT)
			rc = error_set(err, ERR_DATA, "a paragraph of more than %d MB", LIMIT_DOCUMENT_TEXT >> 20);
		else
			rc = writer_check(b->writer, err);
	}
	b->part = NULL;
	return rc < 0 ? error_prefix(err, "'%.100s'", package->part[role]) : 0;
}
