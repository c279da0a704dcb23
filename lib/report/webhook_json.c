#include "webhook_json.h"

#include "../notice/event_json.h"

static void
add_events(const struct digest_item *item, json_t *events)
{
	const struct notice *n = &item->notice;
	const struct event_view view = {
		.at = item->at, .notification = n->id, .dossier = n->dossier, .source = source_name(n->source), .area = area_name(n->area), .member = n->member,
		.title = n->title.s, .commit = item->commit, .sectors = &item->sectors, .deadline = item->effective_deadline,
	};

	for (size_t i = 0; i < item->events.n; i++) {
		json_t *o = event_to_json(&item->events.v[i], &view);

		json_set_str(o, "reason", item->reason);
		json_array_append_new(events, o);
	}
}

static json_t *
deadline_json(const struct digest_deadline *dl)
{
	json_t *o = json_object();

	json_set_str(o, "dossier", dl->dossier);
	json_set_str(o, "title", dl->title);
	json_set_str(o, "source", source_name(dl->source));
	json_set_str(o, "member", dl->member);
	json_set_date(o, "deadline", dl->deadline);
	json_set_date(o, "remind", dl->remind);
	json_set_str(o, "url", dl->url);
	json_set_str(o, "reason", dl->reason);
	return o;
}

static json_t *
coverage_json(const struct digest *d)
{
	json_t *o = json_object(), *feeds = json_array();

	for (size_t i = 0; i < sizeof(d->coverage) / sizeof(*d->coverage); i++) {
		json_t *feed = json_object();

		json_set_str(feed, "feed", d->coverage[i].feed);
		json_set_date(feed, "read", d->coverage[i].read);
		json_set_strv(feed, "problems", &d->coverage[i].problems);
		json_array_append_new(feeds, feed);
	}
	json_object_set_new(o, "feeds", feeds);
	json_object_set_new(o, "uncoded", json_integer(d->uncoded));
	return o;
}

void
webhook_json_render(const struct digest *d, const char *message_id, struct buf *out)
{
	AUTO_JSON *o = json_object();
	json_t *events = json_array(), *deadlines = json_array();

	for (size_t i = 0; i < d->items_n; i++)
		add_events(&d->items[i], events);
	for (size_t i = 0; i < d->deadlines_n; i++)
		json_array_append_new(deadlines, deadline_json(&d->deadlines[i]));
	json_set_str(o, "subscription", d->subscription);
	json_set_str(o, "message_id", message_id);
	json_set_str(o, "up_to", d->up_to);
	json_object_set_new(o, "events", events);
	json_object_set_new(o, "deadlines", deadlines);
	json_object_set_new(o, "coverage", coverage_json(d));
	json_write(o, true, out);
}
