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

/* What the form tells and the record does not say itself. */
static void
learn_form(struct notice *n, const struct notice *form)
{
	AUTO_NOTICE f = NOTICE_INIT;
	struct notice swap;

	notice_copy(&f, form);
	for (size_t row = 0; row < notice_fields_count; row++)
		if (!notice_field_empty(n, row) && (notice_fields[row].ways & ~(1u << WAY_FORM)) != 0)
			f.known &= ~(UINT64_C(1) << row);
	strv_copy(&f.symbols, &n->symbols);
	strv_copy(&f.members, &n->members);
	f.source = n->source;
	notice_merge(&f, n);
	f.vanished = n->vanished;
	swap = *n;
	*n = f;
	f = swap;
}

/* A form that is not understood is a text like others. */
static void
read_form(intake_decode_fn *decode, const char *path, const struct arrival_text *given, struct notice *before, struct notice *now)
{
	AUTO_NOTICE form = NOTICE_INIT;

	if (decode(path, given->payload, given->n, &form, NULL) < 0)
		return;
	learn_form(now, &form);
	if (before != NULL)
		learn_form(before, &form);
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
take_one(struct store *st, intake_decode_fn *decode, const struct arrival_text *given, struct notice *before, struct notice *now, struct texts *out, struct error *err)
{
	AUTO_ATTACHED a = ATTACHED_INIT;
	AUTO_BUF path = BUF_INIT;
	struct document *d, *old;
	bool known;	/* the record had the link: what it leads to is nothing new of the source */
	int rc;

	if ((rc = attached_read(given->payload, given->n, &a, err)) < 0)
		return error_prefix(err, "attached text of '%s'", now->id);
	if ((d = attached_find(now, &a.document)) == NULL || same_hash(d, &a))
		return 0;
	attached_path(now, d, &path);
	old = before != NULL ? attached_find(before, &a.document) : NULL;
	known = old != NULL && (old->text_sha256 == NULL || same_bytes(st, buf_str(&path), &a));
	if (known)
		set_hash(old, &a);
	set_hash(d, &a);
	if (strcmp(d->kind, "notification") == 0)
		read_form(decode, buf_str(&path), given, known ? before : NULL, now);
	keep(out, &a, given, buf_str(&path));
	return 0;
}

int
texts_take(struct store *st, intake_decode_fn *decode, const struct arrival_text *given, size_t n, struct notice *before, struct notice *now, struct texts *out,
    struct error *err)
{
	int rc = 0;

	*out = (struct texts)TEXTS_INIT;
	if (n == 0)
		return 0;
	out->v = xcalloc(n, sizeof(*out->v));
	out->files = xcalloc(n, sizeof(*out->files));
	out->paths = xcalloc(n, sizeof(*out->paths));
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_one(st, decode, &given[i], before, now, out, err);
	return rc;
}

void
texts_relearn(struct store *st, intake_decode_fn *decode, struct notice *now)
{
	char tip[OID_HEX];

	if (store_tip(st, STORE_RAW, tip, NULL) < 0 || tip[0] == '\0')
		return;
	for (size_t i = 0; i < now->documents.n; i++) {
		const struct document *d = &now->documents.v[i];
		AUTO_BUF path = BUF_INIT, payload = BUF_INIT;
		struct arrival_text text;

		if (strcmp(d->kind, "notification") != 0 || d->text_sha256 == NULL)
			continue;
		attached_path(now, d, &path);
		if (store_read(st, tip, buf_str(&path), &payload, NULL, NULL) < 0)
			continue;
		text = (struct arrival_text){ buf_str(&payload), payload.len };
		read_form(decode, buf_str(&path), &text, NULL, now);
	}
}
