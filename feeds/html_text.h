/* From the tree of a page to document text: html_text.c walks it, html_text_table.c reads tables. Inside html_text*.c only. */
#ifndef REGWATCH_FEEDS_HTML_TEXT_H
#define REGWATCH_FEEDS_HTML_TEXT_H

#include "../lib/base/buf.h"
#include "../lib/base/xml.h"
#include "document_number.h"
#include "document_writer.h"

struct document_text;

struct html_list {
	enum number_form form;
	long next;
};

struct html {
	struct writer *writer;
	struct document_text *out;	/* changes are counted there */
	struct buf line;		/* the paragraph at hand */
	struct buf mark;		/* of the list's item, before its first paragraph */
	unsigned heading;		/* 0: none */
	unsigned preformatted, deleted, inserted;	/* elements around */
	int last;			/* 1: the text before was inserted, -1: deleted */
	struct html_list list;
};

/* Ends the paragraph at hand. */
void html_flush(struct html *h);
void html_children(struct html *h, const xmlNode *node);
void html_text_table(struct html *h, const xmlNode *node);
/* By its own attributes. */
bool html_is_hidden(const xmlNode *node);
/* A number in an attribute, 'otherwise' when it is absent or not between min and max. */
long html_number(const xmlNode *node, const char *name, long min, long max, long otherwise);

#endif
