/* dossier: the whole story on one screen */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "dossier_story.h"
#include "find.h"

static bool
seen_first_by(const struct story *s, const char *notification, const char *commit)
{
	for (size_t i = 0; i < s->events_n; i++)
		if (strcmp(s->events[i].notification, notification) == 0)
			return strcmp(s->events[i].commit, commit) == 0;
	return true;
}

void
story_add_event(struct story *s, const char *commit, int64_t at, enum source source, const char *notification, const struct event *e)
{
	bool first = seen_first_by(s, notification, commit);
	struct told_event *told;

	s->events = xgrow(s->events, s->events_n, &s->events_cap, sizeof(*s->events));
	told = &s->events[s->events_n++];
	*told = (struct told_event){ "", at, source, xstrdup(notification), { e->kind, xstrdup(e->old), xstrdup(e->new), xstrdup(e->detail) }, first };
	snprintf(told->commit, sizeof(told->commit), "%s", commit);
}

static void
clear_links(struct story *s)
{
	for (size_t i = 0; i < s->links_n; i++) {
		free(s->links[i].from);
		free(s->links[i].to);
		free(s->links[i].other);
		free(s->links[i].title);
	}
	free(s->links);
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
	clear_links(s);
	index_probable_clear(&s->probable);
	free(s->moves);
	free(s->events);
	free(s->notices);
	free(s->pointers);
	free(s->twin);
	free(s->sectors);
	free(s->id);
	dossier_clear(&s->dossier);
	strv_clear(&s->ids);
}

const struct notice *
story_current(const struct story *s)
{
	return s->dossier.current != NULL ? s->dossier.current : s->pointers[0];
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
	story_add_event(ctx, e->commit, e->at, source, e->notification, &e->event);
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
	if ((rc = index_log(app->ix, &all, s->id, NULL, true, keep_event, s, err)) < 0 || (rc = story_deadlines(app, s, err)) < 0)
		return rc;
	return story_links(app, s, err);
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
