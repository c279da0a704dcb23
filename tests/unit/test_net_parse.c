/* The pure parts of lib/base/net. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#include "lib/base/cleanup.h"
#include "lib/base/net_private.h"
#include "lib/base/strv.h"

#define NOON 784111777	/* Sun, 06 Nov 1994 08:49:37 GMT, the example date of RFC 9110 */

static void
test_retry_after_takes_seconds_and_the_three_http_dates(void **state)
{
	(void)state;
	assert_int_equal(net_parse_retry_after("0", NOON), 0);
	assert_int_equal(net_parse_retry_after(" 120 ", NOON), 120);
	assert_int_equal(net_parse_retry_after("999999999999999999999", NOON), INT32_MAX);
	assert_int_equal(net_parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", NOON - 60), 60);
	assert_int_equal(net_parse_retry_after("Sunday, 06-Nov-94 08:49:37 GMT", NOON - 60), 60);
	assert_int_equal(net_parse_retry_after("Sun Nov  6 08:49:37 1994", NOON - 60), 60);
	assert_int_equal(net_parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", NOON + 1), 0);
}

static void
test_retry_after_nonsense_is_told_apart(void **state)
{
	static const char *const bad[] = { "", " ", "soon", "-1", "+2", "2.5", "2s", "1 2", "0x10", "Sun", "Sun, 99 Foo 1994 08:49:37 GMT",
		"1994-11-06", "Sunday :" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(net_parse_retry_after(bad[i], 0), -2);
	assert_int_equal(net_parse_retry_after("20", NOON), 20);	/* seconds, not the 20th */
}

static void
assert_type(const char *value, const char *type, const char *charset)
{
	AUTO_FREE char *t = NULL, *c = NULL;

	net_parse_type(value, &t, &c);
	assert_string_equal(t, type);
	assert_string_equal(c, charset);
}

static void
test_the_media_type_is_split_from_its_charset(void **state)
{
	(void)state;
	assert_type(NULL, "", "");
	assert_type("", "", "");
	assert_type("Application/JSON", "application/json", "");
	assert_type("text/html;charset=UTF-8", "text/html", "utf-8");
	assert_type("text/html ; a=b ; Charset=\"Windows-1252\"; x", "text/html", "windows-1252");
	assert_type("text/html; charset=", "text/html", "");
	assert_type("text/html; charset=\"", "text/html", "");
	assert_type("text/html; xcharset=a; charset=b", "text/html", "b");
}

static void
assert_host(const char *url, const char *expected)
{
	AUTO_FREE char *host = net_url_host(url);

	if (expected == NULL)
		assert_null(host);
	else
		assert_string_equal(host, expected);
}

static void
test_the_host_of_a_url_is_in_one_form(void **state)
{
	(void)state;
	assert_host("https://Members.WTO.org/a?b#c", "members.wto.org");
	assert_host("HTTPS://u:p@Example.org:443/", "example.org");
	assert_host("http://example.org:443/", "example.org:443");
	assert_host("http://127.0.0.1:8080", "127.0.0.1:8080");
	assert_host("https://[2001:DB8::1]:8443/", "[2001:db8::1]:8443");
	assert_host("https://0x7f.1/", "127.0.0.1");
	assert_host("https://good.org@evil.org/", "evil.org");
}

static void
test_what_is_no_http_url_has_no_host(void **state)
{
	static const char *const bad[] = { "", "example.org", "file:///etc/passwd", "ftp://a/", "javascript:alert(1)", "https://", "https:///x", "https:/x", "https:x",
		"https://a b/", "https://a\nb/", "https://a:99999/", "https://a:0/", "https://a:b/", "https://z\xc3\xbcrich.example/", "//a/x", "/x",
		"https://a%0ab/", "https://a%2fb/", "mailto:a@b.org" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (net_url_host(bad[i]) != NULL)
			fail_msg("%s", bad[i]);
}

static void
test_a_query_value_is_escaped_whole(void **state)
{
	AUTO_BUF b = BUF_INIT;

	(void)state;
	net_url_escape("G/TBT/N/USA/1 & a=b+c%\xc3\xa9\n~-._Z9", &b);
	assert_string_equal(buf_str(&b), "G%2FTBT%2FN%2FUSA%2F1%20%26%20a%3Db%2Bc%25%C3%A9%0A~-._Z9");
}

static void
assert_masked(const char *url, const char *expected)
{
	AUTO_BUF b = BUF_INIT;

	net_url_mask(url, &b);
	assert_string_equal(buf_str(&b), expected);
}

static void
test_secrets_of_a_url_are_masked(void **state)
{
	(void)state;
	assert_masked("https://a.org/x?keywords=a&page=2", "https://a.org/x?keywords=a&page=2");
	assert_masked("https://user:p@ss@a.org/x@y#frag", "https://...@a.org/x@y");
	assert_masked("https://a.org?key=1&KEY=2&X-Token=3&q=4&sig=&flag", "https://a.org?key=...&KEY=...&X-Token=...&q=4&sig=...&flag");
	assert_masked("https://a.org/?subscription-key=1#token=2", "https://a.org/?subscription-key=...");
	assert_masked("//user:pw@a.org/", "//...@a.org/");
	assert_masked("user:pw@a.org/", "...@a.org/");
	assert_masked("https:///user:pw@a.org/", "https:///...@a.org/");
	assert_masked("https:/user:pw@a.org/", "https:/...@a.org/");
	assert_masked("/x?next=https://u:p@b/", "/x?next=https://u:p@b/");
	assert_masked("https://a.org/\n\x1b[31m", "https://a.org/??[31m");
	assert_masked("", "");
}

static void
test_a_long_url_is_cut_in_messages(void **state)
{
	AUTO_BUF url = BUF_INIT, masked = BUF_INIT;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_addc(&url, 'a');
	net_url_mask(url.data, &masked);
	assert_int_equal(masked.len, 303);
	assert_string_equal(masked.data + 299, "a...");
}

static bool
is_public(const char *text)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return net_address_public((const struct sockaddr *)&v4);
	assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
	return net_address_public((const struct sockaddr *)&v6);
}

static void
test_addresses_of_the_public_internet_pass(void **state)
{
	static const char *const good[] = { "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
		"128.0.0.1", "172.15.255.255", "172.32.0.0", "169.253.0.1", "192.167.1.1", "192.169.0.0", "198.17.255.255", "198.20.0.0",
		"223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "2001:200::1", "2001:4860:4860::8888", "64:ff9b::8.8.8.8" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!is_public(good[i]))
			fail_msg("%s", good[i]);
}

static void
test_all_other_addresses_do_not(void **state)
{
	static const char *const bad[] = { "0.0.0.0", "0.1.2.3", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
		"127.255.255.255", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1",
		"198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1",
		"2001:1ff::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "4000::1" };
	const struct sockaddr local = { .sa_family = AF_UNIX };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (is_public(bad[i]))
			fail_msg("%s", bad[i]);
	assert_false(net_address_public(&local));
}

static void
test_a_listed_host_is_that_host_alone(void **state)
{
	AUTO_NET_URL u = NET_URL_INIT, odd = NET_URL_INIT;

	(void)state;
	assert_int_equal(net_url_parse(&u, "https://docs.wto.org/x", NULL, NULL), 0);
	assert_true(net_url_is_at(&u, "docs.wto.org", false));
	assert_true(net_url_is_at(&u, "DOCS.wto.org:443", false));
	assert_false(net_url_is_at(&u, "docs.wto.org:80", false));
	assert_false(net_url_is_at(&u, "docs.wto.org:", true));
	assert_false(net_url_is_at(&u, "docs.wto.org:443x", true));
	assert_false(net_url_is_at(&u, "docs.wto.org.evil.org", true));
	assert_false(net_url_is_at(&u, "wto.org", true));
	assert_false(net_url_is_at(&u, "", true));
	assert_int_equal(net_url_parse(&odd, "https://docs.wto.org:8443/x", NULL, NULL), 0);
	assert_false(net_url_is_at(&odd, "docs.wto.org", false));
	assert_true(net_url_is_at(&odd, "docs.wto.org", true));
	assert_true(net_url_is_at(&odd, "docs.wto.org:8443", false));
	assert_false(net_url_same_origin(&u, &odd));
}

static int
hop(const struct net_request *req, const char *from, const char *to, struct error *err)
{
	AUTO_NET_URL a = NET_URL_INIT, b = NET_URL_INIT;

	assert_int_equal(net_url_parse(&a, from, NULL, err), 0);
	assert_int_equal(net_url_parse(&b, to, from, err), 0);
	return net_guard_hop(req, &a, &b, err);
}

static void
test_a_redirect_may_gain_but_not_lose_encryption(void **state)
{
	AUTO_STRV hosts = STRV_INIT;
	const struct net_request listed = { .hosts = &hosts, .configured_host = "a.org" }, alone = { .configured_host = "a.org" };
	struct error err;

	(void)state;
	strv_add(&hosts, "a.org");
	assert_int_equal(hop(&listed, "http://a.org/", "https://a.org/", &err), 0);
	assert_int_equal(hop(&alone, "http://a.org/", "https://a.org/", &err), ERR_DATA);
	assert_int_equal(hop(&alone, "http://a.org/", "/x", &err), 0);
	assert_int_equal(hop(&listed, "https://a.org/", "http://a.org/?key=1", &err), ERR_DATA);
	assert_string_equal(err.text, "redirects from https to plain http: 'http://a.org/?key=...'");
	assert_int_equal(hop(&listed, "https://a.org/", "//a.org:8443/", &err), ERR_DATA);
	assert_string_equal(err.text, "redirects to another origin: 'https://a.org:8443/'");
}

static void
test_a_header_line_is_one_line_with_name_and_value(void **state)
{
	(void)state;
	assert_true(net_header_line_valid("X-Key: a\tb"));
	assert_true(net_header_line_valid("X-Key:a"));
	assert_false(net_header_line_valid("X-Key:"));
	assert_false(net_header_line_valid("X-Key: \t"));
	assert_false(net_header_line_valid(": a"));
	assert_false(net_header_line_valid("X Key: a"));
	assert_false(net_header_line_valid("X-Key: a\r\nB: c"));
	assert_false(net_header_line_valid("X-Key: a\nb"));
	assert_false(net_header_line_valid("X-Key: a\x7f"));
	assert_false(net_header_line_valid("plain"));
}

static void
test_a_packed_stream_unpacks_byte_by_byte(void **state)
{
	/* "hello" by RFC 1952: one stored block, its CRC-32 3610a686 and length. */
	static const unsigned char packed[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 5, 0, 0xfa, 0xff, 'h', 'e', 'l', 'l', 'o', 0x86, 0xa6, 0x10,
		0x36, 5, 0, 0, 0 };
	struct net_unpack *u = net_unpack_new("GZIP", NULL);
	AUTO_BUF out = BUF_INIT;

	(void)state;
	assert_int_equal(net_unpack_end(u, NULL), 0);
	for (size_t i = 0; i < sizeof(packed); i++) {
		if (i > 0)
			assert_int_equal(net_unpack_end(u, NULL), ERR_AGAIN);
		assert_int_equal(net_unpack_add(u, packed + i, 1, 5, &out, NULL), 0);
	}
	assert_int_equal(net_unpack_end(u, NULL), 0);
	assert_string_equal(buf_str(&out), "hello");
	net_unpack_free(u);
	net_unpack_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_retry_after_takes_seconds_and_the_three_http_dates),
		cmocka_unit_test(test_retry_after_nonsense_is_told_apart),
		cmocka_unit_test(test_the_media_type_is_split_from_its_charset),
		cmocka_unit_test(test_the_host_of_a_url_is_in_one_form),
		cmocka_unit_test(test_what_is_no_http_url_has_no_host),
		cmocka_unit_test(test_a_query_value_is_escaped_whole),
		cmocka_unit_test(test_secrets_of_a_url_are_masked),
		cmocka_unit_test(test_a_long_url_is_cut_in_messages),
		cmocka_unit_test(test_addresses_of_the_public_internet_pass),
		cmocka_unit_test(test_all_other_addresses_do_not),
		cmocka_unit_test(test_a_listed_host_is_that_host_alone),
		cmocka_unit_test(test_a_redirect_may_gain_but_not_lose_encryption),
		cmocka_unit_test(test_a_header_line_is_one_line_with_name_and_value),
		cmocka_unit_test(test_a_packed_stream_unpacks_byte_by_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
