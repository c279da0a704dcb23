/* The pieces of a group of rows of the table of closed segments. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "search_numbers.h"
#include "search_past_private.h"

#define MOST 1200		/* documents of a word, one in ninety of 105,000; lists of more lie in pieces of their own */
#define LONG_LIST 8		/* bytes: two documents stay beside the word */
#define WORDS_ROOM 1000		/* bytes of a part's words */
#define LISTS_ROOM 4000		/* and of its lists */
#define FOLDER 16		/* "past/3f" */

struct past_often *
past_often_add(struct past_oftens *o, const char *word, unsigned group, uint32_t rank, uint64_t print)
{
	struct past_often *added;

	o->v = xgrow(o->v, o->n, &o->cap, sizeof(*o->v));
	added = &o->v[o->n++];
	*added = (struct past_often){ .word = xstrdup(word), .group = group, .rank = rank, .print = print };
	return added;
}

void
past_oftens_clear(struct past_oftens *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free(o->v[i].word);
		buf_clear(&o->v[i].numbers);
	}
	free(o->v);
	*o = (struct past_oftens){ NULL, 0, 0 };
}

/* ---- lists ---- */

static size_t
documents_of(const struct search_term *t)
{
	return t->list.len / sizeof(uint32_t);
}

/* The word's numbers go to the frequent words; its rank takes their place. */
static int
write_often(struct search_past *p, unsigned group, const char *folder, struct search_term *t, const struct search_past_io *io)
{
	uint32_t rank = search_rank(documents_of(t));
	struct past_often *o = past_often_add(&p->often, t->word, group, rank, search_print(SEARCH_PRINT, buf_str(&t->list), t->list.len));

	o->numbers = t->list;
	o->read = true;
	t->list = (struct buf)BUF_INIT;
	search_number(rank, &t->list);
	return search_often_write(&p->years, folder, t->word, (const uint32_t *)(const void *)o->numbers.data, o->numbers.len / sizeof(uint32_t), io->emit, io->ctx);
}

static int
write_lists(struct search_past *p, unsigned group, const char *folder, struct search_term *const *v, size_t n, const struct search_past_io *io)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		struct buf *list = &v[i]->list, numbers = *list;

		if (documents_of(v[i]) > MOST) {
			rc = write_often(p, group, folder, v[i], io);
			continue;
		}
		*list = (struct buf)BUF_INIT;
		search_numbers((const uint32_t *)(const void *)numbers.data, numbers.len / sizeof(uint32_t), 0, list);
		buf_clear(&numbers);
	}
	return rc;
}

/* ---- rows ---- */

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
write_part(const char *folder, unsigned row, unsigned part, struct search_term *const *v, size_t n, const struct search_past_io *io)
{
	bool lists = false;
	char name[24];
	int rc;

	(void)snprintf(name, sizeof(name), "%02x%x", row, part);
	for (size_t i = 0; i < n; i++)
		lists = lists || v[i]->list.len > LONG_LIST;
	rc = lists ? search_lists_write(folder, name, v, n, LONG_LIST, io->emit, io->ctx) : 0;
	for (size_t i = 0; i < n; i++)
		if (v[i]->list.len > LONG_LIST)
			buf_reset(&v[i]->list);
	return rc != 0 ? rc : search_words_write(folder, name, v, n, io->emit, io->ctx);
}

static int
write_row(const char *folder, unsigned row, struct search_term *const *v, size_t n, struct buf *boundaries, const struct search_past_io *io)
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
		rc = write_part(folder, row, part, v + from, to - from, io);
	}
	buf_adds(boundaries, "!");
	return rc;
}

static int
write_rows(const struct search_past *p, unsigned group, const char *folder, struct search_term *const *v, size_t n, const struct search_past_io *io)
{
	unsigned rows = p->rows / p->groups_n;
	AUTO_BUF bytes = BUF_INIT, path = BUF_INIT;
	size_t from = 0, to;
	int rc = 0;

	buf_addf(&bytes, "regwatchIndex(\"%s/t\",\"", folder);
	for (unsigned row = group * rows; row < (group + 1) * rows && rc == 0; row++, from = to) {
		for (to = from; to < n && search_shard(v[to]->word) * p->rows / SEARCH_ROWS == row; to++)
			;
		rc = write_row(folder, row, v + from, to - from, &bytes, io);
	}
	buf_adds(&bytes, "\")\n");
	buf_addf(&path, "%s/t.js", folder);
	return rc != 0 ? rc : io->emit(io->ctx, buf_str(&path), &bytes);
}

int
past_group_write(struct search_past *p, unsigned group, struct search_terms *terms, const struct search_past_io *io)
{
	AUTO_FREE struct search_term **v = search_terms_sorted(terms);
	char folder[FOLDER];
	int rc;

	(void)snprintf(folder, sizeof(folder), "past/%02x", group);
	rc = write_lists(p, group, folder, v, terms->n, io);
	return rc != 0 ? rc : write_rows(p, group, folder, v, terms->n, io);
}
