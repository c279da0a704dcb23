#include "xlsx.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/xml_stream.h"
#include "xlsx_strings.h"
#include "zip.h"

#define SHEET_ROWS 1048576	/* the file format's own bounds */
#define SHEET_COLUMNS 16384
#define PART_MAX (1 << 20)	/* workbook.xml and its relationships */

/* One part of the workbook while it is streamed. */
struct part {
	struct zip *zip;
	xmlTextReaderPtr reader;
	struct error read_error;	/* of zip_read, which the parser cannot carry */
};

struct workbook {
	const char *path;
	char *sheet;			/* name of the member with the first sheet */
	char *strings_name;
	bool from_1904;
	struct xlsx_strings *strings;
};

static ssize_t
read_part(void *ctx, char *data, size_t n)
{
	struct part *p = ctx;

	return zip_read(p->zip, data, n, &p->read_error);
}

static void
close_part(struct part *p)
{
	if (p->reader != NULL)
		xmlFreeTextReader(p->reader);
	zip_free(p->zip);
	p->reader = NULL;
	p->zip = NULL;
}

#define AUTO_PART __attribute__((cleanup(close_part))) struct part

/* 1, 0 when there is no such member. */
static int
open_part(const struct workbook *w, const char *name, struct part *p, struct error *err)
{
	int rc;

	if ((rc = zip_open(w->path, &p->zip, err)) < 0)
		return rc;
	rc = zip_find(p->zip, name, err);
	if (rc == 1 && (rc = xml_stream_open(read_part, p, name, &p->reader, err)) == 0)
		return 1;
	return rc < 0 ? error_prefix(err, "%s: %s", w->path, name) : 0;
}

static int
next_node(struct part *p, struct error *err)
{
	int rc = xml_stream_next(p->reader, err);

	if (rc < 0 && p->read_error.code != 0) {
		*err = p->read_error;
		return err->code;
	}
	return rc;
}

static const char *
node_name(const struct part *p)
{
	const xmlChar *name = xmlTextReaderConstLocalName(p->reader);

	return name != NULL ? (const char *)name : "";
}

/* The element that opens here, "" at any other node. */
static const char *
opened(const struct part *p)
{
	return xmlTextReaderNodeType(p->reader) == XML_READER_TYPE_ELEMENT ? node_name(p) : "";
}

/* The element that ends here, also at once (<c/>). */
static const char *
closed(const struct part *p)
{
	int type = xmlTextReaderNodeType(p->reader);

	if (type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(p->reader) == 1))
		return node_name(p);
	return "";
}

/* A copy of an attribute by its name without prefix; NULL without. The caller's. */
static char *
attribute(const struct part *p, const char *name)
{
	char *found = NULL;
	int rc;

	for (rc = xmlTextReaderMoveToFirstAttribute(p->reader); rc == 1 && found == NULL; rc = xmlTextReaderMoveToNextAttribute(p->reader))
		if (strcmp(node_name(p), name) == 0)
			found = xstrdup((const char *)xmlTextReaderConstValue(p->reader));
	xmlTextReaderMoveToElement(p->reader);
	return found;
}

static int
add_node_text(const struct part *p, struct buf *out, struct error *err)
{
	int type = xmlTextReaderNodeType(p->reader);
	const char *value;

	if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA && type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE &&
	    type != XML_READER_TYPE_WHITESPACE)
		return 0;
	value = (const char *)xmlTextReaderConstValue(p->reader);
	buf_adds(out, value);
	if (out->len > LIMIT_CELL)
		return error_set(err, ERR_DATA, "a cell of more than %d bytes", LIMIT_CELL);
	return 0;
}

/* ---- which parts the workbook has ---- */

static int
read_sheet_id(struct workbook *w, char **id, struct error *err)
{
	AUTO_PART p = { .zip = NULL };
	int rc = open_part(w, "xl/workbook.xml", &p, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_DATA, "%s: no workbook: it has no 'xl/workbook.xml'", w->path);
	while (rc > 0 && (rc = next_node(&p, err)) == 1) {
		AUTO_FREE char *value = NULL;

		if (strcmp(opened(&p), "workbookPr") == 0) {
			value = attribute(&p, "date1904");
			w->from_1904 = value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
		} else if (strcmp(opened(&p), "sheet") == 0 && *id == NULL) {
			*id = attribute(&p, "id");
		}
	}
	return rc < 0 ? error_prefix(err, "%s: xl/workbook.xml", w->path) : 0;
}

/* "worksheets/sheet1.xml" stands below xl/, "/xl/worksheets/sheet1.xml" at the top. */
static char *
member_name_of(const char *target)
{
	return *target == '/' ? xstrdup(target + 1) : xasprintf("xl/%s", target);
}

static void
read_relationship(struct workbook *w, const struct part *p, const char *sheet_id)
{
	AUTO_FREE char *id = attribute(p, "Id");
	AUTO_FREE char *type = attribute(p, "Type");
	AUTO_FREE char *target = attribute(p, "Target");
	const char *kind = type != NULL ? strrchr(type, '/') : NULL;

	if (id == NULL || target == NULL || kind == NULL)
		return;
	if (strcmp(kind, "/worksheet") == 0 && sheet_id != NULL && strcmp(id, sheet_id) == 0) {
		free(w->sheet);
		w->sheet = member_name_of(target);
	} else if (strcmp(kind, "/sharedStrings") == 0) {
		free(w->strings_name);
		w->strings_name = member_name_of(target);
	}
}

static int
read_relationships(struct workbook *w, const char *sheet_id, struct error *err)
{
	AUTO_PART p = { .zip = NULL };
	int rc = open_part(w, "xl/_rels/workbook.xml.rels", &p, err);

	if (rc < 0)
		return rc;
	while (rc > 0 && (rc = next_node(&p, err)) == 1)
		if (strcmp(opened(&p), "Relationship") == 0)
			read_relationship(w, &p, sheet_id);
	return rc < 0 ? error_prefix(err, "%s: xl/_rels/workbook.xml.rels", w->path) : 0;
}

/* ---- shared strings ---- */

static int
store_string(struct workbook *w, struct buf *text, struct error *err)
{
	int rc = xlsx_strings_add(w->strings, buf_str(text), text->len, err);

	if (rc == 0 && xlsx_strings_count(w->strings) > (size_t)LIMIT_ROWS * 8)
		rc = error_set(err, ERR_DATA, "more than %d shared strings", LIMIT_ROWS * 8);
	buf_reset(text);
	return rc;
}

/* <si><t>..</t></si> or <si><r><t>..</t></r>..<rPh> (a pronunciation, not text) ..</si> */
static int
read_strings_part(struct workbook *w, struct part *p, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	bool in_text = false, in_hint = false;
	int rc;

	while ((rc = next_node(p, err)) == 1) {
		if (*opened(p) != '\0') {
			in_text = strcmp(opened(p), "t") == 0;
			in_hint = in_hint || strcmp(opened(p), "rPh") == 0;
		} else if (in_text && !in_hint && (rc = add_node_text(p, &text, err)) < 0) {
			return rc;
		}
		if (*closed(p) != '\0') {
			in_text = false;
			in_hint = in_hint && strcmp(closed(p), "rPh") != 0;
		}
		if (strcmp(closed(p), "si") == 0 && (rc = store_string(w, &text, err)) < 0)
			return rc;
	}
	return rc;
}

static int
read_strings(struct workbook *w, struct error *err)
{
	AUTO_PART p = { .zip = NULL };
	int rc = open_part(w, w->strings_name, &p, err);

	if (rc <= 0)
		return rc;	/* without is fine until a cell refers to it */
	rc = read_strings_part(w, &p, err);
	return rc < 0 ? error_prefix(err, "%s: %s: string %zu", w->path, w->strings_name, xlsx_strings_count(w->strings)) : 0;
}

/* ---- the sheet ---- */

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT };

/* Texts of a row lie one behind the other in 'text'; SIZE_MAX: none. */
struct pending_cell {
	size_t text, href;
	bool number;
};

struct sheet {
	struct workbook *w;
	struct part *p;
	xlsx_row_fn *fn;
	void *ctx;
	size_t number;			/* of the row */
	size_t column;			/* of the cell, from 0 */
	enum cell_type type;
	struct buf value, formula, text;
	struct pending_cell cell[XLSX_COLUMNS];
	size_t cells;
	struct xlsx_row row;
};

static bool
parse_number(const char *s, size_t max, size_t *out)
{
	size_t n = 0;

	if (!isdigit((unsigned char)*s))
		return false;
	for (; isdigit((unsigned char)*s); s++) {
		n = n * 10 + (size_t)(*s - '0');
		if (n > max)
			return false;
	}
	*out = n;
	return *s == '\0';
}

static int
open_row(struct sheet *s, struct error *err)
{
	AUTO_FREE char *r = attribute(s->p, "r");
	size_t number = s->number + 1;

	if (r != NULL && (!parse_number(r, SHEET_ROWS, &number) || number <= s->number))
		return error_set(err, ERR_DATA, "row number '%.20s' behind row %zu", r, s->number);
	s->number = number;
	s->column = 0;
	s->cells = 0;
	buf_reset(&s->text);
	return number > SHEET_ROWS ? error_set(err, ERR_DATA, "more than %d rows", SHEET_ROWS) : 0;
}

/* "AB17" -> 27 */
static bool
parse_column(const char *ref, size_t *out)
{
	size_t n = 0;

	for (; isupper((unsigned char)*ref); ref++) {
		n = n * 26 + (size_t)(*ref - 'A') + 1;
		if (n > SHEET_COLUMNS)
			return false;
	}
	*out = n - 1;
	return n > 0 && isdigit((unsigned char)*ref);
}

static int
open_cell(struct sheet *s, struct error *err)
{
	AUTO_FREE char *r = attribute(s->p, "r");
	AUTO_FREE char *t = attribute(s->p, "t");

	if (r != NULL && !parse_column(r, &s->column))
		return error_set(err, ERR_DATA, "cell '%.20s'", r);
	s->type = t == NULL || strcmp(t, "n") == 0 ? CELL_NUMBER : strcmp(t, "s") == 0 ? CELL_SHARED : CELL_TEXT;
	buf_reset(&s->value);
	buf_reset(&s->formula);
	return 0;
}

static size_t
keep_text(struct sheet *s, const char *text)
{
	size_t at = s->text.len;

	buf_add(&s->text, text, strlen(text) + 1);
	return at;
}

/* The string literal at *p, with "" for a quote inside and "a"&"b" joined; *p is set behind it. */
static bool
read_literal(const char **p, struct buf *out)
{
	const char *s = *p + strspn(*p, " ");

	do {
		s += strspn(s, " &");
		if (*s++ != '"')
			return false;
		for (; *s != '\0' && (*s != '"' || s[1] == '"'); s++) {
			buf_addc(out, *s);
			s += *s == '"';
		}
		if (*s++ != '"')
			return false;
		s += strspn(s, " ");
	} while (*s == '&');
	*p = s;
	return true;
}

/* HYPERLINK("url","text"), whose value the export does not carry. */
static bool
read_hyperlink(const char *formula, struct buf *href, struct buf *text)
{
	const char *s = formula + strspn(formula, "= ");

	if (strncasecmp(s, "HYPERLINK(", 10) != 0)
		return false;
	s += 10;
	if (!read_literal(&s, href))
		return false;
	if (*s == ',' || *s == ';') {
		s++;
		return read_literal(&s, text);
	}
	buf_adds(text, buf_str(href));
	return *s == ')';
}

static int
resolve_shared(struct sheet *s, struct error *err)
{
	AUTO_FREE char *index = xstrdup(buf_str(&s->value));
	size_t i;

	buf_reset(&s->value);
	if (!parse_number(index, SIZE_MAX / 20, &i))
		return error_set(err, ERR_DATA, "shared string '%.20s'", index);
	return xlsx_strings_get(s->w->strings, i, &s->value, err);
}

static int
close_cell(struct sheet *s, struct error *err)
{
	AUTO_BUF href = BUF_INIT;
	AUTO_BUF text = BUF_INIT;
	struct pending_cell *cell;
	size_t column = s->column++;
	int rc;

	if (column >= XLSX_COLUMNS || (s->value.len == 0 && s->formula.len == 0))
		return 0;
	if (s->type == CELL_SHARED && (rc = resolve_shared(s, err)) < 0)
		return rc;
	for (; s->cells <= column; s->cells++)
		s->cell[s->cells] = (struct pending_cell){ SIZE_MAX, SIZE_MAX, false };
	cell = &s->cell[column];
	if (s->formula.len > 0 && read_hyperlink(buf_str(&s->formula), &href, &text)) {
		cell->text = keep_text(s, buf_str(&text));
		cell->href = keep_text(s, buf_str(&href));
	} else if (s->value.len > 0 || s->type == CELL_SHARED) {
		cell->text = keep_text(s, buf_str(&s->value));
		cell->number = s->type == CELL_NUMBER;
	}
	return 0;
}

static int
close_row(struct sheet *s, struct error *err)
{
	if (s->cells == 0)
		return 0;
	s->row.number = s->number;
	s->row.cells = s->cells;
	s->row.from_1904 = s->w->from_1904;
	for (size_t i = 0; i < s->cells; i++) {
		const struct pending_cell *c = &s->cell[i];

		s->row.cell[i] = (struct xlsx_cell){ .number = c->number };
		if (c->text != SIZE_MAX)
			s->row.cell[i].text = s->text.data + c->text;
		if (c->href != SIZE_MAX)
			s->row.cell[i].href = s->text.data + c->href;
	}
	return s->fn(s->ctx, &s->row, err);
}

static int
handle_end(struct sheet *s, const char *name, struct buf **into, struct error *err)
{
	if (*name != '\0')
		*into = NULL;
	if (strcmp(name, "c") == 0)
		return close_cell(s, err);
	return strcmp(name, "row") == 0 ? close_row(s, err) : 0;
}

static int
handle_start(struct sheet *s, const char *name, struct buf **into, struct error *err)
{
	if (strcmp(name, "row") == 0)
		return open_row(s, err);
	if (strcmp(name, "c") == 0)
		return open_cell(s, err);
	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		*into = &s->value;
	else if (strcmp(name, "f") == 0)
		*into = &s->formula;
	return 0;
}

static int
handle_node(struct sheet *s, struct buf **into, struct error *err)
{
	int rc = 0;

	if (*opened(s->p) != '\0')
		rc = handle_start(s, opened(s->p), into, err);
	else if (*into != NULL)
		rc = add_node_text(s->p, *into, err);
	return rc != 0 ? rc : handle_end(s, closed(s->p), into, err);
}

static int
read_sheet_part(struct sheet *s, struct error *err)
{
	struct buf *into = NULL;	/* where text belongs */
	int rc, stop;

	while ((rc = next_node(s->p, err)) == 1)
		if ((stop = handle_node(s, &into, err)) != 0)
			return stop;
	return rc;
}

static int
read_sheet(struct workbook *w, xlsx_row_fn *fn, void *ctx, struct error *err)
{
	AUTO_PART p = { .zip = NULL };
	AUTO_FREE struct sheet *s = xcalloc(1, sizeof(*s));
	int rc = open_part(w, w->sheet, &p, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_DATA, "%s: no sheet '%s'", w->path, w->sheet);
	*s = (struct sheet){ .w = w, .p = &p, .fn = fn, .ctx = ctx };
	rc = read_sheet_part(s, err);
	if (rc < 0)
		error_prefix(err, "%s: row %zu", w->path, s->number);
	buf_clear(&s->value);
	buf_clear(&s->formula);
	buf_clear(&s->text);
	return rc;
}

static int
read_workbook(struct workbook *w, xlsx_row_fn *fn, void *ctx, struct error *err)
{
	AUTO_FREE char *sheet_id = NULL;
	int rc;

	if ((rc = read_sheet_id(w, &sheet_id, err)) < 0 || (rc = read_relationships(w, sheet_id, err)) < 0 ||
	    (rc = read_strings(w, err)) < 0)
		return rc;
	return read_sheet(w, fn, ctx, err);
}

int
xlsx_read(const char *path, xlsx_row_fn *fn, void *ctx, struct error *err)
{
	struct workbook w = { .path = path, .sheet = xstrdup("xl/worksheets/sheet1.xml"), .strings_name = xstrdup("xl/sharedStrings.xml"),
	    .strings = xlsx_strings_new() };
	int rc = read_workbook(&w, fn, ctx, err);

	free(w.sheet);
	free(w.strings_name);
	xlsx_strings_free(w.strings);
	return rc;
}

/* Day 60 of the 1900 system is 29 February 1900, which was not: an old mistake that files keep. */
bool
xlsx_date(const char *number, bool from_1904, struct date *out)
{
	char *end;
	double days = strtod(number, &end);	/* the program never leaves the C locale */
	int32_t base;

	*out = DATE_NONE;
	if (!isdigit((unsigned char)*number) || *end != '\0' || days > 200000 || (!from_1904 && (days < 1 || (days >= 60 && days < 61))))
		return false;
	base = from_1904 ? -24107 : days < 60 ? -25568 : -25569;	/* 1904-01-01, 1899-12-31, 1899-12-30 */
	*out = date_from_days(base + (int32_t)floor(days));
	return date_valid(out->year, out->month, out->day);
}
