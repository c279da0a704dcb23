#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "cmd.h"

char *
app_path(const struct app *app, const char *name)
{
	return name[0] == '/' ? xstrdup(name) : file_join(app->dir, name);
}

static void
make_absolute(const struct app *app, char **path)
{
	char *absolute;

	if (*path == NULL)
		return;
	absolute = app_path(app, *path);
	free(*path);
	*path = absolute;
}

/* Files that the configuration names are relative to its own folder, wherever cron starts us. */
static void
make_paths_absolute(struct app *app)
{
	struct settings *s = &app->settings;

	make_absolute(app, &s->feed[SOURCE_EPING].key_file);
	make_absolute(app, &s->mail.password_file);
	make_absolute(app, &s->site_dir);
	for (size_t i = 0; i < s->subscriptions_n; i++)
		make_absolute(app, &s->subscriptions[i].secret_file);
}

static int
check_sectors(const struct app *app, const struct subscription *sub, struct error *err)
{
	for (size_t i = 0; i < sub->sectors.n; i++) {
		const char *name = sub->sectors.v[i], *near;
		AUTO_FREE const char **known = NULL;

		if (strcmp(name, "*") == 0 || strcmp(name, "uncoded") == 0 || sectors_known(app->sectors, name))
			continue;
		known = xcalloc(sectors_count(app->sectors), sizeof(*known));
		for (size_t k = 0; k < sectors_count(app->sectors); k++)
			known[k] = sectors_name(app->sectors, k);
		near = conf_nearest(name, known, sectors_count(app->sectors));
		return error_set(err, ERR_CONF, "%s: subscription \"%s\": unknown sector '%s'%s%s%s", app->conf.file, sub->name, name,
		    near != NULL ? "; did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
	}
	return 0;
}

static int
open_conf(struct app *app, struct error *err)
{
	AUTO_FREE char *path = file_join(app->dir, "regwatch.conf");
	int rc;

	if (!file_exists(path))
		return error_set(err, ERR_CONF, "there is no '%s'; 'regwatch -C DIR init' makes one", path);
	if ((rc = conf_read(&app->conf, path, err)) < 0)
		return rc;
	for (size_t i = 0; i < app->overrides->n; i++)
		if ((rc = conf_override(&app->conf, app->overrides->v[i], err)) < 0)
			return rc;
	if ((rc = settings_read(&app->settings, &app->conf, err)) < 0 || (rc = sectors_load(&app->conf, &app->sectors, err)) < 0)
		return rc;
	make_paths_absolute(app);
	for (size_t i = 0; i < app->settings.subscriptions_n; i++)
		if ((rc = check_sectors(app, &app->settings.subscriptions[i], err)) < 0)
			return rc;
	return 0;
}

int
app_open_store(struct app *app, bool writer, const struct sectors *labels, struct error *err)
{
	AUTO_FREE char *store = file_join(app->dir, "store.git"), *index = file_join(app->dir, "index.sqlite");
	int rc;

	if ((rc = store_open(store, writer, &app->st, err)) < 0 || (rc = index_open(index, app->st, labels, &app->ix, err)) < 0)
		return rc;
	return index_sync(app->ix, err);
}

int
app_open(struct app *app, unsigned needs, const char *who, struct error *err)
{
	AUTO_FREE char *lock = file_join(app->dir, "lock");
	int rc;

	if ((needs & (NEED_CONF | NEED_STORE | NEED_LOCK)) != 0 && (rc = open_conf(app, err)) < 0)
		return rc;
	if ((needs & NEED_LOCK) != 0 && (rc = file_lock_take(lock, who, &app->lock, err)) < 0)
		return rc;
	if ((needs & NEED_STORE) != 0)
		return app_open_store(app, (needs & NEED_LOCK) != 0, app->sectors, err);
	return 0;
}

void
app_close(struct app *app)
{
	index_free(app->ix);
	store_free(app->st);
	file_lock_release(app->lock);
	sectors_free(app->sectors);
	settings_clear(&app->settings);
	conf_clear(&app->conf);
	free(app->dir);
}
