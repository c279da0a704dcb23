/* Automatic numbers of DOCX. All documents here are synthetic; what is expected follows from how Word shows such lists. */
#include "docx_fixture.h"

#define VAL(name, value) "<w:" name " w:val=\"" value "\"/>"
#define LVL(level, start, form, text, more) "<w:lvl w:ilvl=\"" level "\">" VAL("start", start) VAL("numFmt", form) more VAL("lvlText", text) "</w:lvl>"
#define ABSTRACT(id, levels) "<w:abstractNum w:abstractNumId=\"" id "\">" levels "</w:abstractNum>"
#define NUM(id, abstract, more) "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" abstract "\"/>" more "</w:num>"
#define ITEM(id, level, text) PP(LIST(id, level), R(T(text)))

static void
test_levels_count_and_restart(void **state)
{
	const struct docx_parts parts = {
		.numbering = ABSTRACT("0", LVL("0", "1", "decimal", "%1.", "") LVL("1", "1", "decimal", "%1.%2", "") LVL("2", "1", "lowerLetter", "%3)", "")
		    LVL("3", "1", "lowerRoman", "(%4)", "")) NUM("1", "0", ""),
		.body = ITEM("1", "0", "one") ITEM("1", "1", "first") ITEM("1", "1", "second") ITEM("1", "2", "a") ITEM("1", "2", "b") ITEM("1", "3", "i")
		    PT("between") ITEM("1", "0", "two") ITEM("1", "1", "first again") ITEM("1", "3", "deep") PP(LIST("0", "0"), R(T("none"))) ITEM("9", "0", "unknown"),
	};

	(void)state;
	docx_expect(&parts, "1. one\n1.1 first\n1.2 second\na) a\nb) b\n(i) i\nbetween\n2. two\n2.1 first again\n(i) deep\nnone\nunknown\n", 0, 0);
}

static void
test_forms_of_numbers(void **state)
{
	const struct docx_parts parts = {
		.numbering = ABSTRACT("0", LVL("0", "4", "upperRoman", "Chapter %1", "") LVL("1", "26", "upperLetter", "%2", VAL("suff", "space"))
		    LVL("2", "1", "decimal", "%1-%3", "<w:isLgl/>") LVL("3", "1", "bullet", "\uf0b7", "") LVL("4", "7", "decimalZero", "%5", "")
		    LVL("5", "3", "decimal", "§%6", VAL("suff", "nothing")) LVL("6", "1", "none", "Article", "") LVL("7", "1", "russianLower", "%8)", "")) NUM("1", "0", ""),
		.body = ITEM("1", "0", "r") ITEM("1", "1", "z") ITEM("1", "1", "aa") ITEM("1", "2", "legal") ITEM("1", "3", "bullet") ITEM("1", "4", "zero")
		    ITEM("1", "5", "tight") ITEM("1", "6", "none") ITEM("1", "7", "cyrillic"),
	};

	(void)state;
	docx_expect(&parts, "Chapter IV r\nZ z\nAA aa\n4-1 legal\n- bullet\n07 zero\n§3tight\nArticle none\nа) cyrillic\n", 0, 0);
}

static void
test_lists_of_one_definition_count_on_unless_they_override_the_start(void **state)
{
	const struct docx_parts parts = {
		.numbering = ABSTRACT("0", LVL("0", "1", "decimal", "%1.", "")) NUM("1", "0", "") NUM("2", "0", "")
		    NUM("3", "0", "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>")
		    NUM("4", "0", "<w:lvlOverride w:ilvl=\"0\">" LVL("0", "1", "lowerLetter", "%1)", "") "</w:lvlOverride>"),
		.body = ITEM("1", "0", "a") ITEM("2", "0", "b") ITEM("3", "0", "c") ITEM("3", "0", "d") ITEM("4", "0", "e"),
	};

	(void)state;
	docx_expect(&parts, "1. a\n2. b\n5. c\n6. d\ng) e\n", 0, 0);
}

static void
test_level_that_does_not_restart_counts_through(void **state)
{
	const struct docx_parts parts = {
		.numbering = ABSTRACT("0", LVL("0", "1", "upperRoman", "%1.", "") LVL("1", "1", "decimal", "Article %2", VAL("lvlRestart", "0"))) NUM("1", "0", ""),
		.body = ITEM("1", "0", "x") ITEM("1", "1", "a") ITEM("1", "0", "y") ITEM("1", "1", "b"),
	};

	(void)state;
	docx_expect(&parts, "I. x\nArticle 1 a\nII. y\nArticle 2 b\n", 0, 0);
}

static void
test_style_brings_its_list_and_level(void **state)
{
	const struct docx_parts parts = {
		.styles = "<w:style w:type=\"paragraph\" w:styleId=\"H1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
		    "<w:style w:type=\"paragraph\" w:styleId=\"H2\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"H1\"/></w:style>"
		    "<w:style w:type=\"paragraph\" w:styleId=\"Own\"><w:name w:val=\"Own\"/><w:basedOn w:val=\"H2\"/></w:style>",
		.numbering = ABSTRACT("0", LVL("0", "1", "decimal", "%1", VAL("pStyle", "H1")) LVL("1", "1", "decimal", "%1.%2", VAL("pStyle", "H2"))) NUM("1", "0", ""),
		.body = PP(STYLE("H1"), R(T("Scope"))) PP(STYLE("H2"), R(T("Terms"))) PP(STYLE("Own"), R(T("More"))) PP(STYLE("H2") LIST("0", "0"), R(T("Bare"))),
	};

	(void)state;
	docx_expect(&parts, "# 1 Scope\n## 1.1 Terms\n## 1.2 More\n## Bare\n", 0, 0);
}

static void
test_list_defined_by_a_style_is_followed_and_a_circle_ends(void **state)
{
	const struct docx_parts parts = {
		.styles = "<w:style w:type=\"numbering\" w:styleId=\"L\"><w:name w:val=\"L\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>"
		    "<w:style w:type=\"numbering\" w:styleId=\"C\"><w:name w:val=\"C\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>",
		.numbering = ABSTRACT("0", VAL("numStyleLink", "L")) ABSTRACT("1", VAL("styleLink", "L") LVL("0", "1", "decimal", "%1)", "")) ABSTRACT("2", VAL("numStyleLink", "C"))
		    NUM("1", "0", "") NUM("2", "1", "") NUM("3", "2", ""),
		.body = ITEM("1", "0", "linked") ITEM("2", "0", "same") ITEM("3", "0", "circle"),
	};

	(void)state;
	docx_expect(&parts, "1) linked\n2) same\ncircle\n", 0, 0);
}

static void
test_numbered_paragraph_without_text_shows_its_number_but_no_bullet(void **state)
{
	const struct docx_parts parts = {
		.numbering = ABSTRACT("0", LVL("0", "1", "decimal", "%1.", "")) ABSTRACT("1", LVL("0", "1", "bullet", "-", "")) NUM("1", "0", "") NUM("2", "1", ""),
		.body = PP(LIST("1", "0"), "") PP(LIST("2", "0"), "") PP(LIST("2", "0"), R(T("\u00a0"))) ITEM("1", "0", "two"),
	};

	(void)state;
	docx_expect(&parts, "1.\n2. two\n", 0, 0);
}

static void
test_deleted_paragraph_takes_no_number(void **state)
{
	const struct docx_parts parts = {
		.numbering = ABSTRACT("0", LVL("0", "1", "decimal", "%1.", "")) NUM("1", "0", ""),
		.body = ITEM("1", "0", "one") PP(LIST("1", "0") "<w:rPr><w:del w:id=\"1\"/></w:rPr>", "<w:del w:id=\"2\"><w:r><w:delText>gone</w:delText></w:r></w:del>")
		    ITEM("1", "0", "two"),
	};

	(void)state;
	docx_expect(&parts, "1. one\n2. two\n", 0, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels_count_and_restart),
		cmocka_unit_test(test_forms_of_numbers),
		cmocka_unit_test(test_lists_of_one_definition_count_on_unless_they_override_the_start),
		cmocka_unit_test(test_level_that_does_not_restart_counts_through),
		cmocka_unit_test(test_style_brings_its_list_and_level),
		cmocka_unit_test(test_list_defined_by_a_style_is_followed_and_a_circle_ends),
		cmocka_unit_test(test_numbered_paragraph_without_text_shows_its_number_but_no_bullet),
		cmocka_unit_test(test_deleted_paragraph_takes_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
