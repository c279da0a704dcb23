/* Codes, documents and variants: the lists of records in a record. */
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/limits.h"
#include "../base/utf8.h"
#include "fields.h"

#define CODE_MAX 20	/* national lines of the tariff have up to 12 digits */

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

/* ---- codes ---- */

/* The first 'most' digits at the start of text, behind anything that is none ("HS8517"), dots and blanks among them skipped. */
static size_t
collect_digits(const char *text, char *digits, size_t most)
{
	size_t n = 0;

	while (*text != '\0' && (*text < '0' || *text > '9'))
		text++;
	for (; (*text >= '0' && *text <= '9') || *text == '.' || *text == ' '; text++)
		if (*text != '.' && *text != ' ' && n < most)
			digits[n++] = *text;
	return n;
}

/* Digits with a dot behind the numbers of them that 'groups' tells. */
static bool
group_digits(const char *text, const size_t *groups, size_t groups_n, struct buf *out)
{
	char digits[CODE_MAX - 4];
	size_t n = collect_digits(text, digits, sizeof(digits)), from = 0;

	for (size_t i = 0; i < groups_n && n > from + groups[i]; from += groups[i], i++) {
		buf_add(out, digits + from, groups[i]);
		buf_addc(out, '.');
	}
	buf_add(out, digits + from, n - from);
	return n > 0;
}

bool
code_canonical_hs(const char *text, struct buf *out)
{
	static const size_t heading[] = { 4 };

	return group_digits(text, heading, 1, out);
}

bool
code_canonical_ics(const char *text, struct buf *out)
{
	static const size_t field_and_group[] = { 2, 3 };

	return group_digits(text, field_and_group, 2, out);
}

static bool
code_valid(const char *code)
{
	size_t n = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.");

	return n > 0 && n <= CODE_MAX && code[n] == '\0';
}

void
codes_add(struct codes *c, const char *code, const char *label)
{
	char *clean = NULL;

	if (!code_valid(code) || c->n >= LIMIT_LIST)
		return;
	notice_set_line(&clean, label);
	c->v = xgrow(c->v, c->n, &c->cap, sizeof(*c->v));
	c->v[c->n++] = (struct code){ xstrdup(code), clean };
}

static void
code_clear(struct code *c)
{
	free(c->code);
	free(c->label);
}

static void
codes_clear(void *p)
{
	struct codes *c = p;

	for (size_t i = 0; i < c->n; i++)
		code_clear(&c->v[i]);
	free(c->v);
	*c = (struct codes){ NULL, 0, 0 };
}

static void
codes_copy(void *to, const void *from)
{
	const struct codes *c = from;

	for (size_t i = 0; i < c->n; i++)
		codes_add(to, c->v[i].code, c->v[i].label);
}

static bool
codes_empty(const void *p)
{
	return ((const struct codes *)p)->n == 0;
}

static bool
codes_equal(const void *a, const void *b)
{
	const struct codes *x = a, *y = b;

	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (strcmp(x->v[i].code, y->v[i].code) != 0)
			return false;
	return true;
}

static void
codes_text(const void *p, struct buf *out)
{
	const struct codes *c = p;

	for (size_t i = 0; i < c->n; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", c->v[i].code);
}

/* By code; among repeats one with a label comes first. */
static int
compare_codes(const void *a, const void *b)
{
	const struct code *x = a, *y = b;
	int c = strcmp(x->code, y->code);

	if (c == 0)
		c = (x->label == NULL) - (y->label == NULL);
	return c != 0 ? c : strcmp(or_empty(x->label), or_empty(y->label));
}

static void
codes_order(void *p)
{
	struct codes *c = p;
	size_t kept = 0;

	if (c->n < 2)
		return;
	qsort(c->v, c->n, sizeof(*c->v), compare_codes);
	for (size_t i = 0; i < c->n; i++) {
		if (kept > 0 && strcmp(c->v[kept - 1].code, c->v[i].code) == 0)
			code_clear(&c->v[i]);
		else
			c->v[kept++] = c->v[i];
	}
	c->n = kept;
}

const struct field_ops codes_ops = { codes_clear, codes_copy, codes_empty, codes_equal, codes_text, codes_order };

/* ---- documents ---- */

/* What a URL may not hold, or what would act as mark-up around it, percent-encoded. */
static void
add_url(const char *url, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(url, strlen(url), false, &clean);
	for (const char *p = buf_str(&clean); *p != '\0'; p++) {
		if (strchr(" \"<>[]*\\^`{|}", *p) != NULL)
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)*p);
		else
			buf_addc(out, *p);
	}
}

void
documents_add(struct documents *d, const char *kind, const char *lang, const char *url)
{
	static const char *const kinds[] = { "draft", "final", "modification", "notification", "other" };
	AUTO_BUF clean = BUF_INIT;
	char language[4];
	size_t k = 0;

	add_url(url, &clean);
	if (clean.len == 0 || clean.len > LIMIT_LINE || d->n >= LIMIT_LIST)
		return;
	while (k < 4 && strcmp(kinds[k], kind) != 0)
		k++;
	notice_set_lang(language, lang);
	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	d->v[d->n++] = (struct document){ xstrdup(kinds[k]), xstrdup(language), buf_take(&clean), NULL };
}

void
document_clear(struct document *d)
{
	free(d->kind);
	free(d->lang);
	free(d->url);
	free(d->text_sha256);
}

uint64_t
document_group(const struct document *d)
{
	if (strcmp(d->kind, "notification") != 0)
		return NOTICE_DOCS_TEXTS;
	if (strcmp(d->lang, "fr") == 0)
		return NOTICE_DOCS_FORM_FR;
	return strcmp(d->lang, "es") == 0 ? NOTICE_DOCS_FORM_ES : NOTICE_DOCS_FORM_EN;
}

static int
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static int
compare_caseless(const char *a, const char *b)
{
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) - lower(*b);
}

int
document_cmp(const struct document *a, const struct document *b)
{
	int c = strcmp(a->kind, b->kind);

	if (c == 0)
		c = strcmp(a->lang, b->lang);
	return c != 0 ? c : compare_caseless(a->url, b->url);
}

/* Among spellings of one link a known text comes first, then the order of bytes decides. */
static int
compare_documents(const void *a, const void *b)
{
	const struct document *x = a, *y = b;
	int c = document_cmp(x, y);

	if (c == 0)
		c = (x->text_sha256 == NULL) - (y->text_sha256 == NULL);
	return c != 0 ? c : strcmp(x->url, y->url);
}

static void
documents_clear(void *p)
{
	struct documents *d = p;

	for (size_t i = 0; i < d->n; i++)
		document_clear(&d->v[i]);
	free(d->v);
	*d = (struct documents){ NULL, 0, 0 };
}

static void
documents_copy(void *to, const void *from)
{
	struct documents *t = to;
	const struct documents *d = from;

	for (size_t i = 0; i < d->n; i++) {
		const struct document *x = &d->v[i];

		t->v = xgrow(t->v, t->n, &t->cap, sizeof(*t->v));
		t->v[t->n++] = (struct document){ xstrdup(x->kind), xstrdup(x->lang), xstrdup(x->url), xstrdup(x->text_sha256) };
	}
}

static bool
documents_empty(const void *p)
{
	return ((const struct documents *)p)->n == 0;
}

static bool
documents_equal(const void *a, const void *b)
{
	const struct documents *x = a, *y = b;

	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (document_cmp(&x->v[i], &y->v[i]) != 0 || strcmp(or_empty(x->v[i].text_sha256), or_empty(y->v[i].text_sha256)) != 0)
			return false;
	return true;
}

static void
documents_text(const void *p, struct buf *out)
{
	const struct documents *d = p;

	for (size_t i = 0; i < d->n; i++)
		buf_addf(out, "%s%s%s%s %s", i > 0 ? ", " : "", d->v[i].kind, *d->v[i].lang != '\0' ? " " : "", d->v[i].lang, d->v[i].url);
}

static void
documents_order(void *p)
{
	struct documents *d = p;
	size_t kept = 0;

	if (d->n < 2)
		return;
	qsort(d->v, d->n, sizeof(*d->v), compare_documents);
	for (size_t i = 0; i < d->n; i++) {
		if (kept > 0 && document_cmp(&d->v[kept - 1], &d->v[i]) == 0)
			document_clear(&d->v[i]);
		else
			d->v[kept++] = d->v[i];
	}
	d->n = kept;
}

const struct field_ops documents_ops = {
	documents_clear, documents_copy, documents_empty, documents_equal, documents_text, documents_order
};

/* ---- variants ---- */

static bool
field_known(const char *name)
{
	for (size_t i = 0; i < notice_fields_count; i++)
		if (strcmp(notice_fields[i].name, name) == 0)
			return true;
	return false;
}

void
variants_add(struct variants *v, const char *member, const char *field, const char *value)
{
	struct variant x = { .member = "" };
	size_t n = strspn(member, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (!field_known(field) || n >= sizeof(x.member) || member[n] != '\0' || v->n >= LIMIT_LIST)
		return;
	strcpy(x.member, member);
	x.field = xstrdup(field);
	x.value = clean_text(value, false, LIMIT_TEXT);
	if (x.value == NULL)
		x.value = xstrdup("");
	v->v = xgrow(v->v, v->n, &v->cap, sizeof(*v->v));
	v->v[v->n++] = x;
}

static int
compare_variants(const void *a, const void *b)
{
	const struct variant *x = a, *y = b;
	int c = strcmp(x->member, y->member);

	if (c == 0)
		c = strcmp(x->field, y->field);
	return c != 0 ? c : strcmp(x->value, y->value);
}

static void
variant_clear(struct variant *v)
{
	free(v->field);
	free(v->value);
}

static void
variants_clear(void *p)
{
	struct variants *v = p;

	for (size_t i = 0; i < v->n; i++)
		variant_clear(&v->v[i]);
	free(v->v);
	*v = (struct variants){ NULL, 0, 0 };
}

static void
variants_copy(void *to, const void *from)
{
	const struct variants *v = from;

	for (size_t i = 0; i < v->n; i++)
		variants_add(to, v->v[i].member, v->v[i].field, v->v[i].value);
}

static bool
variants_empty(const void *p)
{
	return ((const struct variants *)p)->n == 0;
}

static bool
variants_equal(const void *a, const void *b)
{
	const struct variants *x = a, *y = b;

	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (compare_variants(&x->v[i], &y->v[i]) != 0)
			return false;
	return true;
}

static void
variants_text(const void *p, struct buf *out)
{
	const struct variants *v = p;

	for (size_t i = 0; i < v->n; i++)
		buf_addf(out, "%s%s %s: %s", i > 0 ? "; " : "", v->v[i].member, v->v[i].field, v->v[i].value);
}

static void
variants_order(void *p)
{
	struct variants *v = p;
	size_t kept = 0;

	if (v->n < 2)
		return;
	qsort(v->v, v->n, sizeof(*v->v), compare_variants);
	for (size_t i = 0; i < v->n; i++) {
		if (kept > 0 && strcmp(v->v[kept - 1].member, v->v[i].member) == 0 && strcmp(v->v[kept - 1].field, v->v[i].field) == 0)
			variant_clear(&v->v[i]);
		else
			v->v[kept++] = v->v[i];
	}
	v->n = kept;
}

const struct field_ops variants_ops = {
	variants_clear, variants_copy, variants_empty, variants_equal, variants_text, variants_order
};
