/* Housekeeping of the repository, in the foreground, under the program's lock. */
#ifndef REGWATCH_STORE_MAINTAIN_H
#define REGWATCH_STORE_MAINTAIN_H

struct error;
struct store;

#define MAINTAIN_LOOSE 2000	/* loose objects that are left alone: about 250 versions */
#define MAINTAIN_PACKS 32	/* packs that are left alone */

/* Packs loose objects when there are more than MAINTAIN_LOOSE, joins small packs when there are more than MAINTAIN_PACKS, and then (or when a large store has none)
 * writes the commit-graph of main and raw. Does and writes nothing otherwise. What it replaces is removed only after its successor is on disk, so it may be
 * killed at any time. A file that cannot be read is left where it is. Fails with ERR_IO. */
int store_maintain(struct store *st, struct error *err);

#endif
