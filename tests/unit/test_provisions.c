/* What opens a provision, in the languages of the sources, and what only refers to one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/redline/provisions.h"

/* "Article 5 {Scope}|(a)": label and heading of each provision, deeper ones behind as many '>' as they are inside. */
static void
tell(const char *text, struct buf *out)
{
	AUTO_PROVISIONS p = PROVISIONS_INIT;

	provisions_split(text, &p);
	for (size_t i = 1; i < p.n; i++) {
		if (out->len > 0)
			buf_addc(out, '|');
		for (size_t up = p.v[i].parent; up > 0; up = p.v[up].parent)
			buf_addc(out, '>');
		buf_adds(out, p.v[i].label);
		if (p.v[i].heading[0] != '\0')
			buf_addf(out, "{%s}", p.v[i].heading);
	}
}

static void
assert_split(const char *text, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	tell(text, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_articles_open_in_many_languages(void **state)
{
	(void)state;
	assert_split("Article 5\n", "Article 5");
	assert_split("ARTICLE 5 - SCOPE\n", "ARTICLE 5{SCOPE}");
	assert_split("Art. 5a Anwendungsbereich\n", "Art. 5a{Anwendungsbereich}");
	assert_split("Art\xC3\xAD" "culo 5. \xC3\x81mbito\n", "Art\xC3\xAD" "culo 5{\xC3\x81mbito}");
	assert_split("Article premier \xE2\x80\x93 Objet\n", "Article premier{Objet}");
	assert_split("Article 1er\n", "Article 1er");
	assert_split("Article L. 1470-2\n", "Article L. 1470-2");
	assert_split("Articolo 12 bis\n", "Articolo 12 bis");
	assert_split("Artigo 5.\xC2\xBA\n", "Artigo 5");
	assert_split("Artyku\xC5\x82 7\nZakres\n", "Artyku\xC5\x82 7{Zakres}");
	assert_split("\xC2\xA7 12 Begriffe\n", "\xC2\xA7 12{Begriffe}");
	assert_split("\xC2\xA7" "16Obligation to provide information\n", "\xC2\xA7" "16{Obligation to provide information}");
	assert_split("\xC3\x81\xCF\x81 5\n", "");
	assert_split("\xD0\xA1\xD1\x82\xD0\xB0\xD1\x82\xD1\x8C\xD1\x8F 3\n", "\xD0\xA1\xD1\x82\xD0\xB0\xD1\x82\xD1\x8C\xD1\x8F 3");
	assert_split("Artikel 7\nTitel\nDer Text folgt hier.\n", "Artikel 7{Titel}");
}

static void
test_parts_and_annexes_open_and_hold_articles(void **state)
{
	(void)state;
	assert_split("Chapitre II\nDispositions\nArticle 3\nArticle 4\n# Annexe\n1. Point\n", "Chapitre II{Dispositions}|>Article 3|>Article 4|Annexe|>1{Point}");
	assert_split("Anhang III: Grenzwerte\n3.2 Verfahren\n3.2.1 Proben\n", "Anhang III{Grenzwerte}|>3.2{Verfahren}|>>3.2.1{Proben}");
	assert_split("# Definitions\nText.\n## Terms\n", "{Definitions}|>{Terms}");
	assert_split("Section 3\nSection 4\n", "Section 3|Section 4");
	assert_split("# Article 5\n## Scope\nText.\n", "Article 5{Scope}");
}

static void
test_references_open_nothing(void **state)
{
	(void)state;
	assert_split("Article 5 of this Regulation applies.\n", "");
	assert_split("\xC2\xA7 7(1) and (2) apply to telemedia.\n", "");
	assert_split("\xC2\xA7\xC2\xA7 5 and 6 apply.\n", "");
	assert_split("Section 3 shall apply.\n", "");
	assert_split("Article 5, paragraph 2, is replaced by the following.\n", "");
	assert_split("Annex II specifies the methods.\n", "");
	assert_split("2026 was the first year.\n3.5 mg of lead\n29.06.2026 Version\n", "");
	assert_split("Particle 5\n", "");
}

static void
test_codes_open_where_they_stand_alone_or_in_brackets(void **state)
{
	(void)state;
	assert_split("[EXI 04] Les services sensibles\n", "EXI 04");
	assert_split("EXI RIE-PS 02\n\nLe Fournisseur\n", "EXI RIE-PS 02");
	assert_split("ISO 9001 applies to all.\n[extract]\n", "");
}

static void
test_items_belong_to_their_article_by_their_form(void **state)
{
	(void)state;
	assert_split("Article 2\n1. First\n(a) one\n(i) small\n(ii) smaller\n(b) two\n2. Second\n", "Article 2|>1|>>(a)|>>>(i)|>>>(ii)|>>(b)|>2");
	assert_split("Article 2\n(g) x\n(h) y\n(i) z\n(j) a\n", "Article 2|>(g)|>(h)|>(i)|>(j)");
	assert_split("Article 2\n1) x\na. y\n12- z\n- bullet\n", "Article 2|>1)|>>a|>12");
	/* no article around it: a point is a provision */
	assert_split("1. General\n2. Limits\n2.1 Lead\n", "1{General}|2{Limits}|>2.1{Lead}");
}

static void
test_rows_and_notes_have_labels(void **state)
{
	(void)state;
	assert_split("# Annex I\n| Substance | Limit |\n| a \\| b | 5 |\nText[^1].\n[^1]: See there.\n", "Annex I|>Substance|>a \\| b|[^1]");
}

static void
test_table_of_contents_is_no_law(void **state)
{
	(void)state;
	assert_split("Contents\n\xC2\xA7" "1Scope\n\xC2\xA7" "2Terms\n\xC2\xA7" "3Duties\n\xC2\xA7" "4Fees\n\xC2\xA7" "5Fines\n\xC2\xA7" "6End\n"
	    "\xC2\xA7 1 Scope\nIt applies.\n\xC2\xA7 2 Terms\nThey mean.\n\xC2\xA7 3 Duties\nMany.\n\xC2\xA7 4 Fees\nFew.\n\xC2\xA7 5 Fines\nHigh.\n\xC2\xA7 6 End\nSoon.\n",
	    "\xC2\xA7 1{Scope}|\xC2\xA7 2{Terms}|\xC2\xA7 3{Duties}|\xC2\xA7 4{Fees}|\xC2\xA7 5{Fines}|\xC2\xA7 6{End}");
	assert_split("Article 1 Scope ......... 12\nArticle 1 Scope\nText.\n", "Article 1{Scope}");
	/* two laws in one document are two */
	assert_split("Article 1\nIt is so.\nArticle 2\nIt is so.\nArticle 3\nIt is so.\nArticle 1\nIt is not.\nArticle 2\nIt is not.\nArticle 3\nIt is not.\n",
	    "Article 1|Article 2|Article 3|Article 1|Article 2|Article 3");
}

static void
test_provisions_cover_the_text_without_gaps(void **state)
{
	static const char text[] = "Preamble\n\nArticle 1\nScope\n(a) x\n| r |\n# Annex\nEnd";
	AUTO_PROVISIONS p = PROVISIONS_INIT;
	size_t line = 0, at = 0;

	(void)state;
	provisions_split(text, &p);
	for (size_t i = 0; i < p.n; i++) {
		assert_int_equal(p.v[i].line, line);
		assert_int_equal(p.v[i].from, at);
		line += p.v[i].lines;
		at = p.v[i].to;
	}
	assert_int_equal(line, 8);
	assert_int_equal(at, strlen(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_articles_open_in_many_languages),
		cmocka_unit_test(test_parts_and_annexes_open_and_hold_articles),
		cmocka_unit_test(test_references_open_nothing),
		cmocka_unit_test(test_codes_open_where_they_stand_alone_or_in_brackets),
		cmocka_unit_test(test_items_belong_to_their_article_by_their_form),
		cmocka_unit_test(test_rows_and_notes_have_labels),
		cmocka_unit_test(test_table_of_contents_is_no_law),
		cmocka_unit_test(test_provisions_cover_the_text_without_gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
