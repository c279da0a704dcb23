/* Events as trailers, subjects and words. All records here are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/base/utf8.h"
#include "lib/notice/event.h"

/* ---- trailers ---- */

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void
assert_trailer(enum event_kind kind, const char *detail, const char *old, const char *new, const char *expected)
{
	struct event e = { .kind = kind, .old = xstrdup(old), .new = xstrdup(new), .detail = xstrdup(detail) }, back;
	struct error err;
	AUTO_BUF b = BUF_INIT;

	event_write(&e, &b);
	if (expected != NULL)
		assert_string_equal(buf_str(&b), expected);
	if (event_read(buf_str(&b), &back, &err) != 0)
		fail_msg("'%s' does not read back: %s", buf_str(&b), err.text);
	if (back.kind != kind || !same(back.old, old) || !same(back.new, new) || !same(back.detail, detail))
		fail_msg("'%s' reads back as another", buf_str(&b));
	event_clear(&back);
	event_clear(&e);
}

static void
test_trailer_of_each_kind_is_fixed(void **state)
{
	(void)state;
	assert_trailer(EVENT_NEW, NULL, NULL, NULL, "new");
	assert_trailer(EVENT_DEADLINE, "extended", "2025-08-08", "2025-08-22", "deadline extended 2025-08-08 -> 2025-08-22");
	assert_trailer(EVENT_DEADLINE, "set", NULL, "2025-08-22", "deadline set -> 2025-08-22");
	assert_trailer(EVENT_DEADLINE, "removed", "2025-08-08", NULL, "deadline removed 2025-08-08 ->");
	assert_trailer(EVENT_IN_FORCE, NULL, NULL, "2025-11-19", "in-force -> 2025-11-19");
	assert_trailer(EVENT_EDITED, "description", NULL, NULL, "edited: description");
	assert_trailer(EVENT_EDITED, "description, hs", NULL, NULL, "edited: description, hs");
	assert_trailer(EVENT_TRANSLATED, NULL, "es", "en", "translated es -> en");
	assert_trailer(EVENT_DOCUMENT, "draft en changed", NULL, NULL, "document: draft en changed");
	assert_trailer(EVENT_REACTION, "detailed opinion by European Commission, Germany; comments by France", NULL,
	    "European Commission, Germany, France", "reaction: detailed opinion by European Commission, Germany; comments by France");
	assert_trailer(EVENT_RENORMALISED, NULL, NULL, NULL, "renormalised");
}

static void
test_trailer_keeps_what_could_be_misread(void **state)
{
	(void)state;
	assert_trailer(EVENT_EDITED, "", NULL, NULL, "edited: \"\"");
	assert_trailer(EVENT_EDITED, "a\nEvent: withdrawn", NULL, NULL, "edited: \"a\\x0aEvent: withdrawn\"");
	assert_trailer(EVENT_EDITED, "a -> b: c", "x -> y", ": z", "edited \"x -> y\" -> \": z\": a -> b: c");
	assert_trailer(EVENT_EDITED, "\"quoted\\", "", "\\", "edited \"\" -> \"\\\\\": \"\\\"quoted\\\\\"");
	assert_trailer(EVENT_DEADLINE, NULL, "extended", NULL, "deadline \"extended\" ->");
	assert_trailer(EVENT_DEADLINE, "moved", "2025-08-08", "2025-08-22", "deadline 2025-08-08 -> 2025-08-22: moved");
	assert_trailer(EVENT_NEW, "extended", NULL, NULL, "new: extended");
	assert_trailer(EVENT_REACTION, "comments by France", NULL, NULL, "reaction ->: comments by France");
	assert_trailer(EVENT_REACTION, "comments by France", NULL, "Malta", "reaction -> Malta: comments by France");
	assert_trailer(EVENT_REACTION, NULL, NULL, "Malta", "reaction -> Malta");
	assert_trailer(EVENT_EDITED, "a\xe2\x80\xae" "b", NULL, NULL, "edited: \"a\\xe2\\x80\\xae" "b\"");
	assert_trailer(EVENT_EDITED, "a\xff", NULL, NULL, "edited: \"a\\xff\"");
}

static uint64_t seed = 0x9E3779B97F4A7C15u;

static unsigned
chance(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static char *
random_string(void)
{
	static const char *const pieces[] = {
		"->", " -> ", ": ", ":", " ", "\n", "\r", "\t", "\"", "\\", "\\x", "\\x0a", "extended", "set", "new", "reaction", " by ", "; ", ", ", "2025-01-01", "a",
		"\xc3\xa9", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xae", "\xff", "\xc3", "\xf0\x9f\x98\x80", "\xed\xa0\x80", "\x1b[31m", "\x7f", "Event: ", "comments by ",
	};
	AUTO_BUF b = BUF_INIT;

	if (chance(4) == 0)
		return NULL;
	for (unsigned i = chance(6); i > 0; i--)
		buf_adds(&b, pieces[chance(sizeof(pieces) / sizeof(*pieces))]);
	return buf_take(&b);
}

static void
test_any_event_survives_its_trailer_on_one_harmless_line(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		char *detail = random_string(), *old = random_string(), *new = random_string();
		struct event e = { (enum event_kind)chance(EVENT_KINDS), old, new, detail };
		AUTO_BUF b = BUF_INIT;

		assert_trailer(e.kind, detail, old, new, NULL);
		event_write(&e, &b);
		assert_true(utf8_valid(buf_str(&b), b.len));
		for (size_t k = 0; k < b.len; k++)
			assert_true((unsigned char)b.data[k] >= 0x20 && b.data[k] != 0x7f);
		event_clear(&e);
	}
}

static void
test_malformed_trailers_are_refused(void **state)
{
	static const char *const bad[] = {
		"", " ", "News", "new ", "newer", "new:", "new: ", "new:x", "deadline extended ", "deadline extended 2025-01-01", "deadline 2025-01-01 2025-01-02",
		"deadline extended -> ", "deadline extended a -> b c", "edited: \"open", "edited: \"a\" b", "edited: \"\\q\"", "edited: \"\\x0\"", "edited: \"\\x00\"",
		"edited: a\x1b[31m", "edited: a\xff", "deadline extended: again", "deadline extended -> b: again", "renormalised-and-much-longer-than-any-known-name",
		"edited \"a -> b",
	};
	struct event e;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		if (event_read(bad[i], &e, &err) != ERR_DATA)
			fail_msg("accepted '%s'", bad[i]);
	}
}

static void
test_garbage_never_breaks_the_reader(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		char *s = random_string();
		AUTO_BUF b = BUF_INIT;
		struct event e;

		buf_addf(&b, "%s%s", event_name((enum event_kind)chance(EVENT_KINDS)), s != NULL ? s : "");
		if (event_read(buf_str(&b), &e, NULL) == 0)
			event_clear(&e);
		free(s);
	}
}

static void
test_names_go_both_ways(void **state)
{
	enum event_kind kind;

	(void)state;
	for (int i = 0; i < EVENT_KINDS; i++) {
		assert_true(event_parse_name(event_name((enum event_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	assert_false(event_parse_name("changed", &kind));
	assert_false(event_parse_name("", &kind));
}

static void
test_changed_means_any_but_four(void **state)
{
	(void)state;
	for (int i = 0; i < EVENT_KINDS; i++)
		assert_int_equal(event_is_change((enum event_kind)i),
		    i != EVENT_NEW && i != EVENT_URGENT && i != EVENT_ARCHIVED && i != EVENT_RENORMALISED);
}

static void
test_archived_and_renormalised_alert_nobody(void **state)
{
	AUTO_EVENTS e = EVENTS_INIT;

	(void)state;
	assert_false(events_alert(&e));
	events_add(&e, EVENT_ADDENDUM, NULL, NULL, NULL);
	events_add(&e, EVENT_WITHDRAWN, NULL, NULL, NULL);
	assert_true(events_alert(&e));
	events_add(&e, EVENT_ARCHIVED, NULL, NULL, NULL);
	assert_false(events_alert(&e));
	events_clear(&e);
	events_add(&e, EVENT_RENORMALISED, NULL, NULL, NULL);
	assert_false(events_alert(&e));
}

/* ---- words ---- */

static void
assert_subject(const char *id, enum source source, const char *deadline, const char *const *trailers, const char *expected)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_EVENTS e = EVENTS_INIT;
	AUTO_BUF b = BUF_INIT;
	struct error err;

	notice_init(&n);
	strv_add(&n.symbols, id);
	n.source = source;
	notice_normalise(&n);
	n.kind = kind_of(n.id, false);
	date_parse_iso("2025-06-12", &n.distributed, NULL);
	if (deadline != NULL)
		assert_true(date_parse_iso(deadline, &n.deadline, NULL));
	for (; *trailers != NULL; trailers++) {
		struct event x;

		assert_int_equal(event_read(*trailers, &x, &err), 0);
		events_add(&e, x.kind, x.detail, x.old, x.new);
		event_clear(&x);
	}
	events_subject(&n, &e, &b);
	assert_string_equal(buf_str(&b), expected);
}

#define EVENTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_subject_says_what_happened(void **state)
{
	(void)state;
	assert_subject("G/TBT/N/IND/374", SOURCE_EPING, "2025-08-11", EVENTS("new"), "G/TBT/N/IND/374: new draft, comments until 2025-08-11");
	assert_subject("G/TBT/N/IND/374", SOURCE_EPING, NULL, EVENTS("new"), "G/TBT/N/IND/374: new draft");
	assert_subject("G/SPS/N/IND/374", SOURCE_EPING, NULL, EVENTS("new", "urgent"), "G/SPS/N/IND/374: new urgent measure");
	assert_subject("G/TBT/N/IND/1", SOURCE_EPING, "2003-01-01", EVENTS("archived"),
	    "G/TBT/N/IND/1: draft from the archive, comments until 2003-01-01");
	assert_subject("G/TBT/N/USA/2211/Add.1", SOURCE_EPING, "2025-09-29", EVENTS("addendum", "deadline extended 2025-07-29 -> 2025-09-29"),
	    "G/TBT/N/USA/2211/Add.1: comments now until 2025-09-29");
	assert_subject("G/TBT/N/USA/2210/Add.1", SOURCE_EPING, NULL, EVENTS("addendum", "withdrawn"), "G/TBT/N/USA/2210/Add.1: withdrawn");
	assert_subject("G/TBT/N/USA/2210/Add.2", SOURCE_EPING, NULL, EVENTS("addendum"), "G/TBT/N/USA/2210/Add.2: addendum");
	assert_subject("G/TBT/N/USA/2210/Add.3", SOURCE_EPING, NULL, EVENTS("archived", "addendum", "adopted"),
	    "G/TBT/N/USA/2210/Add.3: from the archive, adopted");
	assert_subject("G/TBT/N/BRA/366/Add.1/Corr.1", SOURCE_EPING, NULL, EVENTS("corrected", "withdrawn"),
	    "G/TBT/N/BRA/366/Add.1/Corr.1: corrigendum, withdrawn");
	assert_subject("G/TBT/N/CHL/1/Rev.1", SOURCE_EPING, "2025-08-10", EVENTS("revised", "deadline reopened 2025-01-01 -> 2025-08-10"),
	    "G/TBT/N/CHL/1/Rev.1: revised draft, open for comments again until 2025-08-10");
	assert_subject("G/TBT/N/CHL/1/Rev.1", SOURCE_EPING, "2025-08-10", EVENTS("revised"), "G/TBT/N/CHL/1/Rev.1: revised draft, comments until 2025-08-10");
	assert_subject("G/TBT/N/CHL/1/Suppl.1", SOURCE_EPING, NULL, EVENTS("translated"), "G/TBT/N/CHL/1/Suppl.1: translation available");
	assert_subject("G/TBT/N/THA/501/Add.3", SOURCE_EPING, NULL, EVENTS("addendum", "in-force -> 2025-11-19", "final"),
	    "G/TBT/N/THA/501/Add.3: in force from 2025-11-19, final text");
	assert_subject("G/SPS/N/JPN/1345/Add.1", SOURCE_EPING, NULL, EVENTS("addendum", "in-force -> 2025-06-10"),
	    "G/SPS/N/JPN/1345/Add.1: in force since 2025-06-10");
	assert_subject("G/SPS/N/NIC/131", SOURCE_EPING, NULL, EVENTS("translated es -> en"), "G/SPS/N/NIC/131: text now in English");
	assert_subject("G/TBT/N/IND/374", SOURCE_EPING, NULL, EVENTS("edited: description"), "G/TBT/N/IND/374: text edited (description)");
	assert_subject("G/TBT/N/IND/374", SOURCE_EPING, NULL, EVENTS("edited: description, hs"), "G/TBT/N/IND/374: edited (description, hs)");
	assert_subject("G/SPS/N/NZL/784", SOURCE_EPING, NULL, EVENTS("deadline shortened 2025-08-22 -> 2025-08-08"),
	    "G/SPS/N/NZL/784: comments now only until 2025-08-08");
	assert_subject("G/SPS/N/NZL/784", SOURCE_EPING, NULL, EVENTS("deadline removed 2025-08-22 ->"), "G/SPS/N/NZL/784: comment deadline removed");
	assert_subject("G/TBT/N/CHN/2065", SOURCE_EPING, NULL, EVENTS("vanished"), "G/TBT/N/CHN/2065: vanished from the source");
}

static void
test_subject_of_tris_speaks_of_the_standstill(void **state)
{
	(void)state;
	assert_subject("2025/0170/DE", SOURCE_TRIS, "2025-06-25", EVENTS("new"), "2025/0170/DE: new draft, standstill until 2025-06-25");
	assert_subject("2025/0155/FR", SOURCE_TRIS, "2025-09-16",
	    EVENTS("deadline extended 2025-06-16 -> 2025-09-16", "reaction: detailed opinion by European Commission, Germany"),
	    "2025/0155/FR: standstill extended to 2025-09-16, detailed opinion by European Commission, Germany");
	assert_subject("2025/0155/FR", SOURCE_TRIS, "2025-09-16", EVENTS("final"), "2025/0155/FR: final text");
}

static void
test_subject_stays_within_100_columns_and_on_one_line(void **state)
{
	AUTO_BUF b = BUF_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_EVENTS e = EVENTS_INIT;

	(void)state;
	notice_init(&n);
	strv_add(&n.symbols, "2025/0155/FR");
	n.source = SOURCE_TRIS;
	notice_normalise(&n);
	events_add(&e, EVENT_REACTION, "comments by A\nB\x1b[2J\xe2\x80\xae, Czechia, Germany, Denmark, Estonia, Greece, Spain, Finland, France, Croatia, Hungary",
	    NULL, NULL);
	events_subject(&n, &e, &b);
	assert_string_equal(buf_str(&b),
	    "2025/0155/FR: comments by A B[2J, Czechia, Germany, Denmark, Estonia, Greece, Spain, Finland, Franc\xe2\x80\xa6");
	assert_int_equal(utf8_width(buf_str(&b)), 100);
}

static void
assert_words(const char *trailer, const char *expected)
{
	AUTO_BUF b = BUF_INIT;
	struct event e;

	assert_int_equal(event_read(trailer, &e, NULL), 0);
	event_describe(&e, &b);
	assert_string_equal(buf_str(&b), expected);
	event_clear(&e);
}

static void
test_description_is_for_people(void **state)
{
	(void)state;
	assert_words("deadline extended 2025-07-29 -> 2025-09-29", "comment period extended to 2025-09-29 (was 2025-07-29)");
	assert_words("deadline removed 2025-07-29 ->", "comment deadline removed (was 2025-07-29)");
	assert_words("deadline set -> 2025-07-29", "comment period set to end on 2025-07-29");
	assert_words("reaction: comments by France", "comments by France");
	assert_words("translated es -> en", "text now in English (was Spanish)");
	assert_words("translated", "unofficial translation available");
	assert_words("edited: title, hs", "edited at the source: title, hs");
	assert_words("in-force -> 2025-07-29", "entry into force on 2025-07-29");
	assert_words("document: \"a\\x0ab\"", "attached texts changed: a b");
}

static void
test_description_of_tris_speaks_of_the_standstill(void **state)
{
	static const char *const words[][2] = {
		{ "deadline extended 2025-06-16 -> 2025-09-16", "standstill extended to 2025-09-16 (was 2025-06-16)" },
		{ "deadline shortened 2025-09-16 -> 2025-06-16", "standstill shortened to 2025-06-16 (was 2025-09-16)" },
		{ "deadline reopened 2025-06-16 -> 2025-09-16", "standstill again until 2025-09-16 (was 2025-06-16)" },
		{ "deadline set -> 2025-09-16", "standstill set to end on 2025-09-16" },
		{ "deadline removed 2025-06-16 ->", "end of standstill removed (was 2025-06-16)" },
		{ "reaction: comments by France", "comments by France" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		AUTO_BUF b = BUF_INIT;
		struct event e;

		assert_int_equal(event_read(words[i][0], &e, NULL), 0);
		event_describe_of(SOURCE_TRIS, &e, &b);
		assert_string_equal(buf_str(&b), words[i][1]);
		event_clear(&e);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trailer_of_each_kind_is_fixed),
		cmocka_unit_test(test_trailer_keeps_what_could_be_misread),
		cmocka_unit_test(test_any_event_survives_its_trailer_on_one_harmless_line),
		cmocka_unit_test(test_malformed_trailers_are_refused),
		cmocka_unit_test(test_garbage_never_breaks_the_reader),
		cmocka_unit_test(test_names_go_both_ways),
		cmocka_unit_test(test_changed_means_any_but_four),
		cmocka_unit_test(test_archived_and_renormalised_alert_nobody),
		cmocka_unit_test(test_subject_says_what_happened),
		cmocka_unit_test(test_subject_of_tris_speaks_of_the_standstill),
		cmocka_unit_test(test_subject_stays_within_100_columns_and_on_one_line),
		cmocka_unit_test(test_description_is_for_people),
		cmocka_unit_test(test_description_of_tris_speaks_of_the_standstill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
