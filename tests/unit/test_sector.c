/* Rules and scoring of sectors. All records and configurations here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/sector/sector.h"

#define AUTO_MATCHES __attribute__((cleanup(sector_matches_clear))) struct sector_matches

static struct sectors *
load(const char *text)
{
	struct conf conf = CONF_INIT;
	struct sectors *s = NULL;
	struct error err = { 0 };

	assert_int_equal(conf_parse(&conf, "test.conf", text, &err), 0);
	if (sectors_load(&conf, &s, &err) < 0)
		fail_msg("%s", err.text);
	conf_clear(&conf);
	return s;
}

/* The sectors of the text alone: all shipped ones are taken out. */
static struct sectors *
load_only(const char *text)
{
	AUTO_BUF all = BUF_INIT;
	struct sectors *shipped = load("");

	for (size_t i = 0; i < sectors_count(shipped); i++)
		buf_addf(&all, "[sector \"%s\"]\n\tenabled = no\n", sectors_name(shipped, i));
	buf_adds(&all, text);
	sectors_free(shipped);
	return load(all.data);
}

static void
assert_refused(const char *text, const char *expected)
{
	struct conf conf = CONF_INIT;
	struct sectors *s = NULL;
	struct error err = { 0 };

	assert_int_equal(conf_parse(&conf, "test.conf", text, &err), 0);
	assert_int_equal(sectors_load(&conf, &s, &err), ERR_CONF);
	assert_null(s);
	assert_string_equal(err.text, expected);
	conf_clear(&conf);
}

static size_t
number(const struct sectors *s, const char *name)
{
	for (size_t i = 0; i < sectors_count(s); i++)
		if (strcmp(sectors_name(s, i), name) == 0)
			return i;
	fail_msg("no sector '%s'", name);
	return 0;
}

/* Whether the sector matches and its score, then its reasons, one a line: "field|what|lang|points|note". Nothing without reasons. */
static void
explain(const struct sectors *s, const char *name, const struct sector_matches *m, struct buf *out)
{
	size_t wanted = number(s, name);

	for (size_t i = 0; i < m->n; i++) {
		if (m->v[i].sector != wanted)
			continue;
		buf_addf(out, "%s %.2f\n", !m->v[i].assigned ? "no" : m->v[i].low ? "low" : "yes", m->v[i].score);
		for (size_t k = 0; k < m->v[i].n; k++) {
			const struct sector_reason *r = &m->v[i].reasons[k];

			buf_addf(out, "%s|%s|%s|%.2f|%s\n", r->field, r->what, r->lang, r->points, r->note != NULL ? r->note : "");
		}
	}
}

/* What the record means to sector "mine" of these rules, without the shipped ones. */
static void
assert_explained(const char *rules, const struct notice *n, const char *expected)
{
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load_only(rules);

	sectors_match(s, n, &m);
	explain(s, "mine", &m, &text);
	sectors_free(s);
	assert_string_equal(buf_str(&text), expected);
}

static void
assert_title(const char *rules, const char *title, const char *lang, const char *expected)
{
	AUTO_NOTICE n = NOTICE_INIT;

	notice_set_text(&n.title, title, lang);
	assert_explained(rules, &n, expected);
}

static void
assert_code(const char *rules, const char *hs, const char *ics, const char *expected)
{
	AUTO_NOTICE n = NOTICE_INIT;

	if (hs != NULL)
		codes_add(&n.hs, hs, NULL);
	if (ics != NULL)
		codes_add(&n.ics, ics, NULL);
	assert_explained(rules, &n, expected);
}

/* ---- loading ---- */

static void
test_sector_thirty_two_ship_sorted_by_name(void **state)
{
	struct sectors *s = NULL;
	struct error err;

	(void)state;
	assert_int_equal(sectors_load(NULL, &s, &err), 0);
	assert_int_equal(sectors_count(s), 32);
	assert_string_equal(sectors_name(s, 0), "agri");
	assert_string_equal(sectors_name(s, 31), "vehicle");
	for (size_t i = 1; i < 32; i++)
		assert_true(strcmp(sectors_name(s, i - 1), sectors_name(s, i)) < 0);
	assert_string_equal(sectors_title(s, number(s, "toys")), "Toys and childcare articles");
	assert_true(sectors_known(s, "residues"));
	assert_false(sectors_known(s, "uncoded"));
	sectors_free(s);
}

static void
test_sector_of_the_configuration_replaces_a_shipped_one_as_a_whole(void **state)
{
	static const char rules[] = "[sector \"toys\"]\n\ttitle = Only dolls\n\tword = en: =doll\n[sector \"mine\"]\n\ths = 01\n";
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load(rules);

	(void)state;
	assert_int_equal(sectors_count(s), 33);
	assert_string_equal(sectors_title(s, number(s, "toys")), "Only dolls");
	notice_set_text(&n.title, "Playground and toy safety", "en");
	codes_add(&n.hs, "9503", NULL);
	sectors_match(s, &n, &m);
	explain(s, "toys", &m, &text);
	assert_string_equal(buf_str(&text), "");
	sectors_free(s);
}

static void
test_sector_that_is_not_enabled_is_taken_out(void **state)
{
	struct sectors *s = load("[sector \"toys\"]\n\tenabled = no\n[sector \"mine\"]\n\ths = 84-90\n\tenabled = no\n");

	(void)state;
	assert_int_equal(sectors_count(s), 31);
	assert_false(sectors_known(s, "toys"));
	assert_false(sectors_known(s, "mine"));
	assert_true(sectors_known(s, "food"));
	sectors_free(s);
}

static void
test_sector_list_may_be_empty(void **state)
{
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	struct sectors *s = load_only("");

	(void)state;
	notice_set_text(&n.title, "Toy safety", "en");
	sectors_match(s, &n, &m);
	assert_int_equal(sectors_count(s), 0);
	assert_int_equal(m.n, 0);
	sectors_free(s);
}

static void
test_sector_that_only_gets_a_title_keeps_its_rules(void **state)
{
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load("[sector \"toys\"]\n\ttitle = Playthings\n");

	(void)state;
	assert_int_equal(sectors_count(s), 32);
	assert_string_equal(sectors_title(s, number(s, "toys")), "Playthings");
	notice_set_text(&n.title, "Toy safety", "en");
	sectors_match(s, &n, &m);
	explain(s, "toys", &m, &text);
	assert_string_equal(buf_str(&text), "yes 0.70\ntitle|=toy|en|0.70|\n");
	sectors_free(s);
}

static void
test_sector_rules_that_make_no_sense_are_refused_with_their_place(void **state)
{
	(void)state;
	assert_refused("[sector \"a\"]\n\ths = 01, 90-84\n", "test.conf:2: sector \"a\".hs: '90-84': the range is upside down");
	assert_refused("[sector \"a\"]\n\n\ths = -8409-84\n",
	    "test.conf:3: sector \"a\".hs: '-8409-84': the ends of a range need the same number of digits");
	assert_refused("[sector \"a\"]\n\ths = 950\n", "test.conf:2: sector \"a\".hs: '950': an HS code has 2, 4 or 6 digits");
	assert_refused("[sector \"a\"]\n\ths = toys\n", "test.conf:2: sector \"a\".hs: 'toys': not a code");
	assert_refused("[sector \"a\"]\n\ths = 9503..10\n", "test.conf:2: sector \"a\".hs: '9503..10': not a code");
	assert_refused("[sector \"a\"]\n\ths = -\n", "test.conf:2: sector \"a\".hs: '-': not a code");
	assert_refused("[sector \"a\"]\n\ths =\n", "test.conf:2: sector \"a\".hs: no code");
	assert_refused("[sector \"a\"]\n\tics = 97.2\n", "test.conf:2: sector \"a\".ics: '97.2': an ICS code is as 97, 97.200 or 97.200.50");
	assert_refused("[sector \"a\"]\n\tics = 98\n", "test.conf:2: sector \"a\".ics: '98': there is no such field of ICS");
	assert_refused("[sector \"a\"]\n\ttris = 97\n", "test.conf:2: sector \"a\".tris: '97': a TRIS category is as C50A or SERV60");
	assert_refused("[sector \"a\"]\n\tword = eng: toy\n",
	    "test.conf:2: sector \"a\".word: 'eng: toy' does not begin with a language of two letters and ':', as in 'en: toy'");
	assert_refused("[sector \"a\"]\n\tword = toy\n",
	    "test.conf:2: sector \"a\".word: 'toy' does not begin with a language of two letters and ':', as in 'en: toy'");
	assert_refused("[sector \"a\"]\n\tword = zz: toy\n", "test.conf:2: sector \"a\".word: 'zz' is no language (ISO 639-1)");
	assert_refused("[sector \"a\"]\n\tword = en: toy, , doll\n", "test.conf:2: sector \"a\".word: an empty pattern");
	assert_refused("[sector \"a\"]\n\tword = en:\n", "test.conf:2: sector \"a\".word: an empty pattern");
	assert_refused("[sector \"a\"]\n\tword = en: toy, =\n", "test.conf:2: sector \"a\".word: '=': a pattern without letters");
	assert_refused("[sector \"a\"]\n\tword = en: .*\n", "test.conf:2: sector \"a\".word: '.*': a pattern without letters");
	assert_refused("[sector \"a\"]\n\ttitle = A\n", "test.conf:2: sector \"a\".title: the sector has no rule: set hs, ics, tris or word");
	assert_refused("[sector \"Toys\"]\n\ths = 95\n", "test.conf:2: sector \"Toys\".hs: 'Toys' is no name: a-z, 0-9 and '-', at most 60");
	assert_refused("[sector]\n\ths = 95\n", "test.conf:2: sector.hs: a sector needs a name, as in [sector \"toys\"]");
	assert_refused("[sector \"uncoded\"]\n\ths = 95\n",
	    "test.conf:2: sector \"uncoded\".hs: 'uncoded' stands for what matches no sector");
	assert_refused("[sector \"a\"]\n\twords = en: toy\n", "test.conf:2: sector \"a\".words: unknown key, did you mean 'word'?");
}

static void
test_sector_patterns_are_literal(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = \"en: (a+)+$, [x-z], c++ code\"\n";

	(void)state;
	assert_title(rules, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "en", "yes 0.70\ntitle|(a+)+$|en|0.70|\n");
	assert_title(rules, "y", "en", "");
	assert_title(rules, "A C-code", "en", "yes 0.70\ntitle|(a+)+$|en|0.70|\ntitle|c++ code|en|0.00|one word counts\n");
}

static void
test_sector_fingerprint_is_stable_and_changes_with_every_rule(void **state)
{
	static const char *const rules[] = {
		"[sector \"mine\"]\n\ths = 01\n", "[sector \"mine\"]\n\ths = -01\n", "[sector \"mine\"]\n\ths = 01-02\n", "[sector \"mine\"]\n\tics = 01\n",
		"[sector \"mine\"]\n\tword = en: a\n", "[sector \"mine\"]\n\tword = fr: a\n", "[sector \"mine\"]\n\tword = en: =a\n",
		"[sector \"mine\"]\n\tword = en: a\n\tmask = a b\n", "[sector \"yours\"]\n\ths = 01\n", "[sector \"toys\"]\n\tenabled = no\n",
	};
	enum { N = sizeof(rules) / sizeof(rules[0]) };
	char prints[N][65];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		struct sectors *s = load(rules[i]), *again = load(rules[i]);

		assert_int_equal(strlen(sectors_fingerprint(s)), 64);
		assert_string_equal(sectors_fingerprint(s), sectors_fingerprint(again));
		snprintf(prints[i], sizeof(prints[i]), "%s", sectors_fingerprint(s));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(prints[i], prints[k]);
		sectors_free(s);
		sectors_free(again);
	}
}

/* ---- words ---- */

static void
test_sector_word_forms_start_whole_and_anywhere(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = de: kessel, =bus, ~zeug\n";

	(void)state;
	assert_title(rules, "Kesselverordnung", "de", "yes 0.70\ntitle|kessel|de|0.70|\n");
	assert_title(rules, "Dampfkessel", "de", "");
	assert_title(rules, "Ein Bus", "de", "yes 0.70\ntitle|=bus|de|0.70|\n");
	assert_title(rules, "Busse", "de", "");
	assert_title(rules, "Kraftfahrzeuge", "de", "yes 0.70\ntitle|~zeug|de|0.70|\n");
}

static void
test_sector_words_are_compared_without_case_and_accents(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = fr: Pièce détachée, =Œuf\n";

	(void)state;
	assert_title(rules, "LES PIÈCES", "fr", "");
	assert_title(rules, "UNE PIE\xcc\x80" "CE DÉTACHÉE", "fr", "yes 0.70\ntitle|Pièce détachée|fr|0.70|\n");
	assert_title(rules, "oeuf de poule", "fr", "yes 0.70\ntitle|=Œuf|fr|0.70|\n");
}

static void
test_sector_text_is_read_in_its_own_language_and_english(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = fr: the\n\tword = en: tea\n";

	(void)state;
	assert_title(rules, "The rules", "en", "");
	assert_title(rules, "Thé vert", "fr", "yes 0.70\ntitle|the|fr|0.70|\n");
	assert_title(rules, "Norme sur les tea bags", "fr", "yes 0.70\ntitle|tea|en|0.70|\n");
	assert_title(rules, "Thé", "es", "");
	assert_title(rules, "Tea", "", "yes 0.70\ntitle|tea|en|0.70|\n");
	assert_title(rules, "Tea", "bg", "yes 0.70\ntitle|tea|en|0.70|\n");
}

static void
test_sector_spanish_title_in_an_english_record(void **state)
{
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load("");

	(void)state;
	notice_set_text(&n.title, "Requisitos técnicos de las luces de los vehículos livianos", "es");
	notice_set_text(&n.products, "Lamps", "en");
	sectors_match(s, &n, &m);
	explain(s, "vehicle", &m, &text);
	assert_string_equal(buf_str(&text), "yes 0.70\ntitle|vehiculo|es|0.70|\n");
	sectors_free(s);
}

static void
test_sector_fields_have_their_points(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: toy, doll, kite, ball\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	notice_set_text(&n.products, "Dolls and kites", "en");
	notice_set_text(&n.description, "A toy, a toy, a doll and a ball.", "en");
	assert_explained(rules, &n, "yes 0.80\n"
	    "products|doll|en|0.60|\nproducts|kite|en|0.00|one word counts\n"
	    "description|toy|en|0.10|\ndescription|doll|en|0.10|\ndescription|ball|en|0.00|two words of the description count\n");
	notice_set_text(&n.title, "Balls", "en");
	notice_set_text(&n.description, NULL, "en");
	assert_explained(rules, &n, "yes 0.70\n"
	    "title|ball|en|0.70|\nproducts|doll|en|0.00|the title counts\nproducts|kite|en|0.00|one word counts\n");
}

static void
test_sector_description_alone_is_not_enough(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	notice_set_text(&n.description, "A toy and a doll.", "en");
	assert_explained("[sector \"mine\"]\n\tword = en: zzz, qqqq\n", &n, "");
	assert_explained("[sector \"mine\"]\n\tword = en: toy, doll\n", &n,
	    "no 0.20\ndescription|toy|en|0.10|\ndescription|doll|en|0.10|\n");
}

static void
test_sector_of_words_at_one_place_the_longest_is_told(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: food, foodstuff, food additive\n";

	(void)state;
	assert_title(rules, "Food additives", "en", "yes 0.70\ntitle|food additive|en|0.70|\n");
	assert_title(rules, "Foodstuffs", "en", "yes 0.70\ntitle|foodstuff|en|0.70|\n");
	assert_title(rules, "Foods", "en", "yes 0.70\ntitle|food|en|0.70|\n");
}

static void
test_sector_mask_takes_its_phrase_from_its_sector_only(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: toy, model\n\tmask = toy model\n[sector \"other\"]\n\tword = en: toy\n";
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s;

	(void)state;
	assert_title(rules, "Toy models", "en", "no 0.00\ntitle|toy|en|0.00|masked by 'toy model'\ntitle|model|en|0.00|masked by 'toy model'\n");
	assert_title(rules, "Toy models and toys", "en",
	    "yes 0.70\ntitle|toy|en|0.00|masked by 'toy model'\ntitle|model|en|0.00|masked by 'toy model'\ntitle|toy|en|0.70|\n");
	s = load(rules);
	notice_set_text(&n.title, "Toy models", "en");
	sectors_match(s, &n, &m);
	explain(s, "other", &m, &text);
	assert_string_equal(buf_str(&text), "yes 0.70\ntitle|toy|en|0.70|\n");
	sectors_free(s);
}

static void
test_sector_mask_holds_in_any_language_unless_it_names_one(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = es: aliment\n\tmask = alimentos para animales\n\tmask = fr: alimentos frescos\n";

	(void)state;
	assert_title(rules, "Alimentos para animales", "es", "no 0.00\ntitle|aliment|es|0.00|masked by 'alimentos para animales'\n");
	assert_title(rules, "Alimentos frescos", "es", "yes 0.70\ntitle|aliment|es|0.70|\n");
}

static void
test_sector_products_that_touch_many_sectors_count_half(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: widget\n[sector \"b\"]\n\tword = en: box\n[sector \"c\"]\n\tword = en: cup\n"
	    "[sector \"d\"]\n\tword = en: dish\n\tmask = dish water\n[sector \"e\"]\n\tword = en: egg\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	notice_set_text(&n.products, "Boxes, cups, dish water, eggs, widgets", "en");
	assert_explained(rules, &n, "yes 0.60\nproducts|widget|en|0.60|\n");
	notice_set_text(&n.products, "Boxes, cups, dishes, eggs, widgets", "en");
	assert_explained(rules, &n, "no 0.30\nproducts|widget|en|0.30|halved: the products touch many sectors\n");
}

/* ---- echoed labels ---- */

static void
test_sector_echoed_labels_of_codes_are_no_words(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: leather, wax, boot, mat\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	codes_add(&n.hs, "3405.10", "Polishes, creams; for footwear or leather");
	codes_add(&n.ics, "87.040", "Waxes");
	notice_set_text(&n.products, "Boot care; Polishes, creams; for footwear or LEATHER (HS code(s): 340510); Waxes (ICS code(s): 87.040); Mats", "en");
	assert_explained(rules, &n, "yes 0.60\nproducts|boot|en|0.60|\nproducts|mat|en|0.00|one word counts\n");
}

static void
test_sector_echo_of_an_unknown_label_ends_at_the_semicolon_and_spares_capitals(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: leather, wax, boot, dye\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	notice_set_text(&n.products, "Boot care; DYES; WAXES; LEATHER GOODS (HS code(s): 32)", "en");
	assert_explained(rules, &n, "yes 0.60\nproducts|boot|en|0.60|\n");
	notice_set_text(&n.products, "Boot care; other wax (HS code(s): 34.04, 3405)", "en");
	assert_explained(rules, &n, "yes 0.60\nproducts|boot|en|0.60|\n");
}

static void
test_sector_long_label_without_its_marker_is_an_echo(void **state)
{
	static const char label[] = "Glass beads, imitation pearls, imitation stones and similar glass smallwares, of lamp-worked glass <= 1 mm";
	static const char rules[] = "[sector \"mine\"]\n\tword = en: lamp, bead\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	codes_add(&n.hs, "7018", label);
	notice_set_text(&n.products, "Beads. Glass beads, imitation pearls, imitation stones and similar glass smallwares, of lamp-worked glass ", "en");
	assert_explained(rules, &n, "yes 0.60\nproducts|bead|en|0.60|\n");
}

/* ---- codes ---- */

static void
test_sector_codes_match_by_the_longest_rule(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\ths = 84-86, -8409, 840991, -85\n\tics = 97, -97.200, 97.200.50\n\ttris = C50A\n";

	(void)state;
	assert_code(rules, "8401", NULL, "low 0.50\nHS|8401||0.50|\n");
	assert_code(rules, "84", NULL, "low 0.30\nHS|84||0.30|\n");
	assert_code(rules, "8409", NULL, "");
	assert_code(rules, "8409.99", NULL, "");
	assert_code(rules, "8409.91", NULL, "low 0.50\nHS|8409.91||0.50|\n");
	assert_code(rules, "8409.9110", NULL, "low 0.50\nHS|8409.9110||0.50|\n");
	assert_code(rules, "8517", NULL, "");
	assert_code(rules, "8601", NULL, "low 0.50\nHS|8601||0.50|\n");
	assert_code(rules, "8701", NULL, "");
	assert_code(rules, NULL, "97.040", "low 0.40\nICS|97.040||0.40|\n");
	assert_code(rules, NULL, "97.200.10", "");
	assert_code(rules, NULL, "97.200.50", "low 0.40\nICS|97.200.50||0.40|\n");
	assert_code(rules, NULL, "97", "no 0.25\nICS|97||0.25|\n");
}

static void
test_sector_code_shorter_than_the_rule_does_not_match(void **state)
{
	(void)state;
	assert_code("[sector \"mine\"]\n\ths = 8517\n", "85", NULL, "");
	assert_code("[sector \"mine\"]\n\tics = 97.200.50\n", NULL, "97.200", "");
}

static void
test_sector_both_code_systems_together_are_enough(void **state)
{
	(void)state;
	assert_code("[sector \"mine\"]\n\ths = 9503\n\tics = 97\n", "9503.00", "97.200.50", "yes 0.90\nHS|9503.00||0.50|\nICS|97.200.50||0.40|\n");
}

static void
test_sector_swapped_codes_are_tried_the_other_way(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\ths = 9503\n\tics = 97.200\n";

	(void)state;
	assert_code(rules, "9720.050", "95.03", "yes 0.90\nHS|95.03||0.50|given as ICS\nICS|9720.050||0.40|given as HS\n");
	assert_code(rules, "9720.0", NULL, "low 0.40\nICS|9720.0||0.40|given as HS\n");
	assert_code("[sector \"mine\"]\n\ths = 3401\n", "3401.1", NULL, "low 0.50\nHS|3401.1||0.50|\n");
}

static void
test_sector_codes_that_span_many_chapters_count_half(void **state)
{
	static const char *const codes[] = { "0102", "0201", "0302", "0401", "9503" };
	static const char rules[] = "[sector \"mine\"]\n\ths = 95\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	for (size_t i = 1; i < 5; i++)
		codes_add(&n.hs, codes[i], NULL);
	assert_explained(rules, &n, "low 0.50\nHS|9503||0.50|\n");
	codes_add(&n.hs, codes[0], NULL);
	assert_explained(rules, &n, "no 0.25\nHS|9503||0.25|halved: codes span 5 chapters\n");
}

static void
assert_category(const char *rules, const char *category, const char *expected)
{
	AUTO_NOTICE n = NOTICE_INIT;

	notice_set_line(&n.category, category);
	assert_explained(rules, &n, expected);
}

static void
test_sector_category_counts_more_than_its_family(void **state)
{
	static const char both[] = "[sector \"mine\"]\n\ttris = C00A, C50A\n", other[] = "[sector \"mine\"]\n\ttris = C00A, -C80A, SERV\n";

	(void)state;
	assert_category(both, "C50A", "yes 0.70\ncategory|C50A||0.70|\n");
	assert_category(both, "C00A", "low 0.40\ncategory|C00A||0.40|\n");
	assert_category(both, "C80A", "low 0.40\ncategory|C80A||0.40|by its family\n");
	assert_category(both, "C00C", "");
	assert_category(other, "C80A", "");
	assert_category(other, "SERV60", "low 0.40\ncategory|SERV60||0.40|by its family\n");
	assert_category(other, "a category that is much too long", "");
}

/* ---- low confidence, inheritance, text ---- */

static void
test_sector_guess_is_the_best_of_weak_ones_and_only_without_a_sure_one(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\ths = 9503\n[sector \"other\"]\n\tword = en: kite\n\ths = 95\n\tics = 97.200\n";
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	codes_add(&n.hs, "9503", NULL);
	notice_set_text(&n.description, "A kite", "en");
	assert_explained(rules, &n, "no 0.50\nHS|9503||0.50|\n");
	notice_set_text(&n.description, NULL, "en");
	assert_explained(rules, &n, "low 0.50\nHS|9503||0.50|\n");
	codes_add(&n.ics, "97.200", NULL);
	assert_explained(rules, &n, "no 0.50\nHS|9503||0.50|\n");
}

static void
match_title(const struct sectors *s, const char *title, struct sector_matches *out)
{
	AUTO_NOTICE n = NOTICE_INIT;

	notice_set_text(&n.title, title, "en");
	sectors_match(s, &n, out);
}

static void
test_sector_follow_up_has_also_those_of_its_base(void **state)
{
	AUTO_MATCHES own = SECTOR_MATCHES_INIT;
	AUTO_MATCHES base = SECTOR_MATCHES_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load_only("[sector \"mine\"]\n\tword = en: toy\n[sector \"other\"]\n\tword = en: kite\n[sector \"third\"]\n\tword = en: seal\n");

	(void)state;
	match_title(s, "Kites and toys", &base);
	match_title(s, "New seal on kites", &own);
	sectors_inherit(&own, &base);
	explain(s, "mine", &own, &text);
	explain(s, "other", &own, &text);
	explain(s, "third", &own, &text);
	assert_string_equal(buf_str(&text), "yes 0.70\ndossier|base notification||0.70|\n"
	    "yes 0.70\ntitle|kite|en|0.70|\n"
	    "yes 0.70\ntitle|seal|en|0.70|\n");
	sectors_free(s);
}

static void
test_sector_guess_of_a_follow_up_gives_way_to_its_base(void **state)
{
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_NOTICE base = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load_only("[sector \"mine\"]\n\tword = en: toy\n\ths = 9503\n[sector \"other\"]\n\tword = en: kite\n\ths = 9505\n");

	(void)state;
	codes_add(&n.hs, "9503", NULL);		/* a guess: 0.5 */
	notice_set_text(&base.title, "Kites", "en");
	sectors_match_in_dossier(s, &n, NULL, &m);
	explain(s, "mine", &m, &text);
	assert_string_equal(buf_str(&text), "low 0.50\nHS|9503||0.50|\n");
	buf_reset(&text);
	sectors_match_in_dossier(s, &n, &base, &m);
	explain(s, "mine", &m, &text);
	explain(s, "other", &m, &text);
	assert_string_equal(buf_str(&text), "no 0.50\nHS|9503||0.50|\nyes 0.70\ndossier|base notification||0.70|\n");
	buf_reset(&text);
	notice_set_text(&base.title, NULL, "en");	/* the base has but a guess itself: both stand */
	codes_add(&base.hs, "9505", NULL);
	sectors_match_in_dossier(s, &n, &base, &m);
	explain(s, "mine", &m, &text);
	explain(s, "other", &m, &text);
	assert_string_equal(buf_str(&text), "low 0.50\nHS|9503||0.50|\nlow 0.50\ndossier|base notification||0.50|\n");
	sectors_free(s);
}

static void
test_sector_inherits_nothing_that_was_not_assigned(void **state)
{
	AUTO_MATCHES own = SECTOR_MATCHES_INIT;
	AUTO_MATCHES base = SECTOR_MATCHES_INIT;
	struct sectors *s = load_only("[sector \"mine\"]\n\tword = en: toy\n\tmask = toy model\n");

	(void)state;
	match_title(s, "Toy models", &base);
	assert_int_equal(base.n, 1);
	sectors_inherit(&own, &base);
	assert_int_equal(own.n, 0);
	sectors_free(s);
}

static void
test_sector_reason_text_tells_what_counted(void **state)
{
	static const char rules[] = "[sector \"mine\"]\n\tword = en: =toy, doll\n\tmask = doll house\n\ths = 9503\n";
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load_only(rules);

	(void)state;
	notice_set_text(&n.title, "A toy in a doll house", "en");
	codes_add(&n.hs, "9503", NULL);
	sectors_match(s, &n, &m);
	assert_int_equal(m.n, 1);
	sector_reason_text(&m.v[0], &text);
	assert_string_equal(buf_str(&text), "title: toy; HS 9503");
	sectors_free(s);
}

/* ---- hostile records ---- */

static void
test_sector_long_and_broken_texts_are_read_in_bounded_time(void **state)
{
	AUTO_MATCHES m = SECTOR_MATCHES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF text = BUF_INIT;
	struct sectors *s = load("");

	(void)state;
	for (int i = 0; i < 60000; i++)
		buf_adds(&text, i % 2 == 0 ? "food contact " : "food \xc3\xa9");
	notice_set_text(&n.description, text.data, "en");
	notice_set_text(&n.title, text.data, "en");
	for (int i = 0; i < 1500; i++)
		codes_add(&n.hs, "99999999", "(HS code(s): (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((");
	buf_reset(&text);
	for (int i = 0; i < 2000; i++)
		buf_adds(&text, "(HS code(s): 999999(HS code(s): 99999999); ");
	notice_set_text(&n.products, text.data, "en");
	sectors_match(s, &n, &m);
	assert_string_equal(sectors_name(s, m.v[0].sector), "food");
	sectors_free(s);
}

static void
test_sector_many_user_patterns_are_compiled_in_pieces(void **state)
{
	AUTO_BUF rules = BUF_INIT;

	(void)state;
	buf_adds(&rules, "[sector \"mine\"]\n");
	for (int i = 0; i < 9000; i++)
		buf_addf(&rules, "\tword = en: thing%d of a kind that nobody has\n", i);
	for (int i = 1; i < 190; i++)
		buf_addf(&rules, "\tword = en: %0*d\n", i, 0);
	assert_title(rules.data, "The thing8999 of a kind that nobody has", "en", "yes 0.70\ntitle|thing8999 of a kind that nobody has|en|0.70|\n");
	assert_title(rules.data, "Type 0001", "en", "yes 0.70\ntitle|000|en|0.70|\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sector_thirty_two_ship_sorted_by_name),
		cmocka_unit_test(test_sector_of_the_configuration_replaces_a_shipped_one_as_a_whole),
		cmocka_unit_test(test_sector_that_is_not_enabled_is_taken_out),
		cmocka_unit_test(test_sector_list_may_be_empty),
		cmocka_unit_test(test_sector_that_only_gets_a_title_keeps_its_rules),
		cmocka_unit_test(test_sector_rules_that_make_no_sense_are_refused_with_their_place),
		cmocka_unit_test(test_sector_patterns_are_literal),
		cmocka_unit_test(test_sector_fingerprint_is_stable_and_changes_with_every_rule),
		cmocka_unit_test(test_sector_word_forms_start_whole_and_anywhere),
		cmocka_unit_test(test_sector_words_are_compared_without_case_and_accents),
		cmocka_unit_test(test_sector_text_is_read_in_its_own_language_and_english),
		cmocka_unit_test(test_sector_spanish_title_in_an_english_record),
		cmocka_unit_test(test_sector_fields_have_their_points),
		cmocka_unit_test(test_sector_description_alone_is_not_enough),
		cmocka_unit_test(test_sector_of_words_at_one_place_the_longest_is_told),
		cmocka_unit_test(test_sector_mask_takes_its_phrase_from_its_sector_only),
		cmocka_unit_test(test_sector_mask_holds_in_any_language_unless_it_names_one),
		cmocka_unit_test(test_sector_products_that_touch_many_sectors_count_half),
		cmocka_unit_test(test_sector_echoed_labels_of_codes_are_no_words),
		cmocka_unit_test(test_sector_echo_of_an_unknown_label_ends_at_the_semicolon_and_spares_capitals),
		cmocka_unit_test(test_sector_long_label_without_its_marker_is_an_echo),
		cmocka_unit_test(test_sector_codes_match_by_the_longest_rule),
		cmocka_unit_test(test_sector_code_shorter_than_the_rule_does_not_match),
		cmocka_unit_test(test_sector_both_code_systems_together_are_enough),
		cmocka_unit_test(test_sector_swapped_codes_are_tried_the_other_way),
		cmocka_unit_test(test_sector_codes_that_span_many_chapters_count_half),
		cmocka_unit_test(test_sector_category_counts_more_than_its_family),
		cmocka_unit_test(test_sector_guess_is_the_best_of_weak_ones_and_only_without_a_sure_one),
		cmocka_unit_test(test_sector_follow_up_has_also_those_of_its_base),
		cmocka_unit_test(test_sector_guess_of_a_follow_up_gives_way_to_its_base),
		cmocka_unit_test(test_sector_inherits_nothing_that_was_not_assigned),
		cmocka_unit_test(test_sector_reason_text_tells_what_counted),
		cmocka_unit_test(test_sector_long_and_broken_texts_are_read_in_bounded_time),
		cmocka_unit_test(test_sector_many_user_patterns_are_compiled_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
