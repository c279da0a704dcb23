#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/strv.h"
#include "lib/site/search_index.h"
#include "lib/site/search_past.h"

/* Files as "NAME: bytes". */
static int
collect(void *ctx, const char *name, const struct buf *bytes)
{
	AUTO_BUF file = BUF_INIT;

	buf_addf(&file, "%s: ", name);
	buf_add(&file, bytes->data, bytes->len);
	strv_add(ctx, buf_str(&file));
	return 0;
}

static const char *
file_of(const struct strv *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++) {
		if (strncmp(files->v[i], name, strlen(name)) == 0)
			return files->v[i] + strlen(name) + 2;
	}
	return NULL;
}

static bool
read_file(void *ctx, const char *name, struct buf *bytes)
{
	const char *text = file_of(ctx, name);

	if (text != NULL)
		buf_adds(bytes, text);
	return text != NULL;
}

static struct search_doc
doc(const char *id, int year, int month, int day, const char *title)
{
	return (struct search_doc){ .id = id, .date = { (int16_t)year, (int8_t)month, (int8_t)day }, .path = "p.html", .title = title };
}

/* The table over docs, all of one segment. */
static void
table_of(const struct search_doc *docs, size_t n, struct strv *files)
{
	struct search_past *past = search_past_new();
	AUTO_STRV pieces = STRV_INIT;

	assert_int_equal(search_segment_write("2025-0", docs, n, past, collect, &pieces), 0);
	assert_int_equal(search_past_write(past, n, collect, files), 0);
	search_past_free(past);
}

static void
test_days_count_from_1900(void **state)
{
	(void)state;
	assert_int_equal(search_day((struct date){ 1900, 1, 1 }), 1);
	assert_int_equal(search_day((struct date){ 1901, 1, 1 }), 366);
	assert_int_equal(search_day(DATE_NONE), 0);
}

static void
test_years_before_the_newest_are_closed(void **state)
{
	struct search_doc docs[] = { doc("a", 0, 0, 0, ""), doc("b", 2024, 12, 31, ""), doc("c", 2025, 1, 1, ""), doc("d", 2025, 2, 1, "") };

	(void)state;
	assert_int_equal(search_past_span(docs, 4), 2);
	assert_int_equal(search_past_span(docs, 2), 1);
	assert_int_equal(search_past_span(docs, 1), 0);		/* without a date, but there are no others */
	assert_int_equal(search_past_span(docs + 2, 2), 0);
	assert_int_equal(search_past_span(docs, 0), 0);
}

static void
test_files_grow_with_documents(void **state)
{
	static const struct { size_t docs; unsigned rows, parts; } steps[] = {
		{ 1, 1, 1 }, { 17, 2, 1 }, { 4096, 256, 1 }, { 8192, 256, 1 }, { 8193, 256, 2 }, { 100000, 256, 8 }, { 1000000, 256, 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		unsigned rows, parts;

		search_past_files(steps[i].docs, &rows, &parts);
		assert_int_equal(rows, steps[i].rows);
		assert_int_equal(parts, steps[i].parts);
	}
}

/* Marks: the day, then FNV-1a of the id modulo 64: of "xa" 18 ('5') and of "xb" 63 ('c'), computed apart. 1 January 1900 is day 1 ('$'), the
 * 3rd two days later ('%'). "lead" is in both; each id is a word too. */
static void
test_a_word_tells_days_and_parts_of_them(void **state)
{
	struct search_doc docs[] = { doc("xa", 1900, 1, 1, "lead"), doc("xb", 1900, 1, 3, "lead toys") };
	AUTO_STRV files = STRV_INIT;

	(void)state;
	table_of(docs, 2, &files);
	assert_int_equal(files.n, 1);
	assert_string_equal(file_of(&files, "past/w000.js"), "regwatchIndex(\"past/w000\",\"#lead!$5%c #toys!&c #xa!$5 $b!&c \")\n");
}

/* Two documents a day for 5,000 days: 2 of them bear "rare", which stays beside its word; 20 "some", whose list lies apart; all "much", which is not listed. */
static void
test_frequent_words_are_not_listed(void **state)
{
	static struct search_doc docs[10000];
	static char ids[10000][16];
	struct search_past *past = search_past_new();
	AUTO_STRV pieces = STRV_INIT, files = STRV_INIT;
	AUTO_BUF all = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		struct date day = date_add_days((struct date){ 2000, 1, 1 }, (int32_t)(i / 2));

		(void)snprintf(ids[i], sizeof(ids[i]), "%zuth", i);
		docs[i] = doc(ids[i], day.year, day.month, day.day, i % 5000 == 0 ? "much rare" : i % 500 == 0 ? "much some" : "much");
	}
	for (size_t from = 0; from < 10000; from += 2500)
		assert_int_equal(search_segment_write("2000-0", docs + from, 2500, past, collect, &pieces), 0);
	assert_int_equal(search_past_write(past, 10000, collect, &files), 0);
	search_past_free(past);
	strv_join(&files, "\n", &all);
	assert_non_null(strstr(buf_str(&all), "much!# "));
	assert_non_null(strstr(buf_str(&all), "some! "));
	assert_null(strstr(buf_str(&all), "rare! "));
	assert_non_null(strstr(buf_str(&all), "rare!"));
	for (size_t i = 0; i < files.n; i++)
		assert_true(strlen(files.v[i]) < 20000);
}

/* What stays is read from its pieces, and gives the table that the documents give. */
static void
test_pieces_give_the_same_table(void **state)
{
	static struct search_doc docs[600];
	static char ids[600][24], titles[600][64];
	AUTO_STRV pieces = STRV_INIT, direct = STRV_INIT, again = STRV_INIT;
	struct search_past *past = search_past_new();

	(void)state;
	for (size_t i = 0; i < 600; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "G/TBT/N/CHL/%zu", i + 1);
		(void)snprintf(titles[i], sizeof(titles[i]), "word%zu \xC3\xA9t\xC3\xA9 \xE4\xB8\xAD\xE5\x9B\xBD %zuth", i * 7919 % 300, i);
		docs[i] = doc(ids[i], 2024, 1 + (int)(i / 50), 1 + (int)(i % 50 / 2), titles[i]);
	}
	assert_int_equal(search_segment_write("2024-0", docs, 600, past, collect, &pieces), 0);
	assert_int_equal(search_past_write(past, 600, collect, &direct), 0);
	search_past_free(past);
	past = search_past_new();
	assert_true(search_past_pieces(past, "2024-0", docs, 600, read_file, &pieces));
	assert_int_equal(search_past_write(past, 600, collect, &again), 0);
	search_past_free(past);
	assert_true(strv_equal(&direct, &again));
}

static void
assert_refused(const struct search_doc *docs, const char *words)
{
	struct search_past *past = search_past_new();
	AUTO_STRV pieces = STRV_INIT, files = STRV_INIT;
	AUTO_BUF piece = BUF_INIT;

	buf_addf(&piece, "2024-0/w00.js: %s", words);
	strv_add(&pieces, buf_str(&piece));
	assert_false(search_past_pieces(past, "2024-0", docs, 1, read_file, &pieces));
	assert_int_equal(search_past_write(past, 1, collect, &files), 0);
	assert_string_equal(files.v[0], "past/w000.js: regwatchIndex(\"past/w000\",\"\")\n");
	search_past_free(past);
}

static void
test_damaged_pieces_add_nothing(void **state)
{
	struct search_doc d = doc("a", 2024, 1, 1, "toys");

	(void)state;
	assert_refused(&d, "");
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"");
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!$ ");
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!$\")\n");		/* no end of the list */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys$ \")\n");
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"$toys!$ \")\n");		/* shares a letter with nothing */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!% \")\n");		/* document 1 of one */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!\x7f \")\n");
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~# \")\n");		/* a number cut short */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys! \")\n");		/* its list is not there */
}

/* A late arrival in the middle of an old year changes the files of its own words. */
static void
test_a_late_arrival_changes_few_files(void **state)
{
	static struct search_doc docs[3000], more[3001];
	static char ids[3000][16], titles[3000][32];
	AUTO_STRV before = STRV_INIT, after = STRV_INIT;
	size_t changed = 0;

	(void)state;
	for (size_t i = 0; i < 3000; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "%zuth", i);
		(void)snprintf(titles[i], sizeof(titles[i]), "word%zu thing%zu", i * 7919 % 1000, i * 104729 % 1000);
		docs[i] = doc(ids[i], 2025, 1 + (int)(i / 250), 1 + (int)(i % 250 / 10), titles[i]);
	}
	memcpy(more, docs, 1500 * sizeof(docs[0]));
	more[1500] = doc("late", docs[1500].date.year, docs[1500].date.month, docs[1500].date.day, "velocipede");
	memcpy(more + 1501, docs + 1500, 1500 * sizeof(docs[0]));
	table_of(docs, 3000, &before);
	table_of(more, 3001, &after);
	assert_int_equal(after.n, before.n);
	for (size_t i = 0; i < after.n; i++)
		changed += strcmp(before.v[i], after.v[i]) != 0;
	assert_int_equal(changed, 2);	/* "late" and "velocipede" */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_count_from_1900),
		cmocka_unit_test(test_years_before_the_newest_are_closed),
		cmocka_unit_test(test_files_grow_with_documents),
		cmocka_unit_test(test_a_word_tells_days_and_parts_of_them),
		cmocka_unit_test(test_frequent_words_are_not_listed),
		cmocka_unit_test(test_pieces_give_the_same_table),
		cmocka_unit_test(test_damaged_pieces_add_nothing),
		cmocka_unit_test(test_a_late_arrival_changes_few_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
