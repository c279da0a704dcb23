/* One segment: its words and its documents. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "search_index.h"
#include "search_list.h"
#include "search_past.h"
#include "search_piece.h"
#include "search_terms.h"
#include "search_words.h"

#define DOCS_A_FILE 16		/* whose words make a piece of some 1.5 KB */
#define LISTS_ROOM 1100		/* bytes of a piece of several long lists */
#define LONG_LIST 6		/* bytes: a longer list lies apart, so that looking for a rare word passes few frequent ones */

/* ---- reading documents ---- */

struct reading {
	struct search_terms *terms;
	uint32_t doc;
	int head;		/* title, symbol, member: what counts more */
	struct buf room;
};

static int
add_word(void *ctx, const char *word)
{
	struct reading *r = ctx;
	struct search_term *t = search_terms_get(r->terms, word);

	if (t->next == r->doc + 1)
		return 0;	/* this document is listed */
	search_number((r->doc - t->next) * 2 + (uint32_t)r->head, &t->list);
	t->next = r->doc + 1;
	return 0;
}

static void
read_field(struct reading *r, const char *s)
{
	if (s != NULL && *s != '\0')
		(void)search_each_word(s, &r->room, add_word, r);
}

/* The head first: a word that is in both counts as the head's. */
static void
read_doc(struct reading *r, const struct search_doc *d)
{
	r->head = 1;
	read_field(r, d->title);
	read_field(r, d->id);
	for (size_t i = 0; d->symbols != NULL && i < d->symbols->n; i++)
		read_field(r, d->symbols->v[i]);
	read_field(r, d->member);
	r->head = 0;
	read_field(r, d->products);
	read_field(r, d->sectors);
	read_field(r, d->description);
}

/* ---- writing ---- */

unsigned
search_files(size_t docs)
{
	unsigned files = 1;

	while (files < SEARCH_ROWS && files * DOCS_A_FILE < docs)
		files *= 2;
	return files;
}

static int
emit_piece(const char *key, const char *name, struct buf *bytes, search_emit emit, void *ctx)
{
	AUTO_BUF path = BUF_INIT;

	buf_addf(&path, "%s/%s.js", key, name);
	return emit(ctx, buf_str(&path), bytes);
}

/* Each row is written, if only to say that it has no words; what knows no word needs no address. */
static int
write_words(const char *key, struct search_term *const *v, size_t n, unsigned files, search_emit emit, void *ctx)
{
	size_t from = 0, to;
	int rc = 0;

	for (unsigned f = 0; f < files && rc == 0; f++, from = to) {
		char name[16];

		for (to = from; to < n && search_shard(v[to]->word) * files / SEARCH_ROWS == f; to++)
			;
		(void)snprintf(name, sizeof(name), "%02x", f);
		rc = search_words_write(key, name, v + from, to - from, emit, ctx);
	}
	return rc;
}

/* How many words from v[0] on have their long lists in one piece: at least one such word. */
static size_t
lists_span(struct search_term *const *v, size_t n)
{
	size_t bytes = 0, lists = 0, i = 0;

	for (; i < n; i++) {
		if (v[i]->list.len <= LONG_LIST)
			continue;
		bytes += strlen(v[i]->word) + 3 + v[i]->list.len;
		if (lists++ > 0 && bytes > LISTS_ROOM)
			break;
	}
	return i;
}

static int
write_lists_part(const char *key, unsigned part, struct search_term *const *v, size_t n, search_emit emit, void *ctx)
{
	char name[16];
	int rc;

	(void)snprintf(name, sizeof(name), "%02x", part);
	rc = search_lists_write(key, name, v, n, LONG_LIST, emit, ctx);
	for (size_t i = 0; i < n; i++)
		if (v[i]->list.len > LONG_LIST)
			search_list_elsewhere(part, &v[i]->list);
	return rc;
}

static bool
has_long(struct search_term *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i]->list.len > LONG_LIST)
			return true;
	return false;
}

/* Who knows that a word is frequent in all looks for its long list here at once where there are boundaries: then there is a first piece even if it is empty. */
static int
write_lists(const char *key, struct search_term *const *v, size_t n, bool boundaries, search_emit emit, void *ctx)
{
	AUTO_BUF words = BUF_INIT;
	size_t from = 0, to;
	int rc = 0;

	if (!boundaries && !has_long(v, n))
		return 0;
	buf_addf(&words, "regwatchIndex(\"%s/b\",\"", key);
	for (unsigned part = 0; rc == 0 && (from < n || part == 0); part++, from = to) {
		to = from + lists_span(v + from, n - from);
		if (part > 0) {
			buf_adds(&words, part > 1 ? " " : "");
			search_boundary(v[from - 1]->word, v[from]->word, &words);
		}
		rc = write_lists_part(key, part, v + from, to - from, emit, ctx);
	}
	buf_adds(&words, "\")\n");
	return rc != 0 || !boundaries ? rc : emit_piece(key, "b", &words, emit, ctx);
}

static void
add_doc(const struct search_doc *d, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT, cut = BUF_INIT;
	char date[DATE_TEXT];

	utf8_clean(d->title != NULL ? d->title : "", d->title != NULL ? strlen(d->title) : 0, false, &clean);
	utf8_ellipsis(buf_str(&clean), SEARCH_TITLE, &cut);
	buf_adds(out, "[");
	search_string(d->id, out);
	buf_addc(out, ',');
	search_string(d->member, out);
	buf_addf(out, ",\"%s\",", date_is_set(d->date) ? date_format(d->date, date) : "");
	search_string(buf_str(&cut), out);
	buf_addc(out, ',');
	search_string(d->path, out);
	if (d->lang != NULL && *d->lang != '\0' && strcmp(d->lang, "en") != 0) {
		buf_addc(out, ',');
		search_string(d->lang, out);
	}
	buf_addc(out, ']');
}

static int
write_docs(const char *key, const struct search_doc *docs, size_t n, search_emit emit, void *ctx)
{
	int rc = 0;

	for (size_t from = 0; from < n && rc == 0; from += SEARCH_BLOCK) {
		AUTO_BUF bytes = BUF_INIT;
		char name[16];

		(void)snprintf(name, sizeof(name), "d%02x", (unsigned)(from / SEARCH_BLOCK));
		buf_addf(&bytes, "regwatchIndex(\"%s/%s\",[\n", key, name);
		for (size_t i = from; i < n && i < from + SEARCH_BLOCK; i++) {
			if (i > from)
				buf_adds(&bytes, ",\n");
			add_doc(&docs[i], &bytes);
		}
		buf_adds(&bytes, "])\n");
		rc = emit_piece(key, name, &bytes, emit, ctx);
	}
	return rc;
}

int
search_segment_write(const char *key, const struct search_doc *docs, size_t n, struct search_past *past, search_emit emit, void *ctx)
{
	struct search_terms terms = { NULL, 0, 0 };
	struct reading r = { &terms, 0, 0, BUF_INIT };
	AUTO_FREE struct search_term **v = NULL;
	int rc;

	for (size_t i = 0; i < n; i++) {
		r.doc = (uint32_t)i;
		read_doc(&r, &docs[i]);
	}
	v = search_terms_sorted(&terms);
	for (size_t i = 0; i < terms.n; i++)
		search_list_pack(&v[i]->list);
	if (past != NULL)
		search_past_terms(past, key, v);
	rc = write_lists(key, v, terms.n, search_files(n) > 1, emit, ctx);
	if (rc == 0)
		rc = write_words(key, v, terms.n, search_files(n), emit, ctx);
	if (rc == 0)
		rc = write_docs(key, docs, n, emit, ctx);
	search_terms_clear(&terms);
	buf_clear(&r.room);
	return rc;
}
