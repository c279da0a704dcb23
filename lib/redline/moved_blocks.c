#include "moved_blocks.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "words.h"

#define LEAST_MOVED 25		/* bytes; shorter ones ("Not applicable.") recur by chance */

struct linker {
	struct text_diff *d;
	struct slices texts;	/* by block, in one form; only of those that came or went are they numbered */
	size_t ids;
	uint32_t *first, *next;	/* by text: inserted blocks, 1 + number */
};

static bool
is_alone(const struct block *b, enum block_kind kind)
{
	return b->kind == kind && b->n == 1;
}

static void
join_halves(struct linker *l, size_t i, size_t j)
{
	l->d->v[i].kind = BLOCK_MOVED_FROM;
	l->d->v[j].kind = BLOCK_MOVED_TO;
	l->d->v[i].pair = j;
	l->d->v[j].pair = i;
}

/* Links what old blocks [i0, i1) and new ones [j0, j1) share, in order; at least 'least' bytes long. */
static void
link_ranges(struct linker *l, size_t i0, size_t i1, size_t j0, size_t j1, size_t least)
{
	for (size_t j = j1; j-- > j0; )
		if (is_alone(&l->d->v[j], BLOCK_INSERTED) && l->texts.v[j].n >= least) {
			l->next[j] = l->first[l->texts.v[j].id];
			l->first[l->texts.v[j].id] = (uint32_t)j + 1;
		}
	for (size_t i = i0; i < i1; i++) {
		size_t j = is_alone(&l->d->v[i], BLOCK_DELETED) ? l->first[l->texts.v[i].id] : 0;

		if (j == 0)
			continue;
		l->first[l->texts.v[i].id] = l->next[j - 1];
		join_halves(l, i, j - 1);
	}
	for (size_t j = j0; j < j1; j++)
		l->first[l->texts.v[j].id] = 0;
}

static void
read_texts(struct linker *l, char **room)
{
	for (size_t i = 0; i < l->d->n; i++) {
		const struct block *b = &l->d->v[i];
		bool alone = is_alone(b, BLOCK_DELETED) || is_alone(b, BLOCK_INSERTED);

		room[i] = xstrdup(alone ? b->spans[0].s : "");
		slices_add(&l->texts, room[i], words_flatten(room[i], strlen(room[i]), room[i]));
	}
	l->ids = intern(&l->texts);
}

void
link_moved_blocks(struct document_diff *d)
{
	AUTO_FREE char **room = xcalloc(d->text.n + 1, sizeof(char *));
	struct linker l = { .d = &d->text, .texts = SLICES_INIT };

	read_texts(&l, room);
	l.first = xcalloc(l.ids + 1, sizeof(*l.first));
	l.next = xcalloc(d->text.n + 1, sizeof(*l.next));
	for (size_t e = 0; e < d->n; e++) {
		const struct provision_change *to = &d->v[e], *from = &d->v[to->pair];

		if (to->kind == PROVISION_MOVED && !to->moved_from)
			link_ranges(&l, from->first, from->first + from->blocks, to->first, to->first + to->blocks, 1);
	}
	link_ranges(&l, 0, d->text.n, 0, d->text.n, LEAST_MOVED);
	for (size_t i = 0; i < d->text.n; i++)
		free(room[i]);
	free(l.first);
	free(l.next);
	slices_clear(&l.texts);
}
