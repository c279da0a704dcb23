/* Loading and checking: the sectors that ship, then those of the configuration. */
#include "rules.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/utf8.h"
#include "patterns.h"

#define NAME_MAX_BYTES 60
#define PATTERN_MAX 200		/* bytes of one word, folded */
#define SCORING 1		/* raise it when match.c scores differently: it is part of the fingerprint */

CLEANUP_POINTER(sectors, struct sectors *, sectors_free)
#define AUTO_SECTORS __attribute__((cleanup(cleanup_sectors))) struct sectors

static void
cleanup_conf(struct conf *c)
{
	conf_clear(c);
}
#define AUTO_CONF __attribute__((cleanup(cleanup_conf))) struct conf

/* A section as read so far. */
struct draft {
	struct sector sector;
	const struct conf_entry *first;
	bool enabled;
};

static void
sector_clear(struct sector *s)
{
	free(s->name);
	free(s->title);
	for (size_t i = 0; i < CODE_SYSTEMS; i++)
		free(s->codes[i].v);
	for (size_t i = 0; i < s->n; i++) {
		free(s->words[i].written);
		free(s->words[i].folded);
	}
	free(s->words);
	*s = (struct sector){ 0 };
}

bool
rules_language(const char *code)
{
	static const char codes[] = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
		"es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko "
		"kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt "
		"qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo "
		"wa wo xh yi yo za zh zu ";
	char wanted[] = { ' ', code[0], code[0] != '\0' ? code[1] : '\0', ' ', '\0' };

	return strlen(code) == 2 && strchr(code, ' ') == NULL && strstr(codes, wanted) != NULL;
}

/* ---- values ---- */

static int
read_codes(const struct conf *c, const struct conf_entry *e, enum code_system system, struct draft *d, struct error *err)
{
	AUTO_STRV parts = STRV_INIT;
	struct code_rule rule;
	const char *why;

	strv_split(&parts, e->value, ",");
	if (parts.n == 0)
		return conf_error(c, e, err, "no code");
	for (size_t i = 0; i < parts.n; i++) {
		if (!code_rule_parse(system, parts.v[i], &rule, &why))
			return conf_error(c, e, err, "'%s': %s", parts.v[i], why);
		code_rules_add(&d->sector.codes[system], &rule);
	}
	return 0;
}

static int
read_hs(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return read_codes(c, e, CODE_HS, d, err);
}

static int
read_ics(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return read_codes(c, e, CODE_ICS, d, err);
}

static int
read_tris(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return read_codes(c, e, CODE_TRIS, d, err);
}

/* The folded form without its blanks, for the caller; NULL when nothing is left. */
static char *
fold_pattern(const char *text)
{
	AUTO_BUF folded = BUF_INIT;

	utf8_fold(text, &folded);
	buf_trim(&folded);
	return folded.len > 1 ? xstrdup(folded.data + 1) : NULL;
}

static int
read_pattern(const struct conf *c, const struct conf_entry *e, const char *lang, bool mask, const char *text, struct draft *d, struct error *err)
{
	struct word_rule w = { .mask = mask };
	const char *word = text;

	if (*text == '=' || *text == '~') {
		w.form = *text == '=' ? WORD_WHOLE : WORD_ANYWHERE;
		word++;
	}
	w.folded = fold_pattern(word);
	if (w.folded == NULL)
		return conf_error(c, e, err, "'%s': a pattern without letters", text);
	if (strlen(w.folded) > PATTERN_MAX) {
		free(w.folded);
		return conf_error(c, e, err, "'%.40s...': a pattern longer than %d bytes", text, PATTERN_MAX);
	}
	w.written = xstrdup(text);
	memcpy(w.lang, lang, strlen(lang) + 1);
	d->sector.words = xgrow(d->sector.words, d->sector.n, &d->sector.cap, sizeof(*d->sector.words));
	d->sector.words[d->sector.n++] = w;
	return 0;
}

/* Patterns between commas; an empty one is a slip worth telling, but for the last. */
static int
read_patterns(const struct conf *c, const struct conf_entry *e, const char *lang, bool mask, const char *list, struct draft *d, struct error *err)
{
	size_t n;
	int rc;

	for (const char *p = list; ; p += n + 1) {
		AUTO_STRV part = STRV_INIT;

		n = strcspn(p, ",");
		strv_addn(&part, p, n);
		strv_split(&part, part.v[0], ",");
		if (part.n < 2 && (p[n] != '\0' || p == list))
			return conf_error(c, e, err, "an empty pattern");
		if (part.n == 2 && (rc = read_pattern(c, e, lang, mask, part.v[1], d, err)) < 0)
			return rc;
		if (p[n] == '\0')
			return 0;
	}
}

/* "en: ..." -> "en"; what stands before the colon must be a language. *rest is set behind it. */
static bool
read_lang(const char *value, char lang[4], const char **rest)
{
	size_t blanks = strspn(value, " \t"), n = strcspn(value + blanks, ": \t,");
	const char *colon = value + blanks + n + strspn(value + blanks + n, " \t");

	if (*colon != ':' || n != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		char ch = value[blanks + i];

		lang[i] = (char)(ch >= 'A' && ch <= 'Z' ? ch + ('a' - 'A') : ch);
	}
	lang[2] = '\0';
	*rest = colon + 1;
	return true;
}

static int
read_word(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	const char *list;
	char lang[4];

	if (!read_lang(e->value, lang, &list))
		return conf_error(c, e, err, "'%.40s' does not begin with a language of two letters and ':', as in 'en: toy'", e->value);
	if (!rules_language(lang))
		return conf_error(c, e, err, "'%s' is no language (ISO 639-1)", lang);
	return read_patterns(c, e, lang, false, list, d, err);
}

/* A mask holds for texts in any language unless it names one. */
static int
read_mask(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	const char *list;
	char lang[4];

	if (!read_lang(e->value, lang, &list) || !rules_language(lang))
		return read_patterns(c, e, "", true, e->value, d, err);
	return read_patterns(c, e, lang, true, list, d, err);
}

static int
read_title(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(e->value, strlen(e->value), false, &clean);
	if (clean.len == 0)
		return conf_error(c, e, err, "an empty title");
	free(d->sector.title);
	d->sector.title = buf_take(&clean);
	return 0;
}

static int
read_enabled(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	return conf_bool(c, e, &d->enabled, err);
}

static const struct {
	const char *key;
	int (*read)(const struct conf *, const struct conf_entry *, struct draft *, struct error *);
} keys[] = {
	{ "title", read_title }, { "hs", read_hs }, { "ics", read_ics }, { "tris", read_tris }, { "word", read_word }, { "mask", read_mask },
	{ "enabled", read_enabled },
};

/* ---- sections ---- */

static int
check_name(const struct conf *c, const struct conf_entry *e, struct error *err)
{
	if (e->name == NULL)
		return conf_error(c, e, err, "a sector needs a name, as in [sector \"toys\"]");
	if (*e->name == '\0' || e->name[strspn(e->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0' || strlen(e->name) > NAME_MAX_BYTES)
		return conf_error(c, e, err, "'%s' is no name: a-z, 0-9 and '-', at most %d", e->name, NAME_MAX_BYTES);
	if (strcmp(e->name, "uncoded") == 0)
		return conf_error(c, e, err, "'%s' stands for what matches no sector", e->name);
	return 0;
}

static int
read_entry(const struct conf *c, const struct conf_entry *e, struct draft *d, struct error *err)
{
	const char *names[sizeof(keys) / sizeof(keys[0])], *near;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(e->key, keys[i].key) == 0)
			return keys[i].read(c, e, d, err);
		names[i] = keys[i].key;
	}
	near = conf_nearest(e->key, names, sizeof(keys) / sizeof(keys[0]));
	return conf_error(c, e, err, "unknown key%s%s%s", near != NULL ? ", did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
}

static struct sector *
find(const struct sectors *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].name, name) == 0)
			return &s->v[i];
	return NULL;
}

static bool
has_rules(const struct sector *s)
{
	bool any = s->n > 0;

	for (size_t i = 0; i < CODE_SYSTEMS; i++)
		any = any || s->codes[i].n > 0;
	return any;
}

static void
remove_sector(struct sectors *s, struct sector *old)
{
	sector_clear(old);
	*old = s->v[--s->n];
}

static void
put(struct sectors *s, struct draft *d)
{
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = d->sector;
	d->sector = (struct sector){ 0 };
}

/* A section that only renames or enables a shipped sector leaves its rules. */
static int
settle(const struct conf *c, struct sectors *s, struct draft *d, struct error *err)
{
	struct sector *old = find(s, d->first->name);

	if (!d->enabled) {
		if (old != NULL)
			remove_sector(s, old);
		return 0;
	}
	if (!has_rules(&d->sector)) {
		if (old == NULL)
			return conf_error(c, d->first, err, "the sector has no rule: set hs, ics, tris or word");
		if (d->sector.title != NULL) {
			free(old->title);
			old->title = TAKE(d->sector.title);
		}
		return 0;
	}
	d->sector.name = xstrdup(d->first->name);
	if (d->sector.title == NULL)
		d->sector.title = xstrdup(d->first->name);
	if (old != NULL)
		remove_sector(s, old);
	put(s, d);
	return 0;
}

/* The sections of one configuration, in the order in which they begin. */
struct drafts {
	struct draft *v;
	size_t n, cap, last;
};

static void
cleanup_drafts(struct drafts *d)
{
	for (size_t i = 0; i < d->n; i++)
		sector_clear(&d->v[i].sector);
	free(d->v);
}
#define AUTO_DRAFTS __attribute__((cleanup(cleanup_drafts))) struct drafts

/* The section of an entry; most go on with that of the one before. */
static struct draft *
draft_of(struct drafts *d, const struct conf_entry *e)
{
	if (d->n > 0 && strcmp(d->v[d->last].first->name, e->name) == 0)
		return &d->v[d->last];
	for (d->last = 0; d->last < d->n; d->last++)
		if (strcmp(d->v[d->last].first->name, e->name) == 0)
			return &d->v[d->last];
	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	d->v[d->n++] = (struct draft){ .first = e, .enabled = true };
	return &d->v[d->last];
}

static int
read_all(const struct conf *c, struct sectors *s, struct error *err)
{
	AUTO_DRAFTS drafts = { NULL, 0, 0, 0 };
	int rc = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct conf_entry *e = &c->v[i];

		if (strcmp(e->section, "sector") == 0 &&
		    ((rc = check_name(c, e, err)) < 0 || (rc = read_entry(c, e, draft_of(&drafts, e), err)) < 0))
			return rc;
	}
	for (size_t i = 0; rc == 0 && i < drafts.n; i++)
		rc = settle(c, s, &drafts.v[i], err);
	return rc;
}

/* ---- the whole ---- */

static int
compare_names(const void *a, const void *b)
{
	return strcmp(((const struct sector *)a)->name, ((const struct sector *)b)->name);
}

static void
print_codes(const struct sector *s, struct buf *out)
{
	for (size_t k = 0; k < CODE_SYSTEMS; k++)
		for (size_t i = 0; i < s->codes[k].n; i++) {
			const struct code_rule *r = &s->codes[k].v[i];

			buf_addf(out, "%zu %s%s %s\n", k, r->exclude ? "-" : "", r->lo, r->hi);
		}
}

static void
print_words(const struct sector *s, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct word_rule *w = &s->words[i];

		buf_addf(out, "%s %s %d %s\n", w->mask ? "mask" : "word", w->lang, (int)w->form, w->folded);
	}
}

/* Names, codes and words, numbered in their order: the index keeps numbers. Titles are for people and left out. */
static void
finish(struct sectors *s)
{
	AUTO_BUF text = BUF_INIT;

	if (s->n > 0)
		qsort(s->v, s->n, sizeof(*s->v), compare_names);
	buf_addf(&text, "scoring %d\n", SCORING);
	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < s->v[i].n; k++) {
			s->v[i].words[k].sector = i;
			s->v[i].words[k].number = s->words++;
		}
		buf_addf(&text, "sector %s\n", s->v[i].name);
		print_codes(&s->v[i], &text);
		print_words(&s->v[i], &text);
	}
	sha256_hex(text.data, text.len, s->fingerprint);
	s->patterns = patterns_new(s);
}

int
sectors_load(const struct conf *conf, struct sectors **out, struct error *err)
{
	AUTO_SECTORS *s = xcalloc(1, sizeof(*s));
	AUTO_CONF shipped = CONF_INIT;
	int rc;

	*out = NULL;
	if ((rc = conf_parse(&shipped, "shipped sectors", sectors_shipped, err)) < 0 || (rc = read_all(&shipped, s, err)) < 0)
		return rc;
	if (conf != NULL && (rc = read_all(conf, s, err)) < 0)
		return rc;
	finish(s);
	*out = TAKE(s);
	return 0;
}

void
sectors_free(struct sectors *s)
{
	if (s == NULL)
		return;
	patterns_free(s->patterns);
	for (size_t i = 0; i < s->n; i++)
		sector_clear(&s->v[i]);
	free(s->v);
	free(s);
}

size_t
sectors_count(const struct sectors *s)
{
	return s->n;
}

const char *
sectors_name(const struct sectors *s, size_t i)
{
	assert(i < s->n);
	return s->v[i].name;
}

const char *
sectors_title(const struct sectors *s, size_t i)
{
	assert(i < s->n);
	return s->v[i].title;
}

bool
sectors_known(const struct sectors *s, const char *name)
{
	return find(s, name) != NULL;
}

const char *
sectors_fingerprint(const struct sectors *s)
{
	return s->fingerprint;
}
