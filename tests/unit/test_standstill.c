/* The standstill of Directive (EU) 2015/1535 against dates that the Commission published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/notice/standstill.h"

static struct date
iso(const char *s)
{
	struct date d;

	assert_true(date_parse_iso(s, &d, NULL));
	return d;
}

static void
test_standstill_ends_as_published(void **state)
{
	static const struct { const char *received; int months; const char *end; } cases[] = {
		{ "2019-03-05", 3, "2019-06-06" }, { "2019-03-05", 6, "2019-09-06" }, { "2016-11-25", 3, "2017-02-27" },
		{ "2016-11-25", 6, "2017-05-29" },	/* over Ascension and the Friday after */
		{ "2021-10-04", 3, "2022-01-05" }, { "2017-07-28", 3, "2017-10-30" }, { "2020-03-30", 3, "2020-07-01" }, { "2020-04-02", 3, "2020-07-03" },
		{ "2019-01-10", 12, "2020-01-13" }, { "2026-09-14", 3, "2026-12-15" }, { "2012-01-31", 3, "2012-05-02" }, { "2018-05-14", 3, "2018-08-16" },
		{ "2012-12-28", 3, "2013-04-02" },
		/* day that does not exist, weekends, holidays, longer periods */
		{ "2011-03-31", 3, "2011-07-01" }, { "2020-03-31", 3, "2020-07-01" }, { "2015-04-30", 3, "2015-07-31" }, { "2017-04-07", 3, "2017-07-10" },
		{ "2012-03-30", 3, "2012-07-02" }, { "2018-09-24", 3, "2018-12-27" }, { "2017-01-30", 3, "2017-05-02" }, { "2012-09-06", 4, "2013-01-07" },
		{ "2013-10-25", 12, "2014-10-27" }, { "2026-08-28", 3, "2026-11-30" },
	};
	char text[DATE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(date_format(standstill_end(iso(cases[i].received), cases[i].months), text), cases[i].end);
}

static void
test_holidays_are_those_of_the_commission(void **state)
{
	static const char *const closed[] = { "2025-01-02", "2025-04-17", "2025-04-18", "2025-04-21", "2025-05-01", "2025-05-09", "2025-05-29", "2025-05-30",
		"2025-06-09", "2025-07-21", "2025-08-15", "2025-12-24", "2025-12-26", "2026-11-02", "2000-04-24", "2038-04-26" };
	static const char *const working[] = { "2025-01-03", "2025-04-16", "2025-04-22", "2025-12-29", "2025-12-31", "2025-12-23", "2025-06-19", "2025-10-31" };

	(void)state;
	for (size_t i = 0; i < sizeof(closed) / sizeof(*closed); i++)
		if (!standstill_holiday(iso(closed[i])))
			fail_msg("%s is no holiday", closed[i]);
	for (size_t i = 0; i < sizeof(working) / sizeof(*working); i++)
		if (standstill_holiday(iso(working[i])))
			fail_msg("%s is a holiday", working[i]);
}

static void
test_standstill_never_ends_on_a_free_day(void **state)
{
	(void)state;
	for (struct date d = iso("2010-01-01"); date_cmp(d, iso("2030-12-31")) < 0; d = date_add_days(d, 1)) {
		struct date end = standstill_end(d, 3);

		assert_true(date_weekday(end) < 5);
		assert_false(standstill_holiday(end));
	}
}

static void
assert_reading(const char *original, const char *end, enum standstill_reading reading, const char *expected, int length)
{
	struct notice n = NOTICE_INIT;
	struct date computed;
	char text[DATE_TEXT];
	int months;

	n.source = SOURCE_TRIS;
	n.distributed = iso("2019-03-05");
	n.standstill_original = *original != '\0' ? iso(original) : DATE_NONE;
	n.standstill_end = *end != '\0' ? iso(end) : DATE_NONE;
	assert_int_equal(standstill_check(&n, &computed, &months), reading);
	assert_string_equal(date_format(computed, text), expected);
	assert_int_equal(months, length);
	assert_int_equal(standstill_check(&n, NULL, NULL), reading);
}

static void
test_check_agrees_within_three_days_of_a_length(void **state)
{
	(void)state;
	assert_reading("", "2019-06-06", STANDSTILL_AGREES, "2019-06-06", 3);
	assert_reading("", "2019-06-09", STANDSTILL_AGREES, "2019-06-06", 3);
	assert_reading("", "2019-06-10", STANDSTILL_ODD, "2019-06-06", 3);
	assert_reading("2019-06-06", "2019-09-06", STANDSTILL_AGREES, "2019-09-06", 6);
	assert_reading("2019-06-06", "2019-07-08", STANDSTILL_AGREES, "2019-07-08", 4);
	assert_reading("2019-06-06", "2020-03-06", STANDSTILL_AGREES, "2020-03-06", 12);
	assert_reading("2019-06-06", "2020-09-07", STANDSTILL_AGREES, "2020-09-07", 18);
	assert_reading("2019-05-01", "2019-09-06", STANDSTILL_ODD, "2019-09-06", 6);
	assert_reading("", "2018-06-06", STANDSTILL_ODD, "2019-06-06", 3);
}

static void
test_check_reads_urgency_and_fiscal_measures(void **state)
{
	(void)state;
	assert_reading("", "", STANDSTILL_NONE, "2019-06-06", 3);
	assert_reading("", "2019-03-06", STANDSTILL_NONE, "2019-06-06", 3);
	assert_reading("", "2019-03-07", STANDSTILL_SHORT, "2019-06-06", 3);
	assert_reading("", "2019-04-14", STANDSTILL_SHORT, "2019-06-06", 3);
	assert_reading("", "2019-04-15", STANDSTILL_ODD, "2019-06-06", 3);
	assert_reading("", "2019-03-04", STANDSTILL_ODD, "2019-06-06", 3);
}

static void
test_check_needs_a_receipt_and_tris(void **state)
{
	struct notice n = NOTICE_INIT;
	struct date computed;
	int months;

	(void)state;
	n.source = SOURCE_TRIS;
	n.standstill_end = iso("2019-06-06");
	assert_int_equal(standstill_check(&n, &computed, &months), STANDSTILL_UNKNOWN);
	assert_false(date_is_set(computed));
	assert_int_equal(months, 0);
	n.source = SOURCE_EPING;
	n.distributed = iso("2019-03-05");
	assert_int_equal(standstill_check(&n, NULL, NULL), STANDSTILL_UNKNOWN);
}

/* Reads a table of the data folder; skips the test without one. */
static void
read_lines(const char *name, struct strv *lines)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF text = BUF_INIT;
	struct error err;

	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	path = file_join(data, name);
	assert_int_equal(file_read(path, 1 << 20, &text, &err), 0);
	strv_split(lines, buf_str(&text), "\n");
}

static void
test_97_of_100_real_plain_standstills_end_as_computed(void **state)
{
	AUTO_STRV lines = STRV_INIT;
	size_t plain = 0, exact = 0, near = 0, longer = 0, agreed = 0;

	(void)state;
	read_lines("tris/dataset/standstill-2011-2015.csv", &lines);
	for (size_t i = 1; i < lines.n; i++) {
		AUTO_STRV cells = STRV_INIT;
		struct notice n = NOTICE_INIT;

		strv_split(&cells, lines.v[i], ",");
		if (cells.n < 9 || !date_parse_iso(cells.v[2], &n.distributed, NULL) || !date_parse_iso(cells.v[3], &n.standstill_end, NULL))
			continue;	/* no end: strv_split leaves the empty cell out */
		n.source = SOURCE_TRIS;
		if (strcmp(cells.v[6], "0") != 0 || strcmp(cells.v[8], "0") != 0) {
			longer++;
			agreed += standstill_check(&n, NULL, NULL) == STANDSTILL_AGREES;
			continue;
		}
		if (date_days(n.standstill_end) - date_days(n.distributed) <= 60)
			continue;	/* urgency, fiscal */
		plain++;
		exact += date_cmp(standstill_end(n.distributed, 3), n.standstill_end) == 0;
		near += standstill_check(&n, NULL, NULL) == STANDSTILL_AGREES;
	}
	print_message("plain: %zu, exact %zu (%.1f %%), agreeing %zu; with opinions or postponed: %zu, agreeing %zu\n", plain, exact,
	    100.0 * (double)exact / (double)plain, near, longer, agreed);
	assert_true(plain > 2500);
	assert_true(exact * 100 >= plain * 97);
	assert_true(near * 1000 >= plain * 990);
	assert_true(agreed * 100 >= longer * 90);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_standstill_ends_as_published),
		cmocka_unit_test(test_holidays_are_those_of_the_commission),
		cmocka_unit_test(test_standstill_never_ends_on_a_free_day),
		cmocka_unit_test(test_check_agrees_within_three_days_of_a_length),
		cmocka_unit_test(test_check_reads_urgency_and_fiscal_measures),
		cmocka_unit_test(test_check_needs_a_receipt_and_tris),
		cmocka_unit_test(test_97_of_100_real_plain_standstills_end_as_computed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
