/* The search index of the site: pieces of each segment, kept while nothing in it changed. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/notice/symbol.h"
#include "../lib/site/page.h"
#include "../lib/site/search_index.h"
#include "../lib/site/search_past.h"
#include "publishing.h"

#define FOLDER SEARCH_FOLDER

struct joint {
	char *id;
	struct strv symbols;
};

struct filling {
	const struct world *w;
	struct index *ix;
	struct site_files *files;
	const char *folder;		/* of the pieces that are being made */
	uint64_t key;			/* theirs */
	struct search_doc *docs;	/* in the order of the index */
	const struct site_row **rows;	/* the same order */
	struct joint *joint;		/* by id */
	size_t joint_n, joint_cap;
	struct search_segment *segments;
	size_t segments_n, segments_cap;
	size_t closed;			/* documents of closed segments, the first ones */
	struct search_past *past;	/* of theirs */
	size_t from;			/* the first document whose texts are read */
	struct strv texts;		/* that the documents of a segment point to */
	struct error *err;
};

static void
filling_clear(struct filling *f)
{
	for (size_t i = 0; i < f->joint_n; i++) {
		free(f->joint[i].id);
		strv_clear(&f->joint[i].symbols);
	}
	free(f->joint);
	free(f->docs);
	free(f->rows);
	free(f->segments);
	search_past_free(f->past);
	strv_clear(&f->texts);
}

/* ---- documents ---- */

static int
keep_symbol(void *ctx, const char *id, const char *symbol)
{
	struct filling *f = ctx;
	struct joint *j = f->joint_n > 0 ? &f->joint[f->joint_n - 1] : NULL;

	if (j == NULL || strcmp(j->id, id) != 0) {
		f->joint = xgrow(f->joint, f->joint_n, &f->joint_cap, sizeof(*f->joint));
		j = &f->joint[f->joint_n++];
		*j = (struct joint){ xstrdup(id), STRV_INIT };
		strv_add(&j->symbols, id);
	}
	strv_add(&j->symbols, symbol);
	return 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct joint *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static const struct strv *
symbols_of(const struct filling *f, const char *id)
{
	const struct joint wanted = { (char *)id, STRV_INIT };
	const struct joint *j = f->joint_n > 0 ? bsearch(&wanted, f->joint, f->joint_n, sizeof(*f->joint), by_id) : NULL;

	return j != NULL ? &j->symbols : NULL;
}

static int
by_row_id(const void *a, const void *b)
{
	const struct site_row *const *x = a, *const *y = b;

	return strcmp((*x)->id, (*y)->id);
}

/* Rows are in the order of days already: those of each by their ids. */
static void
order_days(const struct site_row **rows, size_t n)
{
	for (size_t from = 0, end; from < n; from = end) {
		for (end = from + 1; end < n && date_cmp(rows[end]->distributed, rows[from]->distributed) == 0; end++)
			;
		qsort(rows + from, end - from, sizeof(*rows), by_row_id);
	}
}

static int
list_documents(struct filling *f, struct error *err)
{
	int rc = index_symbols(f->ix, keep_symbol, f, err);

	f->rows = xcalloc(f->w->n + 1, sizeof(*f->rows));
	f->docs = xcalloc(f->w->n + 1, sizeof(*f->docs));
	for (size_t i = 0; i < f->w->n; i++)
		f->rows[i] = &f->w->rows[i];
	order_days(f->rows, f->w->n);
	for (size_t i = 0; i < f->w->n; i++)
		f->docs[i] = (struct search_doc){ .id = f->rows[i]->id, .symbols = symbols_of(f, f->rows[i]->id), .date = f->rows[i]->distributed };
	return rc;
}

static const char *
keep_text(struct filling *f, const char *s)
{
	if (s == NULL || *s == '\0')
		return NULL;
	strv_add(&f->texts, s);
	return f->texts.v[f->texts.n - 1];
}

static const char *
sector_words(struct filling *f, const struct site_row *row)
{
	AUTO_STRV names = STRV_INIT;
	AUTO_BUF words = BUF_INIT;

	strv_split(&names, row->sectors, ",");
	for (size_t i = 0; i < names.n; i++)
		buf_addf(&words, "%s%s", i > 0 ? ", " : "", page_sector_title(&f->w->meta, names.v[i]));
	return keep_text(f, buf_str(&words));
}

static void
fill_document(struct filling *f, size_t i)
{
	const struct site_row *row = f->rows[i];
	AUTO_BUF path = BUF_INIT;
	struct search_doc *d = &f->docs[i];

	site_dossier_path(row->dossier, row->id, &path);
	d->path = keep_text(f, buf_str(&path));
	d->title = row->title;
	d->lang = page_title_language(row->title);
	if (strcmp(d->lang, "en") == 0)
		d->lang = "";
	d->member = row->member[0] != '\0' ? member_name(row->member) : "";
	d->sectors = sector_words(f, row);
}

static void
keep_texts(void *ctx, size_t i, const char *products, const char *description)
{
	struct filling *f = ctx;
	struct search_doc *d = &f->docs[f->from + i];

	d->products = keep_text(f, products);
	d->description = keep_text(f, description);
}

static int
fill_documents(struct filling *f, size_t from, size_t n, struct error *err)
{
	AUTO_FREE const char **ids = xcalloc(n, sizeof(*ids));

	for (size_t i = 0; i < n; i++) {
		ids[i] = f->rows[from + i]->id;
		fill_document(f, from + i);
	}
	f->from = from;
	return index_each_text(f->ix, ids, n, keep_texts, f, err);
}

/* ---- files ---- */

static int
put_piece(void *ctx, const char *name, const struct buf *bytes)
{
	struct filling *f = ctx;
	AUTO_BUF path = BUF_INIT;

	buf_addf(&path, FOLDER "%s", name);
	return site_files_put(f->files, buf_str(&path), f->key, bytes, f->err);
}

static uint64_t
segment_key(const struct filling *f, uint64_t key, size_t from, size_t n)
{
	return rows_contents_key(f->w, key, f->rows + from, n);
}

static bool
read_piece(void *ctx, const char *name, struct buf *bytes)
{
	struct filling *f = ctx;
	AUTO_BUF path = BUF_INIT;

	buf_addf(&path, FOLDER "%s", name);
	return site_files_read(f->files, buf_str(&path), bytes, NULL) == 0;
}

static bool
keep_pieces(void *ctx, const char *begin, uint64_t made_of)
{
	struct filling *f = ctx;
	AUTO_BUF path = BUF_INIT;

	buf_addf(&path, FOLDER "%s", begin);
	f->key = site_key_number(f->w->key, (int64_t)made_of);
	return site_files_keep_folder(f->files, buf_str(&path), f->key);
}

/* A closed segment stays if also its words are known: else its records are read. */
static bool
keep_segment(struct filling *f, const struct search_segment *s, size_t from, uint64_t contents)
{
	AUTO_FREE char *folder = xasprintf(FOLDER "%s/", s->key);
	bool known = from >= f->closed || search_past_segment(f->past, s->key, contents, f->docs + from, s->n);

	return site_files_keep_folder(f->files, folder, f->key) && known;
}

/* Under f->key. */
static int
make_segment(struct filling *f, const struct search_segment *s, size_t from, struct error *err)
{
	int rc = fill_documents(f, from, s->n, err);

	if (rc < 0)
		return rc;
	f->err = err;
	rc = search_segment_write(s->key, f->docs + from, s->n, from < f->closed ? f->past : NULL, put_piece, f);
	strv_clear(&f->texts);
	return rc;
}

static int
publish_segment(struct filling *f, const struct search_segment *s, size_t from, uint64_t contents, struct error *err)
{
	f->key = segment_key(f, f->w->key, from, s->n);
	return keep_segment(f, s, from, contents) ? 0 : make_segment(f, s, from, err);
}

/* Stamps and what is known are part of what is published: they know the form of the pieces, not the program's file as the keys do. */
static uint64_t
search_form_key(void)
{
	return site_key_number(site_key_text(SITE_KEY_INIT, REGWATCH_VERSION), SEARCH_FORM);
}

static int
publish_segments(struct filling *f, struct error *err)
{
	unsigned chunk = 0;
	int rc = 0, year = -1;

	for (size_t from = 0, n; rc == 0 && from < f->w->n; from += n) {
		struct search_segment *s;
		uint64_t contents;

		f->segments = xgrow(f->segments, f->segments_n, &f->segments_cap, sizeof(*f->segments));
		s = &f->segments[f->segments_n++];
		if (f->docs[from].date.year != year)
			chunk = 0;
		year = f->docs[from].date.year;
		n = search_segment_span(f->docs + from, f->w->n - from, &chunk, s->key);
		s->n = n;
		contents = segment_key(f, search_form_key(), from, n);
		snprintf(s->stamp, sizeof(s->stamp), "%08x", (unsigned)(contents >> 32));
		rc = publish_segment(f, s, from, contents, err);
	}
	return rc;
}

/* What was known the last time; a file that cannot be read is none. */
static void
begin_past(struct filling *f)
{
	AUTO_BUF known = BUF_INIT;

	f->closed = search_past_span(f->docs, f->w->n);
	if (site_files_read(f->files, FOLDER SEARCH_KNOWN, &known, NULL) < 0)
		buf_reset(&known);
	f->past = search_past_new(buf_str(&known));
}

/* One whose pieces somebody has damaged. */
static int
mend_segment(struct filling *f, const char *key, struct error *err)
{
	size_t from = 0;

	for (size_t i = 0; i < f->segments_n; from += f->segments[i++].n) {
		if (strcmp(f->segments[i].key, key) != 0)
			continue;
		f->key = segment_key(f, f->w->key, from, f->segments[i].n);
		return make_segment(f, &f->segments[i], from, err);
	}
	return error_set(err, ERR_BUG, "the search has no segment '%s'", key);
}

/* Always: one that was lost or damaged is good again after the next publishing. */
static int
publish_known(struct filling *f)
{
	AUTO_BUF known = BUF_INIT;

	if (f->closed == 0)
		return 0;
	f->key = segment_key(f, site_key_text(f->w->key, SEARCH_KNOWN), 0, f->closed);
	search_past_known(f->past, &known);
	buf_adds(&known, "\nMade by regwatch\n");	/* site_mark.h */
	return put_piece(f, SEARCH_KNOWN, &known);
}

static int
publish_past(struct filling *f, struct error *err)
{
	const struct search_past_io io = { keep_pieces, read_piece, put_piece, f };
	char broken[SEARCH_KEY];
	size_t mended = 0;
	int rc;

	f->err = err;
	while ((rc = search_past_write(f->past, &io, broken)) == 0 && broken[0] != '\0') {
		if (mended++ == f->segments_n)	/* each is mended once */
			return error_set(err, ERR_BUG, "the search cannot read what it made of '%s'", broken);
		if ((rc = mend_segment(f, broken, err)) < 0)
			return rc;
	}
	return rc < 0 ? rc : publish_known(f);
}

/* Symbols lead to places in segments. */
static uint64_t
symbols_key(const struct filling *f)
{
	uint64_t key = site_key_text(f->w->key, "symbols");

	for (size_t i = 0; i < f->w->n; i++) {
		const struct search_doc *d = &f->docs[i];

		key = site_key_number(site_key_text(key, d->id), d->date.year);
		for (size_t k = 0; d->symbols != NULL && k < d->symbols->n; k++)
			key = site_key_text(key, d->symbols->v[k]);
	}
	return key;
}

static int
publish_symbols(struct filling *f, struct error *err)
{
	f->key = symbols_key(f);
	f->err = err;
	return site_files_keep_folder(f->files, FOLDER "symbols/", f->key) ? 0 : search_symbols_write(f->docs, f->w->n, put_piece, f);
}

/* What is looked at first: which segments there are. */
static int
publish_manifest(struct filling *f, struct error *err)
{
	f->key = segment_key(f, site_key_text(f->w->key, "manifest"), 0, f->w->n);
	f->err = err;
	return site_files_keep(f->files, FOLDER "manifest.js", f->key) ? 0 : search_manifest_write(f->segments, f->segments_n, f->docs, f->w->n, put_piece, f);
}

int
publish_search(const struct world *w, struct index *ix, struct site_files *files, struct error *err)
{
	struct filling f = { .w = w, .ix = ix, .files = files };
	int rc;

	if ((rc = list_documents(&f, err)) == 0) {
		begin_past(&f);
		rc = publish_segments(&f, err);
	}
	if (rc == 0 && (rc = publish_past(&f, err)) == 0 && (rc = publish_symbols(&f, err)) == 0)
		rc = publish_manifest(&f, err);
	filling_clear(&f);
	return rc;
}
