/* What is probably the same draft, and what a record names. Titles of real notifications where marked; the rest is synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/notice/reference.h"
#include "lib/notice/twin.h"

struct side {
	const char *member, *day, *title, *body, *agency;
};

static void
read_side(const struct side *s, enum source source, struct twin_traits *out)
{
	AUTO_NOTICE n = NOTICE_INIT;
	struct date day = DATE_NONE;

	notice_init(&n);
	assert_true(date_parse_iso(s->day, &day, NULL));
	notice_set_text(&n.title, s->title, "en");
	notice_set_text(&n.description, s->body, "en");
	notice_set_line(&n.agency, s->agency);
	twin_traits_read(source, s->member, day, s->title, out);
	twin_traits_add(&n, out);
}

/* "no", "unsure", or the reasons. */
static char *
compare(const struct side *tris, const struct side *eping)
{
	AUTO_TWIN_TRAITS a = TWIN_TRAITS_INIT;
	AUTO_TWIN_TRAITS b = TWIN_TRAITS_INIT;
	struct twin_likeness l, back;
	AUTO_STRV reasons = STRV_INIT;
	AUTO_BUF out = BUF_INIT;
	bool is;

	read_side(tris, SOURCE_TRIS, &a);
	read_side(eping, SOURCE_EPING, &b);
	is = twin_compare(&a, &b, NULL, NULL, &l);
	assert_int_equal(twin_compare(&b, &a, NULL, NULL, &back), is);
	if (!is)
		return xstrdup("no");
	assert_true(l.score > 0 && l.score <= 1);
	assert_int_equal(l.sure_words, back.sure_words);
	if (!l.sure_words)
		return xstrdup("unsure");
	twin_reasons(&l, &reasons);
	strv_join(&reasons, ", ", &out);
	return buf_take(&out);
}

static void
assert_compare(const struct side *tris, const struct side *eping, const char *expected)
{
	char *got = compare(tris, eping);

	assert_string_equal(got, expected);
	free(got);
}

#define FACADES "Ordinance on the fire behaviour of façade insulation"

static void
test_same_member_and_words_within_120_days_are_probably_the_same(void **state)
{
	(void)state;
	assert_compare(&(struct side){ "SE", "2025-05-20", FACADES, NULL, NULL },
	    &(struct side){ "SE", "2025-06-01", "Draft ordinance concerning FIRE behaviour of facade insulation", NULL, NULL },
	    "same member, 12 days apart, 4 of 4 title words");
	assert_compare(&(struct side){ "SE", "2025-05-20", FACADES, NULL, "Boverket" },
	    &(struct side){ "SE", "2025-05-21", "Fire behaviour of facades: insulation of buildings", "An ordinance.", "Boverket, National Board of Housing" },
	    "same member, 1 day apart, 4 of 4 title words, same ministry or agency");
}

static void
test_other_member_system_day_or_language_is_never_the_same(void **state)
{
	const struct side mine = { "SE", "2025-05-20", FACADES, NULL, NULL };
	AUTO_TWIN_TRAITS a = TWIN_TRAITS_INIT;
	AUTO_TWIN_TRAITS b = TWIN_TRAITS_INIT;
	struct twin_likeness l;

	(void)state;
	assert_compare(&mine, &(struct side){ "DK", "2025-05-20", FACADES, NULL, NULL }, "no");
	assert_compare(&mine, &(struct side){ "SE", "2025-09-17", FACADES, NULL, NULL }, "same member, 120 days apart, 4 of 4 title words");
	assert_compare(&mine, &(struct side){ "SE", "2025-09-18", FACADES, NULL, NULL }, "no");
	assert_compare(&(struct side){ "US", "2025-05-20", FACADES, NULL, NULL }, &(struct side){ "US", "2025-05-20", FACADES, NULL, NULL }, "no");
	read_side(&mine, SOURCE_TRIS, &a);
	read_side(&mine, SOURCE_TRIS, &b);
	assert_false(twin_compare(&a, &b, NULL, NULL, &l));
	b.source = SOURCE_EPING;
	assert_true(twin_compare(&a, &b, NULL, NULL, &l));
	memcpy(b.lang, "fr", 3);
	assert_false(twin_compare(&a, &b, NULL, NULL, &l));
}

/* Titles of real notifications of one member; each pair is two drafts. */
static void
test_drafts_of_a_series_are_not_taken_for_one_another(void **state)
{
	static const struct { const char *a, *b, *expected; } pairs[] = {
		{ "Parts and Accessories Necessary for Safe Operation; Auxiliary Fuel Tanks",
		  "Parts and Accessories Necessary for Safe Operation; Fuel Tank Overfill Restriction", "unsure" },
		{ "National Food Safety Standard of the P.R.C.: Raw Milk No. 2 Amendment",
		  "National Food Safety Standard of the P.R.C.: Sterilized milk No. 2 Amendment", "unsure" },
		{ "DMS 2189-3:2024, Auto-refinishing paint – Specification – Part 3: Two-Pack acrylic resin-based",
		  "DMS 2189-1:2024, Auto-refinishing paint – Specification – Part 1: Synthetic resin based", "no" },
		{ "DMS 91-6:2024, Chemicals used for treatment of water intended for human consumption – Part 6: Hydrated lime",
		  "DMS 91-5:2024, Chemicals used for treatment of water intended for human consumption – Part 5: Bentonite", "no" },
		{ "Draft Act amending the Building Act and certain other acts", "Draft Act amending the Energy Act and certain other acts", "no" },
		{ "Decree on food labelling", "Decree on food additives", "no" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		assert_compare(&(struct side){ "SE", "2025-05-20", pairs[i].a, NULL, NULL }, &(struct side){ "SE", "2025-05-21", pairs[i].b, NULL, NULL },
		    pairs[i].expected);
}

static void
test_words_that_a_title_lacks_may_stand_in_the_body(void **state)
{
	const struct side mine = { "SE", "2025-05-20", "Decree on thermal insulation of timber facades", "Facades and cladding of houses.", NULL };

	(void)state;
	assert_compare(&mine, &(struct side){ "SE", "2025-05-20", "Decree on thermal insulation of facades and cladding", "Timber facades must be insulated.", NULL },
	    "same member, 0 days apart, 3 of 4 title words");
	assert_compare(&mine, &(struct side){ "SE", "2025-05-20", "Decree on thermal insulation of facades and cladding", "Brick facades.", NULL }, "unsure");
}

static double
common_but_facades(void *ctx, const char *word)
{
	(void)ctx;
	return strncmp(word, "facade", 6) == 0 ? 1 : 0.2;
}

static void
test_rare_words_weigh_more(void **state)
{
	AUTO_TWIN_TRAITS a = TWIN_TRAITS_INIT;
	AUTO_TWIN_TRAITS b = TWIN_TRAITS_INIT;
	AUTO_TWIN_TRAITS c = TWIN_TRAITS_INIT;
	struct twin_likeness with, without;

	(void)state;
	read_side(&(struct side){ "SE", "2025-05-20", "Fire safety of facade insulation", NULL, NULL }, SOURCE_TRIS, &a);
	read_side(&(struct side){ "SE", "2025-05-20", "Fire safety of facades", NULL, NULL }, SOURCE_EPING, &b);
	read_side(&(struct side){ "SE", "2025-05-20", "Fire safety insulation", NULL, NULL }, SOURCE_EPING, &c);
	assert_true(twin_compare(&a, &b, common_but_facades, NULL, &with));
	assert_false(twin_compare(&a, &c, common_but_facades, NULL, &without));
}

/* ---- what a record names ---- */

static void
assert_names(const struct notice *n, const char *expected)
{
	AUTO_REFERENCES r = REFERENCES_INIT;
	AUTO_BUF out = BUF_INIT;

	references_read(n, &r);
	for (size_t i = 0; i < r.n; i++)
		buf_addf(&out, "%s in %s\n", r.v[i].symbol, notice_fields[r.v[i].row].name);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_record_names_others_but_not_its_own_dossier(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	notice_init(&n);
	strv_add(&n.symbols, "G/TBT/N/SWE/159/Add.1");
	strv_add(&n.symbols, "G/TBT/N/NOR/7/Add.1");
	notice_normalise(&n);
	notice_set_text(&n.description, "Amends G/TBT/N/SWE/159 and g/tbt/n/swe/12/rev.1; see G/TBT/N/EU/12, Directive 2001/95/EC, 2024/0321/FI.", "en");
	notice_set_text(&n.relevant, "G/TBT/N/EU/12, G/SPS/N/EU/9, G/TBT/N/NOR/7", "en");
	assert_names(&n, "G/TBT/N/EU/12 in Relevant documents\nG/SPS/N/EU/9 in Relevant documents\nG/TBT/N/SWE/12/Rev.1 in Description\n2024/0321/FI in Description\n");
	assert_true(reference_other_system(&n, "2024/0321/FI"));
	assert_false(reference_other_system(&n, "G/TBT/N/EU/12"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_member_and_words_within_120_days_are_probably_the_same),
		cmocka_unit_test(test_other_member_system_day_or_language_is_never_the_same),
		cmocka_unit_test(test_drafts_of_a_series_are_not_taken_for_one_another),
		cmocka_unit_test(test_words_that_a_title_lacks_may_stand_in_the_body),
		cmocka_unit_test(test_rare_words_weigh_more),
		cmocka_unit_test(test_record_names_others_but_not_its_own_dossier),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
