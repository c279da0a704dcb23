#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/base/date.h"
#include "lib/base/error.h"

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

static void
test_date_rejects_31_february(void **state)
{
	struct date d;

	(void)state;
	assert_false(date_parse_iso("2025-02-31", &d, NULL));
	assert_false(date_is_set(d));
	assert_false(date_parse_iso("2025-2-3", &d, NULL));
	assert_true(date_parse_iso("2024-02-29", &d, NULL));
	assert_false(date_parse_iso("2100-02-29", &d, NULL));
	assert_false(date_parse_dmy("29/02/2025", '/', &d, NULL));
}

static void
test_date_months_end_on_the_last_day(void **state)
{
	(void)state;
	assert_date(date_add_months(iso("2020-03-31"), 3), "2020-06-30");
	assert_date(date_add_months(iso("2019-11-30"), 3), "2020-02-29");
	assert_date(date_add_months(iso("2012-01-31"), 3), "2012-04-30");
	assert_date(date_add_months(iso("2025-12-31"), 12), "2026-12-31");
}

static void
test_date_days_agree_both_ways_over_two_centuries(void **state)
{
	struct date d = iso("1900-01-01");

	(void)state;
	for (int32_t n = date_days(d); n < date_days(iso("2200-12-31")); n++) {
		d = date_from_days(n);
		assert_int_equal(date_days(d), n);
		assert_true(date_valid(d.year, d.month, d.day));
	}
	assert_date(date_add_days(iso("2025-06-11"), 60), "2025-08-10");
	assert_int_equal(date_weekday(iso("2025-08-10")), 6);
	assert_int_equal(date_weekday(iso("1969-12-29")), 0);
}

static void
test_instant_reads_zones_and_rejects_nonsense(void **state)
{
	char text[INSTANT_TEXT];
	int64_t t;

	(void)state;
	assert_true(instant_parse("2025-06-12T06:00:00.5+02:00", &t));
	assert_string_equal(instant_format(t, text), "2025-06-12T04:00:00Z");
	assert_true(instant_parse("1969-12-31T23:59:59Z", &t));
	assert_int_equal(t, -1);
	assert_string_equal(instant_format(t, text), "1969-12-31T23:59:59Z");
	assert_false(instant_parse("2025-06-12", &t));
	assert_false(instant_parse("2025-06-12T25:00:00Z", &t));
	assert_false(instant_parse("2025-06-12T06:00:00", &t));
}

static void
test_clock_obeys_the_environment_or_refuses_it(void **state)
{
	struct error err;

	(void)state;
	setenv("REGWATCH_NOW", "2025-06-12T23:59:59Z", 1);
	assert_int_equal(clock_check(&err), 0);
	assert_date(clock_today(), "2025-06-12");
	setenv("REGWATCH_NOW", "yesterday", 1);
	assert_int_equal(clock_check(&err), ERR_USAGE);
	unsetenv("REGWATCH_NOW");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date_rejects_31_february),
		cmocka_unit_test(test_date_months_end_on_the_last_day),
		cmocka_unit_test(test_date_days_agree_both_ways_over_two_centuries),
		cmocka_unit_test(test_instant_reads_zones_and_rejects_nonsense),
		cmocka_unit_test(test_clock_obeys_the_environment_or_refuses_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
