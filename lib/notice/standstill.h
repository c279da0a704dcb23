/* The standstill of Directive (EU) 2015/1535, computed as a check on the date that TRIS shows (Arts 5 to 7). */
#ifndef REGWATCH_NOTICE_STANDSTILL_H
#define REGWATCH_NOTICE_STANDSTILL_H

#include "notice.h"

/* Day on which the Commission's offices are closed (pattern fitted to the official lists of 2025 and 2026; movable feasts from
 * Easter). 27 to 31 December do not count: TRIS ended standstills on them. */
bool standstill_holiday(struct date d);

/* receipt + months (3 normal, 4 services, 6 goods with a detailed opinion, 12, 18) + 1 day, rolled to a working day. */
struct date standstill_end(struct date received, int months);

/* What the shown dates look like. */
enum standstill_reading {
	STANDSTILL_AGREES,	/* within 3 days of the computed date for one of the lengths */
	STANDSTILL_NONE,	/* no end, or the day after receipt: urgency accepted or fiscal measure */
	STANDSTILL_SHORT,	/* ends 2 to 40 days after receipt: urgency probably accepted later */
	STANDSTILL_ODD,		/* anything else: flag it */
	STANDSTILL_UNKNOWN	/* nothing to compare */
};

/* Looks at distributed, standstill_original, standstill_end. *expected (may be NULL) is the nearest computed end, *months its length. */
enum standstill_reading standstill_check(const struct notice *n, struct date *expected, int *months);

#endif
