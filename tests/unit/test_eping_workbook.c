#include "workbook_fixture.h"

#include "feeds/xlsx.h"

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
test_unclear_deadline_of_a_row_costs_the_deadline_alone(void **state)
{
	static const char rows[] = "<row r=\"1\">" TEXT("A1", "Document symbol") TEXT("B1", "Distribution date") TEXT("C1", "Notifying Member") TEXT("D1", "Title")
	    TEXT("E1", "Final date for comments") "</row>"
	    "<row r=\"2\">" TEXT("A2", "G/TBT/N/JPN/1") NUMBER("B2", "45819") TEXT("C2", "Japan") TEXT("D2", "Wheat") TEXT("E2", "31/12/9999") "</row>"
	    "<row r=\"3\">" TEXT("A3", "G/TBT/N/JPN/2") NUMBER("B3", "45819") TEXT("C3", "Japan") TEXT("D3", "Rice") TEXT("E3", "10/08/2025") "</row>";
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	assert_int_equal(read_rows(rows, NULL, &items), 2);
	assert_int_equal(items.n, 2);
	assert_int_equal(items.bad, 0);
	assert_int_equal(items.problems.n, 1);
	assert_string_equal(items.problems.v[0], "row 2: column 'Final date for comments': '31/12/9999' is no date, so that the deadline is unknown");
	assert_string_equal(items.v[0].notice.title.s, "Wheat");
	assert_false(items.v[0].notice.known & NOTICE_BIT(deadline));
	assert_int_equal(items.v[1].notice.deadline.day, 10);
}

static void
test_row_without_day_of_distribution_needs_a_deadline(void **state)
{
	static const char rows[] = "<row r=\"1\">" TEXT("A1", "Document symbol") TEXT("B1", "Distribution date") TEXT("C1", "Notifying Member") TEXT("D1", "Title")
	    TEXT("E1", "Final date for comments") "</row>"
	    "<row r=\"2\">" TEXT("A2", "G/TBT/N/JPN/1") "<c r=\"B2\"/>" TEXT("C2", "Japan") TEXT("D2", "Wheat") TEXT("E2", "10/08/2025") "</row>"
	    "<row r=\"3\">" TEXT("A3", "G/TBT/N/JPN/2") TEXT("B3", "soon") TEXT("C3", "Japan") TEXT("D3", "Rice") TEXT("E3", "11/08/2025") "</row>"
	    "<row r=\"4\">" TEXT("A4", "G/TBT/N/JPN/3") TEXT("B4", "soon") TEXT("C4", "Japan") TEXT("D4", "Rye") TEXT("E4", "n/a") "</row>";
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	assert_int_equal(read_rows(rows, NULL, &items), 3);
	assert_int_equal(items.n, 2);
	assert_int_equal(items.bad, 1);
	assert_int_equal(items.problems.n, 3);
	assert_string_equal(items.problems.v[0], "row 2: no distribution date, so that the day of distribution is unknown");
	assert_string_equal(items.problems.v[1], "row 3: column 'Distribution date': 'soon' is no date, so that the day of distribution is unknown");
	assert_string_equal(items.problems.v[2], "row 4: column 'Distribution date': 'soon' is no date");
	assert_false(items.v[0].notice.known & NOTICE_BIT(distributed));
	assert_int_equal(items.v[1].notice.deadline.day, 11);
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
	assert_int_equal(eping_workbook_read(&(struct xlsx_file){ zip.path, zip.path }, stop, &calls, NULL, &err), ERR_IO);
	assert_int_equal(calls, 1);
	assert_string_equal(err.text, "the store is full");
	unlink(zip.path);
}

static void
test_changed_layout_is_refused(void **state)
{
	AUTO_BUF rows = BUF_INIT;

	(void)state;
	assert_refused("", NULL, "layout changed: no heading 'Document symbol'");
	assert_refused("<row r=\"1\">" TEXT("A1", "Symbol") "</row><row r=\"20\">" TEXT("A20", "x") "</row>", NULL,
	    "row 20: layout changed: no heading 'Document symbol' in the first 20 rows");
	assert_refused("<row r=\"1\">" TEXT("A1", "Document symbol") TEXT("B1", "Notifying Member") "</row>", NULL,
	    "row 1: layout changed: no heading 'Distribution date'");
	buf_adds(&rows, HEADINGS);
	for (unsigned i = 2; i < 40; i++)
		add_row(&rows, i, "Japan", "");
	assert_refused(buf_str(&rows), NULL, "row 22: layout changed: 21 of 21 rows are not understood, this one: no symbol");
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row_of_the_bulk_workbook),
		cmocka_unit_test(test_hyperlink_formula_without_cached_value_is_read),
		cmocka_unit_test(test_day_numbers_count_from_1900_with_its_false_leap_day),
		cmocka_unit_test(test_bad_row_is_counted_and_reported_with_its_number),
		cmocka_unit_test(test_unclear_deadline_of_a_row_costs_the_deadline_alone),
		cmocka_unit_test(test_row_without_day_of_distribution_needs_a_deadline),
		cmocka_unit_test(test_joint_rows_join_over_hundreds_of_others),
		cmocka_unit_test(test_error_of_the_taker_ends_the_reading),
		cmocka_unit_test(test_changed_layout_is_refused),
		cmocka_unit_test(test_headings_may_stand_below_other_rows),
		cmocka_unit_test(test_cells_far_to_the_right_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
