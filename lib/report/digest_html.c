/* A digest as one HTML document for mail readers: no script, nothing from elsewhere. */
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "../base/xml_escape.h"
#include "brief.h"
#include "plan.h"

#define LIST_COLUMNS 100	/* of a title that is only listed */
#define REDLINE_BYTES 5000

/* Contrast of every pair is at least 4.5:1 (WCAG 2, AA). Readers that drop styles still strike and underline <del> and <ins>. */
static const char style[] =
	":root{color-scheme:light dark}\n"
	"body{margin:0;padding:1rem;background:#fff;color:#1b1b1b;font:16px/1.45 system-ui,sans-serif;overflow-wrap:break-word}\n"
	"main{max-width:44rem;margin:0 auto}\n"
	"h1{font-size:1.5rem;margin:0 0 .3rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid #767676}\n"
	"h3{font-size:1.05rem;margin:1.2rem 0 .4rem}h4{font-size:1rem;margin:0}\n"
	"article{margin:0 0 1.2rem;padding:.2rem 0 .2rem .8rem;border-left:3px solid #767676}\n"
	"p{margin:.3rem 0}dl{margin:.4rem 0}dt{font-weight:600;float:left;clear:left}dd{margin:0 0 .25rem 6rem}dd ul{margin:0;padding-left:1.1rem}\n"
	".redline{clear:left;padding-top:.2rem}.redline dt{float:none}.redline dd{margin-left:1rem}.redline dd p{margin:0}\n"
	"a{color:#0b5394}.quiet{color:#555}\n"
	"del{background:#fde8e6;color:#8a1c13}ins{background:#e3f4e6;color:#0b5a1e}\n"
	"@media(prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}a{color:#8ab4f8}.quiet{color:#b0b0b0}\n"
	"del{background:#4a1b17;color:#ffc9c2}ins{background:#12381c;color:#b4f0c0}}\n";

/* <p class="..." lang="es" dir="auto">; the text is the source's, its direction its own. */
static void
add_quoted(const char *element, const char *class, const char *lang, const char *text, struct buf *out)
{
	buf_addf(out, "<%s", element);
	if (class != NULL)
		buf_addf(out, " class=\"%s\"", class);
	if (*lang != '\0') {
		buf_adds(out, " lang=\"");
		xml_escape(lang, out);
		buf_addc(out, '"');
	}
	buf_adds(out, " dir=\"auto\">");
	xml_escape(text, out);
	buf_addf(out, "</%s>", element);
}

static void
add_anchor(const char *url, const char *text, struct buf *out)
{
	buf_adds(out, "<a href=\"");
	xml_escape(url, out);
	buf_adds(out, "\">");
	xml_escape(text, out);
	buf_adds(out, "</a>");
}

static void
add_escaped(const char *s, size_t columns, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT;

	said_plain(s, columns, &clean);
	xml_escape(buf_str(&clean), out);
}

/* ---- an entry ---- */

static void
add_fact(const struct said_fact *f, struct buf *out)
{
	if (f->label[0] != '\0')
		buf_addf(out, "<dt>%s</dt>", f->label);
	if (f->link) {
		buf_adds(out, "<dd>");
		add_anchor(f->value, f->value, out);
		buf_adds(out, "</dd>");
	} else {
		add_quoted("dd", NULL, f->lang, f->value, out);
	}
	buf_addc(out, '\n');
}

static void
add_ladder(const struct said *s, struct date today, struct buf *out)
{
	char day[DATE_TEXT];

	if (s->rungs_n == 0)
		return;
	buf_adds(out, "<dt>Deadline</dt><dd><ul>\n");
	for (size_t i = 0; i < s->rungs_n; i++) {
		bool official = s->rungs[i].kind == RUNG_OFFICIAL;

		date_format(s->rungs[i].date, day);
		buf_addf(out, "<li>%s<time datetime=\"%s\">%s</time>", official ? "<strong>" : "", day, day);
		if (date_is_set(today)) {
			buf_adds(out, ", ");
			said_distance(s->rungs[i].date, today, out);
		}
		buf_adds(out, ": ");
		add_escaped(rung_name(&s->rungs[i], s->source), 60, out);
		buf_adds(out, official ? "</strong></li>\n" : "</li>\n");
	}
	buf_adds(out, "</ul></dd>\n");
}

static void
render(const struct redline *r, size_t provisions, void *ctx, struct buf *out)
{
	const struct redline_style how = { .context = 0, .max_provisions = provisions };

	(void)ctx;
	redline_html_styled(r, &how, out);
}

static void
add_redline(const struct digest_item *item, struct buf *out)
{
	AUTO_BUF html = BUF_INIT, names = BUF_INIT;
	size_t left;

	if (item->redline.n == 0 && item->redline.documents_n == 0)
		return;
	left = brief_write(&item->redline, REDLINE_BYTES, render, NULL, &html);
	buf_adds(out, "<dt>Changed</dt><dd>");
	if (html.len == 0) {
		brief_fields(&item->redline, &names);
		xml_escape(buf_str(&names), out);
	} else {
		buf_addf(out, "\n%s", buf_str(&html));
	}
	if (left > 0) {
		buf_addf(out, "<p class=\"quiet\">%zu %s: ", left, html.len == 0 ? "in all, too long for a message" : "more");
		if (item->page != NULL && said_is_link(item->page)) {
			add_anchor(item->page, "on its page", out);
			buf_adds(out, " or ");
		}
		buf_adds(out, "<code>regwatch diff ");
		add_escaped(said_or(item->notice.id, ""), 80, out);
		buf_adds(out, "</code></p>");
	}
	buf_adds(out, "</dd>\n");
}

/* What stands below an item's title. today: DATE_NONE for a text that must stay the same on other days. */
static void
add_facts(const struct said *s, const struct digest_item *item, struct date today, struct buf *out)
{
	buf_adds(out, "<dl>\n");
	for (size_t i = 0; i < s->n; i++)
		if (!s->facts[i].link)
			add_fact(&s->facts[i], out);
	add_ladder(s, today, out);
	if (item != NULL)
		add_redline(item, out);
	for (size_t i = 0; i < s->n; i++)
		if (s->facts[i].link)
			add_fact(&s->facts[i], out);
	buf_adds(out, "</dl>\n");
}

static void
add_full(const struct digest *d, const struct said *s, const struct digest_item *item, struct buf *out)
{
	buf_adds(out, "<article>\n<h4>");
	if (s->link != NULL)
		add_anchor(s->link, s->symbol, out);
	else
		xml_escape(s->symbol, out);
	buf_adds(out, ", ");
	xml_escape(s->member, out);
	buf_adds(out, "</h4>\n");
	add_quoted("p", NULL, s->lang, s->title, out);
	buf_addc(out, '\n');
	add_facts(s, item, d->today, out);
	buf_adds(out, "</article>\n");
}

static void
add_listed(const struct said *s, struct buf *out)
{
	AUTO_BUF title = BUF_INIT;

	utf8_ellipsis(s->title, LIST_COLUMNS, &title);
	buf_adds(out, "<p>");
	if (s->link != NULL)
		add_anchor(s->link, s->symbol, out);
	else
		xml_escape(s->symbol, out);
	buf_addc(out, ' ');
	add_quoted("span", NULL, s->lang, buf_str(&title), out);
	buf_adds(out, "</p>\n");
}

static void
html_entry(const struct digest *d, const struct entry *e, enum shape shape, struct buf *out)
{
	struct said s;

	if (e->item != NULL)
		said_item(d, e->item, &s);
	else
		said_deadline(d, e->deadline, &s);
	if (shape == SHAPE_FULL)
		add_full(d, &s, e->item, out);
	else
		add_listed(&s, out);
	said_clear(&s);
}

void
digest_html_item(const struct digest *d, const struct digest_item *item, struct buf *out)
{
	struct said s;

	said_item(d, item, &s);
	add_quoted("p", NULL, s.lang, s.title, out);
	buf_addc(out, '\n');
	add_facts(&s, item, DATE_NONE, out);
	said_clear(&s);
}

/* ---- the frame ---- */

static void
html_head(const struct digest *d, struct buf *out)
{
	const char *title = said_or(d->title, said_or(d->subscription, "regwatch"));
	AUTO_BUF summary = BUF_INIT;
	char day[DATE_TEXT];

	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	add_escaped(title, 200, out);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>", style);
	add_escaped(title, 200, out);
	buf_adds(out, "</h1>\n<p>");
	digest_summary(d, &summary);
	xml_escape(digest_is_empty(d) ? "Nothing new and nothing changed since the last digest." : buf_str(&summary), out);
	date_format(d->today, day);
	buf_addf(out, "</p>\n<p class=\"quiet\"><time datetime=\"%s\">%s</time></p>\n", day, day);
}

static void
html_group(const struct digest *d, const struct group *g, bool opens_sector, struct buf *out)
{
	(void)d;
	if (g->sector == NULL) {
		buf_addf(out, "<h2>Closing soon (%zu)</h2>\n", g->n);
		return;
	}
	if (opens_sector) {
		buf_adds(out, "<h2>");
		add_escaped(said_or(g->sector->title, g->sector->name), 200, out);
		buf_adds(out, "</h2>\n");
	}
	buf_addf(out, "<h3>%s (%zu)</h3>\n", g->part == PART_NEW ? "New" : "Changed", g->n);
}

static void
html_named(const struct strv *symbols, struct buf *out)
{
	buf_adds(out, "<p>");
	for (size_t i = 0; i < symbols->n; i++) {
		buf_adds(out, i > 0 ? ",\n" : "");
		xml_escape(symbols->v[i], out);
	}
	buf_adds(out, "</p>\n");
}

static void
add_coverage(const struct digest *d, struct buf *out)
{
	AUTO_STRV lines = STRV_INIT;
	bool inside = false;

	said_coverage(d, &lines);
	buf_adds(out, "<h2>What this covers</h2>\n<ul>\n");
	for (size_t i = 0; i < lines.n; i++) {
		bool detail = lines.v[i][0] == '\t', next = i + 1 < lines.n && lines.v[i + 1][0] == '\t';

		buf_adds(out, "<li>");
		xml_escape(lines.v[i] + detail, out);
		buf_adds(out, !detail && next ? "\n<ul>\n" : "</li>\n");
		inside = inside || (!detail && next);
		if (inside && !next) {
			buf_adds(out, "</ul></li>\n");
			inside = false;
		}
	}
	buf_adds(out, "</ul>\n");
}

static void
html_foot(const struct digest *d, const char *rest, struct buf *out)
{
	if (*rest != '\0') {
		buf_adds(out, "<p><strong>");
		xml_escape(rest, out);
		buf_adds(out, ".</strong></p>\n");
	}
	add_coverage(d, out);
	buf_adds(out, "<footer>\n<p class=\"quiet\">A deadline is a day and ends at 23:59 where the notifying member is.</p>\n");
	if (said_is_link(d->site)) {
		buf_adds(out, "<p>");
		add_anchor(d->site, "All of it on the site", out);
		buf_adds(out, "</p>\n");
	}
	if (d->unsubscribe != NULL) {
		buf_adds(out, "<p>");
		if (said_is_link(d->unsubscribe))
			add_anchor(d->unsubscribe, "Unsubscribe", out);
		else {
			buf_adds(out, "Unsubscribe: ");
			add_escaped(d->unsubscribe, 0, out);
		}
		buf_adds(out, "</p>\n");
	}
	buf_adds(out, "</footer>\n</main>\n</body>\n</html>\n");
}

const struct writer digest_html_writer = {
	html_head, html_group, html_entry, html_named, html_foot, .most = SHAPE_FULL
};

void
digest_html(const struct digest *d, size_t limit, struct buf *out)
{
	AUTO_PLAN *plan = plan_new(d, &digest_html_writer);

	plan_write(plan, limit, NULL, NULL, out);
}
