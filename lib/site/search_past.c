#include "search_past_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"

struct search_past *
search_past_new(const char *known)
{
	struct search_past *p = xcalloc(1, sizeof(*p));

	past_known_read(&p->known, known);
	return p;
}

void
search_past_free(struct search_past *p)
{
	if (p == NULL)
		return;
	past_segments_clear(&p->segments);
	past_segments_clear(&p->known.segments);
	past_oftens_clear(&p->often);
	past_oftens_clear(&p->known.often);
	free(p);
}

size_t
search_past_span(const struct search_doc *docs, size_t n)
{
	size_t year = 0;		/* documents of the newest year */

	while (year < n && docs[n - year - 1].date.year == docs[n - 1].date.year)
		year++;
	return year > 0 ? n - 1 - (year - 1) % SEARCH_SEGMENT : 0;
}

unsigned
search_past_rows(size_t docs)
{
	return docs > 0 ? search_files(docs) : 0;
}

/* ---- segments ---- */

static uint32_t
documents_of(const struct search_past *p)
{
	return p->years.before[SEARCH_YEARS];
}

static void
count_documents(struct search_past *p, int year, size_t n)
{
	for (size_t y = (size_t)(year > 0 && year < SEARCH_YEARS ? year : 0) + 1; y <= SEARCH_YEARS; y++)
		p->years.before[y] += (uint32_t)n;
}

bool
search_past_segment(struct search_past *p, const char *key, uint64_t made_of, const struct search_doc *docs, size_t n)
{
	struct past_segment *s;

	p->segments.v = xgrow(p->segments.v, p->segments.n, &p->segments.cap, sizeof(*p->segments.v));
	s = &p->segments.v[p->segments.n++];
	*s = (struct past_segment){ .made_of = made_of, .n = n, .first = documents_of(p) };
	(void)snprintf(s->key, sizeof(s->key), "%s", key);
	count_documents(p, docs[0].date.year, n);
	for (size_t i = 0; i < p->known.segments.n; i++) {
		const struct past_segment *known = &p->known.segments.v[i];

		if (known->made_of != made_of || known->n != n || strcmp(known->key, key) != 0)
			continue;
		memcpy(s->prints, known->prints, sizeof(s->prints));
		return true;
	}
	return false;
}

static struct past_segment *
segment_of(struct search_past *p, const char *key)
{
	for (size_t i = 0; i < p->segments.n; i++)
		if (strcmp(p->segments.v[i].key, key) == 0)
			return &p->segments.v[i];
	return NULL;
}

void
search_past_terms(struct search_past *p, const char *key, struct search_term *const *terms)
{
	struct past_segment *s = segment_of(p, key);
	const char *before = "";
	unsigned last = SEARCH_BANDS;

	if (s == NULL)
		return;
	past_bands_clear(s);
	s->bands = xcalloc(SEARCH_BANDS, sizeof(*s->bands));
	for (; *terms != NULL; terms++) {
		unsigned band = search_shard((*terms)->word) / SEARCH_BAND;

		search_entry(band == last ? before : "", (*terms)->word, &(*terms)->list, &s->bands[band]);
		before = (*terms)->word;
		last = band;
	}
	for (size_t i = 0; i < SEARCH_BANDS; i++)
		s->prints[i] = search_print(SEARCH_PRINT, buf_str(&s->bands[i]), s->bands[i].len);
}

/* ---- all of it ---- */

static uint64_t
print_number(uint64_t print, uint64_t number)
{
	return search_print(print, &number, sizeof(number));
}

static void
lay_out(struct search_past *p)
{
	p->rows = search_past_rows(documents_of(p));
	p->groups_n = p->rows < SEARCH_PAST_GROUP ? 1 : p->rows / SEARCH_PAST_GROUP;
	p->layout = print_number(SEARCH_PRINT, p->rows);
	for (size_t i = 0; i < p->segments.n; i++)
		p->layout = print_number(search_print(p->layout, p->segments.v[i].key, SEARCH_KEY), p->segments.v[i].n);
}

static uint64_t
group_made_of(const struct search_past *p, unsigned group)
{
	unsigned bands = SEARCH_BANDS / p->groups_n;
	uint64_t print = p->layout;

	for (size_t i = 0; i < p->segments.n; i++)
		for (unsigned band = group * bands; band < (group + 1) * bands; band++)
			print = print_number(print, p->segments.v[i].prints[band]);
	return print;
}

/* A group stays when also its frequent words are known. */
static bool
keep_group(struct search_past *p, unsigned group, const struct search_past_io *io)
{
	struct past_group *g = &p->groups[group];
	char begin[24];

	g->made_of = group_made_of(p, group);
	(void)snprintf(begin, sizeof(begin), "past/%02x/", group);
	if (!io->keep(io->ctx, begin, g->made_of) || !p->known.groups[group].done || p->known.groups[group].made_of != g->made_of)
		return false;
	for (size_t i = 0; i < p->known.often.n; i++) {
		const struct past_often *o = &p->known.often.v[i];

		if (o->group == group)
			(void)past_often_add(&p->often, o->word, group, o->rank, o->print);
	}
	return true;
}

static int
write_group(struct search_past *p, unsigned group, const struct search_past_io *io, const struct past_segment **broken)
{
	unsigned rows = SEARCH_ROWS / p->groups_n;
	struct search_terms terms = { NULL, 0, 0 };
	int rc = 0;

	if (!keep_group(p, group, io)) {
		*broken = past_gather(p, io, group * rows, (group + 1) * rows - 1, NULL, &terms);
		if (*broken == NULL)
			rc = past_group_write(p, group, &terms, io);
	}
	search_terms_clear(&terms);
	p->groups[group].done = *broken == NULL;
	return rc;
}

int
search_past_write(struct search_past *p, const struct search_past_io *io, char broken[SEARCH_KEY])
{
	const struct past_segment *bad = NULL;
	int rc = 0;

	broken[0] = '\0';
	lay_out(p);
	for (unsigned g = 0; p->rows > 0 && rc == 0 && bad == NULL && g < p->groups_n; g++)
		if (!p->groups[g].done)
			rc = write_group(p, g, io, &bad);
	if (p->rows > 0 && rc == 0 && bad == NULL)
		rc = past_pairs_write(p, io, &bad);
	if (bad != NULL)
		(void)snprintf(broken, SEARCH_KEY, "%s", bad->key);
	return rc;
}
