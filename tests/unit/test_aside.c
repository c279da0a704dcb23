#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/base/aside.h"
#include "../../lib/base/error.h"

struct adding {
	int sum, upto;
};

static int
add(void *ctx, struct error *err)
{
	struct adding *a = ctx;

	if (a->upto < 0)
		return error_set(err, ERR_DATA, "nothing up to %d", a->upto);
	for (int i = 1; i <= a->upto; i++)
		a->sum += i;
	return 0;
}

static void
test_aside_work_is_done_when_it_is_ended(void **state)
{
	struct adding one = { 0, 10 }, two = { 0, 100 };
	struct aside *first = aside_begin(add, &one), *second = aside_begin(add, &two);
	struct error err;

	(void)state;
	assert_int_equal(aside_end(first, &err), 0);
	assert_int_equal(one.sum, 55);
	assert_int_equal(aside_end(second, NULL), 0);
	assert_int_equal(two.sum, 5050);
}

static void
test_aside_failure_comes_with_its_text(void **state)
{
	struct adding none = { 0, -3 };
	struct error err;

	(void)state;
	assert_int_equal(aside_end(aside_begin(add, &none), &err), ERR_DATA);
	assert_int_equal(err.code, ERR_DATA);
	assert_string_equal(err.text, "nothing up to -3");
	assert_int_equal(aside_end(aside_begin(add, &none), NULL), ERR_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aside_work_is_done_when_it_is_ended), cmocka_unit_test(test_aside_failure_comes_with_its_text),
	};

	return cmocka_run_group_tests_name("aside", tests, NULL, NULL);
}
