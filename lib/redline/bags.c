#include "bags.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "words.h"

static int
compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The bytes of all pieces in lower-case ASCII: a sentence with other capitals is still much the same. The caller's. */
static char *
lower_case(const struct pieces *p)
{
	size_t n = p->n > 0 ? (size_t)(p->v[p->n - 1].s + p->v[p->n - 1].n - p->v[0].s) : 0;
	char *s = n > 0 ? xstrndup(p->v[0].s, n) : xstrdup("");

	for (size_t i = 0; i < n; i++)
		if (s[i] >= 'A' && s[i] <= 'Z')
			s[i] = (char)(s[i] - 'A' + 'a');
	return s;
}

/* Adds the words of the chosen pieces of a text; counts[i] is how many piece i has. */
static void
collect(const struct pieces *p, const char *text, const bool *chosen, struct slices *words, size_t *counts)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t before = words->n;

		if (!chosen[i])
			continue;
		words_split(text + (p->v[i].s - p->v[0].s), p->v[i].n, words);
		counts[i] = words->n - before;
	}
}

void
bags_make(const struct pieces *a, const bool *chosen_a, const struct pieces *b, const bool *chosen_b, struct bags *out)
{
	AUTO_SLICES words = SLICES_INIT;
	AUTO_FREE size_t *counts = xcalloc(a->n + b->n + 1, sizeof(*counts));
	AUTO_FREE char *text_a = lower_case(a), *text_b = lower_case(b);
	size_t at = 0, ids;

	collect(a, text_a, chosen_a, &words, counts);
	collect(b, text_b, chosen_b, &words, counts + a->n);
	ids = intern(&words);
	out->words = words.n;
	out->v = xcalloc(a->n + b->n + 1, sizeof(*out->v));
	out->pool = sequence_ids(&words, 0, words.n);
	out->weights = xcalloc(ids + 1, 1);
	for (size_t i = 0; i < a->n + b->n; i++) {
		struct bag *bag = &out->v[i];

		*bag = (struct bag){ out->pool + at, counts[i], 0 };
		for (size_t k = at; k < at + counts[i]; k++) {
			out->weights[words.v[k].id] = (unsigned char)words_weight(&words.v[k]);
			bag->weight += out->weights[words.v[k].id];
		}
		qsort(bag->ids, bag->n, sizeof(*bag->ids), compare_ids);
		at += counts[i];
	}
}

void
bags_clear(struct bags *b)
{
	free(b->v);
	free(b->pool);
	free(b->weights);
	*b = (struct bags){ NULL, NULL, NULL, 0 };
}

unsigned
bags_common(const struct bags *all, const struct bag *x, const struct bag *y, size_t *steps)
{
	unsigned common = 0;
	size_t i = 0, j = 0;

	while (i < x->n && j < y->n) {
		uint32_t a = x->ids[i], b = y->ids[j];

		if (a == b)
			common += all->weights[a];
		i += a <= b;
		j += b <= a;
	}
	*steps += i + j;
	return common;
}

unsigned
bags_alike(const struct bags *all, const struct bag *x, const struct bag *y, unsigned least, size_t *steps)
{
	uint64_t sum = (uint64_t)x->weight + y->weight, smaller = x->weight < y->weight ? x->weight : y->weight;

	++*steps;
	if (sum == 0 || 2000 * smaller / sum < least)
		return 0;
	return (unsigned)((uint64_t)2000 * bags_common(all, x, y, steps) / sum);
}

unsigned
bags_rest(const struct bags *all, const struct bag *x, const struct bag *y, const struct bag *z)
{
	unsigned rest = 0;
	size_t i = 0, j = 0, k = 0;

	for (; i < x->n; i++) {
		while (j < y->n && y->ids[j] < x->ids[i])
			j++;
		if (j < y->n && y->ids[j] == x->ids[i]) {
			j++;
			continue;
		}
		while (k < z->n && z->ids[k] < x->ids[i])
			k++;
		if (k < z->n && z->ids[k] == x->ids[i]) {
			k++;
			rest += all->weights[x->ids[i]];
		}
	}
	return rest;
}
