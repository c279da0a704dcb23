#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "aligner.h"
#include "words.h"

#define LEAST_SHARED 700	/* of 1000: weight of the words that both sides have, in order */
#define LEAST_GAIN 115		/* percent of what the pairs share */
#define LEAST_LINK 25		/* percent of the lighter of two sentences that they share; less is chance */
#define STEPS_PER_WORD 200	/* that may be spent on finding out, */
#define STEPS_MAX (4 << 20)	/* but no more than these in a text */

/* The words of a gap, and which sentence each belongs to. */
struct run {
	struct slices words;	/* of the old sentences, then of the new */
	size_t split;
	uint32_t *piece;	/* by word: number of its sentence in the gap */
	uint32_t *match;
	uint32_t *first, *last;	/* by old sentence, then by new: the sentences on the other side that its words link to; first > last: none */
	size_t k, l;
};

static void
add_words(const struct piece *p, size_t n, struct run *r)
{
	for (size_t i = 0; i < n; i++) {
		size_t before = r->words.n;

		words_split(p[i].s, p[i].n, &r->words);
		r->piece = xreallocarray(r->piece, r->words.n + 1, sizeof(*r->piece));
		for (size_t w = before; w < r->words.n; w++)
			r->piece[w] = (uint32_t)i;
	}
}

/* Aligns all words; false when that costs too much. */
static bool
align(struct run *r, double share, size_t *spent)
{
	size_t limit = STEPS_PER_WORD * (r->words.n + 1), most = share > 0 ? (size_t)(STEPS_MAX * share) : STEPS_MAX, left = *spent < most ? most - *spent : 0;
	struct effort own = { .limit = limit < left ? limit : left };
	size_t ids = intern(&r->words);
	AUTO_FREE uint32_t *a = sequence_ids(&r->words, 0, r->split), *b = sequence_ids(&r->words, r->split, r->words.n);

	r->match = xcalloc(r->split + 1, sizeof(*r->match));
	sequence_align(a, r->split, b, r->words.n - r->split, ids, SEQUENCE_MINIMAL, &own, r->match);
	*spent += own.steps;
	return !own.coarse;
}

static unsigned
shared_weight(const struct run *r)
{
	unsigned weight = 0;

	for (size_t i = 0; i < r->split; i++)
		if (r->match[i] != SEQUENCE_NONE)
			weight += words_weight(&r->words.v[i]);
	return weight;
}

static void
link_pieces(struct run *r, uint32_t x, uint32_t y)
{
	uint32_t *first = r->first, *last = r->last;

	if (first[x] > y)
		first[x] = y;
	if (last[x] < y + 1)
		last[x] = y + 1;
	if (first[r->k + y] > x)
		first[r->k + y] = x;
	if (last[r->k + y] < x + 1)
		last[r->k + y] = x + 1;
}

/* Links sentences that share enough words which stand next to each other in the alignment. */
static void
find_links(struct aligner *al, const struct gap *g, struct run *r)
{
	for (size_t i = 0; i < r->k + r->l; i++)
		r->first[i] = UINT32_MAX;
	for (size_t i = 0, end; i < r->split; i = end) {
		uint32_t x, y;
		unsigned weight = 0, least;

		end = i + 1;
		if (r->match[i] == SEQUENCE_NONE)
			continue;
		x = r->piece[i];
		y = r->piece[r->split + r->match[i]];
		for (end = i; end < r->split && r->piece[end] == x && (r->match[end] == SEQUENCE_NONE || r->piece[r->split + r->match[end]] == y); end++)
			weight += r->match[end] != SEQUENCE_NONE ? words_weight(&r->words.v[end]) : 0;
		least = old_bag(al, g->a0 + x)->weight < new_bag(al, g->b0 + y)->weight ? old_bag(al, g->a0 + x)->weight : new_bag(al, g->b0 + y)->weight;
		if ((uint64_t)100 * weight >= (uint64_t)LEAST_LINK * least)
			link_pieces(r, x, y);
	}
}

/* Couples of what hangs together by links. */
static void
gather(const struct run *r, const struct gap *g, struct couples *out)
{
	const uint32_t *first_b = r->first + r->k, *last_b = r->last + r->k;
	size_t x = 0, y = 0;

	while (x < r->k && y < r->l) {
		size_t x_end = x + 1, y_end = y;

		if (r->first[x] > r->last[x]) {
			x++;	/* alone */
			continue;
		}
		if (first_b[y] > last_b[y]) {
			y++;
			continue;
		}
		for (size_t i = x, j = y; i < x_end || j < y_end; ) {
			if (i < x_end) {
				y_end = r->last[i] > y_end && r->first[i] <= r->last[i] ? r->last[i] : y_end;
				i++;
			} else {
				x_end = last_b[j] > x_end && first_b[j] <= last_b[j] ? last_b[j] : x_end;
				j++;
			}
		}
		couples_add(out, g->a0 + x, g->a0 + x_end, g->b0 + y, g->b0 + y_end);
		x = x_end;
		y = y_end;
	}
}

static void
weigh(const struct aligner *al, const struct gap *g, unsigned *a, unsigned *b)
{
	*a = *b = 0;
	for (size_t i = g->a0; i < g->a1; i++)
		*a += old_bag(al, i)->weight;
	for (size_t j = g->b0; j < g->b1; j++)
		*b += new_bag(al, j)->weight;
}

/* Weight of the words that the pairs explain. */
static unsigned
paired_weight(struct aligner *al, const struct couples *pairs)
{
	unsigned weight = 0;

	for (size_t i = 0; i < pairs->n; i++)
		for (size_t x = pairs->v[i].a0; x < pairs->v[i].a1; x++)
			for (size_t y = pairs->v[i].b0; y < pairs->v[i].b1; y++)
				weight += bags_common(&al->bags, old_bag(al, x), new_bag(al, y), &al->effort->steps);
	return weight;
}

/* All sentences of the gap are open: none was moved away from or to it. */
static bool
all_open(const struct aligner *al, const struct gap *g)
{
	for (size_t i = g->a0; i < g->a1; i++)
		if (!al->open_a[i])
			return false;
	for (size_t j = g->b0; j < g->b1; j++)
		if (!al->open_b[j])
			return false;
	return g->a1 > g->a0 && g->b1 > g->b0 && g->a1 - g->a0 + g->b1 - g->b0 > 2;
}

static bool
try_run(struct aligner *al, const struct gap *g, struct run *r, unsigned paired, struct couples *out)
{
	unsigned a, b, shared;

	weigh(al, g, &a, &b);
	if (a + b == 0 || 2000 * (uint64_t)(a < b ? a : b) / (a + b) < LEAST_SHARED || (uint64_t)LEAST_GAIN * paired >= (uint64_t)100 * (a < b ? a : b))
		return false;	/* cannot succeed */
	add_words(al->a->v + g->a0, r->k, r);
	r->split = r->words.n;
	add_words(al->b->v + g->b0, r->l, r);
	if (!align(r, al->effort->share, &al->reflow_steps))
		return false;
	shared = shared_weight(r);
	if ((uint64_t)2000 * shared / (a + b) < LEAST_SHARED || (uint64_t)100 * shared < (uint64_t)LEAST_GAIN * paired)
		return false;
	find_links(al, g, r);
	gather(r, g, out);
	return true;
}

bool
reflow_find(struct aligner *al, const struct gap *g, struct couples *pairs)
{
	struct run r = { .words = SLICES_INIT, .k = g->a1 - g->a0, .l = g->b1 - g->b0 };
	struct couples couples = { NULL, 0, 0 };
	bool found = false;

	if (!all_open(al, g))
		return false;
	r.first = xcalloc(r.k + r.l, sizeof(*r.first));
	r.last = xcalloc(r.k + r.l, sizeof(*r.last));
	found = try_run(al, g, &r, paired_weight(al, pairs), &couples);
	if (found) {
		free(pairs->v);
		*pairs = couples;
	}
	free(r.first);
	free(r.last);
	free(r.match);
	free(r.piece);
	slices_clear(&r.words);
	return found;
}
