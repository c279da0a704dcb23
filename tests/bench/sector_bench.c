/* How many records a second are matched, and what loading the rules costs: sector_bench [ROWS.jsonl [RECORDS]]. Rows are those of an ePing
 * export, without a file a synthetic record. Not timed in tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feeds/eping_workbook.h"
#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/date.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/limits.h"
#include "lib/sector/sector.h"

struct records {
	struct notice *v;
	size_t n, cap;
};

static struct notice *
add(struct records *r)
{
	r->v = xgrow(r->v, r->n, &r->cap, sizeof(*r->v));
	notice_init(&r->v[r->n]);
	return &r->v[r->n++];
}

static void
synthetic(struct records *r)
{
	struct notice *n = add(r);

	notice_set_text(&n->title, "Draft technical regulation on the safety of toys and childcare articles", "en");
	notice_set_text(&n->products, "Toys; tricycles, scooters, pedal cars; other scale models (HS code(s): 9503)", "en");
	notice_set_text(&n->description, "This draft lays down requirements for the materials, labels and tests of toys that are placed on the market, and "
	    "repeals the earlier regulation.", "en");
	codes_add(&n->hs, "9503", "Tricycles, scooters, pedal cars");
	codes_add(&n->ics, "97.200.50", "Toys");
}

static int
read_records(const char *path, struct records *r, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	int rc;

	if ((rc = file_read(path, LIMIT_FILE, &text, err)) < 0)
		return rc;
	for (const char *p = buf_str(&text), *end; *p != '\0'; p = end + (*end == '\n')) {
		end = p + strcspn(p, "\n");
		if (eping_row_decode(p, (size_t)(end - p), add(r), err) < 0)
			r->n--;
	}
	return 0;
}

static double
load(struct sectors **s, struct error *err)
{
	double start = clock_monotonic();

	if (sectors_load(NULL, s, err) < 0) {
		fprintf(stderr, "%s\n", err->text);
		exit(1);
	}
	return clock_monotonic() - start;
}

static size_t
match(const struct sectors *s, const struct records *r, size_t from, size_t to)
{
	struct sector_matches m = SECTOR_MATCHES_INIT;
	size_t assigned = 0;

	for (size_t i = from; i < to; i++) {
		sectors_match(s, &r->v[i % r->n], &m);
		for (size_t k = 0; k < m.n; k++)
			assigned += m.v[k].assigned;
	}
	sector_matches_clear(&m);
	return assigned;
}

int
main(int argc, char **argv)
{
	struct records r = { NULL, 0, 0 };
	size_t wanted = argc > 2 ? strtoul(argv[2], NULL, 10) : 20000, assigned;
	struct sectors *s;
	struct error err = { 0 };
	double cold, loading, first, start;

	if (argc > 1 && read_records(argv[1], &r, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	if (r.n == 0)
		synthetic(&r);
	cold = load(&s, &err);
	sectors_free(s);
	loading = load(&s, &err);
	start = clock_monotonic();
	match(s, &r, 0, r.n);
	first = clock_monotonic() - start;
	start = clock_monotonic();
	assigned = match(s, &r, 0, wanted);
	printf("first load %.1f ms, load %.1f ms, first %zu records (with compiling) %.1f ms, then %.0f records a second, %.2f sectors each\n", cold * 1000, loading * 1000,
	    r.n, first * 1000, (double)wanted / (clock_monotonic() - start), (double)assigned / (double)wanted);
	return 0;
}
