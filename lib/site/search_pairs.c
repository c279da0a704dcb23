/* Lists of two frequent words, of all groups. */
#include <stdlib.h>
#include <string.h>

#include "../base/cleanup.h"
#include "search_past_private.h"

static int
by_word(const void *a, const void *b)
{
	const struct past_often *const *x = a, *const *y = b;

	return strcmp((*x)->word, (*y)->word);
}

/* The most frequent words in the order of bytes; *from: their lowest rank. */
static size_t
choose_paired(const struct search_past *p, struct past_often *chosen[SEARCH_PAIRED], uint32_t *from)
{
	size_t ranks[SEARCH_RANKS] = { 0 }, n = 0;

	for (size_t i = 0; i < p->often.n; i++)
		ranks[p->often.v[i].rank]++;
	*from = search_paired_from(ranks);
	for (size_t i = 0; i < p->often.n; i++)
		if (p->often.v[i].rank >= *from)
			chosen[n++] = &p->often.v[i];
	if (n > 1)
		qsort(chosen, n, sizeof(struct past_often *), by_word);
	return n;
}

struct pairing {
	struct search_past *p;
	const struct search_past_io *io;
	struct past_often *v[SEARCH_PAIRED];
	size_t n;
	bool due[SEARCH_PAIRED][SEARCH_PAIRED];	/* as was asked once for all */
};

static struct search_frequent
frequent_of(const struct past_often *o)
{
	return (struct search_frequent){ o->word, o->rank, (const uint32_t *)(const void *)o->numbers.data, o->numbers.len / sizeof(uint32_t) };
}

/* Have two words a list that must be made anew? If so, it is what is emitted next. */
static bool
ask(const struct pairing *w, size_t i, size_t k)
{
	const struct search_frequent a = frequent_of(w->v[i]), b = frequent_of(w->v[k]);
	uint64_t prints[] = { w->v[i]->print, w->v[k]->print };
	AUTO_BUF begin = BUF_INIT;

	if (!search_pair_has(&w->p->years, &a, &b, &begin))
		return false;
	buf_addc(&begin, '-');
	return !w->io->keep(w->io->ctx, buf_str(&begin), search_print(w->p->layout, prints, sizeof(prints)));
}

/* The numbers of a frequent word that stayed. */
static const struct past_segment *
read_numbers(const struct pairing *w, struct past_often *o)
{
	unsigned row = search_shard(o->word);
	struct search_terms terms = { NULL, 0, 0 };
	const struct past_segment *broken;

	if (o->read)
		return NULL;
	if ((broken = past_gather(w->p, w->io, row, row, o->word, &terms)) == NULL) {
		struct search_term *t = search_terms_get(&terms, o->word);

		o->numbers = t->list;
		o->read = true;
		t->list = (struct buf)BUF_INIT;
	}
	search_terms_clear(&terms);
	return broken;
}

static const struct past_segment *
read_due(struct pairing *w)
{
	const struct past_segment *broken = NULL;

	for (size_t i = 0; i < w->n; i++)
		for (size_t k = i + 1; broken == NULL && k < w->n; k++)
			if ((w->due[i][k] = ask(w, i, k)) && (broken = read_numbers(w, w->v[i])) == NULL)
				broken = read_numbers(w, w->v[k]);
	return broken;
}

static int
write_pair(const struct pairing *w, size_t i, size_t k)
{
	const struct search_frequent a = frequent_of(w->v[i]), b = frequent_of(w->v[k]);

	return w->due[i][k] && ask(w, i, k) ? search_pair_write(&w->p->years, &a, &b, w->io->emit, w->io->ctx) : 0;
}

static int
write_rule(const struct pairing *w, uint32_t from)
{
	AUTO_BUF bytes = BUF_INIT;

	if (w->io->keep(w->io->ctx, "past/pairs.js", search_print(SEARCH_PRINT, &from, sizeof(from))))
		return 0;
	buf_adds(&bytes, "regwatchIndex(\"past/pairs\",\"");
	search_number(from, &bytes);
	buf_adds(&bytes, "\")\n");
	return w->io->emit(w->io->ctx, "past/pairs.js", &bytes);
}

int
past_pairs_write(struct search_past *p, const struct search_past_io *io, const struct past_segment **broken)
{
	struct pairing w = { .p = p, .io = io };
	uint32_t from;
	int rc;

	if (p->often.n == 0)
		return 0;
	w.n = choose_paired(p, w.v, &from);
	if ((*broken = read_due(&w)) != NULL)
		return 0;
	rc = write_rule(&w, from);
	for (size_t i = 0; i < w.n; i++)
		for (size_t k = i + 1; rc == 0 && k < w.n; k++)
			rc = write_pair(&w, i, k);
	return rc;
}
