/* Differences in git's pack format: copies from a base and inserted bytes. */
#ifndef REGWATCH_STORE_DELTA_H
#define REGWATCH_STORE_DELTA_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"


/* For deltas whose edits are known: sizes of base and result, then copies and inserts in the order of the result. Appended. */
void delta_begin(size_t base_len, size_t result_len, struct buf *out);
void delta_copy(size_t offset, size_t n, struct buf *out);
void delta_insert(const void *data, size_t n, struct buf *out);

/* The whole difference, for texts. False, with out as it was, when it would take more than max bytes. */
bool delta_find(const void *base, size_t base_len, const void *result, size_t result_len, size_t max, struct buf *out);

#endif
