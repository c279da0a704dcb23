/* Events of reactions, attached texts and whatever else a record holds. All records here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "derive_fixture.h"

static void
test_detailed_opinion_extends_the_standstill(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");
	AUTO_COPY(b, a);

	(void)state;
	strv_add(&b.opinions_by, "Germany");
	strv_add(&b.opinions_by, "European Commission");
	strv_add(&b.comments_by, "France");
	b.deadline = b.standstill_end = iso("2025-09-16");
	b.standstill_original = iso("2025-06-16");
	assert_changed(&a, &b, "deadline extended 2025-06-16 -> 2025-09-16\n"
	    "reaction: detailed opinion by European Commission, Germany; comments by France");
}

static void
test_reaction_names_only_the_new_issuers_and_tells_them(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");
	AUTO_COPY(b, a);
	struct dossier_context none = { .deadline = DATE_NONE };
	AUTO_EVENTS e = EVENTS_INIT;

	(void)state;
	strv_add(&a.comments_by, "France");
	strv_add(&b.comments_by, "France");
	strv_add(&b.comments_by, "Malta");
	assert_changed(&a, &b, "reaction: comments by Malta");
	events_derive(&a, &b, &none, iso("2025-06-12"), false, &e);
	assert_string_equal(e.v[0].new, "Malta");
	assert_null(e.v[0].old);
	strv_add(&a.opinions_by, "Poland");
	assert_changed(&a, &b, "reaction: comments by Malta\nedited: detailed_opinion_by");
	strv_clear(&b.comments_by);
	strv_add(&b.opinions_by, "Poland");
	assert_changed(&a, &b, "edited: comments_by");
}

static void
test_withdrawal_line_of_a_page_is_withdrawn(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");
	AUTO_COPY(b, a);

	(void)state;
	notice_set_line(&b.withdrawal, "Withdrawn on 01/06/2025");
	assert_changed(&a, &b, "withdrawn");
	assert_derived(NULL, &b, "", false, "new\nwithdrawn");
}

static void
test_final_and_other_documents_have_their_own_events(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");
	AUTO_COPY(b, a);

	(void)state;
	documents_add(&a.documents, "draft", "en", "https://t/text/D/EN");
	documents_add(&b.documents, "draft", "en", "https://t/text/D/EN");
	documents_add(&b.documents, "final", "en", "https://t/text/F/EN");
	assert_changed(&a, &b, "final");
	documents_add(&b.documents, "draft", "fr", "https://t/text/D/FR");
	assert_changed(&a, &b, "final\ndocument: draft fr added");
	documents_add(&a.documents, "final", "en", "https://t/text/F/EN");
	assert_changed(&a, &b, "document: draft fr added");
	assert_changed(&b, &a, "document: draft fr removed");
}

static void
test_document_is_changed_by_its_text_and_not_by_learning_it(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");

	(void)state;
	documents_add(&a.documents, "draft", "en", "https://t/text/D/EN");
	{
		AUTO_COPY(b, a);

		b.documents.v[0].text_sha256 = xstrdup("1111");
		assert_changed(&a, &b, "renormalised");
		a.documents.v[0].text_sha256 = xstrdup("2222");
		assert_changed(&a, &b, "document: draft en changed");
		notice_set_text(&b.title, "Another title", "en");
		assert_changed(&a, &b, "document: draft en changed\nedited: title");
	}
}

static void
test_another_link_to_the_same_text_is_an_edit(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");
	AUTO_MADE(b, "2025/0155/FR", "2025-03-14", "2025-06-16");

	(void)state;
	documents_add(&a.documents, "draft", "en", "https://t/text/D/EN");
	documents_add(&b.documents, "draft", "en", "https://t/text/D2/EN");
	assert_changed(&a, &b, "document: draft en changed");
	a.documents.v[0].text_sha256 = xstrdup("1111");
	b.documents.v[0].text_sha256 = xstrdup("1111");
	assert_changed(&a, &b, "edited: documents");
}

static void
test_form_in_another_language_counts_only_when_it_comes_alone(void **state)
{
	AUTO_MADE(a, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);

	(void)state;
	documents_add(&b.documents, "notification", "fr", "https://docs.wto.org/u.docx");
	assert_changed(&a, &b, "document: notification fr added");
	b.deadline = iso("2025-09-01");
	assert_changed(&a, &b, "deadline extended 2025-08-11 -> 2025-09-01");
	b.deadline = a.deadline;
	codes_add(&b.hs, "9503", NULL);
	assert_changed(&a, &b, "edited: hs");
}

static void
test_text_of_a_modified_measure_says_that_the_content_changed(void **state)
{
	AUTO_MADE(a, "G/TBT/N/ARG/339/Add.3", "2025-06-12", "");
	AUTO_COPY(b, a);

	(void)state;
	documents_add(&b.documents, "modification", "es", "https://members.wto.org/crnattachments/2025/TBT/ARG/modification/25_0777_00_s.pdf");
	assert_derived(NULL, &b, "", true, "addendum\ncontent");
	assert_changed(&a, &b, "content\ndocument: modification es added");
}

static void
test_there_and_back_is_an_event_each_time(void **state)
{
	AUTO_MADE(a, "G/TBT/N/IND/374", "2025-06-12", "2025-08-11");
	AUTO_COPY(b, a);

	(void)state;
	notice_set_text(&b.title, "Draft order on toys", "en");
	assert_changed(&a, &b, "edited: title");
	assert_changed(&b, &a, "edited: title");
}

/* Whatever differs, something is said, in order, and it can be carried by a commit. */
static void
test_every_single_field_that_differs_bears_an_event(void **state)
{
	AUTO_MADE(a, "2025/0155/FR", "2025-03-14", "2025-06-16");

	(void)state;
	for (size_t row = 0; row < notice_fields_count; row++) {
		AUTO_COPY(b, a);
		void *field = (char *)&b + notice_fields[row].offset;
		struct dossier_context none = { .deadline = DATE_NONE };
		AUTO_BUF out = BUF_INIT;

		switch (notice_fields[row].type) {
		case FIELD_LINE: notice_set_line(field, "other"); break;
		case FIELD_TEXT: notice_set_text(field, "Other words.", "en"); break;
		case FIELD_DATE: *(struct date *)field = iso("2025-07-07"); break;
		case FIELD_SET: strv_add(field, "Other"); break;
		case FIELD_CODES: codes_add(field, "9503", NULL); break;
		case FIELD_ANSWER: *(enum answer *)field = ANSWER_YES; break;
		case FIELD_MILESTONE: ((struct milestone *)field)->date = iso("2025-07-07"); break;
		case FIELD_DOCUMENTS: documents_add(field, "other", "", "https://x/"); break;
		case FIELD_VARIANTS: variants_add(field, "FR", "Title", "x"); break;
		}
		derive(&a, &b, &none, "2025-06-12", false, &out);
		if (out.len == 0)
			fail_msg("nothing is said of '%s'", notice_fields[row].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_detailed_opinion_extends_the_standstill),
		cmocka_unit_test(test_reaction_names_only_the_new_issuers_and_tells_them),
		cmocka_unit_test(test_withdrawal_line_of_a_page_is_withdrawn),
		cmocka_unit_test(test_final_and_other_documents_have_their_own_events),
		cmocka_unit_test(test_document_is_changed_by_its_text_and_not_by_learning_it),
		cmocka_unit_test(test_another_link_to_the_same_text_is_an_edit),
		cmocka_unit_test(test_form_in_another_language_counts_only_when_it_comes_alone),
		cmocka_unit_test(test_text_of_a_modified_measure_says_that_the_content_changed),
		cmocka_unit_test(test_there_and_back_is_an_event_each_time),
		cmocka_unit_test(test_every_single_field_that_differs_bears_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
