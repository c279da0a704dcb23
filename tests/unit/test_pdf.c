#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "feeds/document.h"
#include "feeds/pdf.h"
#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/base/limits.h"
#include "lib/base/utf8.h"
#include "tests/unit/pdf_maker.h"

static void
assert_paragraphs(const char *layout, const char *expected)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err;

	assert_int_equal(pdf_paragraphs(layout, strlen(layout), &d, &err), 0);
	assert_string_equal(d.text, expected);
}

/* ---- paragraphs; all layouts are synthetic ---- */

static void
test_lines_become_paragraphs_by_indentation(void **state)
{
	(void)state;
	assert_paragraphs(
	    "     This Regulation lays down requirements for toys placed on the\n"
	    "market in the territory of the State, whatever their origin may be.\n"
	    "     It shall apply from 1 January 2027 to all economic operators\n"
	    "who make toys available.\n"
	    "     Done in one copy.\n",
	    "This Regulation lays down requirements for toys placed on the market in the territory of the State, whatever their origin may be.\n"
	    "It shall apply from 1 January 2027 to all economic operators who make toys available.\n"
	    "Done in one copy.\n");
}

static void
test_a_blank_line_ends_a_paragraph_but_not_a_sentence(void **state)
{
	(void)state;
	assert_paragraphs(
	    "The limit of migration of the elements in Table 1 shall not be more\n"
	    "than what the table says.\n"
	    "\n"
	    "The second paragraph of this text goes on over a blank line that the\n"
	    "\n"
	    "layout has put in where the space between lines was larger.\n",
	    "The limit of migration of the elements in Table 1 shall not be more than what the table says.\n"
	    "The second paragraph of this text goes on over a blank line that the layout has put in where the space between lines was larger.\n");
}

static void
test_double_spacing_is_no_end_of_paragraphs(void **state)
{
	(void)state;
	assert_paragraphs(
	    "      The first paragraph of this text is set with double spacing, as\n\n"
	    "many drafts are, so that Members of Parliament may write between\n\n"
	    "the lines.\n\n"
	    "      The second paragraph follows it after the same space, and only\n\n"
	    "its first line tells that it is another one. It has more sentences\n\n"
	    "than one, to make it longer. It ends here, in the middle of a line\n\n"
	    "of text.\n\n"
	    "      The third one is shorter, and has just two lines, of which the\n\n"
	    "other is this.\n",
	    "The first paragraph of this text is set with double spacing, as many drafts are, so that Members of Parliament may write between the lines.\n"
	    "The second paragraph follows it after the same space, and only its first line tells that it is another one. It has more sentences than one, to make it "
	    "longer. It ends here, in the middle of a line of text.\n"
	    "The third one is shorter, and has just two lines, of which the other is this.\n");
}

static void
test_items_of_lists_stay_apart_and_references_together(void **state)
{
	(void)state;
	assert_paragraphs(
	    "For the purposes of this Regulation the following definitions apply:\n"
	    "  (a) 'toy' means any product designed for use in play by children,\n"
	    "      whether or not exclusively;\n"
	    "  (b) 'importer' means whoever places a toy on the market; and\n"
	    "  (c) 'limit' means the value in the table that is referred to in point\n"
	    "      (a) of paragraph 1 of the Annex.\n"
	    "1.  Member States shall inform the others.\n"
	    "1.1 They shall do so at once.\n"
	    "\xe2\x80\xa2 in writing\n"
	    "\xe2\x80\xa2 by telephone\n",
	    "For the purposes of this Regulation the following definitions apply:\n"
	    "(a) 'toy' means any product designed for use in play by children, whether or not exclusively;\n"
	    "(b) 'importer' means whoever places a toy on the market; and\n"
	    "(c) 'limit' means the value in the table that is referred to in point (a) of paragraph 1 of the Annex.\n"
	    "1. Member States shall inform the others.\n"
	    "1.1 They shall do so at once.\n"
	    "\xe2\x80\xa2 in writing\n"
	    "\xe2\x80\xa2 by telephone\n");
}

static void
test_headings_are_marked_only_when_certain(void **state)
{
	(void)state;
	assert_paragraphs(
	    "                          CHAPTER II\n"
	    "                     GENERAL PROVISIONS\n"
	    "\n"
	    "                           Article 5\n"
	    "The limit is 5 mg/kg. Until further notice the limit that is given in\n"
	    "Article 6 holds for what was made before. The measure of\n"
	    "Article 7 does not.\n"
	    "\n"
	    "                    Article 6 - Transition\n"
	    "Article 7. The limit of five milligrams applies.\n"
	    "\n"
	    "4.1 Scope\n"
	    "\n"
	    "This part is about the scope of the limits and about those who shall\n"
	    "keep them.\n"
	    "\n"
	    "1. Lead\n"
	    "\n"
	    "2. Cadmium\n"
	    "\n"
	    "#hash |bar [^1] is no mark of ours.\n"
	    "|bar\n",
	    "# CHAPTER II\n"
	    "# GENERAL PROVISIONS\n"
	    "## Article 5\n"
	    "The limit is 5 mg/kg. Until further notice the limit that is given in Article 6 holds for what was made before. The measure of Article 7 does not.\n"
	    "## Article 6 - Transition\n"
	    "Article 7. The limit of five milligrams applies.\n"
	    "### 4.1 Scope\n"
	    "This part is about the scope of the limits and about those who shall keep them.\n"
	    "1. Lead\n"
	    "## 2. Cadmium\n"
	    "\\#hash |bar [^1] is no mark of ours.\n"
	    "\\|bar\n");
}

static void
test_capitals_are_no_heading_where_all_is_capitals(void **state)
{
	(void)state;
	assert_paragraphs(
	    "THE MINISTER OF TRADE\nORDERS THAT\n\nTOYS BE SAFE\n\nCHILDREN BE SAFE\n\nALL BE SAFE\n\nTHE END\n\nONE\n\nTWOS\n\nTHREE\n\nFOUR\n\nFIVE\n",
	    "THE MINISTER OF TRADE\nORDERS THAT\nTOYS BE SAFE\nCHILDREN BE SAFE\nALL BE SAFE\nTHE END\nONE\nTWOS\nTHREE\nFOUR\nFIVE\n");
}

static void
test_hyphens_at_line_ends_go_where_they_only_broke_a_word(void **state)
{
	(void)state;
	assert_paragraphs(
	    "The authorised representative shall keep the non-conformity of the re-\n"
	    "quirements in mind, as well as short- and long-term effects, and the non-\n"
	    "conformity that was found by the body in CO-\n"
	    "2016, and by the Franco-\n"
	    "German committee on short-\n"
	    "and long-lived goods \xe2\x80\x93 and the \xc3\xa9l\xc3\xa9men-\n"
	    "taire, and a soft\xc2\xad\n"
	    "ware of the kind.\n",
	    "The authorised representative shall keep the non-conformity of the requirements in mind, as well as short- and long-term effects, and the "
	    "non-conformity that was found by the body in CO-2016, and by the Franco-German committee on short- and long-lived goods \xe2\x80\x93 and the "
	    "\xc3\xa9l\xc3\xa9mentaire, and a software of the kind.\n");
}

static void
test_running_heads_feet_and_page_numbers_go(void **state)
{
	(void)state;
	assert_paragraphs(
	    "Ministry of Trade                                    Draft of May 2026\n\n"
	    "      The first page holds the beginning of a sentence that ends on the\n\n"
	    "                              - 1 -\n\f"
	    "Ministry of Trade                                    Draft of May 2026\n\n"
	    "second page, where another one begins that has no end before the page\n"
	    "has one.\n\n"
	    "                              - 2 -\n\f"
	    "Ministry of Trade                                    Draft of May 2026\n\n"
	    "      The limit is 3.\n\n"
	    "                              - 3 -\n\f",
	    "The first page holds the beginning of a sentence that ends on the second page, where another one begins that has no end before the page has one.\n"
	    "The limit is 3.\n");
}

static void
test_heads_of_left_and_right_pages_and_of_total_numbers_go(void **state)
{
	AUTO_BUF layout = BUF_INIT, expected = BUF_INIT;

	(void)state;
	for (unsigned i = 1; i <= 8; i++) {
		buf_addf(&layout, "%s\n\nArticle %u\n\n     Toys of class %c shall be safe.\n\nPage %u of 8\n\f", i % 2 == 0 ? "EN    Annex" : "Official text", i,
		    (char)('A' + i), i);
		buf_addf(&expected, "## Article %u\nToys of class %c shall be safe.\n", i, (char)('A' + i));
	}
	assert_paragraphs(buf_str(&layout), buf_str(&expected));
}

static void
test_what_stands_at_the_head_of_few_pages_stays(void **state)
{
	(void)state;
	assert_paragraphs(
	    "Annex 1\n\nThe limit is 3 mg.\n\fAnnex 2\n\nThe limit is 4 mg.\n\fAnnex 3\n\nThe limit is 5 mg.\n\f",
	    "# Annex 1\nThe limit is 3 mg.\n# Annex 2\nThe limit is 4 mg.\n# Annex 3\nThe limit is 5 mg.\n");
	assert_paragraphs("The limit is 3 mg.\n\n1\n\f", "The limit is 3 mg.\n1\n");
	assert_paragraphs("The limit is 3 mg.\n\n1/1\n\f", "The limit is 3 mg.\n");
}

static void
test_tables_become_rows(void **state)
{
	(void)state;
	assert_paragraphs(
	    "The limits are these.\n\n"
	    "                                   Dry material\n"
	    "  Element                                           Remarks\n"
	    "                                      mg/kg\n"
	    "  Aluminium                           2 250         see Annex | 1\n"
	    "  Arsenic and its inorganic\n"
	    "  compounds, as the sum of all         3.8\n"
	    "  of them\n"
	    "  Barium                              1 500         as above\n\n"
	    "They apply to all toys that are placed on the market of the Union.\n",
	    "The limits are these.\n"
	    "| Element | Dry material mg/kg | Remarks |\n"
	    "| Aluminium | 2 250 | see Annex \\| 1 |\n"
	    "| Arsenic and its inorganic compounds, as the sum of all of them | 3.8 | |\n"
	    "| Barium | 1 500 | as above |\n"
	    "They apply to all toys that are placed on the market of the Union.\n");
}

static void
test_two_lines_or_a_list_are_no_table(void **state)
{
	(void)state;
	assert_paragraphs(
	    "For the Minister                           For the Agency\n"
	    "John Smith                                 Mary Jones\n\n"
	    "(a)    the first item of the list that has a wide gap behind its mark;\n"
	    "(b)    the second item of it;\n"
	    "(c)    the third item of it.\n",
	    "For the Minister For the Agency\n"
	    "John Smith Mary Jones\n"
	    "(a) the first item of the list that has a wide gap behind its mark;\n"
	    "(b) the second item of it;\n"
	    "(c) the third item of it.\n");
}

static void
test_columns_of_text_are_read_one_after_the_other(void **state)
{
	(void)state;
	assert_paragraphs(
	    "    The left column begins here and            of the page when it is done. We\n"
	    "holds a paragraph that runs over some      need more text to fill the columns\n"
	    "lines before it ends with a full stop.     well, so here it is.\n"
	    "    This is the other paragraph of it,         The right column has its own too,\n"
	    "shorter but still of some lines of the     which must not be mixed up with the\n"
	    "column, and we go on to the right one      lines on the left of it, of course.\n",
	    "The left column begins here and holds a paragraph that runs over some lines before it ends with a full stop.\n"
	    "This is the other paragraph of it, shorter but still of some lines of the column, and we go on to the right one of the page when it is done. We need "
	    "more text to fill the columns well, so here it is.\n"
	    "The right column has its own too, which must not be mixed up with the lines on the left of it, of course.\n");
}

static void
test_page_numbers_of_a_table_of_contents_go(void **state)
{
	(void)state;
	assert_paragraphs(
	    "Article 1 Scope ............................................ 3\n"
	    "Article 2 Limits ........................................... 12\n"
	    "Annex . . . . . . . . . . . . . . . . . . . . . . . . . . . 104\n",
	    "Article 1 Scope\nArticle 2 Limits\nAnnex\n");
}

static void
test_garbage_is_text_or_nothing(void **state)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	static const char bytes[] = "\xff\xfe\x80   \x01\0zz   a\xc2\n\f\f   \f -\n";
	struct error err;

	(void)state;
	assert_int_equal(pdf_paragraphs(bytes, sizeof(bytes) - 1, &d, &err), 0);
	assert_true(utf8_valid(d.text, strlen(d.text)));
	assert_int_equal(d.pages, 4);
	assert_paragraphs("", "");
	assert_paragraphs("\f\f\n \n\f", "");
}

/* A page of 200,000 short lines, and one of lines that might all be rows: linear, or bounded. */
static void
test_long_pages_take_no_longer_than_they_are(void **state)
{
	AUTO_BUF layout = BUF_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT, e = DOCUMENT_TEXT_INIT;
	struct error err;

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_adds(&layout, "Aa\n");
	assert_int_equal(pdf_paragraphs(buf_str(&layout), layout.len, &d, &err), 0);
	assert_true(strlen(d.text) > 0);
	buf_reset(&layout);
	for (int i = 0; i < 100000; i++)
		buf_adds(&layout, i % 2 == 0 ? "Aa      b      c\n" : "Bb\n");
	assert_int_equal(pdf_paragraphs(buf_str(&layout), layout.len, &e, &err), 0);
	assert_memory_equal(e.text, "| ", 2);
	buf_reset(&layout);
	for (int i = 0; i <= LIMIT_PDF_LINES; i++)
		buf_adds(&layout, "a\n");
	document_text_clear(&d);
	assert_int_equal(pdf_paragraphs(buf_str(&layout), layout.len, &d, &err), ERR_DATA);
	assert_string_equal(err.text, "more than 1000000 lines");
}

/* ---- files ---- */

static bool
has_pdftotext(void)
{
	return access("/usr/bin/pdftotext", X_OK) == 0;
}

#define NEEDS_PDFTOTEXT()						\
	do {								\
		if (!has_pdftotext()) {					\
			print_message("skipped: pdftotext is not installed\n");	\
			skip();						\
		}							\
	} while (0)

static int
read_pdf(struct pdf_maker *m, struct document_text *d, struct error *err)
{
	int rc = pdf_text("draft.pdf", buf_str(&m->out), m->out.len, d, err);

	buf_clear(&m->out);
	return rc;
}

static void
test_a_pdf_is_read_and_names_its_tool(void **state)
{
	struct pdf_maker m = PDF_MAKER_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	AUTO_BUF content = BUF_INIT;
	struct error err;

	(void)state;
	NEEDS_PDFTOTEXT();
	pdf_line(&content, 270, 780, "Article 1");
	pdf_line(&content, 72, 750, "The migration of aluminium from toys shall not be more than 2 250 mg/kg in the dry");
	pdf_line(&content, 72, 736, "material, \\(as defined in the Annex\\) and 560 mg/kg in the liquid one.");
	pdf_make(&m, 1, buf_str(&content), "");
	assert_int_equal(read_pdf(&m, &d, &err), 0);
	assert_string_equal(d.text,
	    "## Article 1\n"
	    "The migration of aluminium from toys shall not be more than 2 250 mg/kg in the dry material, (as defined in the Annex) and 560 mg/kg in the liquid one.\n");
	assert_int_equal(d.pages, 1);
	assert_false(d.scanned);
	assert_memory_equal(d.tool, "pdftotext ", 10);
	assert_string_equal(d.tool + strlen(d.tool) - 15, " regwatch-pdf 1");
	assert_int_equal(d.notes.n, 0);
}

static void
test_a_scanned_pdf_says_so(void **state)
{
	struct pdf_maker m = PDF_MAKER_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err;

	(void)state;
	NEEDS_PDFTOTEXT();
	pdf_make(&m, 3, "0 0 595 842 re f", "");
	assert_int_equal(read_pdf(&m, &d, &err), 0);
	assert_string_equal(d.text, "");
	assert_true(d.scanned);
	assert_int_equal(d.pages, 3);
	assert_int_equal(d.notes.n, 1);
	assert_string_equal(d.notes.v[0], "no text layer: a scanned document");
}

static void
test_an_encrypted_pdf_is_refused(void **state)
{
	struct pdf_maker m = PDF_MAKER_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err;

	(void)state;
	NEEDS_PDFTOTEXT();
	/* keys that no password gives */
	pdf_make(&m, 1, "", "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
	    "/O <0000000000000000000000000000000000000000000000000000000000000000> "
	    "/U <1111111111111111111111111111111111111111111111111111111111111111> >>");
	assert_int_equal(read_pdf(&m, &d, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.pdf' is encrypted: it opens with a password only");
}

static void
test_what_is_no_whole_pdf_is_refused(void **state)
{
	static const char *const bytes[] = { "", "%PDF-1.4\n", "PK\3\4 this is a ZIP", "<html>not a PDF</html>", "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R" };

	(void)state;
	NEEDS_PDFTOTEXT();
	for (size_t i = 0; i < sizeof(bytes) / sizeof(*bytes); i++) {
		AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
		struct error err;

		assert_int_equal(pdf_text("draft.pdf", bytes[i], strlen(bytes[i]), &d, &err), ERR_DATA);
		assert_memory_equal(err.text, "'draft.pdf'", 11);
	}
}

static void
test_more_than_2000_pages_are_refused(void **state)
{
	struct pdf_maker m = PDF_MAKER_INIT, most = PDF_MAKER_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT, e = DOCUMENT_TEXT_INIT;
	AUTO_BUF content = BUF_INIT;
	struct error err;

	(void)state;
	NEEDS_PDFTOTEXT();
	pdf_line(&content, 72, 750, "The same on each page.");
	pdf_make(&m, 10000, buf_str(&content), "");
	assert_int_equal(read_pdf(&m, &d, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.pdf' has more than 2000 pages");
	pdf_make(&most, 2000, buf_str(&content), "");
	assert_int_equal(read_pdf(&most, &e, &err), 0);
	assert_int_equal(e.pages, 2000);
}

static void
test_a_huge_content_stream_is_read(void **state)
{
	struct pdf_maker m = PDF_MAKER_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	AUTO_BUF content = BUF_INIT;
	struct error err;

	(void)state;
	NEEDS_PDFTOTEXT();
	for (int i = 0; i < 500000; i++)
		buf_adds(&content, "0 0 10 10 re f\n");
	pdf_line(&content, 72, 750, "What is behind it.");
	pdf_make(&m, 1, buf_str(&content), "");
	assert_int_equal(read_pdf(&m, &d, &err), 0);
	assert_string_equal(d.text, "What is behind it.\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_become_paragraphs_by_indentation),
		cmocka_unit_test(test_a_blank_line_ends_a_paragraph_but_not_a_sentence),
		cmocka_unit_test(test_double_spacing_is_no_end_of_paragraphs),
		cmocka_unit_test(test_items_of_lists_stay_apart_and_references_together),
		cmocka_unit_test(test_headings_are_marked_only_when_certain),
		cmocka_unit_test(test_capitals_are_no_heading_where_all_is_capitals),
		cmocka_unit_test(test_hyphens_at_line_ends_go_where_they_only_broke_a_word),
		cmocka_unit_test(test_running_heads_feet_and_page_numbers_go),
		cmocka_unit_test(test_heads_of_left_and_right_pages_and_of_total_numbers_go),
		cmocka_unit_test(test_what_stands_at_the_head_of_few_pages_stays),
		cmocka_unit_test(test_tables_become_rows),
		cmocka_unit_test(test_two_lines_or_a_list_are_no_table),
		cmocka_unit_test(test_columns_of_text_are_read_one_after_the_other),
		cmocka_unit_test(test_page_numbers_of_a_table_of_contents_go),
		cmocka_unit_test(test_garbage_is_text_or_nothing),
		cmocka_unit_test(test_long_pages_take_no_longer_than_they_are),
		cmocka_unit_test(test_a_pdf_is_read_and_names_its_tool),
		cmocka_unit_test(test_a_scanned_pdf_says_so),
		cmocka_unit_test(test_an_encrypted_pdf_is_refused),
		cmocka_unit_test(test_what_is_no_whole_pdf_is_refused),
		cmocka_unit_test(test_more_than_2000_pages_are_refused),
		cmocka_unit_test(test_a_huge_content_stream_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
