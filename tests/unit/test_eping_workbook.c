/* Workbooks here are synthetic unless they come from REGWATCH_DATA. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/eping_api.h"
#include "feeds/eping_workbook.h"
#include "feeds/xlsx.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "xlsx_maker.h"

#define TEXT(ref, text) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define SHARED(ref, index) "<c r=\"" ref "\" s=\"6\" t=\"s\"><v>" index "</v></c>"
#define NUMBER(ref, n) "<c r=\"" ref "\" s=\"7\"><v>" n "</v></c>"
#define FORMULA(ref, f) "<c r=\"" ref "\" s=\"9\"><f>" f "</f></c>"
#define HEADINGS "<row r=\"1\">" TEXT("A1", "Notifying Member") TEXT("B1", "Distribution date") TEXT("C1", "Document symbol") \
	TEXT("D1", "Title") "</row>"
#define ROW(n, member, day, symbol) "<row r=\"" n "\">" TEXT("A" n, member) NUMBER("B" n, day) TEXT("C" n, symbol) TEXT("D" n, "Flour") "</row>"

static int
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

static size_t
read_file(const char *path, struct items *out)
{
	struct error err = { 0, "" };
	size_t rows;
	int rc = eping_workbook_read(path, gather, out, &rows, &err);

	assert_string_equal(err.text, "");
	assert_int_equal(rc, 0);
	return rows;
}

static size_t
read_rows(const char *rows, const char *strings, struct items *out)
{
	struct zip_maker zip = { .members = 0 };
	size_t n = read_file(xlsx_write(&zip, rows, strings), out);

	unlink(zip.path);
	return n;
}

/* What the error says behind the file's name. */
static void
assert_file_refused(const char *path, const char *expected)
{
	AUTO_ITEMS items = { .v = NULL };
	struct error err = { 0, "" };

	assert_int_equal(eping_workbook_read(path, gather, &items, NULL, &err), ERR_DATA);
	assert_memory_equal(err.text, path, strlen(path));
	assert_string_equal(err.text + strlen(path), expected);
	unlink(path);
}

static void
assert_refused(const char *rows, const char *strings, const char *expected)
{
	struct zip_maker zip = { .members = 0 };

	assert_file_refused(xlsx_write(&zip, rows, strings), expected);
}

static void
describe(const struct notice *n, struct buf *out)
{
	buf_addf(out, "%s %s %s\n", n->id, n->member, kind_name(n->kind));
	for (size_t i = 0; i < notice_fields_count; i++) {
		if (notice_field_empty(n, i))
			continue;
		buf_addf(out, "%s: ", notice_fields[i].name);
		notice_field_text(n, i, out);
		buf_addc(out, '\n');
	}
}

#define LINK "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/"

static void
test_row_of_the_bulk_workbook(void **state)
{
	static const char rows[] = "<row r=\"1\">" SHARED("A1", "0") SHARED("B1", "1") SHARED("C1", "2") SHARED("D1", "3") SHARED("E1", "4")
	    TEXT("F1", "Proposed adoption  date") TEXT("G1", "PROPOSED ENTRY  INTO  FORCE DATE") TEXT("H1", "HS code(s)")
	    TEXT("I1", "Conformity with international standards") TEXT("J1", "Final date for comments")
	    TEXT("K1", "Link to notification (EN)") TEXT("L1", "Link to notification(FR)") TEXT("M1", "Notified document")
	    TEXT("N1", "Notifying Member") "</row>"
	    "<row r=\"3\">" SHARED("A3", "5") SHARED("B3", "6") NUMBER("C3", "45819") SHARED("D3", "7") SHARED("E3", "8")
	    NUMBER("F3", "46023.5") TEXT("G3", "6 months after publication") NUMBER("H3", "8517") TEXT("I3", "yes") SHARED("J3", "9")
	    TEXT("K3", LINK "T/G/TBTN25/JPN1.docx") "<c r=\"L3\" s=\"6\"/>"
	    TEXT("M3", "https://a.example/1_x000D_\nhttps://a.example/2") TEXT("N3", "a second column of that name") "</row>";
	static const char strings[] = "<si><t> Document  symbol</t></si><si><t>notifying member</t></si><si><t>Distribution\u00a0date</t></si>"
	    "<si><r><t>Ti</t></r><r><rPr><b/></rPr><t>tle</t></r><rPh sb=\"0\" eb=\"1\"><t>not read</t></rPh></si><si><t>Products covered</t></si>"
	    "<si><t xml:space=\"preserve\"> G/TBT/N/JPN/1</t></si><si><t>Japan</t></si><si><t>Draft &amp; order</t></si>"
	    "<si><t>Telephones_x000D_\nand more (HS code(s): 8517)</t></si><si><t></t></si>";
	AUTO_ITEMS items = { .v = NULL };
	AUTO_BUF got = BUF_INIT;
	uint64_t unknown = NOTICE_BIT(description) | NOTICE_BIT(ics) | NOTICE_BIT(objectives) | NOTICE_BIT(keywords) | NOTICE_BIT(countries) |
	    NOTICE_BIT(type) | NOTICE_DOCS_FORM_ES;

	(void)state;
	assert_int_equal(read_rows(rows, strings, &items), 1);
	assert_int_equal(items.n, 1);
	assert_int_equal(items.bad, 0);
	describe(&items.v[0].notice, &got);
	assert_string_equal(buf_str(&got), "G/TBT/N/JPN/1 JP draft\n"
	    "Title: Draft & order\n"
	    "Distributed: 2025-06-11\n"
	    "Adoption: 2026-01-01\n"
	    "Entry into force: 6 months after publication\n"
	    "HS: 8517\n"
	    "Language: en\n"
	    "Link: https://epingalert.org/en/Search?viewData=G%2FTBT%2FN%2FJPN%2F1\n"
	    "Document: draft https://a.example/1, draft https://a.example/2, notification en " LINK "t/G/TBTN25/JPN1.DOCX\n"
	    "Products: Telephones and more (HS code(s): 8517)\n");
	assert_true(items.v[0].notice.known == (notice_known_by(WAY_WORKBOOK) & ~unknown));
	assert_int_equal(items.v[0].way, WAY_WORKBOOK);
	assert_string_equal(buf_str(&items.v[0].raw), "{\"Document symbol\":\" G/TBT/N/JPN/1\",\"notifying member\":\"Japan\","
	    "\"Distribution date\":\"2025-06-11\",\"Title\":\"Draft & order\",\"Products covered\":\"Telephones_x000D_\\nand more (HS code(s): 8517)\","
	    "\"Proposed adoption date\":\"2026-01-01\",\"PROPOSED ENTRY INTO FORCE DATE\":\"6 months after publication\",\"HS code(s)\":\"8517\","
	    "\"Conformity with international standards\":\"yes\",\"Final date for comments\":\"\","
	    "\"Link to notification (EN)\":\"" LINK "T/G/TBTN25/JPN1.docx\",\"Link to notification(FR)\":null,"
	    "\"Notified document\":\"https://a.example/1_x000D_\\nhttps://a.example/2\",\"Notifying Member\":\"a second column of that name\"}");
}

static void
test_hyperlink_formula_without_cached_value_is_read(void **state)
{
	static const char rows[] = "<row r=\"1\">" TEXT("A1", "Notifying Member") TEXT("B1", "Distribution date") TEXT("C1", "Document symbol")
	    TEXT("D1", "Link to notification(EN)") TEXT("E1", "Title") "</row>"
	    "<row r=\"2\">" TEXT("A2", "Japan") NUMBER("B2", "45819")
	    FORMULA("C2", "HYPERLINK(\"https://e.example/?viewData= G/TBT/N/JPN/1\",\" G/TBT/N/JPN/1\")")
	    FORMULA("D2", "HYPERLINK(\"" LINK "t/G/TBTN25/\"&amp;\"JPN1.DOCX\", \"the form\")")
	    FORMULA("E2", "HYPERLINK(\"https://e.example\",\"A \"\"quoted\"\" word\")") "</row>";
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	assert_int_equal(read_rows(rows, NULL, &items), 1);
	assert_int_equal(items.n, 1);
	assert_string_equal(items.v[0].notice.id, "G/TBT/N/JPN/1");
	assert_string_equal(items.v[0].notice.title.s, "A \"quoted\" word");
	assert_int_equal(items.v[0].notice.documents.n, 1);
	assert_string_equal(items.v[0].notice.documents.v[0].url, LINK "t/G/TBTN25/JPN1.DOCX");
	assert_string_equal(buf_str(&items.v[0].raw), "{\"Notifying Member\":\"Japan\",\"Distribution date\":\"2025-06-11\","
	    "\"Document symbol\":{\"href\":\"https://e.example/?viewData= G/TBT/N/JPN/1\",\"text\":\" G/TBT/N/JPN/1\"},"
	    "\"Link to notification(EN)\":{\"href\":\"" LINK "t/G/TBTN25/JPN1.DOCX\",\"text\":\"the form\"},"
	    "\"Title\":{\"href\":\"https://e.example\",\"text\":\"A \\\"quoted\\\" word\"}}");
}

static void
assert_day(const char *number, bool from_1904, const char *expected)
{
	char text[DATE_TEXT];
	struct date d;

	assert_int_equal(xlsx_date(number, from_1904, &d), *expected != '\0');
	if (*expected != '\0')
		assert_string_equal(date_format(d, text), expected);
}

static void
test_day_numbers_count_from_1900_with_its_false_leap_day(void **state)
{
	(void)state;
	assert_day("45819", false, "2025-06-11");
	assert_day("45819.999", false, "2025-06-11");
	assert_day("4.5819E4", false, "2025-06-11");
	assert_day("1", false, "1900-01-01");
	assert_day("59", false, "1900-02-28");
	assert_day("60", false, "");
	assert_day("61", false, "1900-03-01");
	assert_day("0", false, "");
	assert_day("-5", false, "");
	assert_day("1e300", false, "");
	assert_day("nan", false, "");
	assert_day("2025-06-11", false, "");
	assert_day("", false, "");
	assert_day("0", true, "1904-01-01");
	assert_day("44357", true, "2025-06-11");
}

static void
test_bad_row_is_counted_and_reported_with_its_number(void **state)
{
	static const char rows[] = HEADINGS ROW("2", "Japan", "45819", "G/TBT/N/JPN/1") ROW("3", "Japan", "-3", "G/TBT/N/JPN/2")
	    ROW("4", "Japan", "45819", " ") ROW("5", " ", "", "") "<row r=\"6\"><c r=\"A6\" s=\"6\"/></row>"
	    "<row r=\"9\">" TEXT("A9", "Japan") TEXT("B9", "31/02/2025") TEXT("C9", "G/TBT/N/JPN/3") "</row>"
	    "<row r=\"10\">" TEXT("A10", "Japan") "<c r=\"B10\"/>" TEXT("C10", "G/TBT/N/JPN/4") "</row>"
	    "<row r=\"11\">" TEXT("A11", "Japan") TEXT("B11", "11/06/2025") TEXT("C11", "G/TBT/N/JPN/5") "</row>";
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	assert_int_equal(read_rows(rows, NULL, &items), 7);
	assert_int_equal(items.n, 2);
	assert_string_equal(items.v[1].notice.id, "G/TBT/N/JPN/5");
	assert_int_equal(items.bad, 5);
	assert_string_equal(items.problems.v[0], "row 3: column 'Distribution date': '-3' is no date");
	assert_string_equal(items.problems.v[1], "row 4: no symbol");
	assert_string_equal(items.problems.v[2], "row 5: no symbol");
	assert_string_equal(items.problems.v[3], "row 9: column 'Distribution date': '31/02/2025' is no date");
	assert_string_equal(items.problems.v[4], "row 10: no distribution date");
}

static void
add_row(struct buf *rows, unsigned n, const char *member, const char *symbols)
{
	buf_addf(rows, "<row r=\"%u\"><c r=\"A%u\" t=\"str\"><v>%s</v></c><c r=\"B%u\"><v>%u</v></c><c r=\"C%u\" t=\"str\"><v>%s</v></c></row>", n, n,
	    member, n, 45819 - n / 30, n, symbols);
}

static void
test_joint_rows_join_over_hundreds_of_others(void **state)
{
	static const char joint[] = "G/TBT/N/BDI/608, G/TBT/N/KEN/1808";
	AUTO_ITEMS items = { .v = NULL };
	AUTO_BUF rows = BUF_INIT;
	size_t found = 0;

	(void)state;
	buf_adds(&rows, HEADINGS);
	add_row(&rows, 2, "Kenya", joint);
	for (unsigned i = 3; i < 1603; i++) {
		AUTO_FREE char *symbol = xasprintf("G/TBT/N/USA/%u", i);

		add_row(&rows, i, "United States of America", symbol);
	}
	add_row(&rows, 1603, "Burundi", joint);
	add_row(&rows, 1604, "Kenya", "G/TBT/N/BDI/609, G/TBT/N/KEN/1809");	/* whose other row never comes */
	assert_int_equal(read_rows(buf_str(&rows), NULL, &items), 1603);
	assert_int_equal(items.n, 1602);
	for (size_t i = 0; i < items.n; i++) {
		found += strcmp(items.v[i].notice.id, "G/TBT/N/BDI/608") == 0;
		if (strcmp(items.v[i].notice.id, "G/TBT/N/BDI/608") == 0)
			assert_int_equal(items.v[i].raw.data[0], '[');
	}
	assert_int_equal(found, 1);
	assert_string_equal(items.v[items.n - 1].notice.id, "G/TBT/N/BDI/609");
}

static int
stop(void *ctx, struct items *items, struct error *err)
{
	++*(int *)ctx;
	assert_int_equal(items->n, 1);
	return error_set(err, ERR_IO, "the store is full");
}

static void
test_error_of_the_taker_ends_the_reading(void **state)
{
	struct zip_maker zip = { .members = 0 };
	struct error err;
	int calls = 0;

	(void)state;
	xlsx_write(&zip, HEADINGS ROW("2", "Japan", "45819", "G/TBT/N/JPN/1"), NULL);
	assert_int_equal(eping_workbook_read(zip.path, stop, &calls, NULL, &err), ERR_IO);
	assert_int_equal(calls, 1);
	assert_string_equal(err.text, "the store is full");
	unlink(zip.path);
}

static void
test_changed_layout_is_refused(void **state)
{
	AUTO_BUF rows = BUF_INIT;

	(void)state;
	assert_refused("", NULL, ": layout changed: no heading 'Document symbol'");
	assert_refused("<row r=\"1\">" TEXT("A1", "Symbol") "</row><row r=\"20\">" TEXT("A20", "x") "</row>", NULL,
	    ": row 20: layout changed: no heading 'Document symbol' in the first 20 rows");
	assert_refused("<row r=\"1\">" TEXT("A1", "Document symbol") TEXT("B1", "Notifying Member") "</row>", NULL,
	    ": row 1: layout changed: no heading 'Distribution date'");
	buf_adds(&rows, HEADINGS);
	for (unsigned i = 2; i < 40; i++)
		add_row(&rows, i, "Japan", "");
	assert_refused(buf_str(&rows), NULL, ": row 22: layout changed: 21 of 21 rows are not understood, this one: no symbol");
}

static void
test_headings_may_stand_below_other_rows(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	assert_int_equal(read_rows("<row r=\"1\">" TEXT("A1", "Notifications as of today") "</row><row r=\"4\">" TEXT("A4", "Notifying Member")
	    TEXT("C4", "Document symbol") TEXT("B4", "Distribution date") "</row>" ROW("5", "Japan", "45819", "G/TBT/N/JPN/1"), NULL, &items), 1);
	assert_int_equal(items.n, 1);
}

static void
test_hostile_cells_are_refused_with_their_row(void **state)
{
	AUTO_BUF large = BUF_INIT;

	(void)state;
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "3") "</row>", "<si><t>x</t></si>", ": row 2: shared string 3 where there are 1");
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "0") "</row>", NULL, ": row 2: shared string 0 where there are 0");
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "-1") "</row>", NULL, ": row 2: shared string '-1'");
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "99999999999999999999999") "</row>", NULL,
	    ": row 2: shared string '99999999999999999999'");
	assert_refused(HEADINGS "<row r=\"2147483648\">" TEXT("A2", "x") "</row>", NULL, ": row 1: row number '2147483648' behind row 1");
	assert_refused(HEADINGS "<row r=\"1\">" TEXT("A1", "x") "</row>", NULL, ": row 1: row number '1' behind row 1");
	assert_refused(HEADINGS "<row r=\"2\">" TEXT("XFE2", "x") "</row>", NULL, ": row 2: cell 'XFE2'");
	assert_refused(HEADINGS "<row r=\"2\">" TEXT("7", "x") "</row>", NULL, ": row 2: cell '7'");
	buf_adds(&large, HEADINGS "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>");
	for (int i = 0; i < 70000; i++)
		buf_adds(&large, "0123456789abcdef");
	buf_adds(&large, "</v></c></row>");
	assert_refused(buf_str(&large), NULL, ": row 2: a cell of more than 1048576 bytes");
}

static void
test_cells_far_to_the_right_are_left_out(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	assert_int_equal(read_rows("<row r=\"1\">" TEXT("A1", "Notifying Member") TEXT("B1", "Distribution date") TEXT("C1", "Document symbol")
	    TEXT("XFD1", "Title") "</row><row r=\"2\">" TEXT("A2", "Japan") NUMBER("B2", "45819") TEXT("C2", "G/TBT/N/JPN/1") TEXT("XFD2", "x") "</row>",
	    NULL, &items), 1);
	assert_int_equal(items.n, 1);
	assert_null(items.v[0].notice.title.s);
}

static void
test_file_that_is_no_workbook_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	struct error err;

	(void)state;
	buf_adds(&zip.file, "<!DOCTYPE html><html>Not a zip</html>");
	assert_file_refused(zip_write(&zip, 0), ": no ZIP archive");
	zip_text(&zip, "word/document.xml", "<document/>");
	assert_file_refused(zip_write(&zip, 0), ": no workbook: it has no 'xl/workbook.xml'");
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	assert_file_refused(zip_write(&zip, 0), ": no sheet 'xl/worksheets/sheet1.xml'");
	assert_int_equal(eping_workbook_read("/tmp/regwatch-no-such-file.xlsx", gather, NULL, NULL, &err), ERR_IO);
	assert_string_equal(err.text, "cannot open '/tmp/regwatch-no-such-file.xlsx': No such file or directory");
}

static void
test_truncated_file_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	AUTO_ITEMS items = { .v = NULL };
	AUTO_BUF sheet = BUF_INIT;
	struct error err;

	(void)state;
	/* so cut, libarchive reads what is there one member after the other */
	buf_adds(&sheet, "<worksheet><sheetData>" HEADINGS);
	for (unsigned i = 2; i < 2000; i++)
		add_row(&sheet, i, "Japan", "G/TBT/N/JPN/1");
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_text(&zip, "xl/worksheets/sheet1.xml", buf_str(&sheet));
	zip_write(&zip, 4000);
	assert_int_equal(eping_workbook_read(zip.path, gather, &items, NULL, &err), ERR_DATA);
	assert_memory_equal(err.text, zip.path, strlen(zip.path));
	unlink(zip.path);
}

static void
test_sheet_that_ends_early_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };

	(void)state;
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_text(&zip, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>" HEADINGS ROW("2", "Japan", "45819", "G/TBT/N/JPN/1"));
	assert_file_refused(zip_write(&zip, 0), ": row 2: line 1: Extra content at the end of the document");
}

static void
test_entities_are_refused_before_they_grow(void **state)
{
	struct zip_maker zip = { .members = 0 };

	(void)state;
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_text(&zip, "xl/worksheets/sheet1.xml", "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>");
	assert_file_refused(zip_write(&zip, 0), ": row 0: a document type, which could declare entities");
	zip_text(&zip, "xl/workbook.xml", "<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><workbook/>");
	assert_file_refused(zip_write(&zip, 0), ": xl/workbook.xml: a document type, which could declare entities");
}

static void
test_zip_bomb_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	size_t n = (size_t)80 << 20;
	AUTO_FREE char *zeros = xcalloc(1, n);
	static const char start[] = "<sst><si><t>";

	(void)state;
	memset(zeros, ' ', n);
	memcpy(zeros, start, strlen(start));
	for (size_t i = 4096; i + 16 < n; i += 4096)
		memcpy(zeros + i, "</t></si><si><t>", 16);
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_member(&zip, "xl/sharedStrings.xml", zeros, n);
	assert_true(zip.file.len < (size_t)1 << 20);
	zip_write(&zip, 0);
	{
		AUTO_ITEMS items = { .v = NULL };
		struct error err;

		assert_int_equal(eping_workbook_read(zip.path, gather, &items, NULL, &err), ERR_DATA);
		assert_non_null(strstr(err.text, "unpacks to more than 64 MB"));
	}
	unlink(zip.path);
}

/* ---- real data ---- */

static char *
data_path(const char *name)
{
	const char *data = getenv("REGWATCH_DATA");

	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	return file_join(data, name);
}

static void
read_export(struct items *out)
{
	AUTO_FREE char *path = data_path("eping/export-2025-06.xlsx");

	assert_int_equal(read_file(path, out), 120);
	assert_int_equal(out->bad, 0);
	assert_int_equal(out->problems.n, 0);
}

/* The JSON objects of all rows, each with its name "SYMBOL|MEMBER". */
static json_t *
rows_by_name(void)
{
	json_t *rows = json_object();

	return rows;
}

static void
put_row(json_t *rows, json_t *row)
{
	const char *symbol = json_str(json_object_get(row, "Document symbol"), "text");
	AUTO_FREE char *name = xasprintf("%s|%s", symbol, json_str(row, "Notifying Member"));

	assert_null(json_object_get(rows, name));
	json_object_set(rows, name, row);
}

static json_t *
expected_rows(void)
{
	AUTO_FREE char *path = data_path("eping/export-2025-06.jsonl");
	AUTO_BUF text = BUF_INIT;
	AUTO_STRV lines = STRV_INIT;
	json_t *rows = rows_by_name();
	struct error err;

	assert_int_equal(file_read(path, 1 << 20, &text, &err), 0);
	strv_split(&lines, buf_str(&text), "\n");
	for (size_t i = 0; i < lines.n; i++) {
		AUTO_JSON *row = NULL;

		assert_int_equal(json_parse(lines.v[i], strlen(lines.v[i]), &row, &err), 0);
		put_row(rows, row);
	}
	return rows;
}

static void
put_raw(json_t *rows, const struct buf *raw)
{
	AUTO_JSON *value = NULL;
	struct error err;

	assert_int_equal(json_parse(raw->data, raw->len, &value, &err), 0);
	if (json_is_object(value))
		put_row(rows, value);
	for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++)
		put_row(rows, json_array_get(value, i));
}

static void
test_real_rows_equal_their_published_decoding(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	AUTO_JSON *got = NULL;
	AUTO_JSON *expected = NULL;

	(void)state;
	read_export(&items);
	assert_int_equal(items.n, 101);
	got = rows_by_name();
	for (size_t i = 0; i < items.n; i++)
		put_raw(got, &items.v[i].raw);
	expected = expected_rows();
	assert_int_equal(json_object_size(expected), 120);
	assert_true(json_equal(got, expected));
}

static void
test_real_rows_decode_again_to_the_same_record(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	read_export(&items);
	for (size_t i = 0; i < items.n; i++) {
		AUTO_NOTICE again = NOTICE_INIT;
		struct error err;

		assert_int_equal(eping_row_decode(items.v[i].raw.data, items.v[i].raw.len, &again, &err), 0);
		assert_true(notice_equal(&items.v[i].notice, &again));
		assert_true(items.v[i].notice.known == again.known);
	}
}

static const struct notice *
find(const struct items *items, const char *id)
{
	for (size_t i = 0; i < items->n; i++)
		if (strcmp(items->v[i].notice.id, id) == 0)
			return &items->v[i].notice;
	fail_msg("no %s", id);
	return NULL;
}

static void
test_real_records_are_read_as_a_reader_would(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	const struct notice *n;
	size_t spanish = 0, other = 0;

	(void)state;
	read_export(&items);
	n = find(&items, "G/TBT/N/BDI/608");
	assert_int_equal(n->members.n, 5);
	assert_string_equal(n->members.v[4], "UG");
	assert_int_equal(n->variants.n, 0);		/* only the order of the objectives differs */
	assert_string_equal(n->documents.v[0].lang, "en");
	n = find(&items, "G/TBT/N/BDI/606");		/* three of its five rows */
	assert_true((n->known & NOTICE_BIT(variants)) == 0);
	n = find(&items, "G/SPS/N/NIC/131");
	assert_string_equal(n->language, "es");
	assert_string_equal(n->products.lang, "es");
	assert_int_equal(n->documents.n, 2);
	assert_string_equal(n->documents.v[1].kind, "notification");
	assert_string_equal(n->documents.v[1].lang, "es");
	n = find(&items, "G/TBT/N/THA/501/Add.3");
	assert_string_equal(n->documents.v[0].kind, "final");
	assert_false(date_is_set(n->deadline));
	for (size_t i = 0; i < items.n; i++) {
		spanish += strcmp(items.v[i].notice.language, "es") == 0;
		other += strcmp(items.v[i].notice.language, "en") != 0 && strcmp(items.v[i].notice.language, "es") != 0;
	}
	assert_int_equal(spanish, 6);			/* NIC/131, CRI/193/Add.8, CHL/731, CHL/796/Rev.1, CHL/368/Add.1 and .2 */
	assert_int_equal(other, 0);
}

/* Takes out the documents of groups that 'other' does not know, so that what both tell can be compared. */
static void
keep_common(struct notice *n, const struct notice *other)
{
	size_t kept = 0;

	for (size_t i = 0; i < n->documents.n; i++) {
		struct document *d = &n->documents.v[i];
		bool form = strcmp(d->kind, "notification") == 0;
		uint64_t group = !form ? NOTICE_DOCS_TEXTS : strcmp(d->lang, "fr") == 0 ? NOTICE_DOCS_FORM_FR :
		    strcmp(d->lang, "es") == 0 ? NOTICE_DOCS_FORM_ES : NOTICE_DOCS_FORM_EN;

		if ((other->known & group) != 0) {
			n->documents.v[kept++] = *d;
		} else {
			free(d->kind);
			free(d->lang);
			free(d->url);
			free(d->text_sha256);
		}
	}
	n->documents.n = kept;
}

static void
assert_same_where_both_know(const struct notice *a, const struct notice *b)
{
	size_t compared = 0;

	for (size_t i = 0; i < notice_fields_count; i++) {
		if ((a->known & b->known & UINT64_C(1) << i) == 0)
			continue;
		compared++;
		if (!notice_field_equal(a, b, i))
			fail_msg("%s: %s differs", a->id, notice_fields[i].name);
	}
	assert_true(compared >= 15);
}

static void
test_api_and_export_give_one_record(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	AUTO_FREE char *path = data_path("eping/api-page-reconstructed.json");
	AUTO_BUF text = BUF_INIT;
	AUTO_EPING_PAGE page;
	struct error err;

	(void)state;
	read_export(&items);
	assert_int_equal(file_read(path, 1 << 20, &text, &err), 0);
	assert_int_equal(eping_api_page(buf_str(&text), text.len, &page, &err), 0);
	assert_int_equal(page.rows, 14);
	for (size_t i = 0; i < page.items.n; i++) {
		struct notice *api = &page.items.v[i].notice;
		AUTO_NOTICE row = NOTICE_INIT;

		notice_init(&row);
		notice_copy(&row, find(&items, api->id));
		row.known = find(&items, api->id)->known;
		assert_true(strv_equal(&api->symbols, &row.symbols));
		assert_true(strv_equal(&api->members, &row.members));
		assert_string_equal(api->dossier, row.dossier);
		assert_int_equal(api->kind, row.kind);
		assert_int_equal(api->urgent, row.urgent);
		keep_common(&row, api);
		assert_same_where_both_know(api, &row);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row_of_the_bulk_workbook),
		cmocka_unit_test(test_hyperlink_formula_without_cached_value_is_read),
		cmocka_unit_test(test_day_numbers_count_from_1900_with_its_false_leap_day),
		cmocka_unit_test(test_bad_row_is_counted_and_reported_with_its_number),
		cmocka_unit_test(test_joint_rows_join_over_hundreds_of_others),
		cmocka_unit_test(test_error_of_the_taker_ends_the_reading),
		cmocka_unit_test(test_changed_layout_is_refused),
		cmocka_unit_test(test_headings_may_stand_below_other_rows),
		cmocka_unit_test(test_hostile_cells_are_refused_with_their_row),
		cmocka_unit_test(test_cells_far_to_the_right_are_left_out),
		cmocka_unit_test(test_file_that_is_no_workbook_is_refused),
		cmocka_unit_test(test_truncated_file_is_refused),
		cmocka_unit_test(test_sheet_that_ends_early_is_refused),
		cmocka_unit_test(test_entities_are_refused_before_they_grow),
		cmocka_unit_test(test_zip_bomb_is_refused),
		cmocka_unit_test(test_real_rows_equal_their_published_decoding),
		cmocka_unit_test(test_real_rows_decode_again_to_the_same_record),
		cmocka_unit_test(test_real_records_are_read_as_a_reader_would),
		cmocka_unit_test(test_api_and_export_give_one_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
