#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/base/alloc.h"
#include "../../lib/base/error.h"
#include "../../lib/base/relay.h"

/* A maker of the numbers from 1 that fails after 'count' of them when 'fails'; a taker that refuses number 'refused'. */
struct counting {
	int count, refused, taken;
	int fails;
	int given;	/* read once the maker has ended */
};

static int dropped;	/* by both threads */

static void
drop(void *thing)
{
	__atomic_add_fetch(&dropped, 1, __ATOMIC_SEQ_CST);
	free(thing);
}

static int
make(void *ctx, struct relay *r, struct error *err)
{
	struct counting *c = ctx;

	while (c->given < c->count) {
		int *number = xmalloc(sizeof(*number)), rc;

		*number = ++c->given;
		if ((rc = relay_give(r, number, err)) < 0)
			return rc;
	}
	return c->fails ? error_set(err, ERR_DATA, "no number after %d", c->given) : 0;
}

static int
take(void *ctx, void *thing, struct error *err)
{
	struct counting *c = ctx;

	if (*(int *)thing == c->refused)
		return error_set(err, ERR_IO, "number %d is refused", c->refused);
	assert_int_equal(*(int *)thing, ++c->taken);
	return 0;
}

static int
run(struct counting *c, size_t room, struct error *err)
{
	const struct relay_ends ends = { make, take, drop, c };

	dropped = 0;
	return relay_run(&ends, room, err);
}

static void
test_all_that_is_made_is_taken_in_order(void **state)
{
	struct error err;

	(void)state;
	for (size_t room = 1; room <= 16; room++) {
		struct counting c = { .count = 1000 };

		assert_int_equal(run(&c, room, &err), 0);
		assert_int_equal(c.taken, 1000);
		assert_int_equal(dropped, 1000);
	}
}

static void
test_nothing_made_is_no_failure(void **state)
{
	struct counting c = { .count = 0 };
	struct error err;

	(void)state;
	assert_int_equal(run(&c, 2, &err), 0);
	assert_int_equal(c.taken, 0);
}

static void
test_what_was_made_before_a_failure_is_taken(void **state)
{
	struct counting c = { .count = 100, .fails = 1 };
	struct error err;

	(void)state;
	assert_int_equal(run(&c, 3, &err), ERR_DATA);
	assert_string_equal(err.text, "no number after 100");
	assert_int_equal(c.taken, 100);
	assert_int_equal(dropped, 100);
}

static void
test_a_refusal_ends_the_maker_and_frees_what_waits(void **state)
{
	struct counting c = { .count = 1000000, .refused = 50 };
	struct error err;

	(void)state;
	assert_int_equal(run(&c, 4, &err), ERR_IO);
	assert_string_equal(err.text, "number 50 is refused");
	assert_int_equal(c.taken, 49);
	assert_true(c.given <= 50 + 4 + 1);
	assert_int_equal(dropped, c.given);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_that_is_made_is_taken_in_order),
		cmocka_unit_test(test_nothing_made_is_no_failure),
		cmocka_unit_test(test_what_was_made_before_a_failure_is_taken),
		cmocka_unit_test(test_a_refusal_ends_the_maker_and_frees_what_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
