#include "sha.h"

#include <openssl/hmac.h>
#include <openssl/sha.h>


static void
hex(const unsigned char digest[SHA256_DIGEST_LENGTH], char out[SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[SHA256_HEX - 1] = '\0';
}

void
sha256_hex(const void *data, size_t n, char out[SHA256_HEX])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	SHA256(data, n, digest);
	hex(digest, out);
}

void
hmac_sha256_hex(const void *key, size_t key_len, const void *data, size_t n, char out[SHA256_HEX])
{
	unsigned char digest[SHA256_DIGEST_LENGTH], short_key[SHA256_DIGEST_LENGTH];

	/* RFC 2104: a key longer than a block is replaced by its hash; this keeps the length an int */
	if (key_len > SHA256_CBLOCK) {
		SHA256(key, key_len, short_key);
		key = short_key;
		key_len = sizeof(short_key);
	}
	HMAC(EVP_sha256(), key_len > 0 ? key : "", (int)key_len, data, n, digest, NULL);
	hex(digest, out);
}
