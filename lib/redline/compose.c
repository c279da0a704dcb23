#include "compose.h"

#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "fold.h"
#include "words.h"

struct composer {
	struct effort *effort;
	struct text_diff *out;
	bool flow;
};

static struct block *
add_block(struct composer *c, enum block_kind kind)
{
	struct text_diff *d = c->out;

	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	d->v[d->n] = (struct block){ .kind = kind, .old_end = "", .new_end = "", .layout = c->flow };
	return &d->v[d->n++];
}

/* From the first byte of the first of n pieces to the last of the last. */
static size_t
length_of(const struct piece *first, size_t n)
{
	const struct piece *last = &first[n - 1];

	return (size_t)(last->s + last->n - first->s);
}

/* Of a document also what has only other blanks. */
static bool
is_unchanged(const struct block *b)
{
	for (size_t k = 0; k < b->n; k++)
		if (b->spans[k].change != CHANGE_SAME && !(b->layout && span_is_blank(&b->spans[k])))
			return false;
	return true;
}

/* Blanks that came or went are no change of a document. */
static void
settle(struct block *b)
{
	if (b->layout && is_unchanged(b))
		b->kind = BLOCK_SAME;
}

static void
add_old(struct composer *c, enum block_kind kind, const struct piece *p)
{
	struct block *block = add_block(c, kind);

	block_add_span(block, CHANGE_DELETED, p->s, p->n);
	block->old_end = p->end;
	settle(block);
}

static void
add_new(struct composer *c, enum block_kind kind, const struct piece *p)
{
	struct block *block = add_block(c, kind);

	block_add_span(block, CHANGE_INSERTED, p->s, p->n);
	block->new_end = p->end;
	settle(block);
}

static void
add_both(struct composer *c, const struct step *s, const struct piece *a, const struct piece *b)
{
	struct block *block = add_block(c, s->kind);

	block->old_end = a[s->a_n - 1].end;
	block->new_end = b[s->b_n - 1].end;
	if (s->kind == BLOCK_SAME && a->n == b->n && memcmp(a->s, b->s, a->n) == 0) {
		block_add_span(block, CHANGE_SAME, a->s, a->n);
		return;
	}
	if (words_diff(a->s, length_of(a, s->a_n), b->s, length_of(b, s->b_n), s->edges, c->effort, block)) {
		block->kind = is_unchanged(block) ? BLOCK_SAME : BLOCK_CHANGED;
		return;
	}
	c->out->n--;		/* nothing in common */
	add_old(c, BLOCK_DELETED, a);
	add_new(c, BLOCK_INSERTED, b);
}

static void
add_step(struct composer *c, const struct step *s, const struct pieces *a, const struct pieces *b)
{
	if (s->b_n == 0)
		add_old(c, s->kind, &a->v[s->a]);
	else if (s->a_n == 0)
		add_new(c, s->kind, &b->v[s->b]);
	else
		add_both(c, s, &a->v[s->a], &b->v[s->b]);
}

static void
add_steps(struct composer *c, const struct steps *steps, const struct pieces *a, const struct pieces *b)
{
	AUTO_FREE size_t *blocks = xcalloc(steps->n + 1, sizeof(*blocks));	/* number of a step's block */

	for (size_t i = 0; i < steps->n; i++) {
		blocks[i] = c->out->n;
		add_step(c, &steps->v[i], a, b);
	}
	for (size_t i = 0; i < steps->n; i++)
		if (steps->v[i].kind == BLOCK_MOVED_FROM || steps->v[i].kind == BLOCK_MOVED_TO)
			c->out->v[blocks[i]].pair = blocks[steps->v[i].pair];
}

void
compose(const struct pieces *a, const struct pieces *b, struct effort *effort, struct text_diff *out)
{
	struct composer c = { effort, out, a->flow };
	struct steps steps = { NULL, 0, 0 };

	sentences_align(a, b, effort, &steps);
	add_steps(&c, &steps, a, b);
	free(steps.v);
}

void
compose_whole(const struct pieces *p, enum block_kind kind, struct text_diff *out)
{
	struct composer c = { NULL, out, p->flow };

	for (size_t i = 0; i < p->n; i++) {
		struct block *block = add_block(&c, kind);

		block_add_span(block, kind == BLOCK_SAME ? CHANGE_SAME : kind == BLOCK_DELETED ? CHANGE_DELETED : CHANGE_INSERTED, p->v[i].s, p->v[i].n);
		block->old_end = kind == BLOCK_INSERTED ? "" : p->v[i].end;
		block->new_end = kind == BLOCK_DELETED ? "" : p->v[i].end;
		settle(block);
	}
}

void
compose_pair(const struct pieces *a, const struct pieces *b, struct effort *effort, struct text_diff *out)
{
	struct composer c = { effort, out, a->flow };

	if (a->n > 0 && b->n > 0) {
		add_both(&c, &(struct step){ .kind = BLOCK_CHANGED, .a_n = 1, .b_n = 1 }, a->v, b->v);
		return;
	}
	compose_whole(a, BLOCK_DELETED, out);
	compose_whole(b, BLOCK_INSERTED, out);
}

void
compose_equal(const struct pieces *old, const char *new, size_t n, struct effort *effort, struct text_diff *out)
{
	struct composer c = { effort, out, true };
	AUTO_SLICES words = SLICES_INIT;
	AUTO_SLICES of_piece = SLICES_INIT;
	const char *from = new, *end = new + n;
	size_t w = 0;

	words_split(new, n, &words);
	for (size_t i = 0; i < old->n; i++) {
		struct piece p = { .s = from, .end = "" };

		of_piece.n = 0;
		words_split(old->v[i].s, old->v[i].n, &of_piece);
		w += of_piece.n;
		if (i + 1 == old->n || w >= words.n)
			p.n = (size_t)(end - from);	/* with the blanks behind */
		else if (w > 0)
			p.n = (size_t)(words.v[w - 1].s + words.v[w - 1].n - from);
		from += p.n;
		if (from < end && (*from == ' ' || *from == '\n'))
			p.end = *from++ == ' ' ? " " : "\n";
		else if (from == end && p.n > 0 && (p.s[p.n - 1] == ' ' || p.s[p.n - 1] == '\n'))
			p.end = p.s[--p.n] == ' ' ? " " : "\n";
		add_both(&c, &(struct step){ .kind = BLOCK_SAME, .a_n = 1, .b_n = 1 }, &old->v[i], &p);
	}
}
