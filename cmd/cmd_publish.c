/* publish: the static site */
#include "publishing.h"

int
cmd_publish(struct app *app, const struct options *o, struct error *err)
{
	const char *dir = o->rest.n > 0 ? o->rest.v[0] : app->settings.site_dir;

	if (dir == NULL)
		return error_set(err, ERR_CONF, "there is no folder to publish into: set 'dir' in [site] of '%s', or name one", app->conf.file);
	return publish_site(app, dir, err);
}
