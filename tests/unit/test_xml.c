#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/base/xml.h"

static void
assert_fragment(const char *html, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	xml_fragment_text(html, true, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_fragment_leaves_plain_text_alone(void **state)
{
	(void)state;
	assert_fragment("a < b & c", "a < b & c");
	assert_fragment("x <5 mg", "x <5 mg");
	assert_fragment("wool < 85% by weight\nand >= 3 \xce\xbcg", "wool < 85% by weight\nand >= 3 \xce\xbcg");
	assert_fragment("if x <y and z> 3", "if x <y and z> 3");
	assert_fragment("ends with <", "ends with <");
	assert_fragment("ends with <b", "ends with <b");
	assert_fragment("see <https://example.org/a?b=1&copy=2>", "see <https://example.org/a?b=1&copy=2>");
	assert_fragment("<office@example.org>", "<office@example.org>");
	assert_fragment("AT&T R&D; &unknown; &;", "AT&T R&D; &unknown; &;");
	assert_fragment("", "");
}

static void
test_fragment_drops_tags_and_keeps_their_text(void **state)
{
	(void)state;
	assert_fragment("<p style=\"margin:2px\">Rice \xe2\x80\x93 Specification</p>", "Rice \xe2\x80\x93 Specification");
	assert_fragment("<b>bo</b>ld <o:p></o:p><st1:place w:st=\"on\">Rome</st1:place>", "bold Rome");
	assert_fragment("<a title='x > y' href=\"#\">link</a>", "link");
	assert_fragment("a<!-- <p>no</p> -->b<script>if (a<b) x();</script>c<style>p{}</style>d<![CDATA[e]]>", "abcd");
	assert_fragment("<script>never closed", "");
}

static void
test_fragment_breaks_lines_where_a_reader_sees_them(void **state)
{
	(void)state;
	assert_fragment("intro<p>one\n two</p><p>three<br/>four</p>\n", "intro\none two\nthree\nfour");
	assert_fragment("<ul><li>a</li>\n<li>b</li></ul>c", "a\nb\nc");
	assert_fragment("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc");
	assert_fragment("one\n<b>two</b>", "one\ntwo");
}

static void
test_fragment_decodes_references_exactly_once(void **state)
{
	(void)state;
	assert_fragment("&amp;nbsp; a&nbsp;b &lt;p&gt; &amp;amp;", "&nbsp; a b <p> &amp;");
	assert_fragment("&#8217;&#x2019;&#X2019;&#146;&eacute;&apos;", "\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99\xc3\xa9'");
	assert_fragment("&#0;&#xD800;&#x110000;&#99999999999999999999;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	assert_fragment("&#; &#x; &#12a; &amp", "&#; &#x; &#12a; &amp");
}

static char *
repeat(const char *start, const char *part, size_t n, const char *end)
{
	AUTO_BUF b = BUF_INIT;

	buf_adds(&b, start);
	for (size_t i = 0; i < n; i++)
		buf_adds(&b, part);
	buf_adds(&b, end);
	return buf_take(&b);
}

static void
test_fragment_reads_hostile_text_in_linear_time(void **state)
{
	static const char *const parts[][2] = {
		{ "<", ">" }, { "<!-- ", ">" }, { "<xx a=1 ", ">" }, { "<xx a='", ">" }, { "<a ", "" }, { "<script>", "" }, { "&", ";" },
		{ "&#", ";" }, { "</script ", "" }, { "<![", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		AUTO_FREE char *text = repeat("", parts[i][0], 100000, parts[i][1]);
		AUTO_BUF out = BUF_INIT;

		xml_fragment_text(text, true, &out);
		assert_true(out.len <= strlen(text));
	}
}

static void
assert_page(const char *html, size_t n, const char *charset, const char *expected)
{
	AUTO_XML_DOC doc = NULL;
	AUTO_BUF out = BUF_INIT;

	assert_int_equal(xml_parse_html(html, n, charset, &doc, NULL), 0);
	xml_node_text(xmlDocGetRootElement(doc), &out);
	assert_string_equal(buf_str(&out), expected);
}

#define PAGE(HTML, CHARSET, EXPECTED) assert_page(HTML, sizeof(HTML) - 1, CHARSET, EXPECTED)

static void
test_page_text_is_what_a_reader_sees(void **state)
{
	(void)state;
	PAGE("<html><head><style>x</style></head><body><h1>A</h1>b <i>c</i><br>d<script>e</script><!-- f --></body></html>", "", "A\nb c\nd");
	PAGE("<dl><dt>a<dd>b</dl>", "", "a\nb\n");
	PAGE("<tr><td>a<td>b</tr>", "", "a b\n");
	PAGE("<p>a\nb<pre>c\nd</pre>", "", "a b\nc\nd\n");
}

static void
test_page_is_read_in_its_own_charset(void **state)
{
	(void)state;
	PAGE("<p>caf\xe9 \x96", "iso-8859-1", "caf\xc3\xa9 \xe2\x80\x93\n");
	PAGE("<meta charset=\"iso-8859-2\"><p>\xb1", "", "\xc4\x85\n");
	PAGE("<p>\xc4\x85", "iso-8859-1", "\xc4\x85\n");	/* valid UTF-8 under a wrong label */
	PAGE("\xff\xfe<\0p\0>\0\xe9\0", "", "\xc3\xa9\n");
	PAGE("<p>a\0b\xff", "", "a\xef\xbf\xbd" "b\xef\xbf\xbd\n");
}

static void
test_page_from_outside_cannot_pull_in_files(void **state)
{
	(void)state;
	PAGE("<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>", "", "]>\n&x;\n");
}

static void
assert_page_refused(const char *html, const char *expected)
{
	xmlDocPtr doc;
	struct error err;

	assert_int_equal(xml_parse_html(html, strlen(html), "", &doc, &err), ERR_DATA);
	assert_null(doc);
	assert_string_equal(err.text, expected);
}

static void
test_page_that_costs_too_much_is_refused(void **state)
{
	AUTO_FREE char *deep = repeat("", "<div>", 100000, ""), *wide = repeat("<p", " a b c d=1 e='2'", 300, ">x");
	AUTO_FREE char *cut = repeat("<p ", "a", 200000, ">x"), *nested = repeat("", "<a b='", 100000, "");

	(void)state;
	assert_page_refused(deep, "HTML elements nest deeper than 200");
	assert_page_refused(wide, "an HTML element has too many attributes");
	assert_page_refused(cut, "an HTML element has too many attributes");
	assert_page_refused(nested, "an HTML element has too many attributes");
	assert_page_refused("", "no HTML element found");
}

static void
test_page_may_hold_long_scripts_and_comments(void **state)
{
	AUTO_FREE char *page = repeat("<script>if (a <b) {", " word 'x' ", 400, "</script><!-- <p --><p>text</p>");

	(void)state;
	assert_page(page, strlen(page), "", "text\n");
}

static void
test_page_survives_garbage(void **state)
{
	static const char *const parts[] = {
		"<", ">", "</", "<p", "<table>", "<td>", "<!--", "-->", "<![CDATA[", "&#", "&amp", ";", "'", "\"", "=", " ", "\xff", "x", "<script>",
		"</script>", "<br/>", "<?", "<!DOCTYPE", "\xc3\xa9",
	};
	uint32_t seed = 5;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		AUTO_BUF in = BUF_INIT, text = BUF_INIT;
		AUTO_XML_DOC doc = NULL;

		for (int i = 0; i < 16; i++) {
			seed = seed * 1103515245 + 12345;
			buf_adds(&in, parts[(seed >> 16) % (sizeof(parts) / sizeof(parts[0]))]);
		}
		xml_fragment_text(in.data, round % 2 == 0, &text);
		assert_true((xml_parse_html(in.data, in.len, "", &doc, NULL) == 0) == (doc != NULL));
		if (doc != NULL)
			xml_node_text(xmlDocGetRootElement(doc), &text);
	}
}

static void
test_find_gives_elements_in_order_and_no_more_than_asked(void **state)
{
	static const char html[] = "<ul id=a><li class=x>1<li>2<li>3</ul>";
	AUTO_XML_DOC doc = NULL;
	xmlNode *found[2] = { NULL, NULL };
	xmlChar *class;

	(void)state;
	assert_int_equal(xml_parse_html(html, sizeof(html) - 1, "", &doc, NULL), 0);
	assert_int_equal(xml_find(doc, NULL, "//ul", found, 2), 1);
	assert_int_equal(xml_find(doc, found[0], "./li", found, 2), 2);
	assert_string_equal((const char *)found[0]->name, "li");
	class = xml_attribute(found[0], "class");
	assert_string_equal((const char *)class, "x");
	xmlFree(class);
	assert_null(xml_attribute(found[1], "class"));
	assert_int_equal(xml_find(doc, NULL, "//text()", found, 2), 0);
	assert_int_equal(xml_find(doc, NULL, "//[", found, 2), 0);
	assert_int_equal(xml_find(doc, NULL, "count(//li)", found, 2), 0);
}

static void
test_reader_streams_and_refuses_document_types(void **state)
{
	static const char good[] = "<?xml version=\"1.0\"?><!-- c --><a><b>&lt;!DOCTYPE</b></a>";
	static const char bad[] = "<?xml version=\"1.0\"?><!-- <x> --> <!DOCTYPE a [<!ENTITY e \"eeee\">]><a>&e;</a>";
	xmlTextReaderPtr reader = xml_reader(good, sizeof(good) - 1, "part.xml");
	int nodes = 0;

	(void)state;
	assert_non_null(reader);
	while (xmlTextReaderRead(reader) == 1)
		nodes++;
	xmlFreeTextReader(reader);
	assert_int_equal(nodes, 6);	/* the comment, a, b, text, /b, /a */
	assert_null(xml_reader(bad, sizeof(bad) - 1, "part.xml"));
	assert_null(xml_reader("<\0a\0/\0>\0", 8, "part.xml"));
	reader = xml_reader("<a><b></a>", 10, "part.xml");
	while (xmlTextReaderRead(reader) == 1)
		continue;
	xmlFreeTextReader(reader);
}

static void
test_escape_is_safe_in_text_and_attributes(void **state)
{
	AUTO_BUF out = BUF_INIT;

	(void)state;
	xml_escape("<a href=\"x\" title='y'>&amp;\n\t\r", &out);
	assert_string_equal(buf_str(&out), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;\n\t&#13;");
	buf_reset(&out);
	xml_escape("\x01\x1b\xff\xef\xbf\xbf\xed\xa0\x80\xc3\xa9", &out);
	assert_string_equal(buf_str(&out), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xc3\xa9");
	buf_reset(&out);
	xml_escape("", &out);
	xml_escape("a <b> ~ \x7f c\xe6\x97\xa5& d", &out);
	assert_string_equal(buf_str(&out), "a &lt;b&gt; ~ \x7f c\xe6\x97\xa5&amp; d");
}

static void
test_escape_of_a_part_ends_with_the_part(void **state)
{
	AUTO_BUF out = BUF_INIT;

	(void)state;
	xml_escape_part("a&bc", 2, &out);
	xml_escape_part("xy", 0, &out);
	xml_escape_part("\xe6\x97\xa5", 2, &out);	/* cut inside a character */
	assert_string_equal(buf_str(&out), "a&amp;\xef\xbf\xbd");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fragment_leaves_plain_text_alone),
		cmocka_unit_test(test_fragment_drops_tags_and_keeps_their_text),
		cmocka_unit_test(test_fragment_breaks_lines_where_a_reader_sees_them),
		cmocka_unit_test(test_fragment_decodes_references_exactly_once),
		cmocka_unit_test(test_fragment_reads_hostile_text_in_linear_time),
		cmocka_unit_test(test_page_text_is_what_a_reader_sees),
		cmocka_unit_test(test_page_is_read_in_its_own_charset),
		cmocka_unit_test(test_page_from_outside_cannot_pull_in_files),
		cmocka_unit_test(test_page_that_costs_too_much_is_refused),
		cmocka_unit_test(test_page_may_hold_long_scripts_and_comments),
		cmocka_unit_test(test_page_survives_garbage),
		cmocka_unit_test(test_find_gives_elements_in_order_and_no_more_than_asked),
		cmocka_unit_test(test_reader_streams_and_refuses_document_types),
		cmocka_unit_test(test_escape_is_safe_in_text_and_attributes),
		cmocka_unit_test(test_escape_of_a_part_ends_with_the_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
