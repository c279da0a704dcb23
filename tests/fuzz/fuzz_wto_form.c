/* The notification form of the WTO, as document text. */
#include <string.h>

#include "feeds/wto_form.h"
#include "fuzz.h"
#include "lib/notice/notice.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_text(data, size);
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err = { .code = ERR_NONE };
	int rc = wto_form_read(text, &n, &err);

	REQUIRE(rc == 0 || (rc == ERR_DATA && err.text[0] != '\0'));
	REQUIRE((n.known & ~notice_known_by(WAY_FORM)) == 0);
	for (size_t i = 0; rc == 0 && i < notice_fields_count; i++) {
		AUTO_BUF value = BUF_INIT;

		notice_field_text(&n, i, &value);
		REQUIRE(fuzz_is_text(buf_str(&value), value.len, true));
		REQUIRE((n.known & UINT64_C(1) << i) != 0 || value.len == 0);
	}
	return 0;
}
