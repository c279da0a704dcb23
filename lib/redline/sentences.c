#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "aligner.h"
#include "words.h"

#define LEAST_ALONE 250		/* the same when no other comes into question */
#define LEAST_MOVED 25		/* bytes; shorter ones ("Not applicable.") recur by chance */
#define LONGEST_STRAY 16	/* bytes */
#define FEW 40			/* sentences of a provision that are all compared with each other */

/* ---- unchanged and moved ---- */

/* room: for the one form of pieces that flow. */
static void
add_numbers(const struct pieces *p, char *room, struct slices *out)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t n;

		if (!p->flow) {
			slices_add(out, p->v[i].s, p->v[i].n);
			continue;
		}
		n = words_flatten(p->v[i].s, p->v[i].n, room);
		slices_add(out, room, n);
		room += n;
	}
}

static size_t
bytes_of(const struct pieces *p)
{
	size_t n = 1;

	for (size_t i = 0; i < p->n; i++)
		n += p->v[i].n;
	return n;
}

/* Equal pieces get equal numbers. */
static size_t
number_pieces(const struct pieces *a, const struct pieces *b, struct slices *out)
{
	AUTO_FREE char *room_a = a->flow ? xmalloc(bytes_of(a)) : NULL, *room_b = b->flow ? xmalloc(bytes_of(b)) : NULL;

	add_numbers(a, room_a, out);
	add_numbers(b, room_b, out);
	return intern(out);
}

/* Short pieces ("[extract]", "and:") that are alone the same between changes on either side are so by chance: they must not part
 * what belongs together. They may still find each other as a pair. */
static void
drop_stray(struct aligner *al)
{
	AUTO_FREE bool *kept = xcalloc(al->b->n + 1, sizeof(*kept)), *stray = xcalloc(al->a->n + 1, sizeof(*stray));

	for (size_t i = 0; i < al->a->n; i++)
		if (al->match[i] != SEQUENCE_NONE)
			kept[al->match[i]] = true;
	for (size_t i = 1; i + 1 < al->a->n; i++) {
		size_t j = al->match[i];

		stray[i] = j != SEQUENCE_NONE && j > 0 && j + 1 < al->b->n && al->a->v[i].n <= LONGEST_STRAY && al->match[i - 1] == SEQUENCE_NONE &&
		    al->match[i + 1] == SEQUENCE_NONE && !kept[j - 1] && !kept[j + 1];
	}
	for (size_t i = 0; i < al->a->n; i++)
		if (stray[i])
			al->match[i] = SEQUENCE_NONE;
}

/* Of few sentences that were also put into another order, those stay that have most words in common with what stands in their place: one
 * that is just the same must not cut off two that were reworded. Such a one is then a moved one. */
static void
keep_heaviest(struct aligner *al, const uint32_t *a, const uint32_t *b)
{
	AUTO_FREE bool *all = xcalloc(al->a->n + al->b->n + 1, sizeof(*all));
	struct couples couples = { NULL, 0, 0 };
	size_t open = 0;

	for (size_t i = 0; i < al->a->n; i++)
		open += al->match[i] == SEQUENCE_NONE;
	if (!al->a->flow || open == 0 || al->a->n > FEW || al->b->n > FEW || open + al->b->n == al->a->n)
		return;
	memset(all, true, al->a->n + al->b->n);
	bags_make(al->a, all, al->b, all + al->a->n, &al->bags);
	pairs_heaviest(al, &couples);
	for (size_t i = 0; i < al->a->n; i++)
		al->match[i] = SEQUENCE_NONE;
	for (size_t k = 0; k < couples.n; k++)
		if (a[couples.v[k].a0] == b[couples.v[k].b0])
			al->match[couples.v[k].a0] = (uint32_t)couples.v[k].b0;
	free(couples.v);
	bags_clear(&al->bags);
}

static bool
is_same(const struct piece *x, const struct piece *y)
{
	return x->n == y->n && (x->n == 0 || memcmp(x->s, y->s, x->n) == 0);
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
add_couple(struct aligner *al, const struct couple *c)
{
	bool same = c->a1 - c->a0 == 1 && c->b1 - c->b0 == 1 && is_same(&al->a->v[c->a0], &al->b->v[c->b0]);

	add_step(al, (struct step){ .kind = same ? BLOCK_SAME : BLOCK_CHANGED, .a = c->a0, .a_n = c->a1 - c->a0, .b = c->b0, .b_n = c->b1 - c->b0 });
}

static void
add_gap(struct aligner *al, const struct gap *g)
{
	struct couples couples = { NULL, 0, 0 };
	struct gap rest = *g;

	pairs_find(al, g, &couples);
	reflow_find(al, g, &couples);
	for (size_t i = 0; i < couples.n; i++) {
		const struct couple *c = &couples.v[i];

		rest.a1 = c->a0;
		rest.b1 = c->b0;
		add_rest(al, &rest);
		add_couple(al, c);
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
	keep_heaviest(al, a, b);
	drop_stray(al);
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
	effort->steps += al.reflow_steps;
}
