/* A dossier for people. All records here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/dossier_story.h"
#include "lib/base/alloc.h"
#include "lib/base/cleanup.h"

#define AUTO_STORY __attribute__((cleanup(story_clear))) struct story

static void
start(struct story *s, const char *id, const char *const *members, size_t n)
{
	s->id = xstrdup(id);
	s->notices = xcalloc(n, sizeof(*s->notices));
	s->pointers = xcalloc(n, sizeof(*s->pointers));
	for (size_t i = 0; i < n; i++) {
		strv_add(&s->ids, members[i]);
		notice_init(&s->notices[i]);
		strv_add(&s->notices[i].symbols, members[i]);
		s->notices[i].source = id[0] != 'G' ? SOURCE_TRIS : SOURCE_EPING;
		notice_normalise(&s->notices[i]);
		s->pointers[i] = &s->notices[i];
	}
}

static void
finish(struct story *s)
{
	for (size_t i = 0; i < s->ids.n; i++)
		notice_normalise(&s->notices[i]);
	dossier_init(&s->dossier, s->pointers, s->ids.n);
}

static void
tell(struct story *s, int64_t at, const char *notification, const char *trailer)
{
	struct event e;

	assert_int_equal(event_read(trailer, &e, NULL), 0);
	story_add_event(s, trailer, at, s->notices[0].source, notification, &e);	/* a commit each, by any name */
	event_clear(&e);
}

static void
test_story_is_told_in_full_and_each_document_once(void **state)
{
	static const char *const members[] = { "G/TBT/N/USA/2211", "G/TBT/N/USA/2211/Add.1" };
	static const char sha256[] = "5f3b1c0e9a775f3b1c0e9a775f3b1c0e9a775f3b1c0e9a775f3b1c0e9a775f3b";
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 2);
	notice_set_text(&s.notices[0].title, "Fuel tanks", "en");
	notice_set_text(&s.notices[0].description, "A limit of 100 mm.\nComments are welcome.", "en");
	s.notices[0].deadline = (struct date){ 2025, 7, 30 };
	s.notices[1].deadline = (struct date){ 2025, 9, 29 };
	documents_add(&s.notices[0].documents, "draft", "en", "https://members.wto.org/A.pdf");
	documents_add(&s.notices[1].documents, "draft", "en", "https://members.wto.org/a.pdf");
	documents_add(&s.notices[1].documents, "final", "en", "https://members.wto.org/b.pdf");
	s.notices[1].documents.v[1].text_sha256 = xstrdup(sha256);
	finish(&s);
	tell(&s, 1749700800, members[0], "new");
	tell(&s, 1749787200, members[1], "deadline extended 2025-07-30 -> 2025-09-29");
	setenv("REGWATCH_NOW", "2025-10-01T06:00:00Z", 1);
	assert_int_equal(story_deadlines(NULL, &s, NULL), 0);
	story_text(&s, false, 0, &out);
	assert_string_equal(buf_str(&out),
	    "G/TBT/N/USA/2211  United States of America\n"
	    "Fuel tanks\n"
	    "State: closed; comments until 2025-09-29\n"
	    "Sectors: uncoded\n"
	    "\nTimeline\n"
	    "  ----------  G/TBT/N/USA/2211  draft, comments until 2025-07-30  <- text in force here\n"
	    "      2025-06-12  new\n"
	    "    ----------  G/TBT/N/USA/2211/Add.1  addendum, comments until 2025-09-29\n"
	    "        2025-06-13  comment period extended to 2025-09-29 (was 2025-07-30)\n"
	    "\nDeadline history\n"
	    "              2025-07-30  set by G/TBT/N/USA/2211\n"
	    "              2025-07-30 -> 2025-09-29  extended by G/TBT/N/USA/2211/Add.1\n"
	    "\nDocuments\n"
	    "  draft        en  link only                https://members.wto.org/A.pdf\n"
	    "  final        en  text held, 5f3b1c0e9a77  https://members.wto.org/b.pdf\n"
	    "\nText of G/TBT/N/USA/2211\n"
	    "A limit of 100 mm.\n"
	    "Comments are welcome.\n");
}

static const char *const cancelled[] = { "G/TBT/N/USA/2211", "G/TBT/N/USA/2211/Add.1", "G/TBT/N/USA/2211/Add.1/Corr.1", "G/TBT/N/USA/2211/Rev.1" };

static void
tell_cancelled(struct story *s)
{
	start(s, cancelled[0], cancelled, 4);
	for (size_t i = 0; i < 4; i++)
		s->notices[i].distributed = (struct date){ 2025, 6, (int8_t)(5 + i) };
	s->notices[0].deadline = (struct date){ 2025, 7, 30 };
	s->notices[1].deadline = (struct date){ 2025, 9, 29 };
	s->notices[3].deadline = (struct date){ 2025, 7, 15 };
	notice_set_text(&s->notices[2].description, "The notification is null and void.", "en");
	finish(s);
	assert_int_equal(story_deadlines(NULL, s, NULL), 0);
}

static void
test_story_marks_what_is_void_replaced_and_without_effect(void **state)
{
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	tell_cancelled(&s);
	setenv("REGWATCH_NOW", "2025-07-29T06:00:00Z", 1);
	story_text(&s, false, 0, &out);
	assert_non_null(strstr(buf_str(&out),
	    "State: closing; comments until 2025-07-30 (1 day left)\n"
	    "Sectors: uncoded\n"
	    "\nTimeline\n"
	    "  2025-06-05  G/TBT/N/USA/2211  draft, comments until 2025-07-30, replaced by G/TBT/N/USA/2211/Rev.1\n"
	    "    2025-06-06  G/TBT/N/USA/2211/Add.1  addendum, comments until 2025-09-29 (void: G/TBT/N/USA/2211/Add.1/Corr.1)\n"
	    "      2025-06-07  G/TBT/N/USA/2211/Add.1/Corr.1  corrigendum, takes back G/TBT/N/USA/2211/Add.1\n"
	    "    2025-06-08  G/TBT/N/USA/2211/Rev.1  revision, comments until 2025-07-15  <- text in force here\n"
	    "\nDeadline history\n"
	    "  2025-06-05  2025-07-30  set by G/TBT/N/USA/2211\n"
	    "  2025-06-06  2025-07-30 -> 2025-09-29  told by G/TBT/N/USA/2211/Add.1, void: taken back by G/TBT/N/USA/2211/Add.1/Corr.1\n"
	    "  2025-06-08  2025-07-15  also told by G/TBT/N/USA/2211/Rev.1; 2025-07-30 stays\n"));
}

static void
test_story_keeps_the_deadline_that_a_record_lost_silently(void **state)
{
	static const char *const members[] = { "G/TBT/N/USA/2211" };
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 1);
	s.notices[0].distributed = (struct date){ 2025, 6, 5 };
	s.notices[0].deadline = (struct date){ 2025, 9, 1 };
	finish(&s);
	tell(&s, 1749700800, members[0], "new");
	tell(&s, 1749787200, members[0], "deadline extended 2025-08-10 -> 2025-09-01");
	assert_int_equal(story_deadlines(NULL, &s, NULL), 0);
	story_text(&s, false, 0, &out);
	assert_non_null(strstr(buf_str(&out), "  2025-06-13  2025-08-10 -> 2025-09-01  extended by G/TBT/N/USA/2211 (its record was changed)\n"));
}

static void
test_long_text_is_cut_and_says_where_the_rest_is(void **state)
{
	static const char *const members[] = { "G/TBT/N/USA/2211" };
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT, text = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 1);
	for (int i = 0; i < 400; i++)
		buf_adds(&text, "words ");
	notice_set_text(&s.notices[0].description, buf_str(&text), "en");
	finish(&s);
	story_text(&s, false, 0, &out);
	assert_non_null(strstr(buf_str(&out), "words words\n... 1200 bytes more: regwatch show G/TBT/N/USA/2211\n"));
}

static void
test_story_tells_of_other_dossiers_and_why_one_may_be_the_twin(void **state)
{
	static const char *const members[] = { "2025/0301/DE" };
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 1);
	finish(&s);
	s.probable.dossier = xstrdup("G/TBT/N/DEU/12");
	strv_add(&s.probable.reasons, "same member");
	strv_add(&s.probable.reasons, "12 days apart");
	s.links = xcalloc(2, sizeof(*s.links));
	s.links_n = 2;
	s.links[0] = (struct story_link){ false, xstrdup("2025/0301/DE"), xstrdup("G/TBT/N/EU/12"), notice_row(offsetof(struct notice, relevant)), NULL, NULL };
	s.links[1] = (struct story_link){ true, xstrdup("G/TBT/N/FRA/3"), xstrdup("2025/0301/DE"), notice_row(offsetof(struct notice, description)),
	    xstrdup("G/TBT/N/FRA/3"), xstrdup("Labels") };
	story_text(&s, false, 0, &out);
	assert_non_null(strstr(buf_str(&out), "\nTwin: none named; probably the same draft: G/TBT/N/DEU/12 (same member, 12 days apart)\n"));
	assert_non_null(strstr(buf_str(&out), "\nOther dossiers\n"
	    "  names G/TBT/N/EU/12 (Relevant documents), which is not held\n"
	    "  is named by G/TBT/N/FRA/3 (Description): Labels\n"));
}

static void
test_story_of_tris_speaks_of_the_standstill(void **state)
{
	static const char *const members[] = { "2025/0301/DE" };
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 1);
	s.notices[0].deadline = (struct date){ 2025, 9, 16 };
	strv_add(&s.notices[0].comments_by, "France");
	finish(&s);
	tell(&s, 1749787200, members[0], "deadline extended 2025-06-16 -> 2025-09-16");
	setenv("REGWATCH_NOW", "2025-07-01T06:00:00Z", 1);
	story_text(&s, false, 0, &out);
	assert_non_null(strstr(buf_str(&out), "; standstill until 2025-09-16 (77 days left)\n"));
	assert_non_null(strstr(buf_str(&out), "draft, standstill until 2025-09-16  <- text"));
	assert_non_null(strstr(buf_str(&out), "standstill extended to 2025-09-16 (was 2025-06-16)\n"));
	assert_non_null(strstr(buf_str(&out), "\nReactions\n  comments by France\n"));
	assert_null(strstr(buf_str(&out), "omments until"));
}

/* A pulled store may hold what our own parsers would have taken out. */
static void
test_outside_text_is_harmless_also_in_colour(void **state)
{
	static const char *const members[] = { "G/TBT/N/USA/2211" };
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 1);
	s.notices[0].title.s = xstrdup("Fuel \033[2J\xE2\x80\xAEtanks\nSectors: none");
	s.notices[0].description.s = xstrdup("One \033]0;x\007 two.\nThree.");
	s.twin = xstrdup("2025/0301/DE\033[1m");
	dossier_init(&s.dossier, s.pointers, 1);
	story_add_event(&s, "1", 0, SOURCE_EPING, members[0], &(struct event){ .kind = EVENT_REACTION, .detail = "title\033[31m" });
	for (int colour = 0; colour < 2; colour++) {
		buf_reset(&out);
		story_text(&s, colour, 0, &out);
		assert_non_null(strstr(buf_str(&out), "\nFuel \\x1b[2J\\u202etanks Sectors: none\n"));
		assert_non_null(strstr(buf_str(&out), "\nOne \\x1b]0;x\\x07 two.\nThree.\n"));
		assert_non_null(strstr(buf_str(&out), "\nTwin: 2025/0301/DE\\x1b[1m\n"));
		assert_non_null(strstr(buf_str(&out), "  title[31m\n"));
		for (const char *p = buf_str(&out); (p = strchr(p, '\033')) != NULL; p++)
			assert_true(colour && (strncmp(p, "\033[1m", 4) == 0 || strncmp(p, "\033[0m\n", 5) == 0));
	}
}

static void
test_text_is_wrapped_to_the_terminal(void **state)
{
	static const char *const members[] = { "G/TBT/N/USA/2211" };
	AUTO_STORY s = { .id = NULL };
	AUTO_BUF out = BUF_INIT;

	(void)state;
	start(&s, members[0], members, 1);
	notice_set_text(&s.notices[0].description, "Étiquetage des denrées alimentaires préemballées et de leurs emballages\nFin.", "fr");
	finish(&s);
	story_text(&s, false, 30, &out);
	assert_non_null(strstr(buf_str(&out), "\nText\nÉtiquetage des denrées\nalimentaires préemballées et\nde leurs emballages\nFin.\n"));
	assert_non_null(strstr(buf_str(&out), "\n  ----------  G/TBT/N/USA/2211\n      draft  <- text in force\n      here\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_story_is_told_in_full_and_each_document_once),
		cmocka_unit_test(test_story_marks_what_is_void_replaced_and_without_effect),
		cmocka_unit_test(test_story_keeps_the_deadline_that_a_record_lost_silently),
		cmocka_unit_test(test_long_text_is_cut_and_says_where_the_rest_is),
		cmocka_unit_test(test_story_tells_of_other_dossiers_and_why_one_may_be_the_twin),
		cmocka_unit_test(test_story_of_tris_speaks_of_the_standstill),
		cmocka_unit_test(test_outside_text_is_harmless_also_in_colour),
		cmocka_unit_test(test_text_is_wrapped_to_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
