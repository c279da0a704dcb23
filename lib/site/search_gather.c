/* The words of closed segments, of memory or of their pieces. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "search_list.h"
#include "search_past_private.h"

#define PARTS 4096		/* pieces of long lists of a segment: more than its documents' words fill */

struct gathering {
	const struct search_past_io *io;
	unsigned first_row, last_row;
	const char *only;		/* NULL: all words */
	struct search_terms *terms;
	const struct past_segment *segment;
	struct search_term *term;	/* whose numbers are added */
	bool *parts;			/* pieces of long lists that are wanted; NULL while these are read */
	size_t lists, missing;		/* that were found, and words whose lists lie apart */
	bool disordered;		/* a word twice in a segment */
};

static bool
is_wanted(const struct gathering *g, const char *word)
{
	unsigned row;

	if (g->only != NULL)
		return strcmp(word, g->only) == 0;
	row = search_shard(word);
	return row >= g->first_row && row <= g->last_row;
}

static void
add_number(void *ctx, uint32_t doc, bool head)
{
	struct gathering *g = ctx;
	uint32_t number = g->segment->first + doc;

	(void)head;
	if (number < g->term->next) {
		g->disordered = true;
		return;
	}
	buf_add(&g->term->list, (const char *)&number, sizeof(number));
	g->term->next = number + 1;
}

static bool
want_part(struct gathering *g, struct search_reader list)
{
	uint32_t part;

	list.at++;
	if (g->parts == NULL || !search_number_read(&list, &part) || part >= PARTS)
		return false;
	g->parts[part] = true;
	g->missing++;
	return true;
}

static bool
add_list(void *ctx, const char *word, struct search_reader list)
{
	struct gathering *g = ctx;

	if (!is_wanted(g, word))
		return true;
	if (list.at == list.end)
		return false;
	if (search_elsewhere(list))
		return want_part(g, list);
	g->lists++;
	g->term = search_terms_get(g->terms, word);
	return search_list_each(list, g->segment->n, add_number, g) && !g->disordered;
}

/* ---- of pieces ---- */

static bool
read_piece(struct gathering *g, char kind, unsigned number)
{
	AUTO_BUF bytes = BUF_INIT;
	char name[32];

	(void)snprintf(name, sizeof(name), "%s/%c%02x.js", g->segment->key, kind, number);
	return g->io->read(g->io->ctx, name, &bytes) && search_row_read(&bytes, add_list, g);
}

static bool
read_pieces(struct gathering *g)
{
	AUTO_FREE bool *parts = xcalloc(PARTS, sizeof(*parts));
	unsigned files = search_files(g->segment->n);

	g->parts = parts;
	g->lists = g->missing = 0;
	for (unsigned f = g->first_row * files / SEARCH_ROWS; f <= g->last_row * files / SEARCH_ROWS; f++)
		if (!read_piece(g, 'w', f))
			return false;
	g->parts = NULL;
	g->lists = 0;
	for (unsigned part = 0; part < PARTS; part++)
		if (parts[part] && !read_piece(g, 'l', part))
			return false;
	return g->lists == g->missing;
}

/* ---- of memory ---- */

static bool
read_bands(struct gathering *g)
{
	for (unsigned band = g->first_row / SEARCH_BAND; band <= g->last_row / SEARCH_BAND; band++) {
		const struct buf *text = &g->segment->bands[band];

		if (!search_entries_read((struct search_reader){ buf_str(text), buf_str(text) + text->len }, add_list, g))
			return false;
	}
	return true;
}

const struct past_segment *
past_gather(const struct search_past *p, const struct search_past_io *io, unsigned first_row, unsigned last_row, const char *only, struct search_terms *terms)
{
	struct gathering g = { .io = io, .first_row = first_row, .last_row = last_row, .only = only, .terms = terms };

	for (size_t i = 0; i < p->segments.n; i++) {
		g.segment = &p->segments.v[i];
		if (!(g.segment->bands != NULL ? read_bands(&g) : read_pieces(&g)))
			return g.segment;
	}
	return NULL;
}
