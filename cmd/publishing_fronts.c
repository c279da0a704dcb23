/* The pages by which readers come in: start, deadlines, what lists there are, search, about; and what all pages need. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/site/page.h"
#include "../lib/site/search_index.h"
#include "publishing.h"
#include "publishing_charts.h"

#define NEWEST 25		/* on the start page */
#define CLOSING 15
#define CHANGES 12

extern const char site_style[], site_script[];

struct filling {
	struct world *w;
	struct site_files *files;
	uint64_t day;			/* key of what changes with the store or the day */
};

/* These pages cost little: they are made each time, and written when they differ. */
static int
put(struct filling *f, const char *path, const struct buf *bytes, struct error *err)
{
	return site_files_put(f->files, path, f->day, bytes, err);
}

static int
put_text(struct filling *f, const char *path, const char *text, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;

	buf_adds(&bytes, text);
	return put(f, path, &bytes, err);
}

/* ---- deadlines ---- */

static int
publish_deadlines(struct filling *f, struct error *err)
{
	struct world *w = f->w;
	AUTO_BUF charts = BUF_INIT;
	int rc = 0;

	chart_closing(w, &charts);
	for (size_t i = site_months(&w->meta, w->closing.v, w->closing.n); rc == 0 && i > 0; i--) {
		AUTO_BUF path = BUF_INIT, html = BUF_INIT;

		site_month_path(&w->meta, i - 1, &path);
		site_month_page(&w->meta, w->closing.v, w->closing.n, i - 1, &html);
		rc = put(f, buf_str(&path), &html, err);
	}
	for (size_t page = site_deadlines_pages(w->closing.n); rc == 0 && page > 0; page--) {
		AUTO_BUF path = BUF_INIT, html = BUF_INIT;

		site_deadlines_path(page, &path);
		site_deadlines_page(&w->meta, w->closing.v, w->closing.n, page, buf_str(&charts), &html);
		rc = put(f, buf_str(&path), &html, err);
	}
	return rc;
}

/* ---- what lists there are ---- */

static int
by_title(const void *a, const void *b)
{
	const struct site_entry *x = a, *y = b;

	return strcmp(x->title, y->title);
}

static struct site_entry *
entries_of(const struct world *w, size_t kind)
{
	size_t n = w->lists_n[kind];
	struct site_entry *entries = xcalloc(n + 1, sizeof(*entries));

	for (size_t i = 0; i < n; i++) {
		const struct world_list *l = &w->lists[kind][kind == LISTS_YEARS ? n - 1 - i : i];	/* the newest year first */

		entries[i] = (struct site_entry){ l->front, l->title, l->rows.n, l->closing.n, l->rows.n > 0 ? l->rows.v[l->rows.n - 1]->distributed : DATE_NONE };
	}
	if (kind != LISTS_YEARS)
		qsort(entries, n, sizeof(*entries), by_title);
	return entries;
}

static int
publish_index(struct filling *f, enum site_index which, size_t kind, const char *charts, struct error *err)
{
	AUTO_FREE struct site_entry *entries = entries_of(f->w, kind);
	AUTO_BUF html = BUF_INIT, path = BUF_INIT, apart = BUF_INIT;
	size_t n = f->w->lists_n[kind];
	int rc;

	site_index_page(&f->w->meta, which, entries, n, charts, &html);
	if ((rc = put(f, site_index_path(which), &html, err)) < 0 || charts == NULL || !site_index_charts_apart(n))
		return rc;
	site_index_charts_path(which, &path);
	site_index_charts_page(&f->w->meta, which, charts, &apart);
	return put(f, buf_str(&path), &apart, err);
}

static int
publish_indexes(struct filling *f, struct error *err)
{
	AUTO_BUF sectors = BUF_INIT, members = BUF_INIT;
	int rc;

	chart_by_list(f->w, LISTS_SECTORS, "Notifications a month, by sector", &sectors);
	chart_by_list(f->w, LISTS_MEMBERS, "Notifications a month, by member", &members);
	chart_given_by_member(f->w, &members);
	if ((rc = publish_index(f, SITE_SECTORS, LISTS_SECTORS, buf_str(&sectors), err)) < 0 ||
	    (rc = publish_index(f, SITE_MEMBERS, LISTS_MEMBERS, buf_str(&members), err)) < 0)
		return rc;
	return publish_index(f, SITE_YEARS, LISTS_YEARS, NULL, err);
}

/* ---- start, search, about ---- */

/* The newest changes, as words; new notifications have a table of their own. */
static size_t
pick_changes(const struct world *w, struct site_change *changes, struct strv *words)
{
	size_t n = 0;

	for (size_t i = 0; i < w->recent_n && n < CHANGES; i++) {
		const struct recent *r = &w->recent[i];
		AUTO_BUF text = BUF_INIT;

		if (events_have(&r->events, EVENT_NEW))
			continue;
		for (size_t k = 0; k < r->events.n; k++) {
			AUTO_BUF one = BUF_INIT;

			event_describe_of(r->row->source, &r->events.v[k], &one);
			buf_addf(&text, "%s%s", k > 0 ? "; " : "", buf_str(&one));
		}
		strv_add(words, buf_str(&text));
		changes[n] = (struct site_change){ r->row, r->at, words->v[n] };
		n++;
	}
	return n;
}

static int
publish_start(struct filling *f, struct error *err)
{
	struct world *w = f->w;
	const struct site_row *newest[NEWEST];
	struct site_change changes[CHANGES];
	AUTO_STRV words = STRV_INIT;
	AUTO_BUF charts = BUF_INIT, html = BUF_INIT;
	struct site_start s = { .newest = newest, .changes = changes, .closing = w->closing.v, .counts = w->counts };

	for (size_t i = w->n; i > 0 && s.newest_n < NEWEST; i--)
		newest[s.newest_n++] = &w->rows[i - 1];
	s.closing_n = w->closing.n < CLOSING ? w->closing.n : CLOSING;
	s.changes_n = pick_changes(w, changes, &words);
	chart_closing(w, &charts);
	s.charts = buf_str(&charts);
	site_start_page(&w->meta, &s, &html);
	return put(f, "index.html", &html, err);
}

static int
publish_search_page(struct filling *f, struct error *err)
{
	static const char *const scripts[] = { "search.js", NULL };
	const struct page p = { .path = "search.html", .title = "Search", .section = PAGE_SEARCH, .scripts = scripts,
	    .lead = "Looks through all notifications in your browser; what you look for is sent nowhere." };
	AUTO_BUF html = BUF_INIT;

	page_begin(&f->w->meta, &p, &html);
	search_form("search/", "", &html);
	buf_adds(&html, "<section aria-labelledby=\"lists\">\n<h2 id=\"lists\">Or look through the lists</h2>\n<ul>\n"
	    "<li><a href=\"deadlines.html\">Deadlines</a></li>\n<li><a href=\"sectors.html\">Sectors</a></li>\n<li><a href=\"members.html\">Members</a></li>\n"
	    "<li><a href=\"years.html\">All notifications, by year</a></li>\n</ul>\n</section>\n");
	page_end(&f->w->meta, &p, &html);
	return put(f, "search.html", &html, err);
}

static int
publish_about(struct filling *f, struct error *err)
{
	AUTO_BUF html = BUF_INIT;

	site_about_page(&f->w->meta, &f->w->counts, &html);
	return put(f, "about.html", &html, err);
}

int
publish_fronts(struct world *w, struct site_files *files, struct error *err)
{
	struct filling f = { w, files, site_key_number(site_key_text(w->key, "fronts"), 1) };
	int rc;

	if ((rc = publish_deadlines(&f, err)) < 0 || (rc = publish_indexes(&f, err)) < 0 || (rc = put_text(&f, "search.js", site_script, err)) < 0 ||
	    (rc = publish_search_page(&f, err)) < 0 || (rc = publish_about(&f, err)) < 0)
		return rc;
	return publish_start(&f, err);
}

int
publish_style(struct world *w, struct site_files *files, struct error *err)
{
	struct filling f = { w, files, w->key };

	return put_text(&f, "style.css", site_style, err);
}
