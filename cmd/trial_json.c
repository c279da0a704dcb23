/* A trial as JSON */
#include "../lib/base/json.h"
#include "sectors_test.h"
#include "trial.h"

static json_t *
items_json(const struct replay_items *items)
{
	json_t *all = json_array();

	for (size_t i = 0; i < items->n; i++) {
		const struct replay_item *item = &items->v[i];
		const struct sector_match *m = item->why.n > 0 ? &item->why.v[0] : NULL;
		json_t *o = json_object();
		char at[INSTANT_TEXT];

		json_set_str(o, "at", instant_format(item->at, at));
		json_set_str(o, "notification", item->notification);
		json_set_str(o, "member", item->member);
		json_set_str(o, "title", item->title);
		json_set_strv(o, "events", &item->events);
		json_object_set_new(o, "score", json_real(m != NULL ? m->score : 0));
		json_set_bool(o, "low_confidence", m != NULL && m->low);
		json_object_set_new(o, "reasons", sectors_reasons(m));
		json_set_str(o, "commit", item->commit);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
changes_json(const struct replay_change *v, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		json_set_str(o, "notification", v[i].notification);
		json_set_str(o, "member", v[i].member);
		json_set_str(o, "title", v[i].title);
		json_set_str(o, "reason", v[i].reason);
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
differences_json(const struct trial *t)
{
	static const char *const names[AGAINSTS] = { "index", "shipped" };
	json_t *all = json_array();

	for (int i = 0; i < AGAINSTS; i++) {
		const struct replay_difference *d = &t->differences[i];
		json_t *o;

		if (!t->compared[i])
			continue;
		o = json_object();
		json_set_str(o, "against", names[i]);
		json_object_set_new(o, "added", changes_json(d->added, d->added_n));
		json_object_set_new(o, "removed", changes_json(d->removed, d->removed_n));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *
weeks_json(const struct trial *t)
{
	json_t *all = json_array();

	for (size_t i = 0; i < t->weeks_n; i++) {
		json_t *o = json_object();

		json_set_date(o, "week", date_add_days(t->monday, (int32_t)i * 7));
		json_object_set_new(o, "hits", json_integer(t->weeks[i]));
		json_array_append_new(all, o);
	}
	return all;
}

void
trial_json(const struct trial *t, struct buf *out)
{
	AUTO_JSON *o = json_object();

	json_set_str(o, "sector", t->sector);
	json_set_str(o, "title", t->title);
	json_set_str(o, "rule", t->configured ? "configured" : "shipped");
	json_set_date(o, "since", t->since);
	json_set_date(o, "until", t->until);
	json_object_set_new(o, "hits", json_integer((json_int_t)t->replay.hits.n));
	json_object_set_new(o, "low_confidence", json_integer(t->low));
	json_object_set_new(o, "per_week", json_real(trial_per_week(t)));
	json_object_set_new(o, "unread", json_integer((json_int_t)t->replay.unread));
	json_object_set_new(o, "weeks", weeks_json(t));
	json_object_set_new(o, "samples", items_json(&t->replay.hits));
	json_object_set_new(o, "near_misses", items_json(&t->replay.near));
	json_object_set_new(o, "differences", differences_json(t));
	json_write(o, true, out);
}
