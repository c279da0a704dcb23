/* Checks store, index, raw and receipts against each other. */
#ifndef REGWATCH_STORE_VERIFY_H
#define REGWATCH_STORE_VERIFY_H

#include <stddef.h>

struct error;
struct index;
struct store;

/* Calls tell with one line for each thing that is broken ("commit 3fa4...: record 'eping/...' is damaged: line 3: ...") and counts them.
 * Every commit of main is read with its record and its raw object (libgit2 checks each object's hash), every receipt, and the index is compared
 * with the records and events of main. Commits of raw name those of main, so a history that was changed afterwards is found. Fails only when it cannot go on. */
struct verify_counts { size_t versions, problems; };
int store_verify(struct store *st, struct index *ix, void (*tell)(void *ctx, const char *problem), void *ctx, struct verify_counts *out, struct error *err);

#endif
