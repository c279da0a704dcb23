#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/strv.h"
#include "lib/site/search_index.h"

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

static void
assert_number(uint32_t value, const char *text)
{
	AUTO_BUF out = BUF_INIT;

	search_number(value, &out);
	assert_string_equal(buf_str(&out), text);
}

/* '#' is 0, '[' is 56, ']' is 57 (there is no '\\'), '~' is 90. */
static void
test_numbers_are_printable_and_short(void **state)
{
	(void)state;
	assert_number(0, "#");
	assert_number(56, "[");
	assert_number(57, "]");
	assert_number(63, "c");
	assert_number(64, "d#");
	assert_number(64 + 90, "d~");
	assert_number(64 + 20 * 91 - 1, "w~");		/* 1,883: the last of two */
	assert_number(1884, "x##");
	assert_number(1884 + 6 * 91 * 91 - 1, "}~~");	/* 51,569: the last of three */
	assert_number(51570, "~###");
	assert_number(805140, "~~~~");
}

static void
test_words_are_folded_and_stop_words_left_out(void **state)
{
	AUTO_STRV words = STRV_INIT;
	AUTO_BUF all = BUF_INIT;

	(void)state;
	search_words("The Sûreté of JOUETS; ß-Œuvre, a 2-in-1 G/TBT/N/USA/2211 0,05 mg", &words);
	strv_join(&words, " ", &all);
	assert_string_equal(buf_str(&all), "surete jouets ss oeuvre tbt usa 2211 05 mg");
}

static void
test_all_stop_words_are_left_out(void **state)
{
	AUTO_STRV words = STRV_INIT;

	(void)state;
	search_words("als an and are as at au auf aux be been by con da das de dei del dem den der des di die do du ein eine el em en es et for from has have ii il im in is it its "
	    "la las le les lo los mit no not of on or ou par para por pour que se sur that the their this to un und une van von was which with zu zum zur", &words);
	assert_int_equal(words.n, 0);
}

static void
test_words_are_cut_at_24_letters(void **state)
{
	AUTO_STRV words = STRV_INIT;

	(void)state;
	search_words("Donaudampfschifffahrtsgesellschaft \xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0"
	    "\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1\xD0\xB0\xD0\xB1", &words);
	assert_int_equal(words.n, 2);
	assert_string_equal(words.v[0], "donaudampfschifffahrtsge");
	assert_int_equal(strlen(words.v[1]), 48);
}

static void
test_rows_of_first_letters_are_in_order(void **state)
{
	static const char *const words[] = { "00", "10", "2017", "2026", "99", "aa", "baby", "food", "lead", "toys", "zz", "\xD0\xB8", "\xE4\xB8\xAD" };
	unsigned before = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_true(search_shard(words[i]) >= before);
		before = search_shard(words[i]);
	}
	assert_int_equal(search_shard("00"), 0);
	assert_int_equal(search_shard("\xE4\xB8\xAD"), 255);
}

static void
test_files_grow_with_documents(void **state)
{
	(void)state;
	assert_int_equal(search_files(0), 1);
	assert_int_equal(search_files(16), 1);
	assert_int_equal(search_files(17), 2);
	assert_int_equal(search_files(800), 64);
	assert_int_equal(search_files(4096), 256);
	assert_int_equal(search_files(100000), 256);
}

static struct search_doc
doc(const char *id, int year, const char *title)
{
	return (struct search_doc){ .id = id, .date = { (int16_t)year, 3, 1 }, .path = "p.html", .title = title, .member = "Chile", .products = "toys", .description = NULL };
}

/* "toy" stands in the title of document 1: 1 * 2 + 1 = 3, '&'. "toys" in the products of document 0 (0, '#') and in the title of document 1 (behind it:
 * 0 * 2 + 1, '$'). Words share their first letters: "toys" three ('&') of "toy". */
static void
test_a_segment_is_words_and_documents(void **state)
{
	struct search_doc docs[] = { doc("G/TBT/N/CHL/7", 2026, "Lead <\"1\">"), doc("2026/0321/FI", 2026, "Toys and a toy") };
	AUTO_STRV files = STRV_INIT;

	(void)state;
	docs[1].lang = "fi";
	docs[1].member = NULL;
	assert_int_equal(search_segment_write("2026-0", docs, 2, NULL, collect, &files), 0);
	assert_int_equal(files.n, 2);		/* no list is long */
	assert_string_equal(file_of(&files, "2026-0/w00.js"),
	    "regwatchIndex(\"2026-0/w00\",\"#0321!& #2026!& #chile!$ %l!$ #fi!& #lead!$ #tbt!$ $oy!& &s!#$ \")\n");
	assert_string_equal(file_of(&files, "2026-0/d00.js"),
	    "regwatchIndex(\"2026-0/d00\",[\n[\"G/TBT/N/CHL/7\",\"Chile\",\"2026-03-01\",\"Lead \\u003c\\u00221\\u0022>\",\"p.html\"],\n"
	    "[\"2026/0321/FI\",\"\",\"2026-03-01\",\"Toys and a toy\",\"p.html\",\"fi\"]])\n");
}

static void
test_a_long_list_lies_apart(void **state)
{
	static struct search_doc docs[300];
	static char ids[300][24];
	AUTO_STRV files = STRV_INIT;
	unsigned row = search_shard("toys") * search_files(300) / 256;
	AUTO_BUF all = BUF_INIT, list = BUF_INIT;
	char name[24];

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "G/TBT/N/CHL/%zu", i + 1);
		docs[i] = doc(ids[i], 2026, "x");
	}
	assert_int_equal(search_segment_write("2026-0", docs, 300, NULL, collect, &files), 0);
	(void)snprintf(name, sizeof(name), "2026-0/w%02x.js", row);
	assert_non_null(strstr(file_of(&files, name), "toys!!# "));		/* in the first piece of lists */
	assert_string_equal(file_of(&files, "2026-0/b.js"), "regwatchIndex(\"2026-0/b\",\"\")\n");
	strv_join(&files, "\n", &all);
	buf_adds(&list, "$oys!~U");		/* behind "tbt": 300 documents are 50 digits, all six bits set; no title has it */
	for (size_t i = 0; i < 50; i++)
		buf_addc(&list, 'c');
	for (size_t i = 0; i < 50; i++)
		buf_addc(&list, '#');
	buf_addc(&list, ' ');
	assert_non_null(strstr(buf_str(&all), buf_str(&list)));
	assert_non_null(file_of(&files, "2026-0/d12.js"));		/* 300 documents of 16 a piece: 19 pieces, 0 to 18 */
	assert_null(file_of(&files, "2026-0/d13.js"));
}

static void
test_a_year_is_cut_into_segments(void **state)
{
	static struct search_doc docs[4100];
	char key[SEARCH_KEY];
	unsigned chunk = 0;

	(void)state;
	docs[0] = doc("a", 0, "");
	docs[0].date = DATE_NONE;
	for (size_t i = 1; i < 4099; i++)
		docs[i] = doc("b", 2025, "");
	docs[4099] = doc("c", 2026, "");
	assert_int_equal(search_segment_span(docs, 4100, &chunk, key), 1);
	assert_string_equal(key, "0-0");
	assert_int_equal(search_segment_span(docs + 1, 4099, &chunk, key), 4096);
	assert_string_equal(key, "2025-0");
	assert_int_equal(search_segment_span(docs + 4097, 3, &chunk, key), 2);
	assert_string_equal(key, "2025-1");
	assert_int_equal(search_segment_span(docs + 4099, 1, &chunk, key), 1);
	assert_string_equal(key, "2026-0");
	assert_int_equal(chunk, 0);
}

/* 2026 is year 127 after 1899: 127 * 64 = 8,128, which is 1884 + 68 * 91 + 56: "x" + digit 68 'h' + digit 56 '['. Document 0 '#', 1 '$'. "chl7" in the file of number 7;
 * there is one file for so few. A joint notification is found by each of its symbols, under the codes of three and of two letters. */
static void
test_symbols_lead_to_documents(void **state)
{
	static char *const joint[] = { (char *)"G/TBT/N/CHL/7", (char *)"G/TBT/N/PER/8" };
	const struct strv symbols = { (char **)(uintptr_t)joint, 2, 2 };
	struct search_doc docs[] = { doc("2026/0321/FI", 2026, ""), doc("G/TBT/N/CHL/7", 2026, "") };
	const struct search_segment segment = { "2026-0", 2, "0a1b2c3d" };
	AUTO_STRV files = STRV_INIT;

	(void)state;
	docs[1].symbols = &symbols;
	assert_int_equal(search_symbols_write(docs, 2, collect, &files), 0);
	assert_int_equal(search_manifest_write(&segment, 1, docs, 2, collect, &files), 0);
	assert_string_equal(file_of(&files, "symbols/00.js"), "regwatchIndex(\"symbols/00\",\"#2026fi321!xh[# #chl7!xh[$ $l7!xh[$ #pe8!xh[$ %r8!xh[$ \")\n");
	assert_non_null(strstr(file_of(&files, "manifest.js"), "\"segments\":[\n[\"2026-0\",2,\"0a1b2c3d\"]],\n\"past\":[0,\""));
	assert_non_null(strstr(file_of(&files, "manifest.js"), "\"],\n\"documents\":2})\n"));
}

static void
test_an_empty_store_has_a_manifest(void **state)
{
	AUTO_STRV files = STRV_INIT;

	(void)state;
	assert_int_equal(search_symbols_write(NULL, 0, collect, &files), 0);
	assert_int_equal(search_manifest_write(NULL, 0, NULL, 0, collect, &files), 0);
	assert_string_equal(file_of(&files, "symbols/00.js"), "regwatchIndex(\"symbols/00\",\"\")\n");
	assert_non_null(strstr(file_of(&files, "manifest.js"), "\"segments\":[],\n"));
	assert_non_null(strstr(file_of(&files, "manifest.js"), "\"documents\":0})\n"));
}

/* A new notification leaves the pieces of words that it does not have as they were, and all but the last piece of documents. */
static void
test_one_more_document_changes_only_its_words(void **state)
{
	static struct search_doc docs[1001];
	static char ids[1001][24], titles[1001][32];
	AUTO_STRV before = STRV_INIT, after = STRV_INIT;
	size_t changed = 0;

	(void)state;
	for (size_t i = 0; i < 1001; i++) {
		(void)snprintf(ids[i], sizeof(ids[i]), "G/TBT/N/CHL/%zu", i + 1);
		(void)snprintf(titles[i], sizeof(titles[i]), "word%zu thing%zu %zuth", i * 7919 % 1000, i * 104729 % 1000, i);
		docs[i] = doc(ids[i], 2026, titles[i]);
	}
	assert_int_equal(search_segment_write("2026-0", docs, 1000, NULL, collect, &before), 0);
	assert_int_equal(search_segment_write("2026-0", docs, 1001, NULL, collect, &after), 0);
	assert_int_equal(after.n, before.n);	/* 1,000 and 1,001 documents: 64 pieces of words, 63 of documents, some long lists */
	for (size_t i = 0; i < after.n; i++)
		changed += strcmp(before.v[i], after.v[i]) != 0;
	assert_in_range(changed, 2, 12);
	strv_clear(&after);
	assert_int_equal(search_segment_write("2026-0", docs, 1000, NULL, collect, &after), 0);
	assert_true(strv_equal(&before, &after));
}

static int
stop(void *ctx, const char *name, const struct buf *bytes)
{
	(void)name;
	(void)bytes;
	return --*(int *)ctx == 0 ? -5 : 0;
}

static void
test_an_error_of_the_writer_ends_the_making(void **state)
{
	struct search_doc d = doc("a", 2026, "title");
	int after = 2;

	(void)state;
	assert_int_equal(search_segment_write("2026-0", &d, 1, NULL, stop, &after), -5);
	assert_int_equal(after, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_are_printable_and_short),
		cmocka_unit_test(test_words_are_folded_and_stop_words_left_out),
		cmocka_unit_test(test_all_stop_words_are_left_out),
		cmocka_unit_test(test_words_are_cut_at_24_letters),
		cmocka_unit_test(test_rows_of_first_letters_are_in_order),
		cmocka_unit_test(test_files_grow_with_documents),
		cmocka_unit_test(test_a_segment_is_words_and_documents),
		cmocka_unit_test(test_a_long_list_lies_apart),
		cmocka_unit_test(test_a_year_is_cut_into_segments),
		cmocka_unit_test(test_symbols_lead_to_documents),
		cmocka_unit_test(test_an_empty_store_has_a_manifest),
		cmocka_unit_test(test_one_more_document_changes_only_its_words),
		cmocka_unit_test(test_an_error_of_the_writer_ends_the_making),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
