/* A list of notifications in pages: those of a sector, a member, a year. */
#include "../base/buf.h"
#include "page.h"

static size_t
pages_of(size_t rows)
{
	return (rows + SITE_PAGE_ROWS - 1) / SITE_PAGE_ROWS;
}

size_t
site_list_pages(const struct site_list *l, enum site_part part)
{
	switch (part) {
	case SITE_ALL:
		return pages_of(l->n);
	case SITE_OPEN:
		return l->closing_n > SITE_CLOSING_ROWS ? pages_of(l->closing_n) : 0;
	default:
		return 1;
	}
}

void
site_list_path(const struct site_list *l, enum site_part part, size_t page, struct buf *out)
{
	buf_addf(out, "%s/%s", l->folder, l->name);
	if (part != SITE_FRONT)
		buf_addf(out, part == SITE_ALL ? ".%zu" : ".open.%zu", page);
	buf_adds(out, ".html");
}

size_t
site_list_rows(const struct site_list *l, enum site_part part, size_t page, const struct site_row *const **rows)
{
	size_t all = part == SITE_OPEN ? l->closing_n : l->n, from, most = SITE_PAGE_ROWS;

	from = page > 0 ? (page - 1) * SITE_PAGE_ROWS : 0;
	if (part == SITE_FRONT) {
		from = l->n > SITE_NEWEST_ROWS ? l->n - SITE_NEWEST_ROWS : 0;
		most = SITE_NEWEST_ROWS;
	}
	from = from < all ? from : all;
	*rows = part == SITE_OPEN ? l->closing : l->rows;
	if (from > 0)
		*rows += from;
	return all - from < most ? all - from : most;
}

/* ---- what all its pages have ---- */

static struct page
frame(const struct site_list *l, const char *path, const char *title, const char *lead)
{
	enum page_section section = l->noun[0] == 's' ? PAGE_SECTORS : l->noun[0] == 'm' ? PAGE_MEMBERS : PAGE_YEARS;
	struct page p = { .path = path, .title = title, .lead = lead, .section = section, .within = true };

	p.beside[0] = (struct page_beside){ "application/atom+xml", l->feed, "What is new and changed", "Atom feed" };
	p.beside[1] = (struct page_beside){ "text/calendar", l->calendar, "Deadlines as a calendar", "Calendar (.ics)" };
	return p;
}

static void
add_page_link(const struct page *p, const struct site_list *l, enum site_part part, size_t page, const char *text, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	site_list_path(l, part, page, &path);
	page_link(p, buf_str(&path), text, out);
}

/* Newest first, as readers look at them; the models go from the oldest on. */
static void
add_newest_first(const struct site_meta *m, const struct page *p, const char *caption, const struct site_row *const *rows, size_t n, struct buf *out)
{
	const struct site_row *turned[SITE_PAGE_ROWS];

	for (size_t i = 0; i < n; i++)
		turned[i] = rows[n - 1 - i];
	page_rows(m, p, caption, turned, n, out);
}

/* ---- the first page ---- */

static void
add_closing(const struct site_meta *m, const struct page *p, const struct site_list *l, struct buf *out)
{
	size_t shown = l->closing_n < SITE_CLOSING_ROWS ? l->closing_n : SITE_CLOSING_ROWS;

	buf_adds(out, "<section aria-labelledby=\"closing\">\n<h2 id=\"closing\">Open for comment</h2>\n");
	if (l->closing_n == 0)
		buf_adds(out, "<p>Nothing here is open for comment.</p>\n");
	else
		page_rows(m, p, "Open for comment, soonest first", l->closing, shown, out);
	if (shown < l->closing_n) {
		buf_adds(out, "<p>");
		add_page_link(p, l, SITE_OPEN, 1, "All that is open for comment", out);
		buf_addf(out, " (%zu)</p>\n", l->closing_n);
	}
	buf_adds(out, "</section>\n");
}

static void
add_newest(const struct site_meta *m, const struct page *p, const struct site_list *l, struct buf *out)
{
	const struct site_row *const *rows;
	size_t n = site_list_rows(l, SITE_FRONT, 0, &rows);

	buf_adds(out, "<section aria-labelledby=\"newest\">\n<h2 id=\"newest\">Newest</h2>\n");
	if (n == 0)
		buf_adds(out, "<p>There is no notification here yet.</p>\n");
	else
		add_newest_first(m, p, "Newest notifications", rows, n, out);
	buf_adds(out, "</section>\n");
}

#define NUMBERS 24	/* of pages on the first one; of a longer list every so many, and the newest of each year */

static int
year_of(const struct site_list *l, size_t page)
{
	return l->rows[(page - 1) * SITE_PAGE_ROWS]->distributed.year;
}

/* Numbers of the pages, by the year of each page's oldest row. */
static void
add_numbers(const struct page *p, const struct site_list *l, struct buf *out)
{
	size_t pages = site_list_pages(l, SITE_ALL), every = (pages + NUMBERS - 1) / NUMBERS;
	int year = -1;

	buf_adds(out, "<section aria-labelledby=\"all\">\n<h2 id=\"all\">All of them</h2>\n<nav class=\"pages\" aria-labelledby=\"all\">\n<ul>\n");
	for (size_t page = pages; page > 0; page--) {
		int its = year_of(l, page);
		AUTO_BUF number = BUF_INIT;

		if (its == year && page > 1 && (pages - page) % every > 0)
			continue;
		buf_adds(out, its == year ? " " : year == -1 ? "<li>" : "</li>\n<li>");
		if (its != year && its > 0)
			buf_addf(out, "<span>%d:</span> ", its);
		else if (its != year)
			buf_adds(out, "<span>undated:</span> ");
		buf_addf(&number, "%zu", page);
		add_page_link(p, l, SITE_ALL, page, buf_str(&number), out);
		year = its;
	}
	buf_adds(out, "</li>\n</ul>\n</nav>\n</section>\n");
}

static void
add_front(const struct site_meta *m, const struct site_list *l, struct buf *out)
{
	AUTO_BUF path = BUF_INIT, lead = BUF_INIT;
	struct page p;

	site_list_path(l, SITE_FRONT, 0, &path);
	buf_addf(&lead, "%zu %s, %zu open for comment.", l->n, l->n == 1 ? "notification" : "notifications", l->closing_n);
	p = frame(l, buf_str(&path), l->title, buf_str(&lead));
	page_begin(m, &p, out);
	add_closing(m, &p, l, out);
	add_newest(m, &p, l, out);
	if (l->charts != NULL)
		buf_adds(out, l->charts);
	if (l->n > 0)
		add_numbers(&p, l, out);
	page_end(m, &p, out);
}

/* ---- the others ---- */

static void
add_neighbours(const struct page *p, const struct site_list *l, enum site_part part, size_t page, struct buf *out)
{
	const char *const down = part == SITE_ALL ? "Older" : "Sooner", *const up = part == SITE_ALL ? "Newer" : "Later";

	buf_adds(out, "<nav class=\"pages\" aria-label=\"Pages\">\n<ul>\n<li>");
	add_page_link(p, l, SITE_FRONT, 0, l->title, out);
	buf_adds(out, "</li>\n");
	if (page > 1) {
		buf_adds(out, "<li>");
		add_page_link(p, l, part, page - 1, down, out);
		buf_adds(out, "</li>\n");
	}
	if (page < site_list_pages(l, part)) {
		buf_adds(out, "<li>");
		add_page_link(p, l, part, page + 1, up, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n</nav>\n");
}

static void
add_further(const struct site_meta *m, const struct site_list *l, enum site_part part, size_t page, struct buf *out)
{
	AUTO_BUF path = BUF_INIT, title = BUF_INIT, caption = BUF_INIT;
	const struct site_row *const *rows;
	size_t n = site_list_rows(l, part, page, &rows);
	struct page p;

	site_list_path(l, part, page, &path);
	buf_addf(&title, part == SITE_ALL ? "%s: page %zu" : "%s: open for comment, page %zu", l->title, page);
	p = frame(l, buf_str(&path), buf_str(&title), NULL);
	page_begin(m, &p, out);
	add_neighbours(&p, l, part, page, out);
	buf_addf(&caption, part == SITE_ALL ? "Number %zu to %zu from the oldest on, newest first" : "Number %zu to %zu, soonest first",
	    (page - 1) * SITE_PAGE_ROWS + 1, (page - 1) * SITE_PAGE_ROWS + n);
	if (part == SITE_ALL)
		add_newest_first(m, &p, buf_str(&caption), rows, n, out);
	else
		page_rows(m, &p, buf_str(&caption), rows, n, out);
	page_end(m, &p, out);
}

void
site_list_page(const struct site_meta *m, const struct site_list *l, enum site_part part, size_t page, struct buf *out)
{
	if (part == SITE_FRONT)
		add_front(m, l, out);
	else
		add_further(m, l, part, page, out);
}
