/* What prose does, in synthetic sentences in the manner of real ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/notice/prose.h"
#include "prose_fixture.h"

struct sentence {
	const char *text, *says;
};

static void
check(const struct sentence *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct notice *add = follow_up("G/TBT/N/XXX/1/Add.1", KIND_ADDENDUM);
		AUTO_BUF got = BUF_INIT;

		notice_set_text(&add->description, s[i].text, "");
		say(add, &got);
		if (strcmp(buf_str(&got), s[i].says) != 0)
			fail_msg("'%s' says '%s', not '%s'", s[i].text, s[i].says, buf_str(&got));
		forget(add);
	}
}

static const struct sentence the_comment_period[] = {
	{ "The comment period for the notice of proposed rulemaking notified in G/TBT/N/USA/2211 is extended until 29 September 2025.",
	    "deadline 2025-09-29" },
	{ "The comment period has been extended from 29 July 2025 to 29 September 2025.",
	    "deadline 2025-09-29" },
	{ "On 5 May 2025, EPA extended the comment period until June 4, 2025.",
	    "deadline 2025-06-04" },
	{ "EPA is reopening the comment period for the proposed rule; comments must be received on or before September 29, 2025.",
	    "deadline 2025-09-29" },
	{ "The deadline for submitting comments has been extended by 30 days to 29/09/2025.",
	    "deadline 2025-09-29" },
	{ "New deadline for comments: 29.09.2025",
	    "deadline 2025-09-29" },
	{ "The final date for comments is postponed to Sept. 29, 2025.",
	    "deadline 2025-09-29" },
	{ "The comment period is extended by 30 days.",
	    "deadline" },
	{ "Le délai pour la présentation des observations est prolongé jusqu'au 29 septembre 2025.",
	    "deadline 2025-09-29" },
	{ "La date limite pour la présentation des observations est reportée au 1er octobre 2025.",
	    "deadline 2025-10-01" },
	{ "El plazo para la presentación de observaciones se prorroga hasta el 29 de septiembre de 2025.",
	    "deadline 2025-09-29" },
	{ "Se amplía el período de consulta pública hasta el 1 de octubre de 2025.",
	    "deadline 2025-10-01" },
	{ "Fecha límite para la presentación de observaciones: 29 de septiembre de 2025",
	    "deadline 2025-09-29" },
	{ "The comment period which closed on 29 July 2025 is reopened until 29 September 2025.",
	    "deadline 2025-09-29" },
	{ "Comments are due by 4pm Eastern Time on 30 June 2025.",
	    "deadline 2025-06-30" },
	{ "The period for comments has been reopened and will close on 29 September 2025.",
	    "deadline 2025-09-29" },
	{ "The closing date for comments is changed to 2025-09-29.",
	    "deadline 2025-09-29" },
	{ "The deadline for comments is shortened from 29 September 2025 to 29 July 2025.",
	    "deadline 2025-07-29" },
	{ "The date for submission of comments has been moved to October 15th, 2025.",
	    "deadline 2025-10-15" },
	{ "The comment deadline of 29 July 2025 has been extended to 29 August 2025 at the request of Members.",
	    "deadline 2025-08-29" },
	{ "Members are invited to send comments before 29 September 2025.",
	    "deadline 2025-09-29" },
	{ "Le délai de présentation des observations a été prorogé jusqu'au 1er septembre 2025.",
	    "deadline 2025-09-01" },
	{ "Se reabre el plazo para comentarios hasta el 1 de septiembre de 2025.",
	    "deadline 2025-09-01" },
	{ "Notice of Extension of Comment Period",
	    "deadline" },
	{ "The comment period closes 29 September 2025.",
	    "deadline 2025-09-29" },
};

static const struct sentence withdrawals[] = {
	{ "The proposed rule notified in G/TBT/N/USA/2210 is withdrawn.",
	    "withdrawn" },
	{ "La mesure notifiée est retirée.",
	    "withdrawn" },
	{ "Le projet de décret notifié sous la cote G/TBT/N/FRA/1 a été retiré.",
	    "withdrawn" },
	{ "La medida notificada ha sido retirada.",
	    "withdrawn" },
	{ "Se retira la notificación G/TBT/N/MEX/1.",
	    "withdrawn" },
	{ "The notification was circulated in error and should be considered null and void.",
	    "withdrawn" },
	{ "Mexico wishes to withdraw the notification G/TBT/N/MEX/5.",
	    "withdrawn" },
	{ "The notified measure was revoked on 3 June 2025.",
	    "withdrawn" },
	{ "The temporary ban on imports of poultry from Hungary was lifted on 3 June 2025.",
	    "withdrawn" },
	{ "The United States is withdrawing the notice of proposed rulemaking.",
	    "withdrawn" },
	{ "The draft technical regulation has been cancelled.",
	    "withdrawn" },
	{ "Please disregard this notification.",
	    "withdrawn" },
	{ "The Ministry has decided not to proceed with the draft regulation.",
	    "withdrawn" },
	{ "The Ordinance notified in G/TBT/N/BRA/5 is hereby revoked by Ordinance No. 7 of 2 June 2025.",
	    "withdrawn" },
	{ "La notification a été distribuée par erreur et doit être considérée comme nulle et non avenue.",
	    "withdrawn" },
	{ "La notificación G/TBT/N/PER/1 queda sin efecto.",
	    "withdrawn" },
};

static const struct sentence adoption_and_entry_into_force[] = {
	{ "The measure notified in G/TBT/N/CHN/1 was adopted on 3 June 2025.",
	    "adopted" },
	{ "The final regulation was published in the Official Gazette on 3 June 2025 and will enter into force on 3 December 2025.",
	    "adopted in-force if=2025-12-03" },
	{ "Le règlement a été adopté le 3 juin 2025 et entrera en vigueur le 3 décembre 2025.",
	    "adopted in-force if=2025-12-03" },
	{ "El reglamento entró en vigor el 3 de junio de 2025.",
	    "in-force if=2025-06-03" },
	{ "Final rule - The agency amends its requirements for labels.",
	    "adopted content" },
	{ "The regulation became effective on 15 May 2025.",
	    "in-force if=2025-05-15" },
	{ "The date of entry into force: 15 July 2025.",
	    "in-force if=2025-07-15" },
	{ "The draft text was adopted without changes.",
	    "adopted" },
	{ "This regulation enters into force on 1 July 2025.",
	    "in-force if=2025-07-01" },
	{ "The Decree entered into force upon publication.",
	    "in-force" },
	{ "La résolution a été publiée au Journal officiel le 3 juin 2025.",
	    "adopted" },
	{ "Mediante Resolución 5 de 2025 se aprueba el Reglamento Técnico notificado.",
	    "adopted" },
	{ "Fue publicado en el Diario Oficial el 3 de junio de 2025 el Decreto 12.",
	    "adopted" },
	{ "The Regulation shall apply from 1 January 2026.",
	    "in-force if=2026-01-01" },
	{ "Comments on the draft were submitted by 12 Members; the regulation was adopted on 3 June 2025.",
	    "adopted" },
	{ "The regulation was signed by the Minister on 2 June 2025.",
	    "adopted" },
	{ "The text of the final measure is available from https://example.org/final.pdf",
	    "adopted" },
	{ "The regulation has been in force since 1 May 2025.",
	    "in-force if=2025-05-01" },
	{ "The final text is available at the following address.",
	    "adopted" },
	{ "The regulation was published in the Official Journal on 3 June 2025 and shall be applied from 3 June 2026.",
	    "adopted in-force if=2026-06-03" },
	{ "The draft regulation notified in G/TBT/N/KOR/1 was finalized and promulgated on 3 June 2025.",
	    "adopted" },
	{ "El Decreto entrará en vigencia el 1 de diciembre de 2025.",
	    "in-force if=2025-12-01" },
	{ "The date of adoption of the notified measure is 3 June 2025.",
	    "adopted" },
	{ "The notified regulation was approved by the Cabinet on 3 June 2025.",
	    "adopted" },
};

static const struct sentence guidance_and_content[] = {
	{ "The transition period is extended until 31 December 2026.",
	    "content" },
	{ "In response to comments received, the compliance date is extended to 1 January 2027.",
	    "content" },
	{ "Interpretive guidance has been issued and is available at https://example.org.",
	    "guidance" },
	{ "Guidelines for the application of the regulation have been published.",
	    "guidance" },
	{ "The scope of the notified measure has been extended to cover electric bicycles.",
	    "content" },
	{ "The effective date of the rule is delayed until 1 March 2026.",
	    "content" },
	{ "The draft was revised following comments received.",
	    "content" },
};

static const struct sentence mere_mentions[] = {
	{ "The 60-day comment period ended on 5 May 2025 and the comments were considered.",
	    "none" },
	{ "Products that do not comply must be withdrawn from the market.",
	    "none" },
	{ "The withdrawal period for the veterinary drug is 28 days.",
	    "none" },
	{ "The proposed date of entry into force is 1 January 2026.",
	    "none" },
	{ "The draft regulation is proposed to enter into force on 1 January 2026.",
	    "none" },
	{ "The regulation will enter into force 6 months after publication.",
	    "none" },
	{ "The proposed date of adoption is 1 September 2025.",
	    "none" },
	{ "The draft was published for public consultation on 3 June 2025.",
	    "none" },
	{ "EPA published a proposed rule on 3 June 2025.",
	    "none" },
	{ "The notification has not been withdrawn.",
	    "none" },
	{ "The measure remains in force until revoked.",
	    "none" },
	{ "The standard entered into force on 3 June 2019 and is still applied.",
	    "none" },
	{ "La fecha de entrada en vigor propuesta es el 1 de enero de 2026.",
	    "none" },
	{ "Date projetée pour l'entrée en vigueur: 1er janvier 2026",
	    "none" },
	{ "Notification of the postponement of the date of entry into force to 1 January 2027.",
	    "none" },
	{ "The competent authority may withdraw the approval of the laboratory.",
	    "none" },
	{ "Importers shall withdraw the lots of products covered by this regulation.",
	    "none" },
	{ "This addendum corrects the HS codes of the notified measure.",
	    "none" },
	{ "A public hearing will be held on 9 July 2025; written comments are welcome.",
	    "none" },
	{ "The measure withdraws the exemption for small producers.",
	    "none" },
};

static void
test_new_end_of_the_comment_period_is_read_in_three_languages(void **state)
{
	(void)state;
	check(the_comment_period, sizeof(the_comment_period) / sizeof(*the_comment_period));
}

static void
test_withdrawal_and_cancellation_are_told_from_their_words(void **state)
{
	(void)state;
	check(withdrawals, sizeof(withdrawals) / sizeof(*withdrawals));
}

static void
test_adoption_and_entry_into_force_are_told_with_the_day(void **state)
{
	(void)state;
	check(adoption_and_entry_into_force, sizeof(adoption_and_entry_into_force) / sizeof(*adoption_and_entry_into_force));
}

static void
test_guidance_and_changes_of_content_are_told(void **state)
{
	(void)state;
	check(guidance_and_content, sizeof(guidance_and_content) / sizeof(*guidance_and_content));
}

static void
test_mere_mentions_say_nothing(void **state)
{
	(void)state;
	check(mere_mentions, sizeof(mere_mentions) / sizeof(*mere_mentions));
}

/* ---- which words are believed of which document ---- */

static void
assert_says(struct notice *n, const char *title, const char *description, const char *keyword, const char *expected)
{
	AUTO_BUF got = BUF_INIT;

	notice_set_text(&n->title, title, "en");
	notice_set_text(&n->description, description, "en");
	if (keyword != NULL)
		strv_add(&n->keywords, keyword);
	say(n, &got);
	assert_string_equal(buf_str(&got), expected);
	forget(n);
}

static void
test_base_and_revision_describe_what_they_would_do(void **state)
{
	static const char draft[] = "This regulation was adopted on 3 June 2025, enters into force on 1 July 2025 and is withdrawn.";

	(void)state;
	assert_says(follow_up("G/TBT/N/XXX/1", KIND_DRAFT), "T", draft, NULL, "none");
	assert_says(follow_up("G/TBT/N/XXX/1/Rev.1", KIND_REVISION), "T", draft, NULL, "none");
	assert_says(follow_up("G/TBT/N/XXX/1/Suppl.1", KIND_SUPPLEMENT), "T", draft, NULL, "none");
	assert_says(follow_up("G/TBT/N/XXX/1", KIND_DRAFT), "T", draft, "Withdrawal of the measure", "withdrawn");
	assert_says(follow_up("G/TBT/N/XXX/1/Rev.1", KIND_REVISION), "T", "Comments are due by 30 June 2025.", NULL, "deadline 2025-06-30");
	assert_says(follow_up("G/TBT/N/XXX/1", KIND_DRAFT), "T", "Comments are due by 30 June 2025.", NULL, "none");
}

static void
test_corrigendum_cancels_but_only_quotes_the_rest(void **state)
{
	(void)state;
	assert_says(follow_up("G/SPS/N/XXX/1/Add.2/Corr.1", KIND_CORRIGENDUM), "Ordinance", "The Ordinance shall come into force on 1 July 2025 with changes.",
	    "Adoption/publication/entry into force of reg.", "none");
	assert_says(follow_up("G/SPS/N/XXX/1/Corr.1", KIND_CORRIGENDUM), "Cancellation of Notification G/SPS/N/XXX/1", "See title.", NULL, "withdrawn");
	assert_says(follow_up("G/SPS/N/XXX/1/Corr.1", KIND_CORRIGENDUM), "T", "The final date for comments should read 29 September 2025.", NULL,
	    "deadline 2025-09-29");
}

static void
test_keyword_of_three_meanings_is_settled_by_the_prose(void **state)
{
	static const char keyword[] = "Adoption/publication/entry into force of reg.";

	(void)state;
	assert_says(follow_up("G/SPS/N/XXX/1/Add.1", KIND_ADDENDUM), "T", "See the attached text.", keyword, "adopted");
	assert_says(follow_up("G/SPS/N/XXX/1/Add.1", KIND_ADDENDUM), "T", "It came into force on 10 June 2025.", keyword, "in-force if=2025-06-10");
	assert_says(follow_up("G/SPS/N/XXX/1/Add.1", KIND_ADDENDUM), "T", "x", "Modification of content/scope of regulation", "content");
	assert_says(follow_up("G/SPS/N/XXX/1/Add.1", KIND_ADDENDUM), "T", "x", "Modification of final date for comments", "deadline");
	assert_says(follow_up("G/SPS/N/XXX/1/Add.1", KIND_ADDENDUM), "T", "The order that lifts the ban was published on 3 June 2025.",
	    "Withdrawal of the measure", "withdrawn");
}

static void
test_entry_into_force_of_what_is_open_for_comment_is_a_plan(void **state)
{
	struct notice *n = follow_up("G/TBT/N/XXX/1/Add.1", KIND_ADDENDUM);

	(void)state;
	assert_says(follow_up("G/TBT/N/XXX/1/Add.1", KIND_ADDENDUM), "T",
	    "The comment period is extended until 29 September 2025. The regulation will enter into force on 1 January 2026.", NULL, "deadline 2025-09-29");
	assert_true(date_parse_iso("2025-08-01", &n->deadline, NULL));
	assert_says(n, "T", "The regulation will enter into force on 1 January 2026.", NULL, "none");
}

static void
test_ticked_boxes_count_and_empty_ones_do_not(void **state)
{
	struct prose p = { .effects = 0 };
	char day[DATE_TEXT];

	(void)state;
	prose_read("Reason for Addendum:\n[X] Comment period changed - date: 29 September 2025\n[ ] Notified measure adopted - date:\n"
	    "[ ] Notified measure enters into force - date:\n[ ] Notified measure withdrawn or revoked - date:\nDescription: -", DATE_NONE, &p);
	assert_int_equal(p.effects, 1u << EVENT_DEADLINE);
	assert_string_equal(date_format(p.deadline, day), "2025-09-29");

	p = (struct prose){ .effects = 0 };
	prose_read("\xe2\x98\x92 Notified measure enters into force - date: 1 July 2025\n\xe2\x98\x90 Interpretive guidance issued and text available from:",
	    DATE_NONE, &p);
	assert_int_equal(p.effects, 1u << EVENT_IN_FORCE);
	assert_string_equal(date_format(p.in_force, day), "2025-07-01");
}

static void
test_footnote_of_the_form_says_nothing(void **state)
{
	(void)state;
	assert_says(follow_up("G/TBT/N/XXX/1/Add.1", KIND_ADDENDUM), "T", "-__________1 This information can be provided by including a website address, "
	    "a PDF attachment, or other information on where the text of the final measure/change to the measure/interpretative guidance can be obtained.",
	    NULL, "none");
}

static void
test_hostile_text_costs_little_and_breaks_nothing(void **state)
{
	AUTO_BUF b = BUF_INIT;
	struct prose p = { .effects = 0 };

	(void)state;
	for (int i = 0; i < 4000; i++)
		buf_adds(&b, "notification comments period withdrawn until ");
	prose_read(buf_str(&b), DATE_NONE, &p);
	buf_reset(&b);
	for (int i = 1; i < 20000; i++)
		buf_addc(&b, (char)(1 + i * 7 % 255));
	prose_read(buf_str(&b), DATE_NONE, &p);
	prose_read("\xc3", DATE_NONE, &p);
	prose_read("\xe2\x98", DATE_NONE, &p);
	prose_read("", DATE_NONE, &p);
	prose_read("[X]", DATE_NONE, &p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_end_of_the_comment_period_is_read_in_three_languages),
		cmocka_unit_test(test_withdrawal_and_cancellation_are_told_from_their_words),
		cmocka_unit_test(test_adoption_and_entry_into_force_are_told_with_the_day),
		cmocka_unit_test(test_guidance_and_changes_of_content_are_told),
		cmocka_unit_test(test_mere_mentions_say_nothing),
		cmocka_unit_test(test_base_and_revision_describe_what_they_would_do),
		cmocka_unit_test(test_corrigendum_cancels_but_only_quotes_the_rest),
		cmocka_unit_test(test_keyword_of_three_meanings_is_settled_by_the_prose),
		cmocka_unit_test(test_entry_into_force_of_what_is_open_for_comment_is_a_plan),
		cmocka_unit_test(test_ticked_boxes_count_and_empty_ones_do_not),
		cmocka_unit_test(test_footnote_of_the_form_says_nothing),
		cmocka_unit_test(test_hostile_text_costs_little_and_breaks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
