/* A notification, field by field. */
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "dossier.h"

#define CODES_SHOWN 60		/* codes of a list that stand open */
#define VARIANTS_SHOWN 20	/* where it is told in part, as the following */
#define LINE_SHOWN 600		/* columns */
#define TEXT_SHOWN 1500		/* columns of a text of paragraphs */
#define PARAGRAPH 20		/* what a paragraph takes besides its words */

/* Where fields go; whole: as of dossier_facts. */
struct facts {
	const struct page *p;
	const char *whole;
};

static const void *
field_of(const struct notice *n, size_t row)
{
	return (const char *)n + notice_fields[row].offset;
}

static void
add_codes(const struct codes *c, size_t from, size_t to, struct buf *out)
{
	buf_adds(out, "<ul>\n");
	for (size_t i = from; i < to; i++) {
		buf_adds(out, "<li>");
		page_text(c->v[i].code, 0, out);
		if (c->v[i].label != NULL) {
			buf_addc(out, ' ');
			page_quote("span", NULL, "", c->v[i].label, 0, out);
		}
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

/* To what is not shown here: "120 more", "The whole text". */
static void
add_way_to_whole(const struct facts *f, const char *words, struct buf *out)
{
	buf_adds(out, "<p>");
	page_link(f->p, f->whole, words, out);
	buf_adds(out, "</p>\n");
}

static void
add_way_to_more(const struct facts *f, size_t n, struct buf *out)
{
	AUTO_BUF words = BUF_INIT;

	buf_addf(&words, "%zu more", n);
	add_way_to_whole(f, buf_str(&words), out);
}

static void
add_code_list(const struct facts *f, const struct codes *c, struct buf *out)
{
	size_t shown = c->n < CODES_SHOWN ? c->n : CODES_SHOWN;

	buf_adds(out, "<dd>\n");
	add_codes(c, 0, shown, out);
	if (shown < c->n && f->whole != NULL) {
		add_way_to_more(f, c->n - shown, out);
	} else if (shown < c->n) {
		buf_addf(out, "<details><summary>%zu more</summary>\n", c->n - shown);
		add_codes(c, shown, c->n, out);
		buf_adds(out, "</details>\n");
	}
	buf_adds(out, "</dd>\n");
}

static void
add_variants(const struct facts *f, const struct variants *v, struct buf *out)
{
	size_t shown = f->whole != NULL && v->n > VARIANTS_SHOWN ? VARIANTS_SHOWN : v->n;

	buf_adds(out, "<dd><ul>\n");
	for (size_t i = 0; i < shown; i++) {
		buf_adds(out, "<li>");
		page_text(v->v[i].member, 0, out);
		buf_adds(out, ", ");
		page_text(v->v[i].field, 0, out);
		buf_adds(out, ": ");
		page_quote("span", NULL, "", v->v[i].value, f->whole != NULL ? LINE_SHOWN : 0, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>");
	if (shown < v->n)
		add_way_to_more(f, v->n - shown, out);
	buf_adds(out, "</dd>\n");
}

static void
add_line(const struct facts *f, const struct notice *n, size_t row, struct buf *out)
{
	AUTO_BUF value = BUF_INIT;

	notice_field_text(n, row, &value);
	if (notice_fields[row].type == FIELD_DATE) {
		buf_adds(out, "<dd>");
		page_time(*(const struct date *)field_of(n, row), out);
		buf_adds(out, "</dd>\n");
	} else if (notice_fields[row].offset == offsetof(struct notice, url)) {
		buf_adds(out, "<dd>");
		page_source_link(buf_str(&value), buf_str(&value), out);
		buf_adds(out, "</dd>\n");
	} else {
		page_quote("dd", NULL, "", buf_str(&value), f->whole != NULL ? LINE_SHOWN : 0, out);
		buf_addc(out, '\n');
	}
}

/* The beginning of a text; false when that is all of it. */
static bool
add_beginning(const struct text *t, struct buf *out)
{
	size_t left = TEXT_SHOWN;

	for (const char *s = t->s; s != NULL && *s != '\0';) {
		AUTO_BUF line = BUF_INIT;
		size_t n = strcspn(s, "\n"), width;

		buf_add(&line, s, n);
		width = utf8_width(buf_str(&line));
		page_quote("p", NULL, t->lang, buf_str(&line), width > left ? left : 0, out);
		buf_addc(out, '\n');
		s += n + (s[n] == '\n');
		if (width + PARAGRAPH >= left)
			return width > left || *s != '\0';
		left -= width + PARAGRAPH;
	}
	return false;
}

static void
add_text(const struct facts *f, const struct text *t, struct buf *out)
{
	buf_adds(out, "<dd class=\"text\">\n");
	if (f->whole == NULL)
		page_paragraphs(t->lang, t->s, out);
	else if (add_beginning(t, out))
		add_way_to_whole(f, "The whole text", out);
	buf_adds(out, "</dd>\n");
}

static void
add_field(const struct facts *f, const struct notice *n, size_t row, struct buf *out)
{
	buf_adds(out, "<dt>");
	buf_adds(out, notice_fields[row].name);
	buf_adds(out, "</dt>\n");
	switch (notice_fields[row].type) {
	case FIELD_TEXT:
		add_text(f, field_of(n, row), out);
		break;
	case FIELD_CODES:
		add_code_list(f, field_of(n, row), out);
		break;
	case FIELD_VARIANTS:
		add_variants(f, field_of(n, row), out);
		break;
	default:
		add_line(f, n, row, out);
	}
}

/* A joint notification has a symbol of each member. */
static void
add_who(const struct notice *n, struct buf *out)
{
	AUTO_BUF members = BUF_INIT, symbols = BUF_INIT;

	dossier_members(n, &members);
	buf_adds(out, n->members.n > 1 ? "<dt>Members</dt>\n<dd>" : "<dt>Member</dt>\n<dd>");
	page_text(buf_str(&members), 0, out);
	buf_adds(out, "</dd>\n");
	if (n->symbols.n < 2)
		return;
	strv_join(&n->symbols, ", ", &symbols);
	buf_adds(out, "<dt>Symbols</dt>\n<dd>");
	page_text(buf_str(&symbols), 0, out);
	buf_adds(out, "</dd>\n");
}

void
dossier_facts(const struct page *p, const struct notice *n, const char *whole, struct buf *out)
{
	const struct facts f = { p, whole };

	buf_adds(out, "<dl class=\"facts\">\n");
	add_who(n, out);
	for (size_t row = 0; row < notice_fields_count; row++)
		if (notice_fields[row].type != FIELD_DOCUMENTS && !notice_field_empty(n, row))
			add_field(&f, n, row, out);
	buf_adds(out, "</dl>\n");
}

/* ---- a page of its own ---- */

void
site_record_path(const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	site_dossier_base(d->id, out);
	buf_addc(out, '.');
	site_anchor(member->notice->id, out);
	buf_adds(out, ".record.html");
}

void
site_record_page(const struct site_meta *m, const struct site_dossier *d, const struct site_member *member, struct buf *out)
{
	AUTO_BUF path = BUF_INIT, title = BUF_INIT, dossier = BUF_INIT;
	struct page p = { .section = PAGE_NONE };

	site_record_path(d, member, &path);
	site_dossier_path(d->id, member->notice->id, &dossier);
	buf_addf(&title, "%s: %s, what it says", member->notice->id, dossier_kind(member->notice));
	p.path = buf_str(&path);
	p.title = buf_str(&title);
	page_begin(m, &p, out);
	buf_adds(out, "<ul class=\"beside\">\n<li>");
	page_link(&p, buf_str(&dossier), "The dossier", out);
	buf_adds(out, "</li>\n<li><a href=\"#documents\">Documents</a></li>\n</ul>\n");
	dossier_facts(&p, member->notice, NULL, out);
	dossier_documents_of(&p, d, member, member->notice->documents.n, out);
	page_end(m, &p, out);
}
