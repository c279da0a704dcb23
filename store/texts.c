#include "texts.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"

void
texts_clear(struct texts *t)
{
	for (size_t i = 0; i < t->n; i++) {
		attached_clear(&t->v[i]);
		free(t->paths[i]);
	}
	free(t->v);
	free(t->files);
	free(t->paths);
	*t = (struct texts){ .v = NULL };
}

static bool
same_hash(const struct document *d, const struct attached *a)
{
	return d->text_sha256 != NULL && strcmp(d->text_sha256, a->document.text_sha256) == 0;
}

static void
set_hash(struct document *d, const struct attached *a)
{
	free(d->text_sha256);
	d->text_sha256 = xstrdup(a->document.text_sha256);
}

/* Was the text that the store holds at this path made from the same bytes? Then another extractor reads them otherwise now. */
static bool
same_bytes(struct store *st, const char *path, const struct attached *a)
{
	AUTO_BUF payload = BUF_INIT;
	AUTO_ATTACHED old = ATTACHED_INIT;
	char tip[OID_HEX];

	return store_tip(st, STORE_RAW, tip, NULL) == 0 && tip[0] != '\0' && store_read(st, tip, path, &payload, NULL, NULL) == 0 &&
	    attached_read(buf_str(&payload), payload.len, &old, NULL) == 0 && strcmp(old.bytes_sha256, a->bytes_sha256) == 0;
}

/* Takes over 'a', which the payload 'given' holds. */
static void
keep(struct texts *t, struct attached *a, const struct arrival_text *given, const char *path)
{
	t->v[t->n] = *a;
	t->paths[t->n] = xstrdup(path);
	t->files[t->n] = (struct new_attached){ .path = t->paths[t->n], .text = a->text, .text_len = a->text_len, .payload = given->payload, .payload_len = given->n };
	t->n++;
	*a = (struct attached)ATTACHED_INIT;
}

static int
take_one(struct store *st, const struct arrival_text *given, struct notice *before, struct notice *now, struct texts *out, struct error *err)
{
	AUTO_ATTACHED a = ATTACHED_INIT;
	AUTO_BUF path = BUF_INIT;
	struct document *d, *old;
	int rc;

	if ((rc = attached_read(given->payload, given->n, &a, err)) < 0)
		return error_prefix(err, "attached text of '%s'", now->id);
	if ((d = attached_find(now, &a.document)) == NULL || same_hash(d, &a))
		return 0;
	attached_path(now, d, &path);
	old = before != NULL ? attached_find(before, &a.document) : NULL;
	if (old != NULL && (old->text_sha256 == NULL || same_bytes(st, buf_str(&path), &a)))
		set_hash(old, &a);
	set_hash(d, &a);
	keep(out, &a, given, buf_str(&path));
	return 0;
}

int
texts_take(struct store *st, const struct arrival_text *given, size_t n, struct notice *before, struct notice *now, struct texts *out, struct error *err)
{
	int rc = 0;

	*out = (struct texts)TEXTS_INIT;
	if (n == 0)
		return 0;
	out->v = xcalloc(n, sizeof(*out->v));
	out->files = xcalloc(n, sizeof(*out->files));
	out->paths = xcalloc(n, sizeof(*out->paths));
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_one(st, &given[i], before, now, out, err);
	return rc;
}
