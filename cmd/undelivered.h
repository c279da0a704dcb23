/* Targets that wait for something, and taking them back. */
#ifndef REGWATCH_CMD_UNDELIVERED_H
#define REGWATCH_CMD_UNDELIVERED_H

#include "cmd.h"

struct undelivered {
	struct {
		char *subscription, *target;	/* the target as people may see it */
		char *reason;			/* "" unknown */
		const char *state;		/* "pending", "suspended", "impossible" (as configured) */
		char since[INSTANT_TEXT];	/* "" for impossible ones */
	} *v;
	size_t n, cap;
};

int alert_undelivered(struct app *app, struct undelivered *out, struct error *err);
void undelivered_clear(struct undelivered *u);

/* Takes a suspended target back, or ends the pause of one that failed; named as configured, or as messages show it. ERR_USAGE when there is none.
 * look: only sees whether there is one. */
int alert_retry(struct app *app, const char *target, bool look, struct error *err);

#endif
