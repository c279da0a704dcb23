/* An attached text without mark-up, in any charset. */
#include "document_lines.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_extract(plain_text, (const char *)data, size);
	return 0;
}
