/* Where the items of a message begin and end, and the words by which it is read. All texts are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/tris_links.h"
#include "feeds/tris_message.h"
#include "feeds/tris_words.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/utf8.h"

#define TOP "Message 001\nCommunication from the Commission - TRIS/(2026) 0001\nDirective (EU) 2015/1535\nNotification: 2026/0001/DE\nMSG: 20260001.EN\n"
#define ONE "1. MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF\n"
#define TO_7 ONE "2. Germany\n3A. Bund\n3B. Ministerium\n4. 2026/0001/DE - H00\n5. Act\n6. Toys\n7.\n"
#define FROM_10 "10. None\n11. No\n12. -\n13. No\n14. No\n15. No\n16. No"

/* The items as "NAME=TEXT" lines, then the warnings. */
static void
check_items(const char *text, const char *expected)
{
	AUTO_STRV warnings = STRV_INIT;
	AUTO_TRIS_MESSAGE m;
	AUTO_BUF shown = BUF_INIT;

	assert_true(tris_message_read(text, strlen(text), &m, &warnings));
	for (int slot = 0; slot < TRIS_ITEMS; slot++)
		if (m.item[slot] != NULL)
			buf_addf(&shown, "%s=%s\n", tris_item_name(slot), m.item[slot]);
	for (size_t i = 0; i < warnings.n; i++)
		buf_addf(&shown, "! %s\n", warnings.v[i]);
	assert_string_equal(buf_str(&shown), expected);
}

#define SHOWN_TO_7 "1=MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF\n2=Germany\n3A=Bund\n3B=Ministerium\n4=2026/0001/DE - H00\n5=Act\n6=Toys\n7=\n"
#define SHOWN_FROM_10 "10=None\n11=No\n12=-\n13=No\n14=No\n15=No\n16=No\n"

static void
test_message_head_is_read_and_its_start_found(void **state)
{
	static const char text[] = "Date received: 05/01/2026\n" TOP TO_7;
	AUTO_STRV warnings = STRV_INIT;
	AUTO_TRIS_MESSAGE m;

	(void)state;
	assert_true(tris_message_read(text, sizeof text - 1, &m, &warnings));
	assert_int_equal(m.start, strlen("Date received: 05/01/2026\n"));
	assert_string_equal(m.type, "001");
	assert_string_equal(m.communication, "TRIS/(2026) 0001");
	assert_string_equal(m.number, "2026/0001/DE");
	assert_string_equal(m.lang, "en");
	assert_int_equal(m.received.year, 2026);
	assert_int_equal(m.last, TRIS_OTHER_ACT);
	assert_false(m.reaction);
}

static void
test_message_is_not_there_without_item_1(void **state)
{
	static const char text[] = "Message 001\n2. Germany\nMSG 01 IND\nMSG: 20260001.EN";
	AUTO_TRIS_MESSAGE m;

	(void)state;
	assert_false(tris_message_read(text, sizeof text - 1, &m, NULL));
	assert_int_equal(m.start, sizeof text - 1);
	assert_int_equal(m.last, -1);
}

static void
test_message_lists_inside_items_do_not_begin_items(void **state)
{
	(void)state;
	check_items(TOP TO_7 "8. The act:\n1. first\n2. second\n9) no\n10. too early\n9.5 percent\n9. Grounds\n1. safety\n2. health\n" FROM_10,
	    SHOWN_TO_7 "8=The act:\n1. first\n2. second\n9) no\n10. too early\n9.5 percent\n9=Grounds\n1. safety\n2. health\n" SHOWN_FROM_10);
}

static void
test_message_list_that_reaches_the_next_number_goes_on(void **state)
{
	(void)state;
	check_items(TOP TO_7 "8. The act:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n10. j\n11. k\n9. Grounds\n" FROM_10,
	    SHOWN_TO_7 "8=The act:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n10. j\n11. k\n9=Grounds\n" SHOWN_FROM_10);
	check_items(TOP TO_7 "8. The act:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. Grounds:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n" FROM_10,
	    SHOWN_TO_7 "8=The act:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9=Grounds:\n1. a\n2. b\n3. c\n4. d\n5. e\n6. f\n7. g\n8. h\n9. i\n" SHOWN_FROM_10);
}

static void
test_message_accepts_3_twice_and_numbers_alone(void **state)
{
	(void)state;
	check_items(TOP ONE "2.\nGermany\n3.\nBund\n10115 Berlin\n3.\nMinisterium\n4.\n2026/0001/DE\n5.\nAct",
	    "1=MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF\n2=Germany\n3A=Bund\n10115 Berlin\n3B=Ministerium\n4=2026/0001/DE\n5=Act\n! message: ends in item 5\n");
}

static void
test_message_floors_in_addresses_do_not_begin_items(void **state)
{
	(void)state;
	check_items(TOP ONE "2. Austria\n3A. Bund\n3. Stock\n4. Stiege\n3B. Amt\n5. Stock\n4. OG\n4. 2026/0001/DE - H00\n5. Act\n6. Toys",
	    "1=MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF\n2=Austria\n3A=Bund\n3. Stock\n4. Stiege\n3B=Amt\n5. Stock\n4. OG\n4=2026/0001/DE - H00\n5=Act\n6=Toys\n"
	    "! message: ends in item 6\n");
}

static void
test_message_without_3b_or_other_items_goes_on(void **state)
{
	(void)state;
	check_items(TOP ONE "2. Germany\n3A. Bund\n4. 2026/0001/DE - H00\n5. Act\n8. Text\n9. Grounds\n" FROM_10,
	    "1=MSG 001 IND 2026 0001 DE EN 05-01-2026 DE NOTIF\n2=Germany\n3A=Bund\n4=2026/0001/DE - H00\n5=Act\n8=Text\n9=Grounds\n" SHOWN_FROM_10
	    "! message: without item 6, 7\n");
}

static void
test_message_label_lines_are_dropped_in_any_language(void **state)
{
	(void)state;
	check_items(TOP "1. Strukturierte Informationszeile\nMSG 002 IND 2020 0174 D DE 30-03-2020 D NOTIF\n2. Mitgliedstaat\nD\n3. Zust\u00e4ndige Abteilung\nBund\n"
	    "3. Urheber\nMinisterium\n4. Nummer\n2020/0174/D - SERV60\n5. Titel\nGesetz\n6. Produkte\nNetze\n7. Anderer Akt\n-\n8. Inhalt\nText\n1. eins\n9. Begr\u00fcndung\nGrund",
	    "1=MSG 002 IND 2020 0174 D DE 30-03-2020 D NOTIF\n2=D\n3A=Bund\n3B=Ministerium\n4=2020/0174/D - SERV60\n5=Gesetz\n6=Netze\n7=-\n8=Text\n1. eins\n9=Grund\n"
	    "! message: ends in item 9\n! message: language 'en' of its first line is 'de' in item 1\n! message: number '2026/0001/DE' of the message's head is '2020/0174/D' in item 1\n");
}

static void
test_message_trailer_is_dropped_with_and_without_stars(void **state)
{
	(void)state;
	check_items(TOP TO_7 "8. a\n9. b\n" FROM_10 "\n**********\nEuropean Commission\nContact point\n1. x\nFoot", SHOWN_TO_7 "8=a\n9=b\n" SHOWN_FROM_10);
	check_items(TOP TO_7 "8. a\n9. b\n" FROM_10 "\nKomisja Europejska\nPunkt kontaktowy dyrektywa (UE) 2015/1535\ne-mail", SHOWN_TO_7 "8=a\n9=b\n" SHOWN_FROM_10);
	check_items(TOP TO_7 "8. a\n9. b\n" FROM_10 "\n" "Message 002\nCommunication - TRIS/(2026) 0002\n16. other", SHOWN_TO_7 "8=a\n9=b\n" SHOWN_FROM_10);
	check_items(TOP TO_7 "8. a\n*****\nb\n9. [***]\n" FROM_10, SHOWN_TO_7 "8=a\n*****\nb\n9=[***]\n" SHOWN_FROM_10);
}

static void
test_message_category_has_code_and_maybe_label(void **state)
{
	static const struct {
		const char *item, *code, *label;
	} cases[] = {
		{ "2026/0001/DE - X00M - GOODS AND MISCELLANEOUS PRODUCTS", "X00M", "GOODS AND MISCELLANEOUS PRODUCTS" },
		{ "2026/0001/DE - SERV60", "SERV60", NULL },
		{ "2026/0001/DE - S10E - Packaging - waste", "S10E", "Packaging - waste" },
		{ "2026/0001/DE \u2013 C50A \u2013 Foodstuffs", "C50A", "Foodstuffs" },
		{ "2026/0001/DE\n- H10\n- Games of chance", "H10", "Games of chance" },
		{ "2026/0001/DE", NULL, NULL },
		{ "2026/0001/DE - ", NULL, NULL },
		{ "2026/0001/DE - nothing", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		AUTO_TRIS_MESSAGE m;
		AUTO_BUF text = BUF_INIT;

		buf_addf(&text, TOP ONE "2. Germany\n3A. Bund\n4. %s\n5. Act", cases[i].item);
		assert_true(tris_message_read(buf_str(&text), text.len, &m, NULL));
		if (cases[i].code == NULL)
			assert_null(m.category);
		else
			assert_string_equal(m.category, cases[i].code);
		if (cases[i].label == NULL)
			assert_null(m.category_label);
		else
			assert_string_equal(m.category_label, cases[i].label);
	}
}

static void
test_message_keywords_are_the_last_line_of_item_8(void **state)
{
	static const char text[] = TOP TO_7 "8. Keywords: not these\nThe act.\nKey words: toys; lead, limit.\n9. Keywords: nor these";
	AUTO_TRIS_MESSAGE m;

	(void)state;
	assert_true(tris_message_read(text, sizeof text - 1, &m, NULL));
	assert_int_equal(m.keywords.n, 3);
	assert_string_equal(m.keywords.v[0], "toys");
	assert_string_equal(m.keywords.v[2], "limit");
	assert_string_equal(m.item[TRIS_CONTENT], "Keywords: not these\nThe act.");
}

static void
test_message_of_a_reaction_is_known_as_such(void **state)
{
	static const char text[] = "1. MSG 103 IND 2019 0657 GR EN 01-04-2020 31-03-2020 COM 5.2 01-04-2020\n2. Malta\n3A. Ministry\n4. 2019/0657/GR - H10\n5. article 5";
	AUTO_STRV warnings = STRV_INIT;
	AUTO_TRIS_MESSAGE m;

	(void)state;
	assert_true(tris_message_read(text, sizeof text - 1, &m, &warnings));
	assert_true(m.reaction);
	assert_string_equal(m.type, "103");
	assert_string_equal(m.number, "2019/0657/GR");
}

static void
test_message_with_numbers_repeated_a_thousand_times_keeps_the_first(void **state)
{
	AUTO_BUF text = BUF_INIT;
	AUTO_TRIS_MESSAGE m;

	(void)state;
	buf_adds(&text, TOP TO_7 "8. first");
	for (int i = 0; i < 1000; i++)
		for (int n = 1; n <= 8; n++)
			buf_addf(&text, "\n%d. again", n);
	buf_adds(&text, "\n9. grounds\n" FROM_10);
	for (int i = 0; i < 1000; i++)
		buf_adds(&text, "\n16. again\n3A. again\n99999999999999999999. again");
	assert_true(tris_message_read(text.data, text.len, &m, NULL));
	assert_int_equal(strncmp(m.item[TRIS_CONTENT], "first\n1. again", 14), 0);
	assert_string_equal(m.item[TRIS_GROUNDS], "grounds");
	assert_int_equal(strncmp(m.item[TRIS_TBT_SPS], "No\n16. again", 12), 0);
}

static void
test_message_with_nonsense_in_item_1_warns(void **state)
{
	(void)state;
	check_items("1. MSG 001 IND 20260 x DE ENG 31-02-2026 DE NOTIF\n2. Germany",
	    "1=MSG 001 IND 20260 x DE ENG 31-02-2026 DE NOTIF\n2=Germany\n! message: ends in item 2\n! message: item 1: '31-02-2026' is no date\n"
	    "! message: item 1: '20260/x/DE' is no number\n");
	check_items("1. MSG 001 IND\n2. Germany and more", "1=MSG 001 IND\n2=Germany and more\n! message: ends in item 2\n! message: item 1 is not understood\n");
}

/* ---- words ---- */

static void
test_words_answers_in_many_languages(void **state)
{
	static const struct {
		const char *text, *lang;
		enum answer answer;
	} cases[] = {
		{ "Yes", "en", ANSWER_YES }, { "No.", "en", ANSWER_NO }, { "yes, because", "en", ANSWER_YES }, { "No confidentiality is asked", "en", ANSWER_NO },
		{ "Oui", "fr", ANSWER_YES }, { "NON", "fr", ANSWER_NO }, { "Ja", "de", ANSWER_YES }, { "Nein", "de", ANSWER_NO }, { "S\u00ed", "es", ANSWER_YES },
		{ "S\u00ec.", "it", ANSWER_YES }, { "Ne", "cs", ANSWER_NO }, { "Ano", "cs", ANSWER_YES }, { "\u041d\u0435", "bg", ANSWER_NO }, { "\u0394\u0430", "bg", ANSWER_UNKNOWN },
		{ "\u0414\u0430", "bg", ANSWER_YES }, { "\u039f\u03c7\u03b9", "el", ANSWER_NO }, { "\u038c\u03c7\u03b9", "el", ANSWER_NO }, { "\u039d\u03b1\u03b9", "el", ANSWER_YES },
		{ "Nem", "hu", ANSWER_NO }, { "Kyll\u00e4", "fi", ANSWER_YES }, { "Ei", "et", ANSWER_NO }, { "N\u00e3o", "pt", ANSWER_NO }, { "Tak", "pl", ANSWER_YES },
		{ "Nie", "pl", ANSWER_NO }, { "Le", "mt", ANSWER_NO }, { "Iva", "mt", ANSWER_YES }, { "N\u00edl", "ga", ANSWER_NO }, { "Nu", "ro", ANSWER_NO },
		{ "J\u0101", "lv", ANSWER_YES }, { "N\u0113", "lv", ANSWER_NO }, { "Taip", "lt", ANSWER_YES }, { "Neen", "nl", ANSWER_NO }, { "Nej", "sv", ANSWER_NO },
		{ "\u00c1no", "sk", ANSWER_YES }, { "Oui", "mt", ANSWER_YES }, { "Le projet", "fr", ANSWER_UNKNOWN }, { "Da das Gesetz", "de", ANSWER_UNKNOWN },
		{ "-", "en", ANSWER_UNKNOWN }, { "", "en", ANSWER_UNKNOWN }, { "Notwithstanding", "en", ANSWER_UNKNOWN }, { NULL, "en", ANSWER_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (tris_answer(cases[i].text, cases[i].lang) != cases[i].answer)
			fail_msg("'%s' in '%s' is not %d", cases[i].text, cases[i].lang, (int)cases[i].answer);
}

static void
test_words_labels_are_known_by_what_they_contain(void **state)
{
	(void)state;
	assert_int_equal(tris_label_of("Notification Number:"), TRIS_LABEL_NUMBER);
	assert_int_equal(tris_label_of("DATE RECEIVED"), TRIS_LABEL_RECEIVED);
	assert_int_equal(tris_label_of("End of Standstill"), TRIS_LABEL_STANDSTILL);
	assert_int_equal(tris_label_of("Issue of detailed opinion by"), TRIS_LABEL_OPINIONS);
	assert_int_equal(tris_label_of("Issue of comments by"), TRIS_LABEL_COMMENTS);
	assert_int_equal(tris_label_of("Withdrawal date"), TRIS_LABEL_WITHDRAWN);
	assert_int_equal(tris_label_of("Num\u00e9ro de notification\u00a0:"), TRIS_LABEL_NUMBER);
	assert_int_equal(tris_label_of("Date de r\u00e9ception"), TRIS_LABEL_RECEIVED);
	assert_int_equal(tris_label_of("Fin de la p\u00e9riode de statu quo"), TRIS_LABEL_STANDSTILL);
	assert_int_equal(tris_label_of("Observations adress\u00e9es par"), TRIS_LABEL_COMMENTS);
	assert_int_equal(tris_label_of("Avis circonstanci\u00e9 \u00e9mis par"), TRIS_LABEL_OPINIONS);
	assert_int_equal(tris_label_of("Draft Text"), TRIS_LABEL_TEXTS);
	assert_int_equal(tris_label_of("Postponement"), TRIS_LABEL_UNKNOWN);
}

static void
test_words_dashes_alone_are_blank(void **state)
{
	(void)state;
	assert_true(tris_is_blank("-"));
	assert_true(tris_is_blank(" \u2013 "));
	assert_true(tris_is_blank(""));
	assert_true(tris_is_blank(NULL));
	assert_false(tris_is_blank("- Directive 2000/13/EC"));
}

/* ---- links ---- */

static void
check_link(const char *href, const char *expected)
{
	AUTO_FREE char *url = tris_link_resolve("https://tris.example/en/notification/7?x=1", href);

	if (expected == NULL)
		assert_null(url);
	else
		assert_string_equal(url, expected);
}

static void
test_links_are_resolved_as_browsers_do(void **state)
{
	(void)state;
	check_link("/en/a", "https://tris.example/en/a");
	check_link(" text/D/EN#top ", "https://tris.example/en/notification/text/D/EN");
	check_link("./../a/./b/../c", "https://tris.example/en/a/c");
	check_link("/../../../etc", "https://tris.example/etc");
	check_link("a/..", "https://tris.example/en/notification/");
	check_link("?q=1", "https://tris.example/en/notification/7?q=1");
	check_link("//tris.example:443/x", "https://tris.example/x");
	check_link("HTTPS://TRIS.example", "https://tris.example/");
	check_link("/a b\xC3\xA9", "https://tris.example/a%20b%C3%A9");
	check_link("/a%20b", "https://tris.example/a%20b");
}

static void
test_links_to_elsewhere_are_none(void **state)
{
	(void)state;
	check_link("http://tris.example/en/a", NULL);
	check_link("https://tris.example.evil/en/a", NULL);
	check_link("https://tris.example@evil/en/a", NULL);
	check_link("https://evil@tris.example/en/a", NULL);
	check_link("https://tris.example:8443/en/a", NULL);
	check_link("//evil/en/a", NULL);
	check_link("\\\\evil\\a", NULL);
	check_link("javascript:alert(1)", NULL);
	check_link("mailto:a@b", NULL);
	check_link("https:", NULL);
	check_link("/a\nb", NULL);
	check_link("#top", NULL);
	check_link("", NULL);
}

static void
test_links_id_is_a_whole_segment_of_digits(void **state)
{
	static const struct {
		const char *url, *id;
	} cases[] = {
		{ "https://x/en/notification/26754", "26754" }, { "https://x/en/Notification/26754/text/D/EN", "26754" }, { "https://x/en/notification/26754?a", "26754" },
		{ "https://x/en/notification/26754x", NULL }, { "https://x/en/notification/", NULL }, { "https://x/?p=/notification/1", NULL },
		{ "https://x/en/notification/99999999999999999999", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		AUTO_FREE char *id = tris_link_id(cases[i].url);

		if (cases[i].id == NULL)
			assert_null(id);
		else
			assert_string_equal(id, cases[i].id);
	}
}

static void
test_warning_is_one_line_of_valid_text(void **state)
{
	AUTO_STRV warnings = STRV_INIT;
	AUTO_BUF value = BUF_INIT;

	(void)state;
	tris_warn(&warnings, "label '%s'", "one\ntwo\xE2\x80\xAE");
	assert_string_equal(warnings.v[0], "label 'one two'");
	for (int i = 0; i < 200; i++)
		buf_adds(&value, "\xC3\xA9\xC3\xA9");
	tris_warn(&warnings, "%s", buf_str(&value));
	assert_true(utf8_valid(warnings.v[1], strlen(warnings.v[1])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_warning_is_one_line_of_valid_text),
		cmocka_unit_test(test_message_head_is_read_and_its_start_found),
		cmocka_unit_test(test_message_is_not_there_without_item_1),
		cmocka_unit_test(test_message_lists_inside_items_do_not_begin_items),
		cmocka_unit_test(test_message_list_that_reaches_the_next_number_goes_on),
		cmocka_unit_test(test_message_accepts_3_twice_and_numbers_alone),
		cmocka_unit_test(test_message_floors_in_addresses_do_not_begin_items),
		cmocka_unit_test(test_message_without_3b_or_other_items_goes_on),
		cmocka_unit_test(test_message_label_lines_are_dropped_in_any_language),
		cmocka_unit_test(test_message_trailer_is_dropped_with_and_without_stars),
		cmocka_unit_test(test_message_category_has_code_and_maybe_label),
		cmocka_unit_test(test_message_keywords_are_the_last_line_of_item_8),
		cmocka_unit_test(test_message_of_a_reaction_is_known_as_such),
		cmocka_unit_test(test_message_with_numbers_repeated_a_thousand_times_keeps_the_first),
		cmocka_unit_test(test_message_with_nonsense_in_item_1_warns),
		cmocka_unit_test(test_words_answers_in_many_languages),
		cmocka_unit_test(test_words_labels_are_known_by_what_they_contain),
		cmocka_unit_test(test_words_dashes_alone_are_blank),
		cmocka_unit_test(test_links_are_resolved_as_browsers_do),
		cmocka_unit_test(test_links_to_elsewhere_are_none),
		cmocka_unit_test(test_links_id_is_a_whole_segment_of_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
