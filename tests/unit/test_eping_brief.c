/* Pages of which some items are known: what is read of them, and that nothing else is judged differently. Pages are synthetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feeds/eping_api.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"

#define TOYS "{\"id\":7,\"area\":\"TBT\",\"title\":\"<p>Toys, {safe}</p>\",\"documentSymbol\":\" G/TBT/N/IND/374\",\"notifyingMember\":\"India\"," \
	"\"commentDeadlineDate\":\"2025-08-11\",\"notifyingMemberCode\":\"C356\",\"distributionDate\":\"2025-06-12T00:00:00+00:00\",\"hsCodes\":[{\"code\":\"9503\"}]}"
#define MILK "{\"id\":8,\"area\":\"TBT\",\"notificationType\":\"Emergency notification\",\"documentSymbol\":\"G/TBT/N/IND/375\"," \
	"\"distributionDate\":\"2025-06-13\",\"title\":\"Milk\"}"
#define BURUNDI "{\"id\":1,\"documentSymbol\":\"G/TBT/N/BDI/608, G/TBT/N/KEN/1816\",\"notifyingMember\":\"Burundi\",\"distributionDate\":\"2025-06-12\",\"title\":\"Flour\"}"
#define KENYA "{\"id\":2,\"documentSymbol\":\"G/TBT/N/BDI/608, G/TBT/N/KEN/1816\",\"notifyingMember\":\"Kenya\",\"distributionDate\":\"2025-06-12\",\"title\":\"Wheat flour\"}"
#define ESCAPED "{\"documentSymbol\":\"G\\/TBT\\/N\\/IND\\/376\",\"distributionDate\":\"2025-06-12\",\"title\":\"Rice\"}"

/* The items that the host has, NULL behind the last. */
static const char *const *held;

static bool
is_held(void *ctx, const char *symbol, const char *raw, size_t n)
{
	(void)ctx;
	assert_true(symbol[0] != '\0');
	for (size_t i = 0; held[i] != NULL; i++)
		if (strlen(held[i]) == n && memcmp(held[i], raw, n) == 0)
			return true;
	return false;
}

static int
read_page(const char *page, size_t n, struct eping_rows *rows, struct error *err)
{
	static const struct eping_known known = { is_held, NULL };

	return eping_api_rows_but(page, n, &known, rows, err);
}

static void
test_known_item_tells_who_it_is_and_its_days_only(void **state)
{
	static const char *const known[] = { TOYS, NULL };
	static const char page[] = "{\"totalCount\":2, \"items\" : [ " TOYS " , " MILK " ] }";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_ITEMS items = { .v = NULL };
	struct error err;
	const struct notice *n;

	(void)state;
	held = known;
	assert_int_equal(read_page(page, strlen(page), &rows, &err), 0);
	assert_int_equal(rows.total, 2);
	assert_int_equal(rows.n, 2);
	assert_int_equal(rows.v[0].id, 7);
	assert_string_equal(rows.v[0].member, "IN");
	assert_string_equal(rows.v[0].key, "G/TBT/N/IND/374");
	eping_join(&rows, &items);
	n = &items.v[0].notice;
	assert_true(items.v[0].known);
	assert_string_equal(buf_str(&items.v[0].raw), TOYS);
	assert_string_equal(n->id, "G/TBT/N/IND/374");
	assert_true(n->area == AREA_TBT && n->distributed.month == 6 && n->deadline.month == 8);
	assert_null(n->title.s);
	assert_int_equal(n->hs.n, 0);
	assert_false(items.v[1].known);
	assert_string_equal(items.v[1].notice.title.s, "Milk");
	assert_true(items.v[1].notice.urgent);
}

static void
test_known_item_that_meets_another_is_read_in_full(void **state)
{
	static const char *const known[] = { KENYA, NULL };
	static const char first[] = "[" KENYA "]", second[] = "[" BURUNDI "]";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT, all = EPING_ROWS_INIT;
	AUTO_ITEMS items = { .v = NULL }, expected = { .v = NULL };
	struct error err;

	(void)state;
	held = known;
	assert_int_equal(read_page(first, strlen(first), &rows, &err), 0);
	assert_int_equal(read_page(second, strlen(second), &rows, &err), 0);
	eping_join(&rows, &items);
	assert_int_equal(eping_api_rows(first, strlen(first), &all, &err), 0);
	assert_int_equal(eping_api_rows(second, strlen(second), &all, &err), 0);
	eping_join(&all, &expected);
	assert_int_equal(items.n, 1);
	assert_false(items.v[0].known);
	assert_string_equal(items.v[0].notice.variants.v[0].value, "Wheat flour");
	assert_true(notice_equal(&items.v[0].notice, &expected.v[0].notice));
	assert_true(items.v[0].notice.known == expected.v[0].notice.known);
	assert_string_equal(buf_str(&items.v[0].raw), buf_str(&expected.v[0].raw));
}

static void
test_known_item_that_comes_twice_is_one(void **state)
{
	static const char *const known[] = { TOYS, NULL };
	static const char page[] = "[" TOYS "," TOYS "]";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_ITEMS items = { .v = NULL };
	struct error err;

	(void)state;
	held = known;
	assert_int_equal(read_page(page, strlen(page), &rows, &err), 0);
	eping_join(&rows, &items);
	assert_int_equal(items.n, 1);
	assert_int_equal(items.problems.n, 0);
	assert_string_equal(buf_str(&items.v[0].raw), TOYS);
}

/* Bytes that the host says it has are not read when the page is; they may be no JSON all the same. */
#define BROKEN "{\"id\":3,\"documentSymbol\":\"G/TBT/N/BDI/608, G/TBT/N/KEN/1816\",\"notifyingMember\":\"Kenya\",\"distributionDate\":\"2025-06-12\",\"title\":Wheat}"

static void
test_known_item_that_cannot_be_read_costs_only_itself(void **state)
{
	static const char *const known[] = { BROKEN, NULL };
	static const char page[] = "[" TOYS "," BROKEN "," BURUNDI "]";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_ITEMS items = { .v = NULL };
	struct error err;

	(void)state;
	held = known;
	assert_int_equal(read_page(page, strlen(page), &rows, &err), 0);
	assert_int_equal(rows.n, 3);
	eping_join(&rows, &items);
	assert_int_equal(items.n, 2);
	assert_int_equal(items.bad, 1);
	assert_int_equal(items.problems.n, 1);
	assert_string_equal(items.problems.v[0], "item 2: line 1, column 132: invalid token near 'Wheat'");
	assert_string_equal(buf_str(&items.v[1].raw), BURUNDI);
	assert_string_equal(items.v[1].notice.title.s, "Flour");
	assert_false(items.v[1].known);
}

static void
test_known_item_that_comes_twice_and_cannot_be_read_is_none(void **state)
{
	static const char *const known[] = { BROKEN, NULL };
	static const char page[] = "[" BROKEN "," TOYS "," BROKEN "]";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	AUTO_ITEMS items = { .v = NULL };
	struct error err;

	(void)state;
	held = known;
	assert_int_equal(read_page(page, strlen(page), &rows, &err), 0);
	eping_join(&rows, &items);
	assert_int_equal(items.n, 1);
	assert_int_equal(items.bad, 2);
	assert_int_equal(items.problems.n, 2);
	assert_string_equal(items.v[0].notice.id, "G/TBT/N/IND/374");
}

static void
test_item_whose_symbol_is_written_with_escapes_is_read(void **state)
{
	static const char *const known[] = { ESCAPED, NULL };
	static const char page[] = "[" ESCAPED "]";
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT;
	struct error err;

	(void)state;
	held = known;
	assert_int_equal(read_page(page, strlen(page), &rows, &err), 0);
	assert_string_equal(rows.v[0].notice.title.s, "Rice");
}

/* With and without a host that knows: the same answer, but for what is read of known items. */
static bool
assert_same_verdict(const char *page, size_t n)
{
	AUTO_EPING_ROWS rows = EPING_ROWS_INIT, all = EPING_ROWS_INIT;
	struct error err = { 0 }, expected = { 0 };
	int rc = eping_api_rows(page, n, &all, &expected);
	bool brief = false;

	assert_int_equal(read_page(page, n, &rows, &err), rc);
	assert_string_equal(err.text, expected.text);
	assert_int_equal(rows.n, all.n);
	assert_int_equal(rows.bad, all.bad);
	assert_int_equal(rows.problems.n, all.problems.n);
	for (size_t i = 0; i < rows.n; i++) {
		assert_string_equal(rows.v[i].key, all.v[i].key);
		assert_string_equal(rows.v[i].member, all.v[i].member);
		assert_string_equal(rows.v[i].member_name, all.v[i].member_name);
		assert_string_equal(buf_str(&rows.v[i].raw), buf_str(&all.v[i].raw));
		assert_true(rows.v[i].id == all.v[i].id && rows.v[i].number == all.v[i].number);
		brief = brief || rows.v[i].complete != NULL;
		if (rows.v[i].complete != NULL)
			assert_int_equal(rows.v[i].complete(&rows.v[i], &err), 0);
		assert_true(notice_equal(&rows.v[i].notice, &all.v[i].notice));
		assert_true(rows.v[i].notice.known == all.v[i].notice.known);
	}
	return brief;
}

static void
test_damaged_page_is_judged_as_if_nothing_were_known(void **state)
{
	static const char *const known[] = { TOYS, MILK, NULL };
	static const char good[] = "\xef\xbb\xbf{\"a\":[{\"items\":[" TOYS "]}], \"items\":[" TOYS ",\n" MILK ", " BURUNDI "],\n\"s\":\"\\\"items\\\":[" "\"}";
	static const char *const odd[] = { "[" TOYS " " MILK "]", "[" TOYS "," MILK, "[" TOYS ",]", "[" TOYS "]]", "[[" TOYS "]]", "{\"items\":[" TOYS "],\"items\":[]}",
		"{\"items\":{\"a\":" TOYS "}}", "[" TOYS "]x", "[" TOYS ",7]" };
	uint32_t seed = 7;
	size_t brief = 0;

	(void)state;
	held = known;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		assert_same_verdict(odd[i], strlen(odd[i]));
	for (int round = 0; round < 4000; round++) {
		char page[sizeof(good)];
		size_t changes;

		memcpy(page, good, sizeof(page));
		seed = seed * 1103515245 + 12345;
		changes = (seed >> 16) % 3;
		for (size_t i = 0; i < changes; i++) {
			seed = seed * 1103515245 + 12345;
			page[(seed >> 8) % (sizeof(page) - 1)] = "{}[]\",:\\a 1"[(seed >> 4) % 12];	/* NUL too */
		}
		brief += assert_same_verdict(page, sizeof(page) - 1 - (round % 5 == 0 ? (seed >> 10) % 40 : 0));
	}
	assert_in_range(brief, 1000, 3999);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_item_tells_who_it_is_and_its_days_only),
		cmocka_unit_test(test_known_item_that_meets_another_is_read_in_full),
		cmocka_unit_test(test_known_item_that_comes_twice_is_one),
		cmocka_unit_test(test_known_item_that_cannot_be_read_costs_only_itself),
		cmocka_unit_test(test_known_item_that_comes_twice_and_cannot_be_read_is_none),
		cmocka_unit_test(test_item_whose_symbol_is_written_with_escapes_is_read),
		cmocka_unit_test(test_damaged_page_is_judged_as_if_nothing_were_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
