/* Members of a ZIP archive as streams, over libarchive: nothing is written to disk, what a bomb can cost is bounded. */
#ifndef REGWATCH_FEEDS_ZIP_H
#define REGWATCH_FEEDS_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "../lib/base/cleanup.h"

struct buf;
struct error;
struct zip;

#define ZIP_START 4	/* bytes by which an archive is known */
bool zip_begins(const void *data, size_t n);

/* Fails with ERR_IO (cannot be read), naming the file, or ERR_DATA (no ZIP archive), naming only what is in memory. */
int zip_open(const char *path, struct zip **out, struct error *err);
int zip_open_memory(const void *data, size_t n, const char *name, struct zip **out, struct error *err);
void zip_free(struct zip *zip);

/* Goes to the next regular member. 1 and its name (the archive's until the next call), 0 at the end, or ERR_DATA. */
int zip_next(struct zip *zip, const char **name, struct error *err);

/* Goes to the member of that name (slashes, no leading one; letter case does not count) behind the current one. 1, 0 or ERR_DATA. */
int zip_find(struct zip *zip, const char *name, struct error *err);

/* Up to n bytes of the current member; 0 at its end. Fails with ERR_DATA: damaged, or more unpacked in all than LIMIT_UNPACKED or a
 * hundred times the archive (64 MB are always allowed). */
ssize_t zip_read(struct zip *zip, void *data, size_t n, struct error *err);

/* The whole current member, appended; ERR_DATA when larger than max. */
int zip_read_all(struct zip *zip, size_t max, struct buf *out, struct error *err);

CLEANUP_POINTER(zip, struct zip *, zip_free)
#define AUTO_ZIP __attribute__((cleanup(cleanup_zip))) struct zip

#endif
