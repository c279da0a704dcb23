/* A streaming XML reader over a callback, for parts too large for memory (xml.h's xml_reader wants it all at once). */
#ifndef REGWATCH_BASE_XML_STREAM_H
#define REGWATCH_BASE_XML_STREAM_H

#include <sys/types.h>

#include "xml.h"

CLEANUP_POINTER(xml_stream, xmlTextReaderPtr, xmlFreeTextReader)
#define AUTO_XML_STREAM __attribute__((cleanup(cleanup_xml_stream))) xmlTextReaderPtr

/* Up to n bytes into data, 0 at the end, negative when it failed (which the caller remembers why). */
typedef ssize_t xml_read_fn(void *ctx, char *data, size_t n);

/* No network, no entities from outside; the name is for messages. *out is the caller's (xmlFreeTextReader). */
int xml_stream_open(xml_read_fn *read, void *ctx, const char *name, xmlTextReaderPtr *out, struct error *err);

/* The next node: 1, 0 at the end, ERR_DATA ("line 3: ...") for what is not well-formed, nests too deep, has a DOCTYPE or
 * an element of many more attributes than anyone needs. */
int xml_stream_next(xmlTextReaderPtr reader, struct error *err);

#endif
