#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "feeds/wto_form.h"
#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/limits.h"
#include "lib/base/utf8.h"

/* All forms here are synthetic: the boxes are those of the WTO, what stands in them is made up. */

/* What a form tells, a line a field that it knows: "name: value". */
static char *
told(const char *text)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF out = BUF_INIT;
	struct error err;

	if (wto_form_read(text, &n, &err) != 0) {
		buf_addf(&out, "refused: %s\n", err.text);
		return buf_take(&out);
	}
	if (n.urgent)
		buf_adds(&out, "urgent\n");
	for (size_t i = 0; i < notice_fields_count; i++) {
		if ((n.known & UINT64_C(1) << i) == 0) {
			assert_true(notice_field_empty(&n, i));
			continue;
		}
		buf_addf(&out, "%s: ", notice_fields[i].name);
		notice_field_text(&n, i, &out);
		buf_addc(&out, '\n');
	}
	assert_true((n.known & ~notice_known_by(WAY_FORM)) == 0);
	return buf_take(&out);
}

static void
assert_told(const char *text, const char *expected)
{
	AUTO_FREE char *got = told(text);

	assert_string_equal(got, expected);
}

#define TABLE_FORM(ARTICLES)								\
	"# NOTIFICATION\n"								\
	"The following notification is being circulated in accordance with Article 10.6.\n"	\
	"| 1. | Notifying Member: KENYA / If applicable, name of local government involved (Article 3.2 and 7.2): |\n"	\
	"| 2. | Agency responsible: Kenya Bureau of Standards / P.O. Box 54974, Nairobi / Name and address (including telephone and fax numbers, email "	\
	"and website addresses, if available) of agency or authority designated to handle comments regarding the notification shall be indicated if "	\
	"different from above: / enquiry@kebs.example |\n"	\
	"| 3. | Notified under Article " ARTICLES " |\n"	\
	"| 4. | Products covered (HS or CCCN where applicable, otherwise national tariff heading. ICS numbers may be provided in addition, where applicable): Honey (HS 0409) |\n"	\
	"| 5. | Title, number of pages and language(s) of the notified document: DKS 36: Honey; (12 page(s), in English) |\n"	\
	"| 6. | Description of content: Limits for honey. |\n"	\
	"| 7. | Objective and rationale, including the nature of urgent problems where applicable: Consumer protection: safe honey; Quality requirements |\n"	\
	"| 8. | Relevant documents: / 1. Codex STAN 12 / 2. G/TBT/N/KEN/100 |\n"	\
	"| 9. | Proposed date of adoption: 1 June 2026 / Proposed date of entry into force: 6 months after adoption |\n"	\
	"| 10. | Final date for comments: 60 days from notification |\n"	\
	"| 11. | Texts available from: National enquiry point [ ] or address of other body: / kebs.example |\n"

#define TABLE_REST									\
	"Rationale: Consumer protection: safe honey; Quality requirements\n"		\
	"Relevant documents: 1. Codex STAN 12\n2. G/TBT/N/KEN/100\n"
#define TABLE_HEAD									\
	"Agency: Kenya Bureau of Standards; P.O. Box 54974, Nairobi\n"			\
	"Adoption: 2026-06-01\n"							\
	"Entry into force: 6 months after adoption\n"

static void
test_a_table_with_marks_behind_the_articles(void **state)
{
	(void)state;
	assert_told(TABLE_FORM("2.9.2 [X], 2.10.1 [ ], 5.6.2 [X], 5.7.1 [ ], 3.2 [ ], 7.2 [ ], other [ ]:"),
	    TABLE_HEAD "Notified under: 2.9.2, 5.6.2\n" TABLE_REST);
}

static void
test_marks_come_in_many_shapes(void **state)
{
	static const struct { const char *box, *articles; } boxes[] = {
		{ "2.9.2 [x], 2.10.1 [  ], other [ ]:", "2.9.2" },
		{ "2.9.2 \u2612, 2.10.1 \u2610, 5.6.2 \u2611, other \u2610:", "2.9.2, 5.6.2" },
		{ "\u2612 2.9.2 \u2610 2.10.1 \u2611 5.6.2 \u2610 5.7.1 \u2612 other: Article 10.7", "2.9.2, 5.6.2, other" },
		{ "[X] 2.9.2, [ ] 2.10.1, [X] 7.2", "2.9.2, 7.2" },
		{ "2.9.2 X, 2.10.1, 5.6.2, 3.2 X", "2.9.2, 3.2" },
		{ "2.9.2 [\u2612], 5.6.2 [\u2610]", "2.9.2" },
		{ "2.9.2[X],2.10.1[ ],3.2[ ],7.2[X],other[X]:", "2.9.2, 7.2, other" },
		{ "2.9.2 (X), 2.10.1 ( )", "2.9.2" },
		{ "2.9.2 [ ], 2.10.1 [ ]", "" },
		/* not the articles of the list: 12.9.2, 2.9.21, 13.2 */
		{ "12.9.2 [X], 2.9.21 [X], 13.2 [X], 5.6.2 [X]", "5.6.2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++) {
		AUTO_FREE char *text = xasprintf("| 1. | Notifying Member: X |\n| 2. | Agency responsible: Y |\n| 3. | Notified under Article %s |\n", boxes[i].box);
		AUTO_FREE char *expected = xasprintf("Agency: Y\nNotified under: %s\n", boxes[i].articles);

		assert_told(text, expected);
	}
}

static void
test_articles_for_urgent_measures_make_urgent(void **state)
{
	(void)state;
	assert_told("1. Notifying Member: KENYA\n2. Agency responsible: KEBS\n3. Notified under Article 2.9.2 [ ], 2.10.1 [X], 5.6.2 [ ], 5.7.1 [X]\n",
	    "urgent\nAgency: KEBS\nNotified under: 2.10.1, 5.7.1\n");
}

static void
test_a_box_without_marks_or_text_tells_nothing(void **state)
{
	(void)state;
	assert_told("1. Notifying Member: KENYA\n2. Agency responsible:\n3. Notified under Article 2.9.2, 2.10.1\n8. Relevant documents: -\n"
	    "9. Proposed date of adoption: Proposed date of entry into force: To be determined\n",
	    "Entry into force: To be determined\n");
}

static void
test_paragraphs_in_french_and_spanish(void **state)
{
	(void)state;
	assert_told(
	    "1. Membre notifiant: FRANCE\n"
	    "2. Organisme responsable : Minist\u00e8re de la sant\u00e9\n"
	    "Les nom et adresse de l'organisme charg\u00e9 des observations:\n"
	    "3. Notification au titre de l'article 2.9.2 [X], 2.10.1 [ ], 5.6.2 [ ], 5.7.1 [ ], autres:\n"
	    "7. Objectif et justification, y compris la nature des probl\u00e8mes urgents, le cas \u00e9ch\u00e9ant: Sant\u00e9\n"
	    "9. Date projet\u00e9e pour l'adoption: 1er juillet 2026 Date projet\u00e9e pour l'entr\u00e9e en vigueur: \u00e0 d\u00e9terminer\n"
	    "10. Date limite pour la pr\u00e9sentation des observations: 60 jours\n",
	    "Agency: Minist\u00e8re de la sant\u00e9\nAdoption: 2026-07-01\nEntry into force: \u00e0 d\u00e9terminer\nNotified under: 2.9.2\nRationale: Sant\u00e9\n");
	assert_told(
	    "| 1. | Miembro que notifica: PER\u00da |\n"
	    "| 2. | Organismo responsable: DIGEMID |\n"
	    "| 3. | Notificaci\u00f3n hecha en virtud del art\u00edculo 2.9.2 [ ], 2.10.1 [ ], 5.6.2 [ ], 5.7.1 [ ], o en virtud de: otros [X] |\n"
	    "| 7. | Objetivo y raz\u00f3n de ser, incluida, cuando proceda, la naturaleza de los problemas urgentes: Salud |\n"
	    "| 8. | Documentos pertinentes: Ley 29459 |\n"
	    "| 9. | Fecha propuesta de adopci\u00f3n: 12/08/2026 / Fecha propuesta de entrada en vigor: 29 de septiembre de 2026 |\n",
	    "Agency: DIGEMID\nAdoption: 2026-08-12\nEntry into force: 2026-09-29\nNotified under: other\nRationale: Salud\nRelevant documents: Ley 29459\n");
}

static void
test_an_sps_form_has_other_numbers_and_no_articles(void **state)
{
	(void)state;
	assert_told(
	    "| 1. | Notifying Member: KENYA / If applicable, name of local government involved: |\n"
	    "| 2. | Agency responsible: KEPHIS |\n"
	    "| 3. | Products covered (provide tariff item number(s)): Avocado |\n"
	    "| 4. | Regions or countries likely to be affected, to the extent relevant or practicable: / [X] All trading partners / [ ] Specific regions or countries: |\n"
	    "| 5. | Title of the notified document: Order |\n"
	    "| 6. | Description of content: Limits. |\n"
	    "| 7. | Objective and rationale: [X] food safety, [ ] animal health, [ ] plant protection, [ ] protect humans from animal/plant pest or disease, [ ] protect "
	    "territory from other damage from pests. Residues of the pesticide are a risk. |\n"
	    "| 8. | Is there a relevant international standard? If so, identify the standard: / [X] Codex Alimentarius Commission: CXL 1 |\n"
	    "| 9. | Other relevant documents and language(s) in which these are available: Gazette 12 |\n"
	    "| 10. | Proposed date of adoption (dd/mm/yy): To be determined / Proposed date of publication (dd/mm/yy): 01/02/2026 |\n"
	    "| 11. | Proposed date of entry into force: [X] Six months from date of publication, and/or (dd/mm/yy): / [ ] Trade facilitating measure |\n"
	    "| 12. | Final date for comments: [X] Sixty days from the date of circulation |\n",
	    "Agency: KEPHIS\nAdoption: To be determined\nEntry into force: Six months from date of publication\n"
	    "Rationale: Residues of the pesticide are a risk.\nRelevant documents: Gazette 12\n");
}

/* ---- addenda ---- */

static void
test_reasons_of_an_addendum(void **state)
{
	(void)state;
	assert_told(
	    "Title: Supplemental technical regulations\n"
	    "Reason for Addendum:\n"
	    "[ ] Comment period changed - date:\n"
	    "[X] Notified measure adopted - date: 8 June 2024\n"
	    "[X] Notified measure published - date: 9 June 2024\n"
	    "\u2612 Notified measure enters into force - date: 01/07/2024\n"
	    "[X] Text of final measure available from[^1]: https://x.example/\n"
	    "[ ] Notified measure withdrawn or revoked - date:\n"
	    "Relevant symbol if measure re-notified:\n"
	    "[ ] Content or scope of notified measure changed and text available from[^1]:\n"
	    "New deadline for comments (if applicable):\n"
	    "[ ] Interpretive guidance issued and text available from[^1]:\n"
	    "[ ] Other:\n"
	    "Description: -\n",
	    "Adoption: 2024-06-08\nEntry into force: 2024-07-01\nReasons: adopted, enters into force, published, text of final measure available\n");
}

static void
test_each_reason_has_its_phrase(void **state)
{
	static const struct { const char *label, *reason; } labels[] = {
		{ "Comment period changed - date:", REASON_DEADLINE }, { "Notified measure adopted", REASON_ADOPTED },
		{ "Notified measure published", REASON_PUBLISHED }, { "Notified measure enters into force", REASON_IN_FORCE },
		{ "Text of final measure available from:", REASON_FINAL_TEXT }, { "Notified measure withdrawn or revoked", REASON_WITHDRAWN },
		{ "Content or scope of notified measure changed", REASON_CONTENT }, { "Interpretive guidance issued", REASON_GUIDANCE }, { "Other:", REASON_OTHER },
		{ "Modification of final date for comments", REASON_DEADLINE },
		{ "Notification of adoption, publication or entry into force of regulation", REASON_OUTCOME },
		{ "Modification of content and/or scope of previously notified draft regulation", REASON_CONTENT },
		{ "Withdrawal of proposed regulation", REASON_WITHDRAWN },
		{ "Change in proposed date of adoption, publication or date of entry into force", REASON_DATES },
		{ "Entr\u00e9e en vigueur de la mesure notifi\u00e9e - date:", REASON_IN_FORCE }, { "Retirada o derogaci\u00f3n de la medida notificada", REASON_WITHDRAWN },
	};

	(void)state;
	/* the reason is looked at among others that are not ticked */
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		bool dates = strcmp(labels[i].reason, REASON_DATES) == 0;
		AUTO_FREE char *text = xasprintf("%s[X] %s\n[ ] Comment period changed\n[ ] Notified measure adopted\n[ ] Interpretive guidance issued\n",
		    dates ? "" : "[ ] Change in proposed date of adoption\n", labels[i].label);
		AUTO_FREE char *expected = xasprintf("Reasons: %s\n", labels[i].reason);

		assert_told(text, expected);
	}
}

static void
test_reasons_in_a_table_or_marked_behind(void **state)
{
	(void)state;
	assert_told(
	    "| [ ] | Comment period changed - date: |\n| [X] | Notified measure published - date: 8 June 2024 |\n| [ ] | Interpretive guidance issued |\n| \u2612 | Other: |\n",
	    "Reasons: other, published\n");
	assert_told(
	    "| This addendum concerns a: / [ ] Modification of final date for comments / [X] Notification of adoption, publication or entry into force of regulation / "
	    "[ ] Withdrawal of proposed regulation / [ ] Other: |\n",
	    "Reasons: " REASON_OUTCOME "\n");
	assert_told("Comment period changed [X]\nNotified measure adopted [ ]\nNotified measure published [ ]\n", "Reasons: " REASON_DEADLINE "\n");
	assert_told("[ ] Comment period changed\n[ ] Notified measure adopted\n[ ] Notified measure published\n", "Reasons: \n");
}

static void
test_what_is_no_form_is_refused(void **state)
{
	static const char *const texts[] = {
		"", "# A draft\nArticle 1 The limit is 5 mg.\n", "Agency responsible: X\n", "[X] Other: a questionnaire\n[ ] Other: yes\n",
		"Comment period changed\nNotified measure adopted\n",
	};
	AUTO_BUF huge = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_told(texts[i], "refused: no notification form of the WTO: its boxes are missing\n");
	for (size_t i = 0; i <= LIMIT_TEXT / 16; i++)
		buf_adds(&huge, "Proposed date of ");
	assert_told(buf_str(&huge), "refused: a notification form of more than 1024 KB\n");
	/* labels without end: bounded work */
	buf_truncate(&huge, LIMIT_TEXT - 1);
	assert_told(buf_str(&huge), "refused: no notification form of the WTO: its boxes are missing\n");
}

/* A real addendum, as published. */
static void
test_a_real_addendum(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF raw = BUF_INIT, text = BUF_INIT;
	struct error err;

	(void)state;
	if (data == NULL) {
		print_message("skipped: REGWATCH_DATA is not set\n");
		skip();
	}
	path = file_join(data, "eping/tbt-addendum-form.txt");
	assert_int_equal(file_read(path, 1 << 20, &raw, &err), 0);
	utf8_clean(buf_str(&raw), raw.len, true, &text);
	assert_told(buf_str(&text), "Reasons: published, text of final measure available\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_table_with_marks_behind_the_articles),
		cmocka_unit_test(test_marks_come_in_many_shapes),
		cmocka_unit_test(test_articles_for_urgent_measures_make_urgent),
		cmocka_unit_test(test_a_box_without_marks_or_text_tells_nothing),
		cmocka_unit_test(test_paragraphs_in_french_and_spanish),
		cmocka_unit_test(test_an_sps_form_has_other_numbers_and_no_articles),
		cmocka_unit_test(test_reasons_of_an_addendum),
		cmocka_unit_test(test_each_reason_has_its_phrase),
		cmocka_unit_test(test_reasons_in_a_table_or_marked_behind),
		cmocka_unit_test(test_what_is_no_form_is_refused),
		cmocka_unit_test(test_a_real_addendum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
