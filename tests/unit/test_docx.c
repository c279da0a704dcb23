/* The text of DOCX. All documents here are synthetic but the one from REGWATCH_DATA. */
#include "docx_fixture.h"

#include "lib/base/file.h"
#include "lib/base/utf8.h"

static void
test_runs_of_a_paragraph_are_one_line(void **state)
{
	(void)state;
	docx_body_expect(PT("The limit") P(R(T("is ")) "<w:proofErr w:type=\"spellStart\"/>" R(T("0.1")) R("<w:tab/>" T("mg")) R("<w:br/>" T("per\u00a0kg")))
	    P("") P(R(T("well") "<w:noBreakHyphen/>" T("kno") "<w:softHyphen/>" T("wn") "<w:cr/><w:br w:type=\"page\"/>" T("end"))),
	    "The limit\nis 0.1 mg per kg\nwell-known end\n");
}

static void
test_tab_stops_of_a_paragraph_are_no_tabs(void **state)
{
	(void)state;
	docx_body_expect(PP("<w:tabs><w:tab w:val=\"left\" w:pos=\"1\"/></w:tabs>", R(T("a")) R(T("b"))), "ab\n");
}

static void
test_same_words_in_other_runs_and_bytes_give_the_same_text(void **state)
{
	static const char text[] = "Article 5 The limit is 0.1 mg.\n";

	(void)state;
	docx_body_expect(PT("Article 5 The limit is 0.1 mg."), text);
	docx_body_expect(PP("<w:jc w:val=\"both\"/><w:rPr><w:b/></w:rPr>", RR("<w:b/><w:rFonts w:ascii=\"Arial\"/>", T("Article")) RR("<w:i/>", "<w:tab/>" T("5"))
	    "<w:bookmarkStart w:id=\"1\" w:name=\"x\"/>" R(T("  The lim")) "<w:bookmarkEnd w:id=\"1\"/>" R("<w:lastRenderedPageBreak/>" T("it is 0.1\u00a0mg. "))), text);
}

static void
test_line_that_begins_like_a_mark_is_escaped(void **state)
{
	(void)state;
	docx_body_expect(PT("# not a heading") PT("|a|") PT("[^1] no note") PT("\\back") PT("a # b"),
	    "\\# not a heading\n\\|a|\n\\[^1] no note\n\\\\back\na # b\n");
}

/* ---- headings ---- */

static const char heading_styles[] =
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Standard\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Kapitel\"><w:name w:val=\"Kapitel\"/><w:basedOn w:val=\"berschrift1\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Art\"><w:name w:val=\"Artikel\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Plain\"><w:name w:val=\"Plain\"/><w:basedOn w:val=\"Art\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"H9\"><w:name w:val=\"heading 9\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"A\"/><w:basedOn w:val=\"B\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"B\"/><w:basedOn w:val=\"A\"/></w:style>";

static void
test_headings_come_from_style_names_chains_and_outline_levels(void **state)
{
	const struct docx_parts parts = { .styles = heading_styles, .body = PP(STYLE("berschrift1"), R(T("One"))) PP(STYLE("Kapitel"), R(T("Based")))
	    PP(STYLE("Art"), R(T("Three"))) PP(STYLE("Plain"), R(T("Text"))) PP(STYLE("H9"), R(T("Deep")))
	    PP("<w:outlineLvl w:val=\"1\"/>", R(T("Two"))) PP(STYLE("Art") "<w:outlineLvl w:val=\"9\"/>", R(T("No"))) PP(STYLE("gone"), R(T("Other"))) };

	(void)state;
	docx_expect(&parts, "# One\n# Based\n### Three\nText\n###### Deep\n## Two\nNo\nOther\n", 0, 0);
}

static void
test_styles_based_on_each_other_end(void **state)
{
	const struct docx_parts parts = { .styles = heading_styles, .body = PP(STYLE("A"), R(T("a"))) PP(STYLE("B"), R(T("b"))) };

	(void)state;
	docx_expect(&parts, "a\nb\n", 0, 0);
}

/* ---- tables ---- */

#define TBL(columns, rows) "<w:tbl><w:tblPr><w:tblStyle w:val=\"x\"/></w:tblPr><w:tblGrid>" columns "</w:tblGrid>" rows "</w:tbl>"
#define COL "<w:gridCol w:w=\"1\"/>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define TC(inside) "<w:tc>" inside "</w:tc>"
#define TCP(properties, inside) "<w:tc><w:tcPr>" properties "</w:tcPr>" inside "</w:tc>"

static void
test_table_is_a_line_a_row(void **state)
{
	(void)state;
	docx_body_expect(PT("before") TBL(COL COL COL, TR(TC(PT("Substance")) TC(PT("Limit")) TC(PT("Unit"))) TR(TC(PT("Lead") PT("and its salts")) TC(P("")) TC(PT("a|b")))
	    TR(TC(P("")) TC(P("")) TC(P("")))) PT("after"),
	    "before\n| Substance | Limit | Unit |\n| Lead / and its salts | | a\\|b |\nafter\n");
}

static void
test_merged_cells_keep_their_columns(void **state)
{
	(void)state;
	docx_body_expect(TBL(COL COL COL, TR(TCP("<w:gridSpan w:val=\"2\"/>", PT("wide")) TC(PT("c")))
	    TR(TCP("<w:vMerge w:val=\"restart\"/>", PT("tall")) TC(PT("b")) TC(PT("c")))
	    TR(TCP("<w:vMerge/>", PT("covered")) TC(PT("e")) TC(PT("f")))
	    "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>" TC(PT("g")) "</w:tr>"),
	    "| wide | | c |\n| tall | b | c |\n| | e | f |\n| | | g |\n");
}

static void
test_table_in_a_cell_is_a_paragraph_a_row(void **state)
{
	(void)state;
	docx_body_expect(TBL(COL COL, TR(TC(PT("a") TBL(COL COL, TR(TC(PT("x")) TC(PT("y"))) TR(TC(PT("z")) TC(PT("|")))) P("")) TC(PT("b")))),
	    "| a / x; y / z; \\| | b |\n");
}

static void
test_table_of_one_column_is_a_frame_around_its_paragraphs(void **state)
{
	const struct docx_parts parts = { .styles = heading_styles, .body = TBL(COL, TR(TC(PP(STYLE("Art"), R(T("Title"))) PT("Text")
	    TBL(COL COL, TR(TC(PT("x")) TC(PT("y"))))))) };

	(void)state;
	docx_expect(&parts, "### Title\nText\n| x | y |\n", 0, 0);
}

/* ---- notes ---- */

static void
test_notes_are_numbered_where_they_are_referred_to(void **state)
{
	const struct docx_parts parts = {
		.body = P(R(T("First")) R("<w:footnoteReference w:id=\"7\"/>") R(T(" then")) R("<w:endnoteReference w:id=\"2\"/>") R("<w:footnoteReference w:id=\"3\"/>"))
		    P("<w:del>" R("<w:footnoteReference w:id=\"9\"/>") "</w:del>" R(T("End")) R("<w:footnoteReference w:id=\"77\"/>")),
		.footnotes = "<w:footnote w:type=\"separator\" w:id=\"-1\">" P(R("<w:separator/>")) "</w:footnote>"
		    "<w:footnote w:id=\"3\">" P(R("<w:footnoteRef/>") R(T(" See")) ) PT("Annex II.") "</w:footnote>"
		    "<w:footnote w:id=\"7\">" PT("OJ L 241.") "</w:footnote><w:footnote w:id=\"9\">" PT("Gone.") "</w:footnote>",
		.endnotes = "<w:endnote w:id=\"2\">" PT("At the end.") "</w:endnote>",
	};

	(void)state;
	docx_body_expect(P(R(T("No notes here")) R("<w:footnoteReference w:id=\"1\"/>")), "No notes here\n");
	docx_expect(&(struct docx_parts){ .body = P(R(T("Empty")) R("<w:footnoteReference w:id=\"1\"/>")), .footnotes = "<w:footnote w:id=\"1\"/>" },
	    "Empty[^1]\n[^1]:\n", 0, 0);
	docx_expect(&parts, "First[^1] then[^e1][^2]\nEnd\n[^1]: OJ L 241.\n[^2]: See / Annex II.\n[^e1]: At the end.\n", 0, 0);
}

/* ---- tracked changes ---- */

#define INS(inside) "<w:ins w:id=\"1\" w:author=\"x\">" inside "</w:ins>"
#define DEL(text) "<w:del w:id=\"1\" w:author=\"x\"><w:r><w:delText>" text "</w:delText></w:r></w:del>"
#define DELETED_MARK "<w:rPr><w:del w:id=\"1\" w:author=\"x\"/></w:rPr>"

static void
test_tracked_changes_are_accepted_and_counted(void **state)
{
	const struct docx_parts parts = { .body = P(R(T("The limit is ")) DEL("0.5") INS(R(T("0.")) R(T("1"))) INS(R(T("0"))) R(T(" mg")) DEL(" per kg"))
	    P("<w:moveFrom w:id=\"3\">" R(T("moved")) "</w:moveFrom>" R(T("x"))) P("<w:moveTo w:id=\"4\">" R(T("moved")) "</w:moveTo>")
	    PP("<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange>",
	    RR("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", T("seen"))) };

	(void)state;
	docx_expect(&parts, "The limit is 0.10 mg\nx\nmoved\nseen\n", 2, 3);
}

static void
test_deleted_paragraph_mark_joins_with_the_next_one(void **state)
{
	const struct docx_parts parts = { .styles = heading_styles, .body = PP(DELETED_MARK, R(T("One "))) PP(STYLE("Art"), R(T("two")))
	    PP(DELETED_MARK, DEL("gone")) PT("three") PP(DELETED_MARK, R(T("last"))) TBL(COL COL, TR(TC(PP(DELETED_MARK, R(T("in")))) TC(PT("b")))) };

	(void)state;
	docx_expect(&parts, "### One two\nthree\nlast\n| in | b |\n", 0, 4);
}

static void
test_deleted_row_is_left_out(void **state)
{
	const struct docx_parts parts = { .body = TBL(COL COL, "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>" TC(P(DEL("a"))) TC(P(DEL("b"))) "</w:tr>"
	    "<w:tr><w:trPr><w:ins w:id=\"1\"/></w:trPr>" TC(PT("c")) TC(PT("d")) "</w:tr>") };

	(void)state;
	docx_expect(&parts, "| c | d |\n", 1, 1);
}

/* ---- fields ---- */

#define FIELD(type) R("<w:fldChar w:fldCharType=\"" type "\"/>")
#define CODE(text) R("<w:instrText xml:space=\"preserve\">" text "</w:instrText>")

static void
test_field_shows_its_result_only(void **state)
{
	(void)state;
	docx_body_expect(P(R(T("See ")) FIELD("begin") CODE(" REF x ") R(T("code")) FIELD("separate") R(T("Annex II")) FIELD("end") R(T(".")))
	    P(FIELD("begin") CODE(" IF ") FIELD("begin") CODE("PAGE") FIELD("separate") R(T("7")) FIELD("end") CODE(" = 1 ") FIELD("separate") R(T("yes")) FIELD("end"))
	    P("<w:fldSimple w:instr=\" DATE \">" R(T("today")) "</w:fldSimple><w:hyperlink w:anchor=\"a\">" R(T(" link")) "</w:hyperlink>"),
	    "See Annex II.\nyes\ntoday link\n");
}

static void
test_table_of_contents_stays_without_page_numbers(void **state)
{
	(void)state;
	docx_body_expect(P(FIELD("begin") CODE(" TOC \\\\o ") FIELD("separate") R(T("1 Scope") "<w:tab/>") FIELD("begin") CODE(" PAGEREF _Toc1 \\\\h ") FIELD("separate") R(T("3"))
	    FIELD("end")) P(R(T("2 Terms") "<w:tab/>") "<w:fldSimple w:instr=\"PAGEREF _Toc2\">" R(T("4")) "</w:fldSimple>") P(FIELD("end")) PT("Text"), "1 Scope\n2 Terms\nText\n");
}

static void
test_field_that_does_not_end_costs_no_text(void **state)
{
	(void)state;
	docx_body_expect(P(R(T("a ")) FIELD("begin") CODE(" REF ") R(T("b"))) PT("c") P(FIELD("end") FIELD("separate") R(T("d"))), "a b\nc\nd\n");
}

static void
test_boxes_of_a_form_show_whether_they_are_ticked(void **state)
{
#define BOX(state) R("<w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"0\"/>" state "</w:checkBox></w:ffData></w:fldChar>") \
	CODE(" FORMCHECKBOX ") FIELD("end")
	(void)state;
	docx_body_expect(P(BOX("<w:checked/>") R(T(" yes ")) BOX("<w:checked w:val=\"0\"/>") R(T(" no ")) BOX("") R(T(" none"))), "☒ yes ☐ no ☐ none\n");
}

/* ---- what wraps text ---- */

static void
test_alternatives_and_boxes_are_read_once(void **state)
{
#define BOXED "<w:txbxContent>" PT("in the box") "</w:txbxContent>"
	(void)state;
	docx_body_expect(P(R("<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:posOffset>123</wp:posOffset><wps:txbx>" BOXED
	    "</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" BOXED "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>")
	    R(T("around"))) P(R("<mc:AlternateContent><mc:Fallback>" T("only this") "</mc:Fallback></mc:AlternateContent>")),
	    "in the box\naround\nonly this\n");
}

static void
test_wrappers_let_their_text_through(void **state)
{
	(void)state;
	docx_body_expect("<w:sdt><w:sdtPr><w:alias w:val=\"x\"/><w:t>no</w:t></w:sdtPr><w:sdtContent>" PT("control") "</w:sdtContent></w:sdt>"
	    P("<w:smartTag w:element=\"place\"><w:smartTagPr/>" R(T("smart")) "</w:smartTag>" "<w:customXml>" R(T(" custom")) "</w:customXml>")
	    P(R("<w:ruby><w:rubyPr/><w:rt>" R(T("above")) "</w:rt><w:rubyBase>" R(T("base")) "</w:rubyBase></w:ruby>"))
	    "<w:sectPr><w:headerReference/></w:sectPr>", "control\nsmart custom\nbase\n");
}

static void
test_hidden_text_is_left_out(void **state)
{
	const struct docx_parts parts = {
		.styles = "<w:style w:type=\"character\" w:styleId=\"Secret\"><w:name w:val=\"Secret\"/><w:rPr><w:vanish/></w:rPr></w:style>"
		    "<w:style w:type=\"paragraph\" w:styleId=\"Note\"><w:name w:val=\"Note\"/><w:rPr><w:vanish/></w:rPr></w:style>",
		.body = P(R(T("a")) RR("<w:vanish/>", T("hidden")) RR("<w:vanish w:val=\"false\"/>", T("b")) RR("<w:rStyle w:val=\"Secret\"/>", T("hidden"))
		    RR("<w:webHidden/>", T("c"))) PP(STYLE("Note"), R(T("hidden")) RR("<w:vanish w:val=\"0\"/>", T("d")))
		    PP("<w:rPr><w:vanish/><w:specVanish/></w:rPr>", R(T("Scope. "))) PT("Text."),
	};

	(void)state;
	docx_expect(&parts, "abc\nd\nScope. Text.\n", 0, 0);
}

static void
test_symbols_are_what_they_show(void **state)
{
	(void)state;
	docx_body_expect(P(R("<w:sym w:font=\"Symbol\" w:char=\"F0A3\"/>" T(" 5 ") "<w:sym w:font=\"Symbol\" w:char=\"F06D\"/>" T("g ") "<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/>"
	    "<w:sym w:font=\"Corporate\" w:char=\"E123\"/>" T(" ") "<w:sym w:font=\"Arial\" w:char=\"20AC\"/>") RR("<w:rFonts w:ascii=\"Wingdings\"/>", T("\uf0e0"))
	    R(T("\uf0b1"))), "≤ 5 μg ☑ €→±\n");
}

static void
test_formula_is_text_that_keeps_its_meaning(void **state)
{
#define MR(text) "<m:r><m:t>" text "</m:t></m:r>"
	(void)state;
	docx_body_expect(P("<m:oMathPara><m:oMath>" MR("A=") "<m:f><m:num>" MR("1") "</m:num><m:den>" MR("2") "</m:den></m:f><m:sSup><m:e>" MR("x") "</m:e><m:sup>" MR("2")
	    "</m:sup></m:sSup></m:oMath></m:oMathPara>"), "A=1/2x^2\n");
}

/* ---- packages ---- */

static void
test_main_part_is_found_by_relationships_and_the_strict_namespace_is_read(void **state)
{
	struct zip_maker zip = { .members = 0 };
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	struct error err = { 0, "" };

	(void)state;
#define RELS(type, target) "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" " \
	"Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/" type "\" Target=\"" target "\"/></Relationships>"
	zip_text(&zip, "word/document2.xml", "<d:document xmlns:d=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><d:body><d:p><d:pPr><d:pStyle d:val=\"x\"/></d:pPr>"
	    "<d:r><d:t>Strict</d:t></d:r></d:p></d:body></d:document>");
	zip_text(&zip, "_rels/.rels", RELS("officeDocument", "/word/document2.xml"));
	zip_text(&zip, "word/_rels/document2.xml.rels", RELS("styles", "../other/styles.xml"));
	zip_text(&zip, "other/styles.xml", "<d:styles xmlns:d=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><d:style d:styleId=\"x\"><d:name d:val=\"heading 2\"/></d:style></d:styles>");
	zip_end(&zip);
	assert_int_equal(document_form(zip.file.data, zip.file.len), DOCUMENT_DOCX);
	assert_int_equal(docx_text(zip.file.data, zip.file.len, &d, &err), 0);
	assert_string_equal(d.text, "## Strict\n");
	buf_clear(&zip.file);
}

static void
test_inserted_line_of_the_commission_is_left_out(void **state)
{
	(void)state;
	docx_body_expect(PT("Customs Agency") PT("1. ------IND- 2016 0492 I-- EN- ------ 20160930 --- --- PROJET") PT("Article 1"), "Customs Agency\nArticle 1\n");
	docx_body_expect(TBL(COL COL, TR(TC(PT("1. ------IND- 2020 0026 D-- EN- ------ 20200220 --- --- FINAL")) TC(P("")))) PT("Text"), "Text\n");
	docx_body_expect(PT("1. ------IND- 2016 0554 RO- FR- ------ 20161025 --- --- PROJET LOI") PT("IND- 2016"), "LOI\nIND- 2016\n");
}

/* ---- the real document ---- */

/* Without blanks, and without the marks that document text puts before or into a line. */
static void
squeeze(const char *line, size_t n, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT;
	const char *s;

	utf8_clean(line, n, false, &clean);
	for (s = buf_str(&clean); *s == '#'; s++)
		continue;
	for (; *s != '\0'; s++)
		if (strncmp(s, "[^1]", 4) == 0)
			s += 3;
		else if (*s != ' ')
			buf_addc(out, *s);
}

static void
squeeze_lines(const char *text, size_t n, struct strv *out)
{
	for (size_t length; n > 0; text += length, n -= length) {
		const char *end = memchr(text, '\n', n);
		AUTO_BUF line = BUF_INIT;

		length = end != NULL ? (size_t)(end - text) + 1 : n;
		squeeze(text, length, &line);
		if (line.len > 0)
			strv_add(out, line.data);
	}
}

static void
test_real_draft_has_every_paragraph_and_nothing_else(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *docx = NULL, *txt = NULL;
	AUTO_BUF bytes = BUF_INIT, paragraphs = BUF_INIT;
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT;
	AUTO_STRV want = STRV_INIT, got = STRV_INIT;
	struct error err = { 0, "" };

	(void)state;
	if (data == NULL) {
		print_message("skipped: REGWATCH_DATA is not set\n");
		skip();
	}
	docx = xasprintf("%s/tris/drafts/2020-0026-D.en.PROJET.docx", data);
	txt = xasprintf("%s/tris/drafts/2020-0026-D.en.PROJET.paragraphs.txt", data);
	assert_int_equal(file_read(docx, 10 << 20, &bytes, &err), 0);
	assert_int_equal(file_read(txt, 10 << 20, &paragraphs, &err), 0);
	assert_int_equal(document_form(bytes.data, bytes.len), DOCUMENT_DOCX);
	assert_int_equal(docx_text(bytes.data, bytes.len, &d, &err), 0);
	squeeze_lines(paragraphs.data, paragraphs.len, &want);
	squeeze_lines(d.text, strlen(d.text), &got);
	assert_int_equal(want.n, 1120);
	assert_string_equal(want.v[0], "1.------IND-20200026D--EN-------20200220------PROJET");	/* left out */
	for (size_t i = 1; i < want.n; i++)
		assert_string_equal(got.v[i - 1], want.v[i]);
	assert_int_equal(got.n, want.n);
	assert_memory_equal(got.v[got.n - 1], ":NotifiedinaccordancewithDirective(EU)2015/1535", 47);	/* the footnote */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs_of_a_paragraph_are_one_line),
		cmocka_unit_test(test_tab_stops_of_a_paragraph_are_no_tabs),
		cmocka_unit_test(test_same_words_in_other_runs_and_bytes_give_the_same_text),
		cmocka_unit_test(test_line_that_begins_like_a_mark_is_escaped),
		cmocka_unit_test(test_headings_come_from_style_names_chains_and_outline_levels),
		cmocka_unit_test(test_styles_based_on_each_other_end),
		cmocka_unit_test(test_table_is_a_line_a_row),
		cmocka_unit_test(test_merged_cells_keep_their_columns),
		cmocka_unit_test(test_table_in_a_cell_is_a_paragraph_a_row),
		cmocka_unit_test(test_table_of_one_column_is_a_frame_around_its_paragraphs),
		cmocka_unit_test(test_notes_are_numbered_where_they_are_referred_to),
		cmocka_unit_test(test_tracked_changes_are_accepted_and_counted),
		cmocka_unit_test(test_deleted_paragraph_mark_joins_with_the_next_one),
		cmocka_unit_test(test_deleted_row_is_left_out),
		cmocka_unit_test(test_field_shows_its_result_only),
		cmocka_unit_test(test_table_of_contents_stays_without_page_numbers),
		cmocka_unit_test(test_field_that_does_not_end_costs_no_text),
		cmocka_unit_test(test_boxes_of_a_form_show_whether_they_are_ticked),
		cmocka_unit_test(test_alternatives_and_boxes_are_read_once),
		cmocka_unit_test(test_wrappers_let_their_text_through),
		cmocka_unit_test(test_hidden_text_is_left_out),
		cmocka_unit_test(test_symbols_are_what_they_show),
		cmocka_unit_test(test_formula_is_text_that_keeps_its_meaning),
		cmocka_unit_test(test_main_part_is_found_by_relationships_and_the_strict_namespace_is_read),
		cmocka_unit_test(test_inserted_line_of_the_commission_is_left_out),
		cmocka_unit_test(test_real_draft_has_every_paragraph_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
