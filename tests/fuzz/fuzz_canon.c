/* A record's text form out of a store that somebody else wrote: what is read is written as the same record. */
#include "fuzz.h"
#include "lib/notice/canon.h"
#include "lib/redline/redline.h"

static void
no_difference(const struct notice *n)
{
	AUTO_REDLINE redline = REDLINE_INIT;

	redline_make(n, n, &redline);
	REQUIRE(redline.n == 0 && redline.callouts_n == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err = { 0, "" };

	if (canon_read((const char *)data, size, &n, &err) < 0) {
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0');
		return 0;
	}
	fuzz_record(&n);
	no_difference(&n);
	return 0;
}
