#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/base/json.h"

static void
assert_refused(const char *text, size_t n, const char *expected)
{
	struct error err = { 0 };
	json_t *value;

	assert_int_equal(json_parse(text, n, &value, &err), ERR_DATA);
	assert_null(value);
	assert_string_equal(err.text, expected);
}

#define REFUSED(TEXT, EXPECTED) assert_refused(TEXT, sizeof(TEXT) - 1, EXPECTED)

static void
test_json_refuses_what_could_be_read_in_two_ways(void **state)
{
	(void)state;
	REFUSED("{\"a\":1,\n \"a\":2}", "line 2, column 4: duplicate object key near '\"a\"'");
	REFUSED("{\"a\\u0000\":1,\n \"a\\u0000\":2}", "line 2, column 10: duplicate object key near '\"a\\u0001\"'");
	REFUSED("[1,\n2\0,3]", "line 2, column 2: a NUL byte");
	REFUSED("[1] x", "line 1, column 5: end of file expected near 'x'");
	REFUSED("[\"\xe9\"]", "line 1, column 2: unable to decode byte 0xe9 near '\"'");
}

static void
test_json_string_does_not_end_at_a_nul(void **state)
{
	static const char text[] = "{\"a\":\"x\\u0000y\\\\u0000\\\\\\u0000\",\"k\\u0000z\":[\"\\u0000\",\"\\u00001\"]}";
	AUTO_JSON *value = NULL;
	const json_t *list;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(json_parse(text, sizeof(text) - 1, &value, &err), 0);
	assert_string_equal(json_str(value, "a"), "x\001y\\u0000\\\001");
	list = json_object_get(value, "k\001z");
	assert_string_equal(json_string_value(json_array_get(list, 0)), "\001");
	assert_string_equal(json_string_value(json_array_get(list, 1)), "\001" "1");
	assert_int_equal(json_string_length(json_object_get(value, "a")), strlen(json_str(value, "a")));
}

static void
assert_mended(const char *text, size_t n, size_t expected_mended, const char *expected)
{
	AUTO_JSON *value = NULL;
	AUTO_BUF written = BUF_INIT;
	size_t mended;
	struct error err;

	assert_int_equal(json_parse_mended(text, n, &value, &mended, &err), 0);
	json_write(value, false, &written);
	assert_string_equal(buf_str(&written), expected);
	assert_int_equal(mended, expected_mended);
}

#define MENDED(TEXT, N, EXPECTED) assert_mended(TEXT, sizeof(TEXT) - 1, N, EXPECTED)

static void
test_json_broken_characters_cost_only_themselves(void **state)
{
	(void)state;
	MENDED("[\"fine \\ud83d\\ude00 \\\\ \\/\"]", 0, "[\"fine \U0001f600 \\\\ /\"]");
	MENDED("[\"S\xe9""curit\xe9\",1]", 2, "[\"S\ufffdcurit\ufffd\",1]");
	MENDED("[\"a\xe2\x82\",\"b\"]", 1, "[\"a\ufffd\",\"b\"]");
	MENDED("[\"\xc0\x80 \xed\xa0\x80\"]", 5, "[\"\ufffd\ufffd \ufffd\ufffd\ufffd\"]");
	MENDED("[\"\\ud800\"]", 1, "[\"\ufffd\"]");
	MENDED("[\"\\uDC00x\\ud83d\\ud83d\\ude00\"]", 2, "[\"\ufffdx\ufffd\U0001f600\"]");
	MENDED("[\"\\ud800\\n\",\"\\ud8\"]", 2, "[\"\ufffd\\n\",\"\\\\ud8\"]");
	MENDED("[\"a\nb\tc\001d\0e\"]", 4, "[\"a\\nb\\tc\\u0001d\\u0001e\"]");
	MENDED("[\"C:\\xampp \\'\\u12g\"]", 3, "[\"C:\\\\xampp \\\\'\\\\u12g\"]");
	MENDED("{\"k\xff\":1,\"k\":2}", 1, "{\"k\ufffd\":1,\"k\":2}");
}

static void
test_json_that_is_broken_elsewhere_stays_broken(void **state)
{
	static const struct { const char *text, *expected; } bad[] = {
		{ "[\"\xe9\",\xe9]", "line 1, column 2: unable to decode byte 0xe9 near '\"'" },
		{ "[\"\xe9\"", "line 1, column 2: unable to decode byte 0xe9 near '\"'" },
		{ "{\"a\xff\":1,\"a\xfe\":2}", "line 1, column 3: unable to decode byte 0xff near '\"a'" },
		{ "[1", "line 1, column 2: ']' expected near end of file" },
		{ "[\"\\", NULL }, { "[\"\\u", NULL }, { "[\"\xe2", NULL }, { "\"", NULL }, { "", NULL },
	};
	AUTO_BUF many = BUF_INIT;
	struct error err;
	size_t mended;
	json_t *value;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(json_parse_mended(bad[i].text, strlen(bad[i].text), &value, &mended, &err), ERR_DATA);
		assert_null(value);
		if (bad[i].expected != NULL)
			assert_string_equal(err.text, bad[i].expected);
	}
	buf_adds(&many, "[\"");
	for (int i = 0; i < 1001; i++)
		buf_addc(&many, '\xff');
	buf_adds(&many, "\"]");
	assert_int_equal(json_parse_mended(many.data, many.len, &value, &mended, &err), ERR_DATA);
	assert_null(value);
	assert_string_equal(err.text, "more than 1000 broken characters");
}

static void
test_json_refuses_garbage(void **state)
{
	struct error err;
	json_t *value;

	(void)state;
	for (const char *const *p = (const char *const []){ "", " ", "<html>", "[", "{", "[1,", "{\"a\"", "\"x\"", "nul", "[1e999]", "]", "\"",
	    "[\"\\", "\\", "[\"\\ud800\"]", NULL }; *p != NULL; p++)
		assert_int_equal(json_parse(*p, strlen(*p), &value, &err), ERR_DATA);
	assert_int_equal(json_parse("[1]\0", 4, &value, &err), ERR_DATA);
}

static void
test_json_refuses_deep_nesting_before_it_recurses(void **state)
{
	AUTO_BUF deep = BUF_INIT, fine = BUF_INIT;
	AUTO_JSON *value = NULL;

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_addc(&deep, '[');
	assert_refused(deep.data, deep.len, "line 1, column 33: nested too deeply");
	for (int i = 0; i < 32; i++)
		buf_addc(&fine, '[');
	buf_adds(&fine, "\"[[[[[[\\\"[[[[[\"");
	for (int i = 0; i < 32; i++)
		buf_addc(&fine, ']');
	assert_int_equal(json_parse(fine.data, fine.len, &value, NULL), 0);
}

static void
assert_spans(const char *text, const char *key, const char *expected)
{
	struct json_span *spans;
	AUTO_BUF out = BUF_INIT;
	size_t n = json_spans(text, strlen(text), key, &spans);

	for (size_t i = 0; i < n; i++) {
		buf_add(&out, text + spans[i].offset, spans[i].length);
		buf_addc(&out, '|');
	}
	free(spans);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_json_spans_are_the_bytes_of_each_item(void **state)
{
	(void)state;
	assert_spans("{\"n\":2, \"items\" : [ {\"a\":[1,2]} ,\n \"x,]\" , 3 ] }", "items", "{\"a\":[1,2]}|\"x,]\"|3|");
	assert_spans(" [1, [2,3],{}]", NULL, "1|[2,3]|{}|");
	assert_spans("\xef\xbb\xbf[true]", NULL, "true|");
	assert_spans("{\"a\\u0000\":[1]}", "a", "");
	assert_spans("{\"a\\u0000\":[1]}", "a\001", "1|");
	assert_spans("[]", NULL, "");
	assert_spans("[ ]", NULL, "");
}

static void
test_json_spans_take_the_key_of_the_top_level_only(void **state)
{
	(void)state;
	assert_spans("{\"x\":{\"items\":[1]},\"y\":\"\\\"items\\\":[2]\",\"items\":[3]}", "items", "3|");
	assert_spans("{\"x\":{\"items\":[1]}}", "items", "");
	assert_spans("{\"items\":{\"a\":1}}", "items", "");
	assert_spans("{\"\\u0069tems\":[4]}", "items", "4|");
	assert_spans("[{\"items\":[1]}]", "items", "");
	assert_spans("{}", "items", "");
	assert_spans("{\"a\":1}", NULL, "");
}

static void
test_json_members_are_those_of_the_top_level(void **state)
{
	static const char *const keys[] = { "id", "none", "s", "o" };
	static const char text[] = " { \"o\" : {\"id\":1, \"s\":\"}\"} ,\n \"id\": 22 ,\"\\u0073\":\"a\\\"}b\" }";
	struct json_span spans[4];
	AUTO_BUF out = BUF_INIT;

	(void)state;
	json_members(text, strlen(text), keys, 4, spans);
	for (size_t i = 0; i < 4; i++) {
		buf_add(&out, text + spans[i].offset, spans[i].length);
		buf_addc(&out, '|');
	}
	assert_string_equal(buf_str(&out), "22||\"a\\\"}b\"|{\"id\":1, \"s\":\"}\"}|");
	json_members("[1]", 3, keys, 4, spans);
	assert_int_equal(spans[0].length + spans[1].length + spans[2].length + spans[3].length, 0);
}

static void
test_json_spans_stand_garbage(void **state)
{
	static const char *const keys[] = { "a", "" };
	struct json_span *spans, two[2];
	uint32_t seed = 3;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[12];

		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = "{}[]\",:\\a 1"[(seed >> 16) % 12];	/* NUL too */
		}
		for (size_t i = json_spans(text, sizeof(text), round % 2 == 0 ? "a" : NULL, &spans); i-- > 0; )
			assert_true(spans[i].offset + spans[i].length <= sizeof(text));
		free(spans);
		json_members(text, sizeof(text), keys, 2, two);
		for (size_t i = 0; i < 2; i++)
			assert_true(two[i].offset + two[i].length <= sizeof(text));
	}
}

static void
test_json_writes_null_for_what_is_absent(void **state)
{
	AUTO_JSON *object = json_object();
	AUTO_STRV list = STRV_INIT;
	AUTO_BUF out = BUF_INIT;

	(void)state;
	strv_add(&list, "x");
	json_set_str(object, "z", NULL);
	json_set_str(object, "a", "caf\xc3\xa9 \"q\"\n");
	json_set_date(object, "d", (struct date){ 2025, 6, 12 });
	json_set_date(object, "none", DATE_NONE);
	json_set_strv(object, "list", &list);
	strv_clear(&list);
	json_set_strv(object, "empty", &list);
	json_set_bool(object, "b", true);
	json_write(object, true, &out);
	assert_string_equal(buf_str(&out), "{\"z\":null,\"a\":\"caf\xc3\xa9 \\\"q\\\"\\n\",\"d\":\"2025-06-12\",\"none\":null,\"list\":[\"x\"],"
	    "\"empty\":[],\"b\":true}\n");
}

static void
test_json_numbers_are_written_as_people_write_them(void **state)
{
	AUTO_JSON *array = json_pack("[f,f,f,i]", 0.7 + 0.7, 0.1, 4.0, 7);
	AUTO_BUF out = BUF_INIT;

	(void)state;
	json_write(array, false, &out);
	assert_string_equal(buf_str(&out), "[1.4,0.1,4.0,7]");
}

static void
test_json_escapes_controls_and_mends_broken_text(void **state)
{
	AUTO_JSON *object = json_object();
	AUTO_BUF out = BUF_INIT;

	(void)state;
	json_set_str(object, "a", "\x1b\x7f\xc2\x9b\xff\xc3\xa9");
	buf_adds(&out, "\x7f");
	json_write(object, false, &out);
	assert_string_equal(buf_str(&out), "\x7f{\"a\":\"\\u001B\\u007F\\u009B\xef\xbf\xbd\xc3\xa9\"}");
}

static void
test_json_string_is_written_as_jansson_writes_it(void **state)
{
	AUTO_BUF text = BUF_INIT;
	AUTO_BUF alone = BUF_INIT;
	AUTO_JSON *value = NULL;
	char *theirs;

	(void)state;
	for (int c = 1; c < 0x7f; c++)
		buf_addf(&text, "%cx", c);
	buf_adds(&text, "\xc2\xa0\xc3\xa9\u2028\U0001f600");
	value = json_string(buf_str(&text));
	theirs = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	json_write_string(buf_str(&text), &alone);
	assert_string_equal(buf_str(&alone), theirs);
	free(theirs);
	buf_reset(&alone);
	json_write_string("\x7f\xc2\x80\xc2\x9f\xc2\xa0", &alone);	/* but for these */
	assert_string_equal(buf_str(&alone), "\"\\u007F\\u0080\\u009F\xc2\xa0\"");
	buf_reset(&alone);
	json_write_string("", &alone);
	assert_string_equal(buf_str(&alone), "\"\"");
}

static void
test_json_values_of_every_kind_are_written_as_jansson_writes_them(void **state)
{
	static const char text[] = "{\"z\":[],\"a\":{},\"n\":[-1,0,9007199254740993,1.5,-0.1,1e300],\"b\":[true,false,null],\"o\":{\"\\\"k\\n\":{\"x\":[{}]}},\"s\":\"\"}";
	AUTO_JSON *value = NULL;
	AUTO_BUF out = BUF_INIT;
	char *theirs;

	(void)state;
	assert_int_equal(json_parse(text, strlen(text), &value, NULL), 0);
	theirs = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(12));
	json_write(value, true, &out);
	buf_trim(&out);
	assert_string_equal(buf_str(&out), theirs);
	free(theirs);
}

static void
test_json_str_is_null_for_other_types(void **state)
{
	AUTO_JSON *object = NULL;

	(void)state;
	assert_int_equal(json_parse("{\"s\":\"x\",\"n\":null,\"i\":1}", 24, &object, NULL), 0);
	assert_string_equal(json_str(object, "s"), "x");
	assert_null(json_str(object, "n"));
	assert_null(json_str(object, "i"));
	assert_null(json_str(object, "missing"));
	assert_null(json_str(NULL, "s"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_refuses_what_could_be_read_in_two_ways),
		cmocka_unit_test(test_json_string_does_not_end_at_a_nul),
		cmocka_unit_test(test_json_broken_characters_cost_only_themselves),
		cmocka_unit_test(test_json_that_is_broken_elsewhere_stays_broken),
		cmocka_unit_test(test_json_refuses_garbage),
		cmocka_unit_test(test_json_refuses_deep_nesting_before_it_recurses),
		cmocka_unit_test(test_json_spans_are_the_bytes_of_each_item),
		cmocka_unit_test(test_json_spans_take_the_key_of_the_top_level_only),
		cmocka_unit_test(test_json_members_are_those_of_the_top_level),
		cmocka_unit_test(test_json_spans_stand_garbage),
		cmocka_unit_test(test_json_writes_null_for_what_is_absent),
		cmocka_unit_test(test_json_numbers_are_written_as_people_write_them),
		cmocka_unit_test(test_json_escapes_controls_and_mends_broken_text),
		cmocka_unit_test(test_json_string_is_written_as_jansson_writes_it),
		cmocka_unit_test(test_json_values_of_every_kind_are_written_as_jansson_writes_them),
		cmocka_unit_test(test_json_str_is_null_for_other_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
