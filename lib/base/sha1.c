#include "sha1.h"

#include <openssl/evp.h>

#include "alloc.h"

struct sha1 {
	EVP_MD_CTX *ctx;
};

struct sha1 *
sha1_new(void)
{
	struct sha1 *s = xmalloc(sizeof(*s));

	s->ctx = EVP_MD_CTX_new();
	if (s->ctx != NULL && EVP_DigestInit_ex(s->ctx, EVP_sha1(), NULL) == 1)
		return s;
	sha1_free(s);
	return NULL;
}

void
sha1_free(struct sha1 *s)
{
	if (s != NULL)
		EVP_MD_CTX_free(s->ctx);
	free(s);
}

void
sha1_add(struct sha1 *s, const void *data, size_t n)
{
	EVP_DigestUpdate(s->ctx, data, n);
}

void
sha1_end(struct sha1 *s, unsigned char out[SHA1_BYTES])
{
	EVP_DigestFinal_ex(s->ctx, out, NULL);
}
