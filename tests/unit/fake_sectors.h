/* Sectors for tests of the index: a sector is a word in the title. Takes the place of lib/sector, whose rules would move under the tests.
 * Included by one file of an executable. */
#ifndef REGWATCH_TESTS_FAKE_SECTORS_H
#define REGWATCH_TESTS_FAKE_SECTORS_H

#include <stdlib.h>
#include <string.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/sector/sector.h"

struct sectors {
	const char *fingerprint;
	const char *const *words;	/* sorted; the word is the name */
	size_t n;
};

size_t
sectors_count(const struct sectors *s)
{
	return s->n;
}

const char *
sectors_name(const struct sectors *s, size_t i)
{
	return s->words[i];
}

const char *
sectors_fingerprint(const struct sectors *s)
{
	return s->fingerprint;
}

static struct sector_match *
fake_match(struct sector_matches *m, size_t sector, double score, const char *field, const char *what)
{
	struct sector_match *one;

	m->v = xgrow(m->v, m->n, &m->cap, sizeof(*m->v));
	one = &m->v[m->n++];
	*one = (struct sector_match){ .sector = sector, .score = score, .assigned = true, .low = score < 2 };
	one->reasons = xgrow(NULL, 0, &one->cap, sizeof(*one->reasons));
	one->reasons[one->n++] = (struct sector_reason){ .field = xstrdup(field), .what = xstrdup(what), .points = score };
	return one;
}

/* A word in the title scores 3, in the products 1 (low). */
void
sectors_match(const struct sectors *s, const struct notice *n, struct sector_matches *out)
{
	for (size_t i = 0; i < s->n; i++)
		if (n->title.s != NULL && strstr(n->title.s, s->words[i]) != NULL)
			fake_match(out, i, 3, "title", s->words[i]);
		else if (n->products.s != NULL && strstr(n->products.s, s->words[i]) != NULL)
			fake_match(out, i, 1, "products", s->words[i]);
}

void
sectors_inherit(struct sector_matches *own, const struct sector_matches *base)
{
	bool sure = false;

	for (size_t i = 0; i < base->n; i++)
		sure = sure || !base->v[i].low;
	for (size_t i = 0; sure && i < own->n; i++)
		if (own->v[i].low)
			own->v[i].assigned = own->v[i].low = false;
	for (size_t i = 0; i < base->n; i++) {
		bool has = false;

		for (size_t k = 0; k < own->n; k++)
			has = has || (own->v[k].assigned && own->v[k].sector == base->v[i].sector);
		if (!has)
			fake_match(own, base->v[i].sector, base->v[i].score, "dossier", "base");
	}
}

void
sector_matches_clear(struct sector_matches *m)
{
	for (size_t i = 0; i < m->n; i++) {
		for (size_t k = 0; k < m->v[i].n; k++) {
			free(m->v[i].reasons[k].field);
			free(m->v[i].reasons[k].what);
			free(m->v[i].reasons[k].note);
		}
		free(m->v[i].reasons);
	}
	free(m->v);
	*m = (struct sector_matches)SECTOR_MATCHES_INIT;
}

void
sector_reason_text(const struct sector_match *m, struct buf *out)
{
	for (size_t i = 0; i < m->n; i++)
		buf_addf(out, "%s%s: %s", i > 0 ? "; " : "", m->reasons[i].field, m->reasons[i].what);
}

#endif
