#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/utf8.h"

static void
assert_clean(const char *in, size_t n, bool keep_lines, const char *expected)
{
	AUTO_BUF out = BUF_INIT, again = BUF_INIT;

	buf_adds(&out, "~ ");	/* what stood there before has no part in it */
	utf8_clean(in, n, keep_lines, &out);
	assert_string_equal(buf_str(&out) + 2, expected);
	utf8_clean(out.data + 2, out.len - 2, keep_lines, &again);
	assert_string_equal(buf_str(&again), expected);
}

#define CLEAN(IN, EXPECTED) assert_clean(IN, sizeof(IN) - 1, true, EXPECTED)
#define CLEAN_LINE(IN, EXPECTED) assert_clean(IN, sizeof(IN) - 1, false, EXPECTED)

static void
test_clean_makes_every_blank_one_space(void **state)
{
	(void)state;
	CLEAN("  a \t b\xc2\xa0\xe2\x80\xaf\xe3\x80\x80 c  ", "a b c");
	CLEAN(" \xc2\xa0 ", "");
	CLEAN("a b  c d \x1b e f \x7f", "a b c d e f");
	CLEAN("a _ b_ c\xc2\xa0 d \xc3\xa9 e", "a _ b_ c d \xc3\xa9 e");
	CLEAN("a b \xcc\x81" "c d\xcc\xa7", "a b \xcc\x81" "c \xe1\xb8\x91");
	CLEAN("", "");
}

static void
test_clean_makes_every_line_end_one_newline(void **state)
{
	(void)state;
	CLEAN("\r\na \r\n\r\n b\rc\vd\fe\xe2\x80\xa8" "f\xe2\x80\xa9g\n", "a\nb\nc\nd\ne\nf\ng");
	CLEAN_LINE("a \r\n\r\n b\rc\n", "a b c");
}

static void
test_clean_drops_what_cannot_be_seen(void **state)
{
	(void)state;
	CLEAN("\xef\xbb\xbfsoft\xc2\xadhyphen zero\xe2\x80\x8bwidth", "softhyphen zerowidth");
	CLEAN("a\xe2\x80\xae" "b\xe2\x81\xa6" "c\xd8\x9c" "d", "abcd");
	CLEAN("a\x1b[31mb\x7f" "c\0d\xc2\x9b" "e", "a[31mbcde");
}

static void
test_clean_drops_the_carriage_return_of_workbooks(void **state)
{
	(void)state;
	CLEAN("a_x000D_\nb", "a\nb");
	CLEAN("a _x000D_ b", "a b");
	CLEAN("_x00_x000D_0D_x", "x");
	CLEAN("_x000\xe2\x80\x8b" "D_x", "x");
	CLEAN("_x000A_ _x000d_", "_x000A_ _x000d_");
}

static void
test_clean_composes(void **state)
{
	(void)state;
	CLEAN("caf" "e\xcc\x81", "caf\xc3\xa9");
	CLEAN("A\xcc\x8angstr\xc3\xb6m \xe2\x84\xab", "\xc3\x85ngstr\xc3\xb6m \xc3\x85");
	CLEAN("e\xe2\x80\x8b\xcc\x81", "\xc3\xa9");
	CLEAN("\xe2\x80\x98q\xe2\x80\x99 \xe2\x80\x93 \xe2\x82\xac", "\xe2\x80\x98q\xe2\x80\x99 \xe2\x80\x93 \xe2\x82\xac");
}

static void
test_clean_replaces_broken_sequences_one_by_one(void **state)
{
	(void)state;
	CLEAN("a\xff" "b", "a\xef\xbf\xbd" "b");
	CLEAN("a\xe2\x82", "a\xef\xbf\xbd");
	CLEAN("\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");
	CLEAN("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	CLEAN("\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	CLEAN("\xe2\x82" "A", "\xef\xbf\xbd" "A");
}

static void
test_clean_bounds_a_run_of_marks(void **state)
{
	AUTO_BUF in = BUF_INIT, out = BUF_INIT;

	(void)state;
	buf_adds(&in, "q");
	for (int i = 0; i < 300000; i++)
		buf_adds(&in, i % 2 == 0 ? "\xcc\x81" : "\xcc\x96");
	utf8_clean(in.data, in.len, true, &out);
	assert_int_equal(out.len, 1 + 30 * 2);
}

static void
test_clean_gives_valid_text_for_any_bytes(void **state)
{
	static const char *const parts[] = {
		"a", " ", "\n", "\xff", "\xc3", "\xa9", "\xcc\x81", "\xe2\x80", "\x8b", "_x000D_", "_x000", "D_", "\xed\xa0\x80", "\xc2\xa0",
		"\xf0\x9f\x98\x80", "\xef\xbb\xbf", "\xe1\x84\x80", "\xe1\x85\xa1", "\r", "\xe0\xa5\x98",
	};
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO_BUF in = BUF_INIT, out = BUF_INIT, again = BUF_INIT;

		for (int i = 0; i < 12; i++) {
			seed = seed * 1103515245 + 12345;
			buf_adds(&in, parts[(seed >> 16) % (sizeof(parts) / sizeof(parts[0]))]);
		}
		utf8_clean(in.data, in.len, round % 2 == 0, &out);
		assert_true(utf8_valid(buf_str(&out), out.len));
		utf8_clean(buf_str(&out), out.len, round % 2 == 0, &again);
		assert_string_equal(buf_str(&again), buf_str(&out));
	}
}

static void
test_likely_utf8_is_broken_in_few_of_its_places(void **state)
{
	(void)state;
	assert_true(utf8_likely("", 0));
	assert_true(utf8_likely("plain", 5));
	assert_true(utf8_likely("\xc3\xa9\xc3\xa9", 4));
	assert_true(utf8_likely("\xc3\xa9 \xc3\xa9\xc3\xa9 \xff", 9));
	assert_false(utf8_likely("\xc3\xa9 \xc3\xa9 \xff", 7));
	assert_false(utf8_likely("S\xe9" "curit\xe9", 8));
	assert_false(utf8_likely("QUALIT\xc9\xa0: \xe9t\xe9", 14));	/* an accident of Latin-1 */
	assert_false(utf8_likely("a\0", 2));
	assert_false(utf8_likely("\xe2\x82", 2));
}

static void
test_valid_rejects_nul_surrogates_and_overlong_forms(void **state)
{
	(void)state;
	assert_true(utf8_valid("abcdefghijk \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80 abcdefghi", 33));
	assert_true(utf8_valid("", 0));
	assert_false(utf8_valid("a\0b", 3));
	assert_false(utf8_valid("\xc1\x81", 2));
	assert_false(utf8_valid("\xed\xbf\xbf", 3));
	assert_false(utf8_valid("\xe2\x82", 2));
	assert_false(utf8_valid("12345678\x80", 9));
}

static void
test_next_walks_to_the_end_of_broken_text_too(void **state)
{
	const char *s = "a\xc3\xa9\xe2\x82";
	int32_t cp;

	(void)state;
	assert_int_equal(utf8_next(s, &cp), 1);
	assert_int_equal(utf8_next(s + 1, &cp), 2);
	assert_int_equal(cp, 0xe9);
	assert_int_equal(utf8_next(s + 3, &cp), 2);
	assert_int_equal(cp, 0xfffd);
	assert_int_equal(utf8_next(s + 5, &cp), 0);
	assert_int_equal(cp, 0);
}

static void
assert_fold(const char *in, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	utf8_fold(in, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_fold_is_words_between_single_spaces(void **state)
{
	(void)state;
	assert_fold("The QUICK, brown-fox!", " the quick brown fox ");
	assert_fold("", " ");
	assert_fold("...", " ");
	assert_fold("l\xe2\x80\x99" "eau 3926.90", " l eau 3926 90 ");
}

static void
test_fold_strips_accents_and_spells_out_letters(void **state)
{
	(void)state;
	assert_fold("\xc3\x89lectricit\xc3\xa9 e\xcc\x81", " electricite e ");
	assert_fold("Stra\xc3\x9f" "e \xc5\x81\xc3\xb3" "d\xc5\xba S\xc3\xb8ren \xc3\x86on \xc5\x92uvre \xc4\x90uro", " strasse lodz soren aeon oeuvre duro ");
	assert_fold("\xce\x9f\xce\x94\xce\x9f\xce\xa3 \xce\xbf\xce\xb4\xcf\x8c\xcf\x82", " \xce\xbf\xce\xb4\xce\xbf\xcf\x83 \xce\xbf\xce\xb4\xce\xbf\xcf\x83 ");
	assert_fold("\xc4\xb0 \xc4\xb1 I", " i i i ");
	assert_fold("so\xc2\xadlar \xef\xac\x81re H\xe2\x82\x82O \xd0\x99", " solar fire h2o \xd0\xb8 ");
	assert_fold("a\xff" "b", " a b ");
}

static void
test_width_counts_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_width("caf\xc3\xa9"), 4);
	assert_int_equal(utf8_width("cafe\xcc\x81"), 4);
	assert_int_equal(utf8_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
	assert_int_equal(utf8_width("ab \xe6\x97\xa5 cd\x1b" "e\xe2\x80\xae"), 9);
	assert_int_equal(utf8_width(""), 0);
}

static void
test_fit_cuts_no_grapheme(void **state)
{
	(void)state;
	assert_int_equal(utf8_fit("cafe\xcc\x81s", 4), 6);
	assert_int_equal(utf8_fit("cafe\xcc\x81s", 3), 3);
	assert_int_equal(utf8_fit("\xe6\x97\xa5\xe6\x9c\xac", 3), 3);
	assert_int_equal(utf8_fit("ab", 9), 2);
	assert_int_equal(utf8_fit("ab", 0), 0);
	assert_int_equal(utf8_fit("ab", 1), 1);
	assert_int_equal(utf8_fit("ab~ c", 5), 5);
	assert_int_equal(utf8_fit("", 3), 0);
	assert_int_equal(utf8_fit("ab\xcc\x81\xcc\xa7" "c", 1), 1);		/* the mark goes with the letter before it, */
	assert_int_equal(utf8_fit("ab\xcc\x81\xcc\xa7" "c", 2), 6);
	assert_int_equal(utf8_fit("\xcc\x81" "ab", 1), 3);			/* and one at the start with none */
	assert_int_equal(utf8_fit("ab\xe6\x97\xa5", 3), 2);
	assert_int_equal(utf8_fit("ab\xe6\x97\xa5" "c", 4), 5);
	assert_int_equal(utf8_fit("a\t\x7f" "b", 1), 3);				/* controls have no width */
	assert_int_equal(utf8_fit("a\xe2\x80\xae" "bc", 2), 5);
}

static void
test_ellipsis_shows_that_something_is_missing(void **state)
{
	AUTO_BUF out = BUF_INIT;

	(void)state;
	utf8_ellipsis("abcdef", 4, &out);
	utf8_ellipsis("|abc", 4, &out);
	utf8_ellipsis("x", 0, &out);
	assert_string_equal(buf_str(&out), "abc\xe2\x80\xa6|abc");
}

static void
assert_from(const char *in, size_t n, const char *charset, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	utf8_from(in, n, charset, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_from_knows_the_charsets_of_the_sources(void **state)
{
	(void)state;
	assert_from("\x80 caf\xe9 \x96", 8, "ISO-8859-1", "\xe2\x82\xac caf\xc3\xa9 \xe2\x80\x93");
	assert_from("\xb1", 1, "iso-8859-2", "\xc4\x85");
	assert_from("\xff\xfe" "a\0\xe9\0", 6, "utf-16", "a\xc3\xa9");
	assert_from("\xfe\xff\0a\0\xe9", 6, "utf-16", "a\xc3\xa9");
	assert_from("\xef\xbb\xbf" "a", 4, "utf-8", "a");
}

static void
test_from_never_fails(void **state)
{
	(void)state;
	assert_from("a\xe9" "b\0c", 5, "x-unknown/../../etc", "a\xef\xbf\xbd" "b\xef\xbf\xbd" "c");
	assert_from("a\x81" "b", 3, "windows-1252", "a\xef\xbf\xbd" "b");
	assert_from("a\0b", 3, "utf-16le", "a\xef\xbf\xbd");
	assert_from("", 0, NULL, "");
}

static void
assert_wrapped(const char *s, size_t columns, size_t indent, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	utf8_wrap(s, columns, indent, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_wrap_breaks_at_blanks_by_columns_not_bytes(void **state)
{
	(void)state;
	assert_wrapped("one two three", 7, 0, "one two\nthree");
	assert_wrapped("one two three", 8, 2, "one two\n  three");
	assert_wrapped("été été été", 7, 0, "été été\nété");
	assert_wrapped("中文 中文", 8, 0, "中文\n中文");	/* two columns each */
	assert_wrapped("  a  b", 80, 4, "  a  b");
	assert_wrapped("  a  b", 4, 1, "  a\n b");
	assert_wrapped("see https://example.org/long/path now", 10, 0, "see\nhttps://example.org/long/path\nnow");
	assert_wrapped("any width  at all ", 0, 4, "any width  at all");
	assert_wrapped("", 10, 2, "");
	assert_wrapped("   ", 10, 2, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_likely_utf8_is_broken_in_few_of_its_places),
		cmocka_unit_test(test_clean_makes_every_blank_one_space),
		cmocka_unit_test(test_clean_makes_every_line_end_one_newline),
		cmocka_unit_test(test_clean_drops_what_cannot_be_seen),
		cmocka_unit_test(test_clean_drops_the_carriage_return_of_workbooks),
		cmocka_unit_test(test_clean_composes),
		cmocka_unit_test(test_clean_replaces_broken_sequences_one_by_one),
		cmocka_unit_test(test_clean_bounds_a_run_of_marks),
		cmocka_unit_test(test_clean_gives_valid_text_for_any_bytes),
		cmocka_unit_test(test_valid_rejects_nul_surrogates_and_overlong_forms),
		cmocka_unit_test(test_next_walks_to_the_end_of_broken_text_too),
		cmocka_unit_test(test_fold_is_words_between_single_spaces),
		cmocka_unit_test(test_fold_strips_accents_and_spells_out_letters),
		cmocka_unit_test(test_width_counts_columns),
		cmocka_unit_test(test_fit_cuts_no_grapheme),
		cmocka_unit_test(test_ellipsis_shows_that_something_is_missing),
		cmocka_unit_test(test_from_knows_the_charsets_of_the_sources),
		cmocka_unit_test(test_from_never_fails),
		cmocka_unit_test(test_wrap_breaks_at_blanks_by_columns_not_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
