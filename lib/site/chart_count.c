#include "chart.h"

const char *const chart_given_labels[CHART_GIVEN_BINS] = { "0", "1\xE2\x80\x93" "15", "16\xE2\x80\x93" "30", "31\xE2\x80\x93" "45", "46\xE2\x80\x93" "59", "60",
	"61\xE2\x80\x93" "75", "76\xE2\x80\x93" "90", "91+" };

/* The last day of each column but the last. */
static const int32_t given_ends[CHART_GIVEN_BINS - 1] = { 0, 15, 30, 45, 59, 60, 75, 90 };

size_t
chart_given_bin(int32_t days)
{
	size_t bin = 0;

	while (bin < CHART_GIVEN_BINS - 1 && days > given_ends[bin])
		bin++;
	return bin;
}

int
chart_months_between(struct date first, struct date d)
{
	return (d.year - first.year) * 12 + d.month - first.month;
}

static int32_t
monday_of(struct date d)
{
	return date_days(d) - date_weekday(d);
}

int
chart_weeks_between(struct date today, struct date d)
{
	return (monday_of(d) - monday_of(today)) / 7;
}
