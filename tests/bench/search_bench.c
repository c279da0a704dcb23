/* The index of the site's search over documents from a table, into a folder: times and bytes.  search_bench FILE.tsv FOLDER
 * A line: id, date, path, title, member, products, description. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/date.h"
#include "lib/site/search_index.h"

#define FIELDS 7

struct sink {
	const char *folder;
	size_t files, bytes, largest;
};

static int
write_piece(void *ctx, const char *name, const struct buf *bytes)
{
	struct sink *s = ctx;
	AUTO_FREE char *path = xasprintf("%s/%s", s->folder, name);
	AUTO_FILE *f = NULL;
	char *slash = strrchr(path, '/');

	*slash = '\0';
	(void)mkdir(path, 0777);
	*slash = '/';
	f = fopen(path, "wb");
	s->files++;
	s->bytes += bytes->len;
	s->largest = bytes->len > s->largest ? bytes->len : s->largest;
	return f == NULL || fwrite(bytes->data, 1, bytes->len, f) != bytes->len;
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

int
main(int argc, char **argv)
{
	AUTO_FILE *f = argc == 3 ? fopen(argv[1], "r") : NULL;
	struct search_segment *segments = NULL;
	size_t n, span, cap = 0, segments_n = 0;
	struct search_doc *docs = NULL;
	struct sink s = { argc == 3 ? argv[2] : "", 0, 0, 0 };
	unsigned chunk = 0;
	double t0, t1, t2, slowest = 0;

	if (f == NULL)
		return 64;
	n = read_docs(f, &docs);
	(void)mkdir(s.folder, 0777);
	t0 = clock_monotonic();
	for (size_t from = 0; from < n; from += span) {
		double t = clock_monotonic();

		segments = xgrow(segments, segments_n, &cap, sizeof(*segments));
		span = search_segment_span(docs + from, n - from, &chunk, segments[segments_n].key);
		segments[segments_n].n = span;
		memcpy(segments[segments_n].stamp, "00000000", 9);
		if (search_segment_write(segments[segments_n++].key, docs + from, span, write_piece, &s) != 0)
			return 74;
		t = clock_monotonic() - t;
		slowest = t > slowest ? t : slowest;
	}
	t1 = clock_monotonic();
	if (search_top_write(segments, segments_n, docs, n, write_piece, &s) != 0)
		return 74;
	t2 = clock_monotonic();
	printf("%zu documents, %zu segments, %zu files, %zu bytes, largest %zu; words and documents %.2f s (slowest segment %.3f s), symbols %.3f s\n", n, segments_n,
	    s.files, s.bytes, s.largest, t1 - t0, slowest, t2 - t1);
	return 0;
}
