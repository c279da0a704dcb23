/* The page that readers come to first. */
#include <string.h>

#include "../base/buf.h"
#include "page.h"

#define CHANGE_COLUMNS 160	/* of what is told of a change */

static void
add_changes(const struct page *p, const struct site_start *s, struct buf *out)
{
	buf_adds(out, "<section aria-labelledby=\"changed\">\n<h2 id=\"changed\">Changed</h2>\n");
	if (s->changes_n == 0)
		buf_adds(out, "<p>Nothing changed lately.</p>\n</section>\n");
	else
		buf_adds(out, "<ul class=\"changes\">\n");
	for (size_t i = 0; i < s->changes_n; i++) {
		const struct site_change *c = &s->changes[i];
		AUTO_BUF path = BUF_INIT;

		site_dossier_path(c->row->dossier, c->row->id, &path);
		buf_adds(out, "<li>");
		page_time(date_of_instant(c->at), out);
		buf_addc(out, ' ');
		page_link(p, buf_str(&path), c->row->id, out);
		buf_addc(out, ' ');
		page_text(c->words, CHANGE_COLUMNS, out);
		buf_adds(out, ". ");
		page_quote("span", "quiet", page_title_language(c->row->title), c->row->title, 100, out);
		buf_adds(out, "</li>\n");
	}
	if (s->changes_n > 0)
		buf_adds(out, "</ul>\n</section>\n");
}

static void
add_table(const struct site_meta *m, const struct page *p, const char *id, const char *heading, const struct site_row *const *rows, size_t n,
    const char *without, struct buf *out)
{
	buf_addf(out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, heading);
	if (n == 0)
		buf_addf(out, "<p>%s</p>\n", without);
	else
		page_rows(m, p, heading, rows, n, out);
}

void
page_coverage(const struct site_meta *m, struct buf *out)
{
	buf_adds(out, "<table>\n<caption>How far the sources were read</caption>\n<thead><tr><th scope=\"col\">Source</th><th scope=\"col\">Read to the end on</th>"
	    "<th scope=\"col\">Not had</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < 2; i++) {
		const struct site_feed *f = &m->feeds[i];

		buf_adds(out, "<tr><th scope=\"row\">");
		page_source_link(f->url, f->name, out);
		buf_adds(out, "</th><td>");
		if (f->off)
			buf_adds(out, "not read");
		else if (date_is_set(f->read))
			page_time(f->read, out);
		else
			buf_adds(out, "never yet");
		buf_adds(out, "</td><td>");
		for (size_t k = 0; f->problems != NULL && k < f->problems->n; k++) {
			buf_adds(out, k > 0 ? "<br>" : "");
			page_text(f->problems->v[k], 200, out);
		}
		buf_adds(out, f->problems == NULL || f->problems->n == 0 ? "nothing</td></tr>\n" : "</td></tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

void
site_start_page(const struct site_meta *m, const struct site_start *s, struct buf *out)
{
	AUTO_BUF lead = BUF_INIT;
	struct page p = { .path = "index.html", .title = m->title, .section = PAGE_START };
	char day[DATE_TEXT];

	buf_addf(&lead, "Draft technical regulations of the world, as notified, with every change of them and the day by which to comment: %zu notifications, %zu "
	    "drafts open for comment on %s.", s->counts.notifications, s->counts.open, date_format(m->today, day));
	p.lead = buf_str(&lead);
	p.beside[0] = (struct page_beside){ "application/atom+xml", "all.atom", "What is new and changed", "Atom feed" };
	p.beside[1] = (struct page_beside){ "text/calendar", "deadlines.ics", "Deadlines as a calendar", "Calendar (.ics)" };
	page_begin(m, &p, out);
	add_table(m, &p, "closing", "Closes soon", s->closing, s->closing_n, "Nothing is open for comment.", out);
	buf_adds(out, "<p>");
	page_link(&p, "deadlines.html", "All deadlines", out);
	buf_adds(out, "</p>\n</section>\n");
	add_table(m, &p, "new", "New", s->newest, s->newest_n, "There is no notification yet.", out);
	buf_adds(out, "<p>");
	page_link(&p, "years.html", "All notifications, by year", out);
	buf_adds(out, "</p>\n</section>\n");
	add_changes(&p, s, out);
	if (s->charts != NULL)
		buf_adds(out, s->charts);
	buf_adds(out, "<section aria-labelledby=\"coverage\">\n<h2 id=\"coverage\">Coverage</h2>\n");
	page_coverage(m, out);
	buf_addf(out, "<p>%zu notifications are in no sector: <a href=\"sector/uncoded.html\">these are listed too</a>.</p>\n</section>\n", s->counts.uncoded);
	page_end(m, &p, out);
}
