#include "standstill.h"

#include <stdlib.h>

#define TOLERANCE 3	/* days: all but 0.8 % of 7,051 real ends lie so near to the rule */
#define SHORT_DAYS 40	/* about 350 real ones of 2010 to 2020 end 2 to 40 days after receipt */

static const int lengths[] = { 3, 4, 6, 12, 18 };

/* Easter Sunday of the Gregorian calendar (the anonymous computus). */
static struct date
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return (struct date){ (int16_t)year, (int8_t)(n / 31), (int8_t)(n % 31 + 1) };
}

bool
standstill_holiday(struct date d)
{
	static const struct { int8_t month, day; } fixed[] = {
		{ 1, 1 }, { 1, 2 }, { 5, 1 }, { 5, 9 }, { 7, 21 }, { 8, 15 }, { 11, 1 }, { 11, 2 }, { 12, 24 }, { 12, 25 }, { 12, 26 },
	};
	/* from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension and the day after, Whit Monday */
	static const int movable[] = { -3, -2, 1, 39, 40, 50 };
	int from_easter = date_days(d) - date_days(easter(d.year));

	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		if (d.month == fixed[i].month && d.day == fixed[i].day)
			return true;
	for (size_t i = 0; i < sizeof(movable) / sizeof(*movable); i++)
		if (from_easter == movable[i])
			return true;
	return false;
}

struct date
standstill_end(struct date received, int months)
{
	struct date d = date_add_days(date_add_months(received, months), 1);

	while (date_weekday(d) > 4 || standstill_holiday(d))
		d = date_add_days(d, 1);
	return d;
}

/* The computed end nearest to the shown one; returns how many days they differ. */
static int
nearest(struct date received, struct date shown, struct date *expected, int *months)
{
	int best = -1;

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		struct date end = standstill_end(received, lengths[i]);
		int far = abs(date_days(end) - date_days(shown));

		if (best >= 0 && far >= best)
			continue;
		best = far;
		*expected = end;
		*months = lengths[i];
	}
	return best;
}

static enum standstill_reading
check(struct date received, struct date shown, struct date *expected, int *months)
{
	int far = nearest(received, shown, expected, months), length = date_days(shown) - date_days(received);

	if (far <= TOLERANCE)
		return STANDSTILL_AGREES;
	if (length >= 0 && date_cmp(shown, standstill_end(received, 0)) <= 0)
		return STANDSTILL_NONE;		/* the day after, or the working day that it rolls to */
	return length > 0 && length <= SHORT_DAYS ? STANDSTILL_SHORT : STANDSTILL_ODD;
}

enum standstill_reading
standstill_check(const struct notice *n, struct date *expected, int *months)
{
	struct date unused_end, ignored_end;
	int unused_months, ignored_months;
	enum standstill_reading reading;

	expected = expected != NULL ? expected : &unused_end;
	months = months != NULL ? months : &unused_months;
	*expected = DATE_NONE;
	*months = 0;
	if (n->source != SOURCE_TRIS || !date_is_set(n->distributed))
		return STANDSTILL_UNKNOWN;
	*expected = standstill_end(n->distributed, lengths[0]);
	*months = lengths[0];
	if (!date_is_set(n->standstill_end))
		return STANDSTILL_NONE;
	reading = check(n->distributed, n->standstill_end, expected, months);
	if (reading == STANDSTILL_AGREES && date_is_set(n->standstill_original) &&
	    check(n->distributed, n->standstill_original, &ignored_end, &ignored_months) != STANDSTILL_AGREES)
		return STANDSTILL_ODD;
	return reading;
}
