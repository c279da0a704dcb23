/* Synthetic sheets in the forms that ePing's workbooks use, and reading them. */
#ifndef REGWATCH_TESTS_WORKBOOK_FIXTURE_H
#define REGWATCH_TESTS_WORKBOOK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/eping_workbook.h"
#include "feeds/xlsx.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "xlsx_maker.h"

#define TEXT(ref, text) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define SHARED(ref, index) "<c r=\"" ref "\" s=\"6\" t=\"s\"><v>" index "</v></c>"
#define NUMBER(ref, n) "<c r=\"" ref "\" s=\"7\"><v>" n "</v></c>"
#define FORMULA(ref, f) "<c r=\"" ref "\" s=\"9\"><f>" f "</f></c>"
#define HEADINGS "<row r=\"1\">" TEXT("A1", "Notifying Member") TEXT("B1", "Distribution date") TEXT("C1", "Document symbol") \
	TEXT("D1", "Title") "</row>"
#define ROW(n, member, day, symbol) "<row r=\"" n "\">" TEXT("A" n, member) NUMBER("B" n, day) TEXT("C" n, symbol) TEXT("D" n, "Flour") "</row>"

static inline int
gather(void *ctx, struct items *items, struct error *err)
{
	struct items *all = ctx;

	(void)err;
	for (size_t i = 0; i < items->n; i++)
		*items_add(all) = items->v[i];
	items->n = 0;
	all->bad += items->bad;
	for (size_t i = 0; i < items->problems.n; i++)
		strv_add(&all->problems, items->problems.v[i]);
	return 0;
}

static inline size_t
read_file(const char *path, struct items *out)
{
	struct error err = { 0, "" };
	size_t rows;
	int rc = eping_workbook_read(&(struct xlsx_file){ path, path }, gather, out, &rows, &err);

	assert_string_equal(err.text, "");
	assert_int_equal(rc, 0);
	return rows;
}

static inline size_t
read_rows(const char *rows, const char *strings, struct items *out)
{
	struct zip_maker zip = { .members = 0 };
	size_t n = read_file(xlsx_write(&zip, rows, strings), out);

	unlink(zip.path);
	return n;
}

/* The error does not name the file: whoever gave it does. */
static inline void
assert_file_refused(const char *path, const char *expected)
{
	AUTO_ITEMS items = { .v = NULL };
	struct error err = { 0, "" };

	assert_int_equal(eping_workbook_read(&(struct xlsx_file){ path, path }, gather, &items, NULL, &err), ERR_DATA);
	assert_string_equal(err.text, expected);
	unlink(path);
}

static inline void
assert_refused(const char *rows, const char *strings, const char *expected)
{
	struct zip_maker zip = { .members = 0 };

	assert_file_refused(xlsx_write(&zip, rows, strings), expected);
}

static inline void
add_row(struct buf *rows, unsigned n, const char *member, const char *symbols)
{
	buf_addf(rows, "<row r=\"%u\"><c r=\"A%u\" t=\"str\"><v>%s</v></c><c r=\"B%u\"><v>%u</v></c><c r=\"C%u\" t=\"str\"><v>%s</v></c></row>",
	    n, n, member, n, 45819 - n / 30, n, symbols);
}

#endif
