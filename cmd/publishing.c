/* The site from the store: what is read once, then all pages in the order in which they take their places. */
#include "publishing.h"

#include <string.h>

#include "../lib/base/aside.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/date.h"
#include "../lib/base/file.h"
#include "../lib/base/message.h"

#define REPORT "published: %zu files written, %zu removed, %zu as they were"

/* Pages before the lists that lead to them, the start page last: see site_files.h. */
enum { STEP_STYLE, STEP_DOSSIERS, STEP_FEEDS, STEP_CALENDARS, STEP_SEARCH, STEP_LISTS, STEP_FRONTS };

/* Made one after the other: dossiers, which other processes make meanwhile, are begun before and ended behind all else; a thread makes the search. */
static const struct {
	size_t step;
	const char *what;
	int (*publish)(struct world *w, struct site_files *f, struct error *err);
} steps[] = {
	{ STEP_STYLE, "style sheet", publish_style }, { STEP_FEEDS, "feeds", publish_feeds }, { STEP_CALENDARS, "calendars", publish_calendars },
	{ STEP_LISTS, "lists", publish_lists }, { STEP_FRONTS, "fronts", publish_fronts }, { STEP_DOSSIERS, "dossiers", share_end },
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

/* ---- the search, in a thread ---- */

struct searching {
	const struct world *w;
	struct index *ix;		/* its own */
	struct site_files *files;
};

static int
make_search(void *ctx, struct error *err)
{
	struct searching *s = ctx;
	double start = clock_monotonic();
	int rc = index_hold(s->ix, err);

	if (rc < 0)
		return rc;
	rc = publish_search(s->w, s->ix, s->files, err);
	index_let_go(s->ix);
	tell_time("search", &start);
	return rc;
}

/* ---- all else ---- */

static int
publish_step(struct world *w, struct site_files *f, size_t i, struct error *err)
{
	double start = clock_monotonic();
	int rc = index_hold(w->app->ix, err);

	if (rc < 0)
		return rc;
	site_files_step(f, steps[i].step);
	rc = steps[i].publish(w, f, err);
	index_let_go(w->app->ix);
	tell_time(steps[i].what, &start);
	return rc;
}

static int
publish_others(struct world *w, struct site_files *f, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < STEPS; i++)
		rc = publish_step(w, f, i, err);
	return rc;
}

/* The search and all else at the same time, if the index can be opened twice. */
static int
publish_steps(struct world *w, struct site_files *f, struct error *err)
{
	struct searching search = { w, NULL, f };
	struct error later;
	struct aside *beside;
	int rc, searched;

	site_files_step_below(f, SEARCH_FOLDER, STEP_SEARCH);
	if ((rc = index_open_beside(w->app->ix, &search.ix, err)) < 0)
		return rc;
	if (search.ix == NULL)
		return (rc = publish_search(w, w->app->ix, f, err)) < 0 ? rc : publish_others(w, f, err);
	beside = aside_begin(make_search, &search);
	rc = publish_others(w, f, err);
	searched = aside_end(beside, rc == 0 ? err : &later);
	index_free(search.ix);
	return rc < 0 ? rc : searched;
}

static int
publish_pages(struct world *w, struct site_files *f, struct error *err)
{
	int rc = share_begin(w, err);

	return rc < 0 ? rc : publish_steps(w, f, err);
}

static int
publish_all(struct world *w, struct site_files *f, struct error *err)
{
	struct site_files_done done;
	double start;
	int rc;

	if ((rc = publish_pages(w, f, err)) < 0)
		return rc;
	start = clock_monotonic();
	site_files_state(f, w->lacking ? 0 : world_state(w));
	if ((rc = site_files_finish(f, &done, err)) < 0)
		return rc;
	tell_time("files in place", &start);
	message_info(REPORT, done.written, done.removed, done.kept);
	return 0;
}

/* ---- what there is, and what was made ---- */

struct reading {
	struct world *w;
	struct index *beside;		/* the thread's own; NULL: the index cannot be read twice at once */
	const char *dir;
	struct site_files *files;
};

/* In a thread: what does not hang on the notifications. */
static int
read_beside(void *ctx, struct error *err)
{
	struct reading *r = ctx;
	double start = clock_monotonic();
	int rc = site_files_open(r->dir, &r->files, err);

	tell_time("what was made", &start);
	if (rc < 0 || r->beside == NULL)
		return rc;
	rc = world_deadlines(r->w, r->beside, err);
	tell_time("deadlines", &start);
	return rc;
}

static int
find_due(void *ctx, struct error *err)
{
	struct reading *r = ctx;
	double start = clock_monotonic();

	(void)err;
	share_find(r->w, r->files);
	tell_time("what is due", &start);
	return 0;
}

/* Runs both, one of them in a thread; which of two failures is told does not hang on which came first. */
static int
both(struct reading *r, int (*here)(struct world *w, struct error *err), int (*beside)(void *ctx, struct error *err), struct error *err)
{
	struct aside *a = aside_begin(beside, r);
	struct error later;
	int rc = here(r->w, err), other = aside_end(a, rc == 0 ? err : &later);

	return rc < 0 ? rc : other;
}

/* Deadlines may be of another moment than notifications, as all steps may: what comes meanwhile is not in the state that is kept, so that the next run sees to it. */
static int
read_all(struct reading *r, struct error *err)
{
	int rc = index_open_beside(r->w->app->ix, &r->beside, err);

	if (rc == 0)
		rc = both(r, world_read, read_beside, err);
	if (rc == 0 && r->beside == NULL)
		rc = world_deadlines(r->w, r->w->app->ix, err);
	index_free(r->beside);
	return rc == 0 ? both(r, world_arrange, find_due, err) : rc;
}

static int
publish_world(struct world *w, const char *dir, struct error *err)
{
	struct reading r = { w, NULL, dir, NULL };
	double start = clock_monotonic();
	int rc = read_all(&r, err);

	tell_time("what there is and what was made", &start);
	if (rc == 0)
		rc = publish_all(w, r.files, err);
	share_free(w);
	site_files_free(r.files);
	return rc;
}

static bool
is_within(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* What is published is for everybody, and lies where nothing of ours does. */
static int
check_folder(const struct app *app, const char *dir, struct error *err)
{
	AUTO_FREE char *path = file_resolve(dir), *home = file_resolve(app->dir), *name = file_join(app->dir, "store.git"), *store = file_resolve(name);

	if (strcmp(path, home) == 0)
		return error_set(err, ERR_CONF, "'%s' is the home of regwatch: publish into a folder of its own, as in '%s/site'", dir, app->dir);
	if (is_within(path, store))
		return error_set(err, ERR_CONF, "'%s' is in the store '%s': publish into a folder of its own", dir, name);
	return 0;
}

int
publish_site(struct app *app, const char *dir, struct error *err)
{
	struct world w;
	size_t files;
	int rc = check_folder(app, dir, err);

	if (rc < 0)
		return error_prefix(err, "publish");
	world_begin(app, &w);
	if (site_files_unchanged(dir, world_state(&w), &files))
		message_info(REPORT, (size_t)0, (size_t)0, files);
	else
		rc = publish_world(&w, dir, err);
	world_clear(&w);
	return rc < 0 ? error_prefix(err, "publish") : 0;
}
