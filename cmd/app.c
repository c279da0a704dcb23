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

int
app_check_sector(const struct app *app, const char *name, struct error *err)
{
	size_t n = sectors_count(app->sectors);
	AUTO_FREE const char **known = NULL;
	const char *near;

	if (strcmp(name, "uncoded") == 0 || sectors_known(app->sectors, name))
		return 0;
	known = xcalloc(n, sizeof(*known));
	for (size_t i = 0; i < n; i++)
		known[i] = sectors_name(app->sectors, i);
	near = conf_nearest(name, known, n);
	return error_set(err, ERR_USAGE, "unknown sector '%.60s'%s%s%s", name, near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?" : "");
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
	app->deadline = clock_monotonic() + (double)app->settings.time_limit;
	make_paths_absolute(app);
	return settings_check_sectors(&app->conf, app->sectors, err);
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

void
app_index_close(struct app *app)
{
	index_free(app->ix);
	app->ix = NULL;
}

int
app_index_open(struct app *app, struct error *err)
{
	AUTO_FREE char *path = file_join(app->dir, "index.sqlite");

	return index_open(path, app->st, app->sectors, &app->ix, err);
}

int
app_open(struct app *app, unsigned needs, const char *who, struct error *err)
{
	char now[INSTANT_TEXT];
	AUTO_FREE char *lock = file_join(app->dir, "lock"), *holder = xasprintf("%s, begun %s", who, instant_format(clock_now(), now));
	int rc;

	if ((needs & (NEED_CONF | NEED_STORE | NEED_LOCK)) != 0 && (rc = open_conf(app, err)) < 0)
		return rc;
	if ((needs & NEED_LOCK) != 0 && (rc = file_lock_take(lock, holder, &app->lock, err)) < 0)
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
