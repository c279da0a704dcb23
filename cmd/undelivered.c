#include "undelivered.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../store/delivered.h"
#include "backoff.h"
#include "targets.h"

struct retry {
	struct app *app;
	const char *target;
	bool look;
	struct backoff backoff;
	size_t found;
	struct error *err;
};

static int
resume(struct retry *retry, const struct receipt *r)
{
	AUTO_RECEIPT again = RECEIPT_INIT;
	int rc = delivered_newest(retry->app->st, r->subscription, r->target, &again, retry->err);

	return rc == 0 ? delivered_resume(retry->app->st, &again, clock_now(), retry->err) : rc;
}

static int
take_back(void *ctx, const struct receipt *r)
{
	struct retry *retry = ctx;

	if ((r->state != RECEIPT_REFUSED && r->state != RECEIPT_PENDING) || !target_is_named(r->target, retry->target))
		return 0;
	retry->found++;
	if (retry->look)
		return 0;
	backoff_forget(&retry->backoff, r->subscription, r->target);
	return r->state == RECEIPT_REFUSED ? resume(retry, r) : 0;
}

int
alert_retry(struct app *app, const char *target, bool look, struct error *err)
{
	struct retry retry = { .app = app, .target = target, .look = look, .err = err };
	int rc;

	backoff_load(app, &retry.backoff);
	rc = delivered_list(app->st, take_back, &retry, err);
	if (rc == 0 && !look)
		rc = backoff_save(app, &retry.backoff, err);
	backoff_clear(&retry.backoff);
	if (rc == 0 && retry.found == 0)
		return error_set(err, ERR_USAGE, "'%s' is not suspended", target);
	return rc;
}

/* ---- what waits ---- */

struct waiting {
	struct undelivered *u;
	struct backoff backoff;
};

static void
add_waiting(struct undelivered *u, const char *subscription, const char *target, const char *state, const char *reason)
{
	AUTO_BUF label = BUF_INIT;

	u->v = xgrow(u->v, u->n, &u->cap, sizeof(*u->v));
	memset(&u->v[u->n], 0, sizeof(*u->v));
	target_label(target, &label);
	u->v[u->n].subscription = xstrdup(subscription);
	u->v[u->n].target = xstrdup(buf_str(&label));
	u->v[u->n].reason = xstrdup(reason != NULL ? reason : "");
	u->v[u->n++].state = state;
}

static int
keep_receipt(void *ctx, const struct receipt *r)
{
	struct waiting *w = ctx;
	bool pending = r->state == RECEIPT_PENDING;

	if (!pending && r->state != RECEIPT_REFUSED)
		return 0;
	add_waiting(w->u, r->subscription, r->target, pending ? "pending" : "suspended", pending ? backoff_reason(&w->backoff, r->subscription, r->target) : r->reason);
	instant_format(r->at, w->u->v[w->u->n - 1].since);
	return 0;
}

/* Targets that cannot work as configured: no receipt tells of them. */
static void
add_impossible(struct app *app, struct undelivered *u)
{
	for (size_t i = 0; i < app->settings.subscriptions_n; i++) {
		const struct subscription *sub = &app->settings.subscriptions[i];

		for (size_t k = 0; k < sub->targets.n; k++) {
			struct target t;
			struct error why = { 0 };

			if (target_open(&t, app, sub, sub->targets.v[k], &why) < 0)
				add_waiting(u, sub->name, sub->targets.v[k], "impossible", why.text);
			target_close(&t);
		}
	}
}

int
alert_undelivered(struct app *app, struct undelivered *out, struct error *err)
{
	struct waiting w = { .u = out };
	int rc;

	backoff_load(app, &w.backoff);
	rc = delivered_list(app->st, keep_receipt, &w, err);
	backoff_clear(&w.backoff);
	if (rc == 0)
		add_impossible(app, out);
	return rc;
}

void
undelivered_clear(struct undelivered *u)
{
	for (size_t i = 0; i < u->n; i++) {
		free(u->v[i].subscription);
		free(u->v[i].target);
		free(u->v[i].reason);
	}
	free(u->v);
}
