#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/message.h"

static void
assert_filter(const char *in, const char *expected)
{
	AUTO_BUF out = BUF_INIT;

	message_filter(in, &out);
	assert_string_equal(buf_str(&out), expected);
}

static void
test_filter_shows_what_a_terminal_would_obey(void **state)
{
	(void)state;
	assert_filter("a\nb\tc\rd", "a\nb\\tc\\rd");
	assert_filter("\x1b[31m\x07\x7f", "\\x1b[31m\\x07\\x7f");
	assert_filter("\xc2\x9b" "31m", "\\u009b31m");
	assert_filter("a\xe2\x80\xae" "b\xe2\x81\xa9\xe2\x80\x8b\xe2\x80\xa8", "a\\u202eb\\u2069\\u200b\\u2028");
	assert_filter("\xff\xe2\x82" "A \xc3\xa9", "\\xff\\xe2\\x82A \xc3\xa9");
	assert_filter("", "");
	assert_filter("a whole line, ~100 % plain", "a whole line, ~100 % plain");
	assert_filter("plain\x1bplain\xe2\x80\xae", "plain\\x1bplain\\u202e");
	assert_filter("\xe6\x97\xa5 and\xe6\x97\xa5\n\xe2\x82", "\xe6\x97\xa5 and\xe6\x97\xa5\n\\xe2\\x82");
}

static void
test_filter_hides_the_user_part_of_urls(void **state)
{
	(void)state;
	assert_filter("smtp://me:pa@ss@host:25/x", "smtp://...@host:25/x");
	assert_filter("https://key@h and ftp://a:b@c.", "https://...@h and ftp://...@c.");
	assert_filter("https://h/@user?q=a@b //", "https://h/@user?q=a@b //");
	assert_filter("http://h a@b", "http://h a@b");
	assert_filter("//u:p@//u:p@/ a/b //", "//...@//...@/ a/b //");
	assert_filter("\xc3\xa9//u:p@\x1b", "\xc3\xa9//...@\\x1b");
}

/* What the function writes to stderr. */
static void
capture(void (*say)(void), struct buf *out)
{
	FILE *f = tmpfile();
	int saved = dup(STDERR_FILENO), c;

	assert_non_null(f);
	assert_true(dup2(fileno(f), STDERR_FILENO) >= 0);
	say();
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	close(saved);
	rewind(f);
	while ((c = fgetc(f)) != EOF)
		buf_addc(out, (char)c);
	fclose(f);
}

static void
say_all(void)
{
	message_error("one %s", "a\nb\x1b");
	message_warn("two");
	message_info("three");
	message_debug("four");
}

static void
test_message_is_one_line_and_obeys_the_verbosity(void **state)
{
	static const char *const expected[] = {
		"regwatch: one a\\nb\\x1b\n",
		"regwatch: one a\\nb\\x1b\nregwatch: two\n",
		"regwatch: one a\\nb\\x1b\nregwatch: two\nregwatch: three\n",
		"regwatch: one a\\nb\\x1b\nregwatch: two\nregwatch: three\nregwatch: four\n",
	};

	(void)state;
	for (int level = -1; level <= 2; level++) {
		AUTO_BUF out = BUF_INIT;

		message_verbosity(level);
		assert_int_equal(message_level(), level);
		capture(say_all, &out);
		assert_string_equal(buf_str(&out), expected[level + 1]);
	}
	message_verbosity(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filter_shows_what_a_terminal_would_obey),
		cmocka_unit_test(test_filter_hides_the_user_part_of_urls),
		cmocka_unit_test(test_message_is_one_line_and_obeys_the_verbosity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
