/* The shipped sectors against the notifications of June 2025 that a reader labelled (101 when this was written): data of REGWATCH_DATA, skipped without. With
 * REGWATCH_SECTOR_DETAIL set each document that is not exactly right is printed with its reasons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/eping_workbook.h"
#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/base/limits.h"
#include "lib/sector/sector.h"

#define PRECISION 0.90
#define RECALL 0.96

static char *
data_path(const char *name)
{
	const char *data = getenv("REGWATCH_DATA");

	if (data == NULL) {
		print_message("REGWATCH_DATA is not set: skipped\n");
		skip();
	}
	return file_join(data, name);
}

static void
read_lines(const char *name, struct strv *out)
{
	AUTO_FREE char *path = data_path(name);
	AUTO_BUF text = BUF_INIT;
	struct error err;

	assert_int_equal(file_read(path, LIMIT_FILE, &text, &err), 0);
	for (const char *p = text.data, *end; *p != '\0'; p = end + (*end == '\n')) {
		end = p + strcspn(p, "\n");
		strv_addn(out, p, (size_t)(end - p));
	}
}

/* ---- the records, one a set of symbols ---- */

/* The rows of the export that are of one document, as the array that a joint record is kept as. */
struct document_rows {
	struct strv symbols;	/* as the export writes them */
	struct buf *raw;	/* "[row,\nrow" each */
};

static void
symbols_of(const char *line, struct buf *out)
{
	AUTO_JSON *row = NULL;
	struct error err;

	assert_int_equal(json_parse(line, strlen(line), &row, &err), 0);
	buf_adds(out, json_str(json_object_get(row, "Document symbol"), "text"));
	buf_trim(out);
}

static size_t
document_number(struct document_rows *d, const char *symbols)
{
	for (size_t i = 0; i < d->symbols.n; i++)
		if (strcmp(d->symbols.v[i], symbols) == 0)
			return i;
	strv_add(&d->symbols, symbols);
	d->raw = xrealloc(d->raw, d->symbols.n * sizeof(*d->raw));
	d->raw[d->symbols.n - 1] = (struct buf)BUF_INIT;
	return d->symbols.n - 1;
}

static void
read_rows(struct document_rows *out)
{
	AUTO_STRV lines = STRV_INIT;

	read_lines("eping/export-2025-06.jsonl", &lines);
	for (size_t i = 0; i < lines.n; i++) {
		AUTO_BUF symbols = BUF_INIT;
		struct buf *raw;
		size_t number;

		symbols_of(lines.v[i], &symbols);
		number = document_number(out, buf_str(&symbols) + strspn(buf_str(&symbols), " "));
		raw = &out->raw[number];
		buf_adds(raw, raw->len == 0 ? "[" : ",\n");
		buf_adds(raw, lines.v[i]);
	}
}

static void
rows_clear(struct document_rows *d)
{
	for (size_t i = 0; i < d->symbols.n; i++)
		buf_clear(&d->raw[i]);
	free(d->raw);
	strv_clear(&d->symbols);
}

static void
decode(struct document_rows *d, const char *symbols, struct notice *out)
{
	struct buf *raw;
	struct error err = { 0 };

	for (size_t i = 0; i < d->symbols.n; i++)
		if (strcmp(d->symbols.v[i], symbols) == 0) {
			raw = &d->raw[i];
			buf_addc(raw, ']');
			if (eping_row_decode(raw->data, raw->len, out, &err) < 0)
				fail_msg("%s: %s", symbols, err.text);
			return;
		}
	fail_msg("no row of '%s'", symbols);
}

/* ---- the count ---- */

struct tally {
	int right, wrong, missed;
};

struct gold {
	struct strv required, optional;
};

static void
print_match(const struct sectors *s, const struct sector_match *m, const char *verdict)
{
	AUTO_BUF why = BUF_INIT;

	sector_reason_text(m, &why);
	print_message("   %-7s %-10s %.2f%s %s\n", verdict, sectors_name(s, m->sector), m->score, m->low ? " low" : "", buf_str(&why));
}

static void
print_document(const struct sectors *s, const struct notice *n, const struct gold *g, const struct sector_matches *m)
{
	AUTO_BUF required = BUF_INIT;

	strv_join(&g->required, ",", &required);
	print_message("%s [%s] %s\n", n->id, n->title.lang, n->title.s);
	print_message("   wants %s\n", buf_str(&required));
	for (size_t i = 0; i < m->n; i++) {
		const char *name = sectors_name(s, m->v[i].sector);
		bool wanted = strv_has(&g->required, name), fine = wanted || strv_has(&g->optional, name);

		if (m->v[i].assigned || wanted)
			print_match(s, &m->v[i], !m->v[i].assigned ? "missed" : fine ? "" : "WRONG");
	}
}

static bool
is_assigned(const struct sectors *s, const struct sector_matches *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].assigned && strcmp(sectors_name(s, m->v[i].sector), name) == 0)
			return true;
	return false;
}

/* Counts one document, by sector. */
static void
count(const struct sectors *s, const struct gold *g, const struct sector_matches *m, struct tally *tally)
{
	for (size_t i = 0; i < sectors_count(s); i++) {
		const char *name = sectors_name(s, i);
		bool has = is_assigned(s, m, name), wanted = strv_has(&g->required, name);

		tally[i].right += has && wanted;
		tally[i].missed += !has && wanted;
		tally[i].wrong += has && !wanted && !strv_has(&g->optional, name);
	}
}

static bool
has_mistake(const struct tally *before, const struct tally *now, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (before[i].wrong != now[i].wrong || before[i].missed != now[i].missed)
			return true;
	return false;
}

/* One line of the labels: row, symbols, date, title, hs, ics, required, optional. False for the heading. */
static bool
split_gold(const char *line, struct strv *columns, struct gold *g)
{
	for (const char *p = line; ; p++) {
		size_t n = strcspn(p, "\t");

		strv_addn(columns, p, n);
		p += n;
		if (*p == '\0')
			break;
	}
	assert_true(columns->n >= 7);
	strv_split(&g->required, columns->v[6], ", ");
	if (columns->n > 7)
		strv_split(&g->optional, columns->v[7], ", ");
	return strcmp(columns->v[0], "row") != 0;
}

static int
judge_line(const struct sectors *s, struct document_rows *rows, const char *line, struct tally *tally)
{
	AUTO_STRV columns = STRV_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	struct gold g = { STRV_INIT, STRV_INIT };
	struct sector_matches m = SECTOR_MATCHES_INIT;
	struct tally *before = xmalloc(sectors_count(s) * sizeof(*before));
	int documents = 0;

	memcpy(before, tally, sectors_count(s) * sizeof(*before));
	if (split_gold(line, &columns, &g)) {
		decode(rows, columns.v[1], &n);
		sectors_match(s, &n, &m);
		count(s, &g, &m, tally);
		if (getenv("REGWATCH_SECTOR_DETAIL") != NULL && has_mistake(before, tally, sectors_count(s)))
			print_document(s, &n, &g, &m);
		documents = 1;
	}
	sector_matches_clear(&m);
	strv_clear(&g.required);
	strv_clear(&g.optional);
	free(before);
	return documents;
}

static void
sum_up(const struct sectors *s, const struct tally *tally, struct tally *all)
{
	for (size_t i = 0; i < sectors_count(s); i++) {
		all->right += tally[i].right;
		all->wrong += tally[i].wrong;
		all->missed += tally[i].missed;
		if (tally[i].wrong + tally[i].missed > 0)
			print_message("%-10s %d right, %d wrong, %d missed\n", sectors_name(s, i), tally[i].right, tally[i].wrong, tally[i].missed);
	}
}

static void
test_sector_shipped_rules_reach_precision_and_recall_on_labelled_notifications(void **state)
{
	AUTO_STRV lines = STRV_INIT;
	struct document_rows rows = { STRV_INIT, NULL };
	struct sectors *s;
	struct error err;
	struct tally tally[64] = { { 0, 0, 0 } }, all = { 0, 0, 0 };
	int documents = 0;
	double precision, recall;

	(void)state;
	read_lines("eping/sectors-gold.tsv", &lines);
	read_rows(&rows);
	assert_int_equal(sectors_load(NULL, &s, &err), 0);
	for (size_t i = 0; i < lines.n; i++)
		documents += judge_line(s, &rows, lines.v[i], tally);
	sum_up(s, tally, &all);
	precision = (double)all.right / (all.right + all.wrong);
	recall = (double)all.right / (all.right + all.missed);
	print_message("%d documents: precision %.3f, recall %.3f\n", documents, precision, recall);
	assert_true(documents > 100);
	assert_true(precision >= PRECISION);
	assert_true(recall >= RECALL);
	sectors_free(s);
	rows_clear(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sector_shipped_rules_reach_precision_and_recall_on_labelled_notifications),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
