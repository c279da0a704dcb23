#include "xml_stream.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "limits.h"

#define PIECE 4000	/* bytes looked at at once: too few for LIMIT_XML_ATTRIBUTES, which take five each */

/* The reader's link to the callback; lives as long as the reader. */
struct source {
	xml_read_fn *read;
	void *ctx;
	size_t since;		/* bytes since the last '<' */
	size_t attributes;	/* counted in those behind the first piece */
	bool equals;		/* a '=' was the last of them but for blanks */
	bool refused;
};

/* Counts by '=' and the quote behind it. */
static bool
count_attributes(struct source *s, const char *data, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s->equals && (data[i] == '"' || data[i] == '\''))
			s->attributes++;
		if (data[i] == '=')
			s->equals = true;
		else if (strchr(" \t\r\n", data[i]) == NULL)
			s->equals = false;
	}
	return s->attributes > LIMIT_XML_ATTRIBUTES;
}

/* Before the parser sees them: it compares the name of each attribute with all before it, and takes minutes for 100,000. A '<' cannot stand in an attribute, so only
 * what goes on for more than a piece without one is looked at closely; the attributes of that first piece are not counted. */
static bool
many_attributes(struct source *s, const char *data, size_t n)
{
	const char *first = memchr(data, '<', n), *last = first != NULL ? memrchr(data, '<', n) : NULL;
	bool many = s->since > PIECE && count_attributes(s, data, first != NULL ? (size_t)(first - data) : n);

	s->since = last != NULL ? (size_t)(data + n - last) : s->since + n;
	if (last != NULL) {
		s->attributes = 0;
		s->equals = false;
	}
	return many;
}

static int
read_source(void *context, char *data, int n)
{
	struct source *s = context;
	ssize_t got = s->read(s->ctx, data, (size_t)n);

	if (got < 0 || got > n)
		return -1;
	for (ssize_t at = 0; at < got; at += PIECE)
		s->refused = s->refused || many_attributes(s, data + at, got - at < PIECE ? (size_t)(got - at) : PIECE);
	return s->refused ? -1 : (int)got;
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

	*s = (struct source){ .read = read, .ctx = ctx };
	*out = xmlReaderForIO(read_source, close_source, s, name, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (*out == NULL)	/* which has closed the source */
		return error_set(err, ERR_DATA, "cannot be read as XML");
	xmlTextReaderSetErrorHandler(*out, keep_quiet, s);
	return 0;
}

static int
stream_error(xmlTextReaderPtr reader, struct error *err)
{
	const xmlError *e = xmlGetLastError();
	int line = xmlTextReaderGetParserLineNumber(reader);
	const char *text = e != NULL && e->message != NULL ? e->message : "not well-formed XML";
	xmlTextReaderErrorFunc handler;
	void *source = NULL;

	xmlTextReaderGetErrorHandler(reader, &handler, &source);
	if (source != NULL && ((struct source *)source)->refused)
		return error_set(err, ERR_DATA, "an element has more than %d attributes", LIMIT_XML_ATTRIBUTES);
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
