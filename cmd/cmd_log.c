/* log: events, newest first */
#include <string.h>

#include "../lib/base/cleanup.h"
#include "find.h"
#include "rows.h"

static const char *const headings[] = { "at", "event", "notification", "member", "what", "title" };
#define COLUMNS (sizeof(headings) / sizeof(*headings))

static int
add_event(void *ctx, const struct index_event *e)
{
	struct rows *r = ctx;
	AUTO_BUF what = BUF_INIT;
	enum source source = SOURCE_EPING;
	char at[INSTANT_TEXT];

	if (r->format == FORMAT_JSON) {
		rows_json(r, event_json(e));
		return 0;
	}
	(void)source_parse(e->source, &source);
	event_describe_of(source, &e->event, &what);
	rows_cells(r, (const char *const[]){ instant_format(e->at, at), event_name(e->event.kind), e->notification, e->member, buf_str(&what), e->title });
	return 0;
}

int
cmd_log(struct app *app, const struct options *o, struct error *err)
{
	AUTO_BUF id = BUF_INIT;
	struct rows r;
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON && o->format != FORMAT_CSV)
		return error_set(err, ERR_USAGE, "--format: log gives text, json or csv");
	if (o->rest.n > 0 && (rc = find_notification(app, o->rest.v[0], &id, err)) < 0)
		return rc;
	rows_begin(&r, app, o->format, headings, COLUMNS, err);
	rc = index_log(app->ix, &o->filter, id.len > 0 ? buf_str(&id) : NULL, NULL, false, add_event, &r, err);
	rows_end(&r);
	return rc < 0 ? rc : 0;
}
