#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/limits.h"
#include "../base/utf8.h"
#include "canon.h"
#include "canon_form.h"
#include "fields.h"
#include "symbol.h"

struct line {
	const char *s;
	size_t n;
};

struct reader {
	const char *p, *end;		/* what is left of the text */
	unsigned number;		/* of the line read last */
	struct notice *n;
	char (*lang)[4];		/* a row each: as its 'Language of' line says */
	bool *has_lang;
	struct error *err;
};

static int
fail(struct reader *r, const char *what)
{
	return error_set(r->err, ERR_DATA, "line %u: %s", r->number, what);
}

static int
fail_name(struct reader *r, const char *what, const char *name, size_t n)
{
	return error_set(r->err, ERR_DATA, "line %u: %s '%.*s'", r->number, what, (int)(n < 60 ? n : 60), name);
}

/* False at the end of the text. */
static bool
next_line(struct reader *r, struct line *out)
{
	const char *nl;

	if (r->p == r->end)
		return false;
	nl = memchr(r->p, '\n', (size_t)(r->end - r->p));
	if (nl == NULL)
		nl = r->end;
	*out = (struct line){ r->p, (size_t)(nl - r->p) };
	r->p = nl < r->end ? nl + 1 : nl;
	r->number++;
	return true;
}

static bool
starts_with(const struct line *l, const char *prefix)
{
	size_t n = strlen(prefix);

	return l->n >= n && memcmp(l->s, prefix, n) == 0;
}

/* The text without its backslashes; one before anything but a mark is an error. Appended. */
static int
unescape(struct reader *r, const char *s, size_t n, struct buf *out)
{
	const char *end = s + n, *slash;

	while ((slash = memchr(s, '\\', (size_t)(end - s))) != NULL) {
		buf_add(out, s, (size_t)(slash - s));
		if (slash + 1 == end || strchr("\\`*_<[~&#>-+=|:.)", slash[1]) == NULL)
			return fail(r, "a stray backslash");
		buf_addc(out, slash[1]);
		s = slash + 2;
	}
	buf_add(out, s, (size_t)(end - s));
	return 0;
}

/* ---- lines ---- */

/* "KW Products", told apart from the value before the backslashes were taken out of that. */
static int
read_variant(struct reader *r, const char *name, const char *value)
{
	struct variants *v = &r->n->variants;
	size_t n = strcspn(name, " "), before = v->n;
	AUTO_FREE char *member = xstrndup(name, n);

	variants_add(v, strcmp(member, CANON_UNKNOWN) == 0 ? "" : member, name + n + (name[n] != '\0'), value);
	return v->n > before ? 0 : fail(r, "not a variant of a field, or too many");
}

static int
read_language(struct reader *r, const char *name, const char *value)
{
	for (size_t i = 0; i < notice_fields_count; i++) {
		AUTO_BUF full = BUF_INIT;

		if (notice_fields[i].type != FIELD_TEXT)
			continue;
		canon_language_name(i, &full);
		if (strcmp(buf_str(&full), name) != 0)
			continue;
		notice_set_lang(r->lang[i], value);
		r->has_lang[i] = true;
		return 0;
	}
	return fail_name(r, "unknown name", name, strlen(name));
}

static int
read_named(struct reader *r, const char *name, const char *value)
{
	const char *problem;
	canon_value_fn fn;
	size_t offset;

	if (strncmp(name, CANON_LANGUAGE_OF, strlen(CANON_LANGUAGE_OF)) == 0)
		return read_language(r, name, value);
	fn = canon_find_value(name, &offset);
	if (fn == NULL)
		return fail_name(r, "unknown name", name, strlen(name));
	problem = fn(value, (char *)r->n + offset);
	return problem == NULL ? 0 : fail_name(r, problem, value, strlen(value));
}

/* "Name: value" and two blanks. */
static int
read_pair(struct reader *r, const struct line *l, int (*fn)(struct reader *, const char *, const char *))
{
	const char *colon = memmem(l->s, l->n, ": ", 2);
	AUTO_BUF value = BUF_INIT;
	AUTO_FREE char *name = NULL;
	int rc;

	if (colon == NULL || l->n < 2 || memcmp(l->s + l->n - 2, "  ", 2) != 0 || colon + 4 > l->s + l->n)
		return fail(r, "not 'Name: value' with two blanks at the end");
	name = xstrndup(l->s, (size_t)(colon - l->s));
	rc = unescape(r, colon + 2, l->n - (size_t)(colon + 4 - l->s), &value);
	return rc != 0 ? rc : fn(r, name, buf_str(&value));
}

/* Lines up to an empty one or the end; *heading is then the next section's. */
static int
read_pairs(struct reader *r, int (*fn)(struct reader *, const char *, const char *))
{
	struct line l;
	int rc;

	while (next_line(r, &l) && l.n > 0)
		if ((rc = read_pair(r, &l, fn)) != 0)
			return rc;
	return 0;
}

/* Sentences and paragraphs up to the next heading. */
static int
read_text(struct reader *r, struct text *t)
{
	AUTO_BUF text = BUF_INIT;
	bool paragraph = false;
	struct line l;
	int rc;

	if (t->s != NULL)
		return fail(r, "given twice");
	while (!(r->end - r->p >= 3 && memcmp(r->p, "## ", 3) == 0) && next_line(r, &l)) {
		if (l.n > 0 && text.len > 0)
			buf_addc(&text, paragraph ? '\n' : ' ');
		paragraph = l.n == 0;
		if ((rc = unescape(r, l.s, l.n, &text)) != 0)
			return rc;
	}
	t->s = clean_text(buf_str(&text), true, LIMIT_TEXT);
	return t->s != NULL ? 0 : fail(r, "an empty section");
}

static int
read_section(struct reader *r, const struct line *heading)
{
	AUTO_FREE char *name = NULL;
	struct line l;
	size_t row;

	if (!starts_with(heading, "## "))
		return fail(r, "not the heading of a section");
	name = xstrndup(heading->s + 3, heading->n - 3);
	row = canon_find_row(name);
	if (row == notice_fields_count || !canon_is_section(row) || row == notice_row(offsetof(struct notice, title)))
		return fail_name(r, "unknown section", name, strlen(name));
	if (!next_line(r, &l) || l.n > 0)
		return fail(r, "no empty line below a heading");
	if (notice_fields[row].type == FIELD_VARIANTS)
		return read_pairs(r, read_variant);
	return read_text(r, notice_at(r->n, row));
}

static int
read_title(struct reader *r)
{
	AUTO_BUF title = BUF_INIT;
	struct line l;
	int rc;

	if (!next_line(r, &l) || (!starts_with(&l, "# ") && !(l.n == 1 && l.s[0] == '#')))
		return error_set(r->err, ERR_DATA, "line 1: no title");
	if (l.n > 1) {
		if ((rc = unescape(r, l.s + 2, l.n - 2, &title)) != 0)
			return rc;
		r->n->title.s = clean_text(buf_str(&title), false, LIMIT_TEXT);
	}
	if (!next_line(r, &l) || l.n > 0)
		return fail(r, "no empty line below the title");
	return 0;
}

/* ---- the whole ---- */

static void
set_languages(struct reader *r)
{
	const char *usual = canon_default_language(r->n);

	for (size_t i = 0; i < notice_fields_count; i++)
		if (notice_fields[i].type == FIELD_TEXT) {
			struct text *t = notice_at(r->n, i);

			strcpy(t->lang, r->has_lang[i] ? r->lang[i] : usual);
		}
}

/* What follows from the id must not say otherwise: a record cannot claim another one's dossier or another kind. */
static int
check_identity(struct reader *r)
{
	struct notice *n = r->n;
	struct symbol s;

	if (n->id == NULL || n->dossier == NULL)
		return fail(r, "no 'Notification' or no 'Dossier'");
	if (n->symbols.n > 0 && !strv_has(&n->symbols, n->id))
		return fail_name(r, "not among the symbols", n->id, strlen(n->id));
	if (!notice_dossier_fits(n))
		return fail_name(r, "not the dossier of the notification", n->dossier, strlen(n->dossier));
	if (n->kind != kind_of(n->id, n->urgent))
		return fail_name(r, "not the kind of the notification", kind_name(n->kind), strlen(kind_name(n->kind)));
	if (symbol_parse(n->id, &s) && ((s.series == SYMBOL_TRIS) != (n->source == SOURCE_TRIS) ||
	    strcmp(s.series == SYMBOL_TRIS ? "TRIS" : s.area, area_name(n->area)) != 0))
		return fail(r, "not the source or area of the notification");
	return 0;
}

/* What the form does not repeat. */
static void
complete_identity(struct notice *n)
{
	struct strv members = STRV_INIT;

	if (n->symbols.n == 0)
		strv_add(&n->symbols, n->id);
	if (n->member[0] == '\0')
		return;
	strv_add(&members, n->member);
	for (size_t i = 0; i < n->members.n; i++)
		strv_add(&members, n->members.v[i]);
	strv_clear(&n->members);
	n->members = members;
}

/* What may stand in for each other in sections, because another version of this program may have ended sentences at other places: a
 * blank and a line break, a mark with and without the backslash that it needs at the start of a line. */
static bool
same_break(char a, char b)
{
	return (a == ' ' || a == '\n') && (b == ' ' || b == '\n');
}

static bool
escaped(const char *a, char b)
{
	return a[0] == '\\' && a[1] == b && strchr("#>-+=|:.)", b) != NULL && b != '\0';
}

/* Is text[i] the first of its line, or behind its first digits? */
static bool
starts_line(const char *text, size_t i)
{
	while (i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9')
		i--;
	return i == 0 || text[i - 1] == '\n';
}

/* Only what this program writes is a record: order, repeats, escapes, blanks and dates are all checked by writing it again. */
static int
check_form(struct reader *r, const char *text, size_t n)
{
	AUTO_BUF again = BUF_INIT;
	bool section = false;
	size_t i = 0, j = 0;

	canon_write(r->n, &again);
	if (again.len == n && memcmp(again.data, text, n) == 0)
		return 0;
	r->number = 1;
	for (; i < n && j < again.len; i++, j++) {
		if (section && i + 1 < n && text[i] != again.data[j]) {
			if (starts_line(text, i))
				i += escaped(text + i, again.data[j]);
			else
				j += escaped(again.data + j, text[i]);
		}
		if (text[i] != again.data[j] && !(section && same_break(text[i], again.data[j])))
			break;
		r->number += text[i] == '\n';
		section = section || (text[i] == '#' && i > 0 && text[i - 1] == '\n');
	}
	return i == n && j == again.len ? 0 : fail(r, "not in the form of a record");
}

static int
read_all(struct reader *r)
{
	struct line l;
	int rc;

	if ((rc = read_title(r)) != 0 || (rc = read_pairs(r, read_named)) != 0 || (rc = check_identity(r)) != 0)
		return rc;
	while (next_line(r, &l))
		if ((rc = read_section(r, &l)) != 0)
			return rc;
	set_languages(r);
	complete_identity(r->n);
	notice_order(r->n);
	r->n->known = UINT64_MAX;
	return 0;
}

int
canon_read(const char *text, size_t n, struct notice *out, struct error *err)
{
	char lang[64][4] = { "" };
	bool has_lang[64] = { false };
	AUTO_NOTICE notice = NOTICE_INIT;
	struct reader r = { .p = text, .end = text + n, .n = &notice, .lang = lang, .has_lang = has_lang, .err = err };
	int rc;

	notice_init(out);
	if (n > LIMIT_RECORD)
		return error_set(err, ERR_DATA, "line 1: a record of %zu bytes", n);
	if (!utf8_valid(text, n))
		return error_set(err, ERR_DATA, "line 1: not UTF-8");
	if ((rc = read_all(&r)) != 0 || (rc = check_form(&r, text, n)) != 0)
		return rc;
	*out = notice;
	notice_init(&notice);
	return 0;
}
