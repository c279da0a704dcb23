#include "eping_workbook.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"
#include "../lib/base/json.h"
#include "../lib/notice/symbol.h"
#include "eping_fields.h"
#include "eping_links.h"
#include "xlsx.h"

#define HEADING_ROWS 20		/* the headings stand in one of the first rows */
#define BATCH 500		/* rows between two hand-overs */
#define WINDOW 5000		/* rows within which those of one notification stand: some months */

/* A cell of a row as its JSON tells it. */
struct cell {
	const char *text;	/* NULL: empty */
	const char *href;
};

struct source_row {
	struct eping_row *row;
	struct cell symbol, area;
};

typedef int column_fn(struct source_row *r, size_t offset, const struct cell *cell, struct error *err);

static column_fn read_symbol, read_area, read_member, read_text, read_paragraphs, read_line, read_date, read_list, read_hs, read_ics,
    read_milestone, read_attachments, read_form_en, read_form_fr, read_form_es;

#define AT(member) offsetof(struct notice, member)
#define NO_FIELD SIZE_MAX

/* Headings as published, without blanks and in lower case, because the published ones vary in both. */
static const struct column {
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
	{ "finaldateforcomments", read_date, AT(deadline), true },
	{ "notificationtype", read_line, AT(type), false },
	{ "proposedadoptiondate", read_milestone, AT(adoption), true },
	{ "proposedentryintoforcedate", read_milestone, AT(entry_into_force), true },
	{ "notifieddocument", read_attachments, AT(documents), false },
	{ "linktonotification(en)", read_form_en, AT(documents), false },
	{ "linktonotification(fr)", read_form_fr, AT(documents), false },
	{ "linktonotification(es)", read_form_es, AT(documents), false },
};

#define COLUMNS (sizeof(columns) / sizeof(*columns))

static const struct column *
find_column(const char *heading)
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

/* ---- a row's JSON into its record ---- */

static void *
field_at(struct source_row *r, size_t offset)
{
	return (char *)&r->row->notice + offset;
}

static int
read_symbol(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)offset;
	(void)err;
	r->symbol = *cell;
	return 0;
}

static int
read_area(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)offset;
	(void)err;
	r->area = *cell;
	return 0;
}

static int
read_member(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)offset;
	(void)err;
	eping_line(&r->row->member_name, cell->text);
	return 0;
}

static int
read_text(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_text(field_at(r, offset), NULL, cell->text, false);
	return 0;
}

static int
read_paragraphs(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_text(field_at(r, offset), NULL, cell->text, true);
	return 0;
}

static int
read_line(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_line(field_at(r, offset), cell->text);
	return 0;
}

static int
read_date(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	if (!eping_date(cell->text, field_at(r, offset)))
		return error_set(err, ERR_DATA, "'%.80s' is no date", cell->text);
	return 0;
}

static int
read_list(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_list(field_at(r, offset), cell->text);
	return 0;
}

static int
read_hs(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_codes(field_at(r, offset), EPING_HS, cell->text);
	return 0;
}

static int
read_ics(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_codes(field_at(r, offset), EPING_ICS, cell->text);
	return 0;
}

static int
read_milestone(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_milestone(field_at(r, offset), cell->text, NULL);
	return 0;
}

static const char *
link_of(const struct cell *cell)
{
	return cell->href != NULL ? cell->href : cell->text;
}

static int
read_attachments(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_attachments(field_at(r, offset), link_of(cell));
	r->row->notice.known |= NOTICE_DOCS_TEXTS;
	return 0;
}

static int
read_form_en(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_forms(field_at(r, offset), link_of(cell), "en");
	r->row->notice.known |= NOTICE_DOCS_FORM_EN;
	return 0;
}

static int
read_form_fr(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_forms(field_at(r, offset), link_of(cell), "fr");
	r->row->notice.known |= NOTICE_DOCS_FORM_FR;
	return 0;
}

static int
read_form_es(struct source_row *r, size_t offset, const struct cell *cell, struct error *err)
{
	(void)err;
	eping_forms(field_at(r, offset), link_of(cell), "es");
	r->row->notice.known |= NOTICE_DOCS_FORM_ES;
	return 0;
}

static struct cell
cell_of(const json_t *value)
{
	if (json_is_object(value))
		return (struct cell){ json_str(value, "text"), json_str(value, "href") };
	return (struct cell){ json_string_value(value), NULL };
}

static int
read_cell(struct source_row *r, const struct column *column, const char *heading, const struct cell *cell, struct error *err)
{
	if (column == NULL)
		return 0;
	if (column->read(r, column->offset, cell, err) < 0)
		return error_prefix(err, "column '%s'", heading);
	if (column->offset != NO_FIELD)
		r->row->notice.known |= UINT64_C(1) << notice_row(column->offset);
	return 0;
}

/* What follows from the cells once all are read. */
static int
finish_row(struct source_row *r, struct error *err)
{
	struct eping_row *row = r->row;
	int rc;

	row->way = WAY_WORKBOOK;
	if (row->member_name == NULL)
		row->member_name = xstrdup("");
	snprintf(row->member, sizeof(row->member), "%s", member_of_name(row->member_name));
	if ((rc = eping_identify(&row->notice, r->symbol.text, r->area.text, row->member, err)) < 0)
		return rc;
	if (!date_is_set(row->notice.distributed))
		return error_set(err, ERR_DATA, "no distribution date");
	eping_finish(&row->notice);
	eping_row_set_key(row);
	return 0;
}

static int
decode_row(const json_t *object, struct eping_row *row, struct error *err)
{
	struct source_row r = { .row = row };
	const char *heading;
	const json_t *value;
	int rc;

	if (!json_is_object(object))
		return error_set(err, ERR_DATA, "not an object");
	json_object_foreach((json_t *)(uintptr_t)object, heading, value) {
		struct cell cell = cell_of(value);

		if ((rc = read_cell(&r, find_column(heading), heading, &cell, err)) < 0)
			return rc;
	}
	return finish_row(&r, err);
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

/* ---- the sheet into rows ---- */

struct reading {
	eping_items_fn *fn;
	void *ctx;
	char *heading[XLSX_COLUMNS];	/* NULL: no such column; as published, without blanks around */
	const struct column *column[XLSX_COLUMNS];
	size_t columns;			/* 0: the headings were not met yet */
	struct eping_rows rows;
	size_t seen, bad;
	size_t handed;			/* seen at the last hand-over */
};

static bool
is_repeated(const struct reading *r, const char *heading)
{
	for (size_t i = 0; i < r->columns; i++)
		if (r->heading[i] != NULL && strcmp(r->heading[i], heading) == 0)
			return true;
	return false;
}

static bool
has_column(const struct reading *r, const char *heading)
{
	for (size_t i = 0; i < r->columns; i++)
		if (r->column[i] != NULL && strcmp(r->column[i]->heading, heading) == 0)
			return true;
	return false;
}

static void
forget_headings(struct reading *r)
{
	for (size_t i = 0; i < r->columns; i++)
		free(r->heading[i]);
	r->columns = 0;
}

static void
read_headings(struct reading *r, const struct xlsx_row *row)
{
	for (size_t i = 0; i < row->cells; i++) {
		AUTO_FREE char *heading = NULL;

		eping_line(&heading, row->cell[i].text);
		r->column[i] = heading != NULL && !is_repeated(r, heading) ? find_column(heading) : NULL;
		r->heading[i] = heading != NULL && !is_repeated(r, heading) ? TAKE(heading) : NULL;
		r->columns = i + 1;
	}
}

static int
find_headings(struct reading *r, const struct xlsx_row *row, struct error *err)
{
	static const char *const needed[][2] = { { "documentsymbol", "Document symbol" }, { "distributiondate", "Distribution date" },
	    { "notifyingmember", "Notifying Member" } };

	read_headings(r, row);
	if (!has_column(r, needed[0][0])) {
		forget_headings(r);
		if (row->number >= HEADING_ROWS)
			return error_set(err, ERR_DATA, "layout changed: no heading '%s' in the first %d rows", needed[0][1], HEADING_ROWS);
		return 0;
	}
	for (size_t i = 1; i < sizeof(needed) / sizeof(*needed); i++)
		if (!has_column(r, needed[i][0]))
			return error_set(err, ERR_DATA, "layout changed: no heading '%s'", needed[i][1]);
	return 0;
}

/* The cell of a column. A date is told as the day it means (written to day), a number that is none as the number. */
static struct cell
cell_at(const struct reading *r, const struct xlsx_row *row, size_t i, char day[DATE_TEXT])
{
	const struct xlsx_cell *cell = &row->cell[i];
	struct date date;

	if (i >= row->cells)
		return (struct cell){ NULL, NULL };
	if (cell->number && r->column[i] != NULL && r->column[i]->date && xlsx_date(cell->text, row->from_1904, &date))
		return (struct cell){ date_format(date, day), NULL };
	return (struct cell){ cell->text, cell->href };
}

static int
read_row(const struct reading *r, const struct xlsx_row *row, struct eping_row *out, struct error *err)
{
	struct source_row source = { .row = out };
	char day[DATE_TEXT];
	int rc;

	for (size_t i = 0; i < r->columns; i++) {
		struct cell cell = cell_at(r, row, i, day);

		if (r->heading[i] != NULL && (rc = read_cell(&source, r->column[i], r->heading[i], &cell, err)) < 0)
			return rc;
	}
	return finish_row(&source, err);
}

static void
write_cell(const struct cell *cell, struct buf *out)
{
	if (cell->href != NULL) {
		buf_adds(out, "{\"href\":");
		json_write_string(cell->href, out);
		buf_adds(out, ",\"text\":");
	}
	if (cell->text != NULL)
		json_write_string(cell->text, out);
	else
		buf_adds(out, "null");
	if (cell->href != NULL)
		buf_addc(out, '}');
}

/* {"heading":"text",...}, with null for an empty cell: an absent column is something else. */
static void
write_row(const struct reading *r, const struct xlsx_row *row, struct buf *out)
{
	char day[DATE_TEXT];
	bool first = true;

	buf_addc(out, '{');
	for (size_t i = 0; i < r->columns; i++) {
		struct cell cell = cell_at(r, row, i, day);

		if (r->heading[i] == NULL)
			continue;
		if (!first)
			buf_addc(out, ',');
		first = false;
		json_write_string(r->heading[i], out);
		buf_addc(out, ':');
		write_cell(&cell, out);
	}
	buf_addc(out, '}');
}

static bool
is_blank(const struct reading *r, const struct xlsx_row *row)
{
	for (size_t i = 0; i < row->cells && i < r->columns; i++)
		if (r->heading[i] != NULL && row->cell[i].text != NULL && row->cell[i].text[strspn(row->cell[i].text, " \t\r\n")] != '\0')
			return false;
	return true;
}

static int
hand_over(struct reading *r, size_t oldest, struct error *err)
{
	AUTO_ITEMS items = { .v = NULL };

	r->handed = r->seen;
	eping_join_complete(&r->rows, oldest, &items);
	if (items.n == 0 && items.bad == 0 && items.problems.n == 0)
		return 0;
	return r->fn(r->ctx, &items, err);
}

static int
check_bad(const struct reading *r, const struct error *why, struct error *err)
{
	if (r->bad > 20 && r->bad * 5 > r->seen)
		return error_set(err, ERR_DATA, "layout changed: %zu of %zu rows are not understood, this one: %s", r->bad, r->seen, why->text);
	return 0;
}

static int
add_row(struct reading *r, const struct xlsx_row *row, struct error *err)
{
	struct eping_row *added = eping_rows_add(&r->rows);
	struct error why;

	r->seen++;
	added->number = row->number;
	if (read_row(r, row, added, &why) == 0) {
		write_row(r, row, &added->raw);
		return 0;
	}
	eping_rows_drop_last(&r->rows);
	r->rows.bad++;
	r->bad++;
	problems_add(&r->rows.problems, "row %zu: %s", row->number, why.text);
	return check_bad(r, &why, err);
}

static int
take_row(void *ctx, const struct xlsx_row *row, struct error *err)
{
	struct reading *r = ctx;
	int rc;

	if (r->columns == 0)
		return find_headings(r, row, err);
	if (is_blank(r, row))
		return 0;
	if ((rc = add_row(r, row, err)) < 0)
		return rc;
	if (r->seen - r->handed < BATCH)
		return 0;
	return hand_over(r, row->number > WINDOW ? row->number - WINDOW : 0, err);
}

static int
end_sheet(struct reading *r, const char *path, struct error *err)
{
	if (r->columns == 0)
		return error_set(err, ERR_DATA, "%s: layout changed: no heading 'Document symbol'", path);
	return hand_over(r, SIZE_MAX, err);
}

int
eping_workbook_read(const char *path, eping_items_fn *fn, void *ctx, size_t *rows, struct error *err)
{
	AUTO_FREE struct reading *r = xcalloc(1, sizeof(*r));
	int rc;

	*r = (struct reading){ .fn = fn, .ctx = ctx, .rows = EPING_ROWS_INIT };
	rc = xlsx_read(path, take_row, r, err);
	if (rc == 0)
		rc = end_sheet(r, path, err);
	if (rows != NULL)
		*rows = r->seen;
	forget_headings(r);
	eping_rows_clear(&r->rows);
	return rc;
}
