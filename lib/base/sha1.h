/* SHA-1 in pieces, over libcrypto: for checksums of files in formats that ask for it and the names of what we make ourselves, never for the identity of
 * outside bytes (libgit2's, which detects collisions, does that at a fifth of the speed). */
#ifndef REGWATCH_BASE_SHA1_H
#define REGWATCH_BASE_SHA1_H

#include <stddef.h>

#include "cleanup.h"

#define SHA1_BYTES 20

struct sha1;

struct sha1 *sha1_new(void) __attribute__((returns_nonnull));
void sha1_free(struct sha1 *s);

void sha1_add(struct sha1 *s, const void *data, size_t n);

/* The sum of what was added; s then takes no more. */
void sha1_end(struct sha1 *s, unsigned char out[SHA1_BYTES]);

CLEANUP_POINTER(sha1, struct sha1 *, sha1_free)
#define AUTO_SHA1 __attribute__((cleanup(cleanup_sha1))) struct sha1

#endif
