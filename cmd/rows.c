#include "rows.h"

#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/notice/notice_json.h"

#define FLUSH_AT (1 << 16)

json_t *
row_json(const struct index_row *row, struct error *err)
{
	const struct notice *n = index_row_notice(row, err);
	struct strv sectors = STRV_INIT;
	struct notice_view view = { .effective_deadline = row->effective_deadline, .open = row->open, .sectors = &sectors, .twin = row->twin[0] != '\0' ? row->twin : NULL };
	json_t *json = NULL;

	strv_split(&sectors, row->sectors, ",");
	if (n != NULL)
		json = notice_to_json(n, &view);
	strv_clear(&sectors);
	return json;
}

json_t *
event_json(const struct index_event *e)
{
	json_t *o = json_object();
	struct strv sectors = STRV_INIT;
	char at[INSTANT_TEXT];

	strv_split(&sectors, e->sectors, ",");
	json_set_str(o, "event", event_name(e->event.kind));
	json_set_str(o, "at", instant_format(e->at, at));
	json_set_str(o, "notification", e->notification);
	json_set_str(o, "dossier", e->dossier);
	json_set_str(o, "source", e->source);
	json_set_str(o, "area", e->area);
	json_set_str(o, "member", e->member);
	json_set_str(o, "title", e->title);
	json_set_strv(o, "sectors", &sectors);
	json_set_date(o, "deadline", e->deadline);
	json_set_str(o, "old", e->event.old);
	json_set_str(o, "new", e->event.new);
	json_set_str(o, "detail", e->event.detail);
	json_set_str(o, "commit", e->commit);
	strv_clear(&sectors);
	return o;
}

void
rows_begin(struct rows *r, struct app *app, enum format format, const char *const *headings, size_t columns, struct error *err)
{
	*r = (struct rows){ .app = app, .format = format, .headings = headings, .columns = columns, .err = err };
	r->table.columns = columns;
	r->file = output_begin(app);
	if (format == FORMAT_CSV)
		csv_line(headings, columns, &r->out);
}

static void
flush_out(struct rows *r)
{
	fwrite(buf_str(&r->out), 1, r->out.len, r->file);
	buf_reset(&r->out);
}

void
rows_cells(struct rows *r, const char *const *cells)
{
	if (r->format == FORMAT_CSV)
		csv_line(cells, r->columns, &r->out);
	else
		table_row(&r->table, cells);
	if (r->out.len > FLUSH_AT)
		flush_out(r);
}

void
rows_json(struct rows *r, json_t *object)
{
	json_write(object, true, &r->out);
	json_decref(object);
	if (r->out.len > FLUSH_AT)
		flush_out(r);
}

void
rows_end(struct rows *r)
{
	if (r->format == FORMAT_TEXT)
		table_print(&r->table, r->app, r->headings, r->file);
	flush_out(r);
	buf_clear(&r->out);
	strv_clear(&r->table.cells);
}
