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

const char *
wanted_among(const struct subscription *sub, const struct strv *sectors)
{
	bool any = sub->sectors.n == 0 || strv_has(&sub->sectors, "*");

	for (size_t i = 0; i < sectors->n; i++)
		if (any || strv_has(&sub->sectors, sectors->v[i]))
			return sectors->v[i];
	return sectors->n == 0 && (any || strv_has(&sub->sectors, "uncoded")) ? "uncoded" : NULL;
}

char *
wanted_sector(const struct subscription *sub, const char *sectors)
{
	AUTO_STRV names = STRV_INIT;

	strv_split(&names, sectors, ",");
	return xstrdup(wanted_among(sub, &names));
}

static int
keep_reason(void *ctx, const char *sector, double score, bool low, const char *reason)
{
	struct reasons *r = ctx;

	(void)score;
	strv_add(&r->sectors, sector);
	strv_take(&r->texts, xasprintf("%s: %s%s", sector, reason, low ? " (low confidence)" : ""));
	return 0;
}

char *
reasons_tell(struct reasons *r, struct index *ix, const char *id, const char *sector)
{
	if (!r->read)
		index_labels(ix, id, keep_reason, r, NULL);	/* without its labels the sector's name has to do */
	r->read = true;
	for (size_t i = 0; i < r->sectors.n; i++)
		if (strcmp(r->sectors.v[i], sector) == 0)
			return xstrdup(r->texts.v[i]);
	return xstrdup(strcmp(sector, "uncoded") == 0 ? "no sector matches" : sector);
}

void
reasons_clear(struct reasons *r)
{
	strv_clear(&r->sectors);
	strv_clear(&r->texts);
}
