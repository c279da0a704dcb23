/* The first sheet of an XLSX workbook, row by row, in bounded memory: shared strings lie in a file without a name. */
#ifndef REGWATCH_FEEDS_XLSX_H
#define REGWATCH_FEEDS_XLSX_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/date.h"

struct error;

#define XLSX_COLUMNS 256	/* cells to the right of it are left out */

struct xlsx_cell {
	const char *text;	/* NULL: empty. Numbers as written in the file */
	const char *href;	/* of a HYPERLINK formula, else NULL */
	bool number;		/* also what a date is */
};

struct xlsx_row {
	size_t number;		/* as in the sheet, from 1 */
	struct xlsx_cell cell[XLSX_COLUMNS];
	size_t cells;		/* behind the last one that is not empty */
	bool from_1904;		/* day numbers of this workbook count from 1904 */
};

/* What it returns other than 0 ends the reading with that. The row is valid during the call. */
typedef int xlsx_row_fn(void *ctx, const struct xlsx_row *row, struct error *err);

struct xlsx_file {
	const char *path;	/* is opened several times: nothing that can be read only once */
	const char *scratch;	/* beside it there is room for the strings (file_nameless) */
};

/* Fails with ERR_DATA ("row 17: ...") or ERR_IO; which file it is the caller tells. Rows without any cell are left out. */
int xlsx_read(const struct xlsx_file *file, xlsx_row_fn *fn, void *ctx, struct error *err);

/* The day of a date cell's number: "45819" or "45819.75" is 2025-06-11. False for what is no day of 1900 to 2200. */
bool xlsx_date(const char *number, bool from_1904, struct date *out);

#endif
