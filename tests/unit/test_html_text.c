/* The text of HTML. All pages here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/document.h"
#include "lib/base/buf.h"
#include "lib/base/error.h"

static void
expect_bytes(const char *html, size_t n, const char *text)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	assert_int_equal(html_text(html, n, &d, &err), 0);
	assert_string_equal(d.text, text);
	assert_string_equal(d.tool, "regwatch-html 1");
}

static void
expect(const char *html, const char *text)
{
	expect_bytes(html, strlen(html), text);
}

static void
test_blocks_are_lines_and_headings_are_marked(void **state)
{
	(void)state;
	expect("<!DOCTYPE html><html><head><title>Not this</title></head><body><h1>Annex <br>I</h1><div>In a <b>div</b><p>First\nparagraph</p>tail</div>one<br>two"
	    "<h6>Deep</h6><blockquote>quoted</blockquote><pre>a  b\n c</pre><p># no mark</p></body></html>",
	    "# Annex I\nIn a div\nFirst paragraph\ntail\none\ntwo\n###### Deep\nquoted\na b\nc\n\\# no mark\n");
}

static void
test_lists_show_their_numbers(void **state)
{
	(void)state;
	expect("<ul><li>a<li><p>b</p><p>more</p><ol start=3 type=a><li>c<li value=7>d</ol></ul><ol><li>x</li><li>&nbsp;</li><li>z</li></ol><ol type=I start=4><li>r</ol>",
	    "- a\n- b\nmore\nc. c\ng. d\n1. x\n3. z\nIV. r\n");
}

static void
test_table_is_a_line_a_row(void **state)
{
	(void)state;
	expect("<table><caption>Limits</caption><thead><tr><th>A<th>B<th>C</thead><tr><td colspan=2>wide<td>c<tr><td rowspan=2>tall<td><p>x</p><p>y</p><td>a|b"
	    "<tr><td>b<td>c</table>", "Limits\n| A | B | C |\n| wide | | c |\n| tall | x / y | a\\|b |\n| | b | c |\n");
	expect("<table><tr><td>a<table><tr><td>x<td>y</table><td>b</table>", "| a / x; y | b |\n");
	expect("<table><tr><td><h2>Framed</h2><p>text</p></td></tr></table>", "## Framed\ntext\n");
}

static void
test_what_no_reader_sees_is_left_out(void **state)
{
	(void)state;
	expect("<script>var a = '<p>x</p>';</script><style>p{}</style><nav><a href=x>Home</a></nav><p hidden>h</p><p style=\"color:red; DISPLAY : none\">h</p>"
	    "<!-- c --><noscript>n</noscript><p>seen<span style='visibility: hidden'>h</span></p><button>Send</button>", "seen\n");
}

static void
test_marked_changes_are_accepted_and_counted(void **state)
{
	static const char html[] = "<p>limit <del>0.5</del><ins>0.1</ins> mg <del>a</del> <del>b</del></p>";
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;

	(void)state;
	assert_int_equal(html_text(html, strlen(html), &d, NULL), 0);
	assert_string_equal(d.text, "limit 0.1 mg\n");
	assert_int_equal(d.insertions, 1);
	assert_int_equal(d.deletions, 2);
	assert_int_equal(d.notes.n, 1);
	assert_string_equal(d.notes.v[0], "3 marked changes were accepted");
}

static void
test_charset_is_told_by_mark_declaration_or_validity(void **state)
{
	static const char wide[] = "\xff\xfe<\0p\0>\0\xe9\0";

	(void)state;
	expect("<p>caf\xc3\xa9</p>", "café\n");
	expect("<p>caf\xe9 \x80</p>", "café €\n");
	expect("<meta charset=iso-8859-2><p>\xb1</p>", "ą\n");
	expect("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>\xc7\xe0\xea\xee\xed</p>", "Закон\n");
	expect_bytes(wide, sizeof(wide) - 1, "é\n");
}

static void
test_hostile_pages_are_refused_or_bounded(void **state)
{
	AUTO_BUF deep = BUF_INIT, wide = BUF_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT, e = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_adds(&deep, "<div>");
	assert_int_equal(html_text(deep.data, deep.len, &d, &err), ERR_DATA);
	assert_true(strstr(err.text, "deeper than") != NULL);
	buf_adds(&wide, "<table><tr><td>a</td>");
	for (int i = 0; i < 3; i++)
		buf_adds(&wide, "<td colspan=1000>b</td>");
	assert_int_equal(html_text(wide.data, wide.len, &e, &err), ERR_DATA);
	assert_string_equal(err.text, "a row of a table has more than 1000 cells");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks_are_lines_and_headings_are_marked),
		cmocka_unit_test(test_lists_show_their_numbers),
		cmocka_unit_test(test_table_is_a_line_a_row),
		cmocka_unit_test(test_what_no_reader_sees_is_left_out),
		cmocka_unit_test(test_marked_changes_are_accepted_and_counted),
		cmocka_unit_test(test_charset_is_told_by_mark_declaration_or_validity),
		cmocka_unit_test(test_hostile_pages_are_refused_or_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
