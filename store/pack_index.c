#include "pack_index.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/error.h"

#define LARGE_OFFSET UINT32_C(0x80000000)	/* offsets from here on live in a table of their own */

struct out {
	FILE *f;
	struct sha1 *sum;
	const struct pack_objects *objects;
	const uint32_t *order;		/* of the ids */
};

static void
put(struct out *o, const void *data, size_t n)
{
	sha1_add(o->sum, data, n);
	fwrite(data, 1, n, o->f);	/* the stream remembers a failure */
}

static void
put32(struct out *o, uint32_t v)
{
	const unsigned char bytes[4] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v };

	put(o, bytes, sizeof(bytes));
}

static int
compare_ids(const void *a, const void *b, void *ids)
{
	const git_oid *id = ids;

	return memcmp(id[*(const uint32_t *)a].id, id[*(const uint32_t *)b].id, GIT_OID_RAWSZ);
}

static uint32_t *
sorted(const struct pack_objects *objects)
{
	uint32_t *order = xmalloc(objects->n * sizeof(*order));

	for (size_t i = 0; i < objects->n; i++)
		order[i] = (uint32_t)i;
	qsort_r(order, objects->n, sizeof(*order), compare_ids, (void *)(uintptr_t)objects->id);
	return order;
}

/* How many ids begin with a byte up to this one. */
static void
put_fanout(struct out *o)
{
	uint32_t count[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < o->objects->n; i++)
		count[o->objects->id[i].id[0]]++;
	for (size_t i = 0; i < 256; i++)
		put32(o, sum += count[i]);
}

static void
put_offsets(struct out *o)
{
	uint32_t large = 0;

	for (size_t i = 0; i < o->objects->n; i++) {
		uint64_t offset = o->objects->offset[o->order[i]];

		put32(o, offset < LARGE_OFFSET ? (uint32_t)offset : LARGE_OFFSET | large++);
	}
	for (size_t i = 0; large > 0 && i < o->objects->n; i++) {
		uint64_t offset = o->objects->offset[o->order[i]];

		if (offset >= LARGE_OFFSET) {
			put32(o, (uint32_t)(offset >> 32));
			put32(o, (uint32_t)offset);
		}
	}
}

static void
put_all(struct out *o, const unsigned char pack_sum[SHA1_BYTES])
{
	unsigned char sum[SHA1_BYTES];

	put(o, "\377tOc\0\0\0\2", 8);
	put_fanout(o);
	for (size_t i = 0; i < o->objects->n; i++)
		put(o, o->objects->id[o->order[i]].id, GIT_OID_RAWSZ);
	for (size_t i = 0; i < o->objects->n; i++)
		put32(o, o->objects->crc[o->order[i]]);
	put_offsets(o);
	put(o, pack_sum, SHA1_BYTES);
	sha1_end(o->sum, sum);
	fwrite(sum, 1, sizeof(sum), o->f);
}

int
pack_index_write(FILE *f, const struct pack_objects *objects, const unsigned char pack_sum[SHA1_BYTES], struct error *err)
{
	AUTO_FREE uint32_t *order = sorted(objects);
	AUTO_SHA1 *sum = sha1_new();
	struct out o = { f, sum, objects, order };

	put_all(&o, pack_sum);
	if (fflush(f) != 0 || ferror(f))
		return error_errno(err, ERR_IO, "cannot write the index of a pack");
	return 0;
}
