/* verify, rebuild */
#include <stdio.h>
#include <unistd.h>

#include "../feeds/item.h"
#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../store/rebuild.h"
#include "../store/verify.h"
#include "cmd.h"

static void
tell_problem(void *ctx, const char *problem)
{
	AUTO_BUF safe = BUF_INIT;

	message_filter(problem, &safe);
	fprintf(ctx, "%s\n", buf_str(&safe));
}

int
cmd_verify(struct app *app, const struct options *o, struct error *err)
{
	struct verify_counts counts;
	int rc = store_verify(app->st, app->ix, tell_problem, stdout, &counts, err);

	(void)o;
	if (rc < 0)
		return rc;
	if (counts.problems > 0)
		return error_set(err, ERR_DATA, "%zu problem%s in %zu versions", counts.problems, counts.problems == 1 ? "" : "s", counts.versions);
	message_info("%zu versions are whole", counts.versions);
	return 0;
}

static int
rebuild_index(struct app *app, struct error *err)
{
	static const char *const suffixes[] = { "", "-wal", "-shm" };
	AUTO_FREE char *index = app_path(app, "index.sqlite");
	struct index_counts counts;
	int rc;

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		AUTO_FREE char *path = xasprintf("%s%s", index, suffixes[i]);

		unlink(path);
	}
	if ((rc = index_open(index, app->st, app->sectors, &app->ix, err)) < 0 || (rc = index_sync(app->ix, err)) < 0 || (rc = index_counts(app->ix, &counts, err)) < 0)
		return rc;
	message_info("the index holds %ld notifications in %ld versions", counts.notifications, counts.versions);
	return 0;
}

int
cmd_rebuild(struct app *app, const struct options *o, struct error *err)
{
	AUTO_FREE char *store = app_path(app, "store.git"), *scratch = app_path(app, "cache/rebuild");
	size_t versions;
	int rc;

	if ((rc = store_open(store, true, &app->st, err)) < 0)
		return rc;
	if (o->store) {
		if ((rc = store_rebuild(app->st, scratch, item_decode, &versions, err)) < 0)
			return rc;
		message_info("%zu versions came out of the raw payloads as they stand", versions);
	}
	return rebuild_index(app, err);
}
