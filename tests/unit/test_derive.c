/* Which events a version bears. All records here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "derive_fixture.h"

/* ---- first sight ---- */

static void
test_base_is_new_and_urgent_under_an_urgency_procedure(void **state)
{
	AUTO_MADE(n, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");

	(void)state;
	assert_derived(NULL, &n, "", false, "new");
	n.urgent = true;
	n.kind = KIND_URGENT;
	assert_derived(NULL, &n, "", false, "new\nurgent");
}

static void
test_base_of_over_30_days_is_archived_unless_it_is_open(void **state)
{
	AUTO_MADE(n, "G/TBT/N/IND/374", "2025-05-12", "2025-06-11");

	(void)state;
	assert_derived(NULL, &n, "", false, "archived");	/* 31 days, closed yesterday */
	n.distributed = iso("2025-05-13");
	assert_derived(NULL, &n, "", false, "new");		/* 30 days */
	n.distributed = iso("2025-01-01");
	n.deadline = iso("2025-06-12");
	assert_derived(NULL, &n, "", false, "new");		/* closes today */
	n.deadline = DATE_NONE;
	assert_derived(NULL, &n, "", false, "archived");
	assert_derived(NULL, &n, "2025-07-01", false, "new");	/* an addendum keeps its dossier open */
	n.urgent = true;
	assert_derived(NULL, &n, "", false, "archived");
	n.distributed = DATE_NONE;
	assert_derived(NULL, &n, "", false, "new\nurgent");
}

static void
test_base_brings_no_deadline_event_even_after_its_follow_ups(void **state)
{
	AUTO_MADE(n, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");

	(void)state;
	assert_derived(NULL, &n, "2025-07-01", false, "new");
	assert_derived(NULL, &n, "2025-09-01", false, "new");
}

static void
test_base_is_not_read_for_what_it_does(void **state)
{
	AUTO_MADE(n, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");

	(void)state;
	notice_set_text(&n.description, "The order is withdrawn, was adopted and entered into force on 1 June 2025.", "en");
	assert_derived(NULL, &n, "", false, "new");
}

static void
test_addendum_extends_shown_by_its_field_or_its_prose(void **state)
{
	AUTO_MADE(n, "G/TBT/N/USA/2211/Add.1", "2025-06-12", "2025-09-29");

	(void)state;
	notice_set_text(&n.description, "The comment period for the notice of proposed rulemaking notified in G/TBT/N/USA/2211 is extended until "
	    "29 September 2025.", "en");
	assert_derived(NULL, &n, "2025-07-29", true, "addendum\ndeadline extended 2025-07-29 -> 2025-09-29");
	n.deadline = DATE_NONE;
	assert_derived(NULL, &n, "2025-07-29", true, "addendum\ndeadline extended 2025-07-29 -> 2025-09-29");
	assert_derived(NULL, &n, "2025-06-11", true, "addendum\ndeadline reopened 2025-06-11 -> 2025-09-29");
	assert_derived(NULL, &n, "2025-06-12", true, "addendum\ndeadline extended 2025-06-12 -> 2025-09-29");
	assert_derived(NULL, &n, "", true, "addendum\ndeadline set -> 2025-09-29");
	assert_derived(NULL, &n, "", false, "addendum\ndeadline set -> 2025-09-29");
	assert_derived(NULL, &n, "2025-10-01", true, "addendum");	/* a later one stands already */
}

static void
test_addendum_tells_what_it_does(void **state)
{
	AUTO_MADE(n, "G/TBT/N/USA/2210/Add.1", "2025-06-12", "");

	(void)state;
	assert_derived(NULL, &n, "2025-07-29", true, "addendum");
	notice_set_text(&n.description, "The proposed rule notified in G/TBT/N/USA/2210 is withdrawn.", "en");
	assert_derived(NULL, &n, "2025-07-29", true, "addendum\nwithdrawn");
	notice_set_text(&n.description, "The rule was published in the Official Gazette on 3 June 2025 and entered into force on 10 June 2025.", "en");
	assert_derived(NULL, &n, "2025-07-29", true, "addendum\nadopted\nin-force -> 2025-06-10");
	documents_add(&n.documents, "final", "en", "https://members.wto.org/crnattachments/2025/TBT/USA/final_measure/25_1_00_e.pdf");
	assert_derived(NULL, &n, "2025-07-29", true, "addendum\nadopted\nin-force -> 2025-06-10\nfinal");
}

static void
test_old_follow_up_of_a_closed_dossier_comes_from_the_archive(void **state)
{
	AUTO_MADE(n, "G/TBT/N/USA/1/Add.1", "2019-06-12", "");
	AUTO_EVENTS e = EVENTS_INIT;
	struct dossier_context open = { .deadline = iso("2025-07-01"), .base_known = true },
	    closed = { .deadline = iso("2019-05-01"), .base_known = true };

	(void)state;
	notice_set_text(&n.description, "The rule notified in G/TBT/N/USA/1 is withdrawn.", "en");
	assert_derived(NULL, &n, "2019-05-01", true, "archived\naddendum\nwithdrawn");
	assert_derived(NULL, &n, "2025-07-01", true, "addendum\nwithdrawn");
	events_derive(NULL, &n, &closed, iso("2025-06-12"), false, &e);
	assert_false(events_alert(&e));
	events_clear(&e);
	events_derive(NULL, &n, &open, iso("2025-06-12"), false, &e);
	assert_true(events_alert(&e));
}

static void
test_revision_opens_a_period_that_is_an_event_where_one_was_before(void **state)
{
	AUTO_MADE(n, "G/TBT/N/CHL/796/Rev.1", "2025-06-11", "2025-08-10");

	(void)state;
	assert_derived(NULL, &n, "", false, "revised");			/* base unknown */
	assert_derived(NULL, &n, "", true, "revised\ndeadline set -> 2025-08-10");
	assert_derived(NULL, &n, "2024-12-01", true, "revised\ndeadline reopened 2024-12-01 -> 2025-08-10");
	assert_derived(NULL, &n, "2025-07-01", true, "revised\ndeadline extended 2025-07-01 -> 2025-08-10");
	n.deadline = DATE_NONE;
	assert_derived(NULL, &n, "2024-12-01", true, "revised");
}

static void
test_corrigendum_and_supplement_have_their_own_names(void **state)
{
	AUTO_MADE(c, "G/TBT/N/BRA/366/Add.1/Corr.1", "2025-06-11", "");
	AUTO_MADE(s, "G/TBT/N/BRA/366/Suppl.1", "2025-06-11", "");

	(void)state;
	assert_derived(NULL, &c, "", true, "corrected");
	notice_set_text(&c.description, "The notification was circulated erroneously and should therefore be considered null and void.", "en");
	assert_derived(NULL, &c, "", true, "corrected\nwithdrawn");
	assert_derived(NULL, &s, "", true, "translated");
}

#define VOID "The notification was circulated erroneously and should therefore be considered null and void."

static void
assert_in(const struct notice *before, const struct notice *now, const struct dossier_context *dossier, const char *expected)
{
	AUTO_BUF b = BUF_INIT;

	derive(before, now, dossier, "2025-06-12", false, &b);
	assert_string_equal(buf_str(&b), expected);
}

/* Another date in its own field is that of the addendum which it cancels. */
static void
test_corrigendum_that_voids_moves_the_deadline_back(void **state)
{
	AUTO_MADE(c, "G/TBT/N/BRA/366/Add.1/Corr.1", "2025-06-11", "");
	struct dossier_context dossier = { .deadline = iso("2025-09-29"), .base_known = true, .voiding = iso("2025-07-30") };

	(void)state;
	assert_in(NULL, &c, &dossier, "corrected");
	notice_set_text(&c.description, VOID, "en");
	assert_in(NULL, &c, &dossier, "corrected\ndeadline shortened 2025-09-29 -> 2025-07-30\nwithdrawn");
	c.deadline = iso("2025-09-29");
	assert_in(NULL, &c, &dossier, "corrected\ndeadline shortened 2025-09-29 -> 2025-07-30\nwithdrawn");
	dossier.voiding = DATE_NONE;
	assert_in(NULL, &c, &dossier, "corrected\ndeadline removed 2025-09-29 ->\nwithdrawn");
	dossier.voiding = dossier.deadline;
	assert_in(NULL, &c, &dossier, "corrected\nwithdrawn");
}

static void
test_corrigendum_may_void_and_stop_voiding_later(void **state)
{
	AUTO_MADE(a, "G/TBT/N/BRA/366/Rev.1/Corr.1", "2025-06-11", "");
	AUTO_COPY(b, a);
	struct dossier_context dossier = { .deadline = iso("2025-09-29"), .base_known = true, .voiding = iso("2025-07-30") };

	(void)state;
	notice_set_text(&b.description, VOID, "en");
	assert_in(&a, &b, &dossier, "deadline shortened 2025-09-29 -> 2025-07-30\nwithdrawn");
	assert_in(&b, &a, &dossier, "deadline extended 2025-07-30 -> 2025-09-29\nedited: description");
}

/* It hangs on a document that is void until it says so. */
static void
test_corrigendum_may_void_the_one_that_voids(void **state)
{
	AUTO_MADE(c, "G/TBT/N/BRA/366/Add.1/Corr.1/Corr.1", "2025-06-11", "");
	struct dossier_context dossier = { .deadline = iso("2025-07-30"), .base_known = true, .voiding = iso("2025-09-29"), .voided = true };

	(void)state;
	notice_set_text(&c.description, VOID, "en");
	assert_in(NULL, &c, &dossier, "corrected\ndeadline extended 2025-07-30 -> 2025-09-29\nwithdrawn");
}

static void
test_deadline_of_a_voided_follow_up_does_not_count(void **state)
{
	AUTO_MADE(a, "G/TBT/N/BRA/366/Add.1", "2025-06-11", "2025-09-29");
	AUTO_COPY(b, a);
	struct dossier_context dossier = { .deadline = iso("2025-07-30"), .base_known = true, .voiding = iso("2025-07-30"), .voided = true };

	(void)state;
	b.deadline = iso("2025-10-29");
	assert_in(NULL, &a, &dossier, "addendum");
	assert_in(&a, &b, &dossier, "edited: deadline");
}

/* ---- a changed record ---- */

static void
test_equal_records_bear_no_event(void **state)
{
	AUTO_MADE(a, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);
	struct dossier_context none = { .deadline = DATE_NONE };
	AUTO_EVENTS e = EVENTS_INIT;

	(void)state;
	assert_changed(&a, &b, "");
	events_derive(&a, &b, &none, iso("2025-06-12"), true, &e);
	assert_int_equal(e.n, 0);
}

static void
test_silent_change_is_renormalised_and_nothing_else(void **state)
{
	AUTO_MADE(a, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);
	struct dossier_context none = { .deadline = DATE_NONE };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	b.deadline = iso("2025-09-01");
	notice_set_text(&b.description, "Better read.", "en");
	documents_add(&b.documents, "notification", "fr", "https://docs.wto.org/u.docx");
	derive(&a, &b, &none, "2025-06-12", true, &out);
	assert_string_equal(buf_str(&out), "renormalised");
}

static void
test_deadline_alone_is_only_a_deadline_event(void **state)
{
	AUTO_MADE(a, "G/SPS/N/NZL/784", "2025-06-09", "2025-08-08");
	AUTO_COPY(b, a);
	AUTO_COPY(none, a);

	(void)state;
	b.deadline = iso("2025-08-22");
	none.deadline = DATE_NONE;
	assert_changed(&a, &b, "deadline extended 2025-08-08 -> 2025-08-22");
	assert_changed(&b, &a, "deadline shortened 2025-08-22 -> 2025-08-08");
	assert_changed(&a, &none, "deadline removed 2025-08-08 ->");
	assert_changed(&none, &a, "deadline set -> 2025-08-08");
	a.deadline = iso("2025-06-01");
	assert_changed(&a, &b, "deadline reopened 2025-06-01 -> 2025-08-22");
	notice_set_text(&b.description, "The order limits lead in toys to 45 mg/kg.", "en");
	assert_changed(&a, &b, "deadline reopened 2025-06-01 -> 2025-08-22\nedited: description");
}

static void
test_deadline_that_the_dossier_outlasts_is_an_edit(void **state)
{
	AUTO_MADE(a, "G/SPS/N/NZL/784", "2025-06-09", "2025-08-08");
	AUTO_COPY(b, a);

	(void)state;
	b.deadline = iso("2025-08-22");
	assert_derived(&a, &b, "2025-09-30", true, "edited: deadline");
	assert_derived(&a, &b, "2025-08-15", true, "deadline extended 2025-08-15 -> 2025-08-22");
}

static void
test_deadline_in_prose_names_the_change_of_the_prose(void **state)
{
	AUTO_MADE(a, "G/SPS/N/NZL/784/Add.1", "2025-06-09", "");
	AUTO_COPY(b, a);

	(void)state;
	notice_set_text(&a.description, "The comment period is extended until 8 August 2025.", "en");
	notice_set_text(&b.description, "The comment period is extended until 22 August 2025.", "en");
	assert_changed(&a, &b, "deadline extended 2025-08-08 -> 2025-08-22");
}

static void
test_edit_names_all_fields_that_nothing_else_names(void **state)
{
	AUTO_MADE(a, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);

	(void)state;
	notice_set_text(&b.description, "The order limits lead in toys to 45 mg/kg. Importers may test in any accredited laboratory.", "en");
	assert_changed(&a, &b, "edited: description");
	assert_changed(&b, &a, "edited: description");
	codes_add(&b.hs, "9503", "Toys");
	strv_add(&b.objectives, "Harmonization");
	assert_changed(&a, &b, "edited: hs, objectives, description");
}

static void
test_edit_names_new_symbols_of_a_joint_notification(void **state)
{
	AUTO_MADE(a, "G/TBT/N/KEN/1", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);

	(void)state;
	strv_add(&b.symbols, "G/TBT/N/UGA/2");
	assert_changed(&a, &b, "edited: symbols");
}

static void
test_translation_covers_the_texts_that_come_with_it(void **state)
{
	AUTO_MADE(a, "G/SPS/N/NIC/131", "2025-06-10", "2025-08-09");
	AUTO_COPY(b, a);

	(void)state;
	notice_set_text(&a.title, "Resolución Ejecutiva por la cual se establecen los requisitos fitosanitarios para la importación de productos", "es");
	notice_set_text(&a.description, "La Resolución establece los requisitos fitosanitarios que deben cumplirse para la importación.", "es");
	notice_set_text(&a.products, "Productos de origen vegetal", "es");
	notice_set_text(&b.title, "Executive Resolution which establishes the phytosanitary requirements for the import of products", "en");
	notice_set_text(&b.description, "The Resolution establishes the phytosanitary requirements that must be met for the import.", "en");
	notice_set_text(&b.products, "Products of plant origin", "en");
	documents_add(&b.documents, "notification", "en", "https://docs.wto.org/t.docx");
	assert_changed(&a, &b, "translated es -> en");
	notice_set_text(&a.products, "Productos de origen vegetal", "en");	/* too short to tell its language */
	assert_changed(&a, &b, "translated es -> en");
	b.deadline = iso("2025-09-01");
	codes_add(&b.hs, "0602", NULL);
	assert_changed(&a, &b, "translated es -> en\ndeadline extended 2025-08-09 -> 2025-09-01\nedited: hs");
}

static void
test_same_text_in_a_language_told_anew_is_no_translation(void **state)
{
	AUTO_MADE(a, "G/SPS/N/NIC/131", "2025-06-10", "2025-08-09");
	AUTO_COPY(b, a);

	(void)state;
	a.title.lang[0] = '\0';
	notice_set_text(&b.title, "Draft order on the safety of all toys", "en");
	assert_changed(&a, &b, "edited: title");
}

static void
test_keywords_and_prose_that_newly_say_so_are_events(void **state)
{
	AUTO_MADE(a, "G/SPS/N/THA/773/Add.1", "2025-06-05", "");
	AUTO_COPY(b, a);

	(void)state;
	strv_add(&b.keywords, "Withdrawal of the measure");
	assert_changed(&a, &b, "withdrawn");
	assert_changed(&b, &a, "edited: keywords");
	notice_set_text(&b.description, "The temporary suspension was lifted on 3 March 2025.", "en");
	assert_changed(&a, &b, "withdrawn");
}

static void
test_boxes_ticked_on_an_addendum_are_events(void **state)
{
	static const struct { const char *reason, *events; } boxes[] = {
		{ REASON_ADOPTED, "adopted" }, { REASON_PUBLISHED, "adopted" }, { REASON_FINAL_TEXT, "adopted" }, { REASON_IN_FORCE, "in-force" },
		{ REASON_WITHDRAWN, "withdrawn" }, { REASON_CONTENT, "content" }, { REASON_GUIDANCE, "guidance" }, { REASON_OUTCOME, "adopted" },
		{ REASON_OTHER, "edited: reasons" }, { REASON_DATES, "edited: reasons" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++) {
		AUTO_MADE(a, "G/TBT/N/PHL/330/Add.1", "2024-06-21", "");
		AUTO_COPY(b, a);

		strv_add(&b.reasons, boxes[i].reason);
		assert_changed(&a, &b, boxes[i].events);
	}
}

static void
test_boxes_count_beside_prose_and_keywords_but_on_addenda_only(void **state)
{
	AUTO_MADE(a, "G/TBT/N/PHL/330/Add.1", "2024-06-21", "");
	AUTO_MADE(base, "G/TBT/N/PHL/330", "2024-06-21", "");

	(void)state;
	strv_add(&base.reasons, REASON_WITHDRAWN);
	assert_int_equal(event_effects(&base), 0);
	strv_add(&a.reasons, REASON_ADOPTED);
	strv_add(&a.reasons, REASON_IN_FORCE);
	notice_set_text(&a.description, "The regulation entered into force on 8 June 2024.", "en");
	assert_int_equal(event_effects(&a), 1u << EVENT_ADOPTED | 1u << EVENT_IN_FORCE);
	strv_clear(&a.reasons);
	strv_add(&a.reasons, REASON_OUTCOME);
	assert_int_equal(event_effects(&a), 1u << EVENT_IN_FORCE);
	/* an act that withdraws is itself adopted */
	strv_clear(&a.reasons);
	strv_add(&a.reasons, REASON_WITHDRAWN);
	assert_int_equal(event_effects(&a), 1u << EVENT_WITHDRAWN);
}

static void
test_planned_dates_are_edits_and_never_facts(void **state)
{
	AUTO_MADE(a, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);

	(void)state;
	b.adoption.date = iso("2025-06-01");
	b.entry_into_force.date = iso("2025-06-02");
	assert_changed(&a, &b, "edited: adoption, entry_into_force");
}

static void
test_presence_is_told_both_ways(void **state)
{
	AUTO_MADE(a, "G/TBT/N/CHN/2065", "2025-06-09", "2025-08-08");
	AUTO_COPY(b, a);

	(void)state;
	b.vanished = iso("2025-06-12");
	assert_changed(&a, &b, "vanished");
	assert_changed(&b, &a, "reappeared");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base_is_new_and_urgent_under_an_urgency_procedure),
		cmocka_unit_test(test_base_of_over_30_days_is_archived_unless_it_is_open),
		cmocka_unit_test(test_base_brings_no_deadline_event_even_after_its_follow_ups),
		cmocka_unit_test(test_base_is_not_read_for_what_it_does),
		cmocka_unit_test(test_addendum_extends_shown_by_its_field_or_its_prose),
		cmocka_unit_test(test_addendum_tells_what_it_does),
		cmocka_unit_test(test_old_follow_up_of_a_closed_dossier_comes_from_the_archive),
		cmocka_unit_test(test_revision_opens_a_period_that_is_an_event_where_one_was_before),
		cmocka_unit_test(test_corrigendum_and_supplement_have_their_own_names),
		cmocka_unit_test(test_corrigendum_that_voids_moves_the_deadline_back),
		cmocka_unit_test(test_corrigendum_may_void_and_stop_voiding_later),
		cmocka_unit_test(test_corrigendum_may_void_the_one_that_voids),
		cmocka_unit_test(test_deadline_of_a_voided_follow_up_does_not_count),
		cmocka_unit_test(test_equal_records_bear_no_event),
		cmocka_unit_test(test_silent_change_is_renormalised_and_nothing_else),
		cmocka_unit_test(test_deadline_alone_is_only_a_deadline_event),
		cmocka_unit_test(test_deadline_that_the_dossier_outlasts_is_an_edit),
		cmocka_unit_test(test_deadline_in_prose_names_the_change_of_the_prose),
		cmocka_unit_test(test_edit_names_all_fields_that_nothing_else_names),
		cmocka_unit_test(test_edit_names_new_symbols_of_a_joint_notification),
		cmocka_unit_test(test_translation_covers_the_texts_that_come_with_it),
		cmocka_unit_test(test_same_text_in_a_language_told_anew_is_no_translation),
		cmocka_unit_test(test_keywords_and_prose_that_newly_say_so_are_events),
		cmocka_unit_test(test_boxes_ticked_on_an_addendum_are_events),
		cmocka_unit_test(test_boxes_count_beside_prose_and_keywords_but_on_addenda_only),
		cmocka_unit_test(test_planned_dates_are_edits_and_never_facts),
		cmocka_unit_test(test_presence_is_told_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
