/* One comparison in the format that was asked for */
#include "../lib/base/cleanup.h"
#include "../lib/base/json.h"
#include "../lib/redline/redline_json.h"
#include "diff.h"
#include "page.h"

#define CONTEXT 2	/* unchanged sentences around a change */

static bool
says_nothing(const struct comparison *c)
{
	return c->redline.n + c->redline.documents_n == 0 && !comparison_amends(c);
}

/* ---- JSON ---- */

json_t *
comparison_json(const struct comparison *c)
{
	static const char *const relations[] = { "version", "replaces", "amends", "other" };
	json_t *json = redline_to_json(&c->redline);
	AUTO_STRV effects = STRV_INIT;

	if (c->relation == RELATION_AMENDS)
		amend_effects(&c->b->notice, &effects);
	json_set_str(json, "notification", c->b->notice.id);
	json_set_str(json, "from", c->a->label);
	json_set_str(json, "to", c->b->label);
	json_set_str(json, "relation", c->b->document != NULL ? "document" : relations[c->relation]);
	json_set_strv(json, "effects", &effects);
	json_set_str(json, "says", c->relation == RELATION_AMENDS ? c->b->notice.description.s : NULL);
	json_object_set_new(json, "requirements", requirements_to_json(&c->requirements));
	return json;
}

/* ---- text ---- */

/* A follow-up's own words, which are no redline of anything. */
static void
print_amendment(struct app *app, const struct comparison *c, struct buf *out)
{
	const struct page p = { app->colour, app->width, out };
	AUTO_STRV effects = STRV_INIT;
	AUTO_BUF words = BUF_INIT;

	amend_effects(&c->b->notice, &effects);
	strv_join(&effects, ", ", &words);
	page_putf(&p, 2, "%s is a text of its own (%s), which replaces none%s%s", c->b->notice.id, kind_name(c->b->notice.kind), words.len > 0 ? ": " : "", buf_str(&words));
}

static void
print_own_words(struct app *app, const struct notice *n, struct buf *out)
{
	const struct page p = { app->colour, app->width, out };
	AUTO_STRV paragraphs = STRV_INIT;

	if (n->description.s == NULL)
		return;
	page_put(&p, 0, "It says");
	strv_split(&paragraphs, n->description.s, "\n");
	for (size_t i = 0; i < paragraphs.n; i++)
		page_putf(&p, 2, "  %s", paragraphs.v[i]);
}

static void
print_text(struct app *app, const struct comparison *c, struct buf *out)
{
	const struct redline_style style = { .colour = app->colour, .width = app->width, .context = CONTEXT };

	buf_addf(out, "%s%s .. %s%s\n", app->colour ? "\033[1m" : "", c->a->label, c->b->label, app->colour ? "\033[0m" : "");
	if (comparison_amends(c))
		print_amendment(app, c, out);
	evidence_text(app, c, out);
	if (says_nothing(c))
		buf_adds(out, "No difference\n");
	redline_text(&c->redline, &style, out);
	if (comparison_amends(c))
		print_own_words(app, &c->b->notice, out);
}

/* ---- HTML ---- */

static void
add_own_words(const struct notice *n, struct buf *out)
{
	AUTO_STRV paragraphs = STRV_INIT;

	if (n->description.s == NULL)
		return;
	strv_split(&paragraphs, n->description.s, "\n");
	buf_adds(out, "<blockquote");
	if (n->description.lang[0] != '\0') {
		buf_adds(out, " lang=\"");
		diff_page_html(n->description.lang, out);
		buf_adds(out, "\"");
	}
	buf_adds(out, ">\n");
	for (size_t i = 0; i < paragraphs.n; i++) {
		buf_adds(out, "<p>");
		diff_page_html(paragraphs.v[i], out);
		buf_adds(out, "</p>\n");
	}
	buf_adds(out, "</blockquote>\n");
}

static void
add_amendment(const struct comparison *c, struct buf *out)
{
	AUTO_STRV effects = STRV_INIT;
	AUTO_BUF words = BUF_INIT;

	amend_effects(&c->b->notice, &effects);
	strv_join(&effects, ", ", &words);
	buf_adds(out, "<p>");
	diff_page_html(c->b->notice.id, out);
	buf_addf(out, " is a text of its own (%s), which replaces none%s%s.</p>\n", kind_name(c->b->notice.kind), words.len > 0 ? ": " : "", buf_str(&words));
}

void
comparison_html(const struct manner *m, const char *id_prefix, const struct comparison *c, struct buf *out)
{
	const struct redline_style style = { .context = CONTEXT, .side_by_side = m->side_by_side, .id_prefix = id_prefix };

	if (comparison_amends(c))
		add_amendment(c, out);
	evidence_html(id_prefix, c, out);
	if (says_nothing(c))
		buf_adds(out, "<p>No difference.</p>\n");
	redline_html_styled(&c->redline, &style, out);
	if (comparison_amends(c))
		add_own_words(&c->b->notice, out);
}

static void
print_page(const struct manner *m, const struct comparison *c, struct buf *out)
{
	const struct text *title = &c->b->notice.title;
	AUTO_BUF heading = BUF_INIT;

	buf_addf(&heading, "%s \xE2\x86\x92 %s", c->a->label, c->b->label);
	diff_page_begin(buf_str(&heading), m->side_by_side, out);
	buf_adds(out, "<h1>");
	diff_page_html(buf_str(&heading), out);
	buf_adds(out, "</h1>\n<p class=\"title\"");
	if (title->lang[0] != '\0') {
		buf_adds(out, " lang=\"");
		diff_page_html(title->lang, out);
		buf_adds(out, "\"");
	}
	buf_adds(out, ">");
	diff_page_html(title->s != NULL ? title->s : "(no title)", out);
	buf_adds(out, "</p>\n");
	comparison_html(m, "change", c, out);
	diff_page_end(out);
}

static int
print_unified(const struct comparison *c, struct buf *out, struct error *err)
{
	if (c->b->document == NULL)
		return redline_unified(c->a->absent ? NULL : &c->a->notice, &c->b->notice, c->a->label, c->b->label, out, err);
	redline_unified_text(buf_str(&c->old_text), buf_str(&c->new_text), c->a->label, c->b->label, out);
	return 0;
}

int
comparison_print(struct app *app, const struct manner *m, const struct comparison *c, struct buf *out, struct error *err)
{
	const struct redline_style style = { .context = CONTEXT };
	json_t *json;

	switch (m->format) {
	case FORMAT_UNIFIED:
		return print_unified(c, out, err);
	case FORMAT_JSON:
		json = comparison_json(c);
		json_write(json, true, out);
		json_decref(json);
		return 0;
	case FORMAT_HTML:
		print_page(m, c, out);
		return 0;
	case FORMAT_MARKDOWN:
		evidence_markdown(c, out);
		redline_markdown(&c->redline, &style, out);
		return 0;
	default:
		print_text(app, c, out);
		return 0;
	}
}
