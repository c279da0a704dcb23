/* What must be answered by when: a list, and a calendar for each month. */
#include <stdlib.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/strv.h"
#include "../notice/symbol.h"
#include "month.h"
#include "page.h"

size_t
site_deadlines_pages(size_t rows)
{
	return rows == 0 ? 1 : (rows + SITE_PAGE_ROWS - 1) / SITE_PAGE_ROWS;
}

void
site_deadlines_path(size_t page, struct buf *out)
{
	if (page <= 1)
		buf_adds(out, "deadlines.html");
	else
		buf_addf(out, "deadlines.%zu.html", page);
}

static struct page
frame(const char *path, const char *title, const char *lead)
{
	struct page p = { .path = path, .title = title, .lead = lead, .section = PAGE_DEADLINES };

	p.beside[0] = (struct page_beside){ "application/atom+xml", "all.atom", "What is new and changed", "Atom feed" };
	p.beside[1] = (struct page_beside){ "text/calendar", "deadlines.ics", "Deadlines as a calendar", "Calendar (.ics)" };
	return p;
}

/* ---- months ---- */

static int
month_number(struct date d)
{
	return d.year * 12 + d.month - 1;
}

static struct date
month_of(const struct site_meta *m, size_t month)
{
	int number = month_number(m->today) + (int)month;

	return (struct date){ (int16_t)(number / 12), (int8_t)(number % 12 + 1), 1 };
}

size_t
site_months(const struct site_meta *m, const struct site_row *const *rows, size_t n)
{
	int months = n > 0 ? month_number(rows[n - 1]->effective_deadline) - month_number(m->today) + 1 : 1;

	return months < 1 ? 1 : months > SITE_MONTHS ? SITE_MONTHS : (size_t)months;
}

void
site_month_path(const struct site_meta *m, size_t month, struct buf *out)
{
	struct date d = month_of(m, month);

	buf_addf(out, "deadlines/%04d-%02d.html", d.year, d.month);
}

static void
add_months(const struct site_meta *m, const struct page *p, const struct site_row *const *rows, size_t n, struct buf *out)
{
	size_t months = site_months(m, rows, n);

	buf_adds(out, "<nav class=\"pages\" aria-label=\"Calendar\">\n<ul>\n");
	for (size_t i = 0; i < months; i++) {
		AUTO_BUF path = BUF_INIT, word = BUF_INIT;

		site_month_path(m, i, &path);
		page_month(month_of(m, i), &word);
		buf_adds(out, "<li>");
		page_link(p, buf_str(&path), buf_str(&word), out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n</nav>\n");
}

/* Relative addresses of the neighbours; NULL where there is none. Both lie beside this page. */
static char *
neighbour(const struct site_meta *m, size_t months, size_t month)
{
	struct buf path = BUF_INIT;
	struct date d = month_of(m, month);

	if (month >= months)
		return NULL;
	buf_addf(&path, "%04d-%02d.html", d.year, d.month);
	return buf_take(&path);
}

static struct month_entry *
entries_of(const struct page *p, const struct site_row *const *rows, size_t n, struct strv *hrefs)
{
	struct month_entry *entries = xcalloc(n + 1, sizeof(*entries));

	for (size_t i = 0; i < n; i++) {
		struct buf href = BUF_INIT, list = BUF_INIT;

		site_root(p->path, &href);
		site_dossier_path(rows[i]->dossier, NULL, &href);
		strv_take(hrefs, buf_take(&href));
		site_root(p->path, &list);
		site_deadlines_path(i / SITE_PAGE_ROWS + 1, &list);
		strv_take(hrefs, buf_take(&list));
		entries[i] = (struct month_entry){ .date = rows[i]->effective_deadline, .href = hrefs->v[2 * i], .list = hrefs->v[2 * i + 1], .text = rows[i]->dossier, .title = rows[i]->title,
		    .lang = page_title_language(rows[i]->title), .member = rows[i]->member[0] != '\0' ? member_name(rows[i]->member) : NULL };
	}
	return entries;
}

void
site_month_page(const struct site_meta *m, const struct site_row *const *rows, size_t n, size_t month, struct buf *out)
{
	size_t months = site_months(m, rows, n);
	struct date first = month_of(m, month);
	AUTO_BUF path = BUF_INIT, title = BUF_INIT;
	AUTO_FREE char *previous = month > 0 ? neighbour(m, months, month - 1) : NULL, *next = neighbour(m, months, month + 1);
	AUTO_FREE struct month_entry *entries = NULL;
	AUTO_STRV hrefs = STRV_INIT;
	struct page p;

	site_month_path(m, month, &path);
	buf_adds(&title, "Deadlines in ");
	page_month(first, &title);
	p = frame(buf_str(&path), buf_str(&title), NULL);
	p.within = true;
	entries = entries_of(&p, rows, n, &hrefs);
	page_begin(m, &p, out);
	month_write(&(struct month){ .year = first.year, .month = first.month, .today = m->today, .entries = entries, .n = n, .previous = previous, .next = next,
	    .anchor = "" }, out);
	buf_adds(out, "<p>");
	page_link(&p, "deadlines.html", "As a list", out);
	buf_adds(out, "</p>\n");
	page_end(m, &p, out);
}

/* ---- the list ---- */

static void
add_pages(const struct page *p, size_t n, size_t page, struct buf *out)
{
	size_t pages = site_deadlines_pages(n);

	if (pages == 1)
		return;
	buf_adds(out, "<nav class=\"pages\" aria-label=\"Pages\">\n<ul>\n");
	for (size_t i = 1; i <= pages; i++) {
		AUTO_BUF path = BUF_INIT;

		site_deadlines_path(i, &path);
		buf_adds(out, "<li><a href=\"");
		page_href(p, buf_str(&path), out);
		buf_addf(out, i == page ? "\" aria-current=\"page\">%zu</a></li>\n" : "\">%zu</a></li>\n", i);
	}
	buf_adds(out, "</ul>\n</nav>\n");
}

void
site_deadlines_page(const struct site_meta *m, const struct site_row *const *rows, size_t n, size_t page, const char *charts, struct buf *out)
{
	size_t from = (page - 1) * SITE_PAGE_ROWS, left = n - from;
	AUTO_BUF path = BUF_INIT, title = BUF_INIT, lead = BUF_INIT;
	struct page p;

	site_deadlines_path(page, &path);
	buf_addf(&title, page > 1 ? "Deadlines: page %zu" : "Deadlines", page);
	buf_addf(&lead, "%zu drafts are open for comment.", n);
	p = frame(buf_str(&path), buf_str(&title), buf_str(&lead));
	p.within = page > 1;
	page_begin(m, &p, out);
	add_months(m, &p, rows, n, out);
	if (page == 1 && charts != NULL)
		buf_adds(out, charts);
	if (n == 0)
		buf_adds(out, "<p>Nothing is open for comment.</p>\n");
	else
		page_rows(m, &p, "Open for comment, soonest first", rows + from, left < SITE_PAGE_ROWS ? left : SITE_PAGE_ROWS, out);
	add_pages(&p, n, page, out);
	page_end(m, &p, out);
}
