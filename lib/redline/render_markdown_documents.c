#include "../base/buf.h"
#include "../base/cleanup.h"
#include "document_view.h"
#include "render_markdown.h"

static void
add_heading(const char *mark, const char *title, const char *kind, struct buf *out)
{
	buf_adds(out, mark);
	markdown_escape(title, out);
	buf_addf(out, "%s%s\n\n", *kind != '\0' ? ", " : "", kind);
}

static void
add_title(const struct provision_change *p, struct buf *out)
{
	AUTO_BUF title = BUF_INIT;

	provision_change_title(p, &title);
	add_heading("#### ", buf_str(&title), p->moved_from ? "moved from here" : provision_change_name(p->kind), out);
}

static void
add_range(const struct document_view *v, const struct view_item *item, struct buf *out)
{
	AUTO_BUF range = BUF_INIT;

	view_range(v, item, &range);
	add_heading("#### ", buf_str(&range), "renumbered", out);
}

static void
add_item(const struct document_view *v, const struct view_item *item, size_t context, struct buf *out)
{
	const struct text_diff part = { .v = v->text.v + item->block, .n = item->blocks };

	switch (item->kind) {
	case VIEW_PROVISION:
	case VIEW_TITLE:
		add_title(&v->diff->v[item->first], out);
		if (part.n > 0)
			markdown_blocks(&part, context, out);
		break;
	case VIEW_SAME:
		buf_addf(out, "*%zu provision%s unchanged*\n\n", item->n, item->n == 1 ? "" : "s");
		break;
	case VIEW_RENUMBERED:
		add_range(v, item, out);
		break;
	case VIEW_REST:
		buf_addf(out, "*... and %zu more changed provision%s*\n\n", item->n, item->n == 1 ? "" : "s");
		break;
	}
}

void
markdown_document(const struct document_change *d, const struct redline_style *style, struct buf *out)
{
	AUTO_BUF summary = BUF_INIT;
	struct document_view view;

	document_summary(d, &summary);
	add_heading("### ", d->name, d->added ? "added" : d->removed ? "removed" : "", out);
	buf_addf(out, "%s\n\n", buf_str(&summary));
	if (d->added || d->removed)
		return;
	document_view_make(&d->diff, style->max_provisions, &view);
	for (size_t i = 0; i < view.n; i++)
		add_item(&view, &view.v[i], style->context, out);
	if (d->diff.text.coarse || d->diff.cut)
		buf_adds(out, "*compared coarsely: the texts are too large or too different*\n\n");
	document_view_clear(&view);
}
