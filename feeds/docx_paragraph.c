#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/utf8.h"
#include "docx_body.h"

struct docx_paragraph *
docx_here(struct docx_body *b)
{
	return &b->paragraph[b->boxes];
}

void
docx_paragraph_open(struct docx_body *b)
{
	struct docx_paragraph *p = docx_here(b);

	p->style = docx_style_default(b->styles);
	p->heading = p->list = p->level = DOCX_UNSET;
	p->joins = p->mark_hidden = false;
	p->fields = 0;
	p->last = DOCX_AS_BEFORE;
	p->run_hidden = false;
	p->font = DOCX_FONT_TEXT;
}

void
docx_run_open(struct docx_body *b)
{
	struct docx_paragraph *p = docx_here(b);

	p->run_hidden = p->style != NULL && p->style->hidden == 1;
	p->font = DOCX_FONT_TEXT;
}

/* Appends the number; true when it shows even without text. */
static bool
add_number(struct docx_body *b, const struct docx_paragraph *p, struct buf *out)
{
	long list = p->list, level = p->level;

	if (list == DOCX_UNSET && p->style != NULL) {
		list = p->style->list;
		if (level == DOCX_UNSET)
			level = p->style->level;
	}
	if (list == DOCX_UNSET || (p->mark_hidden && p->text.len == 0))
		return false;
	return docx_lists_number(b->lists, b->styles, p->style, list, level, out);
}

static void
write_paragraph(struct docx_body *b)
{
	struct docx_paragraph *p = docx_here(b);
	AUTO_BUF number = BUF_INIT;
	bool shows = add_number(b, p, &number);
	long heading = p->heading;
	size_t before;

	if (heading == DOCX_UNSET)
		heading = p->style != NULL && p->style->heading > 0 ? p->style->heading : 0;
	before = number.len;
	utf8_clean(buf_str(&p->text), p->text.len, false, &number);
	if (number.len > before || shows)
		writer_paragraph(b->writer, (unsigned)heading, buf_str(&number), number.len);
	buf_reset(&p->text);
}

void
docx_paragraph_close(struct docx_body *b)
{
	struct docx_paragraph *p = docx_here(b);

	p->fields = 0;
	if (!p->joins)
		write_paragraph(b);
}

void
docx_paragraph_flush(struct docx_body *b)
{
	if (docx_here(b)->text.len > 0)
		write_paragraph(b);
}

/* Adjacent pieces that were changed alike are one change. */
void
docx_change(struct docx_body *b, enum docx_change change)
{
	struct docx_paragraph *p = docx_here(b);

	if (change == p->last)
		return;
	p->last = change;
	b->out->insertions += change == DOCX_INSERTED;
	b->out->deletions += change == DOCX_DELETED;
}

/* In the result of a field whose result is left out? */
static bool
in_page_number(const struct docx_paragraph *p)
{
	for (size_t i = 0; i < p->fields; i++)
		if (p->field[i].result && docx_field_is_page(p->field[i].name))
			return true;
	return false;
}

void
docx_add(struct docx_body *b, const char *text, size_t n)
{
	struct docx_paragraph *p = docx_here(b);

	if (p->run_hidden || n == 0 || in_page_number(p))
		return;
	docx_change(b, b->inserted > 0 ? DOCX_INSERTED : DOCX_AS_BEFORE);
	docx_add_run(p->font, text, n, &p->text);
}

/* What an instruction shows is cut away once it is known to be one: a field that never comes to "separate" or "end" costs no text. */
void
docx_field_char(struct docx_body *b, const char *type)
{
	struct docx_paragraph *p = docx_here(b);
	struct docx_field *f = p->fields > 0 ? &p->field[p->fields - 1] : NULL;

	if (strcmp(type, "begin") == 0) {
		if (p->fields < DOCX_FIELDS)
			p->field[p->fields++] = (struct docx_field){ .start = p->text.len };
		return;
	}
	if (f == NULL)
		return;
	if (!f->result && f->start < p->text.len)
		buf_truncate(&p->text, f->start);
	f->result = true;
	if (strcmp(type, "end") == 0)
		p->fields--;
}

void
docx_field_instruction(struct docx_body *b, const char *text)
{
	struct docx_paragraph *p = docx_here(b);
	struct docx_field *f = p->fields > 0 ? &p->field[p->fields - 1] : NULL;

	for (; f != NULL && *text != '\0' && f->length + 1 < sizeof(f->name); text++)
		if (f->length > 0 || *text != ' ')
			f->name[f->length++] = *text;
}

bool
docx_field_is_page(const char *instruction)
{
	static const char *const pages[] = { "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES" };

	while (*instruction == ' ')
		instruction++;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		size_t n = strlen(pages[i]);

		if (strncasecmp(instruction, pages[i], n) == 0 && !isalpha((unsigned char)instruction[n]))
			return true;
	}
	return false;
}
