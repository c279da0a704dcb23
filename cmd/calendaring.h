/* Filling a calendar from the index: the open deadlines, and those that were withdrawn before their day. */
#ifndef REGWATCH_CMD_CALENDARING_H
#define REGWATCH_CMD_CALENDARING_H

#include "../lib/report/ical.h"
#include "cmd.h"

/* The days of all dossiers, read once for all calendars of a run. */
struct dates;
int dates_read(struct index *ix, struct dates **out, struct error *err);
void dates_free(struct dates *d);

/* What a subscription follows of them. out is initialised by the call and cleared by the caller, also after a failure. */
int calendar_of_subscription(struct index *ix, struct dates *d, const struct subscription *sub, struct calendar *out, struct error *err);

/* What a filter lets through, up to a day (not set: any). links: entries bear the addresses of the sources, which is a look at each record. */
int calendar_of_filter(struct index *ix, const struct filter *f, struct date last, bool links, struct calendar *out, struct error *err);

#endif
