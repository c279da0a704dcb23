/* Sentences of a paragraph: joined with one space they give it again. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/utf8.h"
#include "lib/notice/canon.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BUF clean = BUF_INIT;
	AUTO_FREE size_t *starts = NULL;
	size_t n;

	utf8_clean((const char *)data, size, false, &clean);
	n = canon_sentences(buf_str(&clean), clean.len, &starts);
	REQUIRE((n >= 1) == (clean.len > 0));
	for (size_t i = 0; i < n; i++) {
		REQUIRE(starts[i] < clean.len);
		REQUIRE(i == 0 ? starts[i] == 0 : starts[i] > starts[i - 1] + 1);
		REQUIRE(i == 0 || clean.data[starts[i] - 1] == ' ');
	}
	return 0;
}
