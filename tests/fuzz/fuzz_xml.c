/* A page of HTML as a tree and as text: "CHARSET", "%%", the page. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"
#include "lib/base/xml.h"

#define MOST 50

static void
elements(xmlDocPtr doc)
{
	xmlNode *found[MOST];
	size_t n = xml_find(doc, NULL, "//*[@href or @class]", found, MOST);

	REQUIRE(n <= MOST);
	for (size_t i = 0; i < n; i++) {
		xmlChar *href = xml_attribute(found[i], "href");

		if (href != NULL)
			REQUIRE(utf8_valid((const char *)href, strlen((const char *)href)));
		xmlFree(href);
	}
}

static void
escaped(const char *s)
{
	AUTO_BUF out = BUF_INIT, page = BUF_INIT;
	xmlTextReaderPtr reader;
	int rc;

	xml_escape(s, &out);
	REQUIRE(strpbrk(buf_str(&out), "<>\"") == NULL);
	buf_addf(&page, "<a b=\"%s\">%s</a>", buf_str(&out), buf_str(&out));
	reader = xml_reader(page.data, page.len, "escaped");
	REQUIRE(reader != NULL);
	while ((rc = xmlTextReaderRead(reader)) == 1)
		continue;
	REQUIRE(rc == 0);
	xmlFreeTextReader(reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *mark = memmem(data, size, "%%\n", 3);
	AUTO_FREE char *charset = fuzz_text(data, mark != NULL ? (size_t)(mark - data) : 0);
	size_t skip = mark != NULL ? (size_t)(mark + 3 - data) : 0;
	AUTO_XML_DOC doc = NULL;
	AUTO_BUF text = BUF_INIT;
	struct error err = { 0, "" };

	if (xml_parse_html((const char *)data + skip, size - skip, charset, &doc, &err) < 0) {
		REQUIRE(doc == NULL && err.code == ERR_DATA && err.text[0] != '\0');
		return 0;
	}
	xml_node_text(xmlDocGetRootElement(doc), &text);
	REQUIRE(utf8_valid(buf_str(&text), text.len));
	elements(doc);
	if (text.len < 10000000)
		escaped(buf_str(&text));
	return 0;
}
