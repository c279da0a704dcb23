/* alert: delivers what is due */
#include "alerting.h"
#include "undelivered.h"

int
cmd_alert(struct app *app, const struct options *o, struct error *err)
{
	int rc;

	if (o->retry != NULL && (rc = alert_retry(app, o->retry, o->dry_run, err)) < 0)
		return rc;
	return o->dry_run ? alert_dry_run(app, &o->rest, o->retry, err) : alert_due(app, &o->rest, o->retry, err);
}
