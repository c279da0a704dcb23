/* What happened of late: for feeds, and for what changed on the start page. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "publishing.h"

#define EVENTS 5000	/* that are looked at, from the newest on: some months */
#define OF_A_LIST 40	/* versions in a feed */

static int
keep_event(void *ctx, const struct index_event *e)
{
	struct world *w = ctx;
	struct recent *r = w->recent_n > 0 ? &w->recent[w->recent_n - 1] : NULL;
	const struct site_row *row;

	if (r == NULL || strcmp(r->commit, e->commit) != 0) {
		if ((row = world_row(w, e->dossier, e->notification)) == NULL)
			return 0;
		w->recent = xgrow(w->recent, w->recent_n, &w->recent_cap, sizeof(*w->recent));
		r = &w->recent[w->recent_n++];
		*r = (struct recent){ .commit = xstrdup(e->commit), .at = e->at, .row = row, .deadline = e->deadline };
	}
	events_add(&r->events, e->event.kind, e->event.detail, e->event.old, e->event.new);
	return 0;
}

static void
add_recent(void *ctx, struct world_list *l)
{
	if (l->recent_n >= OF_A_LIST)
		return;
	l->recent = xgrow(l->recent, l->recent_n, &l->recent_cap, sizeof(struct recent *));
	l->recent[l->recent_n++] = ctx;
}

int
world_recent(struct world *w, struct error *err)
{
	const struct filter f = { .alerts = true, .limit = EVENTS };
	int rc = index_log(w->app->ix, &f, NULL, NULL, false, keep_event, w, err);
	for (size_t i = 0; rc == 0 && i < w->recent_n; i++)
		world_lists_of(w, w->recent[i].row, add_recent, &w->recent[i]);
	return rc;
}
