#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/utf8.h"
#include "../lib/base/xml.h"
#include "document.h"
#include "html_text.h"

#define TOOL "regwatch-html 1"

static bool
is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

long
html_number(const xmlNode *node, const char *name, long min, long max, long otherwise)
{
	xmlChar *text = xml_attribute(node, name);
	char *end;
	long value;

	if (text == NULL)
		return otherwise;
	value = strtol((const char *)text, &end, 10);
	if (end == (const char *)text || value < min || value > max)
		value = otherwise;
	xmlFree(text);
	return value;
}

/* Does the attribute hold the word, letter case and blanks apart? */
static bool
attribute_says(const xmlNode *node, const char *name, const char *word)
{
	xmlChar *text = xml_attribute(node, name);
	char *to = (char *)text;
	bool found;

	if (text == NULL)
		return false;
	for (const char *s = (const char *)text; *s != '\0'; s++)
		if (strchr(" \t\r\n", *s) == NULL)
			*to++ = *s;
	*to = '\0';
	found = strcasestr((const char *)text, word) != NULL;
	xmlFree(text);
	return found;
}

bool
html_is_hidden(const xmlNode *node)
{
	xmlChar *hidden = xml_attribute(node, "hidden");
	bool marked = hidden != NULL;

	xmlFree(hidden);
	return marked || attribute_says(node, "style", "display:none") || attribute_says(node, "style", "visibility:hidden") ||
	    attribute_says(node, "style", "mso-hide:all");
}

/* ---- lines ---- */

void
html_flush(struct html *h)
{
	AUTO_BUF whole = BUF_INIT;
	size_t mark;

	buf_add(&whole, buf_str(&h->mark), h->mark.len);
	mark = whole.len;
	utf8_clean(buf_str(&h->line), h->line.len, false, &whole);
	if (whole.len > mark) {
		writer_paragraph(h->writer, h->heading, whole.data, whole.len);
		buf_reset(&h->mark);
	}
	buf_reset(&h->line);
	h->last = 0;
}

static void
change(struct html *h, int kind)
{
	if (h->last != kind && kind > 0)
		h->out->insertions++;
	else if (h->last != kind && kind < 0)
		h->out->deletions++;
	h->last = kind;
}

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n\f")] == '\0';
}

/* In <pre> a line is a line. */
static void
add_lines(struct html *h, const char *text)
{
	for (size_t n; *text != '\0'; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		buf_add(&h->line, text, n);
		if (text[n] == '\n')
			html_flush(h);
	}
}

static void
add_text(struct html *h, const xmlNode *node)
{
	const char *text = (const char *)node->content;

	if (text == NULL)
		return;
	if (!is_blank(text))
		change(h, h->deleted > 0 ? -1 : h->inserted > 0 ? 1 : 0);
	if (h->deleted > 0)
		return;
	if (h->preformatted > 0)
		add_lines(h, text);
	else
		buf_adds(&h->line, text);
}

/* ---- elements ---- */

static void
read_heading(struct html *h, const xmlNode *node)
{
	unsigned outer = h->heading;

	html_flush(h);
	h->heading = (unsigned)(node->name[1] - '0');
	html_children(h, node);
	html_flush(h);
	h->heading = outer;
}

static void
read_block(struct html *h, const xmlNode *node)
{
	html_flush(h);
	html_children(h, node);
	html_flush(h);
}

static void
read_preformatted(struct html *h, const xmlNode *node)
{
	h->preformatted++;
	read_block(h, node);
	h->preformatted--;
}

static void
read_break(struct html *h, const xmlNode *node)
{
	(void)node;
	if (h->heading > 0)
		buf_addc(&h->line, ' ');
	else
		html_flush(h);
}

static void
read_deleted(struct html *h, const xmlNode *node)
{
	h->deleted++;
	html_children(h, node);
	h->deleted--;
}

static void
read_inserted(struct html *h, const xmlNode *node)
{
	h->inserted++;
	html_children(h, node);
	h->inserted--;
}

static void
read_nothing(struct html *h, const xmlNode *node)
{
	(void)h;
	(void)node;
}

/* ---- lists ---- */

static void
read_list(struct html *h, const xmlNode *node)
{
	static const struct { const char *type; enum number_form form; } forms[] = {
		{ "a", NUMBER_LOWER_LETTER }, { "A", NUMBER_UPPER_LETTER }, { "i", NUMBER_LOWER_ROMAN }, { "I", NUMBER_UPPER_ROMAN },
	};
	struct html_list outer = h->list;
	xmlChar *type = xml_attribute(node, "type");

	h->list = (struct html_list){ .form = is(node, "ol") ? NUMBER_DECIMAL : NUMBER_BULLET, .next = html_number(node, "start", 0, 1000000, 1) };
	for (size_t i = 0; type != NULL && h->list.form != NUMBER_BULLET && i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp((const char *)type, forms[i].type) == 0)
			h->list.form = forms[i].form;
	xmlFree(type);
	read_block(h, node);
	h->list = outer;
}

static void
read_item(struct html *h, const xmlNode *node)
{
	html_flush(h);
	buf_reset(&h->mark);
	if (h->list.form == NUMBER_BULLET) {
		buf_adds(&h->mark, "- ");
	} else {
		h->list.next = html_number(node, "value", 0, 1000000, h->list.next);
		number_format(h->list.form, (unsigned long)h->list.next, &h->mark);
		buf_adds(&h->mark, ". ");
		h->list.next++;
	}
	html_children(h, node);
	html_flush(h);
	buf_reset(&h->mark);
}

/* ---- all of them ---- */

typedef void element_fn(struct html *h, const xmlNode *node);

static const struct element {
	const char *name;
	element_fn *read;
} elements[] = {	/* sorted by name */
	{ "address", read_block }, { "article", read_block }, { "aside", read_block }, { "blockquote", read_block },
	{ "body", read_block }, { "br", read_break }, { "button", read_nothing }, { "caption", read_block },
	{ "center", read_block }, { "dd", read_block }, { "del", read_deleted }, { "details", read_block }, { "dir", read_list },
	{ "div", read_block }, { "dl", read_block }, { "dt", read_block }, { "fieldset", read_block }, { "figcaption", read_block },
	{ "figure", read_block }, { "footer", read_block }, { "form", read_block }, { "h1", read_heading }, { "h2", read_heading },
	{ "h3", read_heading }, { "h4", read_heading }, { "h5", read_heading }, { "h6", read_heading }, { "head", read_nothing },
	{ "header", read_block }, { "hr", read_block }, { "html", read_block }, { "iframe", read_nothing }, { "ins", read_inserted },
	{ "legend", read_block }, { "li", read_item }, { "main", read_block }, { "menu", read_list }, { "nav", read_nothing },
	{ "noscript", read_nothing }, { "object", read_nothing }, { "ol", read_list }, { "p", read_block },
	{ "pre", read_preformatted }, { "rp", read_nothing }, { "rt", read_nothing }, { "script", read_nothing },
	{ "section", read_block }, { "select", read_nothing }, { "style", read_nothing }, { "summary", read_block },
	{ "svg", read_nothing }, { "table", html_text_table }, { "td", read_block }, { "template", read_nothing },
	{ "textarea", read_nothing }, { "th", read_block }, { "title", read_nothing }, { "tr", read_block }, { "ul", read_list },
};

static int
compare_name(const void *name, const void *element)
{
	return strcasecmp(name, ((const struct element *)element)->name);
}

static void
read_element(struct html *h, const xmlNode *node)
{
	const struct element *e = bsearch(node->name, elements, sizeof(elements) / sizeof(elements[0]), sizeof(elements[0]), compare_name);

	if (html_is_hidden(node))
		return;
	if (e != NULL)
		e->read(h, node);
	else
		html_children(h, node);
}

/* Goes down as deep as the tree, which xml_parse_html bounds. */
void
html_children(struct html *h, const xmlNode *node)
{
	struct error over;

	for (const xmlNode *child = node->children; child != NULL && writer_check(h->writer, &over) == 0; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			read_element(h, child);
		else if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
			add_text(h, child);
}

/* Pages that do not say in which charset they are written are windows-1252, as in browsers, unless they are valid UTF-8. */
static const char *
charset_of(const char *bytes, size_t n)
{
	AUTO_FREE char *start = xstrndup(bytes, strnlen(bytes, n < 1024 ? n : 1024));

	return strcasestr(start, "charset=") != NULL ? "" : "windows-1252";
}

int
html_text(const char *bytes, size_t n, struct document_text *out, struct error *err)
{
	AUTO_XML_DOC doc = NULL;
	AUTO_WRITER *writer = document_writer_new();
	struct html h = { .writer = writer, .out = out, .list = { .form = NUMBER_BULLET } };
	int rc;

	if ((rc = xml_parse_html(bytes, n, charset_of(bytes, n), &doc, err)) < 0)
		return rc;
	read_block(&h, xmlDocGetRootElement(doc));
	buf_clear(&h.line);
	buf_clear(&h.mark);
	if ((rc = writer_finish(writer, &out->text, err)) < 0)
		return rc;
	out->tool = xstrdup(TOOL);
	if (out->insertions + out->deletions > 0)
		strv_take(&out->notes, xasprintf("%zu marked %s accepted", out->insertions + out->deletions,
		    out->insertions + out->deletions == 1 ? "change was" : "changes were"));
	return 0;
}
