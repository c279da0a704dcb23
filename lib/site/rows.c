/* Lists of notifications as tables. */
#include <string.h>

#include "../base/buf.h"
#include "../base/lang.h"
#include "../notice/symbol.h"
#include "page.h"

#define TITLE_COLUMNS 130	/* of a title in a list; the whole stands on the dossier's page */

const char *
page_title_language(const char *title)
{
	const char *lang = lang_of_script(title);

	return lang != NULL ? lang : lang_detect(title, "en");
}

static void
add_mark(const char *class, const char *word, struct buf *out)
{
	buf_adds(out, " <span class=\"mark ");
	buf_adds(out, class);
	buf_adds(out, "\">");
	buf_adds(out, word);
	buf_adds(out, "</span>");
}

void
page_marks(const struct site_row *r, bool open, struct buf *out)
{
	if (r->withdrawn)
		add_mark("withdrawn", "withdrawn", out);
	else if (r->open && open)
		add_mark("open", "open", out);
	if (r->kind == KIND_URGENT)
		add_mark("urgent", "urgent", out);
	if (r->vanished)
		add_mark("vanished", "gone from the source", out);
}

static void
add_symbol(const struct page *p, const struct site_row *r, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	site_dossier_path(r->dossier, r->id, &path);
	buf_adds(out, "<th scope=\"row\" class=\"symbol\">");
	page_link(p, buf_str(&path), r->id, out);
	buf_adds(out, "</th>");
}

static void
add_member(const struct page *p, const struct site_row *r, struct buf *out)
{
	AUTO_BUF path = BUF_INIT;

	buf_adds(out, "<td class=\"member\">");
	if (r->member[0] != '\0') {
		buf_adds(&path, "member/");
		buf_adds(&path, r->member);
		buf_adds(&path, ".html");
		page_link(p, buf_str(&path), member_name(r->member), out);
	}
	buf_adds(out, "</td>");
}

static void
add_row(const struct page *p, const struct site_row *r, bool all_open, struct buf *out)
{
	buf_adds(out, "<tr>");
	add_symbol(p, r, out);
	page_quote("td", "title", page_title_language(r->title), r->title[0] != '\0' ? r->title : "(no title)", TITLE_COLUMNS, out);
	add_member(p, r, out);
	buf_adds(out, "<td class=\"day\">");
	page_time(r->distributed, out);
	buf_adds(out, "</td><td class=\"deadline\">");
	page_time(r->effective_deadline, out);
	page_marks(r, !all_open, out);
	buf_adds(out, "</td></tr>\n");
}

void
page_rows(const struct site_meta *m, const struct page *p, const char *caption, const struct site_row *const *rows, size_t n, struct buf *out)
{
	bool all_open = true;

	(void)m;
	for (size_t i = 0; i < n; i++)
		all_open = all_open && rows[i]->open;
	buf_adds(out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
	page_text(caption, 0, out);
	buf_adds(out, "\">\n<table class=\"rows\">\n<caption>");
	page_text(caption, 0, out);
	buf_adds(out, "</caption>\n<thead><tr><th scope=\"col\">Symbol</th><th scope=\"col\">Title</th><th scope=\"col\">Member</th>"
	    "<th scope=\"col\">Notified</th><th scope=\"col\">Comments until</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < n; i++)
		add_row(p, rows[i], all_open, out);
	buf_adds(out, "</tbody>\n</table>\n</div>\n");
}
