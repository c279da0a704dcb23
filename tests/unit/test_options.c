#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cmd/options.h"
#include "lib/base/error.h"

#define MOST 16
#define EVERYTHING ~0u
#define DAY INT64_C(86400)

/* Reads the arguments up to NULL. */
static int
parse(struct options *o, unsigned allowed, const char *const *args, struct error *err)
{
	char *argv[MOST];
	int argc = 0;

	for (; args[argc] != NULL && argc < MOST; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc];
	return options_parse(o, allowed, argc, argv, err);
}

#define PARSE(o, allowed, ...) parse(o, allowed, (const char *const[]){ __VA_ARGS__, NULL }, &err)

static void
assert_refused(unsigned allowed, const char *first, const char *second, const char *expected)
{
	const char *const args[] = { first, second, NULL };
	struct options o;
	struct error err = { 0, "" };

	assert_int_equal(parse(&o, allowed, args, &err), ERR_USAGE);
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.text, expected);
	options_clear(&o);
}

static void
assert_day(const char *now, const char *text, const char *expected)
{
	char day[DATE_TEXT];
	struct date d;

	assert_int_equal(setenv("REGWATCH_NOW", now, 1), 0);
	if (!options_date(text, &d))
		fail_msg("'%s' is no date", text);
	assert_string_equal(date_format(d, day), expected);
}

static void
assert_no_day(const char *text)
{
	struct date d;

	assert_int_equal(setenv("REGWATCH_NOW", "2026-03-31T06:00:00Z", 1), 0);
	if (options_date(text, &d))
		fail_msg("'%s' was taken for a date", text);
}

static void
test_date_counts_days_weeks_and_months_back(void **state)
{
	(void)state;
	assert_day("2026-11-22T06:00:00Z", "2025-06-12", "2025-06-12");
	assert_day("2026-11-22T06:00:00Z", "0d", "2026-11-22");
	assert_day("2026-11-22T23:59:59Z", "7d", "2026-11-15");
	assert_day("2026-11-22T00:00:00Z", "3w", "2026-11-01");
	assert_day("2026-11-22T06:00:00Z", "6m", "2026-05-22");
	assert_day("2026-01-01T00:00:00Z", "1d", "2025-12-31");
	assert_day("2026-01-15T06:00:00Z", "13m", "2024-12-15");
	assert_day("2026-11-22T06:00:00Z", "1y", "2025-11-22");
	assert_day("2024-02-29T06:00:00Z", "1y", "2023-02-28");
}

static void
test_date_of_a_shorter_month_is_its_last_day(void **state)
{
	(void)state;
	assert_day("2026-03-31T06:00:00Z", "1m", "2026-02-28");
	assert_day("2024-03-31T06:00:00Z", "1m", "2024-02-29");
	assert_day("2026-12-31T06:00:00Z", "1m", "2026-11-30");
	assert_day("2026-08-31T06:00:00Z", "6m", "2026-02-28");
	assert_day("2024-02-29T06:00:00Z", "12m", "2023-02-28");
	assert_day("2026-03-01T06:00:00Z", "1d", "2026-02-28");
}

static void
test_date_rejects_what_is_none(void **state)
{
	static const char *const wrong[] = { "", "d", "7", "7x", "7dd", "7 d", " 7d", "-7d", "+7d", "7D", "1j", "101y", "36500m", "2025-02-31", "2025-06-12x", "2025-6-12", "12/06/2025",
		"99999999999999999999d", "36501d", "5300w", "1201m", "today" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_no_day(wrong[i]);
}

static void
test_until_includes_its_day(void **state)
{
	struct options o;
	struct error err = { 0, "" };

	(void)state;
	assert_int_equal(PARSE(&o, EVERYTHING, "--since=1970-01-03", "--until", "1970-01-11"), 0);
	assert_int_equal(o.filter.since, 2 * DAY);
	assert_int_equal(o.filter.until, 11 * DAY);
	assert_int_equal(o.since.day, 3);
	options_clear(&o);
	assert_refused(OPT_FILTER, "--since", "yesterday", "--since: 'yesterday' is no date like 2025-06-12, nor 7d, 3w, 6m, 1y");
	assert_refused(OPT_FILTER, "--until", "2026-02-30", "--until: '2026-02-30' is no date like 2025-06-12, nor 7d, 3w, 6m, 1y");
}

static void
test_unknown_option_names_the_nearest_that_the_command_takes(void **state)
{
	(void)state;
	assert_refused(OPT_FILTER, "--sektor=toys", NULL, "unknown option '--sektor=toys'; did you mean '--sector'?");
	assert_refused(OPT_FILTER, "--sektor", NULL, "unknown option '--sektor'; did you mean '--sector'?");
	assert_refused(OPT_FORMAT, "--fromat", "json", "unknown option '--fromat'; did you mean '--format'?");
	assert_refused(OPT_FORMAT, "--sector", "toys", "unknown option '--sector'");
	assert_refused(OPT_FILTER, "--xyzzyplugh", NULL, "unknown option '--xyzzyplugh'");
	assert_refused(OPT_FILTER, "-x", NULL, "unknown option '-x'");
	assert_refused(0, "--all", NULL, "unknown option '--all'");
}

static void
test_number_rejects_garbage(void **state)
{
	(void)state;
	assert_refused(OPT_FILTER, "--limit", "ten", "--limit: 'ten' is no number");
	assert_refused(OPT_FILTER, "--limit=", NULL, "--limit: '' is no number");
	assert_refused(OPT_FILTER, "--limit", "10x", "--limit: '10x' is no number");
	assert_refused(OPT_FILTER, "--limit", "10d", "--limit: '10d' is no number");
	assert_refused(OPT_FILTER, "--limit", "-1", "--limit: '-1' is no number");
	assert_refused(OPT_FILTER, "--limit", " 1", "--limit: ' 1' is no number");
	assert_refused(OPT_FILTER, "--limit", "99999999999999999999999", "--limit: '99999999999999999999999' is no number");
	assert_refused(OPT_FILTER, "--limit", "1000001", "--limit: '1000001' is no number");
	assert_refused(OPT_FILTER, "--limit", "0", "--limit: at least 1");
	assert_refused(OPT_WITHIN, "--within", "30m", "--within: '30m' is no number of days like 30d");
}

static void
test_number_is_read_with_its_unit(void **state)
{
	struct options o;
	struct error err = { 0, "" };

	(void)state;
	assert_int_equal(PARSE(&o, EVERYTHING, "--limit", "25", "--within=30d"), 0);
	assert_int_equal(o.filter.limit, 25);
	assert_int_equal(o.within, 30);
	options_clear(&o);
	assert_int_equal(PARSE(&o, EVERYTHING, "--within", "2w"), 0);
	assert_int_equal(o.within, 14);
	options_clear(&o);
	assert_int_equal(PARSE(&o, EVERYTHING, "x"), 0);
	assert_int_equal(o.within, -1);
	options_clear(&o);
}

static void
test_words_of_a_filter_are_checked(void **state)
{
	struct options o;
	struct error err = { 0, "" };

	(void)state;
	assert_int_equal(PARSE(&o, EVERYTHING, "--member=us", "--area", "sps", "--source=tris", "--event", "changed", "--event=new", "--sector", "toys"), 0);
	assert_string_equal(o.filter.members.v[0], "US");
	assert_string_equal(o.filter.areas.v[0], "SPS");
	assert_string_equal(o.filter.sources.v[0], "tris");
	assert_int_equal(o.filter.events.n, 2);
	assert_string_equal(o.filter.sectors.v[0], "toys");
	options_clear(&o);
	assert_refused(OPT_FILTER, "--member", "USA", "--member: 'USA' is no two-letter code");
	assert_refused(OPT_FILTER, "--area", "TBTX", "--area: 'TBTX' is none of TBT, SPS, TRIS");
	assert_refused(OPT_FILTER, "--area", "TRISTRIS", "--area: 'TRISTRIS' is none of TBT, SPS, TRIS");
	assert_refused(OPT_FILTER, "--source", "EPING", "--source: 'EPING' is neither eping nor tris");
	assert_refused(OPT_FILTER, "--event", "newest", "--event: there is no kind 'newest'");
	assert_refused(OPT_FORMAT, "--format", "xml", "--format: unknown format 'xml'");
}

static void
test_flags_take_no_value_and_others_need_one(void **state)
{
	struct options o;
	struct error err = { 0, "" };

	(void)state;
	assert_int_equal(PARSE(&o, EVERYTHING, "--open", "--uncoded", "--format=csv", "--retry", "mailto:a@example.org"), 0);
	assert_true(o.filter.open);
	assert_true(o.filter.uncoded);
	assert_int_equal(o.format, FORMAT_CSV);
	assert_string_equal(o.retry, "mailto:a@example.org");
	options_clear(&o);
	assert_refused(OPT_FILTER, "--open=yes", NULL, "--open takes no value");
	assert_refused(OPT_FILTER, "--sector", NULL, "--sector needs a value: --sector=S");
}

static void
test_arguments_stand_anywhere_and_behind_two_dashes(void **state)
{
	struct options o;
	struct error err = { 0, "" };

	(void)state;
	assert_int_equal(PARSE(&o, OPT_FILTER, "a", "--open", "-", "--", "--limit", "-x"), 0);
	assert_int_equal(o.rest.n, 4);
	assert_string_equal(o.rest.v[0], "a");
	assert_string_equal(o.rest.v[1], "-");
	assert_string_equal(o.rest.v[2], "--limit");
	assert_string_equal(o.rest.v[3], "-x");
	assert_true(o.filter.open);
	assert_false(o.help);
	options_clear(&o);
	assert_int_equal(PARSE(&o, 0, "-h"), 0);
	assert_true(o.help);
	options_clear(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_date_counts_days_weeks_and_months_back),
		cmocka_unit_test(test_date_of_a_shorter_month_is_its_last_day),
		cmocka_unit_test(test_date_rejects_what_is_none),
		cmocka_unit_test(test_until_includes_its_day),
		cmocka_unit_test(test_unknown_option_names_the_nearest_that_the_command_takes),
		cmocka_unit_test(test_number_rejects_garbage),
		cmocka_unit_test(test_number_is_read_with_its_unit),
		cmocka_unit_test(test_words_of_a_filter_are_checked),
		cmocka_unit_test(test_flags_take_no_value_and_others_need_one),
		cmocka_unit_test(test_arguments_stand_anywhere_and_behind_two_dashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
