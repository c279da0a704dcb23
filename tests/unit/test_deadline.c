#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/notice/deadline.h"

static struct date
iso(const char *s)
{
	struct date d;

	assert_true(date_parse_iso(s, &d, NULL));
	return d;
}

static void
assert_date(struct date d, const char *expected)
{
	char text[DATE_TEXT];

	assert_string_equal(date_format(d, text), expected);
}

/* "21d enquiry point|3bd" */
static void
assert_leads(const char *value, const char *expected)
{
	AUTO_LEADS l = LEADS_INIT;
	AUTO_BUF b = BUF_INIT;
	struct error err;

	assert_int_equal(leads_parse(&l, value, &err), 0);
	for (size_t i = 0; i < l.n; i++)
		buf_addf(&b, "%s%d%s%s%s", i > 0 ? "|" : "", l.v[i].n, l.v[i].business ? "bd" : "d", l.v[i].who != NULL ? " " : "",
		    l.v[i].who != NULL ? l.v[i].who : "");
	assert_string_equal(buf_str(&b), expected);
}

static void
test_leads_are_lengths_perhaps_followed_by_a_reader(void **state)
{
	(void)state;
	assert_leads("21d, enquiry point", "21d enquiry point");
	assert_leads("3bd", "3bd");
	assert_leads("21d, 7d, 2d", "21d|7d|2d");
	assert_leads(" 3w ,enquiry point,3bd, association , end", "21d enquiry point|3bd association|0d");
	assert_leads("0d", "0d");
	assert_leads("3650d", "3650d");
	assert_leads("", "");
	assert_leads("7d, 7d, 1w, 7d, press", "7d|7d press");
	assert_leads("7bd, 7d", "7bd|7d");
}

static void
test_leads_may_come_in_several_values(void **state)
{
	AUTO_LEADS l = LEADS_INIT;
	struct error err;

	(void)state;
	assert_int_equal(leads_parse(&l, "21d", &err), 0);
	assert_int_equal(leads_parse(&l, "enquiry point", &err), 0);
	assert_int_equal(leads_parse(&l, "3bd", &err), 0);
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[0].who, "enquiry point");
	assert_null(l.v[1].who);
}

static void
test_leads_that_make_no_sense_are_refused_with_their_name(void **state)
{
	static const char *const bad[] = { "enquiry point", "21x", "21d, a, b", "3651d", "522w", "99999999999d", "d", "-3d", "21 d x, 7" };
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		AUTO_LEADS l = LEADS_INIT;

		if (leads_parse(&l, bad[i], &err) != ERR_CONF)
			fail_msg("accepted '%s'", bad[i]);
	}
	assert_string_equal(err.text, "not a time like 21d, 3w or 3bd: '21 d x'");
}

static void
test_business_days_skip_weekends(void **state)
{
	(void)state;
	assert_date(business_days_before(iso("2025-08-11"), 1), "2025-08-08");	/* Monday, Friday */
	assert_date(business_days_before(iso("2025-08-11"), 6), "2025-08-01");
	assert_date(business_days_before(iso("2025-08-10"), 1), "2025-08-08");	/* Sunday */
	assert_date(business_days_before(iso("2025-08-13"), 3), "2025-08-08");
	assert_date(business_days_before(iso("2025-08-08"), -1), "2025-08-11");
	assert_date(business_days_before(iso("2025-08-09"), 0), "2025-08-09");
}

static void
assert_ladder(const char *deadline, enum source source, const char *leads, const char *expected)
{
	AUTO_LEADS l = LEADS_INIT;
	AUTO_BUF b = BUF_INIT;
	struct rung *rungs;
	char day[DATE_TEXT];
	struct error err;
	size_t n;

	assert_int_equal(leads_parse(&l, leads, &err), 0);
	n = deadline_ladder(iso(deadline), source, &l, &rungs);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s %s", i > 0 ? "\n" : "", date_format(rungs[i].date, day), rung_name(&rungs[i], source));
	free(rungs);
	assert_string_equal(buf_str(&b), expected);
}

static void
test_ladder_goes_from_the_soonest_day_to_the_official_one(void **state)
{
	(void)state;
	assert_ladder("2025-08-11", SOURCE_EPING, "3bd, 21d, enquiry point",
	    "2025-07-21 enquiry point\n2025-08-06 own deadline\n2025-08-11 comments close");
	assert_ladder("2025-08-11", SOURCE_EPING, "", "2025-08-11 comments close");
}

static void
test_deadline_on_a_weekend_is_not_moved_but_shows_the_last_working_day(void **state)
{
	(void)state;
	assert_ladder("2025-08-10", SOURCE_EPING, "", "2025-08-08 last working day before\n2025-08-10 comments close");
}

static void
test_ladder_of_tris_has_contributions_and_the_last_useful_day(void **state)
{
	(void)state;
	assert_ladder("2025-06-25", SOURCE_TRIS, "7d, association",
	    "2025-05-21 contributions to the Commission\n2025-06-18 association\n2025-06-24 last useful day\n2025-06-25 end of standstill");
}

static void
test_no_deadline_has_no_ladder(void **state)
{
	struct rung *rungs;

	(void)state;
	assert_int_equal(deadline_ladder(DATE_NONE, SOURCE_EPING, NULL, &rungs), 0);
	assert_null(rungs);
}

static void
assert_reminder(const char *today, int n, const char *day)
{
	AUTO_LEADS l = LEADS_INIT;
	const struct lead *due;
	struct date when = DATE_NONE;

	assert_int_equal(leads_parse(&l, "21d, 7d, 2d", NULL), 0);
	due = deadline_reminder(&l, iso("2025-08-11"), iso(today), &when);
	if (n < 0) {
		assert_null(due);
		return;
	}
	assert_non_null(due);
	assert_int_equal(due->n, n);
	assert_date(when, day);
}

static void
test_reminder_is_the_latest_whose_day_has_come(void **state)
{
	(void)state;
	assert_reminder("2025-07-20", -1, "");
	assert_reminder("2025-07-21", 21, "2025-07-21");
	assert_reminder("2025-08-03", 21, "2025-07-21");
	assert_reminder("2025-08-04", 7, "2025-08-04");
	assert_reminder("2025-08-10", 2, "2025-08-09");		/* also when nothing ran since July */
	assert_reminder("2025-08-11", 2, "2025-08-09");
	assert_reminder("2025-08-12", -1, "");
}

static void
test_no_reminder_without_a_deadline(void **state)
{
	AUTO_LEADS l = LEADS_INIT;

	(void)state;
	assert_int_equal(leads_parse(&l, "end", NULL), 0);
	assert_null(deadline_reminder(&l, DATE_NONE, iso("2025-08-11"), NULL));
	assert_non_null(deadline_reminder(&l, iso("2025-08-11"), iso("2025-08-11"), NULL));
	assert_null(deadline_reminder(&l, iso("2025-08-11"), iso("2025-08-10"), NULL));
}

static void
test_state_follows_the_day(void **state)
{
	(void)state;
	assert_int_equal(deadline_state(DATE_NONE, iso("2025-08-11")), DEADLINE_UNKNOWN);
	assert_int_equal(deadline_state(iso("2025-08-26"), iso("2025-08-11")), DEADLINE_OPEN);
	assert_int_equal(deadline_state(iso("2025-08-25"), iso("2025-08-11")), DEADLINE_CLOSING);
	assert_int_equal(deadline_state(iso("2025-08-11"), iso("2025-08-11")), DEADLINE_CLOSING);
	assert_int_equal(deadline_state(iso("2025-08-10"), iso("2025-08-11")), DEADLINE_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_leads_are_lengths_perhaps_followed_by_a_reader),
		cmocka_unit_test(test_leads_may_come_in_several_values),
		cmocka_unit_test(test_leads_that_make_no_sense_are_refused_with_their_name),
		cmocka_unit_test(test_business_days_skip_weekends),
		cmocka_unit_test(test_ladder_goes_from_the_soonest_day_to_the_official_one),
		cmocka_unit_test(test_deadline_on_a_weekend_is_not_moved_but_shows_the_last_working_day),
		cmocka_unit_test(test_ladder_of_tris_has_contributions_and_the_last_useful_day),
		cmocka_unit_test(test_no_deadline_has_no_ladder),
		cmocka_unit_test(test_reminder_is_the_latest_whose_day_has_come),
		cmocka_unit_test(test_no_reminder_without_a_deadline),
		cmocka_unit_test(test_state_follows_the_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
