/* The site from the store: what is read once, then all pages in the order in which they take their places. */
#include "publishing.h"

#include <pthread.h>

#include "../lib/base/date.h"
#include "../lib/base/message.h"

#define REPORT "published: %zu files written, %zu removed, %zu as they were"

/* Pages before the lists that lead to them, the start page last: see site_files.h. Dossiers are begun before all of it and ended behind it, as other processes
 * make them meanwhile. */
static const struct {
	const char *what;
	int (*publish)(struct world *w, struct site_files *f, struct error *err);
} steps[] = {
	{ "style sheet", publish_style }, { "dossiers", NULL }, { "feeds", publish_feeds }, { "calendars", publish_calendars }, { "search", publish_search },
	{ "lists", publish_lists }, { "fronts", publish_fronts },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

/* Tells what took how long since *start, and begins anew. */
static void
tell_time(const char *what, double *start)
{
	double now = clock_monotonic();

	message_debug("publish: %s in %.3f s", what, now - *start);
	*start = now;
}

static int
publish_step(struct world *w, struct site_files *f, struct share *dossiers, size_t i, struct error *err)
{
	double start = clock_monotonic();
	int rc = index_hold(w->app->ix, err);

	if (rc < 0)
		return rc;
	site_files_step(f, i);
	rc = steps[i].publish != NULL ? steps[i].publish(w, f, err) : share_end(dossiers, err);
	index_let_go(w->app->ix);
	tell_time(steps[i].what, &start);
	return rc;
}

static int
publish_steps(struct world *w, struct site_files *f, struct error *err)
{
	struct share *dossiers = NULL;
	double start = clock_monotonic();
	int rc = share_begin(w, f, &dossiers, err);

	tell_time("what is due", &start);
	for (size_t i = 0; rc == 0 && i < STEPS; i++)
		if (steps[i].publish != NULL)
			rc = publish_step(w, f, dossiers, i, err);
	for (size_t i = 0; rc == 0 && i < STEPS; i++)
		if (steps[i].publish == NULL)
			rc = publish_step(w, f, dossiers, i, err);
	share_free(dossiers);
	return rc;
}

static int
publish_all(struct world *w, struct site_files *f, struct error *err)
{
	struct site_files_done done;
	double start;
	int rc;

	if ((rc = publish_steps(w, f, err)) < 0)
		return rc;
	start = clock_monotonic();
	site_files_state(f, w->lacking ? 0 : world_state(w));
	if ((rc = site_files_finish(f, &done, err)) < 0)
		return rc;
	tell_time("files in place", &start);
	message_info(REPORT, done.written, done.removed, done.kept);
	return 0;
}

/* The list of files, read while the index is. */
struct opening {
	pthread_t thread;
	bool beside;		/* in a thread of its own */
	const char *dir;
	struct site_files *files;
	struct error err;
	int rc;
};

static void *
open_files(void *ctx)
{
	struct opening *o = ctx;

	o->rc = site_files_open(o->dir, &o->files, &o->err);
	return NULL;
}

static void
opening_begin(struct opening *o, const char *dir)
{
	*o = (struct opening){ .dir = dir };
	o->beside = pthread_create(&o->thread, NULL, open_files, o) == 0;
}

static int
opening_end(struct opening *o, struct error *err)
{
	if (o->beside)
		pthread_join(o->thread, NULL);
	else
		open_files(o);
	if (o->rc < 0)
		*err = o->err;
	return o->rc;
}

static int
publish_world(struct world *w, const char *dir, struct error *err)
{
	struct opening opening;
	struct error later;
	double start = clock_monotonic();
	int rc, opened;

	opening_begin(&opening, dir);
	rc = world_read(w, err);
	opened = opening_end(&opening, rc == 0 ? err : &later);
	tell_time("what there is and what was made", &start);
	if (rc == 0 && (rc = opened) == 0)
		rc = publish_all(w, opening.files, err);
	site_files_free(opening.files);
	return rc;
}

int
publish_site(struct app *app, const char *dir, struct error *err)
{
	struct world w;
	size_t files;
	int rc = 0;

	world_begin(app, &w);
	if (site_files_unchanged(dir, world_state(&w), &files))
		message_info(REPORT, (size_t)0, (size_t)0, files);
	else
		rc = publish_world(&w, dir, err);
	world_clear(&w);
	return rc < 0 ? error_prefix(err, "publish") : 0;
}
