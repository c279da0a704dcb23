#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/sha.h"

/* FIPS 180-2, appendix B; RFC 4231, test cases 2 and 6 */
static void
test_sha256_gives_the_published_digests(void **state)
{
	char hex[SHA256_HEX];

	(void)state;
	sha256_hex("abc", 3, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_hex("", 0, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
test_hmac_gives_the_published_codes(void **state)
{
	static const char data[] = "Test Using Larger Than Block-Size Key - Hash Key First";
	char hex[SHA256_HEX], key[131];

	(void)state;
	hmac_sha256_hex("Jefe", 4, "what do ya want for nothing?", 28, hex);
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	hmac_sha256_hex(key, sizeof(key), data, sizeof(data) - 1, hex);
	assert_string_equal(hex, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256_gives_the_published_digests),
		cmocka_unit_test(test_hmac_gives_the_published_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
