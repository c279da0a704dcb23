/* Deadlines as people plan with them: the official day, earlier days by which others must have the comment, reminders. */
#ifndef REGWATCH_NOTICE_DEADLINE_H
#define REGWATCH_NOTICE_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "notice.h"

struct error;

/* "21d", "3w", "3bd", "end": how long before a deadline. Business days are Monday to Friday: whose holidays would count is not known. */
struct lead {
	int n;			/* 0 to 3650; "end" is 0, the day itself */
	bool business;
	char *who;		/* who must have the comment by then; NULL when nobody is named */
};

struct leads {
	struct lead *v;
	size_t n, cap;
};

#define LEADS_INIT { NULL, 0, 0 }
#define AUTO_LEADS __attribute__((cleanup(leads_clear))) struct leads

/* Adds what a value of 'lead' or 'remind' lists: lengths, each perhaps followed by who ("21d, enquiry point, 3bd, association").
 * The same length for the same reader is kept once. Fails with ERR_CONF, naming the part that is neither. */
int leads_parse(struct leads *l, const char *value, struct error *err);
void leads_clear(struct leads *l);

/* The day that lies a lead before a deadline. */
struct date lead_day(const struct lead *lead, struct date deadline);

/* n business days before (n < 0: after) a day; 0 gives the day itself. */
struct date business_days_before(struct date d, int n);

enum rung_kind {
	RUNG_OFFICIAL,		/* the published deadline or end of standstill */
	RUNG_LEAD,		/* of the configuration */
	RUNG_WORKDAY,		/* the official day is no working day: the last one before */
	RUNG_CONTRIBUTION,	/* TRIS asks for contributions five weeks before the end of standstill */
	RUNG_LAST_USEFUL	/* TRIS: the day before the end; whether the end itself still counts is not settled */
};

struct rung {
	struct date date;
	enum rung_kind kind;
	const char *who;	/* of the lead; borrowed, may be NULL */
};

/* The ladder of a deadline, soonest first; caller frees *out. Returns how many rungs, 0 without a deadline. leads may be NULL. */
size_t deadline_ladder(struct date deadline, enum source source, const struct leads *leads, struct rung **out);

/* Words for a rung: "comments close", "end of standstill", "last working day before", ...; of a lead its reader. Static, or who. */
const char *rung_name(const struct rung *rung, enum source source);

/* The reminder that is due on a day: the latest whose day has come while the deadline has not passed, so that a program that did
 * not run for a week sends one, not three. NULL when none is. Its day goes to *day (may be NULL). */
const struct lead *deadline_reminder(const struct leads *remind, struct date deadline, struct date today, struct date *day);

enum deadline_state { DEADLINE_UNKNOWN, DEADLINE_OPEN, DEADLINE_CLOSING, DEADLINE_CLOSED };

/* Open until the day has ended; closing in its last 14 days. */
enum deadline_state deadline_state(struct date deadline, struct date today);

#endif
