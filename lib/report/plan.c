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

	*piece = (struct piece){ .entry = { item, deadline, g }, .shape = SHAPE_COUNTED };
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

static void
plan_init(struct plan *p, const struct digest *d, const struct writer *w)
{
	size_t entries = d->deadlines_n;

	for (size_t i = 0; i < d->sectors_n; i++)
		entries += d->sectors[i].n;
	*p = (struct plan){ .d = d, .w = w };
	p->v = xcalloc(entries + 1, sizeof(*p->v));
	p->groups = xcalloc(2 * d->sectors_n + 1, sizeof(*p->groups));
	for (size_t i = 0; i < d->sectors_n; i++)
		add_sector(p, &d->sectors[i]);
	if (d->deadlines_n == 0)
		return;
	p->groups[p->groups_n] = (struct group){ .part = PART_CLOSING };
	for (size_t i = 0; i < d->deadlines_n; i++)
		add_entry(p, &p->groups[p->groups_n], NULL, &d->deadlines[i]);
	p->groups_n++;
}

static void
plan_clear(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].symbol);
		for (enum shape s = 0; s < SHAPES; s++)
			free(p->v[i].form[s]);
	}
	free(p->v);
	free(p->groups);
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

/* Raises entries of one shape to the next while they fit, in their rank and order. */
static void
raise_shape(struct plan *p, enum shape to, size_t limit)
{
	for (int r = 0; r < 3; r++)
		for (size_t i = 0; i < p->n; i++) {
			struct piece *piece = &p->v[i];
			size_t grown = p->used - piece->size[piece->shape] + piece->size[to];

			if (rank(piece) != r || piece->shape + 1 != to || (limit > 0 && grown > limit))
				continue;
			p->used = grown;
			piece->shape = to;
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

/* Size of everything but the entries, as large as it can become. */
static size_t
frame(const struct plan *p)
{
	AUTO_BUF out = BUF_INIT, rest = BUF_INIT;

	said_rest(p->d, p->n + 1, &rest);
	p->w->head(p->d, &out);
	for (size_t i = 0; i < p->groups_n; i++)
		p->w->group(p->d, &p->groups[i], true, &out);
	p->w->foot(p->d, buf_str(&rest), &out);
	return out.len;
}

static void
choose(struct plan *p, size_t limit)
{
	p->used = frame(p);
	for (enum shape to = SHAPE_NAMED; to <= p->w->most; to++) {
		if (count(p, (enum shape)(to - 1)) < p->n)
			return;		/* not all have even this much */
		raise_shape(p, to, limit);
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

static void
write_all(const struct plan *p, struct buf *out)
{
	AUTO_BUF rest = BUF_INIT;
	size_t counted = count(p, SHAPE_COUNTED);

	if (counted > 0)
		said_rest(p->d, counted, &rest);
	p->w->head(p->d, out);
	for (size_t i = 0; i < p->groups_n; i++)
		write_group(p, &p->groups[i], i == 0 || p->groups[i].sector != p->groups[i - 1].sector, out);
	p->w->foot(p->d, buf_str(&rest), out);
}

void
plan_write(const struct digest *d, const struct writer *w, size_t limit, struct shown *shown, struct buf *out)
{
	struct plan p;

	plan_init(&p, d, w);
	choose(&p, limit);
	write_all(&p, out);
	if (shown != NULL)
		for (enum shape s = 0; s < SHAPES; s++)
			shown->n[s] = count(&p, s);
	plan_clear(&p);
}
