/* dossier: the whole story on one screen */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/dossier.h"
#include "../lib/notice/notice_json.h"
#include "../lib/notice/standstill.h"
#include "../lib/notice/symbol.h"
#include "find.h"
#include "rows.h"

struct story {
	struct app *app;
	struct strv ids;
	struct notice *notices;
	const struct notice **pointers;
	struct dossier dossier;
	char *twin, *sectors;
	struct buf out;
};

static void
story_clear(struct story *s)
{
	for (size_t i = 0; s->notices != NULL && i < s->ids.n; i++)
		notice_clear(&s->notices[i]);
	free(s->notices);
	free(s->pointers);
	free(s->twin);
	free(s->sectors);
	dossier_clear(&s->dossier);
	strv_clear(&s->ids);
	buf_clear(&s->out);
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
load(struct story *s, const char *dossier, struct error *err)
{
	int rc;

	if ((rc = index_dossier(s->app->ix, dossier, &s->ids, err)) < 0)
		return rc;
	s->notices = xcalloc(s->ids.n, sizeof(*s->notices));
	s->pointers = xcalloc(s->ids.n, sizeof(*s->pointers));
	for (size_t i = 0; i < s->ids.n; i++) {
		if ((rc = index_notice(s->app->ix, s->ids.v[i], &s->notices[i], err)) < 0 || (rc = index_get(s->app->ix, s->ids.v[i], keep_labels, s, err)) < 0)
			return rc;
		s->pointers[i] = &s->notices[i];
	}
	dossier_init(&s->dossier, s->pointers, s->ids.n);
	return 0;
}

static void
heading(struct story *s, const char *text)
{
	buf_addf(&s->out, "\n%s%s%s\n", s->app->colour ? "\033[1m" : "", text, s->app->colour ? "\033[0m" : "");
}

static void
write_head(struct story *s, const char *id)
{
	const struct notice *n = s->dossier.current != NULL ? s->dossier.current : s->pointers[0];
	char deadline[DATE_TEXT];

	date_format(s->dossier.effective_deadline, deadline);
	buf_addf(&s->out, "%s  %s\n", id, member_name(n->member));
	buf_addf(&s->out, "%s\n", n->title.s != NULL ? n->title.s : "(no title)");
	if (s->dossier.withdrawn)
		buf_adds(&s->out, "Withdrawn\n");
	buf_addf(&s->out, "Comments until: %s%s\n", deadline[0] != '\0' ? deadline : "no date given", dossier_open(&s->dossier, clock_today()) ? " (open)" : "");
	buf_addf(&s->out, "Sectors: %s\n", s->sectors != NULL && s->sectors[0] != '\0' ? s->sectors : "uncoded");
	if (s->twin != NULL && s->twin[0] != '\0')
		buf_addf(&s->out, "Twin: %s\n", s->twin);
}

static int
add_event(void *ctx, const struct index_event *e)
{
	struct story *s = ctx;
	enum source source = SOURCE_EPING;
	char at[INSTANT_TEXT];

	buf_addf(&s->out, "  %.10s  %-28s ", instant_format(e->at, at), e->notification);
	(void)source_parse(e->source, &source);
	event_describe_of(source, &e->event, &s->out);
	buf_addc(&s->out, '\n');
	return 0;
}

static void
write_lineage(struct story *s)
{
	heading(s, "Lineage");
	for (size_t i = 0; i < s->dossier.n; i++) {
		const struct notice *n = s->dossier.v[i];
		char distributed[DATE_TEXT], deadline[DATE_TEXT];

		buf_addf(&s->out, "  %.10s  %-28s %-11s %s%s%s\n", date_is_set(n->distributed) ? date_format(n->distributed, distributed) : "----------", n->id, kind_name(n->kind),
		    date_is_set(n->deadline) ? "comments until " : "", date_format(n->deadline, deadline), n == s->dossier.current ? "  <- text in force here" : "");
	}
}

static void
write_deadlines(struct story *s)
{
	heading(s, "Deadline history");
	for (size_t i = 0; i < s->dossier.steps_n; i++) {
		const struct deadline_step *step = &s->dossier.steps[i];
		char day[DATE_TEXT];

		buf_addf(&s->out, "  %s  by %s%s\n", date_format(step->deadline, day), step->by->id, step->from_text ? " (read from its text)" : "");
	}
	if (s->dossier.steps_n == 0)
		buf_adds(&s->out, "  none published\n");
}

/* TRIS: the shown end of standstill against the computed one. */
static void
write_standstill(struct story *s)
{
	struct date expected;
	char day[DATE_TEXT];
	int months;

	for (size_t i = 0; i < s->ids.n; i++) {
		if (s->notices[i].source != SOURCE_TRIS)
			continue;
		if (standstill_check(&s->notices[i], &expected, &months) == STANDSTILL_ODD)
			buf_addf(&s->out, "  odd: the end of standstill shown is not the computed one (%s, %d months)\n", date_format(expected, day), months);
	}
}

static void
write_documents(struct story *s)
{
	heading(s, "Documents");
	for (size_t i = 0; i < s->ids.n; i++)
		for (size_t k = 0; k < s->notices[i].documents.n; k++) {
			const struct document *d = &s->notices[i].documents.v[k];

			buf_addf(&s->out, "  %-12s %-2s  %s\n", d->kind, d->lang, d->url);
		}
}

static void
write_reactions(struct story *s)
{
	for (size_t i = 0; i < s->ids.n; i++) {
		const struct notice *n = &s->notices[i];

		if (n->comments_by.n + n->opinions_by.n == 0)
			continue;
		heading(s, "Reactions");
		buf_adds(&s->out, n->opinions_by.n > 0 ? "  detailed opinion by " : "");
		strv_join(&n->opinions_by, ", ", &s->out);
		buf_adds(&s->out, n->opinions_by.n > 0 ? "\n" : "");
		buf_adds(&s->out, n->comments_by.n > 0 ? "  comments by " : "");
		strv_join(&n->comments_by, ", ", &s->out);
		buf_adds(&s->out, n->comments_by.n > 0 ? "\n" : "");
	}
}

static int
write_story(struct story *s, const char *id, struct error *err)
{
	const struct filter all = FILTER_INIT;
	const struct notice *n;
	int rc;

	write_head(s, id);
	write_lineage(s);
	heading(s, "What happened");
	if ((rc = index_log(s->app->ix, &all, id, NULL, true, add_event, s, err)) < 0)
		return rc;
	write_deadlines(s);
	write_standstill(s);
	write_reactions(s);
	write_documents(s);
	n = s->dossier.current != NULL ? s->dossier.current : s->pointers[0];
	heading(s, "Text");
	buf_addf(&s->out, "%s\n", n->description.s != NULL ? n->description.s : "(no description)");
	return 0;
}

static int
collect_event(void *ctx, const struct index_event *e)
{
	json_array_append_new(ctx, event_json(e));
	return 0;
}

static int
append_row(void *ctx, const struct index_row *row)
{
	struct error err;
	json_t *json = row_json(row, &err);

	if (json != NULL)
		json_array_append_new(ctx, json);
	return 0;
}

static json_t *
deadline_history(const struct dossier *d)
{
	json_t *steps = json_array();

	for (size_t i = 0; i < d->steps_n; i++) {
		json_t *step = json_object();

		json_set_str(step, "notification", d->steps[i].by->id);
		json_set_date(step, "deadline", d->steps[i].deadline);
		json_set_str(step, "origin", d->steps[i].from_text ? "text" : "published");
		json_array_append_new(steps, step);
	}
	return steps;
}

static int
write_json(struct story *s, const char *id, struct error *err)
{
	const struct filter all = FILTER_INIT;
	json_t *o = json_object(), *events = json_array(), *members = json_array();
	int rc;

	rc = index_log(s->app->ix, &all, id, NULL, true, collect_event, events, err);
	for (size_t i = 0; rc == 0 && i < s->ids.n; i++)
		rc = index_get(s->app->ix, s->ids.v[i], append_row, members, err);
	json_set_str(o, "dossier", id);
	json_set_date(o, "effective_deadline", s->dossier.effective_deadline);
	json_set_bool(o, "open", dossier_open(&s->dossier, clock_today()));
	json_set_bool(o, "withdrawn", s->dossier.withdrawn);
	json_set_str(o, "current", s->dossier.current != NULL ? s->dossier.current->id : NULL);
	json_set_str(o, "twin", s->twin != NULL && s->twin[0] != '\0' ? s->twin : NULL);
	json_object_set_new(o, "deadlines", deadline_history(&s->dossier));
	json_object_set_new(o, "notifications", members);
	json_object_set_new(o, "events", events);
	json_write(o, true, &s->out);
	json_decref(o);
	return rc;
}

static int
keep_dossier(void *ctx, const struct index_row *row)
{
	buf_adds(ctx, row->dossier);
	return 0;
}

int
cmd_dossier(struct app *app, const struct options *o, struct error *err)
{
	__attribute__((cleanup(story_clear))) struct story s = { .app = app };
	AUTO_BUF id = BUF_INIT, dossier = BUF_INIT, safe = BUF_INIT;
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON)
		return error_set(err, ERR_USAGE, "--format: dossier gives text or json");
	if ((rc = find_notification(app, o->rest.v[0], &id, err)) < 0 || (rc = index_get(app->ix, buf_str(&id), keep_dossier, &dossier, err)) < 0 || (rc = load(&s, buf_str(&dossier), err)) < 0)
		return rc;
	rc = o->format == FORMAT_JSON ? write_json(&s, buf_str(&dossier), err) : write_story(&s, buf_str(&dossier), err);
	if (rc < 0)
		return rc;
	if (o->format == FORMAT_TEXT && !app->colour)
		message_filter(buf_str(&s.out), &safe);
	else
		buf_add(&safe, buf_str(&s.out), s.out.len);
	fwrite(buf_str(&safe), 1, safe.len, output_begin(app));
	return 0;
}
