/* Lists of notifications as tables. */
#include <string.h>

#include "../base/buf.h"
#include "../base/lang.h"
#include "../base/utf8.h"
#include "../notice/symbol.h"
#include "page.h"

#define TITLE_COLUMNS 130	/* of a title in a list; the whole stands on the dossier's page */

/* Scripts that tell the language, or at least that it is not English. */
static const struct { int32_t from, to; const char *lang; } scripts[] = {
	{ 0x0370, 0x03FF, "el" }, { 0x0400, 0x052F, "und-Cyrl" }, { 0x0590, 0x05FF, "he" }, { 0x0600, 0x06FF, "ar" }, { 0x0750, 0x077F, "ar" },
	{ 0x0E00, 0x0E7F, "th" }, { 0x10A0, 0x10FF, "ka" }, { 0x3040, 0x30FF, "ja" }, { 0x4E00, 0x9FFF, "zh" }, { 0xAC00, 0xD7AF, "ko" },
};

/* Has it a character of those scripts, or of another that begins with the same bytes? Few titles have. */
static bool
has_script(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0xcd)	/* U+0370 is CD B0 */
		s++;
	return *s != '\0';
}

static const char *
script_language(const char *s)
{
	size_t latin = 0, other = 0, step;
	const char *lang = NULL;
	int32_t cp;

	if (!has_script(s))
		return NULL;
	for (; (step = utf8_next(s, &cp)) > 0; s += step) {
		latin += (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
		for (size_t i = 0; cp >= 0x0370 && i < sizeof(scripts) / sizeof(scripts[0]); i++)
			if (cp >= scripts[i].from && cp <= scripts[i].to) {
				other++;
				lang = lang != NULL ? lang : scripts[i].lang;
			}
	}
	return other > latin ? lang : NULL;
}

const char *
page_title_language(const char *title)
{
	const char *lang = script_language(title);

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
