#include "provision_match.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "words.h"

#define WORDS_TELLING 6		/* of a provision that may be found again by its words alone; shorter ones ("Repealed.") recur by chance */

/* ---- units ---- */

/* The paths of articles begin at the annex they are in; what chapters they are in changes more often than their numbers. */
static char *
path_of(const struct provisions *all, size_t i, char *const *paths)
{
	const struct provision *p = &all->v[i];
	size_t up = p->parent;

	if (p->kind == PROVISION_ARTICLE || p->kind == PROVISION_CODE)
		while (up > 0 && all->v[up].kind != PROVISION_ANNEX)
			up = all->v[up].parent;
	while (up > 0 && paths[up] == NULL)
		up = all->v[up].parent;
	return xasprintf("%s/%s", up > 0 ? paths[up] : "", p->key);
}

static void
make_units(struct side *s)
{
	const struct provisions *all = &s->provisions;
	AUTO_FREE char **paths = xcalloc(all->n + 1, sizeof(char *));
	struct units *u = &s->units;

	for (size_t i = 0; i < all->n; i++) {
		if (!all->v[i].main) {
			u->v[u->n - 1].to = all->v[i].to;
			continue;
		}
		u->v = xgrow(u->v, u->n, &u->cap, sizeof(*u->v));
		paths[i] = path_of(all, i, paths);
		u->v[u->n++] = (struct unit){ .p = &all->v[i], .from = all->v[i].from, .to = all->v[i].to, .path = paths[i], .match = SEQUENCE_NONE };
	}
}

/* ---- words ---- */

/* The words of all units in a text that is that of the side, perhaps in lower case. */
static void
collect(struct side *s, const char *text, struct slices *words)
{
	for (size_t i = 0; i < s->units.n; i++) {
		struct unit *u = &s->units.v[i];
		size_t before = words->n, body = unit_body(u);

		words_split(text + body, u->to - body, words);
		u->n = words->n - before;
	}
}

size_t
unit_body(const struct unit *u)
{
	return u->p->body > u->from ? u->p->body : u->from;
}

/* FNV-1a over the numbers. */
static uint64_t
hash_of(const uint32_t *v, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ v[i]) * UINT64_C(0x100000001b3);
	return h;
}

static void
number_words(struct side *s, const struct slices *words, size_t from, size_t to)
{
	size_t at = 0;

	s->words = sequence_ids(words, from, to);
	for (size_t i = 0; i < s->units.n; i++) {
		struct unit *u = &s->units.v[i];

		u->words = s->words + at;
		u->hash = hash_of(u->words, u->n);
		at += u->n;
	}
}

static int
compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
fill_bags(struct matcher *m, const struct slices *words)
{
	const struct side *sides[] = { &m->old, &m->new };
	size_t at = 0, k = 0;

	m->bags.v = xcalloc(m->old.units.n + m->new.units.n + 1, sizeof(*m->bags.v));
	m->bags.pool = sequence_ids(words, 0, words->n);
	m->bags.weights = xcalloc(m->ids + 1, 1);
	m->bags.words = words->n;
	for (size_t i = 0; i < words->n; i++)
		m->bags.weights[words->v[i].id] = (unsigned char)words_weight(&words->v[i]);
	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < sides[s]->units.n; i++) {
			struct bag *bag = &m->bags.v[k++];

			*bag = (struct bag){ m->bags.pool + at, sides[s]->units.v[i].n, 0 };
			for (size_t w = 0; w < bag->n; w++)
				bag->weight += m->bags.weights[bag->ids[w]];
			qsort(bag->ids, bag->n, sizeof(*bag->ids), compare_ids);
			at += bag->n;
		}
}

static char *
lower_case(const char *text)
{
	char *s = xstrdup(text);

	for (char *p = s; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return s;
}

/* Of words in lower case: other capitals are no other provision. */
static void
make_bags(struct matcher *m)
{
	AUTO_SLICES words = SLICES_INIT;
	AUTO_FREE char *old = lower_case(m->old.text), *new = lower_case(m->new.text);

	collect(&m->old, old, &words);
	collect(&m->new, new, &words);
	m->ids = intern(&words);
	fill_bags(m, &words);
}

static void
read_words(struct matcher *m)
{
	AUTO_SLICES words = SLICES_INIT;
	size_t split;

	collect(&m->old, m->old.text, &words);
	split = words.n;
	collect(&m->new, m->new.text, &words);
	intern(&words);
	number_words(&m->old, &words, 0, split);
	number_words(&m->new, &words, split, words.n);
	make_bags(m);
}

/* ---- places ---- */

struct named {
	struct unit *u;
	unsigned side;
};

static int
compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcmp(x->u->path, y->u->path);

	if (c == 0)
		c = (int)x->side - (int)y->side;
	return c != 0 ? c : (x->u->from > y->u->from) - (x->u->from < y->u->from);
}

/* The n-th of a path in the one text has the place of the n-th in the other. */
static void
number_places(struct matcher *m)
{
	size_t n = m->old.units.n + m->new.units.n, in_path = 0, base = 0, most = 0;
	AUTO_FREE struct named *all = xcalloc(n + 1, sizeof(*all));

	for (size_t i = 0; i < n; i++)
		all[i] = i < m->old.units.n ? (struct named){ &m->old.units.v[i], 0 } : (struct named){ &m->new.units.v[i - m->old.units.n], 1 };
	qsort(all, n, sizeof(*all), compare_named);
	for (size_t i = 0; i < n; i++) {
		bool same_path = i > 0 && strcmp(all[i].u->path, all[i - 1].u->path) == 0;

		if (!same_path)
			base = most;
		in_path = same_path && all[i].side == all[i - 1].side ? in_path + 1 : 0;
		all[i].u->place = (uint32_t)(base + in_path);
		if (base + in_path + 1 > most)
			most = base + in_path + 1;
	}
}

/* ---- the same words ---- */

bool
units_equal(const struct unit *a, const struct unit *b)
{
	return a->hash == b->hash && a->n == b->n && (a->n == 0 || memcmp(a->words, b->words, a->n * sizeof(*a->words)) == 0);
}

static int
compare_hashes(const void *a, const void *b)
{
	const struct unit *x = *(struct unit *const *)a, *y = *(struct unit *const *)b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

static int
compare_places(const void *a, const void *b)
{
	const struct unit *x = *(struct unit *const *)a, *y = *(struct unit *const *)b;

	return (x->place > y->place) - (x->place < y->place);
}

static struct unit **
list_free(const struct units *u, int (*compare)(const void *, const void *), size_t *n)
{
	struct unit **list = xcalloc(u->n + 1, sizeof(struct unit *));

	*n = 0;
	for (size_t i = 0; i < u->n; i++)
		if (u->v[i].match == SEQUENCE_NONE)
			list[(*n)++] = &u->v[i];
	qsort(list, *n, sizeof(struct unit *), compare);
	return list;
}

static void
couple(struct matcher *m, struct unit *a, struct unit *b)
{
	a->match = (uint32_t)(b - m->new.units.v);
	b->match = (uint32_t)(a - m->old.units.v);
}

/* Walks two sorted lists and couples what 'same' says, in order. */
static void
match_sorted(struct matcher *m, int (*compare)(const void *, const void *), int (*order)(const struct unit *, const struct unit *),
    bool (*same)(const struct unit *, const struct unit *))
{
	size_t i = 0, j = 0, n, k;
	AUTO_FREE struct unit **a = list_free(&m->old.units, compare, &n), **b = list_free(&m->new.units, compare, &k);

	while (i < n && j < k) {
		int c = order(a[i], b[j]);

		if (c == 0 && same(a[i], b[j]))
			couple(m, a[i], b[j]);
		i += c <= 0;
		j += c >= 0;
	}
	m->effort->steps += n + k;
}

static int
order_places(const struct unit *a, const struct unit *b)
{
	return (a->place > b->place) - (a->place < b->place);
}

static int
order_hashes(const struct unit *a, const struct unit *b)
{
	return (a->hash > b->hash) - (a->hash < b->hash);
}

static bool
telling_and_equal(const struct unit *a, const struct unit *b)
{
	return a->n >= WORDS_TELLING && units_equal(a, b);
}

/* ---- what is out of order ---- */

struct best {
	uint64_t weight;
	uint32_t last;		/* number of the old unit with which such a chain ends */
};

/* The chain of matches in the order of both texts that has most words stays; the others were moved. Sums in a binary indexed tree: n log n. */
static void
find_moved(struct matcher *m)
{
	size_t n = m->old.units.n, k = m->new.units.n;
	AUTO_FREE struct best *tree = xcalloc(k + 2, sizeof(*tree));
	AUTO_FREE uint32_t *before = xcalloc(n + 1, sizeof(*before));
	struct best all = { 0, SEQUENCE_NONE };

	for (size_t i = 0; i < n; i++) {
		struct unit *u = &m->old.units.v[i];
		struct best b = { 0, SEQUENCE_NONE };

		if (u->match == SEQUENCE_NONE)
			continue;
		u->moved = true;
		for (size_t x = u->match; x > 0; x -= x & -x)	/* those that end before it */
			if (tree[x].weight > b.weight)
				b = tree[x];
		before[i] = b.last;
		b = (struct best){ b.weight + u->n + 1, (uint32_t)i };
		for (size_t x = u->match + (size_t)1; x <= k; x += x & -x)
			if (tree[x].weight < b.weight)
				tree[x] = b;
		if (b.weight > all.weight)
			all = b;
	}
	for (uint32_t i = all.last; i != SEQUENCE_NONE; i = before[i])
		m->old.units.v[i].moved = false;
	for (size_t i = 0; i < n; i++)
		if (m->old.units.v[i].match != SEQUENCE_NONE)
			m->new.units.v[m->old.units.v[i].match].moved = m->old.units.v[i].moved;
}

void
matcher_make(const char *old, const char *new, struct effort *effort, struct matcher *out)
{
	*out = (struct matcher){ .old = { .text = old }, .new = { .text = new }, .effort = effort };
	provisions_split(old, &out->old.provisions);
	provisions_split(new, &out->new.provisions);
	make_units(&out->old);
	make_units(&out->new);
	read_words(out);
	number_places(out);
	couple(out, &out->old.units.v[0], &out->new.units.v[0]);	/* what stands before the first */
	match_sorted(out, compare_places, order_places, units_equal);
	match_sorted(out, compare_hashes, order_hashes, telling_and_equal);
	match_alike(out);
	find_moved(out);
}

static void
side_clear(struct side *s)
{
	for (size_t i = 0; i < s->units.n; i++)
		free(s->units.v[i].path);
	free(s->units.v);
	free(s->words);
	provisions_clear(&s->provisions);
}

void
matcher_clear(struct matcher *m)
{
	side_clear(&m->old);
	side_clear(&m->new);
	bags_clear(&m->bags);
}
