/* HTML and XML over libxml2: no network, no entities from outside, bounded. */
#ifndef REGWATCH_BASE_XML_H
#define REGWATCH_BASE_XML_H

#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <stdbool.h>
#include <stddef.h>

#include "cleanup.h"
#include "xml_escape.h"

struct buf;
struct error;

CLEANUP_POINTER(xml_doc, xmlDocPtr, xmlFreeDoc)
#define AUTO_XML_DOC __attribute__((cleanup(cleanup_xml_doc))) xmlDocPtr

/* Parses a page with recovery. charset: from HTTP, "" lets the page's own declaration or UTF-8 decide; text that is likely UTF-8
 * (utf8.h) is read as such under any label. ERR_DATA when there is no element at all, it nests deeper than LIMIT_XML_DEPTH, it is larger than
 * LIMIT_ANSWER or has more attributes than can be read in reasonable time. */
int xml_parse_html(const char *text, size_t n, const char *charset, xmlDocPtr *out, struct error *err);

/* The text of a node and below as a reader sees it, appended uncleaned: <br> and the ends of blocks (p, div, li, tr, h1..h6, dd,
 * dt, ...) are "\n", cells are separated by a space; script, style and comments are left out. */
void xml_node_text(const xmlNode *node, struct buf *out);

/* Text of an HTML fragment (a field of an API), same rules, cleaned by utf8_clean. Plain text passes through: "a < b & c", "<x@y.org>"
 * and "x <y and z> 3" stay; an unknown name is a tag only when nothing but attributes follows it. Line ends of the source are line
 * ends only where no element breaks lines. References need their semicolon and are decoded once. */
void xml_fragment_text(const char *html, bool keep_lines, struct buf *out);

/* An attribute of an element or NULL; caller frees with xmlFree. */
xmlChar *xml_attribute(const xmlNode *node, const char *name);

/* Elements found by an XPath 1.0 expression below 'node' (NULL: the document). At most max are written; returns how many. */
size_t xml_find(xmlDocPtr doc, xmlNode *node, const char *xpath, xmlNode **found, size_t max);

/* A streaming reader over memory (OOXML parts): no network. NULL when the text has a document type, is UTF-16 or holds a NUL; caller
 * xmlFreeTextReader. text must outlive it. */
xmlTextReaderPtr xml_reader(const char *text, size_t n, const char *name);

#endif
