#include "attached.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/limits.h"
#include "../base/sha.h"
#include "../base/utf8.h"
#include "fields.h"
#include "symbol.h"

#define SLUG_MAX 48	/* bytes of a file name taken from a link */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* Eight digits that tell links apart whose names are alike; letter case of a link does not count. */
static void
add_mark(const char *url, struct buf *out)
{
	AUTO_FREE char *folded = xstrdup(url);
	char hash[SHA256_HEX];

	for (char *p = folded; *p != '\0'; p++)
		*p = lower(*p);
	sha256_hex(folded, strlen(folded), hash);
	buf_addf(out, "%.8s", hash);
}

/* What the last part of the link calls the file, without its ending: "26_01234_00_e". Empty when that is no more than the language, as in ".../text/D/EN". */
static void
add_slug(const struct document *d, struct buf *out)
{
	const char *slash = strrchr(d->url, '/'), *name = slash != NULL ? slash + 1 : d->url, *dot = strrchr(name, '.');
	size_t n = dot != NULL && strlen(dot) <= 6 ? (size_t)(dot - name) : strlen(name), from = out->len;
	bool changed = n > SLUG_MAX;

	for (size_t i = 0; i < n && i < SLUG_MAX; i++) {
		char c = lower(name[i]);

		changed |= !is_plain(c);
		buf_addc(out, is_plain(c) ? c : '-');
	}
	if (strcmp(out->len > from ? out->data + from : "", d->lang) == 0)
		buf_truncate(out, from);
	else if (changed)
		add_mark(d->url, out);
}

/* "draft", "draft-26_01234_00_e" */
static void
add_name(const struct document *d, struct buf *out)
{
	AUTO_BUF slug = BUF_INIT;

	add_slug(d, &slug);
	buf_adds(out, d->kind);
	if (slug.len > 0)
		buf_addf(out, "-%s", buf_str(&slug));
}

/* Has an earlier document of the record the same kind, language and name? */
static bool
name_is_taken(const struct notice *n, const struct document *d, const char *name)
{
	for (size_t i = 0; i < n->documents.n; i++) {
		const struct document *other = &n->documents.v[i];
		AUTO_BUF its = BUF_INIT;

		if (document_cmp(other, d) >= 0)
			return false;
		if (strcmp(other->kind, d->kind) != 0 || strcmp(other->lang, d->lang) != 0)
			continue;
		add_name(other, &its);
		if (strcmp(buf_str(&its), name) == 0)
			return true;
	}
	return false;
}

void
attached_path(const struct notice *n, const struct document *d, struct buf *out)
{
	AUTO_BUF stem = BUF_INIT, name = BUF_INIT;
	const char *last;

	symbol_path(n->id, &stem);
	last = strrchr(buf_str(&stem), '/') + 1;
	buf_addf(out, "%.*sdocuments/", (int)(last - stem.data), stem.data);
	if (strcmp(last, "notification") != 0)
		buf_addf(out, "%s-", last);
	add_name(d, &name);
	buf_adds(out, buf_str(&name));
	if (name_is_taken(n, d, buf_str(&name))) {
		buf_addc(out, '-');
		add_mark(d->url, out);
	}
	buf_addf(out, ".%s.txt", d->lang[0] != '\0' ? d->lang : "und");
}

char *
attached_name(const struct notice *n, const struct document *d)
{
	AUTO_BUF path = BUF_INIT;
	const char *name;

	attached_path(n, d, &path);
	name = strrchr(buf_str(&path), '/') + 1;
	return xstrndup(name, strlen(name) - strlen(".txt"));
}

bool
attached_is_path(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = strlen(path);

	return slash != NULL && slash - path >= 10 && strncmp(slash - 10, "/documents", 10) == 0 && n > 4 && strcmp(path + n - 4, ".txt") == 0;
}

void
attached_clear(struct attached *a)
{
	free(a->notification);
	document_clear(&a->document);
	free(a->bytes_sha256);
	free(a->extractor);
	strv_clear(&a->notes);
	*a = (struct attached){ .notification = NULL };
}

static void
add_line(const char *key, const char *value, struct buf *out)
{
	buf_addf(out, "%s: ", key);
	utf8_clean(value, strlen(value), false, out);
	buf_addc(out, '\n');
}

void
attached_write(const struct attached *a, struct buf *out)
{
	const struct document *d = &a->document;

	add_line("Notification", a->notification, out);
	buf_addf(out, "Document: %s %s %s\n", d->kind, d->lang[0] != '\0' ? d->lang : "-", d->url);
	add_line("Bytes-SHA256", a->bytes_sha256, out);
	add_line("Extractor", a->extractor, out);
	for (size_t i = 0; i < a->notes.n && i < ATTACHED_NOTES; i++)
		if (a->notes.v[i][0] != '\0')
			add_line("Note", a->notes.v[i], out);
	buf_addc(out, '\n');
	buf_add(out, a->text, a->text_len);
}

/* "draft en https://...": through documents_add, so that nothing gets in that a record could not hold. */
static int
read_document(const char *value, struct document *out, struct error *err)
{
	AUTO_STRV words = STRV_INIT;
	struct documents d = { NULL, 0, 0 };

	strv_split(&words, value, " ");
	if (words.n == 3)
		documents_add(&d, words.v[0], strcmp(words.v[1], "-") == 0 ? "" : words.v[1], words.v[2]);
	if (d.n == 0 || strcmp(d.v[0].kind, words.v[0]) != 0 || strcmp(d.v[0].url, words.v[2]) != 0) {
		documents_ops.clear(&d);
		return error_set(err, ERR_DATA, "'%.100s' is no kind, language and link", value);
	}
	*out = d.v[0];
	free(d.v);
	return 0;
}

/* The value of the line at *p, which must begin with the key; the caller's. NULL when it does not. */
static char *
cut_value(const char **p, const char *end, const char *key)
{
	size_t n = strlen(key);
	const char *line = *p, *stop = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;

	if (stop == NULL || (size_t)(stop - line) < n + 3 || memcmp(line, key, n) != 0 || memcmp(line + n, ": ", 2) != 0)
		return NULL;
	*p = stop + 1;
	return xstrndup(line + n + 2, (size_t)(stop - line) - n - 2);
}

static bool
is_hash(const char *s)
{
	return strlen(s) == SHA256_HEX - 1 && strspn(s, "0123456789abcdef") == SHA256_HEX - 1;
}

static void
read_notes(const char **p, const char *end, struct strv *out)
{
	char *note;

	while (out->n < ATTACHED_NOTES && (note = cut_value(p, end, "Note")) != NULL)
		strv_take(out, note);
}

static int
read_head(const char **p, const char *end, struct attached *out, struct error *err)
{
	AUTO_FREE char *document = NULL;
	int rc;

	if ((out->notification = cut_value(p, end, "Notification")) == NULL)
		return error_set(err, ERR_DATA, "line 1: no 'Notification: '");
	if ((document = cut_value(p, end, "Document")) == NULL)
		return error_set(err, ERR_DATA, "line 2: no 'Document: '");
	if ((rc = read_document(document, &out->document, err)) < 0)
		return error_prefix(err, "line 2");
	if ((out->bytes_sha256 = cut_value(p, end, "Bytes-SHA256")) == NULL || !is_hash(out->bytes_sha256))
		return error_set(err, ERR_DATA, "line 3: no 'Bytes-SHA256: ' with 64 digits");
	if ((out->extractor = cut_value(p, end, "Extractor")) == NULL)
		return error_set(err, ERR_DATA, "line 4: no 'Extractor: '");
	read_notes(p, end, &out->notes);
	if (*p == end || **p != '\n')
		return error_set(err, ERR_DATA, "line %zu: not empty", out->notes.n + 5);
	++*p;
	return 0;
}

int
attached_read(const char *payload, size_t n, struct attached *out, struct error *err)
{
	const char *p = payload, *end = payload + n;
	char hash[SHA256_HEX];
	int rc;

	*out = (struct attached){ .notification = NULL };
	if ((rc = read_head(&p, end, out, err)) < 0) {
		attached_clear(out);
		return rc;
	}
	out->text = p;
	out->text_len = (size_t)(end - p);
	sha256_hex(p, out->text_len, hash);
	out->document.text_sha256 = xstrdup(hash);
	return 0;
}

struct document *
attached_find(const struct notice *n, const struct document *d)
{
	for (size_t i = 0; i < n->documents.n; i++)
		if (document_cmp(&n->documents.v[i], d) == 0)
			return &n->documents.v[i];
	return NULL;
}

bool
attached_lists(const struct notice *n, const char *kind)
{
	for (size_t i = 0; i < n->documents.n; i++)
		if (strcmp(n->documents.v[i].kind, kind) == 0)
			return true;
	return false;
}

const struct document *
attached_held(const struct notice *n, const char *kind, const char *lang)
{
	for (size_t i = 0; i < n->documents.n; i++) {
		const struct document *d = &n->documents.v[i];

		if (d->text_sha256 != NULL && strcmp(d->kind, kind) == 0 && (lang == NULL || strcmp(d->lang, lang) == 0))
			return d;
	}
	return NULL;
}
