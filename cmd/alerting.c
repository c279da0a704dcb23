#include "alerting.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "collect.h"
#include "turn.h"

#define LEAST_SHARE 10	/* a tenth of the run's time limit is the alerts', whatever the feeds took of it */

struct turns {
	struct turn *v;
	size_t n;
};

static bool
is_chosen(const struct strv *names, const char *name)
{
	return names == NULL || names->n == 0 || strv_has(names, name);
}

static int
check_names(struct app *app, const struct strv *names, struct error *err)
{
	for (size_t i = 0; names != NULL && i < names->n; i++) {
		bool found = false;

		for (size_t k = 0; !found && k < app->settings.subscriptions_n; k++)
			found = strcmp(app->settings.subscriptions[k].name, names->v[i]) == 0;
		if (!found)
			return error_set(err, ERR_USAGE, "there is no subscription '%s'", names->v[i]);
	}
	return 0;
}

static void
name_turn(const struct turn *t, struct error *err)
{
	AUTO_BUF label = BUF_INIT;

	target_label(t->text, &label);
	error_prefix(err, "subscription '%s', '%s'", t->sub->name, buf_str(&label));
}

/* Makes a turn of each target of the chosen subscriptions, in the order of the configuration. */
static void
open_turns(struct round *round, const struct strv *names, struct turns *out)
{
	const struct settings *s = &round->app->settings;
	size_t n = 0;

	for (size_t i = 0; i < s->subscriptions_n; i++)
		n += is_chosen(names, s->subscriptions[i].name) ? s->subscriptions[i].targets.n : 0;
	*out = (struct turns){ .v = xcalloc(n + 1, sizeof(*out->v)) };
	for (size_t i = 0; i < s->subscriptions_n; i++)
		for (size_t k = 0; is_chosen(names, s->subscriptions[i].name) && k < s->subscriptions[i].targets.n; k++)
			turn_open(&out->v[out->n++], round, &s->subscriptions[i], s->subscriptions[i].targets.v[k]);
}

/* One pass for those who are told what is new, one for the feeds that have to be written anew. */
static int
gather(struct round *round, struct turns *turns, struct reader *(*of)(struct turn *t), struct error *err)
{
	AUTO_FREE struct reader **readers = xcalloc(turns->n + 1, sizeof(*readers));
	size_t n = 0;

	for (size_t i = 0; i < turns->n; i++)
		if ((readers[n] = of(&turns->v[i])) != NULL)
			n++;
	return news_gather(round->news, readers, n, err);
}

static bool
is_over(const struct round *round)
{
	return round->until > 0 && clock_monotonic() >= round->until;
}

typedef int turn_fn(struct turn *t, struct error *err);

static int
serve_one(struct turn *t, turn_fn *fn, int rc, struct error *err)
{
	struct error now = { 0 };
	int failed = fn(t, &now);

	if (failed < 0)
		name_turn(t, &now);
	turn_clear(t);
	*t = (struct turn){ .receipt = RECEIPT_INIT };
	return graver(rc, err, failed, &now, err);
}

/* Calls fn for each turn, for those that failed the last time behind the others; one that fails does not stop the others. */
static int
serve(struct round *round, struct turns *turns, turn_fn *fn, struct error *err)
{
	size_t left = turns->n;
	struct error now;
	int rc = 0;

	for (int failing = 0; failing < 2; failing++)
		for (size_t i = 0; i < turns->n && !is_over(round); i++)
			if (turns->v[i].sub != NULL && turn_is_failing(&turns->v[i]) == (failing > 0)) {
				rc = serve_one(&turns->v[i], fn, rc, err);
				left--;
			}
	if (left == 0)
		return rc;
	error_set(&now, ERR_AGAIN, "the time limit of the run is over: %zu of %zu targets wait for the next run", left, turns->n);
	return graver(rc, err, now.code, &now, err);
}

static int
run_round(struct round *round, const struct strv *names, turn_fn *fn, struct error *err)
{
	struct turns turns;
	int rc;

	if ((rc = check_names(round->app, names, err)) < 0 || (rc = store_tip(round->app->st, STORE_MAIN, round->tip, err)) < 0)
		return rc;
	round->news = news_new(round->app);
	open_turns(round, names, &turns);
	if ((rc = gather(round, &turns, turn_reader, err)) == 0 && (rc = gather(round, &turns, turn_feed, err)) == 0)
		rc = serve(round, &turns, fn, err);
	for (size_t i = 0; i < turns.n; i++)
		turn_clear(&turns.v[i]);
	free(turns.v);
	news_free(round->news);
	return rc;
}

static double
end_of_round(const struct app *app)
{
	double least = clock_monotonic() + (double)app->settings.time_limit / LEAST_SHARE;

	return app->deadline == 0 || app->deadline > least ? app->deadline : least;
}

int
alert_due(struct app *app, const struct strv *names, const char *retried, struct error *err)
{
	struct round round = { .app = app, .retried = retried, .until = end_of_round(app) };
	struct error saved;
	int rc;

	backoff_load(app, &round.backoff);
	rc = run_round(&round, names, turn_serve, err);
	if (backoff_save(app, &round.backoff, &saved) < 0)
		rc = graver(rc, err, saved.code, &saved, err);
	backoff_clear(&round.backoff);
	return rc;
}

static int
print_turn(struct turn *t, struct error *err)
{
	AUTO_BUF text = BUF_INIT, safe = BUF_INIT, label = BUF_INIT;
	int rc;

	if (t->failed < 0) {
		*err = t->why;
		return t->failed;
	}
	target_label(t->text, &label);
	buf_addf(&text, "== %s -> %s\n", t->sub->name, buf_str(&label));
	rc = turn_preview(t, &text, err);
	message_filter(buf_str(&text), &safe);
	fwrite(buf_str(&safe), 1, safe.len, stdout);
	return rc;
}

int
alert_dry_run(struct app *app, const struct strv *names, const char *retried, struct error *err)
{
	struct round round = { .app = app, .retried = retried };

	return run_round(&round, names, print_turn, err);
}
