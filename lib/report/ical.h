/* Deadlines as an iCalendar file (RFC 5545), over libical. The only place that knows <libical/ical.h> is ical.c. */
#ifndef REGWATCH_REPORT_ICAL_H
#define REGWATCH_REPORT_ICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../notice/deadline.h"

struct buf;

/* The deadline of one dossier: a day of its own in the calendar. */
struct calendar_entry {
	char *dossier, *title, *url, *reason;
	char member[4];
	enum source source;
	struct date deadline;
	int sequence;			/* how often it was moved or withdrawn: may only grow */
	int64_t stamp;			/* when that was last told: commit time of the dossier's newest event */
	bool cancelled;
};

struct calendar {
	char *title;
	struct calendar_entry *v;
	size_t n, cap;
	struct leads leads;		/* for the ladder in the description */
	struct leads remind;		/* an alarm each */
};

void calendar_init(struct calendar *c);
void calendar_clear(struct calendar *c);
struct calendar_entry *calendar_add(struct calendar *c);	/* an empty one */

/* Appends the file, CRLF line ends, entries by day and symbol: the same calendar gives the same bytes, whatever the order of its entries. The UID comes from the
 * dossier alone, so a programme that imports an older and then a newer file has one entry, moved. Alarms ring at 09:00 of the reader's clock. */
void ical_render(const struct calendar *c, struct buf *out);

#endif
