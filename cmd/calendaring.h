/* Filling a calendar from the index: the open deadlines, and those that were withdrawn before their day. */
#ifndef REGWATCH_CMD_CALENDARING_H
#define REGWATCH_CMD_CALENDARING_H

#include "../lib/report/ical.h"
#include "cmd.h"

/* What a subscription follows. out is initialised by the call and cleared by the caller, also after a failure. */
int calendar_of_subscription(struct app *app, const struct subscription *sub, struct calendar *out, struct error *err);

/* What a filter lets through, up to a day (not set: any). */
int calendar_of_filter(struct app *app, const struct filter *f, struct date last, struct calendar *out, struct error *err);

#endif
