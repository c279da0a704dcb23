#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/limits.h"
#include "lib/notice/notice.h"
#include "lib/notice/symbol.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static size_t
row_named(const char *name)
{
	size_t i = 0;

	while (strcmp(notice_fields[i].name, name) != 0)
		i++;
	return i;
}

static void
start(struct notice *n, const char *symbols)
{
	notice_init(n);
	symbol_split(symbols, &n->symbols);
}

static void
assert_field(const struct notice *n, const char *name, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	notice_field_text(n, row_named(name), &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_hs_codes_have_one_form(void **state)
{
	static const char *const pairs[][2] = {
		{ "030617", "0306.17" }, { " 0306 17", "0306.17" }, { "0306.17", "0306.17" }, { "HS8517", "8517" }, { "04", "04" }, { "0306", "0306" },
		{ "98509909", "9850.9909" }, { "9850.9909", "9850.9909" }, { "3926.90.97", "3926.9097" }, { "0306.17 - Frozen shrimps 12", "0306.17" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		AUTO_BUF out = BUF_INIT;

		assert_true(code_canonical_hs(pairs[i][0], &out));
		assert_string_equal(buf_str(&out), pairs[i][1]);
	}
}

static void
test_ics_codes_have_one_form(void **state)
{
	static const char *const pairs[][2] = {
		{ "97.200.50", "97.200.50" }, { "9720050", "97.200.50" }, { "43.020", "43.020" }, { "43020", "43.020" }, { "43", "43" }, { "ICS: 67.060", "67.060" },
	};
	AUTO_BUF none = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		AUTO_BUF out = BUF_INIT;

		assert_true(code_canonical_ics(pairs[i][0], &out));
		assert_string_equal(buf_str(&out), pairs[i][1]);
	}
	assert_false(code_canonical_ics("n/a", &none));
	assert_false(code_canonical_hs("", &none));
	assert_int_equal(none.len, 0);
}

static void
test_texts_are_cleaned_and_bounded(void **state)
{
	struct text t = { NULL, "" };
	char *line = NULL;
	AUTO_BUF huge = BUF_INIT;

	(void)state;
	notice_set_text(&t, " a\xC2\xA0 b \r\n\r\n c\xC2\xAD" "d ", "EN");
	assert_string_equal(t.s, "a b\ncd");
	assert_string_equal(t.lang, "en");
	notice_set_text(&t, " \n ", "en");
	assert_null(t.s);
	assert_string_equal(t.lang, "");
	notice_set_line(&line, "one\ntwo");
	assert_string_equal(line, "one two");
	while (huge.len <= LIMIT_TEXT)
		buf_adds(&huge, "x\xE2\x82\xAC");
	notice_set_line(&line, buf_str(&huge));
	assert_int_equal(strlen(line), LIMIT_LINE);	/* 4000 = 1000 times the four bytes of the piece */
	notice_set_text(&t, buf_str(&huge), "e1");
	assert_int_equal(strlen(t.s), LIMIT_TEXT);
	assert_string_equal(t.lang, "");
	notice_set_line(&line, NULL);
	assert_null(line);
	free(t.s);
}

static void
test_normalise_derives_the_identity_from_the_symbols(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	start(&n, "G/SPS/N/ARE/703/Add.1, G/SPS/N/BHR/780/Add.1, G/SPS/N/ZZZ/1/Add.1");
	n.urgent = true;
	strv_add(&n.members, "QA");
	strv_add(&n.members, "BH");
	strv_add(&n.members, "no code");
	notice_normalise(&n);
	assert_string_equal(n.id, "G/SPS/N/ARE/703/Add.1");
	assert_string_equal(n.dossier, "G/SPS/N/ARE/703");
	assert_int_equal(n.source, SOURCE_EPING);
	assert_int_equal(n.area, AREA_SPS);
	assert_int_equal(n.kind, KIND_ADDENDUM);
	assert_string_equal(n.member, "AE");
	assert_int_equal(n.members.n, 3);
	assert_string_equal(n.members.v[0], "AE");
	assert_string_equal(n.members.v[1], "BH");
	assert_string_equal(n.members.v[2], "QA");
	notice_clear(&n);
	n.id = xstrdup("2020/0026/D");
	notice_normalise(&n);
	assert_int_equal(n.source, SOURCE_TRIS);
	assert_int_equal(n.area, AREA_TRIS);
	assert_int_equal(n.kind, KIND_DRAFT);
	assert_string_equal(n.member, "DE");
	assert_string_equal(n.symbols.v[0], "2020/0026/D");
}

static void
test_normalise_keeps_the_member_of_an_id_that_does_not_parse(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	start(&n, "G/TBT/Notif.99/320");
	n.area = AREA_SPS;
	strv_add(&n.members, "JP");
	notice_normalise(&n);
	assert_string_equal(n.id, "G/TBT/Notif.99/320");
	assert_string_equal(n.dossier, "G/TBT/Notif.99/320");
	assert_string_equal(n.member, "JP");
	assert_int_equal(n.area, AREA_SPS);
}

static void
test_normalise_makes_sets_whatever_the_order(void **state)
{
	AUTO_NOTICE a = NOTICE_INIT, b = NOTICE_INIT;

	(void)state;
	start(&a, "G/TBT/N/USA/1");
	start(&b, "G/TBT/N/USA/1");
	strv_add(&a.objectives, "Food safety");
	strv_add(&a.objectives, "Animal health ");
	strv_add(&a.objectives, "");
	strv_add(&b.objectives, "Animal\xC2\xA0health");
	strv_add(&b.objectives, "Food safety");
	strv_add(&b.objectives, "Food safety");
	codes_add(&a.ics, "11.120", "X");
	codes_add(&a.ics, "11.120", NULL);
	codes_add(&a.ics, "03", NULL);
	codes_add(&b.ics, "03", NULL);
	codes_add(&b.ics, "11.120", "X");
	documents_add(&a.documents, "draft", "EN", "https://x.example/T/A.DOCX");
	documents_add(&a.documents, "draft", "en", "https://x.example/t/a.docx");
	documents_add(&b.documents, "draft", "en", "https://x.example/T/A.DOCX");
	variants_add(&a.variants, "QA", "Products", "x");
	variants_add(&a.variants, "BH", "Products", "y");
	variants_add(&b.variants, "BH", "Products", " y");
	variants_add(&b.variants, "QA", "Products", "x");
	variants_add(&b.variants, "QA", "Nonsense", "x");
	notice_normalise(&a);
	notice_normalise(&b);
	assert_field(&a, "Objective", "Animal health, Food safety");
	assert_field(&a, "ICS", "03, 11.120");
	assert_string_equal(a.ics.v[1].label, "X");
	assert_field(&a, "Document", "draft en https://x.example/T/A.DOCX");
	assert_field(&a, "As notified by members", "BH Products: y; QA Products: x");
	assert_true(notice_equal(&a, &b));
}

static void
test_equality_ignores_labels_and_letter_case_of_links_alone(void **state)
{
	AUTO_NOTICE a = NOTICE_INIT, b = NOTICE_INIT;

	(void)state;
	start(&a, "G/TBT/N/USA/1");
	codes_add(&a.hs, "9503", "Toys");
	documents_add(&a.documents, "draft", "en", "https://x.example/T/A.DOCX");
	notice_set_text(&a.description, "x", "en");
	notice_normalise(&a);
	notice_copy(&b, &a);
	assert_true(notice_equal(&a, &b));
	notice_set_line(&b.hs.v[0].label, "Tricycles");
	free(b.documents.v[0].url);
	b.documents.v[0].url = xstrdup("https://x.example/t/a.docx");
	assert_true(notice_equal(&a, &b));
	b.documents.v[0].text_sha256 = xstrdup(HASH);
	assert_false(notice_equal(&a, &b));
	assert_false(notice_field_equal(&a, &b, row_named("Document")));
	notice_clear(&b);
	notice_copy(&b, &a);
	strcpy(b.description.lang, "es");
	assert_false(notice_equal(&a, &b));
	notice_clear(&b);
	notice_copy(&b, &a);
	b.urgent = true;
	assert_false(notice_equal(&a, &b));
}

static void
test_adders_leave_out_what_cannot_stand_in_a_record(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	start(&n, "G/TBT/N/USA/1");
	codes_add(&n.hs, "", NULL);
	codes_add(&n.hs, "95 03", NULL);
	codes_add(&n.hs, "123456789012345678901", NULL);
	documents_add(&n.documents, "draft", "en", " ");
	documents_add(&n.documents, "odd", "English", "https://x.example/a b*<c>.pdf");
	variants_add(&n.variants, "qa", "Products", "x");
	notice_normalise(&n);
	assert_int_equal(n.hs.n, 0);
	assert_int_equal(n.variants.n, 0);
	assert_field(&n, "Document", "other https://x.example/a%20b%2A%3Cc%3E.pdf");
}

static void
test_field_text_is_for_people(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	start(&n, "G/TBT/N/USA/1");
	n.adoption.date = (struct date){ 2026, 1, 1 };
	notice_set_line(&n.adoption.text, "or later");
	notice_set_line(&n.entry_into_force.text, "to be determined");
	n.fiscal = ANSWER_NO;
	n.deadline = (struct date){ 2025, 8, 10 };
	codes_add(&n.hs, "9503", "Toys");
	codes_add(&n.hs, "3926.90", NULL);
	notice_normalise(&n);
	assert_field(&n, "Adoption", "2026-01-01 - or later");
	assert_field(&n, "Entry into force", "to be determined");
	assert_field(&n, "Fiscal measure", "no");
	assert_field(&n, "Confidential", "");
	assert_field(&n, "Comments until", "2025-08-10");
	assert_field(&n, "HS", "3926.90, 9503");
	assert_true(notice_field_empty(&n, row_named("Confidential")));
	assert_false(notice_field_empty(&n, row_named("Adoption")));
}

/* ---- merging ---- */

/* What the API told: everything, among it fields that no workbook has. */
static void
start_api(struct notice *n)
{
	start(n, "G/TBT/N/ARE/703, G/TBT/N/BHR/780");
	notice_set_text(&n->title, "eCall", "en");
	notice_set_text(&n->relevant, "UN R144", "en");
	notice_set_line(&n->agency, "GSO");
	n->adoption.date = (struct date){ 2026, 12, 1 };
	codes_add(&n->hs, "8703", "Motor cars");
	documents_add(&n->documents, "draft", "en", "https://members.wto.org/a.pdf");
	documents_add(&n->documents, "notification", "en", "https://docs.wto.org/T/A.DOCX");
	documents_add(&n->documents, "notification", "fr", "https://docs.wto.org/U/A.DOCX");
	n->known = notice_known_by(WAY_API) | NOTICE_DOCS_FORM_FR;
	notice_normalise(n);
	n->documents.v[0].text_sha256 = xstrdup(HASH);
}

static void
test_merge_keeps_what_a_way_cannot_tell(void **state)
{
	AUTO_NOTICE before = NOTICE_INIT, now = NOTICE_INIT;

	(void)state;
	start_api(&before);
	start(&now, "G/TBT/N/BHR/780, G/TBT/N/ARE/703");
	notice_set_text(&now.title, "eCall", "en");
	codes_add(&now.hs, "8703", "Cars");
	documents_add(&now.documents, "draft", "en", "https://members.wto.org/A.pdf");
	documents_add(&now.documents, "notification", "en", "https://docs.wto.org/t/a.docx");
	now.known = (notice_known_by(WAY_WORKBOOK) & ~NOTICE_BIT(adoption)) & ~NOTICE_DOCS_FORM_FR;
	notice_normalise(&now);
	notice_merge(&now, &before);
	assert_string_equal(now.id, "G/TBT/N/ARE/703");
	assert_string_equal(now.symbols.v[1], "G/TBT/N/BHR/780");
	assert_string_equal(now.member, "AE");
	assert_string_equal(now.relevant.s, "UN R144");
	assert_string_equal(now.agency, "GSO");
	assert_field(&now, "Adoption", "2026-12-01");
	assert_string_equal(now.hs.v[0].label, "Motor cars");
	assert_field(&now, "Document", "draft en https://members.wto.org/a.pdf, notification en https://docs.wto.org/T/A.DOCX, "
	    "notification fr https://docs.wto.org/U/A.DOCX");
	assert_string_equal(now.documents.v[0].text_sha256, HASH);
	assert_true(notice_equal(&now, &before));
}

static void
test_merge_clears_what_a_way_knows_to_be_gone(void **state)
{
	AUTO_NOTICE before = NOTICE_INIT, now = NOTICE_INIT;

	(void)state;
	start_api(&before);
	before.vanished = (struct date){ 2026, 6, 1 };
	before.urgent = true;
	start(&now, "G/TBT/N/ARE/703, G/TBT/N/KWT/764");
	now.known = notice_known_by(WAY_API);
	notice_normalise(&now);
	notice_merge(&now, &before);
	assert_null(now.title.s);
	assert_null(now.agency);
	assert_int_equal(now.hs.n, 0);
	assert_field(&now, "Adoption", "");
	assert_field(&now, "Document", "notification fr https://docs.wto.org/U/A.DOCX");
	assert_false(date_is_set(now.vanished));
	assert_false(now.urgent);
	assert_int_equal(now.symbols.n, 2);
	assert_string_equal(now.symbols.v[1], "G/TBT/N/KWT/764");
	assert_string_equal(now.members.v[1], "KW");
}

/* One door makes a line break of a paragraph's end, another nothing. */
static void
test_texts_that_differ_in_blanks_are_the_same(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} pairs[] = {
		{ "procedentes de Canadá.Certificado Fitosanitario", "procedentes de Canadá. Certificado Fitosanitario", true },
		{ "One.\nTwo.", "One. Two.", true },
		{ "One.\nTwo.", "One.Two.", true },
		{ "toys (all)", "toys(all)", true },
		{ "see No.5", "see No. 5", true },
		{ "One.\nTwo.", "One.\nTwo", false },
		{ "5 10", "510", false },		/* two numbers are not one */
		{ "Annex 1. 5 mg", "Annex 1.5 mg", false },
		{ "5\n10", "5 10", true },
		{ "Toys", "toys", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		for (int swap = 0; swap < 2; swap++) {
			AUTO_NOTICE a = NOTICE_INIT, b = NOTICE_INIT;

			notice_init(&a);
			notice_init(&b);
			notice_set_text(&a.description, swap ? pairs[i].b : pairs[i].a, "en");
			notice_set_text(&b.description, swap ? pairs[i].a : pairs[i].b, "en");
			assert_int_equal(notice_field_equal(&a, &b, row_named("Description")), pairs[i].same);
			notice_set_text(&b.description, a.description.s, "es");
			assert_false(notice_field_equal(&a, &b, row_named("Description")));
		}
}

static void
test_merge_keeps_texts_that_differ_in_blanks(void **state)
{
	AUTO_NOTICE before = NOTICE_INIT, now = NOTICE_INIT;

	(void)state;
	start(&before, "G/SPS/N/NIC/131");
	notice_set_text(&before.title, "Grano de cebada.Requisitos", "es");
	notice_set_text(&before.products, "Grano de cebada\n(Hordeum vulgare)", "es");
	notice_set_text(&before.description, "Se exige un certificado. Y un permiso.", "es");
	before.known = notice_known_by(WAY_WORKBOOK);
	notice_normalise(&before);
	start(&now, "G/SPS/N/NIC/131");
	notice_set_text(&now.title, "Grano de cebada. Requisitos", "es");
	notice_set_text(&now.products, "Grano de cebada (Hordeum vulgare)", "es");
	notice_set_text(&now.description, "Se exige un certificado.\nY dos permisos.", "es");
	now.known = notice_known_by(WAY_API);
	notice_normalise(&now);
	notice_merge(&now, &before);
	assert_string_equal(now.title.s, "Grano de cebada.Requisitos");
	assert_string_equal(now.products.s, "Grano de cebada\n(Hordeum vulgare)");
	assert_string_equal(now.description.s, "Se exige un certificado.\nY dos permisos.");	/* says something else */
	assert_true(notice_differences(&before, &now) == NOTICE_BIT(description));
}

static void
test_merge_never_renames_a_record(void **state)
{
	AUTO_NOTICE before = NOTICE_INIT, now = NOTICE_INIT;

	(void)state;
	start_api(&before);
	before.urgent = true;
	start(&now, "G/TBT/N/BHR/780");
	now.known = notice_known_by(WAY_API) & ~NOTICE_BIT(type);
	notice_normalise(&now);
	notice_merge(&now, &before);
	assert_string_equal(now.id, "G/TBT/N/ARE/703");
	assert_string_equal(now.dossier, "G/TBT/N/ARE/703");
	assert_string_equal(now.symbols.v[0], "G/TBT/N/ARE/703");
	assert_string_equal(now.symbols.v[1], "G/TBT/N/BHR/780");
	assert_true(now.urgent);
	assert_int_equal(now.kind, KIND_URGENT);
}

static void
form_of(struct notice *n, bool urgent)
{
	start(n, "G/TBT/N/ARE/703");
	n->known = NOTICE_BIT(notified_under) | NOTICE_BIT(agency);
	strv_add(&n->notified_under, urgent ? "2.10.1" : "2.9.2");
	notice_set_line(&n->agency, "GSO, Riyadh");
	n->urgent = urgent;
	notice_normalise(n);
}

static void
test_merge_takes_from_the_form_what_it_tells(void **state)
{
	AUTO_NOTICE before = NOTICE_INIT, form = NOTICE_INIT, again = NOTICE_INIT;

	(void)state;
	start_api(&before);
	form_of(&form, false);
	notice_merge(&form, &before);
	assert_field(&form, "Notified under", "2.9.2");
	assert_field(&form, "Agency", "GSO, Riyadh");
	assert_string_equal(form.title.s, "eCall");
	assert_int_equal(form.documents.n, 3);
	assert_true(notice_differences(&before, &form) == (NOTICE_BIT(notified_under) | NOTICE_BIT(agency)));
	/* and the next answer of the site does not take it away */
	start_api(&again);
	notice_merge(&again, &form);
	assert_field(&again, "Notified under", "2.9.2");
}

static void
test_a_form_makes_urgent_only_where_no_type_is_told(void **state)
{
	AUTO_NOTICE untold = NOTICE_INIT, told = NOTICE_INIT, form = NOTICE_INIT, other = NOTICE_INIT;

	(void)state;
	start_api(&untold);
	form_of(&form, true);
	notice_merge(&form, &untold);
	assert_int_equal(form.kind, KIND_URGENT);
	start_api(&told);
	notice_set_line(&told.type, "Regular notification");
	form_of(&other, true);
	notice_merge(&other, &told);
	assert_false(other.urgent);
	assert_int_equal(other.kind, KIND_DRAFT);
}

static void
test_ways_know_what_their_source_shows(void **state)
{
	uint64_t api = notice_known_by(WAY_API), book = notice_known_by(WAY_WORKBOOK), tris = notice_known_by(WAY_TRIS);

	(void)state;
	assert_true((api & NOTICE_BIT(agency)) != 0 && (api & NOTICE_BIT(relevant)) != 0 && (api & NOTICE_BIT(all_trading_partners)) != 0);
	assert_true((api & NOTICE_DOCS_FORM_EN) != 0 && (api & NOTICE_DOCS_TEXTS) != 0);
	assert_true((api & (NOTICE_DOCS_FORM_FR | NOTICE_DOCS_FORM_ES)) == 0);
	assert_true((book & NOTICE_BIT(keywords)) != 0 && (book & NOTICE_BIT(deadline)) != 0 && (book & NOTICE_BIT(countries)) != 0);
	assert_true((book & NOTICE_BIT(agency)) == 0 && (book & NOTICE_BIT(rationale)) == 0);
	assert_true((book & NOTICE_DOCS_FORM_FR) != 0 && (book & NOTICE_DOCS_FORM_ES) != 0);
	assert_true((tris & NOTICE_BIT(standstill_end)) != 0 && (tris & NOTICE_BIT(category)) != 0 && (tris & NOTICE_BIT(hs)) == 0);
	assert_true((api & NOTICE_BIT(standstill_end)) == 0);
	assert_true(((api | book | tris) & (NOTICE_BIT(notified_under) | NOTICE_BIT(reasons))) == 0);
	assert_true(notice_known_by(WAY_FORM) == (NOTICE_BIT(notified_under) | NOTICE_BIT(reasons) | NOTICE_BIT(agency) | NOTICE_BIT(rationale) |
	    NOTICE_BIT(relevant) | NOTICE_BIT(adoption) | NOTICE_BIT(entry_into_force)));
}

static void
test_kind_follows_the_last_tail(void **state)
{
	(void)state;
	assert_int_equal(kind_of("G/TBT/N/BRA/366/Add.1/Corr.1", false), KIND_CORRIGENDUM);
	assert_int_equal(kind_of("G/TBT/N/BRA/366/Rev.1/Add.1", true), KIND_ADDENDUM);
	assert_int_equal(kind_of("G/TBT/N/BRA/366/Rev.1", true), KIND_REVISION);
	assert_int_equal(kind_of("G/TBT/N/BRA/366/Suppl.1", false), KIND_SUPPLEMENT);
	assert_int_equal(kind_of("G/TBT/N/BRA/366", true), KIND_URGENT);
	assert_int_equal(kind_of("2024/0321/FI", false), KIND_DRAFT);
	assert_int_equal(kind_of("unknown/Rev.1", false), KIND_DRAFT);
}

static void
test_names_go_both_ways(void **state)
{
	enum source s;
	enum area a;
	enum kind k;

	(void)state;
	assert_true(source_parse("tris", &s) && s == SOURCE_TRIS && strcmp(source_name(s), "tris") == 0);
	assert_true(area_parse("SPS", &a) && a == AREA_SPS && strcmp(area_name(a), "SPS") == 0);
	assert_true(kind_parse("supplement", &k) && k == KIND_SUPPLEMENT && strcmp(kind_name(k), "supplement") == 0);
	assert_false(source_parse("ePing", &s) || area_parse("", &a) || kind_parse("drafts", &k));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hs_codes_have_one_form),
		cmocka_unit_test(test_ics_codes_have_one_form),
		cmocka_unit_test(test_texts_are_cleaned_and_bounded),
		cmocka_unit_test(test_normalise_derives_the_identity_from_the_symbols),
		cmocka_unit_test(test_normalise_keeps_the_member_of_an_id_that_does_not_parse),
		cmocka_unit_test(test_normalise_makes_sets_whatever_the_order),
		cmocka_unit_test(test_equality_ignores_labels_and_letter_case_of_links_alone),
		cmocka_unit_test(test_adders_leave_out_what_cannot_stand_in_a_record),
		cmocka_unit_test(test_field_text_is_for_people),
		cmocka_unit_test(test_merge_keeps_what_a_way_cannot_tell),
		cmocka_unit_test(test_merge_clears_what_a_way_knows_to_be_gone),
		cmocka_unit_test(test_texts_that_differ_in_blanks_are_the_same),
		cmocka_unit_test(test_merge_keeps_texts_that_differ_in_blanks),
		cmocka_unit_test(test_merge_never_renames_a_record),
		cmocka_unit_test(test_merge_takes_from_the_form_what_it_tells),
		cmocka_unit_test(test_a_form_makes_urgent_only_where_no_type_is_told),
		cmocka_unit_test(test_ways_know_what_their_source_shows),
		cmocka_unit_test(test_kind_follows_the_last_tail),
		cmocka_unit_test(test_names_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
