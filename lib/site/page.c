#include "page.h"

#include <string.h>

#include "../base/buf.h"
#include "../base/lang.h"
#include "../base/utf8.h"
#include "../base/xml.h"

#define HEAD_TITLE 120		/* columns of a title in a window's bar, in search engines and as the name of a printed file */
#define DESCRIPTION 300

static const struct { const char *path, *word; } navigation[] = {
	[PAGE_START] = { "index.html", "Start" },
	[PAGE_DEADLINES] = { "deadlines.html", "Deadlines" },
	[PAGE_SECTORS] = { "sectors.html", "Sectors" },
	[PAGE_MEMBERS] = { "members.html", "Members" },
	[PAGE_YEARS] = { "years.html", "All, by year" },
	[PAGE_SEARCH] = { "search.html", "Search" },
	[PAGE_ABOUT] = { "about.html", "About" },
};

/* ---- links ---- */

void
page_href(const struct page *p, const char *path, struct buf *out)
{
	const char *name = strrchr(p->path, '/');
	size_t folder = name != NULL ? (size_t)(name + 1 - p->path) : 0;

	if (strncmp(path, p->path, folder) == 0 && strchr(path + folder, '/') == NULL) {
		xml_escape(path + folder, out);
		return;
	}
	site_root(p->path, out);
	xml_escape(path, out);
}

void
page_link(const struct page *p, const char *path, const char *text, struct buf *out)
{
	buf_adds(out, "<a href=\"");
	page_href(p, path, out);
	buf_adds(out, "\">");
	page_text(text, 0, out);
	buf_adds(out, "</a>");
}

static bool
leads_out(const char *url)
{
	if (url == NULL || (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0))
		return false;
	for (const char *p = url; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || strchr("\"'<>`\\", *p) != NULL)
			return false;
	return true;
}

void
page_source_link(const char *url, const char *text, struct buf *out)
{
	if (!leads_out(url)) {
		page_text(text, 0, out);
		return;
	}
	buf_adds(out, "<a href=\"");
	xml_escape(url, out);
	buf_adds(out, "\" rel=\"external noreferrer\">");
	page_text(text, 0, out);
	buf_adds(out, "</a>");
}

/* ---- head and foot ---- */

static void
add_title(const struct site_meta *m, const struct page *p, struct buf *out)
{
	buf_adds(out, "<title>");
	if (p->symbol != NULL && strcmp(p->symbol, p->title) != 0) {
		page_text(p->symbol, HEAD_TITLE, out);
		buf_adds(out, ": ");
	}
	if (p->section != PAGE_START || p->within) {
		page_text(p->title, HEAD_TITLE, out);
		buf_adds(out, " - ");
	}
	page_text(m->title, HEAD_TITLE, out);
	buf_adds(out, "</title>\n");
}

static void
add_beside_head(const struct page *p, struct buf *out)
{
	for (size_t i = 0; i < PAGE_BESIDE && p->beside[i].path != NULL; i++) {
		buf_addf(out, "<link rel=\"alternate\" type=\"%s\" title=\"", p->beside[i].type);
		page_text(p->beside[i].title, HEAD_TITLE, out);
		buf_adds(out, "\" href=\"");
		page_href(p, p->beside[i].path, out);
		buf_adds(out, "\">\n");
	}
}

static void
add_head(const struct site_meta *m, const struct page *p, struct buf *out)
{
	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
	    " form-action 'self'; base-uri 'none'\">\n"
	    "<meta name=\"generator\" content=\"regwatch\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n");
	add_title(m, p, out);
	if (p->lead != NULL) {
		buf_adds(out, "<meta name=\"description\" content=\"");
		page_text(p->lead, DESCRIPTION, out);
		buf_adds(out, "\">\n");
	}
	buf_adds(out, "<link rel=\"stylesheet\" href=\"");
	page_href(p, "style.css", out);
	buf_adds(out, "\">\n");
	add_beside_head(p, out);
	for (size_t i = 0; p->scripts != NULL && p->scripts[i] != NULL; i++) {
		buf_adds(out, "<script defer src=\"");
		page_href(p, p->scripts[i], out);
		buf_adds(out, "\"></script>\n");
	}
	buf_adds(out, "</head>\n");
}

static void
add_navigation(const struct site_meta *m, const struct page *p, struct buf *out)
{
	buf_adds(out, "<a class=\"skip\" href=\"#main\">To the content</a>\n<header class=\"site\">\n<p class=\"name\">");
	page_link(p, "index.html", m->title, out);
	buf_adds(out, "</p>\n<nav aria-label=\"Site\">\n<ul>\n");
	for (size_t i = 0; i < sizeof(navigation) / sizeof(navigation[0]); i++) {
		buf_adds(out, "<li><a href=\"");
		page_href(p, navigation[i].path, out);
		buf_adds(out, "\"");
		if (p->section == (enum page_section)i)
			buf_adds(out, p->within ? " aria-current=\"true\"" : " aria-current=\"page\"");
		buf_addc(out, '>');
		buf_adds(out, navigation[i].word);
		buf_adds(out, "</a></li>\n");
	}
	buf_adds(out, "</ul>\n</nav>\n</header>\n");
}

static void
add_beside(const struct page *p, struct buf *out)
{
	if (p->beside[0].path == NULL)
		return;
	buf_adds(out, "<ul class=\"beside\">\n");
	for (size_t i = 0; i < PAGE_BESIDE && p->beside[i].path != NULL; i++) {
		buf_addf(out, "<li><a type=\"%s\" href=\"", p->beside[i].type);
		page_href(p, p->beside[i].path, out);
		buf_adds(out, "\">");
		page_text(p->beside[i].word, 0, out);
		buf_adds(out, "</a></li>\n");
	}
	buf_adds(out, "</ul>\n");
}

void
page_begin(const struct site_meta *m, const struct page *p, struct buf *out)
{
	add_head(m, p, out);
	buf_adds(out, "<body>\n");
	add_navigation(m, p, out);
	buf_adds(out, "<main id=\"main\" tabindex=\"-1\">\n");
	page_quote("h1", NULL, p->lang, p->title, 0, out);
	buf_addc(out, '\n');
	if (p->lead != NULL) {
		buf_adds(out, "<p class=\"lead\">");
		page_text(p->lead, 0, out);
		buf_adds(out, "</p>\n");
	}
	add_beside(p, out);
}

void
page_end(const struct site_meta *m, const struct page *p, struct buf *out)
{
	(void)m;
	buf_adds(out, "</main>\n<footer class=\"site\">\n<p class=\"quiet\">A deadline is a day and ends at 23:59 where the notifying member is. ");
	buf_adds(out, "The sources alone are authentic: check there before you rely on a date. ");
	page_link(p, "about.html", "What this site is, how fresh, and what it does not promise", out);
	buf_adds(out, "</p>\n</footer>\n</body>\n</html>\n");
}

/* ---- outside text ---- */

/* Printable ASCII with single blanks inside: nothing that cleaning would change, a column a byte. Most texts are, and need no copies. */
static bool
is_plain(const char *s, size_t *n)
{
	const char *p = s;

	for (; *p != '\0'; p++)
		if (*p < ' ' || *p > '~' || (*p == ' ' && (p == s || p[1] == ' ' || p[1] == '\0')) || (*p == '_' && p[1] == 'x'))
			return false;
	*n = (size_t)(p - s);
	return true;
}

static void
add_plain(const char *s, size_t n, size_t columns, struct buf *out)
{
	bool cut = columns > 0 && n > columns;

	xml_escape_part(s, cut ? columns - 1 : n, out);
	if (cut)
		buf_adds(out, "…");
}

static void
add_cleaned(const char *s, size_t columns, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT, cut = BUF_INIT;

	if (s == NULL)
		return;
	utf8_clean(s, strlen(s), false, &clean);
	if (columns > 0)
		utf8_ellipsis(buf_str(&clean), columns, &cut);
	xml_escape(columns > 0 ? buf_str(&cut) : buf_str(&clean), out);
}

void
page_text(const char *s, size_t columns, struct buf *out)
{
	size_t n;

	if (s != NULL && is_plain(s, &n))
		add_plain(s, n, columns, out);
	else
		add_cleaned(s, columns, out);
}

static void
open_quote(const char *element, const char *class, const char *lang, const char *s, struct buf *out)
{
	buf_addc(out, '<');
	buf_adds(out, element);
	if (class != NULL) {
		buf_adds(out, " class=\"");
		buf_adds(out, class);
		buf_addc(out, '"');
	}
	lang = lang_shown(lang, s != NULL ? s : "");
	if (lang[0] != '\0' && strcmp(lang, "en") != 0) {
		buf_adds(out, " lang=\"");
		page_text(lang, 0, out);
		buf_addc(out, '"');
	}
	buf_adds(out, " dir=\"auto\">");
}

void
page_quote(const char *element, const char *class, const char *lang, const char *s, size_t columns, struct buf *out)
{
	open_quote(element, class, lang, s, out);
	page_text(s, columns, out);
	buf_adds(out, "</");
	buf_adds(out, element);
	buf_addc(out, '>');
}

void
page_paragraphs(const char *lang, const char *s, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;

	for (size_t n; s != NULL && *s != '\0'; s += n + (s[n] == '\n')) {
		buf_reset(&line);
		buf_add(&line, s, n = strcspn(s, "\n"));
		page_quote("p", NULL, lang, buf_str(&line), 0, out);
		buf_addc(out, '\n');
	}
}

/* ---- dates and words ---- */

void
page_time(struct date d, struct buf *out)
{
	char day[DATE_TEXT];

	if (!date_is_set(d))
		return;
	date_format(d, day);
	buf_adds(out, "<time>");
	buf_adds(out, day);
	buf_adds(out, "</time>");
}

void
page_month(struct date d, struct buf *out)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	    "November", "December" };

	if (date_is_set(d))
		buf_addf(out, "%s %d", months[d.month - 1], d.year);
}

const char *
page_sector_title(const struct site_meta *m, const char *name)
{
	if (name[0] == '\0' || strcmp(name, "uncoded") == 0)
		return "In no sector";
	for (size_t i = 0; i < m->sectors_n; i++)
		if (strcmp(m->sectors[i].name, name) == 0)
			return m->sectors[i].title;
	return name;
}
