#include "sentences.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "bags.h"

#define LEAST_ALIKE 450		/* of 1000: a sentence is taken for the new wording of another */
#define LEAST_ALONE 250		/* the same when no other comes into question */
#define LEAST_MOVED 25		/* bytes; shorter ones ("Not applicable.") recur by chance */
#define LEAST_JOINED 50		/* percent of a sentence's words that come from the one it was split from */
#define PAIRING_STEPS (12 << 20)	/* comparisons of words for finding pairs, in one text */

/* Sentences [a0, a1) whose new wording is [b0, b1). */
struct couple {
	size_t a0, a1, b0, b1;
};

struct couples {
	struct couple *v;
	size_t n, cap;
};

struct aligner {
	const struct pieces *a, *b;
	uint32_t *match;		/* by old sentence: the same one in the new text */
	bool *moved_a, *moved_b;
	uint32_t *other;		/* by old sentence: where a moved one went */
	size_t *step_a, *step_b;	/* numbers of the steps of moved sentences */
	bool *open_a, *open_b;		/* changed somehow, with something on the other side that may be its other wording */
	struct bags bags;
	struct effort *effort;
	struct steps *out;
};

/* A stretch without unchanged sentences. */
struct gap {
	size_t a0, a1, b0, b1;
};

/* ---- unchanged and moved ---- */

static size_t
number_pieces(const struct pieces *a, const struct pieces *b, struct slices *out)
{
	for (size_t i = 0; i < a->n; i++)
		slices_add(out, a->v[i].s, a->v[i].n);
	for (size_t i = 0; i < b->n; i++)
		slices_add(out, b->v[i].s, b->v[i].n);
	return intern(out);
}

/* Pairs sentences that were taken out here and put in there, in order. */
static void
find_moved(struct aligner *al, const uint32_t *a, const uint32_t *b, size_t ids)
{
	AUTO_FREE uint32_t *first = xcalloc(ids + 1, sizeof(*first)), *next = xcalloc(al->b->n + 1, sizeof(*next));
	AUTO_FREE bool *kept = xcalloc(al->b->n + 1, sizeof(*kept));

	for (size_t i = 0; i < al->a->n; i++)
		if (al->match[i] != SEQUENCE_NONE)
			kept[al->match[i]] = true;
	for (size_t j = al->b->n; j-- > 0; )	/* 1 + number, so that 0 is the end of a list */
		if (!kept[j] && al->b->v[j].n >= LEAST_MOVED) {
			next[j] = first[b[j]];
			first[b[j]] = (uint32_t)j + 1;
		}
	for (size_t i = 0; i < al->a->n; i++) {
		size_t j = first[a[i]];

		if (al->match[i] != SEQUENCE_NONE || j-- == 0)
			continue;
		first[a[i]] = next[j];
		al->moved_a[i] = al->moved_b[j] = true;
		al->other[i] = (uint32_t)j;
	}
}

/* ---- pairs ---- */

/* Calls f for each stretch between unchanged sentences, and for each unchanged one with an empty gap. */
static void
each_gap(struct aligner *al, void (*f)(struct aligner *al, const struct gap *g), void (*same)(struct aligner *al, size_t i, size_t j))
{
	struct gap g = { 0, 0, 0, 0 };

	for (size_t i = 0; i < al->a->n; i++) {
		if (al->match[i] == SEQUENCE_NONE)
			continue;
		g.a1 = i;
		g.b1 = al->match[i];
		f(al, &g);
		if (same != NULL)
			same(al, i, g.b1);
		g.a0 = g.a1 + 1;
		g.b0 = g.b1 + 1;
	}
	g.a1 = al->a->n;
	g.b1 = al->b->n;
	f(al, &g);
}

static void
mark_open(struct aligner *al, const struct gap *g)
{
	for (size_t i = g->a0; i < g->a1 && g->b0 < g->b1; i++)
		al->open_a[i] = !al->moved_a[i];
	for (size_t j = g->b0; j < g->b1 && g->a0 < g->a1; j++)
		al->open_b[j] = !al->moved_b[j];
}

static const struct bag *
old_bag(const struct aligner *al, size_t i)
{
	return &al->bags.v[i];
}

static const struct bag *
new_bag(const struct aligner *al, size_t j)
{
	return &al->bags.v[al->a->n + j];
}

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

/* The best pairs of k old and l new sentences: those whose likeness adds up to most. */
static void
pair_all(struct aligner *al, const size_t *a, size_t k, const size_t *b, size_t l, struct couples *out)
{
	AUTO_FREE unsigned char *ways = xcalloc(k * l + 1, 1);
	AUTO_FREE uint32_t *best = xcalloc(2 * (l + 1), sizeof(*best));
	uint32_t *above = best, *row = best + l + 1;

	for (size_t i = k; i-- > 0; ) {		/* from the end, so that the way is then walked from the start */
		row[l] = 0;
		for (size_t j = l; j-- > 0; ) {
			unsigned alike = bags_alike(&al->bags, old_bag(al, a[i]), new_bag(al, b[j]), LEAST_ALIKE, &al->effort->steps);
			enum turn way = above[j] >= row[j + 1] ? SKIP_OLD : SKIP_NEW;

			row[j] = way == SKIP_OLD ? above[j] : row[j + 1];
			if (alike >= LEAST_ALIKE && above[j + 1] + alike > row[j]) {
				row[j] = above[j + 1] + alike;
				way = PAIR;
			}
			ways[i * l + j] = (unsigned char)way;
		}
		above = row;
		row = row == best ? best + l + 1 : best;
	}
	for (size_t i = 0, j = 0; i < k && j < l; ) {
		enum turn way = ways[i * l + j];

		if (way == PAIR) {
			out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
			out->v[out->n++] = (struct couple){ a[i], a[i] + 1, b[j], b[j] + 1 };
		}
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

/* Pairs within a gap. One that is too large is cut into parts that are compared one by one: then pairs across them are missed. */
static void
pair_gap(struct aligner *al, const struct gap *g, struct couples *out)
{
	size_t k, l, parts;
	AUTO_FREE size_t *a = list_open(al->open_a, g->a0, g->a1, &k), *b = list_open(al->open_b, g->b0, g->b1, &l);
	double words_a = (double)words_of(old_bag, al, a, k), words_b = (double)words_of(new_bag, al, b, l);
	double cost = words_a * (double)l + words_b * (double)k;
	double share = (words_a + words_b) / ((double)(al->bags.words + al->a->n + al->b->n) + 1);

	parts = 1 + (size_t)(cost / (PAIRING_STEPS * share + 1));
	if (parts > k)
		parts = k;
	if (parts > 1)
		al->effort->coarse = true;
	for (size_t p = 0; p < parts; p++) {
		size_t i = p * k / parts, j = p * l / parts;

		pair_all(al, a + i, (p + 1) * k / parts - i, b + j, (p + 1) * l / parts - j, out);
	}
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

/* ---- steps ---- */

static void
add_step(struct aligner *al, struct step s)
{
	al->out->v = xgrow(al->out->v, al->out->n, &al->out->cap, sizeof(*al->out->v));
	al->out->v[al->out->n++] = s;
}

static void
add_same(struct aligner *al, size_t i, size_t j)
{
	add_step(al, (struct step){ .kind = BLOCK_SAME, .a = i, .a_n = 1, .b = j, .b_n = 1 });
}

/* Sentences without a counterpart here: the old ones, then the new ones. */
static void
add_alone(struct aligner *al, const struct gap *g)
{
	for (size_t i = g->a0; i < g->a1; i++) {
		al->step_a[i] = al->out->n;
		add_step(al, (struct step){ .kind = al->moved_a[i] ? BLOCK_MOVED_FROM : BLOCK_DELETED, .a = i, .a_n = 1, .b = g->b0 });
	}
	for (size_t j = g->b0; j < g->b1; j++) {
		al->step_b[j] = al->out->n;
		add_step(al, (struct step){ .kind = al->moved_b[j] ? BLOCK_MOVED_TO : BLOCK_INSERTED, .a = g->a1, .b = j, .b_n = 1 });
	}
}

/* The one open sentence in [from, to), or (size_t)-1 when there is none or another. */
static size_t
only_open(const bool *open, size_t from, size_t to)
{
	size_t found = (size_t)-1;

	for (size_t i = from; i < to; i++) {
		if (open[i] && found != (size_t)-1)
			return (size_t)-1;
		if (open[i])
			found = i;
	}
	return found;
}

/* What lies between two couples: of one sentence against one it can still be told what they begin and end with. */
static void
add_rest(struct aligner *al, const struct gap *g)
{
	size_t i = only_open(al->open_a, g->a0, g->a1), j = only_open(al->open_b, g->b0, g->b1);
	bool alike;

	if (i == (size_t)-1 || j == (size_t)-1) {
		add_alone(al, g);
		return;
	}
	alike = bags_alike(&al->bags, old_bag(al, i), new_bag(al, j), LEAST_ALONE, &al->effort->steps) >= LEAST_ALONE;
	add_alone(al, &(struct gap){ g->a0, i, g->b0, j });
	add_step(al, (struct step){ .kind = BLOCK_CHANGED, .a = i, .a_n = 1, .b = j, .b_n = 1, .edges = !alike });
	add_alone(al, &(struct gap){ i + 1, g->a1, j + 1, g->b1 });
}

static void
add_gap(struct aligner *al, const struct gap *g)
{
	struct couples couples = { NULL, 0, 0 };
	struct gap rest = *g;

	pair_gap(al, g, &couples);
	extend_all(al, g, &couples);
	for (size_t i = 0; i < couples.n; i++) {
		const struct couple *c = &couples.v[i];

		rest.a1 = c->a0;
		rest.b1 = c->b0;
		add_rest(al, &rest);
		add_step(al, (struct step){ .kind = BLOCK_CHANGED, .a = c->a0, .a_n = c->a1 - c->a0, .b = c->b0, .b_n = c->b1 - c->b0 });
		rest.a0 = c->a1;
		rest.b0 = c->b1;
	}
	rest.a1 = g->a1;
	rest.b1 = g->b1;
	add_rest(al, &rest);
	free(couples.v);
}

/* Tells each moved sentence where its other half is. */
static void
link_moved(struct aligner *al)
{
	for (size_t i = 0; i < al->a->n; i++) {
		if (!al->moved_a[i])
			continue;
		al->out->v[al->step_a[i]].pair = al->step_b[al->other[i]];
		al->out->v[al->step_b[al->other[i]]].pair = al->step_a[i];
	}
}

static void
align_numbered(struct aligner *al, const struct slices *numbers, size_t ids)
{
	AUTO_FREE uint32_t *a = sequence_ids(numbers, 0, al->a->n), *b = sequence_ids(numbers, al->a->n, numbers->n);

	sequence_align(a, al->a->n, b, al->b->n, ids, SEQUENCE_ANCHORED, al->effort, al->match);
	find_moved(al, a, b, ids);
	each_gap(al, mark_open, NULL);
	bags_make(al->a, al->open_a, al->b, al->open_b, &al->bags);
	each_gap(al, add_gap, add_same);
	link_moved(al);
	bags_clear(&al->bags);
}

void
sentences_align(const struct pieces *a, const struct pieces *b, struct effort *effort, struct steps *out)
{
	AUTO_SLICES numbers = SLICES_INIT;
	AUTO_FREE uint32_t *match = xcalloc(a->n + 1, sizeof(*match)), *other = xcalloc(a->n + 1, sizeof(*other));
	AUTO_FREE bool *flags = xcalloc(2 * (a->n + b->n) + 1, sizeof(*flags));
	AUTO_FREE size_t *step_a = xcalloc(a->n + 1, sizeof(*step_a)), *step_b = xcalloc(b->n + 1, sizeof(*step_b));
	struct aligner al = { .a = a, .b = b, .match = match, .other = other, .step_a = step_a, .step_b = step_b, .effort = effort, .out = out };
	size_t ids = number_pieces(a, b, &numbers);

	al.moved_a = flags;
	al.open_a = flags + a->n;
	al.moved_b = flags + 2 * a->n;
	al.open_b = al.moved_b + b->n;
	align_numbered(&al, &numbers, ids);
}
