/* The escaper of HTML and XML, apart from xml.h so that who only writes them does without libxml2. */
#ifndef REGWATCH_BASE_XML_ESCAPE_H
#define REGWATCH_BASE_XML_ESCAPE_H

#include <stddef.h>

struct buf;

/* For text and attribute values. Characters that XML forbids become U+FFFD. Appended. */
void xml_escape(const char *s, struct buf *out);
void xml_escape_part(const char *s, size_t n, struct buf *out);	/* of n bytes without NUL */

#endif
