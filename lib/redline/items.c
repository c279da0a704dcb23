#include "items.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"

static void
read_set(const void *field, struct strv *out)
{
	strv_copy(out, field);
}

static void
read_codes(const void *field, struct strv *out)
{
	const struct codes *c = field;

	for (size_t i = 0; i < c->n; i++)
		strv_add(out, c->v[i].code);
}

static void
read_documents(const void *field, struct strv *out)
{
	const struct documents *d = field;

	for (size_t i = 0; i < d->n; i++) {
		const struct document *x = &d->v[i];
		AUTO_BUF text = BUF_INIT;

		buf_addf(&text, "%s %s%s%s", x->kind, x->lang != NULL ? x->lang : "", x->lang != NULL && *x->lang != '\0' ? " " : "", x->url);
		if (x->text_sha256 != NULL)
			buf_addf(&text, " (sha256 %s)", x->text_sha256);
		strv_add(out, buf_str(&text));
	}
}

static void
read_variants(const void *field, struct strv *out)
{
	const struct variants *v = field;

	for (size_t i = 0; i < v->n; i++) {
		AUTO_BUF text = BUF_INIT;

		buf_addf(&text, "%s%s%s: %s", v->v[i].member, v->v[i].member[0] != '\0' ? " " : "", v->v[i].field,
		    v->v[i].value != NULL ? v->v[i].value : "");
		strv_add(out, buf_str(&text));
	}
}

void
items_read(const struct notice *n, size_t row, struct strv *out)
{
	static void (*const readers[])(const void *field, struct strv *out) = {
		[FIELD_SET] = read_set, [FIELD_CODES] = read_codes, [FIELD_DOCUMENTS] = read_documents, [FIELD_VARIANTS] = read_variants
	};

	strv_clear(out);
	if (n != NULL)
		readers[notice_fields[row].type]((const char *)n + notice_fields[row].offset, out);
}

static void
add_missing(const struct strv *from, const struct strv *sorted, struct strv *out)
{
	for (size_t i = 0; i < from->n; i++)
		if (sorted->n == 0 || bsearch(&from->v[i], sorted->v, sorted->n, sizeof(*sorted->v), strv_compare) == NULL)
			strv_add(out, from->v[i]);
}

void
items_compare(const struct strv *old, const struct strv *new, struct strv *added, struct strv *removed)
{
	AUTO_STRV a = STRV_INIT;
	AUTO_STRV b = STRV_INIT;

	strv_copy(&a, old);
	strv_copy(&b, new);
	strv_sort(&a);
	strv_sort(&b);
	add_missing(new, &a, added);
	add_missing(old, &b, removed);
}

/* Length of "draft en https://..." in front of its hash. */
static size_t
stem_of(const char *item)
{
	const char *hash = strstr(item, " (sha256 ");

	return hash != NULL ? (size_t)(hash - item) : strlen(item);
}

static size_t
find_stem(const struct strv *items, const char *item)
{
	size_t n = stem_of(item), i = 0;

	while (i < items->n && (stem_of(items->v[i]) != n || strncmp(items->v[i], item, n) != 0))
		i++;
	return i;
}

static void
drop(struct strv *items, size_t i)
{
	free(items->v[i]);
	memmove(&items->v[i], &items->v[i + 1], (items->n - i - 1) * sizeof(*items->v));
	items->n--;
}

void
items_without_hashes(struct strv *added, struct strv *removed)
{
	for (size_t i = 0; i < added->n;) {
		size_t old = find_stem(removed, added->v[i]), n = stem_of(added->v[i]);
		bool both = old < removed->n, learnt = both && removed->v[old][n] == '\0';
		char *plain = xasprintf("%.*s%s", (int)n, added->v[i], both ? ": other text" : "");

		if (both)
			drop(removed, old);
		free(added->v[i]);
		added->v[i] = plain;
		if (learnt)
			drop(added, i);
		else
			i++;
	}
	for (size_t i = 0; i < removed->n; i++)
		removed->v[i][stem_of(removed->v[i])] = '\0';
}
