#include <stdbool.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "../base/xml.h"
#include "month.h"

static const char *const names[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
	"December" };
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

void
month_key(int year, int month, struct buf *out)
{
	buf_addf(out, "%04d-%02d", year, month);
}

void
month_title(int year, int month, struct buf *out)
{
	buf_addf(out, "%s %d", names[month - 1], year);
}

static void
add_neighbour(const char *href, const char *rel, int year, int month, struct buf *out)
{
	if (href == NULL)
		return;
	buf_adds(out, "<a href=\"");
	xml_escape(href, out);
	buf_addf(out, "\" rel=\"%s\">", rel);
	month_title(month < 1 ? year - 1 : month > 12 ? year + 1 : year, month < 1 ? 12 : month > 12 ? 1 : month, out);
	buf_adds(out, "</a>\n");
}

static void
add_neighbours(const struct month *m, struct buf *out)
{
	if (m->previous == NULL && m->next == NULL)
		return;
	buf_adds(out, "<nav class=\"pages\" aria-label=\"Months\">\n");
	add_neighbour(m->previous, "prev", m->year, m->month - 1, out);
	add_neighbour(m->next, "next", m->year, m->month + 1, out);
	buf_adds(out, "</nav>\n");
}

static bool
given(const char *s)
{
	return s != NULL && *s != '\0';
}

static void
add_entry(const struct month_entry *e, struct buf *out)
{
	AUTO_BUF title = BUF_INIT;

	buf_adds(out, "<li><a href=\"");
	xml_escape(e->href, out);
	buf_adds(out, "\">");
	xml_escape(e->text, out);
	buf_adds(out, "</a>");
	if (given(e->member)) {
		buf_adds(out, " <span class=\"member\">");
		xml_escape(e->member, out);
		buf_adds(out, "</span>");
	}
	if (given(e->title)) {
		buf_adds(out, " <span class=\"title\"");
		if (given(e->lang) && strcmp(e->lang, "en") != 0) {
			buf_adds(out, " lang=\"");
			xml_escape(e->lang, out);
			buf_addc(out, '"');
		}
		buf_adds(out, " dir=\"auto\">");
		utf8_ellipsis(e->title, MONTH_TITLE, &title);
		xml_escape(buf_str(&title), out);
		buf_adds(out, "</span>");
	}
	buf_adds(out, "</li>\n");
}

static void
add_rest(const struct month_entry *first, size_t n, struct buf *out)
{
	buf_adds(out, "<p>");
	if (given(first->list)) {
		buf_adds(out, "<a href=\"");
		xml_escape(first->list, out);
		buf_addf(out, "\">and %zu more</a>", n);
	} else {
		buf_addf(out, "and %zu more", n);
	}
	buf_adds(out, "</p>\n");
}

static void
add_entries(const struct month_entry *v, size_t n, size_t most, struct buf *out)
{
	size_t shown = n > most + 1 ? most : n;	/* to name one more takes as much room as to tell of it */

	if (n == 0)
		return;
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < shown; i++)
		add_entry(&v[i], out);
	buf_adds(out, "</ul>\n");
	if (shown < n)
		add_rest(&v[shown], n - shown, out);
}

/* The entries of a day: *v moves to them, and their number is returned. Entries are by date, and so are the calls. */
static size_t
entries_of(struct date d, const struct month_entry **v, const struct month_entry *end)
{
	size_t n = 0;

	if (*v == NULL)
		return 0;
	while (*v < end && date_cmp((*v)->date, d) < 0)
		(*v)++;
	while (*v + n < end && date_cmp((*v)[n].date, d) == 0)
		n++;
	return n;
}

static void
add_day(const struct month *m, struct date d, size_t most, const struct month_entry **v, struct buf *out)
{
	bool today = date_cmp(d, m->today) == 0;
	size_t n = entries_of(d, v, m->n > 0 ? m->entries + m->n : NULL);
	char text[DATE_TEXT];

	date_format(d, text);
	buf_adds(out, "<td");
	if (given(m->anchor))
		buf_addf(out, " id=\"%s%s\"", m->anchor, text);
	buf_addf(out, "%s%s>", n == 0 && !today ? " class=\"empty\"" : today ? " class=\"today\"" : "", today ? " aria-current=\"date\"" : "");
	buf_addf(out, "<time datetime=\"%s\"><span class=\"weekday\">%s </span>%d</time>\n", text, weekdays[date_weekday(d)], d.day);
	add_entries(*v, n, most, out);
	buf_adds(out, "</td>\n");
}

static void
add_head(const struct month *m, struct buf *out)
{
	buf_adds(out, "<table class=\"calendar\">\n<caption>Deadlines in ");
	month_title(m->year, m->month, out);
	buf_adds(out, "</caption>\n<thead><tr>");
	for (size_t i = 0; i < 7; i++)
		buf_addf(out, "<th scope=\"col\">%s</th>", weekdays[i]);
	buf_adds(out, "</tr></thead>\n<tbody>\n");
}

static void
add_weeks(const struct month *m, size_t most, struct buf *out)
{
	struct date d = { (int16_t)m->year, (int8_t)m->month, 1 };
	const struct month_entry *v = m->entries;
	int column = date_weekday(d);

	buf_adds(out, "<tr>\n");
	if (column > 0)
		buf_addf(out, "<td class=\"outside\" colspan=\"%d\"></td>\n", column);
	for (; d.month == m->month; d = date_add_days(d, 1)) {
		if (column == 7) {
			buf_adds(out, "</tr>\n<tr>\n");
			column = 0;
		}
		add_day(m, d, most, &v, out);
		column++;
	}
	if (column < 7)
		buf_addf(out, "<td class=\"outside\" colspan=\"%d\"></td>\n", 7 - column);
	buf_adds(out, "</tr>\n");
}

void
month_write(const struct month *m, struct buf *out)
{
	size_t weeks, most = MONTH_DAY_SHOWN;

	add_neighbours(m, out);
	add_head(m, out);
	weeks = out->len;
	add_weeks(m, most, out);
	while (out->len - weeks > MONTH_ROOM && --most > 0) {
		buf_truncate(out, weeks);
		add_weeks(m, most, out);
	}
	buf_adds(out, "</tbody>\n</table>\n");
}
