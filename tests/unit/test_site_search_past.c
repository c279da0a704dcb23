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
#include "lib/site/search_often.h"
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
test_rows_grow_with_documents(void **state)
{
	(void)state;
	assert_int_equal(search_past_rows(0), 0);
	assert_int_equal(search_past_rows(1), 1);
	assert_int_equal(search_past_rows(17), 2);
	assert_int_equal(search_past_rows(1000000), 256);
}

/* 1 January 1900 is day 1 ('$'), the 3rd two days later ('%'); the first of a day is 0 ('#'), the second 1. "lead" is in all; each id is a word too. Days
 * of 1900: 1, 0, 2 documents. One part: no boundaries. */
static void
test_a_word_tells_days_and_places_in_them(void **state)
{
	struct search_doc docs[] = { doc("xa", 1900, 1, 1, "lead"), doc("xb", 1900, 1, 3, "lead toys"), doc("xc", 1900, 1, 3, "lead toys") };
	AUTO_STRV files = STRV_INIT;

	(void)state;
	table_of(docs, 3, &files);
	assert_int_equal(files.n, 3);
	assert_string_equal(file_of(&files, "past/n1900.js"), "regwatchIndex(\"past/n1900\",\"$#%\")\n");
	assert_string_equal(file_of(&files, "past/w000.js"), "regwatchIndex(\"past/w000\",\"#lead!$#%##$ #toys!&##$ #xa!$# $b!&# $c!&$ \")\n");
	assert_string_equal(file_of(&files, "past/t00.js"), "regwatchIndex(\"past/t00\",\"!\")\n");
}

/* A day that lies in two segments is counted on: the second document of the 1st is place 1. */
static void
test_a_day_goes_on_in_the_next_segment(void **state)
{
	struct search_doc docs[] = { doc("xa", 1900, 1, 1, ""), doc("xb", 1900, 1, 1, "") };
	struct search_past *past = search_past_new();
	AUTO_STRV pieces = STRV_INIT, files = STRV_INIT;

	(void)state;
	assert_int_equal(search_segment_write("1900-0", docs, 1, past, collect, &pieces), 0);
	assert_int_equal(search_segment_write("1900-1", docs + 1, 1, past, collect, &pieces), 0);
	assert_int_equal(search_past_write(past, 2, collect, &files), 0);
	search_past_free(past);
	assert_string_equal(file_of(&files, "past/w000.js"), "regwatchIndex(\"past/w000\",\"#xa!$# $b!$$ \")\n");
}

/* Each of the words takes 12 bytes: 125 are a part of 1,500. What begins a part is told as far as it differs from the word before, in whole letters: of "þ7000"
 * the first, two bytes. */
static void
test_parts_are_told_by_where_they_begin(void **state)
{
	static struct search_doc docs[8];
	static char titles[8][4000];
	AUTO_STRV files = STRV_INIT;

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		for (size_t k = 0, at = 0; k < 125; k++)
			at += (size_t)snprintf(titles[i] + at, sizeof(titles[i]) - at, "%s%zu%03zu ", i < 7 ? "abc" : "\xC3\xBE", i, k);
		docs[i] = doc("x", 1900, 1, 1, titles[i]);
	}
	table_of(docs, 8, &files);
	assert_string_equal(file_of(&files, "past/t00.js"),
	    "regwatchIndex(\"past/t00\",\"abc1 abc2 abc3 abc4 abc5 abc6 \xC3\xBE!\")\n");
}

/* What a piece holds: the middle so many times. */
static void
assert_list(const struct strv *files, const char *name, const char *first, const char *middle, size_t times, const char *last)
{
	AUTO_BUF path = BUF_INIT, wanted = BUF_INIT;

	buf_addf(&path, "%s.js", name);
	buf_addf(&wanted, "regwatchIndex(\"%s\",\"%s", name, first);
	for (size_t i = 0; i < times; i++)
		buf_adds(&wanted, middle);
	buf_addf(&wanted, "%s\")\n", last);
	assert_non_null(file_of(files, buf_str(&path)));
	assert_string_equal(file_of(files, buf_str(&path)), buf_str(&wanted));
}

/* Two documents a day for 5,000 days from 1 January 2000: 2 of them bear "rare", which stays beside its word; 20 "some", whose list lies apart; two of
 * thirteen "many" (1,540) and all "much": their lists lie in pieces of their own. 1,540 are rank 4 ('\''), four eighths above 1,024; 10,000 are rank 25 ('<'), an eighth
 * above 8,192. Both are cut after 2007: until then there are 5,844 documents, behind it 4,156. "many": differences of 0 and 11 ('.') in turn, of the second piece first 6
 * (')'), for 5,850 is a multiple of 13; "much": digits of six bits (63, 'c'), at the end four of them (15, '2'). */
static void
test_frequent_words_lie_apart(void **state)
{
	static struct search_doc docs[10000];
	static char ids[10000][16], titles[10000][32];
	struct search_past *past = search_past_new();
	AUTO_STRV pieces = STRV_INIT, files = STRV_INIT;
	AUTO_BUF all = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		struct date day = date_add_days((struct date){ 2000, 1, 1 }, (int32_t)(i / 2));

		(void)snprintf(ids[i], sizeof(ids[i]), "%zuth", i);
		(void)snprintf(titles[i], sizeof(titles[i]), "much %s %s", i % 13 < 2 ? "many" : "", i % 5000 == 0 ? "rare" : i % 500 == 0 ? "some" : "");
		docs[i] = doc(ids[i], day.year, day.month, day.day, titles[i]);
	}
	for (size_t from = 0; from < 10000; from += 2500)
		assert_int_equal(search_segment_write("2000-0", docs + from, 2500, past, collect, &pieces), 0);
	assert_int_equal(search_past_write(past, 10000, collect, &files), 0);
	search_past_free(past);
	strv_join(&files, "\n", &all);
	assert_non_null(strstr(buf_str(&all), "many!' "));
	assert_non_null(strstr(buf_str(&all), "uch!< "));
	assert_non_null(strstr(buf_str(&all), "some! "));
	assert_null(strstr(buf_str(&all), "rare! "));
	assert_non_null(strstr(buf_str(&all), "rare!"));
	assert_list(&files, "past/f6d616e79-2000", "##", "#.", 449, "#");
	assert_list(&files, "past/f6d616e79-2008", "#)", "#.", 319, "#");
	assert_list(&files, "past/f6d756368-2000", "$", "c", 974, "");
	assert_list(&files, "past/f6d756368-2008", "$", "c", 692, "2");
	for (size_t i = 0; i < files.n; i++)
		assert_true(strlen(files.v[i]) < 6000);
}

/* So many documents in 2000 and as many in 2016; the word is in all of 2000, and of 2016 if 'both'. The names of its pieces. */
static void
cut_into(uint32_t documents, bool both, struct strv *files, struct buf *names, uint32_t *rank)
{
	const uint32_t days[] = { search_day((struct date){ 2000, 1, 1 }), search_day((struct date){ 2016, 1, 1 }) };
	struct search_frequent x = { .word = "x" };
	struct search_days d = { NULL, NULL, 0 };
	AUTO_BUF list = BUF_INIT;

	for (size_t k = 0; k < 2; k++) {
		search_days_add(&d, days[k], documents);
		for (uint32_t n = 0; n < documents && (k == 0 || both); n++) {
			search_number(n > 0 ? 0 : k > 0 ? days[1] - days[0] : days[0], &list);
			search_number(n, &list);
		}
	}
	search_days_sum(&d);
	x.list = (struct search_reader){ buf_str(&list), buf_str(&list) + list.len };
	assert_int_equal(search_often_write(&d, &x, collect, files), 0);
	*rank = x.rank;
	for (size_t k = 0; k < files->n; k++)
		buf_addf(names, "%.*s ", (int)strcspn(files->v[k], ":"), files->v[k]);
	search_days_clear(&d);
}

/* All documents have the word: 9,000 are 1,500 digits, still whole. Two more are halved: years 0 to 8191 have all, those from 8192 on none, and so on down to 1984 to
 * 2015 and 2016 to 2047, with half of them each. When these are too many, a year stays whole. */
static void
test_long_lists_are_cut_by_years(void **state)
{
	static const struct { uint32_t documents, rank; const char *names; } cases[] = {
		{ 512, 0, "past/f78-0.js " }, { 576, 1, "past/f78-0.js " }, { 4500, 24, "past/f78-0.js " }, { 4501, 24, "past/f78-1984.js past/f78-2016.js " },
		{ 9001, 32, "past/f78-2000.js past/f78-2016.js " }, { 130000, 63, "past/f78-2000.js past/f78-2016.js " }, { 140000, 63, "past/f78-2000.js past/f78-2016.js " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_STRV files = STRV_INIT;
		AUTO_BUF names = BUF_INIT;
		uint32_t rank;

		cut_into(cases[i].documents, true, &files, &names, &rank);
		assert_string_equal(buf_str(&names), cases[i].names);
		assert_int_equal(rank, cases[i].rank);
	}
}

static void
test_years_without_a_frequent_word_say_so(void **state)
{
	AUTO_STRV files = STRV_INIT;
	AUTO_BUF names = BUF_INIT;
	uint32_t rank;

	(void)state;
	cut_into(9001, false, &files, &names, &rank);
	assert_string_equal(buf_str(&names), "past/f78-2000.js past/f78-2016.js ");
	assert_string_equal(file_of(&files, "past/f78-2016.js"), "regwatchIndex(\"past/f78-2016\",\"#\")\n");
}

/* 13,000 documents of a day, and words that each n-th has. "b" and "c" (each fifth and fourth: 2,600 and 3,250, ranks 10 and 12, at least 2,560 and 3,072 documents) have both
 * every twentieth: 2,560 * 3,072 / 13,000 is 604, under a twelfth of all: 650 documents, the first and then nineteen ('6') between. With "a", which each second has (6,500,
 * rank 20, at least 6,144), "b" makes 1,209: no list. Of no more than 48 words none is too rare. */
static void
test_two_frequent_words_have_a_list(void **state)
{
	static const struct { const char *word; uint32_t each, rank; } words[] = { { "a", 2, 20 }, { "b", 5, 10 }, { "c", 4, 12 } };
	const uint32_t day = search_day((struct date){ 2000, 1, 1 });
	struct search_frequent v[3] = { { .word = NULL } };
	struct search_days d = { NULL, NULL, 0 };
	struct buf lists[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	AUTO_STRV files = STRV_INIT, pairs = STRV_INIT;

	(void)state;
	search_days_add(&d, day, 13000);
	search_days_sum(&d);
	for (size_t i = 0; i < 3; i++) {
		for (uint32_t n = 0; n < 13000; n += words[i].each) {
			search_number(n == 0 ? day : 0, &lists[i]);
			search_number(n, &lists[i]);
		}
		v[i] = (struct search_frequent){ words[i].word, { buf_str(&lists[i]), buf_str(&lists[i]) + lists[i].len }, 0 };
		assert_int_equal(search_often_write(&d, &v[i], collect, &files), 0);
		assert_int_equal(v[i].rank, words[i].rank);
	}
	assert_int_equal(search_pairs_write(&d, v, 3, collect, &pairs), 0);
	assert_int_equal(pairs.n, 2);
	assert_list(&pairs, "past/g", "#", "", 0, "");
	assert_list(&pairs, "past/g62-63-0", "##", "6", 649, "");
	for (size_t i = 0; i < 3; i++)
		buf_clear(&lists[i]);
	search_days_clear(&d);
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
	assert_int_equal(files.n, 1);
	assert_string_equal(files.v[0], "past/t00.js: regwatchIndex(\"past/t00\",\"!\")\n");
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
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!w \")\n");		/* a number cut short */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~# \")\n");		/* bits of no document */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~$$ \")\n");		/* none for the head */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~$%$ \")\n");		/* document 1 of one */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys!~$$$# \")\n");		/* more than tells of it */
	assert_refused(&d, "regwatchIndex(\"2024-0/w00\",\"#toys! \")\n");		/* its list is not there */
}

/* A late arrival in the middle of an old year changes the files of its own words, of those of the documents behind it on its day, and the days. */
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
	for (size_t i = 0; i < after.n; i++)
		changed += !strv_has(&before, after.v[i]);
	assert_in_range(changed, 3, 1 + 2 * (2 + 9 * 3));	/* "late" and "velocipede", up to nine more documents of three words, beside them or apart */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_count_from_1900),
		cmocka_unit_test(test_years_before_the_newest_are_closed),
		cmocka_unit_test(test_rows_grow_with_documents),
		cmocka_unit_test(test_a_word_tells_days_and_places_in_them),
		cmocka_unit_test(test_a_day_goes_on_in_the_next_segment),
		cmocka_unit_test(test_parts_are_told_by_where_they_begin),
		cmocka_unit_test(test_frequent_words_lie_apart),
		cmocka_unit_test(test_long_lists_are_cut_by_years),
		cmocka_unit_test(test_years_without_a_frequent_word_say_so),
		cmocka_unit_test(test_two_frequent_words_have_a_list),
		cmocka_unit_test(test_pieces_give_the_same_table),
		cmocka_unit_test(test_damaged_pieces_add_nothing),
		cmocka_unit_test(test_a_late_arrival_changes_few_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
