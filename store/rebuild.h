/* rebuild --store: every record derived again from the raw payloads, to identical commit ids. */
#ifndef REGWATCH_STORE_REBUILD_H
#define REGWATCH_STORE_REBUILD_H

#include <stddef.h>

#include "../lib/notice/notice.h"

struct error;
struct store;

/* Decodes raw bytes into a normalised notice; out is initialised by the call. */
typedef int rebuild_decode_fn(const char *raw_path, const char *raw, size_t n, struct notice *out, struct error *err);

/* Replays branch 'raw' commit by commit into a scratch store in the folder 'scratch' (made, and removed at the end) and compares the tip of main after
 * each with the one that the raw commit names. When all agree, missing or damaged objects of main come back, main is set to the tip where it was lost, and *versions
 * is their number. Fails with ERR_DATA, touching nothing, when history was written by another normaliser or a record comes out otherwise. */
int store_rebuild(struct store *st, const char *scratch, rebuild_decode_fn *decode, size_t *versions, struct error *err);

#endif
