/* A look at a page before libxml2 parses it, for what would cost it too much time. */
#ifndef REGWATCH_BASE_XML_GUARD_H
#define REGWATCH_BASE_XML_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* Has an element more attributes than LIMIT_XML_ATTRIBUTES, or the page so many in all that reading it would take long? libxml2
 * compares the name of each with all before it: 64,000 in one element take 18 seconds. */
bool xml_many_attributes(const char *text, size_t n);

#endif
