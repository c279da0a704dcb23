#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "aligner.h"

#define LEAST_ALIKE 450		/* of 1000: a sentence is taken for the new wording of another */
#define LEAST_JOINED 25		/* percent of a sentence's words that come from the one it was split from */
#define PAIRING_STEPS (12 << 20)	/* comparisons of words for finding pairs, in one text */

/* Numbers of the open sentences in [from, to); the caller's. */
static size_t *
list_open(const bool *open, size_t from, size_t to, size_t *n)
{
	size_t *list = xcalloc(to - from + 1, sizeof(*list));

	*n = 0;
	for (size_t i = from; i < to; i++)
		if (open[i])
			list[(*n)++] = i;
	return list;
}

enum turn { SKIP_OLD, SKIP_NEW, PAIR };

/* What a pair adds: 0 when they are too unlike to be one. */
static unsigned
worth_of(struct aligner *al, size_t i, size_t j, bool by_weight)
{
	const struct bag *x = old_bag(al, i), *y = new_bag(al, j);
	unsigned alike = bags_alike(&al->bags, x, y, LEAST_ALIKE, &al->effort->steps);

	if (alike < LEAST_ALIKE)
		return by_weight && x->n == y->n && memcmp(x->ids, y->ids, x->n * sizeof(*x->ids)) == 0;
	return by_weight ? 1 + (unsigned)((uint64_t)alike * (x->weight + y->weight) / 2000) : alike;
}

/* The best pairs of k old and l new sentences: those whose likeness, or the weight of what they have in common, adds up to most. */
static void
pair_all(struct aligner *al, const size_t *a, size_t k, const size_t *b, size_t l, bool by_weight, struct couples *out)
{
	AUTO_FREE unsigned char *ways = xcalloc(k * l + 1, 1);
	AUTO_FREE uint32_t *best = xcalloc(2 * (l + 1), sizeof(*best));
	uint32_t *above = best, *row = best + l + 1;

	for (size_t i = k; i-- > 0; ) {		/* from the end, so that the way is then walked from the start */
		row[l] = 0;
		for (size_t j = l; j-- > 0; ) {
			unsigned worth = worth_of(al, a[i], b[j], by_weight);
			enum turn way = above[j] >= row[j + 1] ? SKIP_OLD : SKIP_NEW;

			row[j] = way == SKIP_OLD ? above[j] : row[j + 1];
			if (worth > 0 && above[j + 1] + worth > row[j]) {
				row[j] = above[j + 1] + worth;
				way = PAIR;
			}
			ways[i * l + j] = (unsigned char)way;
		}
		above = row;
		row = row == best ? best + l + 1 : best;
	}
	for (size_t i = 0, j = 0; i < k && j < l; ) {
		enum turn way = ways[i * l + j];

		if (way == PAIR)
			couples_add(out, a[i], a[i] + 1, b[j], b[j] + 1);
		i += way != SKIP_NEW;
		j += way != SKIP_OLD;
	}
}

static size_t
words_of(const struct bag *(*bag)(const struct aligner *, size_t), const struct aligner *al, const size_t *list, size_t n)
{
	size_t words = n;

	for (size_t i = 0; i < n; i++)
		words += bag(al, list[i])->n;
	return words;
}

/* One that is too large is cut into parts that are compared one by one: then pairs across them are missed. */
static void
pair_gap(struct aligner *al, const struct gap *g, struct couples *out)
{
	size_t k, l, parts;
	AUTO_FREE size_t *a = list_open(al->open_a, g->a0, g->a1, &k), *b = list_open(al->open_b, g->b0, g->b1, &l);
	double words_a = (double)words_of(old_bag, al, a, k), words_b = (double)words_of(new_bag, al, b, l);
	double cost = words_a * (double)l + words_b * (double)k;
	double share = (words_a + words_b) / ((double)(al->bags.words + al->a->n + al->b->n) + 1);

	if (al->effort->share > 0)
		share *= al->effort->share;
	parts = 1 + (size_t)(cost / (PAIRING_STEPS * share + 1));
	if (parts > k)
		parts = k;
	if (parts > 1)
		al->effort->coarse = true;
	for (size_t p = 0; p < parts; p++) {
		size_t i = p * k / parts, j = p * l / parts;

		pair_all(al, a + i, (p + 1) * k / parts - i, b + j, (p + 1) * l / parts - j, false, out);
	}
}

void
pairs_heaviest(struct aligner *al, struct couples *out)
{
	size_t most = al->a->n > al->b->n ? al->a->n : al->b->n;
	AUTO_FREE size_t *all = xcalloc(most + 1, sizeof(*all));

	for (size_t i = 0; i < most; i++)
		all[i] = i;
	pair_all(al, all, al->a->n, all, al->b->n, true, out);
}

/* ---- split and joined sentences ---- */

/* Is x the rest of 'whole', of which 'part' is the one half? */
static bool
is_rest(const struct aligner *al, const struct bag *whole, const struct bag *part, const struct bag *x)
{
	return x->weight > 0 && (uint64_t)100 * bags_rest(&al->bags, whole, part, x) >= (uint64_t)LEAST_JOINED * x->weight;
}

/* Takes into a couple the neighbours that were split from its sentence or joined to it. lo_ and hi_ are where the couples beside it end. */
static void
extend(const struct aligner *al, struct couple *c, size_t lo_a, size_t hi_a, size_t lo_b, size_t hi_b)
{
	const struct bag *x = old_bag(al, c->a0), *y = new_bag(al, c->b0);

	if (c->b1 < hi_b && al->open_b[c->b1] && is_rest(al, x, y, new_bag(al, c->b1)))
		c->b1++;
	else if (c->b0 > lo_b && al->open_b[c->b0 - 1] && is_rest(al, x, y, new_bag(al, c->b0 - 1)))
		c->b0--;
	else if (c->a1 < hi_a && al->open_a[c->a1] && is_rest(al, y, x, old_bag(al, c->a1)))
		c->a1++;
	else if (c->a0 > lo_a && al->open_a[c->a0 - 1] && is_rest(al, y, x, old_bag(al, c->a0 - 1)))
		c->a0--;
}

static void
extend_all(const struct aligner *al, const struct gap *g, struct couples *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct couple *last = i > 0 ? &c->v[i - 1] : NULL, *next = i + 1 < c->n ? &c->v[i + 1] : NULL;

		extend(al, &c->v[i], last != NULL ? last->a1 : g->a0, next != NULL ? next->a0 : g->a1, last != NULL ? last->b1 : g->b0,
		    next != NULL ? next->b0 : g->b1);
	}
}

void
couples_add(struct couples *c, size_t a0, size_t a1, size_t b0, size_t b1)
{
	c->v = xgrow(c->v, c->n, &c->cap, sizeof(*c->v));
	c->v[c->n++] = (struct couple){ a0, a1, b0, b1 };
}

void
pairs_find(struct aligner *al, const struct gap *g, struct couples *out)
{
	pair_gap(al, g, out);
	extend_all(al, g, out);
}
