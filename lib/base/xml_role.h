/* How elements of HTML part text from text; shared by the reader of pages and the reader of fragments. */
#ifndef REGWATCH_BASE_XML_ROLE_H
#define REGWATCH_BASE_XML_ROLE_H

#include <stddef.h>

struct buf;

enum xml_role {
	XML_ROLE_INLINE,	/* parts nothing */
	XML_ROLE_CELL,		/* a space */
	XML_ROLE_BLOCK,		/* lines of its own */
	XML_ROLE_BREAK,		/* a line end */
	XML_ROLE_HIDDEN		/* no reader sees what is in it */
};

/* By the element's name, in any letter case; unknown names are inline. */
enum xml_role xml_role_of(const char *name);

/* Appends what parts an element of that role from the text before it or in it; 'start' is where our text begins in out. */
void xml_separate(enum xml_role role, struct buf *out, size_t start);

/* Appends text in which a line end of the source is a blank like others. */
void xml_add_flow(const char *s, size_t n, struct buf *out);

#endif
