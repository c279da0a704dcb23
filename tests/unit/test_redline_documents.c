/* Attached texts in every rendering, and what their change asks of people. The texts are SYNTHETIC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/redline/redline_json.h"
#include "lib/redline/requirements.h"

static void
read_golden(const char *name, struct buf *out)
{
	AUTO_FREE char *path = xasprintf("%s/../golden/redline/%s", getenv("REGWATCH_TEST_DATA"), name);

	assert_int_equal(file_read(path, 1 << 20, out, NULL), 0);
}

static void
assert_golden(const char *name, const struct buf *got)
{
	AUTO_BUF expected = BUF_INIT;
	const char *keep = getenv("REGWATCH_KEEP_GOT");	/* a folder, to look at what came out */

	if (keep != NULL) {
		AUTO_FREE char *path = xasprintf("%s/%s", keep, name);

		assert_int_equal(file_write(path, buf_str(got), got->len, NULL, NULL), 0);
	}
	read_golden(name, &expected);
	assert_string_equal(buf_str(got), buf_str(&expected));
}

static void
make(struct redline *r)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;

	read_golden("old.txt", &old);
	read_golden("new.txt", &new);
	*r = (struct redline)REDLINE_INIT;
	redline_add_document(r, "draft.en", buf_str(&old), buf_str(&new), "en");
	redline_add_document(r, "final.en", NULL, buf_str(&new), "en");
	redline_add_document(r, "impact.en", "A short text.\n", NULL, "en");
	redline_add_document(r, "same.en", "A text.\n", "A text.\n", "en");
}

static void
test_text_shows_changed_provisions_and_folds_the_rest(void **state)
{
	const struct redline_style style = { .width = 78, .context = 1 };
	AUTO_REDLINE r;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&r);
	assert_int_equal(r.documents_n, 3);
	redline_text(&r, &style, &out);
	assert_golden("text.txt", &out);
}

static void
test_html_in_one_column_has_a_section_for_each_provision(void **state)
{
	const struct redline_style style = { .context = 1, .id_prefix = "v2" };
	AUTO_REDLINE r;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&r);
	redline_html_styled(&r, &style, &out);
	assert_golden("inline.html", &out);
}

static void
test_html_in_two_columns_has_rows_of_old_and_new(void **state)
{
	const struct redline_style style = { .context = 1, .id_prefix = "v2", .side_by_side = true };
	AUTO_REDLINE r;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&r);
	redline_html_styled(&r, &style, &out);
	assert_golden("sides.html", &out);
}

static void
test_markdown_escapes_and_marks(void **state)
{
	const struct redline_style style = { .context = 1 };
	AUTO_REDLINE r;
	AUTO_REDLINE hostile = REDLINE_INIT;
	AUTO_BUF out = BUF_INIT;
	AUTO_BUF other = BUF_INIT;

	(void)state;
	make(&r);
	redline_markdown(&r, &style, &out);
	assert_golden("changes.md", &out);
	redline_add_document(&hostile, "a_b.en", "See [x](http://y.example) *now* <b>.\n", "See [x](http://z.example) *now* <b> @all #a ~~.\n", "en");
	redline_markdown(&hostile, &style, &other);
	assert_string_equal(buf_str(&other),
	    "### a\\_b.en\n\n1 provision changed\n\n#### Beginning, changed\n\n"
	    "See \\[x\\](~~http\\://y.example~~ **http\\://z.example**) \\*now\\* \\<b\\> <ins>\\@all \\#a \\~\\~</ins>.\n");
}

static void
test_a_limit_cuts_provisions_and_says_so(void **state)
{
	const struct redline_style style = { .width = 78, .context = 0, .max_provisions = 1 };
	AUTO_REDLINE r;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	make(&r);
	redline_text(&r, &style, &out);
	assert_non_null(strstr(buf_str(&out), "  Article 2 Limits, changed\n"));
	assert_non_null(strstr(buf_str(&out), "  ... and 6 more changed provisions ...\n"));
	assert_null(strstr(buf_str(&out), "Importers"));
}

static void
test_many_renumbered_provisions_are_one_line(void **state)
{
	const struct redline_style style = { .width = 78 };
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	buf_adds(&new, "Article 1\nA new one is put before all the others that there are.\n");
	for (unsigned i = 1; i <= 6; i++) {
		buf_addf(&old, "Article %u\nThis text number %u is about the thing that has the number %u.\n", i, 70 + i, 30 + i);
		buf_addf(&new, "Article %u\nThis text number %u is about the thing that has the number %u.\n", i + 1, 70 + i, 30 + i);
	}
	redline_add_document(&r, "draft.en", buf_str(&old), buf_str(&new), "en");
	redline_text(&r, &style, &out);
	assert_string_equal(buf_str(&out),
	    "draft.en: 1 provision added, 6 renumbered\n"
	    "  Article 1, added\n"
	    "    {+A new one is put before all the others that there are.+}\n"
	    "  Article 2 to Article 7 (were Article 1 to Article 6), renumbered\n");
}

/* What a script would do with it. */
static void
read_json_side(const json_t *document, const char *change, struct buf *out)
{
	const json_t *provisions = json_object_get(document, "provisions"), *p, *s;
	size_t i, k;

	json_array_foreach(provisions, i, p)
		json_array_foreach(json_object_get(p, "text"), k, s) {
			const char *what = json_string_value(json_object_get(s, "change"));

			if (strcmp(what, "same") == 0 || strcmp(what, change) == 0)
				buf_adds(out, json_string_value(json_object_get(s, "text")));
		}
}

static void
test_reference_to_a_renumbered_provision_is_no_call_out(void **state)
{
	AUTO_REDLINE r = REDLINE_INIT;

	(void)state;
	redline_add_document(&r, "draft.en", "\xC2\xA7 1 Fees\nThe fee for each of the tests is due at once.\n\xC2\xA7 2 Fines\nFor \xC2\xA7 1 there is a fine.\n",
	    "\xC2\xA7 1 Scope\nAll toys are covered by this law of ours.\n\xC2\xA7 2 Fees\nThe fee for each of the tests is due at once.\n"
	    "\xC2\xA7 3 Fines\nFor \xC2\xA7 2 there is a fine.\n", "en");
	assert_int_equal(r.documents_n, 1);
	assert_int_equal(r.callouts_n, 0);
	assert_int_equal(document_diff_changes(&r.documents[0].diff), 3);
}

static void
test_json_of_documents_gives_both_texts_again(void **state)
{
	AUTO_REDLINE r;
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	AUTO_BUF a = BUF_INIT;
	AUTO_BUF b = BUF_INIT;
	AUTO_BUF out = BUF_INIT;
	json_t *json;

	(void)state;
	read_golden("old.txt", &old);
	read_golden("new.txt", &new);
	make(&r);
	json = redline_to_json(&r);
	read_json_side(json_array_get(json_object_get(json, "documents"), 0), "deleted", &a);
	read_json_side(json_array_get(json_object_get(json, "documents"), 0), "inserted", &b);
	assert_string_equal(buf_str(&a), buf_str(&old));
	assert_string_equal(buf_str(&b), buf_str(&new));
	json_write(json_array_get(json_object_get(json, "documents"), 2), true, &out);
	assert_string_equal(buf_str(&out), "{\"name\":\"impact.en\",\"kind\":\"impact\",\"lang\":\"en\",\"url\":null,\"change\":\"removed\",\"old_words\":3,\"new_words\":0,"
	    "\"old_provisions\":0,\"new_provisions\":0,\"coarse\":false,\"provisions\":[]}\n");
	json_decref(json);
}

static void
test_unified_diff_of_documents_is_by_lines(void **state)
{
	AUTO_BUF out = BUF_INIT;

	(void)state;
	redline_unified_text("One.\nTwo.\n", "One.\nThree.\n", "draft.en", "final.en", &out);
	assert_string_equal(buf_str(&out), "--- a/draft.en\n+++ b/final.en\n@@ -1,2 +1,2 @@\n One.\n-Two.\n+Three.\n");
}

/* ---- requirements ---- */

static void
tell(const char *old, const char *new, const char *lang, struct buf *out)
{
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_REQUIREMENTS q;

	redline_add_document(&r, "draft", old, new, lang);
	requirements_find(&r, &q);
	requirements_summary(&q, out);
	for (size_t i = 0; i < q.n; i++) {
		buf_adds(out, "\n");
		requirement_line(&q.v[i], out);
	}
}

static void
assert_told(const char *old, const char *new, const char *lang, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	tell(old, new, lang, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_requirements_come_with_their_provision_most_consequential_first(void **state)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;

	(void)state;
	read_golden("old.txt", &old);
	read_golden("new.txt", &new);
	assert_told(buf_str(&old), buf_str(&new), "en",
	    "1 requirement added, 1 tightened; 3 limits changed (1 tightened)\n"
	    "Article 2(1): Lead shall not exceed 90 mg/kg -> 45 mg/kg (tightened)\n"
	    "Annex I: Arsenic 25 added\n"
	    "Annex I: Lead 90 -> 45\n"
	    "Article 2(2): The importer should -> shall (tightened)\n"
	    "Article 3: requirement added: An importer shall indicate its name on the toy by 1 January 2027.");
}

#define HEAD "Article 1\nThis sentence stays as it was and keeps the article together in both of the texts.\n"

static void
test_direction_of_a_limit_is_said_only_where_the_words_say_it(void **state)
{
	(void)state;
	assert_told(HEAD "The test lasts 20 minutes in a warm room.\n", HEAD "The test lasts 30 minutes in a warm room.\n", "en",
	    "1 limit changed\nArticle 1: The test lasts 20 minutes -> 30 minutes");
	assert_told(HEAD "Doors have a width of at least 80 cm in each building.\n", HEAD "Doors have a width of at least 90 cm in each building.\n", "en",
	    "1 limit changed (1 tightened)\nArticle 1: Doors have a width of at least 80 cm -> 90 cm (tightened)");
	assert_told(HEAD "The mass is not less than 80 g in each pack that is sold.\n", HEAD "The mass is not less than 70 g in each pack that is sold.\n", "en",
	    "1 limit changed (1 relaxed)\nArticle 1: The mass is not less than 80 g -> 70 g (relaxed)");
	assert_told(HEAD "The mass is at most 80 g in each pack that is sold.\n", HEAD "The mass is at most 80 kg in each pack that is sold.\n", "en",
	    "1 limit changed\nArticle 1: The mass is at most 80 g -> 80 kg");
	assert_told(HEAD "Der Gehalt darf h\xC3\xB6" "chstens 1,5 mg/kg im Erzeugnis betragen.\n", HEAD "Der Gehalt darf h\xC3\xB6" "chstens 0,5 mg/kg im Erzeugnis betragen.\n", "de",
	    "1 limit changed (1 tightened)\nArticle 1: Der Gehalt darf h\xC3\xB6" "chstens 1,5 mg/kg -> 0,5 mg/kg (tightened)");
}

static void
test_least_that_becomes_most_is_a_changed_limit(void **state)
{
	(void)state;
	assert_told(HEAD "The programme must last at least 260 minutes in each week.\n", HEAD "The programme must last not more than 260 minutes in each week.\n", "en",
	    "1 limit changed\nArticle 1: at least 260 minutes -> at most 260 minutes");
	assert_told(HEAD "The pack holds at least 5 toys and at least 5 games in each box.\n", HEAD "The pack holds at least 5 toys and at most 5 games in each box.\n", "en",
	    "");	/* whose words are whose is not clear where two numbers stand so near */
	assert_told(HEAD "It lasts at least 260 minutes a week, of which at least 75 are in the evening.\n", HEAD "It lasts not more than 260 minutes a week, of which at least 75 are in the evening.\n",
	    "en", "1 limit changed\nArticle 1: at least 260 minutes -> at most 260 minutes");
	assert_told(HEAD "The pack holds at least 5 toys in each box.\n", HEAD "The pack holds not less than 5 toys in each box.\n", "en", "");
}

static void
test_words_before_a_value_are_those_of_its_own_place(void **state)
{
	(void)state;
	assert_told(HEAD "1. Boards shall be of class B. 2) The maker should mark each board that is sold.\n",
	    HEAD "1. Boards shall be of class B. 2) The maker shall mark each board that is sold.\n", "en",
	    "1 requirement tightened\nArticle 1(1): 2) The maker should -> shall (tightened)");
	assert_told(HEAD "(7) The telemedia offers must not be similar to the press in the State.\n", HEAD "(7) The telemedia offers should not be similar to the press in the State.\n", "en",
	    "1 requirement relaxed\nArticle 1(7): The telemedia offers must not -> should not (relaxed)");
}

static void
test_verbs_tighten_and_relax_in_several_languages(void **state)
{
	(void)state;
	assert_told(HEAD "The seller shall keep the invoice of each toy.\n", HEAD "The seller may keep the invoice of each toy.\n", "en",
	    "1 requirement relaxed\nArticle 1: The seller shall -> may (relaxed)");
	assert_told(HEAD "The seller may sell the remaining stock of toys.\n", HEAD "The seller may not sell the remaining stock of toys.\n", "en",
	    "1 requirement tightened\nArticle 1: The seller may -> may not (tightened)");
	assert_told(HEAD "Le vendeur devrait conserver la facture de chaque jouet.\n", HEAD "Le vendeur doit conserver la facture de chaque jouet.\n", "fr",
	    "1 requirement tightened\nArticle 1: Le vendeur devrait -> doit (tightened)");
	assert_told(HEAD "El vendedor debe conservar la factura de cada juguete.\n", HEAD "El vendedor puede conservar la factura de cada juguete.\n", "es",
	    "1 requirement relaxed\nArticle 1: El vendedor debe -> puede (relaxed)");
	assert_told(HEAD "Der Verk\xC3\xA4ufer soll die Rechnung f\xC3\xBCr jedes Spielzeug aufbewahren.\n", HEAD "Der Verk\xC3\xA4ufer muss die Rechnung f\xC3\xBCr jedes Spielzeug aufbewahren.\n", "de",
	    "1 requirement tightened\nArticle 1: Der Verk\xC3\xA4ufer soll -> muss (tightened)");
	/* a prohibition in either */
	assert_told(HEAD "No compensation shall be awarded for what is lost.\n", HEAD "No compensation may be awarded for what is lost.\n", "en",
	    "1 requirement reworded\nArticle 1: No compensation shall -> may");
	/* the same said to several is no change of what must be done */
	assert_told(HEAD "Le vendeur doit conserver la facture de chaque jouet.\n", HEAD "Les vendeurs doivent conserver la facture de chaque jouet.\n", "fr",
	    "1 requirement reworded\nArticle 1: reworded: Les vendeurs doivent conserver la facture de chaque jouet.");
}

static void
test_exemptions_prohibitions_dates_and_scope_are_told(void **state)
{
	(void)state;
	assert_told(HEAD, HEAD "This Article does not apply to toys for collectors.\n", "en", "1 exemption added\n"
	    "Article 1: exemption added: This Article does not apply to toys for collectors.");
	assert_told(HEAD "Le pr\xC3\xA9sent article ne s\xE2\x80\x99" "applique pas aux jouets anciens.\n", HEAD, "fr", "1 exemption removed\n"
	    "Article 1: exemption removed: Le pr\xC3\xA9sent article ne s\xE2\x80\x99" "applique pas aux jouets anciens.");
	assert_told(HEAD, HEAD "Queda prohibido vender juguetes con plomo.\n", "es", "1 requirement added\nArticle 1: requirement added: Queda prohibido vender juguetes con plomo.");
	assert_told(HEAD "Es ist verboten, bleihaltiges Spielzeug zu verkaufen.\n", HEAD, "de",
	    "1 requirement removed\nArticle 1: requirement removed: Es ist verboten, bleihaltiges Spielzeug zu verkaufen.");
	assert_told(HEAD, HEAD "\xC3\x88 vietato vendere giocattoli con piombo.\n", "it", "1 requirement added\nArticle 1: requirement added: \xC3\x88 vietato vendere giocattoli con piombo.");
	assert_told(HEAD "It enters into force on 1 January 2027 in all states.\n", HEAD "It enters into force on 1 July 2027 in all states.\n", "en",
	    "1 date changed\nArticle 1: It enters into force on 1 January 2027 -> 1 July 2027");
	assert_told(HEAD "This Act applies to toys and to their parts.\n", HEAD "This Act applies to toys and to their packaging.\n", "en",
	    "1 sentence on scope changed\nArticle 1: scope changed: This Act applies to toys and to their packaging.");
	assert_told(HEAD, HEAD, "en", "");
}

static void
test_requirements_of_record_fields_name_the_field(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r;
	AUTO_REQUIREMENTS q;
	AUTO_BUF out = BUF_INIT;
	json_t *json;

	(void)state;
	notice_set_text(&a.description, "Lead shall not exceed 90 mg/kg in toys.", "en");
	notice_set_text(&b.description, "Lead shall not exceed 45 mg/kg in toys.", "en");
	redline_make(&a, &b, &r);
	requirements_find(&r, &q);
	json = requirements_to_json(&q);
	json_write(json, true, &out);
	assert_string_equal(buf_str(&out), "{\"summary\":\"1 limit changed (1 tightened)\",\"items\":[{\"kind\":\"limit\",\"effect\":\"tightened\",\"document\":null,"
	    "\"where\":\"Description\",\"old_value\":\"90 mg/kg\",\"new_value\":\"45 mg/kg\",\"about\":\"Lead shall not exceed\","
	    "\"old\":\"Lead shall not exceed 90 mg/kg in toys.\",\"new\":\"Lead shall not exceed 45 mg/kg in toys.\"}]}\n");
	json_decref(json);
	notice_clear(&a);
	notice_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_shows_changed_provisions_and_folds_the_rest),
		cmocka_unit_test(test_html_in_one_column_has_a_section_for_each_provision),
		cmocka_unit_test(test_html_in_two_columns_has_rows_of_old_and_new),
		cmocka_unit_test(test_markdown_escapes_and_marks),
		cmocka_unit_test(test_a_limit_cuts_provisions_and_says_so),
		cmocka_unit_test(test_many_renumbered_provisions_are_one_line),
		cmocka_unit_test(test_reference_to_a_renumbered_provision_is_no_call_out),
		cmocka_unit_test(test_json_of_documents_gives_both_texts_again),
		cmocka_unit_test(test_unified_diff_of_documents_is_by_lines),
		cmocka_unit_test(test_requirements_come_with_their_provision_most_consequential_first),
		cmocka_unit_test(test_direction_of_a_limit_is_said_only_where_the_words_say_it),
		cmocka_unit_test(test_least_that_becomes_most_is_a_changed_limit),
		cmocka_unit_test(test_words_before_a_value_are_those_of_its_own_place),
		cmocka_unit_test(test_verbs_tighten_and_relax_in_several_languages),
		cmocka_unit_test(test_exemptions_prohibitions_dates_and_scope_are_told),
		cmocka_unit_test(test_requirements_of_record_fields_name_the_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
