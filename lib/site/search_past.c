#include "search_past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "search_piece.h"
#include "search_terms.h"
#include "search_words.h"

#define MOST 3000		/* bytes of a list: some 1,200 documents, one in a hundred of all; a word that more have is found in the newest segments */
#define LONG_LIST 8		/* bytes: two documents stay beside the word */
#define DOCS_A_PART 8192	/* whose words make a row too long to be one part */

struct search_past {
	struct search_terms terms;
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

void
search_past_files(size_t docs, unsigned *rows, unsigned *parts)
{
	*rows = search_files(docs);
	*parts = 1;
	while (*parts < SEARCH_PARTS && *parts * (size_t)DOCS_A_PART < docs)
		*parts *= 2;
}

uint32_t
search_day(struct date date)
{
	const struct date first = { 1900, 1, 1 };

	return date_is_set(date) ? (uint32_t)(date_days(date) - date_days(first) + 1) : 0;
}

/* ---- adding ---- */

struct adding {
	struct search_past *past;	/* NULL: only looking whether it can be read */
	const struct search_doc *docs;
	size_t n;
	bool elsewhere;			/* some list is not beside its word */
};

static void
add_mark(struct search_term *t, const struct search_doc *d)
{
	uint32_t day = search_day(d->date);

	if (t->list.len > MOST)
		return;
	search_number(day - t->next, &t->list);
	search_number(search_hash(d->id) % SEARCH_MARKS, &t->list);
	t->next = day;
}

/* A list as segments have it: each document by how many lie between, twice, and whether the word stands in the title. */
static bool
add_list(void *ctx, const char *word, struct search_reader list)
{
	struct adding *a = ctx;
	struct search_term *t = a->past != NULL && list.at < list.end ? search_terms_get(&a->past->terms, word) : NULL;
	uint32_t value;
	size_t doc;

	a->elsewhere = a->elsewhere || list.at == list.end;
	for (size_t next = 0; list.at < list.end; next = doc + 1) {
		if (!search_number_read(&list, &value) || (doc = next + value / 2) >= a->n)
			return false;
		if (t != NULL)
			add_mark(t, &a->docs[doc]);
	}
	return true;
}

void
search_past_terms(struct search_past *p, const struct search_doc *docs, size_t n, struct search_term *const *terms)
{
	struct adding a = { p, docs, n, false };

	for (; *terms != NULL; terms++) {
		const struct buf *list = &(*terms)->list;

		(void)add_list(&a, (*terms)->word, (struct search_reader){ buf_str(list), buf_str(list) + list->len });
	}
}

struct pieces {
	struct buf *v;		/* rows of words, then of lists, empty ones where there are no long lists */
	unsigned files;
};

static bool
read_pieces(struct pieces *p, const char *key, size_t n, bool (*read)(void *ctx, const char *name, struct buf *bytes), void *ctx)
{
	struct adding look = { NULL, NULL, n, false };

	for (unsigned f = 0; f < p->files; f++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "%s/w%02x.js", key, f);
		look.elsewhere = false;
		if (!read(ctx, name, &p->v[f]) || !search_row_read(&p->v[f], add_list, &look))
			return false;
		if (!look.elsewhere)
			continue;
		(void)snprintf(name, sizeof(name), "%s/l%02x.js", key, f);
		if (!read(ctx, name, &p->v[p->files + f]) || !search_row_read(&p->v[p->files + f], add_list, &look))
			return false;
	}
	return true;
}

bool
search_past_pieces(struct search_past *p, const char *key, const struct search_doc *docs, size_t n,
    bool (*read)(void *ctx, const char *name, struct buf *bytes), void *ctx)
{
	struct pieces pieces = { NULL, search_files(n) };
	struct adding add = { p, docs, n, false };
	bool good;

	pieces.v = xcalloc(pieces.files * 2, sizeof(*pieces.v));
	good = read_pieces(&pieces, key, n, read, ctx);
	for (unsigned i = 0; i < pieces.files * 2; i++) {
		if (good && pieces.v[i].len > 0)
			(void)search_row_read(&pieces.v[i], add_list, &add);
		buf_clear(&pieces.v[i]);
	}
	free(pieces.v);
	return good;
}

/* ---- writing ---- */

/* Takes the frequent words' lists away. */
static void
finish(struct search_term *const *v)
{
	for (; *v != NULL; v++) {
		if ((*v)->list.len <= MOST)
			continue;
		buf_clear(&(*v)->list);
		search_number(0, &(*v)->list);
	}
}

static int
write_part(unsigned row, unsigned part, unsigned parts, struct search_term *const *v, size_t n, search_emit emit, void *ctx)
{
	AUTO_FREE struct search_term **mine = xcalloc(n + 1, sizeof(*mine));
	char name[24];
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		if (search_hash(v[i]->word) % parts == part)
			mine[found++] = v[i];
	}
	(void)snprintf(name, sizeof(name), "%02x%x", row, part);
	return search_row_write("past", name, mine, found, LONG_LIST, emit, ctx);
}

int
search_past_write(struct search_past *p, size_t docs, search_emit emit, void *ctx)
{
	AUTO_FREE struct search_term **v = search_terms_sorted(&p->terms);
	unsigned rows, parts;
	size_t from = 0, to;
	int rc = 0;

	finish(v);
	search_past_files(docs, &rows, &parts);
	for (unsigned row = 0; row < rows && docs > 0 && rc == 0; row++, from = to) {
		for (to = from; to < p->terms.n && search_shard(v[to]->word) * rows / SEARCH_ROWS == row; to++)
			;
		for (unsigned part = 0; part < parts && rc == 0; part++)
			rc = write_part(row, part, parts, v + from, to - from, emit, ctx);
	}
	return rc;
}
