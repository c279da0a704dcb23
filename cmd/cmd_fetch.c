/* fetch, run */
#include <string.h>

#include "../lib/base/message.h"
#include "../store/maintain.h"
#include "alerting.h"
#include "collect.h"
#include "publishing.h"

static int
choose_feeds(const struct strv *names, struct collect_options *c, struct error *err)
{
	enum source source;

	c->feed[SOURCE_EPING] = c->feed[SOURCE_TRIS] = names->n == 0;
	for (size_t i = 0; i < names->n; i++) {
		if (!source_parse(names->v[i], &source))
			return error_set(err, ERR_USAGE, "there is no feed '%s'; there are eping and tris", names->v[i]);
		c->feed[source] = true;
	}
	return 0;
}

static int
collect_and_maintain(struct app *app, const struct collect_options *c, struct error *err)
{
	struct error maintenance = { 0 };
	int rc = collect_feeds(app, c, err);
	int failed = store_maintain(app->st, &maintenance);

	return graver(rc, err, failed, &maintenance, err);
}

int
cmd_fetch(struct app *app, const struct options *o, struct error *err)
{
	struct collect_options c = { .since = o->since, .all = o->all, .accept = o->accept };
	int rc = choose_feeds(&o->rest, &c, err);

	return rc < 0 ? rc : collect_and_maintain(app, &c, err);
}

int
cmd_run(struct app *app, const struct options *o, struct error *err)
{
	const struct collect_options c = { .feed = { true, true } };
	const long limit = app->settings.time_limit;
	struct error alerts = { 0 }, site = { 0 };
	int rc, failed;

	(void)o;
	app->settings.time_limit = limit - limit / 10;	/* a feed that takes all the time there is shall not silence the alerts */
	rc = collect_and_maintain(app, &c, err);
	app->settings.time_limit = limit;
	failed = alert_due(app, NULL, NULL, &alerts);	/* what was good tonight is told, whatever a feed did */
	rc = graver(rc, err, failed, &alerts, err);
	failed = app->settings.site_dir != NULL ? publish_site(app, app->settings.site_dir, &site) : 0;
	return graver(rc, err, failed, &site, err);
}
