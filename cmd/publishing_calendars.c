/* Calendars: of everything, of each sector and each member. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "calendaring.h"
#include "publishing.h"

struct filling {
	struct world *w;
	bool read;
	struct calendar all;		/* all entries, in the order of their dossiers */
};

static int
by_dossier(const void *a, const void *b)
{
	const struct calendar_entry *x = a, *y = b;

	return strcmp(x->dossier, y->dossier);
}

/* Entries lead to the site when it is known where that will stand, else to the source. */
static int
read_all(struct filling *f, struct error *err)
{
	const struct filter all = FILTER_INIT;
	int rc;

	if (f->read)
		return 0;
	f->read = true;
	if ((rc = calendar_of_filter(f->w->app, &all, DATE_NONE, &f->all, err)) < 0)
		return rc;
	if (f->all.n > 1)
		qsort(f->all.v, f->all.n, sizeof(*f->all.v), by_dossier);
	for (size_t i = 0; f->w->meta.url != NULL && i < f->all.n; i++) {
		struct buf url = BUF_INIT;

		buf_adds(&url, f->w->meta.url);
		site_dossier_path(f->all.v[i].dossier, NULL, &url);
		free(f->all.v[i].url);
		f->all.v[i].url = buf_take(&url);
	}
	return 0;
}

static void
copy_entry(struct calendar *c, const struct calendar_entry *from)
{
	struct calendar_entry *to = calendar_add(c);

	*to = *from;
	to->dossier = xstrdup(from->dossier);
	to->title = xstrdup(from->title);
	to->url = xstrdup(from->url);
	to->reason = xstrdup(from->reason);
}

static int
publish_calendar(struct filling *f, struct site_files *files, const char *path, const char *title, const struct row_list *heads, struct error *err)
{
	uint64_t key = site_key_number(site_key_text(f->w->key, title), date_days(f->w->meta.today));
	AUTO_BUF text = BUF_INIT;
	struct calendar c;
	int rc;

	for (size_t i = 0; i < heads->n; i++)
		key = site_key_number(key, (int64_t)f->w->dossiers[f->w->dossier_of[heads->v[i] - f->w->rows]].key);
	if (site_files_keep(files, path, key))
		return 0;
	if ((rc = read_all(f, err)) < 0)
		return rc;
	calendar_init(&c);
	c.title = xstrdup(title);
	for (size_t i = 0; i < heads->n; i++) {
		const struct calendar_entry wanted = { .dossier = (char *)heads->v[i]->dossier };
		const struct calendar_entry *e = f->all.n > 0 ? bsearch(&wanted, f->all.v, f->all.n, sizeof(*f->all.v), by_dossier) : NULL;

		if (e != NULL)
			copy_entry(&c, e);
	}
	ical_render(&c, &text);
	calendar_clear(&c);
	return site_files_put(files, path, key, &text, err);
}

static int
publish_all(struct filling *f, struct site_files *files, struct error *err)
{
	struct world *w = f->w;
	struct row_list heads = { .n = 0 };
	int rc;

	for (size_t i = 0; i < w->dossiers_n; i++)
		row_list_add(&heads, w->dossiers[i].head);
	rc = publish_calendar(f, files, "deadlines.ics", w->meta.title, &heads, err);
	free(heads.v);
	for (size_t kind = 0; kind < LISTS_YEARS; kind++)
		for (size_t i = 0; rc == 0 && i < w->lists_n[kind]; i++) {
			const struct world_list *l = &w->lists[kind][i];
			AUTO_FREE char *title = xasprintf("%s: %s", w->meta.title, l->title);

			rc = publish_calendar(f, files, l->calendar, title, &l->heads, err);
		}
	return rc;
}

int
publish_calendars(struct world *w, struct site_files *files, struct error *err)
{
	struct filling f = { .w = w };
	int rc;

	calendar_init(&f.all);
	rc = publish_all(&f, files, err);
	calendar_clear(&f.all);
	return rc;
}
