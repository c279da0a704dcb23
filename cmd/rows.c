#include "rows.h"

#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/notice/event_json.h"
#include "../lib/notice/notice_json.h"

#define FLUSH_AT (1 << 16)

json_t *
row_notice_json(const struct index_row *row, const struct notice *n)
{
	struct strv sectors = STRV_INIT;
	struct notice_view view = { .effective_deadline = row->effective_deadline, .open = row->open, .sectors = &sectors, .twin = row->twin[0] != '\0' ? row->twin : NULL };
	json_t *json;

	strv_split(&sectors, row->sectors, ",");
	json = notice_to_json(n, &view);
	strv_clear(&sectors);
	return json;
}

json_t *
row_json(const struct index_row *row, struct error *err)
{
	const struct notice *n = index_row_notice(row, err);

	return n != NULL ? row_notice_json(row, n) : NULL;
}

json_t *
event_json(const struct index_event *e)
{
	AUTO_STRV sectors = STRV_INIT;
	const struct event_view view = {
		.at = e->at, .notification = e->notification, .dossier = e->dossier, .source = e->source, .area = e->area, .member = e->member, .title = e->title,
		.commit = e->commit, .sectors = &sectors, .deadline = e->deadline,
	};

	strv_split(&sectors, e->sectors, ",");
	return event_to_json(&e->event, &view);
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
