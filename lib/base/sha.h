/* Hashes, over libcrypto. */
#ifndef REGWATCH_BASE_SHA_H
#define REGWATCH_BASE_SHA_H

#include <stddef.h>

#define SHA256_HEX 65	/* with NUL */

void sha256_hex(const void *data, size_t n, char out[SHA256_HEX]);
void hmac_sha256_hex(const void *key, size_t key_len, const void *data, size_t n, char out[SHA256_HEX]);

#endif
