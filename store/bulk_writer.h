/* The thread behind store/bulk: compresses objects and appends them to the pack's file. */
#ifndef REGWATCH_STORE_BULK_WRITER_H
#define REGWATCH_STORE_BULK_WRITER_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../lib/base/buf.h"

struct error;
struct writer;

#define WRITER_NO_BASE UINT32_MAX

struct writer_object {
	uint32_t type;		/* of the object, as in git_object_t; also of a difference's result */
	uint32_t base;		/* number of an earlier object, or WRITER_NO_BASE */
	size_t n;		/* bytes */
};

/* f: open for writing, positioned behind the pack's header. It stays the caller's. */
struct writer *writer_new(FILE *f, uint64_t offset);
void writer_free(struct writer *w);

/* Queues an object; objects are numbered from 0 in the order of the calls. data is copied. Waits while too much is queued. Fails with what went wrong
 * before. */
int writer_add(struct writer *w, const struct writer_object *object, const void *data, struct error *err);

/* Waits until all is written (to f, not yet flushed); nothing can be added afterwards. */
int writer_end(struct writer *w, struct error *err);

/* After writer_end: CRC and place of each object. */
const uint32_t *writer_crcs(const struct writer *w);
const uint64_t *writer_offsets(const struct writer *w);

#endif
