#include "callouts.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "facts.h"

#define CALLOUTS_MAX 300	/* of a record; who changed more wrote another text */
#define PAIR_MAX 200		/* facts in one place that are looked at for pairs */

/* A fact of one text that the change touches. */
struct touched {
	struct fact fact;
	size_t block, place;	/* numbers, rising: the block, and the change in it */
	bool done;		/* it is said in the other text as well */
	struct touched *mate;	/* of an old one: what it became */
	bool mated;		/* of a new one */
};

struct touches {
	struct touched *v;
	size_t n, cap;
};

struct finder {
	const struct callout_source *field;
	struct touches old, new;
	size_t places;		/* numbers given so far */
	struct redline *out;
};

/* ---- what is touched ---- */

/* A stretch of one side of a block. */
struct stretch {
	size_t to;		/* offset behind it; it begins where the one before ends */
	size_t place;		/* number of the change that it belongs to; 0: it has not changed */
	size_t peer;		/* of an unchanged one: where it begins in the other side */
};

/* One side of a block as text, its facts, and for each of them the change that touches it (0: none). */
struct side {
	struct buf text;
	struct stretch *v;
	size_t n, cap;
	struct facts facts;
	size_t *places;
};

static void
side_add(struct side *s, const char *text, size_t place, size_t peer)
{
	buf_adds(&s->text, text);
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = (struct stretch){ s->text.len, place, peer };
}

static void
side_read(struct side *s, const char *lang)
{
	size_t k = 0;

	facts_read(buf_str(&s->text), s->text.len, lang, &s->facts);
	s->places = xcalloc(s->facts.n + 1, sizeof(*s->places));
	for (size_t i = 0; i < s->facts.n; i++) {
		const struct fact *f = &s->facts.v[i];

		while (s->v[k].to <= f->from)
			k++;
		for (size_t at = k; s->places[i] == 0 && at < s->n && (at == k || s->v[at - 1].to < f->to); at++)
			s->places[i] = s->v[at].place;
	}
}

static void
side_clear(struct side *s)
{
	buf_clear(&s->text);
	free(s->v);
	facts_clear(&s->facts);
	free(s->places);
}

/* The number of the first fact that ends behind 'from'. */
static size_t
fact_at(const struct facts *f, size_t from)
{
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t half = (low + high) / 2;

		if (f->v[half].to <= from)
			low = half + 1;
		else
			high = half;
	}
	return low;
}

/* What a touched fact shares with one of the other side makes that one touched as well: "may" became "may not", though it still stands. */
static void
touch_peers(const struct side *s, struct side *other)
{
	size_t k = 0;

	for (size_t i = 0; i < s->facts.n; i++) {
		const struct fact *f = &s->facts.v[i];

		while (s->v[k].to <= f->from)
			k++;
		for (size_t at = k; s->places[i] != 0 && at < s->n && (at == k || s->v[at - 1].to < f->to); at++) {
			size_t begin = at > 0 ? s->v[at - 1].to : 0, from = f->from > begin ? f->from : begin, to = f->to < s->v[at].to ? f->to : s->v[at].to;
			size_t peer = s->v[at].peer + from - begin, found = fact_at(&other->facts, peer);

			if (s->v[at].place == 0 && found < other->facts.n && other->facts.v[found].from < peer + to - from && other->places[found] == 0)
				other->places[found] = s->places[i];
		}
	}
}

static void
keep(struct touches *t, struct fact *f, size_t block, size_t place)
{
	t->v = xgrow(t->v, t->n, &t->cap, sizeof(*t->v));
	t->v[t->n++] = (struct touched){ .fact = *f, .block = block, .place = place };
	*f = (struct fact){ .text = NULL };	/* moved */
}

static void
keep_touched(struct side *s, size_t block, struct touches *out)
{
	for (size_t i = 0; i < s->facts.n; i++)
		if (s->places[i] != 0)
			keep(out, &s->facts.v[i], block, s->places[i]);
}

/* Both sides of a changed sentence. Each stretch of changes in it is a place. */
static void
make_sides(struct finder *f, const struct block *b, struct side *old, struct side *new)
{
	f->places++;
	for (size_t k = 0; k < b->n; k++) {
		const struct span *s = &b->spans[k];
		size_t old_at = old->text.len, new_at = new->text.len;

		if (s->change == CHANGE_SAME)
			f->places++;
		if (s->change != CHANGE_INSERTED)
			side_add(old, s->s, s->change == CHANGE_SAME ? 0 : f->places, new_at);
		if (s->change != CHANGE_DELETED)
			side_add(new, s->s, s->change == CHANGE_SAME ? 0 : f->places, old_at);
	}
}

static void
look_at_changed(struct finder *f, size_t block)
{
	struct side old = { .text = BUF_INIT }, new = { .text = BUF_INIT };

	make_sides(f, &f->field->diff->v[block], &old, &new);
	side_read(&old, f->field->old_lang);
	side_read(&new, f->field->new_lang);
	touch_peers(&old, &new);
	touch_peers(&new, &old);
	keep_touched(&old, block, &f->old);
	keep_touched(&new, block, &f->new);
	side_clear(&old);
	side_clear(&new);
}

/* Of a sentence that came or went as a whole: limits, dates, references. Bare numbers and "shall" are in most of them. */
static void
look_at_whole(struct finder *f, const char *text, const char *lang, size_t block, struct touches *out)
{
	struct facts facts = FACTS_INIT;

	f->places++;
	facts_read(text, strlen(text), lang, &facts);
	for (size_t i = 0; i < facts.n; i++) {
		struct fact *x = &facts.v[i];

		if (x->kind == CALLOUT_DATE || x->kind == CALLOUT_STANDARD || (x->kind == CALLOUT_NUMBER && x->unit[0] != '\0'))
			keep(out, x, block, f->places);
	}
	facts_clear(&facts);
}

static void
look(struct finder *f)
{
	const struct text_diff *d = f->field->diff;

	for (size_t i = 0; i < d->n; i++) {
		const struct block *b = &d->v[i];

		if (b->kind == BLOCK_CHANGED)
			look_at_changed(f, i);
		else if (b->kind == BLOCK_DELETED && b->n > 0)
			look_at_whole(f, b->spans[0].s, f->field->old_lang, i, &f->old);
		else if (b->kind == BLOCK_INSERTED && b->n > 0)
			look_at_whole(f, b->spans[0].s, f->field->new_lang, i, &f->new);
	}
}

/* ---- what is the same after all ---- */

static int
compare_facts(const struct touched *x, const struct touched *y)
{
	int c = (int)x->fact.kind - (int)y->fact.kind;

	if (c == 0)
		c = strcmp(x->fact.value, y->fact.value);
	return c != 0 ? c : strcmp(x->fact.unit, y->fact.unit);
}

static int
compare_pointers(const void *a, const void *b)
{
	struct touched *const *x = a, *const *y = b;
	int c = compare_facts(*x, *y);

	return c != 0 ? c : *x < *y ? -1 : *x > *y;
}

static struct touched **
sorted(struct touched *v, size_t n, size_t *count)
{
	struct touched **list = xcalloc(n + 1, sizeof(struct touched *));

	*count = 0;
	for (size_t i = 0; i < n; i++)
		if (!v[i].done && v[i].mate == NULL && !v[i].mated)
			list[(*count)++] = &v[i];
	qsort(list, *count, sizeof(struct touched *), compare_pointers);
	return list;
}

/* What is said both before and after has only changed its place. */
static void
cancel(struct touched *old, size_t n, struct touched *new, size_t m)
{
	size_t i = 0, j = 0, k, l;
	AUTO_FREE struct touched **a = sorted(old, n, &k), **b = sorted(new, m, &l);

	while (i < k && j < l) {
		int c = compare_facts(a[i], b[j]);

		if (c == 0)
			a[i]->done = b[j]->done = true;
		i += c <= 0;
		j += c >= 0;
	}
}

/* ---- pairs ---- */

static void
add_callout(struct finder *f, const struct fact *old, const struct fact *new)
{
	struct redline *r = f->out;
	const struct fact *any = old != NULL ? old : new;
	enum callout_kind kind = any->kind;
	const char *a = old != NULL ? old->text : "", *b = new != NULL ? new->text : "";

	if (old != NULL && new != NULL && kind == CALLOUT_NUMBER && strcmp(old->value, new->value) == 0)
		kind = CALLOUT_UNIT;
	if (r->callouts_n >= CALLOUTS_MAX)
		return;
	for (size_t i = 0; i < r->callouts_n; i++)
		if (r->callouts[i].row == f->field->row && r->callouts[i].document == f->field->document && r->callouts[i].kind == kind && strcmp(r->callouts[i].old, a) == 0 && strcmp(r->callouts[i].new, b) == 0)
			return;		/* said already */
	r->callouts = xgrow(r->callouts, r->callouts_n, &r->callouts_cap, sizeof(*r->callouts));
	r->callouts[r->callouts_n++] = (struct callout){ .kind = kind, .old = xstrdup(a), .new = xstrdup(b), .row = f->field->row, .document = f->field->document };
}

/* Facts of one place, or of one sentence, in either text. */
struct group {
	struct touched *old, *new;
	size_t n, m;
};

static bool
is_free_old(const struct touched *t)
{
	return !t->done && t->mate == NULL;
}

static bool
is_free_new(const struct touched *t)
{
	return !t->done && !t->mated;
}

/* The first free new fact that an old one can have become. */
static struct touched *
find_mate(const struct group *g, const struct touched *old, bool same_unit)
{
	for (size_t j = 0; j < g->m; j++) {
		struct touched *new = &g->new[j];

		if (is_free_new(new) && new->fact.kind == old->fact.kind && (!same_unit || strcmp(new->fact.unit, old->fact.unit) == 0))
			return new;
	}
	return NULL;
}

static void
pair(const struct group *g, bool same_unit)
{
	if (g->n > PAIR_MAX || g->m > PAIR_MAX)
		return;
	for (size_t i = 0; i < g->n; i++) {
		struct touched *mate = is_free_old(&g->old[i]) ? find_mate(g, &g->old[i], same_unit) : NULL;

		if (mate == NULL)
			continue;
		g->old[i].mate = mate;
		mate->mated = true;
	}
}

static size_t
count_free(const struct touched *v, size_t n, enum callout_kind kind, bool old)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += v[i].fact.kind == kind && (old ? is_free_old(&v[i]) : is_free_new(&v[i]));
	return count;
}

/* Where as many numbers stand as stood there, each became the one in its place, whatever its unit. */
static void
pair_place(const struct group *g)
{
	cancel(g->old, g->n, g->new, g->m);
	pair(g, true);
	if (count_free(g->old, g->n, CALLOUT_NUMBER, true) == count_free(g->new, g->m, CALLOUT_NUMBER, false))
		pair(g, false);
}

/* One that went and one that came in the same sentence, if they measure the same. */
static void
pair_sentence(const struct group *g)
{
	pair(g, true);
}

static size_t
number_of(const struct touched *t, bool by_place)
{
	return by_place ? t->place : t->block;
}

/* Behind those that belong to the same place, or sentence, as number i. */
static size_t
group_end(const struct touches *t, size_t i, bool by_place)
{
	size_t end = i;

	while (end < t->n && number_of(&t->v[end], by_place) == number_of(&t->v[i], by_place))
		end++;
	return end;
}

/* Calls f for each place (or sentence) in which both texts are touched. */
static void
each_group(struct finder *f, bool by_place, void (*call)(const struct group *g))
{
	size_t i = 0, j = 0;

	while (i < f->old.n && j < f->new.n) {
		size_t x = number_of(&f->old.v[i], by_place), y = number_of(&f->new.v[j], by_place);
		size_t i_end = group_end(&f->old, i, by_place), j_end = group_end(&f->new, j, by_place);

		if (x == y)
			call(&(struct group){ &f->old.v[i], &f->new.v[j], i_end - i, j_end - j });
		if (x <= y)
			i = i_end;
		if (y <= x)
			j = j_end;
	}
}

/* ---- all together, in the order of the text ---- */

static void
report(struct finder *f)
{
	size_t i = 0, j = 0;

	while (i < f->old.n || j < f->new.n) {
		const struct touched *a = i < f->old.n ? &f->old.v[i] : NULL, *b = j < f->new.n ? &f->new.v[j] : NULL;

		if (b == NULL || (a != NULL && a->block <= b->block)) {
			if (!a->done)
				add_callout(f, &a->fact, a->mate != NULL ? &a->mate->fact : NULL);
			i++;
		} else {
			if (is_free_new(b))
				add_callout(f, NULL, &b->fact);
			j++;
		}
	}
}

static void
touches_clear(struct touches *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].fact.text);
		free(t->v[i].fact.value);
		free(t->v[i].fact.unit);
	}
	free(t->v);
}

/* Has either text anything at all? */
static bool
has_side(const struct text_diff *d, enum change change)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = 0; k < d->v[i].n; k++)
			if (d->v[i].spans[k].change == CHANGE_SAME || d->v[i].spans[k].change == change)
				return true;
	return false;
}

void
callouts_find(const struct callout_source *f, struct redline *out)
{
	struct finder find = { .field = f, .out = out };

	if (!has_side(f->diff, CHANGE_DELETED) || !has_side(f->diff, CHANGE_INSERTED))
		return;
	look(&find);
	each_group(&find, true, pair_place);
	cancel(find.old.v, find.old.n, find.new.v, find.new.n);
	each_group(&find, false, pair_sentence);
	report(&find);
	touches_clear(&find.old);
	touches_clear(&find.new);
}
