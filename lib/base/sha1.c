/* As in sha.c: what works without a provider, which takes milliseconds to find. */
#define OPENSSL_API_COMPAT 10100

#include "sha1.h"

#include <openssl/sha.h>

#include "alloc.h"

struct sha1 {
	SHA_CTX ctx;
};

struct sha1 *
sha1_new(void)
{
	struct sha1 *s = xmalloc(sizeof(*s));

	SHA1_Init(&s->ctx);
	return s;
}

void
sha1_free(struct sha1 *s)
{
	free(s);
}

void
sha1_add(struct sha1 *s, const void *data, size_t n)
{
	SHA1_Update(&s->ctx, data, n);
}

void
sha1_end(struct sha1 *s, unsigned char out[SHA1_BYTES])
{
	SHA1_Final(out, &s->ctx);
}
