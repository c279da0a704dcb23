/* A Word document: the bytes of a package, or (for inputs that do not begin as one) what stands in its body, styles, numbering, footnotes and endnotes, cut at
 * lines "%%", packed here. */
#include "document_lines.h"

#define assert_true(promise) REQUIRE(promise)
#define assert_int_equal(a, b) REQUIRE((size_t)(a) == (size_t)(b))
#include "tests/unit/docx_maker.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zip_maker zip = { .members = 0 };
	char *parts[5];

	if (size >= 2 && memcmp(data, "PK", 2) == 0) {
		fuzz_extract(docx_text, (const char *)data, size);
		return 0;
	}
	fuzz_parts(data, size, parts, 5);
	docx_make(&zip, &(struct docx_parts){ parts[0], parts[1], parts[2], parts[3], parts[4] });
	fuzz_extract(docx_text, zip.file.data, zip.file.len);
	buf_clear(&zip.file);
	for (size_t i = 0; i < 5; i++)
		free(parts[i]);
	return 0;
}
