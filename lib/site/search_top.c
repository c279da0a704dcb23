/* What lies over all segments: their list, and the symbols. */
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/sha.h"
#include "../base/xml.h"
#include "../notice/symbol.h"
#include "search_index.h"
#include "search_past.h"
#include "search_piece.h"
#include "search_words.h"

#define SYMBOL_FILES 512	/* at most; a piece of some 4 KB at 100,000 documents */
#define DOCS_A_FILE 256
#define KEY_ROOM 32		/* "2024ukni321" */
#define FIRST_YEAR 1899		/* dates begin in 1900 (lib/base/date.h), year 0 is undated */
#define CHUNKS 64		/* segments of a year that symbols can point into */

void
search_form(const char *folder, const char *root, struct buf *out)
{
	buf_adds(out, "<form id=\"search\" role=\"search\" method=\"get\" data-index=\"");
	xml_escape(folder, out);
	buf_adds(out, "\" data-root=\"");
	xml_escape(root, out);
	buf_adds(out, "\">\n<label for=\"search-words\">Words or a symbol</label>\n"
	    "<input type=\"search\" id=\"search-words\" name=\"q\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"search-hint\">\n"
	    "<button type=\"submit\">Search</button>\n"
	    "<p class=\"quiet\" id=\"search-hint\">All words must occur; the last one may be a beginning of three letters or more. Accents and capitals do not matter. "
	    "Or: G/TBT/N/USA/2211, usa 2211, 2024/0321/FI.</p>\n</form>\n"
	    "<noscript><p>This search needs scripts. The lists below need none.</p></noscript>\n"
	    "<p id=\"search-status\" role=\"status\"></p>\n<ol id=\"search-results\" class=\"results\"></ol>\n"
	    "<button type=\"button\" id=\"search-more\" hidden>More results</button>\n");
}

/* ---- order ---- */

size_t
search_segment_span(const struct search_doc *docs, size_t n, unsigned *chunk, char key[SEARCH_KEY])
{
	size_t end = 0;

	(void)snprintf(key, SEARCH_KEY, "%u-%u", (unsigned)docs[0].date.year % 10000, *chunk % 100000);
	while (end < n && end < SEARCH_SEGMENT && docs[end].date.year == docs[0].date.year)
		end++;
	*chunk = end < n && docs[end].date.year == docs[0].date.year ? *chunk + 1 : 0;
	return end;
}

/* ---- symbols ---- */

struct entry {			/* a symbol as it is asked for, and a document that bears it */
	char key[KEY_ROOM];
	unsigned file;
	uint32_t segment, doc;
};

struct entries {
	struct entry *v;
	size_t n, cap;
	unsigned files;
};

/* Without printf: there are as many as notifications. */
static void
put_number(unsigned value, char **at)
{
	char digits[3 * sizeof(value)], *p = digits + sizeof(digits);

	do {
		*--p = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	memcpy(*at, p, (size_t)(digits + sizeof(digits) - p));
	*at += digits + sizeof(digits) - p;
}

/* "usa2211", "2024fi321": code in small letters, numbers without zeros in front. */
static void
add_key(struct entries *e, const struct symbol *s, const char *code, uint32_t segment, uint32_t doc)
{
	struct entry *x;
	char *at;

	e->v = xgrow(e->v, e->n, &e->cap, sizeof(*e->v));
	x = &e->v[e->n++];
	at = x->key;
	if (s->series == SYMBOL_TRIS)
		put_number(s->year % 10000, &at);
	for (size_t n = 1; *code != '\0' && n < sizeof(s->code); code++)
		if (*code >= 'A' && *code <= 'Z') {
			*at++ = (char)(*code - 'A' + 'a');
			n++;
		}
	put_number(s->number, &at);
	*at = '\0';
	x->file = s->number % e->files;
	x->segment = segment;
	x->doc = doc;
}

static void
add_symbol(struct entries *e, const char *text, uint32_t segment, uint32_t doc)
{
	struct symbol s;
	const char *member;

	if (!symbol_parse(text, &s))
		return;
	member = member_of_code(s.code, s.series == SYMBOL_TRIS);
	add_key(e, &s, s.code, segment, doc);
	if (*member != '\0' && strcmp(member, s.code) != 0)
		add_key(e, &s, member, segment, doc);
}

static void
add_symbols(struct entries *e, const struct search_doc *d, uint32_t segment, uint32_t doc)
{
	add_symbol(e, d->id, segment, doc);
	for (size_t i = 0; d->symbols != NULL && i < d->symbols->n; i++) {
		if (strcmp(d->symbols->v[i], d->id) != 0)
			add_symbol(e, d->symbols->v[i], segment, doc);
	}
}

static int
compare_numbers(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
by_file(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = compare_numbers(x->file, y->file);

	if (c == 0)
		c = strcmp(x->key, y->key);
	if (c == 0)
		c = compare_numbers(x->segment, y->segment);
	return c != 0 ? c : compare_numbers(x->doc, y->doc);
}

static bool
same(const struct entry *a, const struct entry *b)
{
	return a->segment == b->segment && a->doc == b->doc;
}

/* One file: each key with pairs of segment and document. */
static void
write_entries(const struct entry *v, size_t n, struct buf *out)
{
	const char *before = "";

	for (size_t i = 0; i < n; ) {
		AUTO_BUF list = BUF_INIT;
		const char *key = v[i].key;

		for (size_t first = i; i < n && strcmp(v[i].key, key) == 0; i++) {
			if (i > first && same(&v[i], &v[i - 1]))
				continue;
			search_number(v[i].segment, &list);
			search_number(v[i].doc, &list);
		}
		search_entry(before, key, &list, out);
		before = key;
	}
}

static int
write_symbols(const struct entries *e, search_emit emit, void *ctx)
{
	size_t from = 0, to;
	int rc = 0;

	for (unsigned f = 0; f < e->files && rc == 0; f++, from = to) {
		AUTO_BUF bytes = BUF_INIT;
		char name[32];

		for (to = from; to < e->n && e->v[to].file == f; to++)
			;
		buf_addf(&bytes, "regwatchIndex(\"symbols/%02x\",\"", f);
		write_entries(to > from ? e->v + from : NULL, to - from, &bytes);
		buf_adds(&bytes, "\")\n");
		(void)snprintf(name, sizeof(name), "symbols/%02x.js", f);
		rc = emit(ctx, name, &bytes);
	}
	return rc;
}

static unsigned
symbol_files(size_t docs)
{
	unsigned files = 1;

	while (files < SYMBOL_FILES && files * DOCS_A_FILE < docs)
		files *= 2;
	return files;
}

static uint32_t
segment_number(const struct search_doc *first, unsigned chunk)
{
	uint32_t year = first->date.year == 0 ? 0 : (uint32_t)(first->date.year - FIRST_YEAR);

	return year * CHUNKS + chunk;
}

static void
collect_symbols(const struct search_doc *docs, size_t n, struct entries *e)
{
	unsigned chunk = 0, next = 0;
	char key[SEARCH_KEY];
	size_t span;

	for (size_t from = 0; from < n; from += span, chunk = next) {
		span = search_segment_span(docs + from, n - from, &next, key);
		for (size_t i = 0; i < span && chunk < CHUNKS; i++)
			add_symbols(e, &docs[from + i], segment_number(&docs[from], chunk), (uint32_t)i);
	}
	if (e->n > 0)
		qsort(e->v, e->n, sizeof(*e->v), by_file);
}

int
search_symbols_write(const struct search_doc *docs, size_t n, search_emit emit, void *ctx)
{
	struct entries e = { NULL, 0, 0, symbol_files(n) };
	int rc;

	collect_symbols(docs, n, &e);
	rc = write_symbols(&e, emit, ctx);
	free(e.v);
	return rc;
}

/* ---- the manifest ---- */

/* A fingerprint of the segments that hold the first so many documents. */
static void
stamp_of(const struct search_segment *v, size_t docs, char stamp[SEARCH_STAMP + 1])
{
	AUTO_BUF stamps = BUF_INIT;
	char hash[SHA256_HEX];

	for (size_t done = 0; done < docs; done += v->n, v++)
		buf_addf(&stamps, "%s %s\n", v->key, v->stamp);
	sha256_hex(buf_str(&stamps), stamps.len, hash);
	(void)snprintf(stamp, SEARCH_STAMP + 1, "%.*s", SEARCH_STAMP, hash);
}

static void
add_past(const struct search_segment *v, size_t docs, struct buf *out)
{
	char stamp[SEARCH_STAMP + 1];

	stamp_of(v, docs, stamp);
	buf_addf(out, ",\n\"past\":[%u,\"%s\"]", search_past_rows(docs), stamp);
}

int
search_manifest_write(const struct search_segment *v, size_t n, const struct search_doc *docs, size_t docs_n, search_emit emit, void *ctx)
{
	AUTO_BUF bytes = BUF_INIT;
	char stamp[SEARCH_STAMP + 1];

	buf_adds(&bytes, "regwatchIndex(\"manifest\",{");
	search_word_rules(&bytes);
	buf_adds(&bytes, ",\n\"segments\":[");
	for (size_t i = n; i-- > 0; )
		buf_addf(&bytes, "%s[\"%s\",%zu,\"%s\"]", i + 1 < n ? ",\n" : "\n", v[i].key, v[i].n, v[i].stamp);
	buf_adds(&bytes, "]");
	add_past(v, search_past_span(docs, docs_n), &bytes);
	stamp_of(v, docs_n, stamp);
	buf_addf(&bytes, ",\n\"symbols\":[%u,\"%s\"],\n\"documents\":%zu})\n", symbol_files(docs_n), stamp, docs_n);
	return emit(ctx, "manifest.js", &bytes);
}
