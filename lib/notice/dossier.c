#include "dossier.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "attached.h"
#include "effects.h"
#include "event.h"
#include "symbol.h"

struct member {
	const struct notice *n;
	struct effects e;
	bool voided;		/* by a corrigendum, with all that hangs on it; or is one that voids and so has no other effect */
	const struct notice *void_by, *voids;
};

static int
by_lineage(const void *a, const void *b)
{
	return symbol_cmp(((const struct member *)a)->n->id, ((const struct member *)b)->n->id);
}

/* By distribution, those without a date last; lineage decides between equals. */
static int
by_date(const void *a, const void *b)
{
	const struct notice *x = ((const struct member *)a)->n, *y = ((const struct member *)b)->n;
	int order = date_cmp(x->distributed, y->distributed);

	if (date_is_set(x->distributed) != date_is_set(y->distributed))
		return date_is_set(x->distributed) ? -1 : 1;
	return order != 0 ? order : by_lineage(a, b);
}

/* ---- what a corrigendum voids ---- */

/* The document that a follow-up amends, which a joint notification may have by another of its symbols; NULL when it is not there. */
static struct member *
find_parent(struct member *m, size_t n, const char *id)
{
	AUTO_BUF parent = BUF_INIT;
	struct member *found = NULL;

	symbol_parent(id, &parent);
	if (strcmp(buf_str(&parent), id) == 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(m[i].n->id, buf_str(&parent)) == 0)
			return &m[i];
		if (found == NULL && strv_has(&m[i].n->symbols, buf_str(&parent)))
			found = &m[i];
	}
	return found;
}

static bool
void_parent(struct member *m, size_t n, struct member *by)
{
	struct member *parent = find_parent(m, n, by->n->id);

	if (parent == NULL || effects_is_base(parent->n))
		return false;
	parent->voided = true;
	parent->void_by = by->n;
	by->voids = parent->n;
	return true;
}

/* m in lineage order, in which a document comes before what hangs on it. */
static void
void_followers(struct member *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct member *parent = effects_is_base(m[i].n) ? NULL : find_parent(m, n, m[i].n->id);

		if (parent == NULL || !parent->voided || m[i].voided)
			continue;
		m[i].voided = true;
		m[i].void_by = parent->void_by;
	}
}

/* The last in lineage first: a corrigendum that is itself void voids nothing. */
static void
find_voided(struct member *m, size_t n)
{
	bool any = false;

	for (size_t i = n; i-- > 0;) {
		if (m[i].voided || !effects_voids(m[i].n, &m[i].e))
			continue;
		any |= void_parent(m, n, &m[i]);
		m[i].voided = true;
	}
	if (any)
		void_followers(m, n);
}

/* In lineage order, with room for one more. */
static struct member *
read_members(const struct notice *const *records, size_t n)
{
	struct member *m = xcalloc(n + 1, sizeof(*m));

	for (size_t i = 0; i < n; i++) {
		m[i].n = records[i];
		effects_read(records[i], &m[i].e);
	}
	qsort(m, n, sizeof(*m), by_lineage);
	return m;
}

/* ---- the tree ---- */

/* The nearest document above that is there; DOSSIER_TOP without one. */
static size_t
find_above(struct member *m, size_t n, const char *id)
{
	AUTO_BUF above = BUF_INIT;
	const struct member *found;

	buf_adds(&above, id);
	while ((found = find_parent(m, n, buf_str(&above))) == NULL) {
		AUTO_BUF next = BUF_INIT;

		symbol_parent(buf_str(&above), &next);
		if (strcmp(buf_str(&next), buf_str(&above)) == 0)
			return DOSSIER_TOP;
		buf_reset(&above);
		buf_adds(&above, buf_str(&next));
	}
	return (size_t)(found - m);
}

static void
grow_tree(struct dossier *d, struct member *m)
{
	for (size_t i = 0; i < d->n; i++) {
		struct dossier_node *node = &d->v[i];

		*node = (struct dossier_node){ .n = m[i].n, .parent = effects_is_base(m[i].n) ? DOSSIER_TOP : find_above(m, d->n, m[i].n->id),
		    .void_by = m[i].void_by, .voids = m[i].voids, .deadline = m[i].e.deadline, .from_text = m[i].e.deadline_from_text };
		if (node->parent >= i)
			node->parent = DOSSIER_TOP;	/* a joint notification may name another of its symbols, which stands behind */
		node->depth = node->parent == DOSSIER_TOP ? 0 : d->v[node->parent].depth + 1;
	}
}

/* ---- the story ---- */

static void
find_texts(struct dossier *d, const struct member *m)
{
	struct dossier_node *current = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const struct notice *n = m[i].n;

		if (effects_is_base(n) && d->base == NULL)
			d->base = n;
		if (m[i].voided || (n->kind != KIND_REVISION && (n->kind > KIND_URGENT || current != NULL)))
			continue;
		if (current != NULL)
			current->replaced_by = n;
		current = &d->v[i];
	}
	d->current = current != NULL ? current->n : NULL;
}

static bool
has_final(const struct notice *n)
{
	return n->source == SOURCE_TRIS && attached_lists(n, "final");
}

/* Walks the members in the order they came: is the last word a withdrawal, an adoption? */
static void
find_outcome(struct dossier *d, const struct member *m)
{
	for (size_t i = 0; i < d->n; i++) {
		unsigned effects = effects_all(&m[i].e);

		if (m[i].voided)
			continue;
		if (m[i].n->kind == KIND_REVISION)
			d->adopted = d->in_force = false;	/* a new text */
		if ((effects & (1u << EVENT_WITHDRAWN)) != 0)
			d->withdrawn = true;
		else if (m[i].n->kind == KIND_REVISION || (m[i].n->kind == KIND_ADDENDUM && date_is_set(m[i].e.deadline)))
			d->withdrawn = false;	/* ..., or a new comment period */
		d->adopted |= (effects & (1u << EVENT_ADOPTED)) != 0 || has_final(m[i].n);
		d->in_force |= (effects & (1u << EVENT_IN_FORCE)) != 0;
	}
}

/* A corrigendum that does nothing but take back repeats the date of what it corrects. */
static void
find_steps(struct dossier *d, const struct member *m)
{
	for (size_t i = 0; i < d->n; i++) {
		struct deadline_step step = { m[i].n, m[i].e.deadline, d->effective_deadline, STEP_NO_LATER, m[i].e.deadline_from_text };

		if (!date_is_set(step.deadline) || m[i].voids != NULL)
			continue;
		if (m[i].voided)
			step.effect = STEP_VOID;
		else if (date_cmp(step.deadline, d->effective_deadline) > 0)
			step.effect = date_is_set(d->effective_deadline) ? STEP_EXTENDED : STEP_SET;
		d->steps[d->steps_n++] = step;
		if (step.effect == STEP_SET || step.effect == STEP_EXTENDED)
			d->effective_deadline = step.deadline;
	}
}

void
dossier_init(struct dossier *d, const struct notice *const *records, size_t n)
{
	struct member *m = read_members(records, n);

	*d = (struct dossier){ .v = xreallocarray(NULL, n + 1, sizeof(*d->v)), .n = n };
	d->steps = xcalloc(n + 1, sizeof(*d->steps));
	find_voided(m, n);
	grow_tree(d, m);
	find_texts(d, m);
	qsort(m, n, sizeof(*m), by_date);
	find_steps(d, m);
	find_outcome(d, m);
	free(m);
}

/* ---- the others, seen from one record ---- */

/* The latest deadline of the members but one, whose effects are as told. */
static struct date
latest_but(struct member *m, size_t n, struct member *one, unsigned effects)
{
	struct date latest = DATE_NONE;

	one->e = (struct effects){ .prose = effects };
	for (size_t i = 0; i < n; i++) {
		m[i].voided = false;
		m[i].void_by = m[i].voids = NULL;
	}
	find_voided(m, n);
	for (size_t i = 0; i < n; i++)
		if (!m[i].voided && &m[i] != one)
			latest = date_max(latest, m[i].e.deadline);
	return latest;
}

static struct member *
find_member(struct member *m, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(m[i].n->id, id) == 0)
			return &m[i];
	return NULL;
}

void
dossier_context(const struct notice *const *records, size_t n, const char *id, struct dossier_context *out)
{
	struct member *m = read_members(records, n), *one = find_member(m, n, id);
	AUTO_NOTICE stand_in = NOTICE_INIT;

	if (one == NULL) {
		notice_init(&stand_in);
		strv_add(&stand_in.symbols, id);
		stand_in.id = xstrdup(id);
		stand_in.kind = kind_of(id, false);
		m[n++].n = &stand_in;
		qsort(m, n, sizeof(*m), by_lineage);
		one = find_member(m, n, id);
	}
	*out = (struct dossier_context){ .base_known = false };
	for (size_t i = 0; i < n; i++)
		out->base_known |= &m[i] != one && effects_is_base(m[i].n);
	out->voiding = latest_but(m, n, one, 1u << EVENT_WITHDRAWN);
	out->deadline = latest_but(m, n, one, 0);
	out->voided = one->voided;
	free(m);
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
