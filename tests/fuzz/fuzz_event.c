/* The value of an "Event:" trailer. */
#include <string.h>

#include "fuzz.h"
#include "lib/notice/event.h"

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *value = fuzz_text(data, size);
	AUTO_BUF text = BUF_INIT, words = BUF_INIT;
	struct event e = { .kind = EVENT_NEW }, back = { .kind = EVENT_NEW };
	struct error err = { 0, "" };

	if (event_read(value, &e, &err) < 0) {
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0');
		event_clear(&e);
		return 0;
	}
	event_write(&e, &text);
	REQUIRE(fuzz_is_text(buf_str(&text), text.len, false));
	REQUIRE(event_read(buf_str(&text), &back, &err) == 0);
	REQUIRE(e.kind == back.kind && same(e.old, back.old) && same(e.new, back.new) && same(e.detail, back.detail));
	event_describe(&e, &words);
	REQUIRE(fuzz_is_text(buf_str(&words), words.len, true));
	event_clear(&e);
	event_clear(&back);
	return 0;
}
