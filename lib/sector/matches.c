#include "matches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"

static struct sector_match *
find(const struct sector_matches *m, size_t sector)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].sector == sector)
			return &m->v[i];
	return NULL;
}

struct sector_match *
matches_of(struct sector_matches *m, size_t sector)
{
	struct sector_match *one = find(m, sector);

	if (one != NULL)
		return one;
	m->v = xgrow(m->v, m->n, &m->cap, sizeof(*m->v));
	m->v[m->n] = (struct sector_match){ .sector = sector };
	return &m->v[m->n++];
}

void
match_reason(struct sector_match *m, const char *field, const char *what, const char *lang, double points, const char *note)
{
	struct sector_reason *r;

	m->reasons = xgrow(m->reasons, m->n, &m->cap, sizeof(*m->reasons));
	r = &m->reasons[m->n++];
	*r = (struct sector_reason){ .field = xstrdup(field), .what = xstrdup(what), .points = points, .note = xstrdup(note) };
	snprintf(r->lang, sizeof(r->lang), "%s", lang != NULL ? lang : "");
}

static int
compare(const void *a, const void *b)
{
	const struct sector_match *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->sector < y->sector ? -1 : x->sector > y->sector;
}

void
matches_sort(struct sector_matches *m)
{
	if (m->n > 1)
		qsort(m->v, m->n, sizeof(*m->v), compare);
}

static bool
has_sure(const struct sector_matches *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].assigned && !m->v[i].low)
			return true;
	return false;
}

static void
drop_guess(struct sector_matches *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].low)
			m->v[i].assigned = m->v[i].low = false;
}

void
sectors_inherit(struct sector_matches *own, const struct sector_matches *base)
{
	if (has_sure(base))
		drop_guess(own);
	for (size_t i = 0; i < base->n; i++) {
		const struct sector_match *from = &base->v[i];
		struct sector_match *to;

		if (!from->assigned)
			continue;
		to = matches_of(own, from->sector);
		if (to->assigned)
			continue;
		match_reason(to, "dossier", "base notification", NULL, from->score, NULL);
		to->assigned = true;
		to->low = from->low;
		to->score = from->score;	/* its own reached nothing */
	}
	matches_sort(own);
}

void
sectors_match_in_dossier(const struct sectors *s, const struct notice *n, const struct notice *base, struct sector_matches *out)
{
	struct sector_matches of_base = SECTOR_MATCHES_INIT;

	sectors_match(s, n, out);
	if (base == NULL)
		return;
	sectors_match(s, base, &of_base);
	sectors_inherit(out, &of_base);
	sector_matches_clear(&of_base);
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

/* For people: codes have their system as the field, words lose the sign that says how they match. */
static void
reason_text(const struct sector_reason *r, struct buf *out)
{
	const char *what = r->what + (r->lang[0] != '\0' && (*r->what == '=' || *r->what == '~'));

	if (strcmp(r->field, "HS") == 0 || strcmp(r->field, "ICS") == 0)
		buf_addf(out, "%s %s", r->field, what);
	else
		buf_addf(out, "%s: %s", r->field, what);
}

void
sector_reason_text(const struct sector_match *m, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < m->n; i++) {
		if (m->reasons[i].points <= 0)
			continue;
		buf_adds(out, first ? "" : "; ");
		reason_text(&m->reasons[i], out);
		first = false;
	}
}
