/* The ".idx" beside a pack, version 2 of git's format. */
#ifndef REGWATCH_STORE_PACK_INDEX_H
#define REGWATCH_STORE_PACK_INDEX_H

#include <git2/oid.h>
#include <stdint.h>
#include <stdio.h>

#include "../lib/base/sha1.h"

struct error;

struct pack_objects {		/* parallel arrays, in the order of the pack */
	const git_oid *id;
	const uint32_t *crc;	/* of the object's bytes in the pack */
	const uint64_t *offset;
	size_t n;
};

/* Writes the whole index to an empty file; it is left to the caller to sync it. ERR_IO. */
int pack_index_write(FILE *f, const struct pack_objects *objects, const unsigned char pack_sum[SHA1_BYTES], struct error *err);

#endif
