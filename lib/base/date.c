#include "date.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "error.h"

static int
days_in_month(int year, int month)
{
	static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool
date_valid(int year, int month, int day)
{
	return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

/* Exactly n digits at *p, which moves behind them. */
static bool
digits(const char **p, int n, int *out)
{
	int value = 0;

	for (int i = 0; i < n; i++, (*p)++) {
		if (!isdigit((unsigned char)**p))
			return false;
		value = 10 * value + (**p - '0');
	}
	*out = value;
	return true;
}

static bool
literal(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool
accept(int year, int month, int day, struct date *out)
{
	if (!date_valid(year, month, day))
		return false;
	*out = (struct date){ (int16_t)year, (int8_t)month, (int8_t)day };
	return true;
}

bool
date_parse_iso(const char *text, struct date *out, const char **end)
{
	int y, m, d;

	*out = DATE_NONE;
	if (!digits(&text, 4, &y) || !literal(&text, '-') || !digits(&text, 2, &m) || !literal(&text, '-') || !digits(&text, 2, &d))
		return false;
	if (end != NULL)
		*end = text;
	return accept(y, m, d, out);
}

bool
date_parse_dmy(const char *text, char sep, struct date *out, const char **end)
{
	int y, m, d;

	*out = DATE_NONE;
	if (!digits(&text, 2, &d) || !literal(&text, sep) || !digits(&text, 2, &m) || !literal(&text, sep) || !digits(&text, 4, &y))
		return false;
	if (end != NULL)
		*end = text;
	return accept(y, m, d, out);
}

static void
put_digits(char *text, size_t n, unsigned value)
{
	for (; n > 0; value /= 10)
		text[--n] = (char)('0' + value % 10);
}

char *
date_format(struct date d, char text[DATE_TEXT])
{
	text[0] = '\0';
	if (!date_is_set(d))
		return text;
	put_digits(text, 4, (unsigned)d.year % 10000);
	text[4] = '-';
	put_digits(text + 5, 2, (unsigned)d.month % 100);
	text[7] = '-';
	put_digits(text + 8, 2, (unsigned)d.day % 100);
	text[10] = '\0';
	return text;
}

int
date_cmp(struct date a, struct date b)
{
	int32_t x = a.year * 512 + a.month * 32 + a.day, y = b.year * 512 + b.month * 32 + b.day;

	return (x > y) - (x < y);
}

struct date
date_max(struct date a, struct date b)
{
	return date_cmp(a, b) >= 0 ? a : b;
}

/* Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March. */
int32_t
date_days(struct date d)
{
	int32_t y = d.year - (d.month <= 2), era = y / 400, yoe = y - era * 400;
	int32_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct date
date_from_days(int32_t days)
{
	int32_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int32_t month = mp + (mp < 10 ? 3 : -9);

	return (struct date){ (int16_t)(yoe + era * 400 + (month <= 2)), (int8_t)month, (int8_t)(doy - (153 * mp + 2) / 5 + 1) };
}

struct date
date_add_days(struct date d, int32_t days)
{
	return date_from_days(date_days(d) + days);
}

struct date
date_add_months(struct date d, int months)
{
	int m = d.year * 12 + d.month - 1 + months, year = m / 12, month = m % 12 + 1, last = days_in_month(year, month);

	return (struct date){ (int16_t)year, (int8_t)month, (int8_t)(d.day < last ? d.day : last) };
}

int
date_weekday(struct date d)
{
	return (int)(((date_days(d) + 3) % 7 + 7) % 7);
}

struct date
date_of_instant(int64_t t)
{
	int64_t days = t / 86400 - (t % 86400 < 0);

	return date_from_days((int32_t)days);
}

int64_t
date_midnight(struct date d)
{
	return (int64_t)date_days(d) * 86400;
}

char *
instant_format(int64_t t, char text[INSTANT_TEXT])
{
	char day[DATE_TEXT];
	struct date d = date_of_instant(t);
	unsigned s = (unsigned)(t - date_midnight(d));

	snprintf(text, INSTANT_TEXT, "%sT%02u:%02u:%02uZ", date_format(d, day), s / 3600 % 24, s / 60 % 60, s % 60);
	return text;
}

/* "Z", "+02:00" or "+0200"; *offset in seconds east. */
static bool
parse_zone(const char *p, int *offset)
{
	int h, m, sign = *p == '-' ? -1 : 1;

	*offset = 0;
	if ((*p == 'Z' || *p == 'z') && p[1] == '\0')
		return true;
	if (*p != '+' && *p != '-')
		return false;
	p++;
	if (!digits(&p, 2, &h) || (*p == ':' && p++ == NULL) || !digits(&p, 2, &m) || *p != '\0' || h > 14 || m > 59)
		return false;
	*offset = sign * (h * 3600 + m * 60);
	return true;
}

bool
instant_parse(const char *text, int64_t *out)
{
	struct date d;
	const char *p;
	int h, m, s, offset;

	if (!date_parse_iso(text, &d, &p) || (*p != 'T' && *p != 't' && *p != ' '))
		return false;
	p++;
	if (!digits(&p, 2, &h) || !literal(&p, ':') || !digits(&p, 2, &m) || !literal(&p, ':') || !digits(&p, 2, &s))
		return false;
	if (*p == '.')
		for (p++; isdigit((unsigned char)*p); p++)
			continue;
	if (h > 23 || m > 59 || s > 59 || !parse_zone(p, &offset))
		return false;
	*out = date_midnight(d) + h * 3600 + m * 60 + s - offset;
	return true;
}

int
clock_check(struct error *err)
{
	const char *now = getenv("REGWATCH_NOW");
	int64_t t;

	if (now != NULL && !instant_parse(now, &t))
		return error_set(err, ERR_USAGE, "REGWATCH_NOW is not an instant like 2026-11-22T06:00:00Z: '%.60s'", now);
	return 0;
}

int64_t
clock_now(void)
{
	const char *now = getenv("REGWATCH_NOW");
	int64_t t;

	return now != NULL && instant_parse(now, &t) ? t : (int64_t)time(NULL);
}

struct date
clock_today(void)
{
	return date_of_instant(clock_now());
}

double
clock_monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
