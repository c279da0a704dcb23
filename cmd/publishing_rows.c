/* Notifications and dossiers of the site, from two passes over the index. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/notice/symbol.h"
#include "publishing.h"

#define GAPS 100	/* a dossier's number is not that many times as large as there are dossiers: else the index is damaged */

/* A dossier while rows are read. */
struct state {
	const char *id;
	int64_t number, twin;
	struct date effective;
	bool withdrawn;
};

struct reading {
	struct world *w;
	struct state *states;	/* in the order of w->dossiers */
	size_t n, cap;
	uint32_t *places;	/* by the index's number: that number in w->dossiers, from 1 */
	size_t places_n;
	struct error *err;
};

static void
reading_clear(struct reading *r)
{
	free(r->states);
	free(r->places);
}
#define AUTO_READING __attribute__((cleanup(reading_clear))) struct reading

/* ---- dossiers ---- */

static int
keep_dossier(void *ctx, const struct index_dossier *d)
{
	struct reading *r = ctx;

	r->states = xgrow(r->states, r->n, &r->cap, sizeof(*r->states));
	r->states[r->n++] = (struct state){ world_text(r->w, d->id), d->number, d->twin, d->effective_deadline, d->withdrawn };
	return 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct state *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static void
number_dossiers(struct reading *r)
{
	size_t largest = 0, most = (r->n + 1) * GAPS;

	for (size_t i = 0; i < r->n; i++)
		if (r->states[i].number > 0 && (uint64_t)r->states[i].number <= most && (size_t)r->states[i].number > largest)
			largest = (size_t)r->states[i].number;
	r->places_n = largest + 1;
	r->places = xcalloc(r->places_n, sizeof(*r->places));
	for (size_t i = 0; i < r->n; i++)
		if (r->states[i].number > 0 && (uint64_t)r->states[i].number < r->places_n)
			r->places[r->states[i].number] = (uint32_t)(i + 1);
}

static void
order_dossiers(struct reading *r)
{
	struct world *w = r->w;

	if (r->n > 1)
		qsort(r->states, r->n, sizeof(*r->states), by_id);
	w->dossiers = xcalloc(r->n + 1, sizeof(*w->dossiers));
	w->dossiers_n = r->n;
	for (size_t i = 0; i < r->n; i++)
		w->dossiers[i].id = r->states[i].id;
	number_dossiers(r);
}

/* From 1; 0 when there is none of this number. */
static size_t
place_of(const struct reading *r, int64_t number)
{
	return number > 0 && (uint64_t)number < r->places_n ? r->places[number] : 0;
}

/* ---- rows ---- */

/* Two capital letters: it becomes the name of a file. */
static bool
is_member(const char *code)
{
	return code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z' && code[2] == '\0';
}

static void
grow(struct world *w)
{
	if (w->n < w->cap)
		return;
	w->cap = w->cap > 0 ? w->cap * 2 : 1024;
	w->rows = xreallocarray(w->rows, w->cap, sizeof(*w->rows));
	w->blobs = xreallocarray(w->blobs, w->cap, sizeof(*w->blobs));
	w->fingerprints = xreallocarray(w->fingerprints, w->cap, sizeof(*w->fingerprints));
	w->dossier_of = xreallocarray(w->dossier_of, w->cap, sizeof(*w->dossier_of));
}

static int
keep_row(void *ctx, int64_t number, const struct index_row *from)
{
	const struct reading *r = ctx;
	struct world *w = r->w;
	size_t place = place_of(r, number), twin;
	const struct state *state;
	struct site_row *row;

	if (place == 0)
		return error_set(r->err, ERR_DATA, "the index is damaged: '%s' is in no dossier; 'regwatch rebuild' mends it", from->id);
	grow(w);
	state = &r->states[place - 1];
	twin = place_of(r, state->twin);
	row = &w->rows[w->n];
	*row = (struct site_row){ .id = w->dossiers[place - 1].id, .dossier = w->dossiers[place - 1].id, .title = world_text(w, from->title),
	    .member = is_member(from->member) ? world_text(w, from->member) : "", .members = world_text(w, from->members),
	    .sectors = world_text(w, from->sectors), .twin = twin > 0 ? w->dossiers[twin - 1].id : "",
	    .source = from->source, .area = from->area, .kind = from->kind, .versions = from->versions, .distributed = from->distributed,
	    .deadline = from->deadline, .effective_deadline = state->effective, .withdrawn = state->withdrawn,
	    .vanished = date_is_set(from->vanished), .low = from->low_confidence };
	row->open = !row->withdrawn && date_is_set(row->effective_deadline) && date_cmp(row->effective_deadline, w->meta.today) >= 0;
	if (strcmp(row->dossier, from->id) != 0)
		row->id = world_text(w, from->id);
	memset(w->blobs[w->n], 0, sizeof(w->blobs[w->n]));
	memcpy(w->blobs[w->n], from->blob, strnlen(from->blob, OID_HEX - 1));
	w->fingerprints[w->n] = site_key_text(SITE_KEY_INIT, from->commit);
	w->dossier_of[w->n++] = place - 1;
	return 0;
}

/* ---- by day ---- */

static int
by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Those of a day stay as they came; undated ones are the first. */
static uint64_t *
order_of_days(const struct world *w)
{
	uint64_t *order = xcalloc(w->n + 1, sizeof(*order));

	for (size_t i = 0; i < w->n; i++) {
		const struct date d = w->rows[i].distributed;

		order[i] = (uint64_t)(d.year * 512 + d.month * 32 + d.day) << 32 | i;
	}
	qsort(order, w->n, sizeof(*order), by_number);
	return order;
}

static void
move_row(struct world *w, size_t to, size_t from)
{
	w->rows[to] = w->rows[from];
	memcpy(w->blobs[to], w->blobs[from], sizeof(*w->blobs));
	w->dossier_of[to] = w->dossier_of[from];
	w->fingerprints[to] = w->fingerprints[from];
}

/* In place, ring by ring: that touches 20 MB of new memory less than a copy does. */
static void
order_rows(struct world *w)
{
	AUTO_FREE uint64_t *order = order_of_days(w);

	grow(w);	/* one more, to lay a row aside */
	for (size_t i = 0; i < w->n; i++) {
		size_t to = i, from;

		if ((order[i] & UINT32_MAX) == i)
			continue;
		move_row(w, w->n, i);
		while ((from = order[to] & UINT32_MAX) != i) {
			move_row(w, to, from);
			order[to] = to;
			to = from;
		}
		move_row(w, to, w->n);
		order[to] = to;
	}
}

/* ---- rows of dossiers ---- */

/* One whose records the index lost is none. */
static void
leave_empty_out(struct world *w)
{
	AUTO_FREE size_t *new_place = xcalloc(w->dossiers_n + 1, sizeof(*new_place));
	size_t n = 0;

	for (size_t i = 0; i < w->dossiers_n; i++) {
		new_place[i] = n;
		if (w->dossiers[i].n > 0)
			w->dossiers[n++] = w->dossiers[i];
	}
	w->dossiers_n = n;
	for (size_t i = 0; i < w->n; i++)
		w->dossier_of[i] = new_place[w->dossier_of[i]];
}

static int
by_lineage(const void *a, const void *b)
{
	const struct site_row *const *x = a, *const *y = b;

	return symbol_cmp((*x)->id, (*y)->id);
}

static void
choose_head(struct world *w, struct world_dossier *d)
{
	const struct site_row **rows = w->members.v + d->first;

	if (d->n > 1)
		qsort(rows, d->n, sizeof(*rows), by_lineage);
	d->head = rows[0];
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(rows[i]->id, d->id) == 0)
			d->head = rows[i];
}

static int
by_deadline(const void *a, const void *b)
{
	const struct site_row *const *x = a, *const *y = b;
	int c = date_cmp((*x)->effective_deadline, (*y)->effective_deadline);

	return c != 0 ? c : strcmp((*x)->id, (*y)->id);
}

static void
group_rows(struct world *w)
{
	AUTO_FREE size_t *filled = NULL;

	for (size_t i = 0; i < w->n; i++)
		w->dossiers[w->dossier_of[i]].n++;
	leave_empty_out(w);
	for (size_t i = 1; i < w->dossiers_n; i++)
		w->dossiers[i].first = w->dossiers[i - 1].first + w->dossiers[i - 1].n;
	filled = xcalloc(w->dossiers_n + 1, sizeof(*filled));
	w->members.v = xcalloc(w->n + 1, sizeof(const struct site_row *));
	w->members.n = w->members.cap = w->n;
	for (size_t i = 0; i < w->n; i++) {
		size_t d = w->dossier_of[i];

		w->members.v[w->dossiers[d].first + filled[d]++] = &w->rows[i];
	}
	for (size_t i = 0; i < w->dossiers_n; i++) {
		choose_head(w, &w->dossiers[i]);
		if (w->dossiers[i].head->open)
			row_list_add(&w->closing, w->dossiers[i].head);
	}
	if (w->closing.n > 1)
		qsort(w->closing.v, w->closing.n, sizeof(const struct site_row *), by_deadline);
}

static int
read_both(struct reading *r, struct error *err)
{
	struct index *ix = r->w->app->ix;
	int rc = index_each_dossier(ix, keep_dossier, r, err);

	if (rc < 0)
		return rc;
	order_dossiers(r);
	return index_each_notice(ix, keep_row, r, err);
}

/* Both passes are of one moment: a row of a dossier that came between them would have none. */
static int
read_held(struct reading *r, struct error *err)
{
	struct index *ix = r->w->app->ix;
	int rc = index_hold(ix, err);

	if (rc < 0)
		return rc;
	rc = read_both(r, err);
	index_let_go(ix);
	return rc;
}

int
world_rows(struct world *w, struct error *err)
{
	AUTO_READING r = { .w = w, .err = err };
	int rc;

	index_map(w->app->ix, true);
	rc = read_held(&r, err);
	index_map(w->app->ix, false);
	if (rc < 0)
		return rc;
	order_rows(w);
	group_rows(w);
	return 0;
}
