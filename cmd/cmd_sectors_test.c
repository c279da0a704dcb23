/* sectors test: hits a week, samples, near misses, and what differs from the rule in force */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "sectors_test.h"
#include "trial.h"

#define MONTHS 6		/* without --since */

static void
trial_clear(struct trial *t)
{
	replay_clear(&t->replay);
	for (int i = 0; i < AGAINSTS; i++)
		replay_difference_clear(&t->differences[i]);
	free(t->weeks);
}

/* ---- counting ---- */

static struct date
monday_of(struct date day)
{
	return date_add_days(day, -date_weekday(day));
}

static size_t
week_of(const struct trial *t, int64_t at)
{
	int32_t days = date_days(date_of_instant(at)) - date_days(t->monday);

	return days < 0 ? 0 : (size_t)days / 7;
}

static void
count_weeks(struct trial *t)
{
	const struct replay_items *hits = &t->replay.hits;

	t->monday = monday_of(t->since);
	t->weeks_n = week_of(t, date_midnight(t->until)) + 1;
	for (size_t i = 0; i < hits->n; i++)	/* a clock that ran ahead */
		if (week_of(t, hits->v[i].at) >= t->weeks_n)
			t->weeks_n = week_of(t, hits->v[i].at) + 1;
	t->weeks = xcalloc(t->weeks_n, sizeof(*t->weeks));
	for (size_t i = 0; i < hits->n; i++) {
		t->weeks[week_of(t, hits->v[i].at)]++;
		t->low += hits->v[i].why.n > 0 && hits->v[i].why.v[0].low;
	}
}

double
trial_per_week(const struct trial *t)
{
	double days = date_days(t->until) - date_days(t->since) + 1;

	return (double)t->replay.hits.n * 7 / (days > 7 ? days : 7);
}

/* ---- the trial ---- */

static int
check_sector(const struct app *app, struct trial *t, struct error *err)
{
	size_t n = sectors_count(app->sectors);
	AUTO_FREE const char **known = xcalloc(n + 1, sizeof(*known));
	const char *near;

	for (size_t i = 0; i < n; i++) {
		known[i] = sectors_name(app->sectors, i);
		if (strcmp(known[i], t->sector) == 0)
			t->title = sectors_title(app->sectors, i);
	}
	for (size_t i = 0; i < app->conf.n; i++) {
		const struct conf_entry *e = &app->conf.v[i];

		t->configured = t->configured || (strcmp(e->section, "sector") == 0 && e->name != NULL && strcmp(e->name, t->sector) == 0);
	}
	if (t->title != NULL)
		return 0;
	near = conf_nearest(t->sector, known, n);
	return error_set(err, ERR_USAGE, "there is no sector '%s'%s%s%s", t->sector,
	    near != NULL ? "; did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
}

/* An index that nobody has labelled yet has nothing to compare with. */
static int
compare_with_index(struct trial *t, struct error *err)
{
	struct index_counts counts;
	int rc;

	if ((rc = index_counts(t->app->ix, &counts, err)) < 0)
		return rc;
	if (counts.uncoded == counts.notifications)
		return 0;
	t->compared[AGAINST_INDEX] = true;
	return replay_compare(t->app, t->app->sectors, NULL, t->sector, &t->replay.seen, &t->differences[AGAINST_INDEX], err);
}

static int
compare_with_shipped(struct trial *t, struct error *err)
{
	struct sectors *shipped;
	int rc;

	if (!t->configured)
		return 0;
	if ((rc = sectors_load(NULL, &shipped, err)) < 0)
		return rc;
	if (sectors_known(shipped, t->sector)) {
		t->compared[AGAINST_SHIPPED] = true;
		rc = replay_compare(t->app, t->app->sectors, shipped, t->sector, &t->replay.seen, &t->differences[AGAINST_SHIPPED], err);
	}
	sectors_free(shipped);
	return rc;
}

static int
run_trial(struct trial *t, const struct options *o, struct error *err)
{
	int rc;

	t->until = clock_today();
	t->since = date_is_set(o->since) ? o->since : date_add_months(t->until, -MONTHS);
	if ((rc = replay_run(t->app, t->app->sectors, t->sector, date_midnight(t->since), &t->replay, err)) < 0)
		return rc;
	if (t->replay.first > 0)
		t->since = date_max(t->since, date_of_instant(t->replay.first));
	if (date_cmp(t->since, t->until) > 0)
		t->since = t->until;
	count_weeks(t);
	if ((rc = compare_with_index(t, err)) < 0)
		return rc;
	return compare_with_shipped(t, err);
}

int
sectors_test(struct app *app, const struct options *o, const char *sector, struct error *err)
{
	__attribute__((cleanup(trial_clear))) struct trial t = { .app = app, .sector = sector };
	AUTO_BUF out = BUF_INIT;
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON)
		return error_set(err, ERR_USAGE, "--format: sectors test gives text or json");
	if ((rc = check_sector(app, &t, err)) < 0 || (rc = app_open_store(app, false, NULL, err)) < 0 || (rc = run_trial(&t, o, err)) < 0)
		return rc;
	if (o->format == FORMAT_JSON)
		trial_json(&t, &out);
	else
		trial_text(&t, &out);
	fwrite(buf_str(&out), 1, out.len, output_begin(app));
	return 0;
}
