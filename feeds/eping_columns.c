#include "eping_columns.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/json.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/symbol.h"
#include "eping_fields.h"
#include "eping_links.h"
#include "eping_workbook.h"

typedef int column_fn(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err);

static column_fn read_symbol, read_area, read_member, read_text, read_paragraphs, read_line, read_date, read_deadline, read_list, read_hs, read_ics,
    read_milestone, read_attachments, read_form_en, read_form_fr, read_form_es;

#define AT(member) offsetof(struct notice, member)
#define NO_FIELD SIZE_MAX

/* Headings as published, without blanks and in lower case, because the published ones vary in both. */
static const struct eping_column {
	const char *heading;
	column_fn *read;
	size_t offset;
	bool date;
} columns[] = {
	{ "documentsymbol", read_symbol, NO_FIELD, false },
	{ "area", read_area, NO_FIELD, false },
	{ "notifyingmember", read_member, NO_FIELD, false },
	{ "distributiondate", read_date, AT(distributed), true },
	{ "title", read_text, AT(title), false },
	{ "description", read_paragraphs, AT(description), false },
	{ "productscovered", read_paragraphs, AT(products), false },
	{ "hscode(s)", read_hs, AT(hs), false },
	{ "icscode(s)", read_ics, AT(ics), false },
	{ "objectives", read_list, AT(objectives), false },
	{ "keywords", read_list, AT(keywords), false },
	{ "specificregionsorcountrieslikelytobeaffected", read_list, AT(countries), false },
	{ "finaldateforcomments", read_deadline, AT(deadline), true },
	{ "notificationtype", read_line, AT(type), false },
	{ "proposedadoptiondate", read_milestone, AT(adoption), true },
	{ "proposedentryintoforcedate", read_milestone, AT(entry_into_force), true },
	{ "notifieddocument", read_attachments, AT(documents), false },
	{ "linktonotification(en)", read_form_en, AT(documents), false },
	{ "linktonotification(fr)", read_form_fr, AT(documents), false },
	{ "linktonotification(es)", read_form_es, AT(documents), false },
};

#define COLUMNS (sizeof(columns) / sizeof(*columns))

const struct eping_column *
eping_column_find(const char *heading)
{
	AUTO_BUF squeezed = BUF_INIT;

	for (; *heading != '\0'; heading++) {
		if (strncmp(heading, "\u00a0", 2) == 0)
			heading++;
		else if (strchr(" \t\r\n", *heading) == NULL)
			buf_addc(&squeezed, (char)tolower((unsigned char)*heading));
	}
	for (size_t i = 0; i < COLUMNS; i++)
		if (strcmp(buf_str(&squeezed), columns[i].heading) == 0)
			return &columns[i];
	return NULL;
}

bool
eping_column_is(const struct eping_column *column, const char *heading)
{
	return column != NULL && strcmp(column->heading, heading) == 0;
}

bool
eping_column_is_date(const struct eping_column *column)
{
	return column != NULL && column->date;
}

/* ---- cells into the record ---- */

static void *
field_at(struct eping_sheet_row *r, size_t offset)
{
	return (char *)&r->row->notice + offset;
}

static int
read_symbol(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)offset;
	(void)err;
	r->symbol = *cell;
	return 0;
}

static int
read_area(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)offset;
	(void)err;
	r->area = *cell;
	return 0;
}

static int
read_member(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)offset;
	(void)err;
	eping_line(&r->row->member_name, cell->text);
	return 0;
}

static int
read_text(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_text(field_at(r, offset), NULL, cell->text, false);
	return 0;
}

static int
read_paragraphs(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_text(field_at(r, offset), NULL, cell->text, true);
	return 0;
}

static int
read_line(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_line(field_at(r, offset), cell->text);
	return 0;
}

static int
read_date(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	if (!eping_date(cell->text, field_at(r, offset)))
		error_set(&r->undated, ERR_DATA, "column 'Distribution date': '%.*s' is no date", (int)utf8_fit(cell->text, 80), cell->text);
	return 0;
}

static int
read_deadline(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	if (!eping_deadline(cell->text, field_at(r, offset)) && r->row->unclear == NULL)
		r->row->unclear = eping_unclear_deadline("column 'Final date for comments'", cell->text);
	return 0;
}

static int
read_list(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_list(field_at(r, offset), cell->text);
	return 0;
}

static int
read_hs(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_codes(field_at(r, offset), EPING_HS, cell->text);
	return 0;
}

static int
read_ics(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_codes(field_at(r, offset), EPING_ICS, cell->text);
	return 0;
}

static int
read_milestone(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_milestone(field_at(r, offset), cell->text, NULL);
	return 0;
}

static const char *
link_of(const struct eping_cell *cell)
{
	return cell->href != NULL ? cell->href : cell->text;
}

static int
read_attachments(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_attachments(field_at(r, offset), link_of(cell));
	r->row->notice.known |= NOTICE_DOCS_TEXTS;
	return 0;
}

static int
read_form_en(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_forms(field_at(r, offset), link_of(cell), "en");
	r->row->notice.known |= NOTICE_DOCS_FORM_EN;
	return 0;
}

static int
read_form_fr(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_forms(field_at(r, offset), link_of(cell), "fr");
	r->row->notice.known |= NOTICE_DOCS_FORM_FR;
	return 0;
}

static int
read_form_es(struct eping_sheet_row *r, size_t offset, const struct eping_cell *cell, struct error *err)
{
	(void)err;
	eping_forms(field_at(r, offset), link_of(cell), "es");
	r->row->notice.known |= NOTICE_DOCS_FORM_ES;
	return 0;
}

static struct eping_cell
cell_of(const json_t *value)
{
	if (json_is_object(value))
		return (struct eping_cell){ json_str(value, "text"), json_str(value, "href") };
	return (struct eping_cell){ json_string_value(value), NULL };
}

int
eping_column_read(struct eping_sheet_row *r, const struct eping_column *column, const char *heading, const struct eping_cell *cell,
    struct error *err)
{
	if (column == NULL)
		return 0;
	if (column->read(r, column->offset, cell, err) < 0)
		return error_prefix(err, "column '%s'", heading);
	if (column->offset != NO_FIELD)
		r->row->notice.known |= UINT64_C(1) << notice_row(column->offset);
	return 0;
}

int
eping_columns_finish(struct eping_sheet_row *r, struct error *err)
{
	struct eping_row *row = r->row;
	char *unclear;
	int rc;

	row->way = WAY_WORKBOOK;
	if (row->unclear != NULL)	/* it is of the deadline so far */
		row->notice.known &= ~NOTICE_BIT(deadline);
	if (row->member_name == NULL)
		row->member_name = xstrdup("");
	snprintf(row->member, sizeof(row->member), "%s", member_of_name(row->member_name));
	if ((rc = eping_identify(&row->notice, r->symbol.text, r->area.text, row->member, err)) < 0)
		return rc;
	if (r->undated.code == 0)
		error_set(&r->undated, ERR_DATA, "no distribution date");
	if ((rc = eping_check_days(&row->notice, r->undated.text, &unclear, err)) < 0)
		return rc;
	if (unclear != NULL)
		eping_row_tell(row, unclear);
	eping_finish(&row->notice);
	eping_row_set_key(row);
	return 0;
}

static int
decode_row(const json_t *object, struct eping_row *row, struct error *err)
{
	struct eping_sheet_row r = { .row = row };
	const char *heading;
	const json_t *value;
	int rc;

	if (!json_is_object(object))
		return error_set(err, ERR_DATA, "not an object");
	json_object_foreach((json_t *)(uintptr_t)object, heading, value) {
		struct eping_cell cell = cell_of(value);

		if ((rc = eping_column_read(&r, eping_column_find(heading), heading, &cell, err)) < 0)
			return rc;
	}
	return eping_columns_finish(&r, err);
}

int
eping_row_decode(const char *raw, size_t n, struct notice *out, struct error *err)
{
	AUTO_JSON *value = NULL;
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	int rc;

	if ((rc = json_parse(raw, n, &value, err)) < 0)
		return rc;
	for (size_t i = 0; i < (json_is_array(value) ? json_array_size(value) : 1); i++) {
		const json_t *object = json_is_array(value) ? json_array_get(value, i) : value;

		if ((rc = decode_row(object, eping_rows_add(&rows), err)) < 0)
			return rc;
	}
	return eping_join_one(&rows, out, err);
}
