/* dossier: the whole story on one screen */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "dossier_story.h"
#include "find.h"

void
story_add_event(struct story *s, int64_t at, enum source source, const char *notification, const struct event *e)
{
	struct told_event *told;

	s->events = xgrow(s->events, s->events_n, &s->events_cap, sizeof(*s->events));
	told = &s->events[s->events_n++];
	*told = (struct told_event){ at, source, xstrdup(notification), { e->kind, xstrdup(e->old), xstrdup(e->new), xstrdup(e->detail) } };
}

void
story_clear(struct story *s)
{
	for (size_t i = 0; s->notices != NULL && i < s->ids.n; i++)
		notice_clear(&s->notices[i]);
	for (size_t i = 0; i < s->events_n; i++) {
		free(s->events[i].notification);
		event_clear(&s->events[i].event);
	}
	free(s->events);
	free(s->notices);
	free(s->pointers);
	free(s->twin);
	free(s->sectors);
	free(s->id);
	dossier_clear(&s->dossier);
	strv_clear(&s->ids);
}

static int
keep_labels(void *ctx, const struct index_row *row)
{
	struct story *s = ctx;

	if (s->twin == NULL || s->twin[0] == '\0') {
		free(s->twin);
		s->twin = xstrdup(row->twin);
	}
	if (s->sectors == NULL)
		s->sectors = xstrdup(row->sectors);
	return 0;
}

static int
keep_event(void *ctx, const struct index_event *e)
{
	enum source source = SOURCE_EPING;

	(void)source_parse(e->source, &source);
	story_add_event(ctx, e->at, source, e->notification, &e->event);
	return 0;
}

static int
load(struct app *app, struct story *s, struct error *err)
{
	const struct filter all = FILTER_INIT;
	int rc;

	if ((rc = index_dossier(app->ix, s->id, &s->ids, err)) < 0)
		return rc;
	s->notices = xcalloc(s->ids.n, sizeof(*s->notices));
	s->pointers = xcalloc(s->ids.n, sizeof(*s->pointers));
	for (size_t i = 0; i < s->ids.n; i++) {
		if ((rc = index_notice(app->ix, s->ids.v[i], &s->notices[i], err)) < 0 || (rc = index_get(app->ix, s->ids.v[i], keep_labels, s, err)) < 0)
			return rc;
		s->pointers[i] = &s->notices[i];
	}
	dossier_init(&s->dossier, s->pointers, s->ids.n);
	return index_log(app->ix, &all, s->id, NULL, true, keep_event, s, err);
}

static int
keep_dossier(void *ctx, const struct index_row *row)
{
	struct story *s = ctx;

	s->id = xstrdup(row->dossier);
	return 0;
}

int
cmd_dossier(struct app *app, const struct options *o, struct error *err)
{
	__attribute__((cleanup(story_clear))) struct story s = { .id = NULL };
	AUTO_BUF id = BUF_INIT, out = BUF_INIT;
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON)
		return error_set(err, ERR_USAGE, "--format: dossier gives text or json");
	if ((rc = find_notification(app, o->rest.v[0], &id, err)) < 0 || (rc = index_get(app->ix, buf_str(&id), keep_dossier, &s, err)) < 0 || (rc = load(app, &s, err)) < 0)
		return rc;
	if (o->format == FORMAT_TEXT)
		story_text(&s, app->colour, app->width, &out);
	else if ((rc = story_json(app, &s, &out, err)) < 0)
		return rc;
	fwrite(buf_str(&out), 1, out.len, output_begin(app));
	return 0;
}
