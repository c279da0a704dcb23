#include "closing.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"

static int
keep(void *ctx, const struct index_row *row)
{
	struct closings *all = ctx;
	struct closing *c;

	all->v = xgrow(all->v, all->n, &all->cap, sizeof(*all->v));
	c = &all->v[all->n++];
	*c = (struct closing){ .id = xstrdup(row->id), .dossier = xstrdup(row->dossier), .title = xstrdup(row->title), .area = row->area, .source = row->source,
		.deadline = row->effective_deadline };
	snprintf(c->member, sizeof(c->member), "%s", row->member);
	strv_split(&c->sectors, row->sectors, ",");
	return 0;
}

int
closings_read(struct app *app, struct closings **out, struct error *err)
{
	const struct filter open = { .open = true };
	struct closings *c = xcalloc(1, sizeof(*c));
	int rc = index_list(app->ix, &open, NULL, ORDER_DEADLINE, keep, c, err);

	if (rc < 0) {
		closings_free(c);
		return rc;
	}
	*out = c;
	return 0;
}

void
closings_free(struct closings *c)
{
	for (size_t i = 0; c != NULL && i < c->n; i++) {
		free(c->v[i].id);
		free(c->v[i].dossier);
		free(c->v[i].title);
		free(c->v[i].url);
		strv_clear(&c->v[i].sectors);
		reasons_clear(&c->v[i].reasons);
	}
	if (c != NULL)
		free(c->v);
	free(c);
}

const char *
closing_url(struct closing *c, struct app *app, struct error *err)
{
	AUTO_NOTICE n = NOTICE_INIT;

	if (c->url == NULL && index_notice(app->ix, c->id, &n, err) == 0)
		c->url = xstrdup(n.url != NULL ? n.url : "");
	return c->url;
}

bool
wants_closing(const struct subscription *sub, const struct closing *c)
{
	return wanted_among(sub, &c->sectors) != NULL && wants_origin(sub, c->member, area_name(c->area), source_name(c->source));
}
