/* A packed answer: the first byte tells coding and size of the pieces in which the rest comes. In pieces or whole, the same comes out. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/net_private.h"

#define MOST 100000

static int
unpack(const char *coding, const uint8_t *data, size_t size, size_t piece, struct buf *out)
{
	struct error err = { 0, "" };
	struct net_unpack *u = net_unpack_new(coding, &err);
	int rc = 0;

	REQUIRE(u != NULL);
	for (size_t at = 0; rc == 0 && at < size; at += piece)
		rc = net_unpack_add(u, data + at, size - at < piece ? size - at : piece, MOST, out, &err);
	if (rc == 0)
		rc = net_unpack_end(u, &err);
	REQUIRE(out->len <= MOST);
	REQUIRE(rc == 0 || ((rc == ERR_AGAIN || rc == ERR_DATA) && err.text[0] != '\0'));
	net_unpack_free(u);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BUF whole = BUF_INIT, pieces = BUF_INIT;
	uint8_t choice = size > 0 ? data[0] : 0;
	const char *coding = (choice & 1) != 0 ? "deflate" : "gzip";
	bool good;

	if (size == 0)
		return 0;
	good = unpack(coding, data + 1, size - 1, size, &whole) == 0;
	REQUIRE(good == (unpack(coding, data + 1, size - 1, 1 + choice / 2, &pieces) == 0));
	REQUIRE(!good || whole.len == pieces.len);	/* what was unpacked before a failure, and which failure comes first, depends on the pieces */
	REQUIRE(memcmp(buf_str(&whole), buf_str(&pieces), whole.len < pieces.len ? whole.len : pieces.len) == 0);
	return 0;
}
