#include "xlsx.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/limits.h"
#include "xlsx_part.h"

/* ---- which parts the workbook has ---- */

static int
read_sheet_id(struct xlsx_workbook *w, char **id, struct error *err)
{
	AUTO_XLSX_PART p = { .zip = NULL };
	int rc = xlsx_part_open(w->path, "xl/workbook.xml", &p, err);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_DATA, "no workbook: it has no 'xl/workbook.xml'");
	while (rc > 0 && (rc = xlsx_part_next(&p, err)) == 1) {
		AUTO_FREE char *value = NULL;

		if (strcmp(xlsx_opened(&p), "workbookPr") == 0) {
			value = xlsx_attribute(&p, "date1904");
			w->from_1904 = value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
		} else if (strcmp(xlsx_opened(&p), "sheet") == 0 && *id == NULL) {
			*id = xlsx_attribute(&p, "id");
		}
	}
	return rc < 0 ? error_prefix(err, "xl/workbook.xml") : 0;
}

/* "worksheets/sheet1.xml" stands below xl/, "/xl/worksheets/sheet1.xml" at the top. */
static char *
member_name_of(const char *target)
{
	return *target == '/' ? xstrdup(target + 1) : xasprintf("xl/%s", target);
}

static void
read_relationship(struct xlsx_workbook *w, const struct xlsx_part *p, const char *sheet_id)
{
	AUTO_FREE char *id = xlsx_attribute(p, "Id");
	AUTO_FREE char *type = xlsx_attribute(p, "Type");
	AUTO_FREE char *target = xlsx_attribute(p, "Target");
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
read_relationships(struct xlsx_workbook *w, const char *sheet_id, struct error *err)
{
	AUTO_XLSX_PART p = { .zip = NULL };
	int rc = xlsx_part_open(w->path, "xl/_rels/workbook.xml.rels", &p, err);

	if (rc < 0)
		return rc;
	while (rc > 0 && (rc = xlsx_part_next(&p, err)) == 1)
		if (strcmp(xlsx_opened(&p), "Relationship") == 0)
			read_relationship(w, &p, sheet_id);
	return rc < 0 ? error_prefix(err, "xl/_rels/workbook.xml.rels") : 0;
}

/* ---- shared strings ---- */

static int
store_string(struct xlsx_workbook *w, struct buf *text, struct error *err)
{
	int rc = xlsx_strings_add(w->strings, buf_str(text), text->len, err);

	if (rc == 0 && xlsx_strings_count(w->strings) > (size_t)LIMIT_ROWS * 8)
		rc = error_set(err, ERR_DATA, "more than %d shared strings", LIMIT_ROWS * 8);
	buf_reset(text);
	return rc;
}

/* <si><t>..</t></si> or <si><r><t>..</t></r>..<rPh> (a pronunciation, not text) ..</si> */
static int
read_strings_part(struct xlsx_workbook *w, struct xlsx_part *p, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	bool in_text = false, in_hint = false;
	int rc;

	while ((rc = xlsx_part_next(p, err)) == 1) {
		if (*xlsx_opened(p) != '\0') {
			in_text = strcmp(xlsx_opened(p), "t") == 0;
			in_hint = in_hint || strcmp(xlsx_opened(p), "rPh") == 0;
		} else if (in_text && !in_hint && (rc = xlsx_add_text(p, &text, err)) < 0) {
			return rc;
		}
		if (*xlsx_closed(p) != '\0') {
			in_text = false;
			in_hint = in_hint && strcmp(xlsx_closed(p), "rPh") != 0;
		}
		if (strcmp(xlsx_closed(p), "si") == 0 && (rc = store_string(w, &text, err)) < 0)
			return rc;
	}
	return rc;
}

static int
read_strings(struct xlsx_workbook *w, struct error *err)
{
	AUTO_XLSX_PART p = { .zip = NULL };
	int rc = xlsx_part_open(w->path, w->strings_name, &p, err);

	if (rc <= 0)
		return rc;	/* without is fine until a cell refers to it */
	rc = read_strings_part(w, &p, err);
	return rc < 0 ? error_prefix(err, "%s: string %zu", w->strings_name, xlsx_strings_count(w->strings)) : 0;
}

static int
read_workbook(struct xlsx_workbook *w, xlsx_row_fn *fn, void *ctx, struct error *err)
{
	AUTO_FREE char *sheet_id = NULL;
	int rc;

	if ((rc = read_sheet_id(w, &sheet_id, err)) < 0 || (rc = read_relationships(w, sheet_id, err)) < 0 ||
	    (rc = read_strings(w, err)) < 0)
		return rc;
	return xlsx_sheet_read(w, fn, ctx, err);
}

int
xlsx_read(const struct xlsx_file *file, xlsx_row_fn *fn, void *ctx, struct error *err)
{
	struct xlsx_workbook w = { .path = file->path, .sheet = xstrdup("xl/worksheets/sheet1.xml"), .strings_name = xstrdup("xl/sharedStrings.xml"),
	    .strings = xlsx_strings_new(file->scratch) };
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
