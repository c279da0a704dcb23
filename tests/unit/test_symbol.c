#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/base/limits.h"
#include "lib/notice/symbol.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void
assert_canonical(const char *text, const char *expected)
{
	AUTO_BUF out = BUF_INIT;
	struct symbol s;

	if (!symbol_parse(text, &s))
		fail_msg("'%s' does not parse", text);
	symbol_format(&s, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_symbol_reads_any_case_and_blanks_into_one_form(void **state)
{
	static const char *const pairs[][2] = {
		{ " G/SPS/N/KOR/1", "G/SPS/N/KOR/1" },
		{ "g/tbt/n/usa/2211/add.1", "G/TBT/N/USA/2211/Add.1" },
		{ "G/TBT/N/TPKM/425/Add.5", "G/TBT/N/TPKM/425/Add.5" },
		{ "G/TBT/N/BRA/366/Add.1/Corr.1", "G/TBT/N/BRA/366/Add.1/Corr.1" },
		{ "G / TBT / N / USA / 57 / REV. 1", "G/TBT/N/USA/57/Rev.1" },
		{ "G/TBT/N/EU/7\xC2\xA0/Suppl.2", "G/TBT/N/EU/7/Suppl.2" },
		{ "G/TBT/N/USA/0057", "G/TBT/N/USA/57" },
		{ "2024/321/fi", "2024/0321/FI" },
		{ "2020/26/D", "2020/0026/D" },
		{ "2025/9005/NO", "2025/9005/NO" },
		{ "2021/1/UK(NI)", "2021/0001/UK(NI)" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_canonical(pairs[i][0], pairs[i][1]);
}

static void
test_symbol_refuses_what_is_none(void **state)
{
	static const char *const others[] = {
		"", "G/TBT/Notif.99/320", "G/TBT/N/USA", "G/TBT/N/USA/", "G/TBT/N/U/1", "G/TBT/N/ABCDE/1", "G/TBT/N/USA/123456", "G/TBT/N/USA/0",
		"G/TBT/N/USA/1/Foo.1", "G/TBT/N/USA/1/Add.", "G/TBT/N/USA/1/Add.0", "G/TBT/N/USA/1/Add.1234", "G/TBT/N/USA/1/../../x",
		"G/TBT/N/USA/1/Add.1/Add.1/Add.1/Add.1/Add.1", "G/TBT/CS/N/1", "G/SPS/N/EQV/", "2024/0321", "2024/12345/FI", "24/321/FI",
		"2024/0/FI", "2024/1/ABCD", "2006/123/EC", "2011/65/EU", "1785/1/F"
	};
	struct symbol s;

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		if (symbol_parse(others[i], &s))
			fail_msg("'%s' parses", others[i]);
		assert_int_equal(s.series, SYMBOL_OTHER);
	}
}

static void
assert_split(const char *field, const char *expected)
{
	AUTO_STRV list = STRV_INIT;
	AUTO_BUF joined = BUF_INIT;

	symbol_split(field, &list);
	strv_join(&list, "|", &joined);
	assert_string_equal(buf_str(&joined), expected);
}

static void
test_symbol_split_keeps_order_and_drops_repeats(void **state)
{
	(void)state;
	assert_split("G/TBT/N/ARE/703, G/TBT/N/BHR/780,G/TBT/N/ARE/703", "G/TBT/N/ARE/703|G/TBT/N/BHR/780");
	assert_split(" G/TBT/N/KWT/764/rev.1;\nG/TBT/N/BHR/1/Rev.1 ", "G/TBT/N/KWT/764/Rev.1|G/TBT/N/BHR/1/Rev.1");
	assert_split("", "");
	assert_split("  \xC2\xA0 ", "");
	assert_split("G/TBT/Notif.99/320,  and more", "G/TBT/Notif.99/320, and more");
	assert_split("junk, G/TBT/N/USA/1", "junk|G/TBT/N/USA/1");
}

static void
test_symbol_split_bounds_what_it_does_not_understand(void **state)
{
	AUTO_BUF a = BUF_INIT, b = BUF_INIT;
	AUTO_STRV list = STRV_INIT;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_adds(&a, "\xC3\xA9");
	buf_adds(&b, buf_str(&a));
	buf_adds(&b, "x");
	symbol_split(buf_str(&a), &list);
	symbol_split(buf_str(&b), &list);
	assert_int_equal(list.n, 2);
	assert_true(strlen(list.v[0]) <= 180 && strlen(list.v[1]) <= 180);
	assert_string_not_equal(list.v[0], list.v[1]);
	strv_clear(&list);
	buf_reset(&a);
	for (int i = 1; i < 100; i++)
		buf_addf(&a, "G/TBT/N/USA/%d,", i);
	symbol_split(buf_str(&a), &list);
	assert_int_equal(list.n, LIMIT_SYMBOLS);
}

static void
test_symbol_base_and_parent_strip_tails(void **state)
{
	static const char *const rows[][3] = {
		{ "G/TBT/N/BRA/366/Add.1/Corr.1", "G/TBT/N/BRA/366", "G/TBT/N/BRA/366/Add.1" },
		{ "G/TBT/N/USA/2211", "G/TBT/N/USA/2211", "G/TBT/N/USA/2211" },
		{ "2024/0321/FI", "2024/0321/FI", "2024/0321/FI" },
		{ "what is this/Add.1", "what is this/Add.1", "what is this/Add.1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO_BUF base = BUF_INIT, parent = BUF_INIT;

		symbol_base(rows[i][0], &base);
		symbol_parent(rows[i][0], &parent);
		assert_string_equal(buf_str(&base), rows[i][1]);
		assert_string_equal(buf_str(&parent), rows[i][2]);
	}
}

static void
test_symbol_path_follows_the_layout_of_the_store(void **state)
{
	static const char *const rows[][2] = {
		{ "G/TBT/N/USA/2211", "eping/TBT/USA/22xx/2211/notification" },
		{ "G/SPS/N/KOR/7", "eping/SPS/KOR/0xx/7/notification" },
		{ "G/TBT/N/USA/100/Rev.1/Add.2", "eping/TBT/USA/1xx/100/Rev.1-Add.2" },
		{ "2024/0321/FI", "tris/2024/FI/0321/notification" },
		{ "2020/0026/D", "tris/2020/D/0026/notification" },
		{ "2021/0001/UK(NI)", "tris/2021/UK-NI/0001/notification" },
		/* printf 'G/TBT/Notif.99/320' | sha256sum */
		{ "G/TBT/Notif.99/320", "eping/other/d858ebccd1910189" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO_BUF path = BUF_INIT;

		symbol_path(rows[i][0], &path);
		assert_string_equal(buf_str(&path), rows[i][1]);
	}
}

static void
test_symbol_path_of_hostile_ids_stays_inside(void **state)
{
	static const char *const ids[] = {
		"../../etc/passwd", "G/TBT/N/../1", "G/TBT/N/USA/1/../x", "/", "", "2024/0321/F/../..", "a\nb", "G/TBT/N/USA/1\\..\\x", "\xFF\xFE"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ids); i++) {
		AUTO_BUF path = BUF_INIT;

		symbol_path(ids[i], &path);
		assert_memory_equal(path.data, "eping/other/", 12);
		assert_int_equal(strspn(path.data + 12, "0123456789abcdef"), 16);
		assert_int_equal(path.len, 28);
	}
}

static void
test_symbol_cmp_tells_the_story_of_a_dossier(void **state)
{
	static const char *const ordered[] = {
		"G/SPS/N/USA/1", "G/TBT/N/EGY/2", "G/TBT/N/EGY/2/Add.2", "G/TBT/N/EGY/2/Add.2/Corr.1", "G/TBT/N/EGY/2/Add.31", "G/TBT/N/EGY/2/Corr.1",
		"G/TBT/N/EGY/2/Suppl.1", "G/TBT/N/EGY/2/Rev.1", "G/TBT/N/EGY/2/Rev.1/Add.1", "G/TBT/N/EGY/2/Rev.2", "G/TBT/N/EGY/10",
		"2023/0351/PL", "2024/0001/FI", "2024/0002/FI", "another", "other"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ordered); i++)
		for (size_t j = 0; j < COUNT(ordered); j++) {
			int c = symbol_cmp(ordered[i], ordered[j]);

			assert_int_equal((c > 0) - (c < 0), (i > j) - (i < j));
		}
}

static void
test_symbol_mentions_finds_numbers_in_prose(void **state)
{
	AUTO_STRV list = STRV_INIT;
	AUTO_BUF joined = BUF_INIT;

	(void)state;
	symbol_mentions("Cancels G/TBT/N/BRA/366/Add.1. See also (g/sps/n/kor/12), G/TBT/N/BRA/366/Add.1, and 2020/26/D; under Directive 2011/65/EU, "
	    "2006/123/EC and 2015/1535/XY, not 12020/26/D nor 2020/26/Dx nor xG/TBT/N/USA/1. G/TBT/N/USA/57 /Rev. 1 replaces G/TBT/N/USA/57, /58.",
	    &list);
	strv_join(&list, "|", &joined);
	assert_string_equal(buf_str(&joined),
	    "G/TBT/N/BRA/366/Add.1|G/SPS/N/KOR/12|2020/0026/D|G/TBT/N/USA/57/Rev.1|G/TBT/N/USA/57");
}

static void
test_members_are_known_by_code_name_and_eping_id(void **state)
{
	static const struct { const char *code; bool tris; const char *iso2; } codes[] = {
		{ "USA", false, "US" }, { "TPKM", false, "TW" }, { "EEC", false, "EU" }, { "EU", false, "EU" }, { "HKG", false, "HK" }, { "GBR", false, "GB" },
		{ "AFG", false, "AF" }, { "ZWE", false, "ZW" }, { "ZZZ", false, "" }, { "D", true, "DE" }, { "FIN", true, "FI" }, { "UK", true, "GB" },
		{ "EL", true, "GR" }, { "GR", true, "GR" }, { "A", true, "AT" }, { "FL", true, "LI" }, { "XI", true, "GB" }, { "TR", true, "TR" },
		{ "UK(NI)", true, "GB" }, { "SE", true, "SE" }, { "S", true, "SE" }, { "ZZ", true, "" }, { "US", true, "" }, { "D", false, "" },
	};
	static const char *const names[][2] = {
		{ "Korea, Republic of", "KR" }, { "T\xC3\xBCrkiye", "TR" }, { "TURKEY", "TR" }, { "Denmark", "DK" }, { "Saudi Arabia, Kingdom of", "SA" },
		{ "Kingdom of Bahrain", "BH" }, { "C\xC3\xB4te d'Ivoire", "CI" }, { "  Viet  Nam ", "VN" }, { "European Union", "EU" }, { "Czechia", "CZ" },
		{ "Slovakia", "SK" }, { "Hong Kong, China", "HK" }, { "United States of America", "US" }, { "Netherlands", "NL" }, { "Atlantis", "" }, { "", "" },
	};
	static const char *const ids[][2] = { { "C840", "US" }, { "U918", "EU" }, { "C076", "BR" }, { "C158", "TW" }, { "C999", "" }, { "", "" } };

	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++)
		assert_string_equal(member_of_code(codes[i].code, codes[i].tris), codes[i].iso2);
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(member_of_name(names[i][0]), names[i][1]) != 0)
			fail_msg("'%s' is '%s'", names[i][0], member_of_name(names[i][0]));
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_string_equal(member_of_eping_id(ids[i][0]), ids[i][1]);
	assert_string_equal(member_name("US"), "United States of America");
	assert_string_equal(member_name("KR"), "Korea, Republic of");
	assert_string_equal(member_name("EU"), "European Union");
	assert_string_equal(member_name("QQ"), "QQ");
}

/* Every real row of June 2025: its symbols parse, are in canonical form already, and their code means the member that the row names. */
static void
check_row(const json_t *row, size_t *joint)
{
	const char *field = json_str(json_object_get(row, "Document symbol"), "text"), *name = json_str(row, "Notifying Member");
	AUTO_STRV list = STRV_INIT;
	AUTO_BUF joined = BUF_INIT;
	bool named = false;

	symbol_split(field, &list);
	strv_join(&list, ", ", &joined);
	assert_string_equal(buf_str(&joined), field + strspn(field, " "));
	for (size_t i = 0; i < list.n; i++) {
		struct symbol s;

		assert_true(symbol_parse(list.v[i], &s));
		assert_string_not_equal(member_of_code(s.code, false), "");
		named = named || strcmp(member_of_code(s.code, false), member_of_name(name)) == 0;
	}
	if (!named)
		fail_msg("'%s' is none of '%s'", name, field);
	*joint += list.n > 1;
}

static void
test_symbols_and_members_of_real_rows_agree(void **state)
{
	const char *data = getenv("REGWATCH_DATA");
	AUTO_FREE char *path = NULL;
	AUTO_BUF text = BUF_INIT;
	size_t rows = 0, joint = 0;

	(void)state;
	if (data == NULL) {
		print_message("skipped: REGWATCH_DATA is not set\n");
		skip();
	}
	path = file_join(data, "eping/export-2025-06.jsonl");
	assert_int_equal(file_read(path, 16 << 20, &text, NULL), 0);
	for (char *line = strtok(text.data, "\n"); line != NULL; line = strtok(NULL, "\n"), rows++) {
		AUTO_JSON *row = NULL;

		assert_int_equal(json_parse(line, strlen(line), &row, NULL), 0);
		check_row(row, &joint);
	}
	assert_int_equal(rows, 120);
	assert_int_equal(joint, 25);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbol_reads_any_case_and_blanks_into_one_form),
		cmocka_unit_test(test_symbol_refuses_what_is_none),
		cmocka_unit_test(test_symbol_split_keeps_order_and_drops_repeats),
		cmocka_unit_test(test_symbol_split_bounds_what_it_does_not_understand),
		cmocka_unit_test(test_symbol_base_and_parent_strip_tails),
		cmocka_unit_test(test_symbol_path_follows_the_layout_of_the_store),
		cmocka_unit_test(test_symbol_path_of_hostile_ids_stays_inside),
		cmocka_unit_test(test_symbol_cmp_tells_the_story_of_a_dossier),
		cmocka_unit_test(test_symbol_mentions_finds_numbers_in_prose),
		cmocka_unit_test(test_members_are_known_by_code_name_and_eping_id),
		cmocka_unit_test(test_symbols_and_members_of_real_rows_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
