#include "xml_stream.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "limits.h"

/* The reader's link to the callback; lives as long as the reader. */
struct source {
	xml_read_fn *read;
	void *ctx;
};

static int
read_source(void *context, char *data, int n)
{
	const struct source *s = context;
	ssize_t got = s->read(s->ctx, data, (size_t)n);

	return got < 0 || got > n ? -1 : (int)got;
}

static int
close_source(void *context)
{
	free(context);
	return 0;
}

/* Taken over from stderr: the texts are read from xmlGetLastError. */
static void
keep_quiet(void *context, const char *text, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
	(void)context;
	(void)text;
	(void)severity;
	(void)locator;
}

int
xml_stream_open(xml_read_fn *read, void *ctx, const char *name, xmlTextReaderPtr *out, struct error *err)
{
	struct source *s = xmalloc(sizeof(*s));

	*s = (struct source){ read, ctx };
	*out = xmlReaderForIO(read_source, close_source, s, name, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (*out == NULL)	/* which has closed the source */
		return error_set(err, ERR_DATA, "cannot be read as XML");
	xmlTextReaderSetErrorHandler(*out, keep_quiet, NULL);
	return 0;
}

static int
stream_error(xmlTextReaderPtr reader, struct error *err)
{
	const xmlError *e = xmlGetLastError();
	int line = xmlTextReaderGetParserLineNumber(reader);
	const char *text = e != NULL && e->message != NULL ? e->message : "not well-formed XML";

	return error_set(err, ERR_DATA, "line %d: %.*s", line, (int)strcspn(text, "\n"), text);
}

int
xml_stream_next(xmlTextReaderPtr reader, struct error *err)
{
	int rc;

	xmlResetLastError();
	rc = xmlTextReaderRead(reader);
	if (rc < 0)
		return stream_error(reader, err);
	if (rc == 0)
		return 0;
	if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_DOCUMENT_TYPE)
		return error_set(err, ERR_DATA, "a document type, which could declare entities");
	if (xmlTextReaderDepth(reader) > LIMIT_XML_DEPTH)
		return error_set(err, ERR_DATA, "line %d: elements nest deeper than %d", xmlTextReaderGetParserLineNumber(reader),
		    LIMIT_XML_DEPTH);
	return 1;
}
