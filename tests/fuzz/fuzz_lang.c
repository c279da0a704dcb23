/* The language of a text. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/lang.h"
#include "lib/base/utf8.h"

static void
detect(const char *text, const char *expected)
{
	static const char *const known[] = { "", "en", "fr", "es", "de", "it", "pl", "nl", "sv", "pt" };
	const char *found = lang_detect(text, expected);
	bool is_known = found == expected;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		is_known = is_known || strcmp(found, known[i]) == 0;
	REQUIRE(is_known && strcmp(lang_detect(text, expected), found) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_text(data, size);
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(text, strlen(text), true, &clean);
	detect(buf_str(&clean), "");
	detect(buf_str(&clean), "en");
	detect(buf_str(&clean), "bg");
	return 0;
}
