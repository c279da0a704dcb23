#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/xml.h"
#include "document_view.h"
#include "fold.h"
#include "render_html.h"

#define INDEX_LEAST 3	/* changed provisions that deserve a list of links above them */

struct writer {
	const struct document_change *d;
	const struct redline_style *style;
	struct document_view view;
	struct buf *out;
};

/* ---- ids and titles ---- */

static void
add_slug(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;

		buf_addc(out, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
	}
}

void
redline_provision_id(const char *prefix, const struct document_change *d, size_t provision, struct buf *out)
{
	buf_addf(out, "%s-", prefix);
	add_slug(d->name, out);
	buf_addf(out, "-%s", d->diff.v[provision].anchor);
}

static void
add_id(const struct writer *w, size_t provision)
{
	if (w->style->id_prefix == NULL)
		return;
	buf_adds(w->out, " id=\"");
	redline_provision_id(w->style->id_prefix, w->d, provision, w->out);
	buf_adds(w->out, "\"");
}

/* The title as text, linked to a provision's place when there are ids. */
static void
add_link(const struct writer *w, size_t provision, size_t target)
{
	AUTO_BUF title = BUF_INIT;

	provision_change_title(&w->view.diff->v[provision], &title);
	if (w->style->id_prefix != NULL) {
		buf_adds(w->out, "<a href=\"#");
		redline_provision_id(w->style->id_prefix, w->d, target, w->out);
		buf_adds(w->out, "\">");
	}
	xml_escape(buf_str(&title), w->out);
	if (w->style->id_prefix != NULL)
		buf_adds(w->out, "</a>");
}

static void
add_title(const struct writer *w, size_t provision)
{
	const struct provision_change *p = &w->view.diff->v[provision];
	AUTO_BUF title = BUF_INIT;

	if (p->moved_from) {
		add_link(w, provision, p->pair);
		buf_adds(w->out, ", <span class=\"kind\">moved from here</span>");
		return;
	}
	provision_change_title(p, &title);
	xml_escape(buf_str(&title), w->out);
	buf_addf(w->out, ", <span class=\"kind\">%s</span>", provision_change_name(p->kind));
}

static void
add_lang(const struct writer *w)
{
	html_language(w->d->lang, w->out);
}

/* ---- one column ---- */

static void
add_fold(const struct writer *w, const char *format, size_t n)
{
	buf_adds(w->out, "<p class=\"fold\">");
	buf_addf(w->out, format, n, n == 1 ? "" : "s");
	buf_adds(w->out, "</p>\n");
}

static void
add_range(const struct writer *w, const struct view_item *item)
{
	AUTO_BUF range = BUF_INIT;

	view_range(&w->view, item, &range);
	xml_escape(buf_str(&range), w->out);
	buf_adds(w->out, ", <span class=\"kind\">renumbered</span>");
}

static unsigned
heading(const struct redline_style *style)
{
	return style->heading > 0 ? style->heading : 3;
}

static void
add_inline_provision(const struct writer *w, const struct view_item *item)
{
	const struct text_diff part = { .v = w->view.text.v + item->block, .n = item->blocks };

	buf_addf(w->out, "<section class=\"provision is-%s\"", provision_change_name(w->view.diff->v[item->first].kind));
	add_id(w, item->first);
	buf_addf(w->out, ">\n<h%u>", heading(w->style) + 1);
	add_title(w, item->first);
	buf_addf(w->out, "</h%u>\n", heading(w->style) + 1);
	if (part.n > 0)
		html_blocks(&part, w->style->context, w->out);
	buf_adds(w->out, "</section>\n");
}

static void
add_inline(const struct writer *w, const struct view_item *item)
{
	switch (item->kind) {
	case VIEW_PROVISION:
	case VIEW_TITLE:
		add_inline_provision(w, item);
		break;
	case VIEW_SAME:
		add_fold(w, "%zu provision%s unchanged", item->n);
		break;
	case VIEW_RENUMBERED:
		buf_adds(w->out, "<section class=\"provision is-renumbered\">\n");
		buf_addf(w->out, "<h%u>", heading(w->style) + 1);
		add_range(w, item);
		buf_addf(w->out, "</h%u>\n</section>\n", heading(w->style) + 1);
		break;
	case VIEW_REST:
		add_fold(w, "\xE2\x80\xA6 and %zu more changed provision%s", item->n);
		break;
	}
}

/* ---- two columns ---- */

/* What one text has of a block. */
static void
add_side(const struct block *b, enum change side, struct buf *out)
{
	const char *class = b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO ? "moved" : NULL;

	for (size_t k = 0; k < b->n; k++) {
		if (b->spans[k].change == CHANGE_SAME)
			xml_escape(b->spans[k].s, out);
		else if (b->spans[k].change == side)
			html_tag(html_marks[side], class, b->spans[k].s, out);
	}
}

static bool
is_old_only(const struct block *b)
{
	return b->kind == BLOCK_DELETED || b->kind == BLOCK_MOVED_FROM;
}

static bool
is_new_only(const struct block *b)
{
	return b->kind == BLOCK_INSERTED || b->kind == BLOCK_MOVED_TO;
}

/* A row of the two columns: either block may be NULL. */
static void
add_pair(const struct writer *w, const struct block *old, const struct block *new)
{
	buf_adds(w->out, old == new && old->kind == BLOCK_SAME ? "<tr class=\"is-same\">" : "<tr>");
	buf_adds(w->out, "<td class=\"old\">");
	if (old != NULL)
		add_side(old, CHANGE_DELETED, w->out);
	buf_adds(w->out, "</td><td class=\"new\">");
	if (new != NULL)
		add_side(new, CHANGE_INSERTED, w->out);
	buf_adds(w->out, "</td></tr>\n");
}

static void
add_wide(const struct writer *w, const char *format, size_t n)
{
	buf_adds(w->out, "<tr class=\"fold\"><td colspan=\"2\">");
	buf_addf(w->out, format, n, n == 1 ? "" : "s");
	buf_adds(w->out, "</td></tr>\n");
}

/* Sentences that came stand beside those that went in the same place. */
static void
add_rows(const struct writer *w, const struct text_diff *d)
{
	AUTO_FREE bool *shown = fold_plan(d, w->style->context);

	for (size_t i = 0; i < d->n; ) {
		size_t folded = fold_length(d, shown, i), old = 0, new = 0;

		if (folded > 0) {
			add_wide(w, "%zu sentence%s unchanged", folded);
			i += folded;
			continue;
		}
		while (i + old < d->n && is_old_only(&d->v[i + old]))
			old++;
		while (i + old + new < d->n && is_new_only(&d->v[i + old + new]))
			new++;
		for (size_t k = 0; k < old || k < new; k++)
			add_pair(w, k < old ? &d->v[i + k] : NULL, k < new ? &d->v[i + old + k] : NULL);
		if (old + new == 0)
			add_pair(w, &d->v[i], &d->v[i]);
		i += old + new > 0 ? old + new : 1;
	}
}

static void
add_group(const struct writer *w, const struct view_item *item)
{
	const struct text_diff part = { .v = w->view.text.v + item->block, .n = item->blocks };

	buf_addf(w->out, "<tbody class=\"provision is-%s\"", provision_change_name(w->view.diff->v[item->first].kind));
	if (item->kind != VIEW_RENUMBERED)
		add_id(w, item->first);
	buf_adds(w->out, ">\n<tr><th colspan=\"2\" scope=\"rowgroup\">");
	if (item->kind == VIEW_RENUMBERED)
		add_range(w, item);
	else
		add_title(w, item->first);
	buf_adds(w->out, "</th></tr>\n");
	if (part.n > 0)
		add_rows(w, &part);
	buf_adds(w->out, "</tbody>\n");
}

static void
add_beside(const struct writer *w, const struct view_item *item)
{
	if (item->kind != VIEW_SAME && item->kind != VIEW_REST) {
		add_group(w, item);
		return;
	}
	buf_adds(w->out, "<tbody>\n");
	add_wide(w, item->kind == VIEW_SAME ? "%zu provision%s unchanged" : "\xE2\x80\xA6 and %zu more changed provision%s", item->n);
	buf_adds(w->out, "</tbody>\n");
}

/* ---- all ---- */

/* Links to what is shown. */
static void
add_index(const struct writer *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->view.n; i++)
		n += w->view.v[i].kind == VIEW_PROVISION;
	if (w->style->id_prefix == NULL || n < INDEX_LEAST)
		return;
	buf_adds(w->out, "<ul class=\"provisions\">\n");
	for (size_t i = 0; i < w->view.n; i++) {
		const struct view_item *item = &w->view.v[i];

		if (item->kind != VIEW_PROVISION)
			continue;
		buf_addf(w->out, "<li class=\"is-%s\">", provision_change_name(w->view.diff->v[item->first].kind));
		add_link(w, item->first, item->first);
		buf_addf(w->out, ", <span class=\"kind\">%s</span></li>\n", provision_change_name(w->view.diff->v[item->first].kind));
	}
	buf_adds(w->out, "</ul>\n");
}

static void
add_changes(const struct writer *w)
{
	add_index(w);
	buf_adds(w->out, w->style->side_by_side ? "<table class=\"sides\"" : "<div class=\"changes\"");
	add_lang(w);
	buf_adds(w->out, ">\n");
	if (w->style->side_by_side)
		buf_adds(w->out, "<thead><tr><th scope=\"col\">Old text</th><th scope=\"col\">New text</th></tr></thead>\n");
	for (size_t i = 0; i < w->view.n; i++)
		(w->style->side_by_side ? add_beside : add_inline)(w, &w->view.v[i]);
	buf_adds(w->out, w->style->side_by_side ? "</table>\n" : "</div>\n");
	if (w->d->diff.text.coarse || w->d->diff.cut)
		buf_adds(w->out, "<p class=\"fold\">compared coarsely: the texts are too large or too different</p>\n");
}

void
html_document(const struct document_change *d, const struct redline_style *style, struct buf *out)
{
	struct writer w = { .d = d, .style = style, .out = out };
	AUTO_BUF summary = BUF_INIT;

	document_summary(d, &summary);
	buf_addf(out, "<section class=\"document\">\n<h%u>", heading(style));
	xml_escape(d->name, out);
	buf_addf(out, "</h%u>\n<p class=\"summary\">%s", heading(style), d->added ? "added: " : d->removed ? "removed: " : "");
	xml_escape(buf_str(&summary), out);
	buf_adds(out, "</p>\n");
	if (!d->added && !d->removed) {
		document_view_make(&d->diff, style->max_provisions, &w.view);
		add_changes(&w);
		document_view_clear(&w.view);
	}
	buf_adds(out, "</section>\n");
}
