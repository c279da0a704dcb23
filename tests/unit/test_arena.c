#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../lib/base/arena.h"

/* Things of odd sizes between texts: none lies upon another, and each is aligned for what needs it most. */
static void
test_things_lie_apart_and_aligned(void **state)
{
	enum { MANY = 60000 };
	static struct thing { uint64_t number; long double exact; char tail[3]; } *things[MANY];
	static const char *texts[MANY];
	struct arena a = ARENA_INIT;
	char text[] = "0123456789abcdefghij";

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		things[i] = arena_alloc(&a, sizeof(struct thing));
		assert_int_equal((uintptr_t)things[i] % _Alignof(max_align_t), 0);
		memset(things[i], 0xff, sizeof(struct thing));
		things[i]->number = i;
		texts[i] = arena_text(&a, text + i % 20);
	}
	for (size_t i = 0; i < MANY; i++) {
		assert_int_equal(things[i]->number, i);
		assert_string_equal(texts[i], text + i % 20);
	}
	arena_clear(&a);
	assert_null(a.last);
}

static void
test_what_is_larger_than_a_block_has_its_own(void **state)
{
	struct arena a = ARENA_INIT;
	const size_t sizes[] = { 1, (size_t)64 << 10, ((size_t)2 << 20) - 24, (size_t)2 << 20, (size_t)5 << 20, 0, 1 };
	unsigned char *p[7];

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		p[i] = arena_alloc(&a, sizes[i]);
		memset(p[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < 7; i++)
		for (size_t k = 0; k < sizes[i]; k += 4093)
			assert_int_equal(p[i][k], i + 1);
	assert_string_equal(arena_text(&a, ""), "");
	arena_clear(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_things_lie_apart_and_aligned),
		cmocka_unit_test(test_what_is_larger_than_a_block_has_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
