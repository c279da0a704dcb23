#include "wanting.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"

static bool
wants_any(const struct strv *list, const char *value)
{
	return list->n == 0 || strv_has(list, value);
}

bool
wants_origin(const struct subscription *sub, const char *member, const char *area, const char *source)
{
	return wants_any(&sub->members, member) && wants_any(&sub->areas, area) && wants_any(&sub->sources, source);
}

bool
wants_event(const struct subscription *sub, enum event_kind kind)
{
	return strv_has(&sub->events, event_name(kind)) || (kind == EVENT_URGENT && strv_has(&sub->events, "new")) ||
	    (event_is_change(kind) && strv_has(&sub->events, "changed"));
}

char *
wanted_sector(const struct subscription *sub, const char *sectors)
{
	AUTO_STRV names = STRV_INIT;

	strv_split(&names, sectors, ",");
	for (size_t i = 0; i < names.n; i++)
		if (sub->sectors.n == 0 || strv_has(&sub->sectors, "*") || strv_has(&sub->sectors, names.v[i]))
			return xstrdup(names.v[i]);
	if (names.n == 0 && (sub->sectors.n == 0 || strv_has(&sub->sectors, "*") || strv_has(&sub->sectors, "uncoded")))
		return xstrdup("uncoded");
	return NULL;
}

struct why {
	const char *sector;
	char *reason;
};

static int
keep_reason(void *ctx, const char *sector, double score, bool low, const char *reason)
{
	struct why *w = ctx;

	(void)score;
	if (w->reason == NULL && strcmp(sector, w->sector) == 0)
		w->reason = xasprintf("%s: %s%s", sector, reason, low ? " (low confidence)" : "");
	return 0;
}

char *
wanted_reason(struct app *app, const char *id, const char *sector)
{
	struct why w = { .sector = sector };

	if (index_labels(app->ix, id, keep_reason, &w, NULL) < 0 || w.reason == NULL)
		return xstrdup(strcmp(sector, "uncoded") == 0 ? "no sector matches" : sector);
	return w.reason;
}
