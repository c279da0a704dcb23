#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/error.h"
#include "lib/base/rx.h"

static void
test_rx_reports_groups_and_absent_ones(void **state)
{
	AUTO_RX *rx = NULL;
	const char *text = "x 12/06/2025 y";
	struct rx_match m;

	(void)state;
	assert_int_equal(rx_compile("([0-9]+)/([0-9]+)(z)?", 0, &rx, NULL), 0);
	assert_true(rx_exec(rx, text, strlen(text), 0, &m, NULL));
	assert_int_equal(m.start[0], 2);
	assert_int_equal(m.end[0], 7);
	assert_int_equal(m.start[2], 5);
	assert_true(m.start[3] == (size_t)-1 && m.end[3] == (size_t)-1);
	assert_true(m.start[RX_GROUPS - 1] == (size_t)-1);
	assert_true(rx_exec(rx, text, strlen(text), 7, &m, NULL) == false);
	assert_false(rx_exec(rx, text, 3, 4, &m, NULL));
}

static void
test_rx_knows_letters_beyond_ascii(void **state)
{
	AUTO_RX *rx = NULL;
	struct rx_match m;

	(void)state;
	assert_int_equal(rx_compile("\\b\xc3\xa9t\xc3\xa9\\b", RX_CASELESS, &rx, NULL), 0);
	assert_true(rx_exec(rx, "l'\xc3\x89T\xc3\x89.", 8, 0, &m, NULL));
	assert_false(rx_exec(rx, "\xc3\xa9t\xc3\xa9\xc3\xa9", 7, 0, &m, NULL));
}

static void
test_rx_flags_are_off_unless_asked_for(void **state)
{
	AUTO_RX *plain = NULL, *lines = NULL;
	struct rx_match m;

	(void)state;
	assert_int_equal(rx_compile("^B", 0, &plain, NULL), 0);
	assert_int_equal(rx_compile("^b$", RX_MULTILINE | RX_CASELESS, &lines, NULL), 0);
	assert_false(rx_exec(plain, "a\nB\nb", 5, 0, &m, NULL));
	assert_true(rx_exec(lines, "a\nB\nb", 5, 0, &m, NULL));
	assert_int_equal(m.start[0], 2);
}

static void
test_rx_names_the_place_of_a_mistake(void **state)
{
	AUTO_RX *rx = NULL;
	struct error err;

	(void)state;
	assert_int_equal(rx_compile("ab(c", 0, &rx, &err), ERR_CONF);
	assert_null(rx);
	assert_string_equal(err.text, "pattern 'ab(c', character 5: missing closing parenthesis");
	assert_int_equal(rx_compile("\xff", 0, &rx, &err), ERR_CONF);
	assert_int_equal(rx_compile("\\C", 0, &rx, &err), ERR_CONF);
}

static void
test_rx_gives_up_at_the_limit_and_says_so(void **state)
{
	AUTO_RX *rx = NULL;
	AUTO_BUF text = BUF_INIT;
	struct rx_match m;
	bool limited = false;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_addc(&text, 'a');
	buf_addc(&text, 'b');
	assert_int_equal(rx_compile("(a+)+$", 0, &rx, NULL), 0);
	assert_false(rx_exec(rx, text.data, text.len, 0, &m, &limited));
	assert_true(limited);
	assert_false(rx_exec(rx, "b", 1, 0, &m, &limited));
	assert_false(limited);
}

static void
test_rx_passes_over_broken_text(void **state)
{
	AUTO_RX *rx = NULL;
	struct rx_match m;

	(void)state;
	assert_int_equal(rx_compile("b.", 0, &rx, NULL), 0);
	assert_true(rx_exec(rx, "\xff" "b\xe2\x82" "bc\xc3", 7, 0, &m, NULL));
	assert_int_equal(m.start[0], 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rx_reports_groups_and_absent_ones),
		cmocka_unit_test(test_rx_knows_letters_beyond_ascii),
		cmocka_unit_test(test_rx_flags_are_off_unless_asked_for),
		cmocka_unit_test(test_rx_names_the_place_of_a_mistake),
		cmocka_unit_test(test_rx_gives_up_at_the_limit_and_says_so),
		cmocka_unit_test(test_rx_passes_over_broken_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
