/* Workbooks that strangers made to hurt. */
#include "workbook_fixture.h"

static void
test_hostile_cells_are_refused_with_their_row(void **state)
{
	AUTO_BUF large = BUF_INIT;

	(void)state;
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "3") "</row>", "<si><t>x</t></si>", "row 2: shared string 3 where there are 1");
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "0") "</row>", NULL, "row 2: shared string 0 where there are 0");
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "-1") "</row>", NULL, "row 2: shared string '-1'");
	assert_refused(HEADINGS "<row r=\"2\">" SHARED("A2", "99999999999999999999999") "</row>", NULL,
	    "row 2: shared string '99999999999999999999'");
	assert_refused(HEADINGS "<row r=\"2147483648\">" TEXT("A2", "x") "</row>", NULL, "row 1: row number '2147483648' behind row 1");
	assert_refused(HEADINGS "<row r=\"1\">" TEXT("A1", "x") "</row>", NULL, "row 1: row number '1' behind row 1");
	assert_refused(HEADINGS "<row r=\"2\">" TEXT("XFE2", "x") "</row>", NULL, "row 2: cell 'XFE2'");
	assert_refused(HEADINGS "<row r=\"2\">" TEXT("7", "x") "</row>", NULL, "row 2: cell '7'");
	buf_adds(&large, HEADINGS "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>");
	for (int i = 0; i < 70000; i++)
		buf_adds(&large, "0123456789abcdef");
	buf_adds(&large, "</v></c></row>");
	assert_refused(buf_str(&large), NULL, "row 2: a cell of more than 1048576 bytes");
}

static void
test_file_that_is_no_workbook_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	struct error err;

	(void)state;
	buf_adds(&zip.file, "<!DOCTYPE html><html>Not a zip</html>");
	assert_file_refused(zip_write(&zip, 0), "no ZIP archive");
	zip_text(&zip, "word/document.xml", "<document/>");
	assert_file_refused(zip_write(&zip, 0), "no workbook: it has no 'xl/workbook.xml'");
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	assert_file_refused(zip_write(&zip, 0), "no sheet 'xl/worksheets/sheet1.xml'");
	assert_int_equal(eping_workbook_read(&(struct xlsx_file){ "/tmp/regwatch-no-such-file.xlsx", "/tmp/regwatch-test" }, gather, NULL, NULL, &err), ERR_IO);
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
	assert_int_equal(eping_workbook_read(&(struct xlsx_file){ zip.path, zip.path }, gather, &items, NULL, &err), ERR_DATA);
	assert_memory_equal(err.text, "xl/_rels/workbook.xml.rels: damaged archive: ", 44);
	unlink(zip.path);
}

static void
test_sheet_that_ends_early_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };

	(void)state;
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_text(&zip, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>" HEADINGS ROW("2", "Japan", "45819", "G/TBT/N/JPN/1"));
	assert_file_refused(zip_write(&zip, 0), "row 2: line 1: Extra content at the end of the document");
}

static void
test_entities_are_refused_before_they_grow(void **state)
{
	struct zip_maker zip = { .members = 0 };

	(void)state;
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_text(&zip, "xl/worksheets/sheet1.xml", "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>");
	assert_file_refused(zip_write(&zip, 0), "row 0: a document type, which could declare entities");
	zip_text(&zip, "xl/workbook.xml", "<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><workbook/>");
	assert_file_refused(zip_write(&zip, 0), "xl/workbook.xml: a document type, which could declare entities");
}

static void
test_element_with_attributes_without_end_is_refused(void **state)
{
	struct zip_maker zip = { .members = 0 };
	AUTO_BUF sheet = BUF_INIT;
	double began = clock_monotonic();

	(void)state;
	buf_adds(&sheet, "<worksheet");
	for (int i = 0; i < 150000; i++)	/* a minute, were they compared with one another */
		buf_addf(&sheet, " a%d=\"%d\"", i, i);
	buf_adds(&sheet, "/>");
	zip_text(&zip, "xl/workbook.xml", "<workbook/>");
	zip_text(&zip, "xl/worksheets/sheet1.xml", buf_str(&sheet));
	assert_file_refused(zip_write(&zip, 0), "row 0: an element has more than 1000 attributes");
	assert_true(clock_monotonic() - began < 10);
}

static void
test_text_full_of_what_looks_like_attributes_is_text(void **state)
{
	AUTO_ITEMS items = { .v = NULL };
	AUTO_BUF rows = BUF_INIT;

	(void)state;
	buf_adds(&rows, HEADINGS "<row r=\"2\">" TEXT("A2", "India") NUMBER("B2", "45500") TEXT("C2", "G/TBT/N/IND/1") "<c r=\"D2\" t=\"inlineStr\"><is><t>Flour ");
	for (int i = 0; i < 450; i++)
		buf_adds(&rows, "a=\"1\" b='2' ");
	buf_adds(&rows, "</t></is></c></row>");
	read_rows(buf_str(&rows), NULL, &items);
	assert_int_equal(items.n + items.bad, 1);
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

		assert_int_equal(eping_workbook_read(&(struct xlsx_file){ zip.path, zip.path }, gather, &items, NULL, &err), ERR_DATA);
		assert_non_null(strstr(err.text, "unpacks to more than 64 MB"));
	}
	unlink(zip.path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hostile_cells_are_refused_with_their_row),
		cmocka_unit_test(test_file_that_is_no_workbook_is_refused),
		cmocka_unit_test(test_truncated_file_is_refused),
		cmocka_unit_test(test_sheet_that_ends_early_is_refused),
		cmocka_unit_test(test_entities_are_refused_before_they_grow),
		cmocka_unit_test(test_element_with_attributes_without_end_is_refused),
		cmocka_unit_test(test_text_full_of_what_looks_like_attributes_is_text),
		cmocka_unit_test(test_zip_bomb_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
