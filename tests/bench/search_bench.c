/* The site's search over documents from a table, into a folder, the page, its style and its script with it: times and bytes.  search_bench FILE.tsv FOLDER
 * A line: id, date, path, title, member, products, description; in order of date and id. */
#include <stdio.h>
#include <string.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/date.h"
#include "lib/base/file.h"
#include "lib/site/page.h"
#include "lib/site/search_index.h"
#include "lib/site/search_past.h"

#define FIELDS 7

extern const char site_style[], site_script[];

struct sink {
	const char *folder;
	size_t files, bytes, largest;
};

static int
write_piece(void *ctx, const char *name, const struct buf *bytes)
{
	struct sink *s = ctx;
	AUTO_FREE char *path = xasprintf("%s/search/%s", s->folder, name);
	AUTO_FILE *f = NULL;
	char *slash = strrchr(path, '/');

	if ((f = fopen(path, "wb")) == NULL) {
		*slash = '\0';
		(void)file_mkdirs(path, NULL);
		*slash = '/';
		f = fopen(path, "wb");
	}
	s->files++;
	s->bytes += bytes->len;
	s->largest = bytes->len > s->largest ? bytes->len : s->largest;
	return f == NULL || fwrite(bytes->data, 1, bytes->len, f) != bytes->len;
}

static bool
keep_nothing(void *ctx, const char *begin, uint64_t made_of)
{
	(void)ctx, (void)begin, (void)made_of;
	return false;
}

static size_t
read_docs(FILE *f, struct search_doc **docs)
{
	size_t n = 0, cap = 0, room = 0;
	char *line = NULL;

	while (getline(&line, &room, f) > 0) {
		char *v[FIELDS], *rest = line;

		line[strcspn(line, "\n")] = '\0';
		for (size_t i = 0; i < FIELDS; i++)
			v[i] = rest != NULL ? strsep(&rest, "\t") : (char *)"";
		*docs = xgrow(*docs, n, &cap, sizeof(**docs));
		(*docs)[n] = (struct search_doc){ .id = v[0], .path = v[2], .title = v[3], .member = v[4], .products = v[5], .description = v[6] };
		(void)date_parse_iso(v[1], &(*docs)[n++].date, NULL);
		line = NULL;
		room = 0;
	}
	return n;
}

static int
write_text(const char *folder, const char *name, const char *text)
{
	AUTO_FREE char *path = xasprintf("%s/%s", folder, name);
	AUTO_FILE *f = fopen(path, "wb");

	return f == NULL || fputs(text, f) < 0;
}

/* As it is published but for what hangs on settings. */
static int
write_page(const char *folder)
{
	static const char *const scripts[] = { "search.js", NULL };
	const struct page p = { .path = "search.html", .title = "Search", .section = PAGE_SEARCH, .scripts = scripts };
	const struct site_meta m = { .title = "Regulatory notifications", .today = { 2026, 12, 1 } };
	AUTO_BUF html = BUF_INIT;

	page_begin(&m, &p, &html);
	search_form("search/", "", &html);
	page_end(&m, &p, &html);
	return write_text(folder, "search.html", buf_str(&html)) || write_text(folder, "style.css", site_style) || write_text(folder, "search.js", site_script);
}

int
main(int argc, char **argv)
{
	AUTO_FILE *f = argc == 3 ? fopen(argv[1], "r") : NULL;
	struct search_segment *segments = NULL;
	size_t n, closed, span, cap = 0, segments_n = 0;
	struct search_doc *docs = NULL;
	struct sink s = { argc == 3 ? argv[2] : "", 0, 0, 0 };
	struct search_past *past = search_past_new("");
	const struct search_past_io io = { keep_nothing, NULL, write_piece, &s };
	char broken[SEARCH_KEY];
	unsigned chunk = 0;
	double t0, t1, t2, t3, slowest = 0;

	if (f == NULL)
		return 64;
	n = read_docs(f, &docs);
	closed = search_past_span(docs, n);
	(void)file_mkdirs(s.folder, NULL);
	if (write_page(s.folder) != 0)
		return 74;
	t0 = clock_monotonic();
	for (size_t from = 0; from < n; from += span) {
		double t = clock_monotonic();

		segments = xgrow(segments, segments_n, &cap, sizeof(*segments));
		span = search_segment_span(docs + from, n - from, &chunk, segments[segments_n].key);
		segments[segments_n].n = span;
		memcpy(segments[segments_n].stamp, "00000000", 9);
		if (from < closed)
			(void)search_past_segment(past, segments[segments_n].key, 0, docs + from, span);
		if (search_segment_write(segments[segments_n++].key, docs + from, span, from < closed ? past : NULL, write_piece, &s) != 0)
			return 74;
		t = clock_monotonic() - t;
		slowest = t > slowest ? t : slowest;
	}
	t1 = clock_monotonic();
	if (search_past_write(past, &io, broken) != 0)
		return 74;
	t3 = clock_monotonic();
	if (search_symbols_write(docs, n, write_piece, &s) != 0 || search_manifest_write(segments, segments_n, docs, n, write_piece, &s) != 0)
		return 74;
	t2 = clock_monotonic();
	printf("%zu documents, %zu segments, %zu files, %zu bytes, largest %zu; words and documents %.2f s (slowest segment %.3f s), closed ones %.3f s, symbols %.3f s\n", n, segments_n,
	    s.files, s.bytes, s.largest, t1 - t0, slowest, t3 - t1, t2 - t3);
	search_past_free(past);
	return 0;
}
