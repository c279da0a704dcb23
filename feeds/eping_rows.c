#include "eping_rows.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"

void
eping_row_clear(struct eping_row *row)
{
	notice_clear(&row->notice);
	buf_clear(&row->raw);
	free(row->key);
	free(row->member_name);
	free(row->unclear);
	*row = (struct eping_row){ .notice = NOTICE_INIT };
}

void
eping_rows_clear(struct eping_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		eping_row_clear(&rows->v[i]);
	free(rows->v);
	strv_clear(&rows->problems);
	*rows = (struct eping_rows)EPING_ROWS_INIT;
}

struct eping_row *
eping_rows_add(struct eping_rows *rows)
{
	struct eping_row *row;

	rows->v = xgrow(rows->v, rows->n, &rows->cap, sizeof(*rows->v));
	row = &rows->v[rows->n++];
	*row = (struct eping_row){ .notice = NOTICE_INIT, .id = -1 };
	notice_init(&row->notice);
	return row;
}

void
eping_rows_drop_last(struct eping_rows *rows)
{
	eping_row_clear(&rows->v[--rows->n]);
}

void
eping_row_tell(struct eping_row *row, char *text)
{
	AUTO_FREE char *before = TAKE(row->unclear), *now = text;

	row->unclear = before != NULL ? xasprintf("%s; %s", before, now) : TAKE(now);
}

void
eping_row_set_key(struct eping_row *row)
{
	AUTO_STRV sorted = STRV_INIT;
	AUTO_BUF key = BUF_INIT;

	strv_copy(&sorted, &row->notice.symbols);
	strv_sort(&sorted);
	strv_join(&sorted, "\n", &key);
	free(row->key);
	row->key = buf_take(&key);
}

/* A row as it is sorted: by notification, then by its member's place among the symbols, then as met. */
struct place {
	struct eping_row *row;
	size_t rank;		/* of its member; SIZE_MAX when no symbol is the member's */
	size_t index;		/* in rows */
};

/* Neighbours in the sorted array that are one notification. */
struct group {
	struct place *v;
	size_t n;
	size_t first;		/* smallest index */
};

static size_t
member_rank(const struct eping_row *row)
{
	for (size_t i = 0; i < row->notice.members.n; i++)
		if (strcmp(row->notice.members.v[i], row->member) == 0)
			return i;
	return SIZE_MAX;
}

/* Same member? Names are looked at where no code is known. */
static int
compare_members(const struct eping_row *a, const struct eping_row *b)
{
	int d = strcmp(a->member, b->member);

	return d != 0 || *a->member != '\0' ? d : strcmp(a->member_name, b->member_name);
}

static int
compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int d = strcmp(x->row->key, y->row->key);

	if (d == 0)
		d = (x->rank > y->rank) - (x->rank < y->rank);
	if (d == 0)
		d = compare_members(x->row, y->row);
	return d != 0 ? d : (x->index > y->index) - (x->index < y->index);
}

static int
compare_groups(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

static struct place *
sort_places(struct eping_rows *rows)
{
	struct place *places = xcalloc(rows->n, sizeof(*places));

	for (size_t i = 0; i < rows->n; i++)
		places[i] = (struct place){ &rows->v[i], member_rank(&rows->v[i]), i };
	qsort(places, rows->n, sizeof(*places), compare_places);
	return places;
}

/* Groups in the order in which they were first met. Returns their number; *groups is the caller's. */
static size_t
find_groups(struct place *places, size_t n, struct group **groups)
{
	struct group *found = xcalloc(n, sizeof(*found));
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || strcmp(places[i - 1].row->key, places[i].row->key) != 0)
			found[count++] = (struct group){ .v = &places[i], .first = SIZE_MAX };
		found[count - 1].n++;
		if (places[i].index < found[count - 1].first)
			found[count - 1].first = places[i].index;
	}
	qsort(found, count, sizeof(*found), compare_groups);
	*groups = found;
	return count;
}

static bool
same_member(const struct place *a, const struct place *b)
{
	return a->rank == b->rank && compare_members(a->row, b->row) == 0;
}

/* Leaves one row a member. */
static void
drop_repeats(struct group *g, struct strv *problems)
{
	size_t kept = 1;

	for (size_t i = 1; i < g->n; i++) {
		struct place *last = &g->v[kept - 1];

		if (!same_member(last, &g->v[i])) {
			g->v[kept++] = g->v[i];
		} else if (!notice_equal(&last->row->notice, &g->v[i].row->notice)) {
			problems_add(problems, "%s comes twice for '%s' and differs: the later one counts", g->v[i].row->notice.id,
			    g->v[i].row->member_name);
			*last = g->v[i];
		}
	}
	g->n = kept;
}

static bool
may_vary(size_t row)
{
	/* the first two follow from others */
	return row != notice_row(offsetof(struct notice, language)) && row != notice_row(offsetof(struct notice, url)) &&
	    row != notice_row(offsetof(struct notice, variants)) && row != notice_row(offsetof(struct notice, vanished));
}

static void
add_variant(struct variants *variants, const struct eping_row *row, size_t field)
{
	AUTO_BUF value = BUF_INIT;

	notice_field_text(&row->notice, field, &value);
	for (size_t i = 0; i < value.len; i++)
		if (value.data[i] == '\n')
			value.data[i] = ' ';
	variants_add(variants, row->member, notice_fields[field].name, buf_str(&value));
}

static void
add_differences(struct variants *variants, const struct notice *first, const struct eping_row *row)
{
	for (size_t i = 0; i < notice_fields_count; i++) {
		uint64_t bit = UINT64_C(1) << i;

		if (may_vary(i) && (first->known & bit) && (row->notice.known & bit) && !notice_field_equal(first, &row->notice, i))
			add_variant(variants, row, i);
	}
}

static void
add_documents(struct documents *to, const struct documents *from)
{
	for (size_t i = 0; i < from->n; i++)
		documents_add(to, from->v[i].kind, from->v[i].lang, from->v[i].url);
}

/* A member that has no symbol of its own in an unparsed or odd list is a member all the same. */
static void
add_member(struct notice *n, const struct eping_row *row)
{
	if (*row->member != '\0' && !strv_has(&n->members, row->member))
		strv_add(&n->members, row->member);
}

/* Only when every member's row is there can the rows tell that nothing differs. */
static void
merge_rows(struct notice *n, const struct group *g)
{
	AUTO_NOTICE first = NOTICE_INIT;

	notice_copy(&first, n);
	for (size_t i = 1; i < g->n; i++) {
		add_differences(&n->variants, &first, g->v[i].row);
		add_documents(&n->documents, &g->v[i].row->notice.documents);
		add_member(n, g->v[i].row);
	}
	if (g->n < n->symbols.n && n->variants.n == 0)
		n->known &= ~NOTICE_BIT(variants);
	notice_normalise(n);
}

static void
write_raw(const struct group *g, struct buf *out)
{
	buf_addc(out, '[');
	for (size_t i = 0; i < g->n; i++) {
		if (i > 0)
			buf_adds(out, ",\n");
		buf_add(out, g->v[i].row->raw.data, g->v[i].row->raw.len);
	}
	buf_addc(out, ']');
}

/* Rows that meet are compared in all that they say. */
static void
complete_rows(struct group *g, struct items *out)
{
	size_t n = g->n, kept = 0;
	struct error why;

	for (size_t i = 0; i < n; i++) {
		const struct place place = g->v[i];

		if (n == 1 || place.row->complete == NULL || place.row->complete(place.row, &why) == 0) {
			g->v[kept++] = place;
			continue;
		}
		problems_add(&out->problems, "item %zu: %s", place.row->number, why.text);
		out->bad++;
	}
	g->n = kept;
}

/* A record that the store would refuse is a bad row. */
static void
drop_too_large(size_t number, struct items *out)
{
	const struct item *item = &out->v[out->n - 1];
	struct error why;

	if (item->known || item_fits(item, &why) == 0)
		return;
	problems_add(&out->problems, "item %zu: %s", number, why.text);
	out->bad++;
	items_drop_last(out);
}

static void
join_group(struct group *g, struct items *out)
{
	struct item *item;
	struct eping_row *first;

	complete_rows(g, out);
	if (g->n == 0)
		return;
	item = items_add(out);
	drop_repeats(g, &out->problems);
	first = g->v[0].row;
	item->way = first->way;
	item->known = first->complete != NULL;
	if (g->n == 1) {
		item->raw = first->raw;
		first->raw = (struct buf)BUF_INIT;
	} else {
		write_raw(g, &item->raw);
	}
	item->notice = first->notice;
	notice_init(&first->notice);
	if (!item->known && (g->n > 1 || item->notice.symbols.n > 1))
		merge_rows(&item->notice, g);
	drop_too_large(first->number, out);
}

static void
move_problems(struct eping_rows *rows, struct items *out)
{
	for (size_t i = 0; i < rows->problems.n; i++)
		problems_add(&out->problems, "%s", rows->problems.v[i]);
	strv_clear(&rows->problems);
	out->bad += rows->bad;
	rows->bad = 0;
}

/* Has every symbol's member its row, or is the last of them too old for another to come? */
static bool
is_complete(const struct group *g, size_t oldest)
{
	size_t members = 0, newest = 0;

	for (size_t i = 0; i < g->n; i++) {
		members += i == 0 || !same_member(&g->v[i - 1], &g->v[i]);
		newest = g->v[i].row->number > newest ? g->v[i].row->number : newest;
	}
	return members >= g->v[0].row->notice.symbols.n || newest < oldest;
}

/* Rows that went into items have lost their raw bytes or their record; what is left moves up, in its order. */
static void
compact(struct eping_rows *rows, const bool *used)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->n; i++) {
		if (used[i])
			eping_row_clear(&rows->v[i]);
		else
			rows->v[kept++] = rows->v[i];
	}
	rows->n = kept;
}

void
eping_join_complete(struct eping_rows *rows, size_t oldest, struct items *out)
{
	AUTO_FREE struct place *places = sort_places(rows);
	AUTO_FREE struct group *groups = NULL;
	AUTO_FREE bool *used = xcalloc(rows->n, sizeof(*used));
	size_t n = find_groups(places, rows->n, &groups);

	for (size_t i = 0; i < n; i++) {
		if (!is_complete(&groups[i], oldest))
			continue;
		for (size_t k = 0; k < groups[i].n; k++)
			used[groups[i].v[k].index] = true;
		join_group(&groups[i], out);
	}
	compact(rows, used);
	move_problems(rows, out);
}

void
eping_join(struct eping_rows *rows, struct items *out)
{
	eping_join_complete(rows, SIZE_MAX, out);
}

int
eping_join_one(struct eping_rows *rows, struct notice *out, struct error *err)
{
	AUTO_ITEMS items = { .v = NULL };

	if (rows->bad > 0)
		return error_set(err, ERR_DATA, "%s", rows->problems.n > 0 ? rows->problems.v[0] : "not understood");
	eping_join(rows, &items);
	if (items.n != 1)
		return error_set(err, ERR_DATA, "%zu notifications where one was due", items.n);
	*out = items.v[0].notice;
	notice_init(&items.v[0].notice);
	return 0;
}
