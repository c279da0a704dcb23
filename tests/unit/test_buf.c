#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/strv.h"

static void
test_buf_is_terminated_and_empty_before_use(void **state)
{
	AUTO_BUF b = BUF_INIT;

	(void)state;
	assert_string_equal(buf_str(&b), "");
	buf_addf(&b, "%d-%s", 7, "x");
	buf_addc(&b, ' ');
	buf_trim(&b);
	assert_string_equal(buf_str(&b), "7-x");
	assert_int_equal(b.len, 3);
}

static void
test_buf_grows_and_holds_nul_bytes(void **state)
{
	AUTO_BUF b = BUF_INIT;

	(void)state;
	buf_adds(&b, NULL);
	buf_add(&b, NULL, 0);
	assert_string_equal(b.data, "");
	for (int i = 0; i < 1000; i++)
		buf_addc(&b, (char)('a' + i % 26));
	buf_add(&b, "\0x", 2);
	assert_int_equal(b.len, 1002);
	assert_memory_equal(b.data + 998, "kl\0x", 5);
	buf_reserve(&b, 5000);
	assert_true(b.cap > b.len + 5000);
	assert_int_equal(b.len, 1002);
}

static void
test_strv_split_trims_and_drops_empty_parts(void **state)
{
	AUTO_STRV s = STRV_INIT;
	AUTO_BUF b = BUF_INIT;

	(void)state;
	strv_split(&s, " b, a ,, b ", ",");
	strv_join(&s, "|", &b);
	assert_string_equal(buf_str(&b), "b|a|b");
	strv_sort(&s);
	buf_reset(&b);
	strv_join(&s, "|", &b);
	assert_string_equal(buf_str(&b), "a|b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buf_is_terminated_and_empty_before_use),
		cmocka_unit_test(test_buf_grows_and_holds_nul_bytes),
		cmocka_unit_test(test_strv_split_trims_and_drops_empty_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
