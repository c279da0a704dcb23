/* A field of an API that holds HTML, or does not. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"
#include "lib/base/xml.h"

static void
fragment(const char *html, bool keep_lines)
{
	AUTO_BUF text = BUF_INIT, again = BUF_INIT, plain = BUF_INIT;

	xml_fragment_text(html, keep_lines, &text);
	REQUIRE(fuzz_is_text(buf_str(&text), text.len, keep_lines));
	utf8_clean(buf_str(&text), text.len, keep_lines, &again);
	REQUIRE(strcmp(buf_str(&text), buf_str(&again)) == 0);
	if (strpbrk(html, "<&") != NULL)
		return;
	utf8_clean(html, strlen(html), keep_lines, &plain);
	REQUIRE(strcmp(buf_str(&text), buf_str(&plain)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *html = fuzz_text(data, size);

	fragment(html, true);
	fragment(html, false);
	return 0;
}
