/* Dates in words, sentences, and patterns over words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/notice/phrase.h"

/* ---- dates in words ---- */

static void
test_dates_are_read_in_words_and_figures_of_three_languages(void **state)
{
	static const struct { const char *text, *iso; } cases[] = {
		{ "extended until 29 September 2025.", "2025-09-29" }, { "29/09/2025", "2025-09-29" }, { "September 29, 2025", "2025-09-29" },
		{ "on the 29th of September, 2025", "2025-09-29" }, { "29th day of September 2025", "2025-09-29" }, { "Sept. 29, 2025", "2025-09-29" },
		{ "29-Sep-2025", "2025-09-29" }, { "29.09.2025", "2025-09-29" }, { "2025-09-29", "2025-09-29" }, { "2025/09/29", "2025-09-29" },
		{ "jusqu'au 1er juillet 2025", "2025-07-01" }, { "le 31 août 2025", "2025-08-31" }, { "LE 15 FÉVRIER 2025", "2025-02-15" },
		{ "hasta el 29 de septiembre de 2025", "2025-09-29" }, { "1º de octubre del 2025", "2025-10-01" }, { "1 October,2025", "2025-10-01" },
		{ "effective on 9 June 2025.90 Federal Register (FR) 24228", "2025-06-09" }, { "until29 September 2025", "2025-09-29" },
		{ "09/29/2025", "2025-09-29" }, { "9\xc2\xa0" "June\xc2\xa0" "2025", "2025-06-09" },
	};
	char text[DATE_TEXT];
	struct date d;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(phrase_date(cases[i].text, &d, NULL, NULL));
		assert_string_equal(date_format(d, text), cases[i].iso);
	}
}

static void
test_what_is_no_date_is_not_read_as_one(void **state)
{
	static const char *const cases[] = {
		"31 February 2025", "29 September", "September 2025", "TIS 1390-2566(2023)", "No. 2 de 2017", "13/13/2025", "Regulation 12/2025", "90 FR 24228",
		"https://www.govinfo.gov/content/pkg/FR-2025-06-09/html", "version 1.2.2025.4x of", "32/01/2025", "0/0/2025", "", "99999999999999999999/01/2025",
		"1 2 2025", "29/09-2025", "29//09//2025",
	};
	struct date d;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (phrase_date(cases[i], &d, NULL, NULL))
			fail_msg("a date in '%s'", cases[i]);
		assert_false(date_is_set(d));
	}
}

static void
test_date_tells_where_it_stands(void **state)
{
	const char *text = "open until le 31 août 2025, noon";
	size_t at, len;
	struct date d;

	(void)state;
	assert_true(phrase_date(text, &d, &at, &len));
	assert_memory_equal(text + at, "31 août 2025", len);
	assert_int_equal(len, strlen("31 août 2025"));
}

/* ---- patterns ---- */

static void
assert_found(const char *text, const char *pattern, const char *expected)
{
	AUTO_WORDS w = WORDS_INIT;
	size_t start, end;
	bool found;

	words_read(text, strlen(text), &w);
	for (size_t i = 0; i < w.n; i++)
		w.v[i].classes = strcmp(w.v[i].s, "measure") == 0 ? 1u << ('m' - 'a') : 0;
	found = phrase_find(&w, 0, w.n, pattern, &start, &end);
	if (expected == NULL) {
		assert_false(found);
		return;
	}
	assert_true(found);
	assert_int_equal(w.v[end - 1].to - w.v[start].from, strlen(expected));
	assert_memory_equal(w.v[start].from, expected, strlen(expected));
}

static void
test_pattern_elements_mean_what_they_say(void **state)
{
	(void)state;
	assert_found("The MEASURE was withdrawn.", "was withdrawn", "was withdrawn");
	assert_found("The measure was withdrawn", "was|is withdr*", "was withdrawn");
	assert_found("The measure was withdrawn", "@m _ withdrawn", "measure was withdrawn");
	assert_found("a suspension|measure", "ban|@m", "measure");
	assert_found("measure a b c withdrawn", "@m _ withdrawn", NULL);
	assert_found("measure a b c d e withdrawn", "@m ~ withdrawn", "measure a b c d e withdrawn");
	assert_found("measure a b c d e f withdrawn", "@m ~ withdrawn", NULL);
	assert_found("measure a b c d e f withdrawn", "@m ~~ withdrawn", "measure a b c d e f withdrawn");
	assert_found("the measure", "^ measure", NULL);
	assert_found("measure it", "^ measure", "measure");
	assert_found("the withdrawal", "withdrawal $", "withdrawal");
	assert_found("the withdrawal of", "withdrawal $", NULL);
	assert_found("open until Monday, 29 September 2025 or so", "until ~ @d", "until Monday, 29 September 2025");
	assert_found("Prolongé jusqu'au", "prolonge jusqu au", "Prolongé jusqu'au");
	assert_found("with", "withdr*", NULL);
	assert_found("", "a", NULL);
}

static void
test_sentences_end_where_a_reader_ends_them(void **state)
{
	static const struct { const char *text; size_t sentences; } cases[] = {
		{ "One. Two.", 2 }, { "final action.This rule", 2 }, { "No. 5 of the U.S. Department", 1 }, { "on 9 June 2025.90 Federal", 1 },
		{ "Helmets; Withdrawal", 2 }, { "a\nb", 2 }, { "Sept. 29", 1 }, { "Fin. École", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_WORDS w = WORDS_INIT;
		size_t n = 0;

		words_read(cases[i].text, strlen(cases[i].text), &w);
		for (size_t from = 0; from < w.n; from = words_sentence(&w, from))
			n++;
		if (n != cases[i].sentences)
			fail_msg("%zu sentences in '%s'", n, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates_are_read_in_words_and_figures_of_three_languages),
		cmocka_unit_test(test_what_is_no_date_is_not_read_as_one),
		cmocka_unit_test(test_date_tells_where_it_stands),
		cmocka_unit_test(test_pattern_elements_mean_what_they_say),
		cmocka_unit_test(test_sentences_end_where_a_reader_ends_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
