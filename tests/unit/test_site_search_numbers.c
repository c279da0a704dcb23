#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/site/search_numbers.h"
#include "search_decode.h"

static void
assert_text(const uint32_t *v, size_t n, uint32_t first, const char *wanted)
{
	AUTO_BUF out = BUF_INIT;

	search_numbers(v, n, first, &out);
	assert_string_equal(buf_str(&out), wanted);
}

/* k is 0 ('#'): a 1 for each number that is passed and a 0 for each that is there. '#' stands for 0; six bits are a digit. */
static void
test_dense_numbers_are_bits(void **state)
{
	(void)state;
	assert_text((const uint32_t[]){ 0 }, 1, 0, "#B");			/* 0, filled up: 011111, 31 */
	assert_text((const uint32_t[]){ 0, 1, 2 }, 3, 0, "#*");			/* 000111, 7 */
	assert_text((const uint32_t[]){ 1, 2 }, 2, 0, "#J");			/* 100111, 39 */
	assert_text((const uint32_t[]){ 101, 102 }, 2, 100, "#J");		/* counted from 100 */
	assert_text((const uint32_t[]){ 0, 1, 2, 3, 4, 5 }, 6, 0, "##");	/* 000000, nothing to fill up */
}

/* Seven bits are a pair of digits already: 0000000111111 is 63, 0 times 91 and 63 ('c'). 13 bits of zeros are 0 and 0. */
static void
test_more_than_six_bits_are_two_digits(void **state)
{
	const uint32_t v[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 };

	(void)state;
	assert_text(v, 7, 0, "##c");
	assert_text(v, 13, 0, "###");
	assert_text(v, 14, 0, "###B");
}

/* 1,000 and 2,000 more: with k 10 ('-') 0 1111101000 and 1 0 1111001111; no other k needs as few bits as these 23. 0111110100010 is 4002, 43 ('N') and 89 ('}'),
 * 1111001111 and three 1s are 7807, 85 ('y') and 72 ('l'). */
static void
test_rare_numbers_have_a_rest(void **state)
{
	(void)state;
	assert_text((const uint32_t[]){ 1000, 3000 }, 2, 0, "-N}yl");
}

static void
test_no_number_is_a_lone_digit(void **state)
{
	(void)state;
	assert_text(NULL, 0, 0, "#");
}

/* Of all densities, with clusters and long gaps: what is read is what was written. */
static void
test_lists_are_read_as_they_were_written(void **state)
{
	static uint32_t v[3000], got[3000];
	uint64_t seed = 1;

	(void)state;
	for (uint32_t most = 1; most <= 1u << 20; most *= 4) {
		for (size_t n = 0; n <= 3000; n = n * 3 + 1) {
			AUTO_BUF out = BUF_INIT;
			uint32_t next = 7;

			for (size_t i = 0; i < n; i++) {
				seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
				v[i] = next + (uint32_t)(seed >> 33) % most * (uint32_t)(seed >> 20 & 1);
				next = v[i] + 1;
			}
			search_numbers(v, n, 7, &out);
			assert_int_equal(decode_numbers(buf_str(&out), '\0', 7, got, 3000), n);
			assert_memory_equal(got, v, n * sizeof(*v));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dense_numbers_are_bits),
		cmocka_unit_test(test_more_than_six_bits_are_two_digits),
		cmocka_unit_test(test_rare_numbers_have_a_rest),
		cmocka_unit_test(test_no_number_is_a_lone_digit),
		cmocka_unit_test(test_lists_are_read_as_they_were_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
