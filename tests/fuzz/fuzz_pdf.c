/* What pdftotext wrote of a PDF. */
#include "document_lines.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_DOCUMENT_TEXT d = DOCUMENT_TEXT_INIT, again = DOCUMENT_TEXT_INIT;
	struct error err = { .code = ERR_NONE };
	int rc = pdf_paragraphs((const char *)data, size, &d, &err);

	REQUIRE(pdf_paragraphs((const char *)data, size, &again, &err) == rc);
	if (rc < 0) {
		REQUIRE(rc == ERR_DATA && err.text[0] != '\0');
		return 0;
	}
	REQUIRE(strcmp(d.text, again.text) == 0);
	fuzz_document_lines(d.text);
	return 0;
}
