/* init: the folder with a commented configuration and an empty store */
#include <string.h>
#include <sys/stat.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "cmd.h"

int
cmd_init(struct app *app, const struct options *o, struct error *err)
{
	AUTO_FREE char *conf = file_join(app->dir, "regwatch.conf"), *store = file_join(app->dir, "store.git");
	int rc;

	(void)o;
	if (file_exists(conf))
		return error_set(err, ERR_CONF, "'%s' is there already; init does not overwrite", conf);
	if ((rc = file_mkdirs(app->dir, err)) < 0)
		return rc;
	/* the configuration last: while it is missing, init can be tried again; a store that is there stays as it is */
	if (!file_exists(store) && (rc = store_create(store, err)) < 0)
		return rc;
	if ((rc = file_write(conf, settings_template, strlen(settings_template), NULL, err)) < 0)
		return rc;
	if (chmod(conf, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH) < 0)
		return error_errno(err, ERR_IO, "cannot set the mode of '%s'", conf);
	printf("%s\n", conf);
	return 0;
}
