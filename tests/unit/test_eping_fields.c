#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/eping_fields.h"
#include "feeds/eping_links.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/limits.h"

#define FORM "https://docs.wto.org/imrd/directdoc.asp?DDFDocuments/"
#define ATTACHMENT "https://members.wto.org/crnattachments/2025/"

static void
assert_text(const char *html, const char *plain, const char *expected)
{
	struct text t = { NULL, "" };

	eping_text(&t, html, plain, true);
	if (expected == NULL)
		assert_null(t.s);
	else
		assert_string_equal(t.s, expected);
	free(t.s);
}

static void
test_text_of_html_and_of_its_plain_twin_is_the_same(void **state)
{
	(void)state;
	assert_text("<p style=\"margin:2px\">Milk of&nbsp;cows &amp; goats</p>", "Milk of cows & goats", "Milk of cows & goats");
	assert_text("<p style=\"margin:2px\">Milk of&nbsp;cows &amp; goats</p>", NULL, "Milk of cows & goats");
	assert_text(NULL, "Milk of cows & goats", "Milk of cows & goats");
	assert_text("", "Milk of\u00a0cows & goats", "Milk of cows & goats");
	assert_text("<p><span>Milk of  cows\r\n&amp; goats</span></p> <p></p>", "Milk of cows & goats", "Milk of cows & goats");
	assert_text(NULL, NULL, NULL);
	assert_text("<p></p>", " \u00a0", NULL);
}

static void
test_text_prefers_the_plain_twin_where_they_differ(void **state)
{
	(void)state;
	assert_text("<p>Milk</p>", "Milk and cheese", "Milk and cheese");
}

static void
test_text_takes_paragraphs_from_markup_alone(void **state)
{
	(void)state;
	assert_text("<p>One.</p><p>Two.<br/>Three\nand more.</p>", "One.Two.Three and more.", "One.\nTwo.\nThree and more.");
	/* wrapped as it came, with the carriage return as workbooks write it */
	assert_text(NULL, "Auxiliary \nFuel Tanks", "Auxiliary Fuel Tanks");
	assert_text(NULL, "test methods._x000D_\nThis document", "test methods. This document");
}

static void
test_text_loses_what_nobody_sees(void **state)
{
	(void)state;
	assert_text(NULL, "soft\u00adhyphen\u200b, blank  \u00a0 blank", "softhyphen, blank blank");
	assert_text(NULL, "more &gt; 50&nbsp;% &#233; AT&T; R&D", "more > 50 % \u00e9 AT&T; R&D");
	assert_text(NULL, "limit < 5 mg &amp; > 1 mg", "limit < 5 mg & > 1 mg");
	assert_text(NULL, "providers.>", "providers.>");
}

static void
assert_codes(enum eping_code kind, const char *cell, const char *expected)
{
	struct notice n = NOTICE_INIT;
	AUTO_BUF got = BUF_INIT;
	struct codes *codes = kind == EPING_HS ? &n.hs : &n.ics;

	notice_init(&n);
	eping_codes(codes, kind, cell);
	notice_normalise(&n);
	for (size_t i = 0; i < codes->n; i++)
		buf_addf(&got, "%s=%s|", codes->v[i].code, codes->v[i].label != NULL ? codes->v[i].label : "");
	assert_string_equal(buf_str(&got), expected);
	notice_clear(&n);
}

static void
test_codes_are_split_where_a_code_begins(void **state)
{
	(void)state;
	assert_codes(EPING_HS, "04 - DAIRY PRODUCE; BIRDS' EGGS; NATURAL HONEY; 3926 - Articles of plastics; 392690 - Other",
	    "04=DAIRY PRODUCE; BIRDS' EGGS; NATURAL HONEY|3926=Articles of plastics|3926.90=Other|");
	assert_codes(EPING_HS, "8517 - Telephones; of 4 - 5 kinds", "8517=Telephones; of 4 - 5 kinds|");
	assert_codes(EPING_HS, "8701; 8702 ", "8701=|8702=|");
	assert_codes(EPING_HS, "of a thickness <=\u00a05\u00a0mm; 3816 - Refractory cements", "3816=Refractory cements|");
	assert_codes(EPING_HS, "", "");
	assert_codes(EPING_HS, NULL, "");
	assert_codes(EPING_HS, "unknown", "");
}

static void
test_codes_are_a_set(void **state)
{
	(void)state;
	assert_codes(EPING_ICS, "11.120 - Pharmaceutics; 11.120 - Pharmaceutics", "11.120=Pharmaceutics|");
	assert_codes(EPING_ICS, "43.080 - Commercial vehicles; 23.020.20 - Vessels and containers mounted on vehicles",
	    "23.020.20=Vessels and containers mounted on vehicles|43.080=Commercial vehicles|");
}

static void
test_code_of_an_item_has_its_label_without_the_code(void **state)
{
	struct codes codes = { NULL, 0, 0 };

	(void)state;
	eping_code(&codes, EPING_HS, "030617", "030617 - Frozen shrimps &amp; prawns");
	eping_code(&codes, EPING_HS, "9503", "Toys");
	eping_code(&codes, EPING_HS, NULL, "8701 - Tractors");
	eping_code(&codes, EPING_HS, "none", NULL);
	assert_int_equal(codes.n, 3);
	assert_string_equal(codes.v[0].code, "0306.17");
	assert_string_equal(codes.v[0].label, "Frozen shrimps & prawns");
	assert_string_equal(codes.v[1].label, "Toys");
	assert_string_equal(codes.v[2].code, "8701");
	assert_string_equal(codes.v[2].label, "Tractors");
	for (size_t i = 0; i < codes.n; i++) {
		free(codes.v[i].code);
		free(codes.v[i].label);
	}
	free(codes.v);
}

static void
test_list_keeps_each_value_once(void **state)
{
	AUTO_STRV set = STRV_INIT;

	(void)state;
	eping_list(&set, "Food safety (SPS); Animal diseases;Animal diseases; Pests &amp; diseases; Consumer information, labelling (TBT); ");
	assert_int_equal(set.n, 4);
	assert_string_equal(set.v[0], "Food safety (SPS)");
	assert_string_equal(set.v[1], "Animal diseases");
	assert_string_equal(set.v[2], "Pests & diseases");
	assert_string_equal(set.v[3], "Consumer information, labelling (TBT)");
}

static void
assert_date(const char *text, bool valid, const char *expected)
{
	char got[DATE_TEXT];
	struct date d;

	assert_int_equal(eping_date(text, &d), valid);
	assert_string_equal(date_format(d, got), expected);
}

static void
test_date_is_the_day_of_its_first_ten_characters(void **state)
{
	(void)state;
	assert_date("2026-07-02T00:00:00+00:00", true, "2026-07-02");
	assert_date("2026-07-02T23:59:59-11:00", true, "2026-07-02");
	assert_date("2026-07-02", true, "2026-07-02");
	assert_date("06/10/2026", true, "2026-10-06");
	assert_date(NULL, true, "");
	assert_date(" ", true, "");
	assert_date("0001-01-01T00:00:00", true, "");
	assert_date("2025-02-31T00:00:00+00:00", false, "");
	assert_date("2025-02-3", false, "");
	assert_date("2025-02-280", false, "");
	assert_date("soon", false, "");
}

static void
test_deadline_may_be_told_not_to_be(void **state)
{
	static const char *const none[] = { "n/a", "N/A", "Not  applicable.", " none ", "-", "N.A.", "Sans objet", NULL, "" };
	static const char *const wrong[] = { "soon", "not", "none yet", "2025-02-31", "." };
	struct date d;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		assert_true(eping_deadline(none[i], &d));
		assert_false(date_is_set(d));
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(eping_deadline(wrong[i], &d));
	assert_true(eping_deadline("2025-08-09T00:00:00+00:00", &d));
	assert_int_equal(d.day, 9);
}

static void
test_milestone_keeps_words_that_are_no_date(void **state)
{
	struct milestone m = { DATE_NONE, NULL };
	char text[DATE_TEXT];

	(void)state;
	eping_milestone(&m, NULL, "60 days after&nbsp;publication");
	assert_false(date_is_set(m.date));
	assert_string_equal(m.text, "60 days after publication");
	eping_milestone(&m, "2026-01-01T00:00:00+00:00", NULL);
	assert_string_equal(date_format(m.date, text), "2026-01-01");
	assert_null(m.text);
	eping_milestone(&m, "To be determined", NULL);
	assert_false(date_is_set(m.date));
	assert_string_equal(m.text, "To be determined");
	free(m.text);
}

static void
assert_links(const char *text, const char *expected)
{
	AUTO_STRV urls = STRV_INIT;
	AUTO_BUF got = BUF_INIT;

	eping_links(text, &urls);
	strv_join(&urls, "\n", &got);
	assert_string_equal(buf_str(&got), expected);
}

static void
test_links_are_found_between_commas_lines_and_words(void **state)
{
	(void)state;
	assert_links("https://a.example/1.pdf,https://a.example/2.pdf", "https://a.example/1.pdf\nhttps://a.example/2.pdf");
	assert_links("https://a.example/1.pdf;\r\nhttps://a.example/2.pdf\r\n", "https://a.example/1.pdf\nhttps://a.example/2.pdf");
	assert_links("See (https://a.example/x_(y)), or: http://b.example/. Thank you", "https://a.example/x_(y)\nhttp://b.example/");
	assert_links("https://a.example/uri=1,2&amp;b=3_x000D_\nhttps://a.example/uri=1,2&b=3", "https://a.example/uri=1,2&b=3");
	assert_links("<a href=\"https://a.example/p\">https://a.example/p</a>", "https://a.example/p");
	assert_links("https://tec.gov.in/Draft_(GR)_of_\u201cDrive_Tool.pdf", "https://tec.gov.in/Draft_(GR)_of_\u201cDrive_Tool.pdf");
	assert_links("on request; www.a.example; https://; ftp://a.example/x", "");
	assert_links(NULL, "");
}

static void
test_links_of_the_wto_have_one_letter_case(void **state)
{
	(void)state;
	assert_links(FORM "T/G/TBTN26/ARE703.docx", FORM "t/G/TBTN26/ARE703.DOCX");
	assert_links(FORM "t/G/TBTN26/ARE703.DOCX", FORM "t/G/TBTN26/ARE703.DOCX");
	assert_links("HTTPS://Docs.WTO.org/imrd/DirectDoc.asp?ddfdocuments/V/G/SPS/NCHL796R1.docx", FORM "v/G/SPS/NCHL796R1.DOCX");
	assert_links("https://Members.WTO.org/CRNAttachments/2025/tbt/usa/Final_Measure/25_03868_00_E.PDF",
	    ATTACHMENT "TBT/USA/final_measure/25_03868_00_e.pdf");
	assert_links("HTTP://Example.ORG/Path?Q=R", "http://example.org/Path?Q=R");	/* others' paths are their own */
}

static void
assert_documents(const struct documents *d, const char *expected)
{
	AUTO_BUF got = BUF_INIT;

	for (size_t i = 0; i < d->n; i++)
		buf_addf(&got, "%s/%s/%s\n", d->v[i].kind, d->v[i].lang, strrchr(d->v[i].url, '/') + 1);
	assert_string_equal(buf_str(&got), expected);
}

static void
test_documents_tell_kind_and_language_by_their_link(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	notice_init(&n);
	eping_attachments(&n.documents, ATTACHMENT "TBT/USA/25_1_00_e.pdf," ATTACHMENT "TBT/USA/25_1_01_f.pdf," ATTACHMENT
	    "TBT/USA/25_1_02_s.pdf," ATTACHMENT "TBT/USA/25_1_03_x.pdf," ATTACHMENT "TBT/THA/final_measure/25_2_00_x.pdf," ATTACHMENT
	    "SPS/JPN/modification/25_3_00_e.pdf,https://example.org/final_measure/25_4_00_e.pdf");
	eping_forms(&n.documents, FORM "T/G/TBTN26/ARE703.docx", "en");
	eping_forms(&n.documents, FORM "u/G/TBTN26/ARE703.docx", "en");
	eping_forms(&n.documents, "https://docs.wto.org/dol2fe/Pages/SS/directdoc.aspx?filename=s:/G/TBTN26/ARE704.pdf", "en");
	eping_forms(&n.documents, "https://example.org/form.pdf", "fr");
	assert_documents(&n.documents, "draft/en/25_1_00_e.pdf\ndraft/fr/25_1_01_f.pdf\ndraft/es/25_1_02_s.pdf\ndraft//25_1_03_x.pdf\n"
	    "final//25_2_00_x.pdf\nmodification/en/25_3_00_e.pdf\ndraft//25_4_00_e.pdf\n"
	    "notification/en/ARE703.DOCX\nnotification/fr/ARE703.DOCX\nnotification/es/ARE704.pdf\nnotification/fr/form.pdf\n");
}

static void
identify(struct notice *n, const char *symbols, const char *area, const char *type, const char *member)
{
	struct error err;

	notice_init(n);
	eping_line(&n->type, type);
	assert_int_equal(eping_identify(n, symbols, area, member, &err), 0);
	eping_finish(n);
}

static void
test_identity_of_a_joint_notification_is_its_first_symbol(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;

	(void)state;
	identify(&n, " G/TBT/N/ARE/703/add.1, G/TBT/N/BHR/780/Add.1 ,G/TBT/N/TPKM/9/Add.1", NULL, "Addendum to Regular Notification", "BH");
	assert_string_equal(n.id, "G/TBT/N/ARE/703/Add.1");
	assert_string_equal(n.dossier, "G/TBT/N/ARE/703");
	assert_int_equal(n.symbols.n, 3);
	assert_string_equal(n.symbols.v[2], "G/TBT/N/TPKM/9/Add.1");
	assert_string_equal(n.member, "AE");
	assert_int_equal(n.members.n, 3);
	assert_string_equal(n.members.v[1], "BH");
	assert_string_equal(n.members.v[2], "TW");
	assert_int_equal(n.kind, KIND_ADDENDUM);
	assert_string_equal(n.url, "https://epingalert.org/en/Search?viewData=G%2FTBT%2FN%2FARE%2F703%2FAdd.1");
}

static void
test_kind_comes_from_the_symbol_and_urgency_from_the_type(void **state)
{
	static const struct { const char *symbol, *type; enum kind kind; bool urgent; } cases[] = {
		{ "G/SPS/N/PHL/1", "Emergency notifications (SPS)", KIND_URGENT, true },
		{ "G/SPS/N/PHL/1/Add.2", "Addendum to Emergency Notification (SPS)", KIND_ADDENDUM, true },
		{ "G/SPS/N/PHL/1/Add.2/Corr.1", "Regular notification", KIND_CORRIGENDUM, false },
		{ "G/TBT/N/PHL/1/Rev.1", "What nobody has seen yet", KIND_REVISION, false },
		{ "G/TBT/N/PHL/1/Suppl.1", NULL, KIND_SUPPLEMENT, false },
		{ "G/TBT/N/PHL/1", "Addendum to Regular Notification", KIND_DRAFT, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		AUTO_NOTICE n = NOTICE_INIT;

		identify(&n, cases[i].symbol, NULL, cases[i].type, "PH");
		assert_int_equal(n.kind, cases[i].kind);
		assert_int_equal(n.urgent, cases[i].urgent);
	}
}

static void
test_symbol_that_does_not_parse_is_kept(void **state)
{
	AUTO_NOTICE old = NOTICE_INIT;
	AUTO_NOTICE other = NOTICE_INIT;

	(void)state;
	identify(&old, " G/TBT/Notif.99/320", "TBT", "Regular notification", "JP");
	assert_string_equal(old.id, "G/TBT/Notif.99/320");
	assert_string_equal(old.dossier, "G/TBT/Notif.99/320");
	assert_string_equal(old.member, "JP");
	assert_int_equal(old.kind, KIND_DRAFT);
	assert_int_equal(old.area, AREA_TBT);
	identify(&other, "G/SPS/N/EQV/5", NULL, NULL, "PA");
	assert_string_equal(other.id, "G/SPS/N/EQV/5");
	assert_int_equal(other.area, AREA_SPS);
}

static void
assert_no_identity(const char *symbols)
{
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err;

	notice_init(&n);
	assert_int_equal(eping_identify(&n, symbols, "TBT", "US", &err), ERR_DATA);
}

static void
test_identity_needs_a_symbol_of_the_wto(void **state)
{
	(void)state;
	assert_no_identity(NULL);
	assert_no_identity(" \u00a0");
	assert_no_identity("2024/0321/FI");		/* would take the place of a record of TRIS */
	assert_no_identity("G/TBT/N/USA/1, 2024/0321/FI");
}

static void
finish(struct notice *n, const char *title, const char *description, const char *products)
{
	notice_init(n);
	notice_set_text(&n->title, title, "");
	notice_set_text(&n->description, description, "");
	notice_set_text(&n->products, products, "");
	n->known = NOTICE_BIT(title);
	eping_finish(n);
}

static void
test_language_is_that_of_each_text(void **state)
{
	AUTO_NOTICE es = NOTICE_INIT;
	AUTO_NOTICE en = NOTICE_INIT;
	AUTO_NOTICE genitive = NOTICE_INIT;

	(void)state;
	finish(&es, "Reglamento de los productos",
	    "Este documento establece los requisitos que deben cumplir los productos para la importaci\u00f3n en el pa\u00eds y las "
	    "condiciones de su etiquetado", "Grano de cebada");
	assert_string_equal(es.description.lang, "es");
	assert_string_equal(es.title.lang, "es");
	assert_string_equal(es.products.lang, "es");
	assert_string_equal(es.language, "es");
	finish(&en, "Toys", NULL, "Dolls");
	assert_string_equal(en.language, "en");
	assert_string_equal(en.products.lang, "en");
	finish(&genitive, "Children's watches", "The standard sets the limits for the straps of watches that children wear.",
	    "Children's watches (HS code(s): 910212); (ICS code(s): 39.040.10)");
	assert_string_equal(genitive.products.lang, "en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_of_html_and_of_its_plain_twin_is_the_same),
		cmocka_unit_test(test_text_prefers_the_plain_twin_where_they_differ),
		cmocka_unit_test(test_text_takes_paragraphs_from_markup_alone),
		cmocka_unit_test(test_text_loses_what_nobody_sees),
		cmocka_unit_test(test_codes_are_split_where_a_code_begins),
		cmocka_unit_test(test_codes_are_a_set),
		cmocka_unit_test(test_code_of_an_item_has_its_label_without_the_code),
		cmocka_unit_test(test_list_keeps_each_value_once),
		cmocka_unit_test(test_date_is_the_day_of_its_first_ten_characters),
		cmocka_unit_test(test_deadline_may_be_told_not_to_be),
		cmocka_unit_test(test_milestone_keeps_words_that_are_no_date),
		cmocka_unit_test(test_links_are_found_between_commas_lines_and_words),
		cmocka_unit_test(test_links_of_the_wto_have_one_letter_case),
		cmocka_unit_test(test_documents_tell_kind_and_language_by_their_link),
		cmocka_unit_test(test_identity_of_a_joint_notification_is_its_first_symbol),
		cmocka_unit_test(test_kind_comes_from_the_symbol_and_urgency_from_the_type),
		cmocka_unit_test(test_symbol_that_does_not_parse_is_kept),
		cmocka_unit_test(test_identity_needs_a_symbol_of_the_wto),
		cmocka_unit_test(test_language_is_that_of_each_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
