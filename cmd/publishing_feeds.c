/* Atom feeds: of everything, of each sector and each member. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/report/atom.h"
#include "publishing.h"
#include "version_redline.h"

#define ENTRIES 100	/* a version may bear several events */
#define OF_ALL 60	/* versions in the feed of everything */

static char *
page_of(const struct world *w, const struct site_row *row)
{
	struct buf url = BUF_INIT;

	if (w->meta.url == NULL)
		return NULL;
	buf_adds(&url, w->meta.url);
	site_dossier_path(row->dossier, row->id, &url);
	return buf_take(&url);
}

/* One that cannot be read is told and left out. */
static void
add_item(struct world *w, struct digest *d, const struct recent *r)
{
	struct digest_item *item = digest_add_item(d);
	struct error why;

	item->commit = xstrdup(r->commit);
	item->at = r->at;
	item->effective_deadline = r->row->withdrawn ? DATE_NONE : r->deadline;
	item->page = page_of(w, r->row);
	if (version_redline(w->app, r->row->id, r->commit, &item->notice, &item->redline, &why) < 0) {
		message_warn("'%s' is in no feed: %s", r->row->id, why.text);
		return;
	}
	for (size_t i = 0; i < r->events.n; i++)
		events_add(&item->events, r->events.v[i].kind, r->events.v[i].detail, r->events.v[i].old, r->events.v[i].new);
	strv_split(&item->sectors, r->row->sectors, ",");
	for (size_t i = 0; i < item->sectors.n; i++) {
		const char *title = item->sectors.v[i];

		for (size_t k = 0; k < w->meta.sectors_n; k++)
			if (strcmp(w->sectors[k].name, title) == 0)
				title = w->sectors[k].title;
		digest_sector_add(digest_sector(d, item->sectors.v[i], title), d->items_n - 1);
	}
}

static uint64_t
feed_key(const struct world *w, const char *title, struct recent *const *recent, size_t n)
{
	uint64_t key = site_key_text(w->key, title);

	for (size_t i = 0; i < n; i++)
		key = rows_key(w, site_key_text(key, recent[i]->commit), &recent[i]->row, 1);
	return key;
}

static int
publish_feed(struct world *w, struct site_files *f, const char *path, const char *page, const char *title, struct recent *const *recent, size_t n, struct error *err)
{
	uint64_t key = feed_key(w, title, recent, n);
	AUTO_FREE char *site = w->meta.url != NULL ? xasprintf("%s%s", w->meta.url, page) : NULL;
	AUTO_FREE char *self = w->meta.url != NULL ? xasprintf("%s%s", w->meta.url, path) : NULL;
	const struct atom_feed feed = { .subscription = path, .title = title, .site = site, .self = self };
	AUTO_BUF xml = BUF_INIT;
	struct digest d;

	if (site_files_keep(f, path, key))
		return 0;
	digest_init(&d);
	for (size_t i = n; i > 0; i--)	/* in the order of main */
		add_item(w, &d, recent[i - 1]);
	atom_render(&d, &feed, ENTRIES, &xml);
	digest_clear(&d);
	return site_files_put(f, path, key, &xml, err);
}

static int
publish_of_all(struct world *w, struct site_files *f, struct error *err)
{
	size_t n = w->recent_n < OF_ALL ? w->recent_n : OF_ALL;
	AUTO_FREE struct recent **recent = xcalloc(n + 1, sizeof(struct recent *));

	for (size_t i = 0; i < n; i++)
		recent[i] = &w->recent[i];
	return publish_feed(w, f, "all.atom", "index.html", w->meta.title, recent, n, err);
}

int
publish_feeds(struct world *w, struct site_files *f, struct error *err)
{
	int rc = publish_of_all(w, f, err);

	for (size_t kind = 0; kind < LISTS_YEARS; kind++)
		for (size_t i = 0; rc == 0 && i < w->lists_n[kind]; i++) {
			const struct world_list *l = &w->lists[kind][i];
			AUTO_FREE char *title = xasprintf("%s: %s", w->meta.title, l->title);

			rc = publish_feed(w, f, l->feed, l->front, title, l->recent, l->recent_n, err);
		}
	return rc;
}
