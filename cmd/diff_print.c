/* One comparison in the format that was asked for */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/json.h"
#include "../lib/redline/redline_json.h"
#include "diff.h"
#include "page.h"

#define CONTEXT 2	/* unchanged sentences around a change */

void
comparison_clear(struct comparison *c)
{
	redline_clear(&c->redline);
	buf_clear(&c->old_text);
	buf_clear(&c->new_text);
}

static int
compare_documents(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err)
{
	AUTO_FREE char *name = NULL;
	char lang[4] = "";
	int rc = documents_choose(app, a, b, &c->old_text, &c->new_text, lang, err);

	if (rc < 0)
		return rc;
	name = lang[0] != '\0' ? xasprintf("%s.%s", b->document, lang) : xstrdup(b->document);
	redline_add_document(&c->redline, name, buf_str(&c->old_text), buf_str(&c->new_text), lang);
	return 0;
}

int
compare_sides(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err)
{
	c->a = a;
	c->b = b;
	c->relation = sides_relation(a, b);
	if (b->document != NULL)
		return compare_documents(app, a, b, c, err);
	if (c->relation == RELATION_AMENDS)
		return amend_redline(app, a, b, &c->redline, err);
	redline_make(a->absent ? NULL : &a->notice, &b->notice, &c->redline);
	return documents_compare(app, a, b, &c->redline, err);
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
	if (c->relation == RELATION_AMENDS && c->b->document == NULL)
		print_amendment(app, c, out);
	redline_text(&c->redline, &style, out);
	if (c->relation == RELATION_AMENDS && c->b->document == NULL)
		print_own_words(app, &c->b->notice, out);
}

int
comparison_print(struct app *app, enum format format, const struct comparison *c, struct buf *out, struct error *err)
{
	const struct notice *old = c->a->absent ? NULL : &c->a->notice;
	const struct redline_style style = { .context = CONTEXT };
	json_t *json;

	switch (format) {
	case FORMAT_UNIFIED:
		if (c->b->document == NULL)
			return redline_unified(old, &c->b->notice, c->a->label, c->b->label, out, err);
		redline_unified_text(buf_str(&c->old_text), buf_str(&c->new_text), c->a->label, c->b->label, out);
		return 0;
	case FORMAT_JSON:
		json = comparison_json(c);
		json_write(json, true, out);
		json_decref(json);
		return 0;
	case FORMAT_HTML:
		redline_html(&c->redline, CONTEXT, out);
		return 0;
	case FORMAT_MARKDOWN:
		redline_markdown(&c->redline, &style, out);
		return 0;
	default:
		print_text(app, c, out);
		return 0;
	}
}
