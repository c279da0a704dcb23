/* Alerts: what is due to each target of each subscription, and its delivery. */
#ifndef REGWATCH_CMD_ALERTING_H
#define REGWATCH_CMD_ALERTING_H

#include "cmd.h"

/* Delivers what is due to the named subscriptions (NULL or empty: all). One target's failure never touches another; each has its line
 * on stderr. A target named by 'retried' (NULL: none) is due whatever its 'every' says. Fails with ERR_AGAIN when something could not be delivered,
 * ERR_MISSING when a program is missing, ERR_CONF when a target cannot work as configured, ERR_USAGE for an unknown subscription. */
int alert_due(struct app *app, const struct strv *names, const char *retried, struct error *err);

/* Prints the messages that would go out, to a suspended target too when it is the retried one, and moves nothing. */
int alert_dry_run(struct app *app, const struct strv *names, const char *retried, struct error *err);

#endif
