#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "xlsx_part.h"

#define SHEET_ROWS 1048576	/* the file format's own bounds */
#define SHEET_COLUMNS 16384

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT };

/* Texts of a row lie one behind the other in 'text'; SIZE_MAX: none. */
struct pending_cell {
	size_t text, href;
	bool number;
};

struct sheet {
	struct xlsx_workbook *w;
	struct xlsx_part *p;
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
	AUTO_FREE char *r = xlsx_attribute(s->p, "r");
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
	AUTO_FREE char *r = xlsx_attribute(s->p, "r");
	AUTO_FREE char *t = xlsx_attribute(s->p, "t");

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

	if (*xlsx_opened(s->p) != '\0')
		rc = handle_start(s, xlsx_opened(s->p), into, err);
	else if (*into != NULL)
		rc = xlsx_add_text(s->p, *into, err);
	return rc != 0 ? rc : handle_end(s, xlsx_closed(s->p), into, err);
}

static int
read_sheet_part(struct sheet *s, struct error *err)
{
	struct buf *into = NULL;	/* where text belongs */
	int rc, stop;

	while ((rc = xlsx_part_next(s->p, err)) == 1)
		if ((stop = handle_node(s, &into, err)) != 0)
			return stop;
	return rc;
}

int
xlsx_sheet_read(struct xlsx_workbook *w, xlsx_row_fn *fn, void *ctx, struct error *err)
{
	AUTO_XLSX_PART p = { .zip = NULL };
	AUTO_FREE struct sheet *s = xcalloc(1, sizeof(*s));
	int rc = xlsx_part_open(w->path, w->sheet, &p, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_DATA, "no sheet '%s'", w->sheet);
	*s = (struct sheet){ .w = w, .p = &p, .fn = fn, .ctx = ctx };
	rc = read_sheet_part(s, err);
	if (rc < 0)
		error_prefix(err, "row %zu", s->number);
	buf_clear(&s->value);
	buf_clear(&s->formula);
	buf_clear(&s->text);
	return rc;
}
