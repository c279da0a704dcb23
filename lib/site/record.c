/* A notification, field by field. */
#include <string.h>

#include "../base/buf.h"
#include "dossier.h"

#define CODES_SHOWN 60		/* codes of a list that stand open */

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

static void
add_code_list(const struct codes *c, struct buf *out)
{
	size_t shown = c->n < CODES_SHOWN ? c->n : CODES_SHOWN;

	buf_adds(out, "<dd>\n");
	add_codes(c, 0, shown, out);
	if (shown < c->n) {
		buf_addf(out, "<details><summary>%zu more</summary>\n", c->n - shown);
		add_codes(c, shown, c->n, out);
		buf_adds(out, "</details>\n");
	}
	buf_adds(out, "</dd>\n");
}

static void
add_variants(const struct variants *v, struct buf *out)
{
	buf_adds(out, "<dd><ul>\n");
	for (size_t i = 0; i < v->n; i++) {
		buf_adds(out, "<li>");
		page_text(v->v[i].member, 0, out);
		buf_adds(out, ", ");
		page_text(v->v[i].field, 0, out);
		buf_adds(out, ": ");
		page_quote("span", NULL, "", v->v[i].value, 0, out);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul></dd>\n");
}

static void
add_line(const struct notice *n, size_t row, struct buf *out)
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
		page_quote("dd", NULL, "", buf_str(&value), 0, out);
		buf_addc(out, '\n');
	}
}

static void
add_field(const struct notice *n, size_t row, struct buf *out)
{
	const struct text *t = field_of(n, row);

	buf_adds(out, "<dt>");
	buf_adds(out, notice_fields[row].name);
	buf_adds(out, "</dt>\n");
	switch (notice_fields[row].type) {
	case FIELD_TEXT:
		buf_adds(out, "<dd class=\"text\">\n");
		page_paragraphs(t->lang, t->s, out);
		buf_adds(out, "</dd>\n");
		break;
	case FIELD_CODES:
		add_code_list(field_of(n, row), out);
		break;
	case FIELD_VARIANTS:
		add_variants(field_of(n, row), out);
		break;
	default:
		add_line(n, row, out);
	}
}

void
dossier_facts(const struct page *p, const struct notice *n, struct buf *out)
{
	(void)p;
	buf_adds(out, "<dl class=\"facts\">\n");
	for (size_t row = 0; row < notice_fields_count; row++)
		if (notice_fields[row].type != FIELD_DOCUMENTS && !notice_field_empty(n, row))
			add_field(n, row, out);
	buf_adds(out, "</dl>\n");
}
