/* The columns of ePing's workbooks: from a heading and its cell to the fields of a record. */
#ifndef REGWATCH_FEEDS_EPING_COLUMNS_H
#define REGWATCH_FEEDS_EPING_COLUMNS_H

#include "../lib/base/error.h"
#include "eping_rows.h"

struct eping_column;

struct eping_cell {
	const char *text;	/* NULL: empty; dates as "2025-06-12" */
	const char *href;	/* of a link, else NULL */
};

/* A row while its cells are read. Cells are borrowed until eping_columns_finish. */
struct eping_sheet_row {
	struct eping_row *row;
	struct eping_cell symbol, area;
	struct error undated;	/* why there is no day of distribution; all zero before */
};

/* By heading, whatever its letter case and blanks; NULL for a column that we do not read. */
const struct eping_column *eping_column_find(const char *heading);

/* heading: in lower case without blanks. */
bool eping_column_is(const struct eping_column *column, const char *heading);
bool eping_column_is_date(const struct eping_column *column);

/* Takes one cell into the row's record, which then knows the field. column may be NULL. Fails with ERR_DATA. */
int eping_column_read(struct eping_sheet_row *r, const struct eping_column *column, const char *heading, const struct eping_cell *cell,
    struct error *err);

/* What follows from the cells once all are read. Fails with ERR_DATA: no symbol, neither of its days. */
int eping_columns_finish(struct eping_sheet_row *r, struct error *err);

#endif
