/* Loading and checking: the sectors that ship, then those of the configuration. */
#include "rules.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "patterns.h"

#define NAME_MAX_BYTES 60
#define SCORING 1		/* raise it when match.c scores differently: it is part of the fingerprint */

CLEANUP_POINTER(sectors, struct sectors *, sectors_free)
#define AUTO_SECTORS __attribute__((cleanup(cleanup_sectors))) struct sectors

static void
cleanup_conf(struct conf *c)
{
	conf_clear(c);
}
#define AUTO_CONF __attribute__((cleanup(cleanup_conf))) struct conf

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

static void
draft_clear(struct draft *d)
{
	sector_clear(&d->sector);
	buf_clear(&d->folded);
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
		draft_clear(&d->v[i]);
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
		    ((rc = check_name(c, e, err)) < 0 || (rc = rules_read_entry(c, e, draft_of(&drafts, e), err)) < 0))
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

		buf_adds(out, w->mask ? "mask " : "word ");
		buf_adds(out, w->lang);
		buf_addc(out, " =~"[w->form]);
		buf_adds(out, w->folded);
		buf_addc(out, '\n');
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
