/* A month of deadlines as a table of weeks, Monday first: a cell a day, its entries as links. Reads as a list on a narrow screen. */
#ifndef REGWATCH_SITE_MONTH_H
#define REGWATCH_SITE_MONTH_H

#include <stddef.h>

#include "../base/date.h"

struct buf;

struct month_entry {
	struct date date;
	const char *href;
	const char *text;	/* the link: an id */
	const char *title;	/* what it is about, behind the link; "" or NULL: nothing */
	const char *lang;	/* of the title, "" or NULL: the page's */
	const char *member;	/* name of the member, "" or NULL */
	const char *list;	/* href of the list from it on, for a day that has more than are shown; NULL: none */
};

#define MONTH_DAY_SHOWN 6	/* entries of a day, at most, and fewer of each day when the table would pass MONTH_ROOM; of the rest the number, as a link to the list */
#define MONTH_ROOM 33000	/* bytes: with frame and style sheet under 50 KB */
#define MONTH_TITLE 90		/* columns of a title; the whole is a click away */

struct month {
	int year, month;
	struct date today;	/* marked when it lies in the month; DATE_NONE: none */
	const struct month_entry *entries;	/* by date; those of other months are passed over */
	size_t n;
	const char *previous, *next;	/* hrefs of the months before and after, NULL: none */
	const char *anchor;	/* prefix of the ids of days, "" for none: <td id="ANCHOR2026-03-01"> */
};

/* <nav> with the neighbours, then <table class="calendar">. */
void month_write(const struct month *m, struct buf *out);

/* "2026-03", for file names; "March 2026", for people. Appended. */
void month_key(int year, int month, struct buf *out);
void month_title(int year, int month, struct buf *out);

#endif
