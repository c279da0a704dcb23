#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
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

/* Titles, synthetic but for the first. */
static void
test_lang_of_a_short_foreign_title_is_its_own(void **state)
{
	static const char *const titles[][2] = {
		{ "es", "Requisitos fitosanitarios para la importación de semillas de tomate originarias de Chile" },
		{ "es", "Requisitos sanitarios para la importación de carne de aves" },
		{ "es", "Norma técnica para la miel de abeja" },
		{ "es", "Reglamento técnico de etiquetado de los alimentos" },
		{ "pt", "Requisitos fitossanitários para a importação de sementes de tomate do Chile" },
		{ "pt", "Regulamento técnico da qualidade do queijo" },
		{ "fr", "Arrêté relatif à l'étiquetage des denrées alimentaires" },
		{ "fr", "Décret n° 2024-123 du 5 mars 2024 relatif aux emballages" },
		{ "de", "Verordnung zur Änderung der Düngemittelverordnung" },
		{ "de", "Entwurf einer Verordnung zur Änderung des Tabakerzeugnisgesetzes" },
		{ "it", "Regolamento recante norme per la sicurezza dei giocattoli" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		assert_string_equal(lang_detect(titles[i][1], "en"), titles[i][0]);
		assert_string_equal(lang_detect(titles[i][1], ""), titles[i][0]);
	}
}

static void
test_lang_of_an_english_title_with_names_is_english(void **state)
{
	static const char *const titles[] = {
		"Draft Resolution number 1234, 22 de março de 2021, Agência Nacional de Vigilância Sanitária",
		"INMETRO Ordinance 123, 22 de março de 2021, Instituto Nacional de Metrologia, Qualidade e Tecnologia",
		"Secretaría de Agricultura y Desarrollo Rural de los Estados Unidos Mexicanos draft standard",
		"Vins de pays d'Oc, Côtes du Rhône, Châteauneuf-du-Pape: labelling",
		"Yerba mate, Río de la Plata",
		"MSG 901 IND 2025 9005 NO EN 17-03-2025 NO NOTIF",	/* codes of languages are no words */
		"Ley de Etiquetado",	/* too short to tell */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		assert_string_equal(lang_detect(titles[i], "en"), "en");
}

/* What both neighbours could have written is nobody's. */
static void
test_lang_of_a_tie_is_the_expected_one(void **state)
{
	(void)state;
	assert_string_equal(lang_detect("Norma para rotular de novo, para uso de animales, para este de entre", "en"), "en");
}

/* In the real export a row is in Spanish exactly where the WTO has no English document yet. */
static void
test_lang_tells_the_spanish_rows_of_an_english_export(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF text = BUF_INIT;
	int rows = 0, spanish = 0;

	(void)state;
	if (data == NULL) {
		print_message("skipped: REGWATCH_DATA is not set\n");
		return;
	}
	path = xasprintf("%s/eping/export-2025-06.jsonl", data);
	assert_int_equal(file_read(path, 16 << 20, &text, NULL), 0);
	for (char *line = text.data, *end; line != NULL && *line != '\0'; line = end != NULL ? end + 1 : NULL, rows++) {
		static const char *const fields[] = { "Title", "Description", "Products covered" };
		AUTO_JSON *row = NULL;
		bool english;

		if ((end = strchr(line, '\n')) != NULL)
			*end = '\0';
		assert_int_equal(json_parse(line, strlen(line), &row, NULL), 0);
		english = !json_is_null(json_object_get(row, "Link to notification(EN)"));
		spanish += !english;
		for (size_t i = 0; i < 3; i++) {
			const char *value = json_str(row, fields[i]);

			/* products of few words need not show it */
			if (value != NULL && (english || i < 2))
				assert_string_equal(lang_detect(value, "en"), english ? "en" : "es");
		}
	}
	assert_int_equal(rows, 120);
	assert_int_equal(spanish, 6);
}

/* The drafts of TRIS in English, line by line, stay English; those in French, line by line, French. */
static void
test_lang_of_each_paragraph_of_a_draft_is_the_expected_one(void **state)
{
	static const char *const files[][2] = {
		{ "en", "2020-0026-D.en.PROJET.paragraphs.txt" }, { "en", "2016-0492-I.en.PROJET.excerpt.txt" },
		{ "fr", "2016-0554-RO.fr.PROJET.excerpt.txt" }, { "fr", "2026-0498-FR.arrete.fr.PROJET.txt" },
		{ "fr", "2026-0498-FR.annexe.fr.v2-PROJET.extracts.txt" },
	};
	const char *data = getenv("REGWATCH_DATA");

	(void)state;
	if (data == NULL) {
		print_message("skipped: REGWATCH_DATA is not set\n");
		return;
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		AUTO_FREE char *path = xasprintf("%s/tris/drafts/%s", data, files[i][1]);
		AUTO_BUF text = BUF_INIT;
		int lines = 0;

		assert_int_equal(file_read(path, 16 << 20, &text, NULL), 0);
		for (char *line = strtok(text.data, "\n"); line != NULL; line = strtok(NULL, "\n"), lines++)
			assert_string_equal(lang_detect(line, files[i][0]), files[i][0]);
		assert_true(lines > 10);
	}
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

static void
test_lang_is_told_by_a_script(void **state)
{
	(void)state;
	assert_null(lang_of_script("Order on toys"));
	assert_null(lang_of_script("D\u00e9cret"));
	assert_null(lang_of_script("Order on the standard of \u73a9\u5177"));	/* mostly Latin */
	assert_string_equal(lang_of_script("\u0644\u0627\u0626\u062d\u0629 (CE)"), "ar");
	assert_string_equal(lang_of_script("\u05ea\u05e7\u05e0\u05d4 \u05d8\u05db\u05e0\u05d9\u05ea"), "he");
	assert_string_equal(lang_of_script("\u73a9\u5177\u5b89\u5168"), "zh");
	assert_string_equal(lang_of_script("\u96fb\u6c17\u7528\u54c1\u306e\u6280\u8853"), "ja");	/* Chinese characters first, then kana */
	assert_string_equal(lang_of_script("\u041f\u0440\u043e\u0435\u043a\u0442"), "und-Cyrl");
}

static void
test_lang_shown_is_the_given_one_unless_the_script_denies_it(void **state)
{
	(void)state;
	assert_string_equal(lang_shown("en", "\u0644\u0627\u0626\u062d\u0629"), "ar");
	assert_string_equal(lang_shown(NULL, "\u0644\u0627\u0626\u062d\u0629"), "ar");
	assert_string_equal(lang_shown("bg", "\u041f\u0440\u043e\u0435\u043a\u0442"), "bg");
	assert_string_equal(lang_shown("en", "Order"), "en");
	assert_string_equal(lang_shown(NULL, "Order"), "");
	assert_true(lang_is_rtl("ar"));
	assert_true(lang_is_rtl("he"));
	assert_false(lang_is_rtl("el"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lang_knows_each_of_its_languages),
		cmocka_unit_test(test_lang_of_a_short_text_is_the_expected_one),
		cmocka_unit_test(test_lang_stays_where_foreign_names_stand_in_a_text),
		cmocka_unit_test(test_lang_of_a_short_foreign_title_is_its_own),
		cmocka_unit_test(test_lang_of_an_english_title_with_names_is_english),
		cmocka_unit_test(test_lang_of_a_tie_is_the_expected_one),
		cmocka_unit_test(test_lang_tells_the_spanish_rows_of_an_english_export),
		cmocka_unit_test(test_lang_of_each_paragraph_of_a_draft_is_the_expected_one),
		cmocka_unit_test(test_lang_is_told_by_a_script),
		cmocka_unit_test(test_lang_shown_is_the_given_one_unless_the_script_denies_it),
		cmocka_unit_test(test_lang_stands_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
