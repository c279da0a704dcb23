#include "xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "error.h"
#include "limits.h"
#include "utf8.h"
#include "xml_guard.h"
#include "xml_role.h"

#define DECLARATION_BYTES 1024	/* where a page may declare its charset (HTML standard, 13.2.3.2) */

static void
ignore_structured(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

static void
ignore_generic(void *context, const char *fmt, ...)
{
	(void)context;
	(void)fmt;
}

/* What libxml2 thinks of a text is ours to say; it must not write to stderr by itself. */
static void
quieten(void)
{
	static _Thread_local bool done;	/* as what it sets */

	if (done)
		return;
	done = true;
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, ignore_generic);
	xmlSetStructuredErrorFunc(NULL, ignore_structured);
}

/* The name behind "charset=" near the start of a page, into name. */
static void
declared_charset(const char *text, size_t n, char *name, size_t size)
{
	size_t used = 0;

	name[0] = '\0';
	n = n < DECLARATION_BYTES ? n : DECLARATION_BYTES;
	for (size_t i = 0; i + 8 < n; i++) {
		if (strncasecmp(text + i, "charset=", 8) != 0)
			continue;
		for (i += 8; i < n && (text[i] == '"' || text[i] == '\''); i++)
			continue;
		for (; i < n && used + 1 < size && strchr("\"' />;", text[i]) == NULL; i++)
			name[used++] = text[i];
		name[used] = '\0';
		return;
	}
}

/* libxml2 sees valid UTF-8 only: its own decoders and its own guesses are not used. */
static void
decode_page(const char *text, size_t n, const char *charset, struct buf *out)
{
	char declared[40];
	bool marked = n >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);

	if (marked)
		charset = "utf-16";
	else if (utf8_likely(text, n))
		charset = "utf-8";	/* the label may be wrong, UTF-8 is no accident, and one broken character does not make it another charset */
	else if (charset[0] == '\0') {
		declared_charset(text, n, declared, sizeof(declared));
		charset = declared;
	}
	utf8_from(text, n, charset, out);
}

/* The node after 'node' in document order below 'top', not going into it when 'skip'. *depth follows. */
static const xmlNode *
next_node(const xmlNode *node, const xmlNode *top, bool skip, size_t *depth)
{
	if (!skip && node->type == XML_ELEMENT_NODE && node->children != NULL) {
		++*depth;
		return node->children;
	}
	while (node != top && node->next == NULL) {
		node = node->parent;
		--*depth;
	}
	return node != top ? node->next : NULL;
}

static bool
too_deep(const xmlNode *root)
{
	size_t depth = 1;

	for (const xmlNode *node = root; node != NULL; node = next_node(node, root, false, &depth))
		if (depth > LIMIT_XML_DEPTH)
			return true;
	return false;
}

int
xml_parse_html(const char *text, size_t n, const char *charset, xmlDocPtr *out, struct error *err)
{
	AUTO_BUF utf8 = BUF_INIT;
	AUTO_XML_DOC doc = NULL;
	const xmlNode *root;

	*out = NULL;
	quieten();
	if (n > LIMIT_ANSWER)
		return error_set(err, ERR_DATA, "page of %zu bytes is too large", n);
	decode_page(text, n, charset != NULL ? charset : "", &utf8);
	if (utf8.len > 0 && xml_many_attributes(utf8.data, utf8.len))
		return error_set(err, ERR_DATA, "an HTML element has too many attributes");
	if (utf8.len > 0)
		doc = htmlReadMemory(utf8.data, (int)utf8.len, NULL, "UTF-8", HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
		    HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC);
	root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	if (root == NULL)
		return error_set(err, ERR_DATA, "no HTML element found");
	if (too_deep(root))
		return error_set(err, ERR_DATA, "HTML elements nest deeper than %d", LIMIT_XML_DEPTH);
	*out = TAKE(doc);
	return 0;
}

static bool
listed(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(name, list[i]) == 0)
			return true;
	return false;
}

enum xml_role
xml_role_of(const char *name)
{
	static const char *const blocks[] = {
		"address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
		"main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr",
		"ul",
	};
	static const char *const hidden[] = { "script", "style", "noscript", "template", "iframe", "object", "svg" };

	if (strcasecmp(name, "br") == 0)
		return XML_ROLE_BREAK;
	if (strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0)
		return XML_ROLE_CELL;
	if (listed(name, hidden, sizeof(hidden) / sizeof(hidden[0])))
		return XML_ROLE_HIDDEN;
	return listed(name, blocks, sizeof(blocks) / sizeof(blocks[0])) ? XML_ROLE_BLOCK : XML_ROLE_INLINE;
}

void
xml_separate(enum xml_role role, struct buf *out, size_t start)
{
	char last = out->len > start ? out->data[out->len - 1] : '\n';

	if (role == XML_ROLE_BREAK)
		buf_addc(out, '\n');
	else if (role == XML_ROLE_BLOCK && last != '\n')
		buf_addc(out, '\n');
	else if (role == XML_ROLE_CELL && last != '\n' && last != ' ')
		buf_addc(out, ' ');
}

static enum xml_role
role(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE ? xml_role_of((const char *)node->name) : XML_ROLE_INLINE;
}

static bool
is_preformatted(const xmlNode *node)
{
	return node->parent != NULL && node->parent->type == XML_ELEMENT_NODE && node->parent->name != NULL &&
	    strcasecmp((const char *)node->parent->name, "pre") == 0;
}

void
xml_add_flow(const char *s, size_t n, struct buf *out)
{
	size_t i = out->len;

	buf_add(out, s, n);
	for (; i < out->len; i++)
		if (out->data[i] >= '\t' && out->data[i] <= '\r')
			out->data[i] = ' ';
}

static void
add_node_text(const xmlNode *node, struct buf *out)
{
	if (node->content == NULL || (node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE))
		return;
	if (is_preformatted(node))
		buf_adds(out, (const char *)node->content);
	else
		xml_add_flow((const char *)node->content, strlen((const char *)node->content), out);
}

/* A cell is parted from the next one where that begins. */
static void
leave(const xmlNode *node, struct buf *out, size_t start)
{
	if (role(node) != XML_ROLE_CELL)
		xml_separate(role(node), out, start);
}

void
xml_node_text(const xmlNode *node, struct buf *out)
{
	const xmlNode *at = node, *next;
	size_t start = out->len, depth = 0;

	while (at != NULL) {
		enum xml_role r = role(at);
		bool leaf = r == XML_ROLE_HIDDEN || at->type != XML_ELEMENT_NODE || at->children == NULL;

		if (r != XML_ROLE_HIDDEN) {
			xml_separate(r, out, start);
			add_node_text(at, out);
		}
		next = next_node(at, node, r == XML_ROLE_HIDDEN, &depth);
		for (; leaf && at != node && at->next == NULL; at = at->parent)
			leave(at->parent, out, start);
		at = next;
	}
}

xmlChar *
xml_attribute(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE ? xmlGetNoNsProp(node, (const xmlChar *)name) : NULL;
}

size_t
xml_find(xmlDocPtr doc, xmlNode *node, const char *xpath, xmlNode **found, size_t max)
{
	xmlXPathContextPtr context;
	xmlXPathObjectPtr result;
	size_t n = 0;

	quieten();
	context = xmlXPathNewContext(doc);
	if (context == NULL)
		return 0;
	context->node = node != NULL ? node : (xmlNode *)doc;
	result = xmlXPathEvalExpression((const xmlChar *)xpath, context);
	if (result != NULL && result->type == XPATH_NODESET && result->nodesetval != NULL)
		for (int i = 0; i < result->nodesetval->nodeNr && n < max; i++)
			if (result->nodesetval->nodeTab[i]->type == XML_ELEMENT_NODE)
				found[n++] = result->nodesetval->nodeTab[i];
	xmlXPathFreeObject(result);
	xmlXPathFreeContext(context);
	return n;
}

/* Does a document type stand before the first element? Office parts have none; entities could be declared there. */
static bool
has_doctype(const char *text, size_t n)
{
	size_t i = 0;
	const char *end;

	while (i < n) {
		const char *start = memchr(text + i, '<', n - i);

		if (start == NULL)
			return false;
		i = (size_t)(start - text);
		if (n - i >= 4 && memcmp(start, "<!--", 4) == 0)
			end = memmem(start + 4, n - i - 4, "-->", 3);
		else if (n - i >= 2 && start[1] == '?')
			end = memmem(start, n - i, "?>", 2);
		else
			return n - i >= 2 && start[1] == '!';
		if (end == NULL)
			return false;
		i = (size_t)(end - text) + 1;
	}
	return false;
}

xmlTextReaderPtr
xml_reader(const char *text, size_t n, const char *name)
{
	quieten();
	if (n > INT32_MAX || memchr(text, '\0', n) != NULL || has_doctype(text, n))
		return NULL;	/* a NUL also tells UTF-16, in which a document type would hide */
	return xmlReaderForMemory(text, (int)n, name, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
}
