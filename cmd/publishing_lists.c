/* Pages of lists: of sectors, members, years. */
#include "publishing.h"
#include "publishing_charts.h"

static struct site_list
model_of(const struct world_list *l, const char *charts)
{
	return (struct site_list){ .folder = l->folder, .name = l->name, .title = l->title, .noun = l->noun, .rows = l->rows.v, .n = l->rows.n,
	    .closing = l->closing.v, .closing_n = l->closing.n, .feed = l->feed, .calendar = l->calendar, .charts = charts };
}

static int
publish_page(struct world *w, struct site_files *f, const struct site_list *model, enum site_part part, size_t page, struct error *err)
{
	const struct site_row *const *rows;
	size_t n = site_list_rows(model, part, page, &rows);
	uint64_t key = rows_key(w, site_key_number(site_key_text(w->key, model->title), page < site_list_pages(model, part)), rows, n);
	AUTO_BUF path = BUF_INIT, html = BUF_INIT;

	site_list_path(model, part, page, &path);
	if (site_files_keep(f, buf_str(&path), key))
		return 0;
	site_list_page(&w->meta, model, part, page, &html);
	return site_files_put(f, buf_str(&path), key, &html, err);
}

/* Its charts count all rows, up to this month. */
static int
publish_front(struct world *w, struct site_files *f, const struct world_list *l, struct error *err)
{
	uint64_t key = rows_key(w, rows_key(w, site_key_text(w->key, l->title), l->rows.v, l->rows.n), l->closing.v, l->closing.n);
	AUTO_BUF charts = BUF_INIT, html = BUF_INIT;
	struct site_list model;

	key = site_key_number(key, w->meta.today.year * 12 + w->meta.today.month);
	if (site_files_keep(f, l->front, key))
		return 0;
	charts_of_list(w, l, &charts);
	model = model_of(l, buf_str(&charts));
	site_list_page(&w->meta, &model, SITE_FRONT, 0, &html);
	return site_files_put(f, l->front, key, &html, err);
}

static int
publish_list(struct world *w, struct site_files *f, const struct world_list *l, struct error *err)
{
	static const enum site_part parts[] = { SITE_ALL, SITE_OPEN };
	const struct site_list model = model_of(l, NULL);
	int rc = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		for (size_t page = 1; rc == 0 && page <= site_list_pages(&model, parts[i]); page++)
			rc = publish_page(w, f, &model, parts[i], page, err);
	return rc == 0 ? publish_front(w, f, l, err) : rc;
}

int
publish_lists(struct world *w, struct site_files *f, struct error *err)
{
	int rc = 0;

	for (size_t kind = 0; kind < LISTS_KINDS; kind++)
		for (size_t i = 0; rc == 0 && i < w->lists_n[kind]; i++)
			rc = publish_list(w, f, &w->lists[kind][i], err);
	return rc;
}
