/* ePing's workbooks: the bulk file Notification_EN.xlsx (105,000 rows) and the search page's export. */
#ifndef REGWATCH_FEEDS_EPING_WORKBOOK_H
#define REGWATCH_FEEDS_EPING_WORKBOOK_H

#include "eping_rows.h"

struct error;
struct xlsx_file;

/* Takes some joined items, in the order of the sheet (newest first as published); they are cleared after the call. Their bad rows and
 * problems are those met since the call before. What it returns other than 0 ends the reading with that. */
typedef int eping_items_fn(void *ctx, struct items *items, struct error *err);

/* Reads a workbook in bounded memory. Rows of a joint notification are joined when they stand within some thousands of rows of each
 * other. Columns are known by their headings; fields without a column are not in notice.known. *rows (may be NULL) is the number
 * of rows below the headings. Fails with ERR_DATA, naming the row, and ERR_IO; which file it is the caller tells. */
int eping_workbook_read(const struct xlsx_file *file, eping_items_fn *fn, void *ctx, size_t *rows, struct error *err);

/* The record that a row's raw bytes, a JSON object {heading: value} or the array of a joint one, were made into. */
int eping_row_decode(const char *raw, size_t n, struct notice *out, struct error *err);

#endif
