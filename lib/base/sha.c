/* What works without a provider is called: OpenSSL 3 takes milliseconds to find its first one, which each command would pay. */
#define OPENSSL_API_COMPAT 10100

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

static void
sha256(const void *data, size_t n, unsigned char digest[SHA256_DIGEST_LENGTH])
{
	SHA256_CTX ctx;

	SHA256_Init(&ctx);
	SHA256_Update(&ctx, data, n);
	SHA256_Final(digest, &ctx);
}

void
sha256_hex(const void *data, size_t n, char out[SHA256_HEX])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	sha256(data, n, digest);
	hex(digest, out);
}

void
hmac_sha256_hex(const void *key, size_t key_len, const void *data, size_t n, char out[SHA256_HEX])
{
	unsigned char digest[SHA256_DIGEST_LENGTH], short_key[SHA256_DIGEST_LENGTH];

	/* RFC 2104: a key longer than a block is replaced by its hash; this keeps the length an int */
	if (key_len > SHA256_CBLOCK) {
		sha256(key, key_len, short_key);
		key = short_key;
		key_len = sizeof(short_key);
	}
	HMAC(EVP_sha256(), key_len > 0 ? key : "", (int)key_len, data, n, digest, NULL);
	hex(digest, out);
}
