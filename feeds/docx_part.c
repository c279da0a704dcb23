#include "docx_part.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/limits.h"
#include "zip.h"

static ssize_t
read_part(void *ctx, char *data, size_t n)
{
	struct docx_part *p = ctx;
	ssize_t got = zip_read(p->zip, data, n, &p->read_error);

	if (got <= 0)
		return got;
	p->package->unpacked += (size_t)got;
	if (p->package->unpacked > LIMIT_DOCUMENT_UNPACKED)
		return error_set(&p->read_error, ERR_DATA, "unpacks to more than %zu MB", LIMIT_DOCUMENT_UNPACKED >> 20);
	return got;
}

void
docx_part_close(struct docx_part *p)
{
	if (p->reader != NULL)
		xmlFreeTextReader(p->reader);
	zip_free(p->zip);
	buf_clear(&p->value);
	p->reader = NULL;
	p->zip = NULL;
}

int
docx_part_open(struct docx_package *package, const char *name, struct docx_part *p, struct error *err)
{
	int rc;

	p->package = package;
	if (name == NULL)
		return 0;
	if ((rc = zip_open_memory(package->bytes, package->n, "document", &p->zip, err)) < 0)
		return rc;
	rc = zip_find(p->zip, name, err);
	if (rc == 1 && (rc = xml_stream_open(read_part, p, name, &p->reader, err)) == 0)
		return 1;
	return rc < 0 ? error_prefix(err, "'%.100s'", name) : 0;
}

static enum docx_space
space_of(const char *uri)
{
	static const struct { const char *uri; enum docx_space space; } spaces[] = {
		{ "http://schemas.openxmlformats.org/wordprocessingml/2006/main", DOCX_W },
		{ "http://purl.oclc.org/ooxml/wordprocessingml/main", DOCX_W },
		{ "http://schemas.openxmlformats.org/officeDocument/2006/math", DOCX_M },
		{ "http://purl.oclc.org/ooxml/officeDocument/math", DOCX_M },
		{ "http://schemas.openxmlformats.org/markup-compatibility/2006", DOCX_MC },
	};

	for (size_t i = 0; uri != NULL && i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (strcmp(uri, spaces[i].uri) == 0)
			return spaces[i].space;
	return DOCX_OTHER;
}

/* The reader keeps each name once: the same address is the same name. */
static enum docx_space
space_of_node(struct docx_part *p)
{
	const xmlChar *uri = xmlTextReaderConstNamespaceUri(p->reader);

	if (uri == NULL)
		return DOCX_OTHER;
	if (uri != p->last_uri)
		p->last_space = space_of((const char *)uri);
	p->last_uri = uri;
	return p->last_space;
}

/* Does the reader stand at something that is an event? */
static bool
take_event(struct docx_part *p)
{
	int type = xmlTextReaderNodeType(p->reader);

	p->depth = xmlTextReaderDepth(p->reader);
	if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
	    type == XML_READER_TYPE_WHITESPACE) {
		p->event = DOCX_TEXT;
		p->space = DOCX_OTHER;
		p->name = "";
		return true;
	}
	if (type != XML_READER_TYPE_ELEMENT && type != XML_READER_TYPE_END_ELEMENT)
		return false;
	p->event = type == XML_READER_TYPE_ELEMENT ? DOCX_OPEN : DOCX_CLOSE;
	p->name = (const char *)xmlTextReaderConstLocalName(p->reader);
	p->space = space_of_node(p);
	p->close_next = p->event == DOCX_OPEN && xmlTextReaderIsEmptyElement(p->reader) == 1;
	return true;
}

int
docx_part_next(struct docx_part *p, struct error *err)
{
	int rc;

	if (p->close_next) {
		p->close_next = false;
		p->event = DOCX_CLOSE;
		return 1;
	}
	while ((rc = xml_stream_next(p->reader, err)) == 1)
		if (take_event(p))
			return 1;
	if (rc < 0 && p->read_error.code != 0) {
		*err = p->read_error;
		return err->code;
	}
	return rc;
}

bool
docx_opens(const struct docx_part *p, enum docx_space space, const char *name)
{
	return p->event == DOCX_OPEN && p->space == space && strcmp(p->name, name) == 0;
}

bool
docx_closes(const struct docx_part *p, enum docx_space space, const char *name)
{
	return p->event == DOCX_CLOSE && p->space == space && strcmp(p->name, name) == 0;
}

int
docx_part_root(struct docx_part *p, const char *name, struct error *err)
{
	int rc;

	while ((rc = docx_part_next(p, err)) == 1 && p->event == DOCX_TEXT)
		continue;
	if (rc < 0)
		return rc;
	if (rc == 0 || !docx_opens(p, DOCX_W, name))
		return error_set(err, ERR_DATA, "no Word document: its root is '%.40s'", rc == 1 ? p->name : "");
	return 0;
}

const char *
docx_attribute(struct docx_part *p, const char *name)
{
	bool found = false;
	int rc;

	for (rc = xmlTextReaderMoveToFirstAttribute(p->reader); rc == 1 && !found; rc = xmlTextReaderMoveToNextAttribute(p->reader)) {
		const char *is = (const char *)xmlTextReaderConstLocalName(p->reader);

		if (strcmp(is, name) != 0)
			continue;
		buf_reset(&p->value);
		buf_adds(&p->value, (const char *)xmlTextReaderConstValue(p->reader));
		found = true;
	}
	xmlTextReaderMoveToElement(p->reader);
	return found ? buf_str(&p->value) : NULL;
}

long
docx_number(struct docx_part *p, const char *name, long min, long max, long otherwise)
{
	const char *text = docx_attribute(p, name);
	char *end;
	long value;

	if (text == NULL || *text == '\0')
		return otherwise;
	errno = 0;
	value = strtol(text, &end, 10);
	return errno != 0 || *end != '\0' || value < min || value > max ? otherwise : value;
}

bool
docx_switch(struct docx_part *p)
{
	const char *val = docx_attribute(p, "val");

	return val == NULL || (strcmp(val, "0") != 0 && strcmp(val, "false") != 0 && strcmp(val, "off") != 0);
}

const char *
docx_value(const struct docx_part *p)
{
	const xmlChar *value = xmlTextReaderConstValue(p->reader);

	return value != NULL ? (const char *)value : "";
}
