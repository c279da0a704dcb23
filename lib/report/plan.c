#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"

/* An entry with its pieces. */
struct piece {
	struct entry entry;
	char *symbol;
	char *form[SHAPES];	/* LISTED and FULL */
	size_t size[SHAPES];
	enum shape shape;
	size_t nth;		/* of its group */
};

struct plan {
	const struct digest *d;
	const struct writer *w;
	struct piece *v;	/* in the order of the page */
	size_t n;
	struct group *groups;
	size_t groups_n;
	size_t used;		/* bytes, frame and headings included */
};

/* ---- the entries ---- */

/* A bound on what a name takes among others: as if it stood alone, and a break of the line. */
static size_t
named_size(const struct plan *p, const char *symbol)
{
	AUTO_STRV one = STRV_INIT;
	AUTO_BUF out = BUF_INIT;

	strv_add(&one, symbol);
	p->w->named(&one, &out);
	return out.len + 2;
}

static void
add_entry(struct plan *p, struct group *g, const struct digest_item *item, const struct digest_deadline *deadline)
{
	struct piece *piece = &p->v[p->n++];
	AUTO_BUF symbol = BUF_INIT;

	*piece = (struct piece){ .entry = { item, deadline, g }, .nth = g->n };
	said_plain(said_or(item != NULL ? item->notice.id : deadline->dossier, "?"), 80, &symbol);
	piece->symbol = buf_take(&symbol);
	piece->size[SHAPE_NAMED] = named_size(p, piece->symbol);
	for (enum shape s = SHAPE_LISTED; s <= p->w->most; s++) {
		AUTO_BUF form = BUF_INIT;

		p->w->entry(p->d, &piece->entry, s, &form);
		piece->size[s] = form.len;
		piece->form[s] = buf_take(&form);
	}
	g->n++;
}

static void
add_sector(struct plan *p, const struct digest_sector *s)
{
	for (enum part part = PART_NEW; part <= PART_CHANGED; part++) {
		struct group *g = &p->groups[p->groups_n];

		*g = (struct group){ .sector = s, .part = part };
		for (size_t i = 0; i < s->n; i++)
			if (p->d->items[s->items[i]].is_new == (part == PART_NEW))
				add_entry(p, g, &p->d->items[s->items[i]], NULL);
		p->groups_n += g->n > 0;
	}
}

struct plan *
plan_new(const struct digest *d, const struct writer *w)
{
	struct plan *p = xcalloc(1, sizeof(*p));
	size_t entries = d->deadlines_n;

	for (size_t i = 0; i < d->sectors_n; i++)
		entries += d->sectors[i].n;
	*p = (struct plan){ .d = d, .w = w };
	p->v = xcalloc(entries + 1, sizeof(*p->v));
	p->groups = xcalloc(2 * d->sectors_n + 1, sizeof(*p->groups));
	for (size_t i = 0; i < d->sectors_n; i++)
		add_sector(p, &d->sectors[i]);
	if (d->deadlines_n == 0)
		return p;
	p->groups[p->groups_n] = (struct group){ .part = PART_CLOSING };
	for (size_t i = 0; i < d->deadlines_n; i++)
		add_entry(p, &p->groups[p->groups_n], NULL, &d->deadlines[i]);
	p->groups_n++;
	return p;
}

void
plan_free(struct plan *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].symbol);
		for (enum shape s = 0; s < SHAPES; s++)
			free(p->v[i].form[s]);
	}
	free(p->v);
	free(p->groups);
	free(p);
}

/* ---- what fits ---- */

/* Which entries may go first when there is not room for all. */
static int
rank(const struct piece *piece)
{
	if (piece->entry.deadline != NULL)
		return date_is_set(piece->entry.deadline->remind) ? 0 : 2;
	return 1;
}

static bool
raise(struct plan *p, struct piece *piece, enum shape to, size_t limit)
{
	size_t grown = p->used - piece->size[piece->shape] + piece->size[to];

	if (limit > 0 && grown > limit)
		return false;
	p->used = grown;
	piece->shape = to;
	return true;
}

/* Raises entries of one shape to the next while they fit, in their rank and order. */
static void
raise_all(struct plan *p, enum shape to, size_t limit)
{
	for (int r = 0; r < 3; r++)
		for (size_t i = 0; i < p->n; i++)
			if (rank(&p->v[i]) == r && p->v[i].shape + 1 == to)
				raise(p, &p->v[i], to, limit);
}

/* Lists the first entries of each group, as many of each as fit: the others are at hand elsewhere, and no group shall crowd out the next. */
static void
list_firsts(struct plan *p, size_t limit)
{
	bool more = true;

	for (size_t nth = 0; more; nth++) {
		more = false;
		for (size_t i = 0; i < p->n; i++)
			if (p->v[i].nth == nth && raise(p, &p->v[i], SHAPE_LISTED, limit))
				more = true;
	}
}

static size_t
count(const struct plan *p, enum shape shape)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->v[i].shape == shape;
	return n;
}

/* What becomes of entries that are named or only counted. */
static void
say_rest(const struct plan *p, size_t counted, const char *attached, struct buf *out)
{
	if (attached == NULL) {
		said_rest(p->d, counted, out);
		return;
	}
	if (counted > 0)
		buf_addf(out, "%zu more %s no room here. ", counted, counted == 1 ? "has" : "have");
	buf_adds(out, attached);
}

/* Size of everything but the entries, as large as it can become. */
static size_t
frame(const struct plan *p, const char *attached)
{
	AUTO_BUF out = BUF_INIT, rest = BUF_INIT;

	say_rest(p, p->n + 1, attached, &rest);
	p->w->head(p->d, &out);
	for (size_t i = 0; i < p->groups_n; i++)
		p->w->group(p->d, &p->groups[i], true, &out);
	p->w->foot(p->d, buf_str(&rest), &out);
	return out.len;
}

static void
choose(struct plan *p, size_t limit, const char *attached)
{
	p->used = frame(p, attached);
	for (size_t i = 0; i < p->n; i++)
		p->v[i].shape = SHAPE_COUNTED;
	if (attached != NULL) {
		list_firsts(p, limit);
		return;
	}
	for (enum shape to = SHAPE_NAMED; to <= p->w->most; to++) {
		if (count(p, (enum shape)(to - 1)) < p->n)
			return;		/* not all have even this much */
		raise_all(p, to, limit);
	}
}

/* ---- writing ---- */

static void
write_group(const struct plan *p, const struct group *g, bool opens_sector, struct buf *out)
{
	AUTO_STRV names = STRV_INIT;
	size_t counted = 0;

	for (size_t i = 0; i < p->n; i++)
		counted += p->v[i].entry.group == g && p->v[i].shape == SHAPE_COUNTED;
	p->w->group(p->d, g, opens_sector, out);
	if (counted == g->n)
		return;		/* the heading tells how many they are */
	for (size_t i = 0; i < p->n; i++) {
		const struct piece *piece = &p->v[i];

		if (piece->entry.group != g)
			continue;
		if (piece->shape == SHAPE_NAMED)
			strv_add(&names, piece->symbol);
		else if (piece->shape > SHAPE_NAMED)
			buf_add(out, piece->form[piece->shape], piece->size[piece->shape]);
	}
	if (names.n > 0)
		p->w->named(&names, out);
}

void
plan_write(struct plan *p, size_t limit, const char *attached, struct shown *shown, struct buf *out)
{
	AUTO_BUF rest = BUF_INIT;
	size_t counted;

	choose(p, limit, attached);
	counted = count(p, SHAPE_COUNTED);
	if (counted > 0 || attached != NULL)
		say_rest(p, counted, attached, &rest);
	p->w->head(p->d, out);
	for (size_t i = 0; i < p->groups_n; i++)
		write_group(p, &p->groups[i], i == 0 || p->groups[i].sector != p->groups[i - 1].sector, out);
	p->w->foot(p->d, buf_str(&rest), out);
	if (shown == NULL)
		return;
	for (enum shape s = 0; s < SHAPES; s++)
		shown->n[s] = count(p, s);
}
