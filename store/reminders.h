/* The reminders that were sent to a target, as a tree in its newest receipt: one file a month of their dates ("2026-11"), lines "DATE ID" in order. So
 * looking one up reads one file, and old months are dropped as whole files. */
#ifndef REGWATCH_STORE_REMINDERS_H
#define REGWATCH_STORE_REMINDERS_H

#include <stdint.h>

#include "../lib/base/date.h"
#include "../lib/base/strv.h"
#include "git.h"

#define REMINDERS_MONTH 8	/* "2026-11" and NUL */

/* The month's file that a reminder of this date belongs to. */
void reminders_month(struct date date, char month[REMINDERS_MONTH]);

/* Its lines, sorted; empty when there is no such file. tree: "" for none at all. */
int reminders_load(struct store *st, const char *tree, const char *month, struct strv *lines, struct error *err);

/* The tree with some more reminders ("ID DATE") and without the months that ended before 'oldest'. out: "" when nothing is left. ERR_DATA for what is no
 * reminder. */
int reminders_add(struct store *st, const char *tree, const struct strv *more, struct date oldest, char out[OID_HEX], struct error *err);

/* "ID DATE" -> "DATE ID", the order that sorts. False when it is no reminder. */
bool reminders_line(const char *reminder, struct date *date, struct buf *line);

#endif
