#include "xlsx_part.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/limits.h"
#include "../lib/base/xml_stream.h"
#include "zip.h"

static ssize_t
read_part(void *ctx, char *data, size_t n)
{
	struct xlsx_part *p = ctx;

	return zip_read(p->zip, data, n, &p->read_error);
}

void
xlsx_part_close(struct xlsx_part *p)
{
	if (p->reader != NULL)
		xmlFreeTextReader(p->reader);
	zip_free(p->zip);
	p->reader = NULL;
	p->zip = NULL;
}

int
xlsx_part_open(const char *path, const char *name, struct xlsx_part *p, struct error *err)
{
	int rc;

	if ((rc = zip_open(path, &p->zip, err)) < 0)
		return rc;
	rc = zip_find(p->zip, name, err);
	if (rc == 1 && (rc = xml_stream_open(read_part, p, name, &p->reader, err)) == 0)
		return 1;
	return rc < 0 ? error_prefix(err, "%s", name) : 0;
}

int
xlsx_part_next(struct xlsx_part *p, struct error *err)
{
	int rc = xml_stream_next(p->reader, err);

	if (rc < 0 && p->read_error.code != 0) {
		*err = p->read_error;
		return err->code;
	}
	return rc;
}

static const char *
node_name(const struct xlsx_part *p)
{
	const xmlChar *name = xmlTextReaderConstLocalName(p->reader);

	return name != NULL ? (const char *)name : "";
}

const char *
xlsx_opened(const struct xlsx_part *p)
{
	return xmlTextReaderNodeType(p->reader) == XML_READER_TYPE_ELEMENT ? node_name(p) : "";
}

const char *
xlsx_closed(const struct xlsx_part *p)
{
	int type = xmlTextReaderNodeType(p->reader);

	if (type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(p->reader) == 1))
		return node_name(p);
	return "";
}

char *
xlsx_attribute(const struct xlsx_part *p, const char *name)
{
	char *found = NULL;
	int rc;

	for (rc = xmlTextReaderMoveToFirstAttribute(p->reader); rc == 1 && found == NULL; rc = xmlTextReaderMoveToNextAttribute(p->reader))
		if (strcmp(node_name(p), name) == 0)
			found = xstrdup((const char *)xmlTextReaderConstValue(p->reader));
	xmlTextReaderMoveToElement(p->reader);
	return found;
}

int
xlsx_add_text(const struct xlsx_part *p, struct buf *out, struct error *err)
{
	int type = xmlTextReaderNodeType(p->reader);
	const char *value;

	if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA && type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE &&
	    type != XML_READER_TYPE_WHITESPACE)
		return 0;
	value = (const char *)xmlTextReaderConstValue(p->reader);
	buf_adds(out, value);
	if (out->len > LIMIT_CELL)
		return error_set(err, ERR_DATA, "a cell of more than %d bytes", LIMIT_CELL);
	return 0;
}
