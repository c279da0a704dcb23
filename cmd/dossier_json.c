/* The story of a dossier as JSON */
#include "../lib/base/message.h"
#include "dossier_story.h"
#include "rows.h"

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
	else
		message_warn("%s", err.text);
	return 0;
}

static json_t *
deadline_history(const struct dossier *d)
{
	json_t *steps = json_array();

	for (size_t i = 0; i < d->steps_n; i++) {
		json_t *step;

		if (d->steps[i].effect > STEP_EXTENDED)
			continue;
		step = json_object();
		json_set_str(step, "notification", d->steps[i].by->id);
		json_set_date(step, "deadline", d->steps[i].deadline);
		json_set_str(step, "origin", d->steps[i].from_text ? "text" : "published");
		json_array_append_new(steps, step);
	}
	return steps;
}

int
story_json(struct app *app, const struct story *s, struct buf *out, struct error *err)
{
	const struct filter all = FILTER_INIT;
	json_t *o = json_object(), *events = json_array(), *members = json_array();
	int rc;

	rc = index_log(app->ix, &all, s->id, NULL, true, collect_event, events, err);
	for (size_t i = 0; rc == 0 && i < s->ids.n; i++)
		rc = index_get(app->ix, s->ids.v[i], append_row, members, err);
	json_set_str(o, "dossier", s->id);
	json_set_date(o, "effective_deadline", s->dossier.effective_deadline);
	json_set_bool(o, "open", dossier_open(&s->dossier, clock_today()));
	json_set_bool(o, "withdrawn", s->dossier.withdrawn);
	json_set_str(o, "current", s->dossier.current != NULL ? s->dossier.current->id : NULL);
	json_set_str(o, "twin", s->twin != NULL && s->twin[0] != '\0' ? s->twin : NULL);
	json_object_set_new(o, "deadlines", deadline_history(&s->dossier));
	json_object_set_new(o, "notifications", members);
	json_object_set_new(o, "events", events);
	json_write(o, true, out);
	json_decref(o);
	return rc;
}
