#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "sentences.h"
#include "words.h"

/* Comparisons that one text may cost before it is compared coarsely; about a quarter of a second. */
#define STEPS_MAX (12 << 20)

static struct block *
add_block(struct text_diff *d, enum block_kind kind)
{
	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	d->v[d->n] = (struct block){ .kind = kind, .old_end = "", .new_end = "" };
	return &d->v[d->n++];
}

/* From the first byte of the first of n pieces to the last of the last. */
static size_t
length_of(const struct piece *first, size_t n)
{
	const struct piece *last = &first[n - 1];

	return (size_t)(last->s + last->n - first->s);
}

static void
add_old(struct text_diff *d, enum block_kind kind, const struct piece *p)
{
	struct block *block = add_block(d, kind);

	block_add_span(block, CHANGE_DELETED, p->s, p->n);
	block->old_end = p->end;
}

static void
add_new(struct text_diff *d, enum block_kind kind, const struct piece *p)
{
	struct block *block = add_block(d, kind);

	block_add_span(block, CHANGE_INSERTED, p->s, p->n);
	block->new_end = p->end;
}

static void
add_both(struct text_diff *d, const struct step *s, const struct piece *a, const struct piece *b, struct effort *effort)
{
	struct block *block = add_block(d, s->kind);

	block->old_end = a[s->a_n - 1].end;
	block->new_end = b[s->b_n - 1].end;
	if (s->kind == BLOCK_SAME) {
		block_add_span(block, CHANGE_SAME, a->s, a->n);
		return;
	}
	if (words_diff(a->s, length_of(a, s->a_n), b->s, length_of(b, s->b_n), s->edges, effort, block)) {
		if (block->n == 1 && block->spans[0].change == CHANGE_SAME)
			block->kind = BLOCK_SAME;
		return;
	}
	d->n--;		/* nothing in common */
	add_old(d, BLOCK_DELETED, a);
	add_new(d, BLOCK_INSERTED, b);
}

static void
add_step(struct text_diff *d, const struct step *s, const struct pieces *a, const struct pieces *b, struct effort *effort)
{
	if (s->b_n == 0)
		add_old(d, s->kind, &a->v[s->a]);
	else if (s->a_n == 0)
		add_new(d, s->kind, &b->v[s->b]);
	else
		add_both(d, s, &a->v[s->a], &b->v[s->b], effort);
}

static void
add_steps(struct text_diff *d, const struct steps *steps, const struct pieces *a, const struct pieces *b, struct effort *effort)
{
	AUTO_FREE size_t *blocks = xcalloc(steps->n + 1, sizeof(*blocks));	/* number of a step's block */

	for (size_t i = 0; i < steps->n; i++) {
		blocks[i] = d->n;
		add_step(d, &steps->v[i], a, b, effort);
	}
	for (size_t i = 0; i < steps->n; i++)
		if (steps->v[i].kind == BLOCK_MOVED_FROM || steps->v[i].kind == BLOCK_MOVED_TO)
			d->v[blocks[i]].pair = blocks[steps->v[i].pair];
}

void
text_diff(const char *old, const char *new, struct text_diff *out)
{
	struct pieces a = { NULL, 0, 0 }, b = { NULL, 0, 0 };
	struct steps steps = { NULL, 0, 0 };
	struct effort effort = { .limit = STEPS_MAX };

	*out = (struct text_diff){ .v = NULL };
	pieces_split(old != NULL ? old : "", &a);
	pieces_split(new != NULL ? new : "", &b);
	sentences_align(&a, &b, &effort, &steps);
	add_steps(out, &steps, &a, &b, &effort);
	out->coarse = effort.coarse;
	out->steps = effort.steps;
	free(a.v);
	free(b.v);
	free(steps.v);
}

void
text_diff_clear(struct text_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		for (size_t k = 0; k < d->v[i].n; k++)
			free(d->v[i].spans[k].s);
		free(d->v[i].spans);
	}
	free(d->v);
	*d = (struct text_diff){ .v = NULL };
}

static void
read_side(const struct text_diff *d, enum change change, struct buf *out)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct block *b = &d->v[i];

		for (size_t k = 0; k < b->n; k++)
			if (b->spans[k].change == CHANGE_SAME || b->spans[k].change == change)
				buf_adds(out, b->spans[k].s);
		buf_adds(out, change == CHANGE_DELETED ? b->old_end : b->new_end);
	}
}

void
text_diff_old(const struct text_diff *d, struct buf *out)
{
	read_side(d, CHANGE_DELETED, out);
}

void
text_diff_new(const struct text_diff *d, struct buf *out)
{
	read_side(d, CHANGE_INSERTED, out);
}
