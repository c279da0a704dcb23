/* Call-outs: the changes that a reader must not miss, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/notice/notice.h"
#include "lib/redline/redline.h"

static const char *const kinds[] = { "number", "date", "modal", "unit", "standard" };

/* "kind old -> new; ..." of two descriptions. */
static void
assert_callouts(const char *lang, const char *old, const char *new, const char *expected)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_BUF got = BUF_INIT;

	notice_set_text(&a.description, old, lang);
	notice_set_text(&b.description, new, lang);
	redline_make(&a, &b, &r);
	for (size_t i = 0; i < r.callouts_n; i++) {
		assert_string_equal(notice_fields[r.callouts[i].row].key, "description");
		buf_addf(&got, "%s%s %s -> %s", i > 0 ? "; " : "", kinds[r.callouts[i].kind], r.callouts[i].old, r.callouts[i].new);
	}
	assert_string_equal(buf_str(&got), expected);
	notice_clear(&a);
	notice_clear(&b);
}

static void
test_changed_number_is_told_with_its_unit(void **state)
{
	(void)state;
	assert_callouts("en", "Lead shall not exceed 90 mg/kg in paint.", "Lead shall not exceed 45 mg/kg in paint.", "number 90 mg/kg -> 45 mg/kg");
	assert_callouts("en", "It shall stay below 0.5 % by mass.", "It shall stay below 0.1% by mass.", "number 0.5 % -> 0.1%");
	assert_callouts("en", "Stored at -5 \xC2\xB0""C or less.", "Stored at -18 \xC2\xB0""C or less.", "number 5 \xC2\xB0""C -> 18 \xC2\xB0""C");
	assert_callouts("en", "Keep it for 12 months after sale.", "Keep it for 18 months after sale.", "number 12 months -> 18 months");
	assert_callouts("en", "A fee of EUR 500 is due.", "A fee of EUR 1,500 is due.", "number EUR 500 -> EUR 1,500");
	assert_callouts("fr", "Une limite de 0,5 mg/l est fix\xC3\xA9""e.", "Une limite de 0,1 mg/l est fix\xC3\xA9""e.", "number 0,5 mg/l -> 0,1 mg/l");
	assert_callouts("es", "El l\xC3\xADmite es de 10 000 mg por d\xC3\xAD""a.", "El l\xC3\xADmite es de 12 000 mg por d\xC3\xAD""a.", "number 10 000 mg -> 12 000 mg");
}

static void
test_changed_unit_is_told_with_its_number(void **state)
{
	(void)state;
	assert_callouts("en", "The limit is 90 mg/kg of dry mass.", "The limit is 90 \xC2\xB5g/kg of dry mass.", "unit 90 mg/kg -> 90 \xC2\xB5g/kg");
	assert_callouts("en", "Comments within 60 days of it.", "Comments within 60 working days of it.", "unit 60 days -> 60 working days");
}

static void
test_number_without_unit_is_told_with_what_it_counts_or_names(void **state)
{
	(void)state;
	assert_callouts("en", "A batch of 3 samples is tested.", "A batch of 5 samples is tested.", "number 3 samples -> 5 samples");
	assert_callouts("en", "As Article 5 says, it is so.", "As Article 6 says, it is so.", "number Article 5 -> Article 6");
	assert_callouts("en", "It follows \xC2\xA7 84 of the act.", "It follows \xC2\xA7 85 of the act.", "number \xC2\xA7 84 -> \xC2\xA7 85");
	assert_callouts("en", "As Sentence 1 of 5 in the act says.", "As Sentence 2 of 5 in the act says.", "number Sentence 1 -> Sentence 2");
	assert_callouts("en", "The 3 toys are on sale.", "The 4 toys are on sale.", "number 3 toys -> 4 toys");
	assert_callouts("fr", "Au moins 5 l'ont vu.", "Au moins 6 l'ont vu.", "number 5 -> 6");
}

static void
test_numbers_of_items_and_names_are_no_call_outs(void **state)
{
	(void)state;
	assert_callouts("en", "2. Toys are covered by this act.", "3. Toys are covered by this act.", "");
	assert_callouts("en", "Toys (2) are covered by this act.", "Toys (3) are covered by this act.", "");
	assert_callouts("en", "Filter PM10 is fitted to it.", "Filter PM25 is fitted to it.", "");
	assert_callouts("en", "See https://x.example/90 for all of it.", "See https://x.example/45 for all of it.", "");
}

static void
test_same_value_in_another_spelling_is_no_change(void **state)
{
	(void)state;
	assert_callouts("en", "At most 1,000 kg of it.", "At most 1000 kg of it.", "");
	assert_callouts("en", "At most 10 per cent of it.", "At most 10 % of it.", "");
	assert_callouts("en", "At most 5 mL of it.", "At most 5 ml of it.", "");
	assert_callouts("en", "It applies from 1 January 2026 on.", "It applies from 2026-01-01 on.", "");
	assert_callouts("fr", "Le produit doit \xC3\xAAtre s\xC3\xBBr.", "Le produit DOIT \xC3\xAAtre s\xC3\xBBr.", "");
	assert_callouts("en", "It follows ISO 8124-3 in all.", "It follows ISO8124-3 in all.", "");
}

static void
test_dates_are_told_in_any_form(void **state)
{
	(void)state;
	assert_callouts("en", "It applies from 1 January 2026 on.", "It applies from 1 March 2026 on.", "date 1 January 2026 -> 1 March 2026");
	assert_callouts("fr", "Applicable au 1er janvier 2023 au plus tard.", "Applicable au 31/12/2026 au plus tard.", "date 1er janvier 2023 -> 31/12/2026");
	assert_callouts("en", "It applies from 5 May 2026 on.", "It applies from 7 May 2026 on.", "date 5 May 2026 -> 7 May 2026");
}

static void
test_changed_duties_are_told(void **state)
{
	(void)state;
	assert_callouts("en", "Makers should keep all records.", "Makers shall keep all records.", "modal should -> shall");
	assert_callouts("en", "Makers may sell it abroad.", "Makers may not sell it abroad.", "modal may -> may not");
	assert_callouts("en", "Makers shall not sell it abroad.", "Makers shall sell it abroad.", "modal shall not -> shall");
	assert_callouts("fr", "Le fabricant doit tenir un registre.", "Le fabricant peut tenir un registre.", "modal doit -> peut");
	assert_callouts("fr", "Le fabricant peut vendre le lot.", "Le fabricant ne peut pas vendre le lot.", "modal peut -> ne peut pas");
	assert_callouts("es", "El fabricante puede llevar un registro.", "El fabricante deber\xC3\xA1 llevar un registro.", "modal puede -> deber\xC3\xA1");
	assert_callouts("en", "Makers keep all the records of it.", "Makers must keep all the records of it.", "modal  -> must");
	assert_callouts("de", "Das Schild soll lesbar sein.", "Das Schild muss lesbar sein.", "modal soll -> muss");
	assert_callouts("de", "Die Schilder m\xC3\xBCssen lesbar sein.", "Die Schilder k\xC3\xB6nnen lesbar sein.", "modal m\xC3\xBCssen -> k\xC3\xB6nnen");
	assert_callouts("it", "I prodotti possono essere venduti.", "I prodotti devono essere venduti.", "modal possono -> devono");
}

static void
test_references_are_told_whole(void **state)
{
	(void)state;
	assert_callouts("en", "Tests follow ISO 8124-3 and EN 71.", "Tests follow ISO 8124-3:2020 and EN 71.", "standard ISO 8124-3 -> ISO 8124-3:2020");
	assert_callouts("en", "Tests follow iso 71 in full.", "Tests follow iso 72 in full.", "number 71 -> 72");
	assert_callouts("en", "Tests follow EN 71 in full.", "Tests follow EN 62115 in full.", "standard EN 71 -> EN 62115");
	assert_callouts("en", "Tests follow ASTM F963-17 in full.", "Tests follow ASTM F963-23 in full.", "standard ASTM F963-17 -> ASTM F963-23");
	assert_callouts("en", "As in Directive 2009/48/EC for all.", "As in Regulation (EU) 2025/2509 for all.", "standard 2009/48/EC -> 2025/2509");
}

static void
test_what_stands_beside_a_change_is_not_called_out(void **state)
{
	(void)state;
	assert_callouts("en", "At most 5 mg of it may be added.", "At most 5 mg in total of it may be added.", "");
	assert_callouts("en", "At most 5 mg of it.", "At most 5 mg and then 7 mg of it.", "number  -> 7 mg");
}

static void
test_what_only_changes_its_place_is_no_change(void **state)
{
	(void)state;
	assert_callouts("en", "At most 90 mg/kg of lead in all toys for children.", "In all toys for children at most 90 mg/kg of lead.", "");
	assert_callouts("en", "The limit of lead is 90 mg/kg in toys. The draft says more.", "The draft says more. The limit of lead is 90 mg/kg in toys.", "");
}

static void
test_swapped_limits_are_a_change(void **state)
{
	(void)state;
	assert_callouts("en", "Lead stays below 90 mg/kg and cadmium below 45 mg/kg.", "Lead stays below 45 mg/kg and cadmium below 90 mg/kg.",
	    "number 90 mg/kg -> 45 mg/kg; number 45 mg/kg -> 90 mg/kg");
}

static void
test_limits_of_sentences_that_come_or_go_are_told(void **state)
{
	(void)state;
	assert_callouts("en", "This act covers toys of all kinds.", "This act covers toys of all kinds. Paint shall hold at most 90 mg/kg of lead in 3 layers.",
	    "number  -> 90 mg/kg");
	assert_callouts("en", "This act covers toys of all kinds. It applies from 1 January 2026.", "This act covers toys of all kinds.", "date 1 January 2026 -> ");
}

static void
test_new_and_translated_texts_have_no_call_outs(void **state)
{
	struct notice a = NOTICE_INIT, b = NOTICE_INIT;
	AUTO_REDLINE r = REDLINE_INIT;
	AUTO_REDLINE whole = REDLINE_INIT;

	(void)state;
	notice_set_text(&a.description, "The limit is 90 mg/kg.", "en");
	notice_set_text(&b.description, "La limite est de 45 mg/kg.", "fr");
	redline_make(&a, &b, &r);
	assert_int_equal(r.n, 1);
	assert_true(r.v[0].translated);
	assert_string_equal(r.v[0].old, "The limit is 90 mg/kg.");
	assert_string_equal(r.v[0].new, "La limite est de 45 mg/kg.");
	assert_int_equal(r.v[0].diff.n, 0);
	assert_int_equal(r.callouts_n, 0);
	redline_make(NULL, &b, &whole);
	assert_int_equal(whole.n, 1);
	assert_false(whole.v[0].translated);
	assert_int_equal(whole.callouts_n, 0);
	notice_clear(&a);
	notice_clear(&b);
}

static void
test_same_call_out_is_told_once(void **state)
{
	(void)state;
	assert_callouts("en", "Lead stays below 90 mg/kg here. Elsewhere lead stays below 90 mg/kg too.",
	    "Lead stays below 45 mg/kg here. Elsewhere lead stays below 45 mg/kg too.", "number 90 mg/kg -> 45 mg/kg");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changed_number_is_told_with_its_unit),
		cmocka_unit_test(test_changed_unit_is_told_with_its_number),
		cmocka_unit_test(test_number_without_unit_is_told_with_what_it_counts_or_names),
		cmocka_unit_test(test_numbers_of_items_and_names_are_no_call_outs),
		cmocka_unit_test(test_same_value_in_another_spelling_is_no_change),
		cmocka_unit_test(test_dates_are_told_in_any_form),
		cmocka_unit_test(test_changed_duties_are_told),
		cmocka_unit_test(test_references_are_told_whole),
		cmocka_unit_test(test_what_stands_beside_a_change_is_not_called_out),
		cmocka_unit_test(test_what_only_changes_its_place_is_no_change),
		cmocka_unit_test(test_swapped_limits_are_a_change),
		cmocka_unit_test(test_limits_of_sentences_that_come_or_go_are_told),
		cmocka_unit_test(test_new_and_translated_texts_have_no_call_outs),
		cmocka_unit_test(test_same_call_out_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
