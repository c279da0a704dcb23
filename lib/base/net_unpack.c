/* libcurl could unpack too, but takes a packed stream that ends early for a whole answer. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "alloc.h"
#include "net_private.h"

enum coding { GZIP, DEFLATE };

struct net_unpack {
	enum coding coding;
	z_stream z;
	bool begun;	/* z is initialised: there were bytes */
	bool ended;	/* at the end of a stream */
};

static const struct {
	const char *name;
	enum coding coding;
} codings[] = {
	{ "gzip", GZIP },
	{ "x-gzip", GZIP },
	{ "deflate", DEFLATE },
};

struct net_unpack *
net_unpack_new(const char *coding, struct error *err)
{
	struct net_unpack *u;

	if (coding == NULL || coding[0] == '\0' || strcasecmp(coding, "identity") == 0)
		return NULL;
	for (size_t i = 0; i < sizeof(codings) / sizeof(*codings); i++) {
		if (strcasecmp(coding, codings[i].name) != 0)
			continue;
		u = xcalloc(1, sizeof(*u));
		u->coding = codings[i].coding;
		return u;
	}
	error_set(err, ERR_AGAIN, "answers in the content coding '%.60s', which was not asked for", coding);
	return NULL;
}

void
net_unpack_free(struct net_unpack *u)
{
	if (u == NULL)
		return;
	if (u->begun)
		inflateEnd(&u->z);
	free(u);
}

/* "deflate" means the zlib format, but some servers send the bare one; zlib's first byte is x8 with x below 8. */
static int
begin(struct net_unpack *u, unsigned char first, struct error *err)
{
	int bits = MAX_WBITS;

	if (u->coding == GZIP)
		bits += 16;
	else if ((first & 0x0f) != 8 || first >> 4 > 7)
		bits = -bits;
	if (inflateInit2(&u->z, bits) != Z_OK)
		return error_set(err, ERR_SYSTEM, "cannot start zlib");
	u->begun = true;
	return 0;
}

/* One step: what is unpacked is added to out. */
static int
step(struct net_unpack *u, size_t max, struct buf *out, struct error *err)
{
	unsigned char room[16384];
	size_t got;
	int rc;

	if (u->ended && inflateReset(&u->z) != Z_OK)	/* gzip streams may follow one another */
		return error_set(err, ERR_SYSTEM, "cannot restart zlib");
	u->z.next_out = room;
	u->z.avail_out = sizeof(room);
	rc = inflate(&u->z, Z_NO_FLUSH);
	got = sizeof(room) - u->z.avail_out;
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return error_set(err, ERR_AGAIN, "its content coding is broken: %s", u->z.msg != NULL ? u->z.msg : "bad stream");
	if (got > max - out->len)
		return error_set(err, ERR_DATA, "larger than %zu bytes when unpacked", max);
	buf_add(out, room, got);
	u->ended = rc == Z_STREAM_END;
	return 0;
}

int
net_unpack_add(struct net_unpack *u, const void *data, size_t n, size_t max, struct buf *out, struct error *err)
{
	int rc = 0;

	if (n == 0)
		return 0;
	if (n > UINT_MAX)
		return error_set(err, ERR_DATA, "larger than %zu bytes", max);
	if (!u->begun)
		rc = begin(u, *(const unsigned char *)data, err);
	u->z.next_in = (z_const Bytef *)(uintptr_t)data;
	u->z.avail_in = (uInt)n;
	/* A full room may leave output inside zlib though all input is taken. */
	while (rc == 0 && (u->z.avail_in > 0 || (u->z.avail_out == 0 && !u->ended)))
		rc = step(u, max, out, err);
	return rc;
}

int
net_unpack_end(const struct net_unpack *u, struct error *err)
{
	if (u == NULL || !u->begun || u->ended)
		return 0;
	return error_set(err, ERR_AGAIN, "its packed content ends too early");
}
