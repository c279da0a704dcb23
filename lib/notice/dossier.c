#include "dossier.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "effects.h"
#include "event.h"
#include "symbol.h"

static int
by_lineage(const void *a, const void *b)
{
	return symbol_cmp((*(const struct notice *const *)a)->id, (*(const struct notice *const *)b)->id);
}

/* By distribution, those without a date last; lineage decides between equals. */
static int
by_date(const void *a, const void *b)
{
	const struct notice *x = *(const struct notice *const *)a, *y = *(const struct notice *const *)b;
	int order = date_cmp(x->distributed, y->distributed);

	if (date_is_set(x->distributed) != date_is_set(y->distributed))
		return date_is_set(x->distributed) ? -1 : 1;
	return order != 0 ? order : by_lineage(a, b);
}

static void
find_texts(struct dossier *d)
{
	for (size_t i = 0; i < d->n; i++) {
		if (effects_is_base(d->v[i]) && d->base == NULL)
			d->base = d->v[i];
		if (d->v[i]->kind == KIND_REVISION || (d->v[i]->kind <= KIND_URGENT && d->current == NULL))
			d->current = d->v[i];
	}
}

/* A corrigendum that withdraws takes back the document it corrects; true when that is itself only a follow-up. Then *what is the
 * index of that document in v, n when it is not there. */
static bool
takes_back(const struct notice *n, const struct notice *const *v, size_t count, size_t *what)
{
	AUTO_BUF parent = BUF_INIT;

	if (n->kind != KIND_CORRIGENDUM)
		return false;
	symbol_parent(n->id, &parent);
	for (*what = 0; *what < count; (*what)++)
		if (strcmp(v[*what]->id, buf_str(&parent)) == 0)
			return v[*what]->kind == KIND_ADDENDUM;
	return n->dossier == NULL || strcmp(buf_str(&parent), n->dossier) != 0;
}

/* Walks the members in the order they came, v: which of them count, whether the last word is a withdrawal. */
static bool
is_withdrawn(const struct notice *const *v, const struct effects *e, size_t n)
{
	bool *void_ = xcalloc(n + 1, sizeof(*void_)), withdrawn = false;
	size_t what;

	for (size_t i = 0; i < n; i++)
		if ((effects_all(&e[i]) & (1u << EVENT_WITHDRAWN)) != 0 && takes_back(v[i], v, n, &what))
			void_[i] = void_[what] = true;	/* void_[n] is nobody's */
	for (size_t i = 0; i < n; i++) {
		if (void_[i])
			continue;
		if ((effects_all(&e[i]) & (1u << EVENT_WITHDRAWN)) != 0)
			withdrawn = true;
		else if (v[i]->kind == KIND_REVISION || (v[i]->kind == KIND_ADDENDUM && date_is_set(e[i].deadline)))
			withdrawn = false;	/* a new text, or a new comment period */
	}
	free(void_);
	return withdrawn;
}

void
dossier_init(struct dossier *d, const struct notice *const *records, size_t n)
{
	const struct notice **dated = xreallocarray(NULL, n + 1, sizeof(*dated));
	struct effects *e = xcalloc(n + 1, sizeof(*e));

	*d = (struct dossier){ .v = xreallocarray(NULL, n + 1, sizeof(*d->v)), .n = n };
	d->steps = xcalloc(n + 1, sizeof(*d->steps));
	for (size_t i = 0; i < n; i++)
		d->v[i] = dated[i] = records[i];
	qsort(d->v, n, sizeof(*d->v), by_lineage);
	qsort(dated, n, sizeof(*dated), by_date);
	find_texts(d);
	for (size_t i = 0; i < n; i++) {
		effects_read(dated[i], &e[i]);
		if (date_cmp(e[i].deadline, d->effective_deadline) <= 0)
			continue;
		d->effective_deadline = e[i].deadline;
		d->steps[d->steps_n++] = (struct deadline_step){ dated[i], e[i].deadline, e[i].deadline_from_text };
	}
	d->withdrawn = is_withdrawn(dated, e, n);
	free(dated);
	free(e);
}

void
dossier_clear(struct dossier *d)
{
	free(d->v);
	free(d->steps);
	*d = (struct dossier){ .v = NULL };
}

bool
dossier_open(const struct dossier *d, struct date today)
{
	return date_is_set(d->effective_deadline) && date_cmp(d->effective_deadline, today) >= 0;
}
