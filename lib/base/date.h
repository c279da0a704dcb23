/* Civil dates (no time, no zone) and instants (UTC seconds since 1970). No mktime, no localtime, no TZ anywhere. */
#ifndef REGWATCH_BASE_DATE_H
#define REGWATCH_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct error;

struct date {
	int16_t year;		/* 0: no date */
	int8_t month, day;	/* from 1 */
};

#define DATE_NONE ((struct date){ 0, 0, 0 })
#define DATE_TEXT 11		/* "2025-06-12" and NUL */
#define INSTANT_TEXT 21		/* "2025-06-12T06:00:00Z" and NUL */

static inline bool
date_is_set(struct date d)
{
	return d.year != 0;
}

/* Years 1900 to 2200; 31 February is an error. */
bool date_valid(int year, int month, int day);

/* The date at the start of text; *end (may be NULL) is set behind it. False, and DATE_NONE, when there is none. */
bool date_parse_iso(const char *text, struct date *out, const char **end);		/* 2025-06-12 */
bool date_parse_dmy(const char *text, char sep, struct date *out, const char **end);	/* 12/06/2025 */

/* Writes "2025-06-12", or "" for no date; returns text. */
char *date_format(struct date d, char text[DATE_TEXT]);

/* <0, 0, >0; no date comes before all others. */
int date_cmp(struct date a, struct date b);
struct date date_max(struct date a, struct date b);

int32_t date_days(struct date d);			/* since 1970-01-01; d must be set */
struct date date_from_days(int32_t days);
struct date date_add_days(struct date d, int32_t days);

/* Same day of the month; when it does not exist, the month's last (Regulation 1182/71 Art. 3(2)(c)). */
struct date date_add_months(struct date d, int months);
int date_weekday(struct date d);			/* 0 Monday ... 6 Sunday */

struct date date_of_instant(int64_t t);			/* the UTC day */
int64_t date_midnight(struct date d);			/* UTC */

/* RFC 3339 "2025-06-12T06:00:00Z"; parse also accepts a numeric zone and fractions, which it drops. */
char *instant_format(int64_t t, char text[INSTANT_TEXT]);
bool instant_parse(const char *text, int64_t *out);

/* The program's one clock: $REGWATCH_NOW when set, else the system's. clock_check fails with ERR_USAGE when the variable is
 * set to what is not an instant; main calls it once, before anybody asks for the time. */
int clock_check(struct error *err);
int64_t clock_now(void);
struct date clock_today(void);

/* Monotonic real seconds, for waiting and limits; REGWATCH_NOW does not touch it. */
double clock_monotonic(void);

#endif
