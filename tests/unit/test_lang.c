#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/lang.h"

static void
test_lang_knows_each_of_its_languages(void **state)
{
	static const char *const texts[][2] = {
		{ "en", "This regulation lays down the requirements that are to be met by toys which have been placed on the market." },
		{ "fr", "Le pr\xc3\xa9sent arr\xc3\xaat\xc3\xa9 fixe les exigences applicables aux jouets qui sont mis sur le march\xc3\xa9 dans les \xc3\x89tats." },
		{ "es", "El presente reglamento establece los requisitos que deben cumplir los juguetes para su comercializaci\xc3\xb3n en el pa\xc3\xads." },
		{ "de", "Diese Verordnung regelt die Anforderungen an Spielzeug, das auf dem Markt bereitgestellt wird und von Kindern benutzt wird." },
		{ "it", "Il presente regolamento stabilisce i requisiti per i giocattoli che sono immessi sul mercato e non devono essere pericolosi." },
		{ "pl", "Rozporz\xc4\x85" "dzenie okre\xc5\x9bla wymagania dla zabawek, kt\xc3\xb3re s\xc4\x85 wprowadzane do obrotu oraz nie mog\xc4\x85 by\xc4\x87 niebezpieczne przez to." },
		{ "nl", "Deze regeling stelt eisen aan speelgoed dat op de markt wordt aangeboden en dat niet gevaarlijk is voor het kind." },
		{ "sv", "F\xc3\xb6reskrifterna inneh\xc3\xa5ller krav p\xc3\xa5 leksaker som sl\xc3\xa4pps ut p\xc3\xa5 marknaden och som inte f\xc3\xa5r vara farliga f\xc3\xb6r barn." },
		{ "pt", "O presente regulamento estabelece os requisitos para os brinquedos que s\xc3\xa3o colocados no mercado e n\xc3\xa3o devem ser perigosos." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_string_equal(lang_detect(texts[i][1], ""), texts[i][0]);
		assert_string_equal(lang_detect(texts[i][1], "en"), texts[i][0]);
	}
}

static void
test_lang_of_a_short_text_is_the_expected_one(void **state)
{
	(void)state;
	assert_string_equal(lang_detect("Rice \xe2\x80\x93 Specification", "en"), "en");
	assert_string_equal(lang_detect("Rice \xe2\x80\x93 Specification", ""), "");
	assert_string_equal(lang_detect("", "fr"), "fr");
	assert_string_equal(lang_detect("de la", "en"), "en");
}

static void
test_lang_stays_where_foreign_names_stand_in_a_text(void **state)
{
	(void)state;
	assert_string_equal(lang_detect("Draft of the Secretar\xc3\xad" "a de Comercio de la Naci\xc3\xb3n on toys and the safety of children", "en"), "en");
	assert_string_equal(lang_detect("\xce\x9f \xce\xba\xce\xb1\xce\xbd\xce\xbf\xce\xbd\xce\xb9\xcf\x83\xce\xbc\xcf\x8c\xcf\x82 \xce\xb1\xcf\x85\xcf\x84\xcf\x8c\xcf\x82 \xce\xbf\xcf\x81\xce\xaf\xce\xb6\xce\xb5\xce\xb9 \xcf\x84\xce\xb9\xcf\x82 \xce\xb1\xcf\x80\xce\xb1\xce\xb9\xcf\x84\xce\xae\xcf\x83\xce\xb5\xce\xb9\xcf\x82 \xce\xb3\xce\xb9\xce\xb1 \xcf\x84\xce\xb1", "el"), "el");
}

static void
test_lang_stands_garbage(void **state)
{
	char text[3000];
	uint32_t seed = 9;

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i + 1 < sizeof(text); i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = (char)(1 + (seed >> 16) % 255);
		}
		text[sizeof(text) - 1] = '\0';
		assert_string_equal(lang_detect(text, "xx"), "xx");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lang_knows_each_of_its_languages),
		cmocka_unit_test(test_lang_of_a_short_text_is_the_expected_one),
		cmocka_unit_test(test_lang_stays_where_foreign_names_stand_in_a_text),
		cmocka_unit_test(test_lang_stands_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
