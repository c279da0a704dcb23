#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "provision_match.h"

/* Of 1000: how much of their words two provisions must share to be one. */
#define LEAST_ALIKE 450
#define LEAST_SAME_PLACE 300	/* with the same label, */
#define LEAST_SAME_HEADING 200	/* with the same label and heading */
#define LEAST_ALONE 200		/* nothing else changed between the two provisions around them */
#define RARE_WORDS 8		/* of a provision, by which others are looked for, */
#define RARE_MOST 16		/* each in no more provisions than these of a text */
#define RARE_WEIGHT 4
#define CANDIDATES 6		/* those with most rare words in common are compared */
#define STEPS_MAX (6 << 20)	/* from here on only by place */

struct candidate {
	uint32_t a, b;
	unsigned score;
};

struct finder {
	struct matcher *m;
	struct candidate *v;
	size_t n, cap;
	size_t spent;
	uint32_t *first, *next;		/* by word: provisions of the new text that have it, 1 + place in 'holder' */
	uint32_t *holder;
	unsigned char *often;		/* by word: in how many, up to RARE_MOST + 1 */
	uint32_t *hits;			/* by new unit: rare words in common with the old one looked at */
	size_t holders;
	uint32_t *before, *behind;	/* by old unit, see find_neighbours */
};

static const struct bag *
bag_of(const struct matcher *m, bool new, size_t i)
{
	return &m->bags.v[new ? m->old.units.n + i : i];
}

static struct unit *
old_unit(const struct finder *f, size_t i)
{
	return &f->m->old.units.v[i];
}

static struct unit *
new_unit(const struct finder *f, size_t j)
{
	return &f->m->new.units.v[j];
}

static void
couple(struct finder *f, size_t i, size_t j)
{
	old_unit(f, i)->match = (uint32_t)j;
	new_unit(f, j)->match = (uint32_t)i;
}

static bool
same_heading(const struct unit *a, const struct unit *b)
{
	return a->p->heading[0] != '\0' && strcmp(a->p->heading, b->p->heading) == 0;
}

static unsigned
least_of(const struct unit *a, const struct unit *b)
{
	if (a->place != b->place)
		return LEAST_ALIKE;
	return same_heading(a, b) ? LEAST_SAME_HEADING : LEAST_SAME_PLACE;
}

static void
consider(struct finder *f, size_t i, size_t j)
{
	unsigned least = least_of(old_unit(f, i), new_unit(f, j));
	unsigned alike = bags_alike(&f->m->bags, bag_of(f->m, false, i), bag_of(f->m, true, j), least, &f->spent);

	if (alike < least)
		return;
	f->v = xgrow(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n++] = (struct candidate){ (uint32_t)i, (uint32_t)j, alike + 2 * (LEAST_ALIKE - least) };
}

/* ---- by place ---- */

static int
compare_places(const void *a, const void *b)
{
	const struct unit *x = *(struct unit *const *)a, *y = *(struct unit *const *)b;

	return (x->place > y->place) - (x->place < y->place);
}

static struct unit **
sorted(const struct units *u, size_t *n)
{
	struct unit **list = xcalloc(u->n + 1, sizeof(struct unit *));

	*n = 0;
	for (size_t i = 0; i < u->n; i++)
		if (u->v[i].match == SEQUENCE_NONE)
			list[(*n)++] = &u->v[i];
	qsort(list, *n, sizeof(struct unit *), compare_places);
	return list;
}

static void
by_place(struct finder *f, void (*call)(struct finder *f, size_t i, size_t j))
{
	size_t x = 0, y = 0, n, k;
	AUTO_FREE struct unit **a = sorted(&f->m->old.units, &n), **b = sorted(&f->m->new.units, &k);

	while (x < n && y < k) {
		int c = (a[x]->place > b[y]->place) - (a[x]->place < b[y]->place);

		if (c == 0)
			call(f, (size_t)(a[x] - f->m->old.units.v), (size_t)(b[y] - f->m->new.units.v));
		x += c <= 0;
		y += c >= 0;
	}
}

/* ---- by rare words ---- */

/* Notes which new provisions have a word, as long as those are few. */
static void
index_words(struct finder *f)
{
	struct matcher *m = f->m;

	f->first = xcalloc(m->ids + 1, sizeof(*f->first));
	f->often = xcalloc(m->ids + 1, 1);
	f->next = xcalloc(m->bags.words + 1, sizeof(*f->next));
	f->holder = xcalloc(m->bags.words + 1, sizeof(*f->holder));
	f->hits = xcalloc(m->new.units.n + 1, sizeof(*f->hits));
	for (size_t j = 0; j < m->new.units.n; j++) {
		const struct bag *bag = bag_of(m, true, j);

		if (m->new.units.v[j].match != SEQUENCE_NONE)
			continue;
		for (size_t w = 0; w < bag->n; w++) {
			uint32_t id = bag->ids[w];

			if (m->bags.weights[id] < RARE_WEIGHT || (w > 0 && bag->ids[w - 1] == id) || f->often[id] > RARE_MOST)
				continue;
			f->often[id]++;
			f->holder[f->holders] = (uint32_t)j;
			f->next[f->holders] = f->first[id];
			f->first[id] = (uint32_t)++f->holders;
		}
	}
}

/* The rarest words of an old provision that new ones have. */
static size_t
rarest(const struct finder *f, const struct bag *bag, uint32_t *out)
{
	size_t n = 0;

	for (size_t w = 0; w < bag->n; w++) {
		uint32_t id = bag->ids[w];
		size_t at = n;

		if (f->often[id] == 0 || f->often[id] > RARE_MOST || (w > 0 && bag->ids[w - 1] == id))
			continue;
		while (at > 0 && f->often[out[at - 1]] > f->often[id])
			at--;
		if (at == RARE_WORDS)
			continue;
		n += n < RARE_WORDS;
		memmove(out + at + 1, out + at, (n - 1 - at) * sizeof(*out));
		out[at] = id;
	}
	return n;
}

/* Compares with those that share most of the rare words. */
static void
look_for(struct finder *f, size_t i)
{
	uint32_t words[RARE_WORDS], found[RARE_WORDS * RARE_MOST];
	size_t n = rarest(f, bag_of(f->m, false, i), words), count = 0;

	f->spent += bag_of(f->m, false, i)->n;
	for (size_t w = 0; w < n; w++)
		for (uint32_t at = f->first[words[w]]; at != 0; at = f->next[at - 1]) {
			uint32_t j = f->holder[at - 1];

			if (f->hits[j]++ == 0)
				found[count++] = j;
		}
	for (size_t c = 0; c < CANDIDATES && c < count; c++) {
		size_t best = c;
		uint32_t j;

		for (size_t k = c + 1; k < count; k++)
			if (f->hits[found[k]] > f->hits[found[best]])
				best = k;
		j = found[best];
		found[best] = found[c];
		found[c] = j;
		if (new_unit(f, j)->place != old_unit(f, i)->place)	/* those were considered */
			consider(f, i, j);
	}
	for (size_t k = 0; k < count; k++)
		f->hits[found[k]] = 0;
}

static int
compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->a != y->a ? (x->a < y->a ? -1 : 1) : (x->b > y->b) - (x->b < y->b);
}

static void
take_best(struct finder *f)
{
	if (f->n > 0)
		qsort(f->v, f->n, sizeof(*f->v), compare_candidates);
	for (size_t k = 0; k < f->n; k++)
		if (old_unit(f, f->v[k].a)->match == SEQUENCE_NONE && new_unit(f, f->v[k].b)->match == SEQUENCE_NONE)
			couple(f, f->v[k].a, f->v[k].b);
}

/* ---- by what is around ---- */

/* For each old unit the match of the nearest matched one before it and behind it: what stands between them may have become each other. */
static void
find_neighbours(struct finder *f)
{
	size_t n = f->m->old.units.n;
	uint32_t last = 0;

	f->before = xcalloc(n + 1, sizeof(*f->before));
	f->behind = xcalloc(n + 1, sizeof(*f->behind));
	for (size_t i = 0; i < n; i++) {
		if (old_unit(f, i)->match != SEQUENCE_NONE)
			last = old_unit(f, i)->match;
		f->before[i] = last;
	}
	last = SEQUENCE_NONE;
	for (size_t i = n; i-- > 0; ) {
		if (old_unit(f, i)->match != SEQUENCE_NONE)
			last = old_unit(f, i)->match;
		f->behind[i] = last;
	}
}

/* What has the same label and stands between the same neighbours was written anew. */
static void
match_in_place(struct finder *f, size_t i, size_t j)
{
	f->spent++;
	if (f->before[i] < j && j < f->behind[i])
		couple(f, i, j);
}

/* One for one between two matches that follow each other in both texts. */
static void
match_alone(struct finder *f)
{
	struct matcher *m = f->m;

	for (size_t i = 1; i < m->old.units.n; i++) {
		size_t j = (size_t)old_unit(f, i - 1)->match + 1;

		if (old_unit(f, i)->match != SEQUENCE_NONE || old_unit(f, i - 1)->match == SEQUENCE_NONE || j >= m->new.units.n || new_unit(f, j)->match != SEQUENCE_NONE)
			continue;
		if (i + 1 < m->old.units.n ? old_unit(f, i + 1)->match != j + 1 : j + 1 != m->new.units.n)
			continue;
		if (bags_alike(&m->bags, bag_of(m, false, i), bag_of(m, true, j), LEAST_ALONE, &f->spent) >= LEAST_ALONE)
			couple(f, i, j);
	}
}

void
match_alike(struct matcher *m)
{
	struct finder f = { .m = m };

	index_words(&f);
	by_place(&f, consider);
	for (size_t i = 0; i < m->old.units.n && f.spent < STEPS_MAX; i++)
		if (m->old.units.v[i].match == SEQUENCE_NONE)
			look_for(&f, i);
	if (f.spent >= STEPS_MAX)
		m->effort->coarse = true;
	take_best(&f);
	find_neighbours(&f);
	by_place(&f, match_in_place);
	match_alone(&f);
	m->effort->steps += f.spent;
	free(f.v);
	free(f.first);
	free(f.next);
	free(f.holder);
	free(f.often);
	free(f.hits);
	free(f.before);
	free(f.behind);
}
