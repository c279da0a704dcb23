#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "compose.h"

void
text_diff(const char *old, const char *new, struct text_diff *out)
{
	struct pieces a = PIECES_INIT, b = PIECES_INIT;
	struct effort effort = { .limit = COMPOSE_STEPS };

	*out = (struct text_diff){ .v = NULL };
	pieces_split(old != NULL ? old : "", &a);
	pieces_split(new != NULL ? new : "", &b);
	compose(&a, &b, &effort, out);
	out->coarse = effort.coarse;
	out->steps = effort.steps;
	free(a.v);
	free(b.v);
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
