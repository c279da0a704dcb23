#include "search_past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "search_list.h"
#include "search_often.h"
#include "search_piece.h"
#include "search_terms.h"
#include "search_words.h"

#define MOST 3000		/* bytes of a list: some 1,200 documents, one in a hundred of all; longer lists lie in pieces of their own */
#define LONG_LIST 8		/* bytes: two documents stay beside the word */
#define WORDS_ROOM 1500		/* bytes of a part's words */
#define LISTS_ROOM 5000		/* and of its lists */

struct search_past {
	struct search_terms terms;
	struct search_days days;
};

struct search_past *
search_past_new(void)
{
	return xcalloc(1, sizeof(struct search_past));
}

void
search_past_free(struct search_past *p)
{
	if (p == NULL)
		return;
	search_terms_clear(&p->terms);
	search_days_clear(&p->days);
	free(p);
}

size_t
search_past_span(const struct search_doc *docs, size_t n)
{
	size_t closed = n;

	while (closed > 0 && docs[closed - 1].date.year == docs[n - 1].date.year)
		closed--;
	return closed;
}

unsigned
search_past_rows(size_t docs)
{
	return docs > 0 ? search_files(docs) : 0;
}

/* ---- adding ---- */

struct place {
	uint32_t day, in_day;
};

struct adding {
	struct search_past *past;	/* NULL: only looking whether it can be read */
	struct place *places;		/* of the segment's documents; NULL likewise */
	size_t n;
	struct search_term *term;	/* whose list is added */
	size_t lists, missing;		/* that were passed, and words without one */
};

/* Where the documents of a segment lie; a day may have begun in the segment before. */
static struct place *
places_of(struct search_past *p, const struct search_doc *docs, size_t n)
{
	struct place *places = xcalloc(n + 1, sizeof(*places));

	for (size_t i = 0; i < n; i++) {
		uint32_t day = search_day(docs[i].date);

		search_days_add(&p->days, day, 1);
		places[i] = (struct place){ day, p->days.n[day] - 1 };
	}
	return places;
}

static void
add_place(void *ctx, uint32_t doc, bool head)
{
	struct adding *a = ctx;
	const struct place *place;

	(void)head;
	if (a->term == NULL)
		return;
	place = &a->places[doc];
	search_number(place->day - a->term->next, &a->term->list);
	search_number(place->in_day, &a->term->list);
	a->term->next = place->day;
}

static bool
add_list(void *ctx, const char *word, struct search_reader list)
{
	struct adding *a = ctx;

	if (search_elsewhere(list)) {
		a->missing++;
		return true;
	}
	if (list.at == list.end)
		return false;
	a->lists++;
	a->term = a->past != NULL ? search_terms_get(&a->past->terms, word) : NULL;
	return search_list_each(list, a->n, add_place, a);
}

void
search_past_terms(struct search_past *p, const struct search_doc *docs, size_t n, struct search_term *const *terms)
{
	AUTO_FREE struct place *places = places_of(p, docs, n);
	struct adding a = { .past = p, .places = places, .n = n };

	for (; *terms != NULL; terms++) {
		const struct buf *list = &(*terms)->list;

		(void)add_list(&a, (*terms)->word, (struct search_reader){ buf_str(list), buf_str(list) + list->len });
	}
}

struct pieces {
	const char *key;
	bool (*read)(void *ctx, const char *name, struct buf *bytes);
	void *ctx;
	struct buf *v;		/* of words, then of long lists */
	size_t n, cap;
	struct adding look;
};

static bool
read_piece(struct pieces *p, char kind, unsigned number)
{
	char name[32];

	p->v = xgrow(p->v, p->n, &p->cap, sizeof(*p->v));
	p->v[p->n] = (struct buf)BUF_INIT;
	(void)snprintf(name, sizeof(name), "%s/%c%02x.js", p->key, kind, number);
	return p->read(p->ctx, name, &p->v[p->n++]) && search_row_read(&p->v[p->n - 1], add_list, &p->look);
}

/* Each word whose list is not beside it has one in the pieces of lists: these are read until as many were found. */
static bool
read_pieces(struct pieces *p, unsigned files)
{
	size_t wanted, found = 0;

	for (unsigned f = 0; f < files; f++)
		if (!read_piece(p, 'w', f))
			return false;
	wanted = p->look.missing;
	for (unsigned part = 0; found < wanted; part++) {
		p->look.lists = 0;
		if (!read_piece(p, 'l', part) || p->look.lists == 0)
			return false;
		found += p->look.lists;
	}
	return found == wanted && p->look.missing == wanted;
}

bool
search_past_pieces(struct search_past *p, const char *key, const struct search_doc *docs, size_t n,
    bool (*read)(void *ctx, const char *name, struct buf *bytes), void *ctx)
{
	struct pieces pieces = { .key = key, .read = read, .ctx = ctx, .look = { .n = n } };
	AUTO_FREE struct place *places = NULL;
	struct adding add = { .past = p, .n = n };
	bool good = read_pieces(&pieces, search_files(n));

	if (good)
		add.places = places = places_of(p, docs, n);
	for (size_t i = 0; i < pieces.n; i++) {
		if (good)
			(void)search_row_read(&pieces.v[i], add_list, &add);
		buf_clear(&pieces.v[i]);
	}
	free(pieces.v);
	return good;
}

/* ---- writing ---- */

/* The frequent words' lists are written apart. */
static int
write_often(const struct search_past *p, struct search_term *const *v, search_emit emit, void *ctx)
{
	AUTO_FREE struct search_frequent *often = xcalloc(p->terms.n + 1, sizeof(*often));
	size_t n = 0;
	int rc = 0;

	for (size_t i = 0; i < p->terms.n; i++) {
		const struct buf *list = &v[i]->list;

		if (list->len > MOST)
			often[n++] = (struct search_frequent){ v[i]->word, { buf_str(list), buf_str(list) + list->len }, 0 };
	}
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = search_often_write(&p->days, &often[i], emit, ctx);
	if (rc == 0 && n > 0)
		rc = search_pairs_write(&p->days, often, n, emit, ctx);
	for (size_t i = 0, k = 0; k < n; i++) {
		if (v[i]->word != often[k].word)
			continue;
		buf_clear(&v[i]->list);
		search_number(often[k++].rank, &v[i]->list);
	}
	return rc;
}

/* How many words from v[0] on make a part: at least one. */
static size_t
part_span(struct search_term *const *v, size_t n)
{
	size_t words = 0, lists = 0, i = 0;

	for (; i < n; i++) {
		size_t list = v[i]->list.len, entry = strlen(v[i]->word) + 3;

		words += entry + (list > LONG_LIST ? 0 : list);
		lists += list > LONG_LIST ? entry + list : 0;
		if (i > 0 && (words > WORDS_ROOM || lists > LISTS_ROOM))
			break;
	}
	return i;
}

static int
write_part(unsigned row, unsigned part, struct search_term *const *v, size_t n, search_emit emit, void *ctx)
{
	bool lists = false;
	char name[24];
	int rc;

	(void)snprintf(name, sizeof(name), "%02x%x", row, part);
	for (size_t i = 0; i < n; i++)
		lists = lists || v[i]->list.len > LONG_LIST;
	rc = lists ? search_lists_write("past", name, v, n, LONG_LIST, emit, ctx) : 0;
	for (size_t i = 0; i < n; i++)
		if (v[i]->list.len > LONG_LIST)
			buf_reset(&v[i]->list);
	return rc != 0 ? rc : search_words_write("past", name, v, n, emit, ctx);
}

static int
write_row(unsigned row, struct search_term *const *v, size_t n, struct buf *boundaries, search_emit emit, void *ctx)
{
	size_t from = 0, to;
	unsigned part = 0;
	int rc = 0;

	for (; rc == 0 && from < n; from = to, part++) {
		to = from + part_span(v + from, n - from);
		if (part > 0) {
			buf_adds(boundaries, part > 1 ? " " : "");
			search_boundary(v[from - 1]->word, v[from]->word, boundaries);
		}
		rc = write_part(row, part, v + from, to - from, emit, ctx);
	}
	buf_adds(boundaries, "!");
	return rc;
}

static int
write_boundaries(unsigned group, struct buf *boundaries, search_emit emit, void *ctx)
{
	AUTO_BUF bytes = BUF_INIT;
	char path[24];

	buf_addf(&bytes, "regwatchIndex(\"past/t%02x\",\"%s\")\n", group, buf_str(boundaries));
	(void)snprintf(path, sizeof(path), "past/t%02x.js", group);
	buf_reset(boundaries);
	return emit(ctx, path, &bytes);
}

static int
write_rows(unsigned rows, struct search_term *const *v, size_t n, search_emit emit, void *ctx)
{
	AUTO_BUF boundaries = BUF_INIT;
	size_t from = 0, to;
	int rc = 0;

	for (unsigned row = 0; row < rows && rc == 0; row++, from = to) {
		for (to = from; to < n && search_shard(v[to]->word) * rows / SEARCH_ROWS == row; to++)
			;
		rc = write_row(row, v + from, to - from, &boundaries, emit, ctx);
		if (rc == 0 && (row + 1 == rows || (row + 1) % SEARCH_PAST_GROUP == 0))
			rc = write_boundaries(row / SEARCH_PAST_GROUP, &boundaries, emit, ctx);
	}
	return rc;
}

int
search_past_write(struct search_past *p, size_t docs, search_emit emit, void *ctx)
{
	AUTO_FREE struct search_term **v = search_terms_sorted(&p->terms);
	int rc;

	if (docs == 0)
		return 0;
	search_days_sum(&p->days);
	if ((rc = search_days_write(&p->days, emit, ctx)) == 0)
		rc = write_often(p, v, emit, ctx);
	return rc != 0 ? rc : write_rows(search_past_rows(docs), v, p->terms.n, emit, ctx);
}
