#include "notice.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/limits.h"
#include "../base/utf8.h"
#include "fields.h"
#include "symbol.h"

static const char *const source_names[] = { [SOURCE_EPING] = "eping", [SOURCE_TRIS] = "tris" };
static const char *const area_names[] = { [AREA_TBT] = "TBT", [AREA_SPS] = "SPS", [AREA_TRIS] = "TRIS" };
static const char *const kind_names[] = {
	[KIND_DRAFT] = "draft", [KIND_URGENT] = "urgent", [KIND_ADDENDUM] = "addendum", [KIND_REVISION] = "revision",
	[KIND_CORRIGENDUM] = "corrigendum", [KIND_SUPPLEMENT] = "supplement"
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The number of a name in a table; 'n' when it is not there. */
static size_t
find_name(const char *const *names, size_t n, const char *name)
{
	size_t i = 0;

	while (i < n && strcmp(names[i], name) != 0)
		i++;
	return i;
}

const char *
source_name(enum source s)
{
	return source_names[s];
}

const char *
area_name(enum area a)
{
	return area_names[a];
}

const char *
kind_name(enum kind k)
{
	return kind_names[k];
}

bool
source_parse(const char *name, enum source *out)
{
	size_t i = find_name(source_names, COUNT(source_names), name);

	if (i < COUNT(source_names))
		*out = (enum source)i;
	return i < COUNT(source_names);
}

bool
area_parse(const char *name, enum area *out)
{
	size_t i = find_name(area_names, COUNT(area_names), name);

	if (i < COUNT(area_names))
		*out = (enum area)i;
	return i < COUNT(area_names);
}

bool
kind_parse(const char *name, enum kind *out)
{
	size_t i = find_name(kind_names, COUNT(kind_names), name);

	if (i < COUNT(kind_names))
		*out = (enum kind)i;
	return i < COUNT(kind_names);
}

enum kind
kind_of(const char *id, bool urgent)
{
	static const enum kind of_tail[] = {
		[TAIL_REV] = KIND_REVISION, [TAIL_ADD] = KIND_ADDENDUM, [TAIL_CORR] = KIND_CORRIGENDUM, [TAIL_SUPPL] = KIND_SUPPLEMENT
	};
	struct symbol s;

	if (symbol_parse(id, &s) && s.tails > 0)
		return of_tail[s.tail[s.tails - 1].kind];
	return urgent ? KIND_URGENT : KIND_DRAFT;
}

void
notice_init(struct notice *n)
{
	*n = (struct notice)NOTICE_INIT;
}

void
notice_clear(struct notice *n)
{
	free(n->id);
	free(n->dossier);
	strv_clear(&n->symbols);
	strv_clear(&n->members);
	for (size_t i = 0; i < notice_fields_count; i++)
		notice_ops(i)->clear(notice_at(n, i));
	notice_init(n);
}

void
notice_copy(struct notice *to, const struct notice *from)
{
	notice_init(to);
	to->id = xstrdup(from->id);
	to->dossier = xstrdup(from->dossier);
	strv_copy(&to->symbols, &from->symbols);
	strv_copy(&to->members, &from->members);
	to->source = from->source;
	to->area = from->area;
	to->kind = from->kind;
	to->urgent = from->urgent;
	memcpy(to->member, from->member, sizeof(to->member));
	for (size_t i = 0; i < notice_fields_count; i++)
		notice_ops(i)->copy(notice_at(to, i), notice_at_const(from, i));
	to->known = from->known;
}

/* ---- setters ---- */

char *
clean_text(const char *s, bool keep_lines, size_t most)
{
	AUTO_BUF clean = BUF_INIT;

	if (s == NULL)
		return NULL;
	utf8_clean(s, strlen(s), keep_lines, &clean);
	if (clean.len > most) {
		size_t cut = most;

		while (cut > 0 && ((unsigned char)clean.data[cut] & 0xC0) == 0x80)
			cut--;
		buf_truncate(&clean, cut);
		buf_trim(&clean);
	}
	return clean.len > 0 ? buf_take(&clean) : NULL;
}

void
notice_set_lang(char lang[4], const char *s)
{
	size_t n = s != NULL ? strlen(s) : 0;

	memset(lang, 0, 4);
	if (n < 2 || n > 3)
		return;
	for (size_t i = 0; i < n; i++) {
		char c = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];

		if (c < 'a' || c > 'z') {
			memset(lang, 0, 4);
			return;
		}
		lang[i] = c;
	}
}

void
notice_set_text(struct text *t, const char *s, const char *lang)
{
	char *clean = clean_text(s, true, LIMIT_TEXT);

	free(t->s);
	t->s = clean;
	notice_set_lang(t->lang, clean != NULL ? lang : NULL);
}

void
notice_set_line(char **line, const char *s)
{
	char *clean = clean_text(s, false, LIMIT_LINE);

	free(*line);
	*line = clean;
}

/* ---- order ---- */

/* Drops blanks and repeats of a list whose order says something. */
static void
drop_repeats(struct strv *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		bool repeated = *s->v[i] == '\0';

		for (size_t j = 0; j < kept && !repeated; j++)
			repeated = strcmp(s->v[j], s->v[i]) == 0;
		if (repeated)
			free(s->v[i]);
		else
			s->v[kept++] = s->v[i];
	}
	s->n = kept;
}

/* Makes an item the first of a list; adds it when it is not there. */
static void
put_first(struct strv *s, const char *item)
{
	struct strv sorted = STRV_INIT;

	if (s->n > 0 && strcmp(s->v[0], item) == 0)
		return;
	strv_add(&sorted, item);
	for (size_t i = 0; i < s->n; i++)
		strv_add(&sorted, s->v[i]);
	strv_clear(s);
	*s = sorted;
	drop_repeats(s);
}

void
notice_order(struct notice *n)
{
	drop_repeats(&n->symbols);
	drop_repeats(&n->members);
	for (size_t i = 0; i < notice_fields_count; i++)
		notice_ops(i)->order(notice_at(n, i));
	for (char *p = n->title.s; p != NULL && (p = strchr(p, '\n')) != NULL; )
		*p = ' ';	/* a heading is one line */
}

static const char *
member_of_symbol(const char *symbol)
{
	struct symbol s;

	return symbol_parse(symbol, &s) ? member_of_code(s.code, s.series == SYMBOL_TRIS) : "";
}

bool
member_valid(const char *iso2)
{
	size_t n = strspn(iso2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return (n == 2 || n == 3) && iso2[n] == '\0';
}

static void
set_member(struct notice *n, const char *iso2)
{
	memset(n->member, 0, sizeof(n->member));
	if (member_valid(iso2))
		memcpy(n->member, iso2, strlen(iso2));
}

/* Members in the order of the symbols, then those that only the decoder knows. */
static void
derive_members(struct notice *n)
{
	struct strv members = STRV_INIT;
	const char *own = member_of_symbol(n->id);

	if (*own != '\0')
		set_member(n, own);
	for (size_t i = 0; i < n->symbols.n; i++)
		strv_add(&members, member_of_symbol(n->symbols.v[i]));
	for (size_t i = 0; i < n->members.n; i++)
		if (member_valid(n->members.v[i]))
			strv_add(&members, n->members.v[i]);
	strv_clear(&n->members);
	n->members = members;
	drop_repeats(&n->members);
	if (n->member[0] == '\0' && n->members.n == 1)
		set_member(n, n->members.v[0]);
	if (n->member[0] != '\0')
		put_first(&n->members, n->member);
}

bool
notice_dossier_fits(const struct notice *n)
{
	AUTO_BUF base = BUF_INIT, own = BUF_INIT;
	struct symbol id, dossier;

	if (n->id == NULL || n->dossier == NULL)
		return false;
	symbol_base(n->id, &own);
	if (strcmp(buf_str(&own), n->dossier) == 0)
		return true;
	symbol_base(n->dossier, &base);
	return symbol_parse(n->id, &id) && symbol_parse(n->dossier, &dossier) && id.tails > 0 && id.series == dossier.series &&
	    strcmp(id.area, dossier.area) == 0 && strcmp(buf_str(&base), n->dossier) == 0;
}

static void
derive_identity(struct notice *n)
{
	AUTO_BUF base = BUF_INIT;
	struct symbol s;

	if (n->id == NULL && n->symbols.n > 0)
		n->id = xstrdup(n->symbols.v[0]);
	if (n->id == NULL)
		return;
	put_first(&n->symbols, n->id);
	symbol_base(n->id, &base);
	if (!notice_dossier_fits(n)) {
		free(n->dossier);
		n->dossier = buf_take(&base);
	}
	n->kind = kind_of(n->id, n->urgent);
	if (symbol_parse(n->id, &s)) {
		n->source = s.series == SYMBOL_TRIS ? SOURCE_TRIS : SOURCE_EPING;
		if (s.series == SYMBOL_TRIS)
			n->area = AREA_TRIS;
		else
			area_parse(s.area, &n->area);
	}
	derive_members(n);
}

void
notice_normalise(struct notice *n)
{
	derive_identity(n);
	notice_order(n);
}

bool
notice_equal(const struct notice *a, const struct notice *b)
{
	if (strcmp(a->id, b->id) != 0 || strcmp(a->dossier, b->dossier) != 0 || !strv_equal(&a->symbols, &b->symbols) ||
	    !strv_equal(&a->members, &b->members) || a->source != b->source || a->area != b->area || a->kind != b->kind ||
	    a->urgent != b->urgent || strcmp(a->member, b->member) != 0)
		return false;
	for (size_t i = 0; i < notice_fields_count; i++)
		if (!notice_field_equal(a, b, i))
			return false;
	return true;
}
