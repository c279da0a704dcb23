/* A page as an attached text. */
#include "document_lines.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_extract(html_text, (const char *)data, size);
	return 0;
}
