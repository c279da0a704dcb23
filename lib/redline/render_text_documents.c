#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "document_view.h"
#include "render_text.h"

static void
print_title(struct printer *p, const struct provision_change *c)
{
	AUTO_BUF title = BUF_INIT;

	provision_change_title(c, &title);
	printer_begin_line(p);
	printer_put(p, c->moved_from ? WRAP_MOVED : WRAP_HEAD, buf_str(&title));
	printer_put(p, WRAP_PLAIN, c->moved_from ? ", moved from here" : ", ");
	if (!c->moved_from)
		printer_put(p, WRAP_PLAIN, provision_change_name(c->kind));
	wrap_end(&p->w);
}

static void
print_provision(struct printer *p, const struct document_view *v, const struct view_item *item)
{
	const struct text_diff part = { .v = v->text.v + item->block, .n = item->blocks };

	print_title(p, &v->diff->v[item->first]);
	p->indent += PRINTER_INDENT;
	if (item->blocks > 0)
		printer_blocks(p, &part);
	p->indent -= PRINTER_INDENT;
}

static void
print_range(struct printer *p, const struct document_view *v, const struct view_item *item)
{
	AUTO_BUF range = BUF_INIT;

	view_range(v, item, &range);
	printer_begin_line(p);
	printer_put(p, WRAP_HEAD, buf_str(&range));
	printer_put(p, WRAP_PLAIN, ", renumbered");
	wrap_end(&p->w);
}

static void
print_count(struct printer *p, const char *format, size_t n)
{
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, format, n, n == 1 ? "" : "s");
	printer_note(p, buf_str(&line));
}

static void
print_item(struct printer *p, const struct document_view *v, const struct view_item *item)
{
	switch (item->kind) {
	case VIEW_PROVISION:
		print_provision(p, v, item);
		break;
	case VIEW_TITLE:
		print_title(p, &v->diff->v[item->first]);
		break;
	case VIEW_SAME:
		print_count(p, "... %zu provision%s unchanged ...", item->n);
		break;
	case VIEW_RENUMBERED:
		print_range(p, v, item);
		break;
	case VIEW_REST:
		print_count(p, "... and %zu more changed provision%s ...", item->n);
		break;
	}
}

void
printer_document(struct printer *p, const struct document_change *d)
{
	AUTO_BUF summary = BUF_INIT;
	struct document_view view;

	document_summary(d, &summary);
	printer_begin(p, PRINTER_INDENT);
	printer_put(p, WRAP_HEAD, d->name);
	printer_put(p, WRAP_PLAIN, d->added ? " added: " : d->removed ? " removed: " : ": ");
	printer_put(p, WRAP_PLAIN, buf_str(&summary));
	wrap_end(&p->w);
	if (d->added || d->removed)
		return;
	document_view_make(&d->diff, p->style->max_provisions, &view);
	for (size_t i = 0; i < view.n; i++)
		print_item(p, &view, &view.v[i]);
	if (d->diff.text.coarse || d->diff.cut)
		printer_note(p, "(compared coarsely: the texts are too large or too different)");
	document_view_clear(&view);
}
