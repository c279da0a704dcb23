/* list, search, and the text of deadlines: notifications one a line */
#include <string.h>

#include "../lib/base/cleanup.h"
#include "rows.h"

#define SEARCH_LIMIT 50	/* hits of a search that sets no --limit */

enum listing { LIST, SEARCH, DEADLINES };

static const char *const headings[][7] = {
	[LIST] = { "notification", "member", "kind", "distributed", "comments until", "sectors", "title" },
	[SEARCH] = { "notification", "member", "kind", "distributed", "comments until", "title", "passage" },
	[DEADLINES] = { "comments until", "days", "notification", "member", "sectors", "dossier", "title" },
};
#define COLUMNS (sizeof(headings[0]) / sizeof(*headings[0]))

struct list {
	struct rows rows;
	enum listing what;
	struct date last;	/* deadlines: not later than this; not set: any */
};

/* Marks of a found word become brackets, or bold on a terminal. */
static void
write_passage(const struct list *l, const char *snippet, struct buf *out)
{
	bool colour = l->rows.app->colour && l->rows.format == FORMAT_TEXT;

	for (const char *p = snippet; *p != '\0'; p++) {
		if (*p == '\2')
			buf_adds(out, colour ? "*" : "[");
		else if (*p == '\3')
			buf_adds(out, colour ? "*" : "]");
		else
			buf_addc(out, *p);
	}
}

static void
add_cells(struct list *l, const struct index_row *row)
{
	AUTO_BUF passage = BUF_INIT;
	char distributed[DATE_TEXT], deadline[DATE_TEXT], days[24];
	struct date until = row->effective_deadline;

	date_format(row->distributed, distributed);
	date_format(until, deadline);
	snprintf(days, sizeof(days), "%d", date_is_set(until) ? (int)(date_days(until) - date_days(clock_today())) : 0);
	write_passage(l, row->snippet, &passage);
	if (l->what == DEADLINES)
		rows_cells(&l->rows, (const char *const[]){ deadline, days, row->id, row->member, row->sectors, row->dossier, row->title });
	else
		rows_cells(&l->rows, (const char *const[]){ row->id, row->member, kind_name(row->kind), distributed, deadline,
		    l->what == SEARCH ? row->title : row->sectors, l->what == SEARCH ? buf_str(&passage) : row->title });
}

static int
add_row(void *ctx, const struct index_row *row)
{
	struct list *l = ctx;
	json_t *json;

	if (date_is_set(l->last) && date_cmp(row->effective_deadline, l->last) > 0)
		return 1;	/* soonest first: nothing can follow */
	if (l->rows.format != FORMAT_JSON) {
		add_cells(l, row);
		return 0;
	}
	if ((json = row_json(row, l->rows.err)) == NULL)
		return ERR_DATA;
	if (l->what == SEARCH) {
		AUTO_BUF passage = BUF_INIT;

		write_passage(l, row->snippet, &passage);
		json_set_str(json, "passage", buf_str(&passage));
	}
	rows_json(&l->rows, json);
	return 0;
}

static int
check_format(const struct options *o, struct error *err)
{
	if (o->format == FORMAT_TEXT || o->format == FORMAT_JSON || o->format == FORMAT_CSV)
		return 0;
	return error_set(err, ERR_USAGE, "--format: this command gives text, json or csv");
}

static int
print_list(struct app *app, const struct options *o, enum listing what, const char *words, struct error *err)
{
	static const enum index_order orders[] = { [LIST] = ORDER_NEWEST, [SEARCH] = ORDER_BEST, [DEADLINES] = ORDER_DEADLINE };
	struct list l = { .what = what };
	struct filter filter;
	int rc;

	if ((rc = check_format(o, err)) < 0)
		return rc;
	filter = o->filter;	/* borrowed, but for the limit */
	if (what == SEARCH && filter.limit == 0)
		filter.limit = SEARCH_LIMIT;
	if (what == DEADLINES && o->within >= 0)
		l.last = date_add_days(clock_today(), (int32_t)o->within);
	rows_begin(&l.rows, app, o->format, headings[what], COLUMNS, err);
	rc = index_list(app->ix, &filter, words, orders[what], add_row, &l, err);
	rows_end(&l.rows);
	return rc < 0 ? rc : 0;
}

int
cmd_list(struct app *app, const struct options *o, struct error *err)
{
	return print_list(app, o, LIST, NULL, err);
}

int
cmd_search(struct app *app, const struct options *o, struct error *err)
{
	AUTO_BUF words = BUF_INIT;

	strv_join(&o->rest, " ", &words);
	return print_list(app, o, SEARCH, buf_str(&words), err);
}

int
list_deadlines(struct app *app, const struct options *o, struct error *err)
{
	return print_list(app, o, DEADLINES, NULL, err);
}
