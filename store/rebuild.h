/* rebuild --store: every record derived again from the raw payloads, to identical commit ids. */
#ifndef REGWATCH_STORE_REBUILD_H
#define REGWATCH_STORE_REBUILD_H

#include <stddef.h>

#include "intake.h"

struct error;
struct store;

/* Replays branch 'raw' commit by commit into a scratch store in the folder 'scratch' (made, and removed at the end) and compares the tip of main after
 * each with the one that the raw commit names. When all agree, missing or damaged objects of main come back, main is set to the tip where it was lost, and *versions
 * is their number. Fails with ERR_DATA, touching nothing, when history was written by another normaliser or a record comes out otherwise. */
int store_rebuild(struct store *st, const char *scratch, intake_decode_fn *decode, size_t *versions, struct error *err);

#endif
