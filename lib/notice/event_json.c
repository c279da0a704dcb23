#include "event_json.h"

json_t *
event_to_json(const struct event *e, const struct event_view *view)
{
	static const struct strv none = STRV_INIT;
	json_t *o = json_object();
	char at[INSTANT_TEXT];

	json_set_str(o, "event", event_name(e->kind));
	json_set_str(o, "at", instant_format(view->at, at));
	json_set_str(o, "notification", view->notification);
	json_set_str(o, "dossier", view->dossier);
	json_set_str(o, "source", view->source);
	json_set_str(o, "area", view->area);
	json_set_str(o, "member", view->member);
	json_set_str(o, "title", view->title);
	json_set_strv(o, "sectors", view->sectors != NULL ? view->sectors : &none);
	json_set_date(o, "deadline", view->deadline);
	json_set_str(o, "old", e->old);
	json_set_str(o, "new", e->new);
	json_set_str(o, "detail", e->detail);
	json_set_str(o, "commit", view->commit);
	return o;
}
