#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/item.h"
#include "lib/base/error.h"

static void
assert_suffix(enum way way, const char *hint, const char *expected)
{
	AUTO_BUF got = BUF_INIT;

	item_suffix(way, hint, &got);
	assert_string_equal(buf_str(&got), expected);
}

static void
test_suffix_tells_the_way(void **state)
{
	(void)state;
	assert_suffix(WAY_API, NULL, ".api.json");
	assert_suffix(WAY_WORKBOOK, NULL, ".row.json");
	assert_suffix(WAY_TRIS, "26754", ".26754.html");
	assert_suffix(WAY_TRIS, NULL, ".html");
}

static void
assert_decoded(const char *path, const char *raw, const char *id)
{
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err;

	assert_int_equal(item_decode(path, raw, strlen(raw), &n, &err), 0);
	assert_string_equal(n.id, id);
}

static void
test_path_chooses_the_decoder(void **state)
{
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err;

	(void)state;
	assert_decoded("eping/TBT/JPN/0xx/1/notification.api.json", "{\"documentSymbol\":\"G/TBT/N/JPN/1\",\"distributionDate\":\"2025-06-11\"}",
	    "G/TBT/N/JPN/1");
	assert_decoded("eping/TBT/JPN/0xx/2/notification.row.json", "{\"Document symbol\":\"G/TBT/N/JPN/2\",\"Distribution date\":\"2025-06-11\"}",
	    "G/TBT/N/JPN/2");
	assert_int_equal(item_decode("a/b.md", "x", 1, &n, &err), ERR_DATA);
	assert_string_equal(err.text, "no way to read 'a/b.md'");
	assert_int_equal(item_decode("tris/2024/FI/0321/notification.26754.html", "not a page", 10, &n, &err), ERR_DATA);
}

static void
test_problems_are_bounded(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	for (int i = 1; i <= 30; i++)
		problems_add(&items.problems, "item %d", i);
	assert_int_equal(items.problems.n, 20);
	assert_string_equal(items.problems.v[19], "item 20");
}

static void
test_items_own_what_they_hold(void **state)
{
	AUTO_ITEMS items = { .v = NULL };

	(void)state;
	for (int i = 0; i < 20; i++) {
		struct item *item = items_add(&items);

		assert_null(item->notice.id);
		assert_null(item->hint);
		assert_int_equal(item->raw.len, 0);
		buf_adds(&item->raw, "{}");
		notice_set_line(&item->hint, "1");
		notice_set_line(&item->notice.id, "G/TBT/N/JPN/1");
	}
	assert_int_equal(items.n, 20);
	items_clear(&items);
	assert_int_equal(items.n, 0);
	assert_null(items.v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suffix_tells_the_way),
		cmocka_unit_test(test_path_chooses_the_decoder),
		cmocka_unit_test(test_problems_are_bounded),
		cmocka_unit_test(test_items_own_what_they_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
