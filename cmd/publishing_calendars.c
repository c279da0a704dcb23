/* Calendars: of everything, of each sector and each member. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "calendaring.h"
#include "publishing.h"

static int
by_dossier(const void *a, const void *b)
{
	const struct calendar_entry *x = a, *y = b;

	return strcmp(x->dossier, y->dossier);
}

static int
read_held(const struct world *w, struct index *ix, struct calendar *all, struct error *err)
{
	const struct filter any = FILTER_INIT;
	int rc = index_hold(ix, err);

	if (rc < 0)
		return rc;
	rc = calendar_of_filter(ix, &any, DATE_NONE, w->meta.url == NULL, all, err);
	index_let_go(ix);
	return rc;
}

/* They lead to the site when it is known where that will stand, else to the source. */
int
world_deadlines(struct world *w, struct index *ix, struct error *err)
{
	struct calendar *all = &w->deadlines;
	int rc;

	if ((rc = read_held(w, ix, all, err)) < 0)
		return rc;
	if (all->n > 1)
		qsort(all->v, all->n, sizeof(*all->v), by_dossier);
	for (size_t i = 0; w->meta.url != NULL && i < all->n; i++) {
		struct buf url = BUF_INIT;

		buf_adds(&url, w->meta.url);
		site_dossier_path(all->v[i].dossier, NULL, &url);
		free(all->v[i].url);
		all->v[i].url = buf_take(&url);
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

static uint64_t
entry_key(uint64_t key, const struct calendar_entry *e)
{
	key = site_key_text(site_key_text(site_key_text(site_key_text(key, e->dossier), e->title), e->url), e->reason);
	key = site_key_number(site_key_number(site_key_text(key, e->member), e->source), date_days(e->deadline));
	return site_key_number(site_key_number(site_key_number(key, e->sequence), e->stamp), e->cancelled);
}

static int
publish_calendar(struct world *w, struct site_files *files, const char *path, const char *title, const struct calendar_entry *const *v, size_t n, struct error *err)
{
	uint64_t key = site_key_text(w->key, title);
	AUTO_BUF text = BUF_INIT;
	struct calendar c;

	for (size_t i = 0; i < n; i++)
		key = entry_key(key, v[i]);
	if (site_files_keep(files, path, key))
		return 0;
	calendar_init(&c);
	c.title = xstrdup(title);
	for (size_t i = 0; i < n; i++)
		copy_entry(&c, v[i]);
	ical_render(&c, &text);
	calendar_clear(&c);
	return site_files_put(files, path, key, &text, err);
}

static int
publish_of_all(struct world *w, struct site_files *files, const struct calendar *all, struct error *err)
{
	AUTO_FREE const struct calendar_entry **v = xcalloc(all->n + 1, sizeof(*v));

	for (size_t i = 0; i < all->n; i++)
		v[i] = &all->v[i];
	return publish_calendar(w, files, "deadlines.ics", w->meta.title, v, all->n, err);
}

/* ---- of lists ---- */

static void
add_entry(void *ctx, struct world_list *l)
{
	l->entries = xgrow(l->entries, l->entries_n, &l->entries_cap, sizeof(const struct calendar_entry *));
	l->entries[l->entries_n++] = ctx;
}

/* An entry belongs to the lists of its dossier's head. */
static void
share_out(struct world *w, struct calendar *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct world_dossier *d = world_dossier(w, all->v[i].dossier);

		if (d != NULL)
			world_lists_of(w, d->head, add_entry, &all->v[i]);
	}
}

static int
publish_of_lists(struct world *w, struct site_files *files, struct error *err)
{
	int rc = 0;

	for (size_t kind = 0; kind < LISTS_YEARS; kind++)
		for (size_t i = 0; rc == 0 && i < w->lists_n[kind]; i++) {
			const struct world_list *l = &w->lists[kind][i];
			AUTO_FREE char *title = xasprintf("%s: %s", w->meta.title, l->title);

			rc = publish_calendar(w, files, l->calendar, title, l->entries, l->entries_n, err);
		}
	return rc;
}

int
publish_calendars(struct world *w, struct site_files *files, struct error *err)
{
	int rc = publish_of_all(w, files, &w->deadlines, err);

	if (rc < 0)
		return rc;
	share_out(w, &w->deadlines);
	return publish_of_lists(w, files, err);
}
