/* The pages that lead to lists: all sectors, all members, all years. */
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "page.h"

static const struct { const char *path, *title, *lead, *heading; enum page_section section; } indexes[] = {
	[SITE_SECTORS] = { "sectors.html", "Sectors", "Each sector has its drafts, a feed and a calendar.", "Sector", PAGE_SECTORS },
	[SITE_MEMBERS] = { "members.html", "Members", "Who notified what: each member has its drafts, a feed and a calendar.", "Member", PAGE_MEMBERS },
	[SITE_YEARS] = { "years.html", "All notifications, by year", "Every notification that was read, in the order in which they were sent round.", "Year", PAGE_YEARS },
};

const char *
site_index_path(enum site_index which)
{
	return indexes[which].path;
}

static void
add_entry(const struct page *p, const struct site_entry *e, struct buf *out)
{
	buf_adds(out, "<tr><th scope=\"row\">");
	page_link(p, e->path, e->title, out);
	buf_addf(out, "</th><td>%zu</td><td>%zu</td><td>", e->n, e->open);
	page_time(e->newest, out);
	buf_adds(out, "</td></tr>\n");
}

static void
add_way_to_charts(const struct page *p, enum site_index which, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	site_index_charts_path(which, &path);
	buf_adds(out, "<p>");
	page_link(p, buf_str(&path), "Charts of them", out);
	buf_adds(out, "</p>\n");
}

void
site_index_page(const struct site_meta *m, enum site_index which, const struct site_entry *entries, size_t n, const char *charts, struct buf *out)
{
	struct page p = { .path = indexes[which].path, .title = indexes[which].title, .lead = indexes[which].lead, .section = indexes[which].section };

	p.beside[0] = (struct page_beside){ "application/atom+xml", "all.atom", "What is new and changed", "Atom feed of everything" };
	p.beside[1] = (struct page_beside){ "text/calendar", "deadlines.ics", "Deadlines as a calendar", "Calendar of everything (.ics)" };
	page_begin(m, &p, out);
	if (charts != NULL && site_index_charts_apart(n))
		add_way_to_charts(&p, which, out);
	if (n == 0)
		buf_adds(out, "<p>There is nothing to list yet.</p>\n");
	else
		buf_addf(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n<table class=\"figures\">\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th>"
		    "<th scope=\"col\">Notifications</th><th scope=\"col\">Drafts open</th><th scope=\"col\">Newest</th></tr></thead>\n<tbody>\n",
		    indexes[which].title, indexes[which].title, indexes[which].heading);
	for (size_t i = 0; i < n; i++)
		add_entry(&p, &entries[i], out);
	if (n > 0)
		buf_adds(out, "</tbody>\n</table>\n</div>\n");
	if (charts != NULL && !site_index_charts_apart(n))
		buf_adds(out, charts);
	page_end(m, &p, out);
}

/* ---- charts of very many ---- */

bool
site_index_charts_apart(size_t entries)
{
	return entries > SITE_INDEX_WITH_CHARTS;
}

void
site_index_charts_path(enum site_index which, struct buf *out)
{
	buf_addf(out, "%.*s.charts.html", (int)(strlen(indexes[which].path) - strlen(".html")), indexes[which].path);
}

void
site_index_charts_page(const struct site_meta *m, enum site_index which, const char *charts, struct buf *out)
{
	AUTO_BUF path = BUF_INIT, title = BUF_INIT;
	struct page p = { .section = indexes[which].section, .within = true };

	site_index_charts_path(which, &path);
	buf_addf(&title, "%s: charts", indexes[which].title);
	p.path = buf_str(&path);
	p.title = buf_str(&title);
	page_begin(m, &p, out);
	buf_adds(out, "<p>");
	page_link(&p, indexes[which].path, indexes[which].title, out);
	buf_adds(out, "</p>\n");
	buf_adds(out, charts);
	page_end(m, &p, out);
}
