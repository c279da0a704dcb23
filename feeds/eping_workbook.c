#include "eping_workbook.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/json.h"
#include "eping_columns.h"
#include "eping_fields.h"
#include "xlsx.h"

#define HEADING_ROWS 20		/* the headings stand in one of the first rows */
#define BATCH 500		/* rows between two hand-overs */
#define WINDOW 5000		/* rows within which those of one notification stand: some months */

struct reading {
	eping_items_fn *fn;
	void *ctx;
	char *heading[XLSX_COLUMNS];	/* NULL: no such column; as published, without blanks around */
	const struct eping_column *column[XLSX_COLUMNS];
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
		if (eping_column_is(r->column[i], heading))
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
		r->column[i] = heading != NULL && !is_repeated(r, heading) ? eping_column_find(heading) : NULL;
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
static struct eping_cell
cell_at(const struct reading *r, const struct xlsx_row *row, size_t i, char day[DATE_TEXT])
{
	const struct xlsx_cell *cell = &row->cell[i];
	struct date date;

	if (i >= row->cells)
		return (struct eping_cell){ NULL, NULL };
	if (cell->number && eping_column_is_date(r->column[i]) && xlsx_date(cell->text, row->from_1904, &date))
		return (struct eping_cell){ date_format(date, day), NULL };
	return (struct eping_cell){ cell->text, cell->href };
}

static int
read_row(const struct reading *r, const struct xlsx_row *row, struct eping_row *out, struct error *err)
{
	struct eping_sheet_row source = { .row = out };
	char day[DATE_TEXT];
	int rc;

	for (size_t i = 0; i < r->columns; i++) {
		struct eping_cell cell = cell_at(r, row, i, day);

		if (r->heading[i] != NULL && (rc = eping_column_read(&source, r->column[i], r->heading[i], &cell, err)) < 0)
			return rc;
	}
	return eping_columns_finish(&source, err);
}

static void
write_cell(const struct eping_cell *cell, struct buf *out)
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
		struct eping_cell cell = cell_at(r, row, i, day);

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

/* Tells it of a row, and judges by how many rows there is something to tell of. */
static int
tell(struct reading *r, size_t row, const char *why, struct error *err)
{
	r->bad++;
	problems_add(&r->rows.problems, "row %zu: %s", row, why);
	if (r->bad > 20 && r->bad * 5 > r->seen)
		return error_set(err, ERR_DATA, "layout changed: %zu of %zu rows are not understood, this one: %s", r->bad, r->seen, why);
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
		return added->unclear == NULL ? 0 : tell(r, row->number, added->unclear, err);
	}
	eping_rows_drop_last(&r->rows);
	r->rows.bad++;
	return tell(r, row->number, why.text, err);
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
end_sheet(struct reading *r, struct error *err)
{
	if (r->columns == 0)
		return error_set(err, ERR_DATA, "layout changed: no heading 'Document symbol'");
	return hand_over(r, SIZE_MAX, err);
}

int
eping_workbook_read(const struct xlsx_file *file, eping_items_fn *fn, void *ctx, size_t *rows, struct error *err)
{
	AUTO_FREE struct reading *r = xcalloc(1, sizeof(*r));
	int rc;

	*r = (struct reading){ .fn = fn, .ctx = ctx, .rows = EPING_ROWS_INIT };
	rc = xlsx_read(file, take_row, r, err);
	if (rc == 0)
		rc = end_sheet(r, err);
	if (rows != NULL)
		*rows = r->seen;
	forget_headings(r);
	eping_rows_clear(&r->rows);
	return rc;
}
