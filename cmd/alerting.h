/* Alerts: what is due to each target of each subscription, and its delivery. */
#ifndef REGWATCH_CMD_ALERTING_H
#define REGWATCH_CMD_ALERTING_H

#include "cmd.h"

/* Delivers what is due to the named subscriptions (NULL or empty: all). One target's failure never touches another; each has its line
 * on stderr. Fails with ERR_AGAIN when something could not be delivered, ERR_MISSING when a program is missing, ERR_USAGE for an unknown
 * subscription. */
int alert_due(struct app *app, const struct strv *names, struct error *err);

/* Prints the messages that would go out and moves nothing. */
int alert_dry_run(struct app *app, const struct strv *names, struct error *err);

/* Takes a suspended target back: its next alert tries again. ERR_USAGE when no inbox has it. */
int alert_retry(struct app *app, const char *target, struct error *err);

/* Targets with something pending or suspended. */
struct undelivered {
	struct {
		char *subscription, *target, *reason;
		char since[INSTANT_TEXT];
		bool suspended;
	} *v;
	size_t n, cap;
};
int alert_undelivered(struct app *app, struct undelivered *out, struct error *err);
void undelivered_clear(struct undelivered *u);

#endif
