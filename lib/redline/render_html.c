#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/lang.h"
#include "../base/xml.h"
#include "fold.h"
#include "render_html.h"

void
html_tag(const char *tag, const char *class, const char *text, struct buf *out)
{
	buf_addc(out, '<');
	buf_adds(out, tag);
	if (class != NULL) {
		buf_adds(out, " class=\"");
		buf_adds(out, class);
		buf_addc(out, '"');
	}
	buf_addc(out, '>');
	xml_escape(text, out);
	buf_adds(out, "</");
	buf_adds(out, tag);
	buf_addc(out, '>');
}

/* ---- call-outs, values, lists ---- */

static void
add_replacement(const char *old, const char *new, struct buf *out)
{
	if (*old != '\0')
		html_tag("del", NULL, old, out);
	if (*old != '\0' && *new != '\0')
		buf_adds(out, " \xE2\x86\x92 ");
	if (*new != '\0')
		html_tag("ins", NULL, new, out);
}

static void
add_callouts(const struct redline *r, struct buf *out)
{
	if (r->callouts_n == 0)
		return;
	buf_adds(out, "<ul class=\"callouts\">\n");
	for (size_t i = 0; i < r->callouts_n; i++) {
		buf_adds(out, "<li>");
		add_replacement(r->callouts[i].old, r->callouts[i].new, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

static void
add_items(const struct field_change *f, struct buf *out)
{
	for (size_t i = 0; i < f->added.n + f->removed.n; i++) {
		bool added = i < f->added.n;

		buf_adds(out, "<dd>");
		html_tag(added ? "ins" : "del", NULL, added ? f->added.v[i] : f->removed.v[i - f->added.n], out);
		buf_adds(out, "</dd>\n");
	}
}

static void
add_value(const struct field_change *f, struct buf *out)
{
	buf_adds(out, "<dd>");
	add_replacement(f->old, f->new, out);
	buf_adds(out, "</dd>\n");
}

/* ---- texts ---- */

const char *const html_marks[] = { [CHANGE_DELETED] = "del", [CHANGE_INSERTED] = "ins" };

void
html_block(const struct block *b, struct buf *out)
{
	const char *class = b->kind == BLOCK_MOVED_FROM || b->kind == BLOCK_MOVED_TO ? "moved" : NULL;

	for (size_t k = 0; k < b->n; k++) {
		if (b->spans[k].change == CHANGE_SAME)
			xml_escape(b->spans[k].s, out);
		else
			html_tag(html_marks[b->spans[k].change], class, b->spans[k].s, out);
	}
	if (block_joint_changed(b))
		html_tag(b->old_end[0] == '\n' ? "del" : "ins", "joint", "\xC2\xB6", out);
}

/* Does the paragraph end behind this block? */
static bool
ends_paragraph(const struct block *b)
{
	return b->old_end[0] == '\n' || b->new_end[0] == '\n';
}

void
html_blocks(const struct text_diff *d, size_t context, struct buf *out)
{
	AUTO_FREE bool *shown = fold_plan(d, context);
	bool open = false;

	for (size_t i = 0; i < d->n; i++) {
		size_t folded = fold_length(d, shown, i), rows = folded == 0 ? html_rows(d, shown, i) : 0;

		if (open && folded + rows > 0)
			buf_adds(out, "</p>\n");
		open = open && folded + rows == 0;
		if (folded > 0)
			buf_addf(out, "<p class=\"fold\">%zu sentences unchanged</p>\n", folded);
		else if (rows > 0)
			html_table(d, i, rows, out);
		if (folded + rows > 0) {
			i += folded + rows - 1;
			continue;
		}
		buf_adds(out, open ? " " : "<p>");
		html_block(&d->v[i], out);
		open = !ends_paragraph(&d->v[i]);
		if (!open)
			buf_adds(out, "</p>\n");
	}
	if (open)
		buf_adds(out, "</p>\n");
	if (d->coarse)
		buf_adds(out, "<p class=\"fold\">compared coarsely: the texts are too large or too different</p>\n");
}

void
html_language(const char *lang, struct buf *out)
{
	if (*lang == '\0')
		return;
	buf_adds(out, " lang=\"");
	xml_escape(lang, out);
	buf_adds(out, lang_is_rtl(lang) ? "\" dir=\"rtl\"" : "\"");
}

static void
begin_text(const char *lang, const char *text, const char *class, struct buf *out)
{
	buf_adds(out, "<dd");
	if (class != NULL)
		buf_addf(out, " class=\"%s\"", class);
	html_language(lang_shown(lang, text), out);
	buf_adds(out, ">\n");
}

static void
add_whole(const char *tag, const char *s, const char *lang, struct buf *out)
{
	begin_text(lang, s, "translated", out);
	while (*s != '\0') {
		size_t n = strcspn(s, "\n");
		AUTO_BUF line = BUF_INIT;

		buf_add(&line, s, n);
		buf_adds(out, "<p>");
		html_tag(tag, NULL, buf_str(&line), out);
		buf_adds(out, "</p>\n");
		s += n + (s[n] == '\n');
	}
	buf_adds(out, "</dd>\n");
}

static void
add_text(const struct field_change *f, size_t context, struct buf *out)
{
	AUTO_BUF text = BUF_INIT;

	if (f->translated) {
		add_whole("del", f->old, f->old_lang, out);
		add_whole("ins", f->new, f->new_lang, out);
		return;
	}
	text_diff_new(&f->diff, &text);
	if (text.len == 0)
		text_diff_old(&f->diff, &text);
	begin_text(f->new_lang[0] != '\0' ? f->new_lang : f->old_lang, buf_str(&text), NULL, out);
	html_blocks(&f->diff, context, out);
	buf_adds(out, "</dd>\n");
}

static void
add_field(const struct field_change *f, size_t context, struct buf *out)
{
	buf_adds(out, "<dt>");
	xml_escape(notice_fields[f->row].name, out);
	buf_adds(out, "</dt>\n");
	switch (notice_fields[f->row].type) {
	case FIELD_TEXT:
		add_text(f, context, out);
		break;
	case FIELD_SET:
	case FIELD_CODES:
	case FIELD_DOCUMENTS:
	case FIELD_VARIANTS:
		add_items(f, out);
		break;
	case FIELD_LINE:
	case FIELD_DATE:
	case FIELD_ANSWER:
	case FIELD_MILESTONE:
		add_value(f, out);
		break;
	}
}

void
redline_html_styled(const struct redline *r, const struct redline_style *style, struct buf *out)
{
	if (r->n + r->documents_n == 0)
		return;
	buf_adds(out, "<div class=\"redline\">\n");
	add_callouts(r, out);
	if (r->n > 0)
		buf_adds(out, "<dl>\n");
	for (size_t i = 0; i < r->n; i++)
		add_field(&r->v[i], style->context, out);
	if (r->n > 0)
		buf_adds(out, "</dl>\n");
	for (size_t i = 0; i < r->documents_n; i++)
		html_document(&r->documents[i], style, out);
	buf_adds(out, "</div>\n");
}

void
redline_html(const struct redline *r, size_t context, struct buf *out)
{
	const struct redline_style style = { .context = context };

	redline_html_styled(r, &style, out);
}
