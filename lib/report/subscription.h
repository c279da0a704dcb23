/* A subscription as configured: who is told about which events of which sectors, how and how often. */
#ifndef REGWATCH_REPORT_SUBSCRIPTION_H
#define REGWATCH_REPORT_SUBSCRIPTION_H

#include <stdbool.h>

#include "../base/strv.h"

enum every { EVERY_RUN, EVERY_DAY, EVERY_WEEK };	/* days and weeks (from Monday) of the UTC calendar */

struct subscription {
	char *name;
	char *title;			/* NULL: the name */
	struct strv sectors;		/* names, "*" (all), "uncoded" */
	struct strv members, areas, sources;	/* empty: any */
	struct strv events;		/* event names, "new" (with urgent), "changed"; default new, changed */
	struct strv targets;		/* "mailto:...", "atom:FILE", ... */
	enum every every;
	long backfill;			/* seconds before the first alert that it still tells about */
	bool empty;			/* send a digest that has nothing to tell */
	struct strv remind;		/* "21d", "7d", "end" */
	struct strv leads;		/* "21d, enquiry point", "3bd" */
	char *unsubscribe;		/* address or URL for List-Unsubscribe */
	char *secret_file;		/* webhook */
	char *language;			/* of an official language of the EU; NULL: that of the whole configuration */
};

/* The mail section. */
struct mail_settings {
	char *from;
	char *server;			/* smtp://, smtp+starttls://, smtps:// or NULL */
	char *sendmail;			/* command line, used when there is no server */
	char *user, *password_file;
	char *list_domain;		/* of List-Id; NULL: that of 'from' */
};

#endif
