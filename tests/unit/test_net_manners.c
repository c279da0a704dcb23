/* lib/base/net: what a request says, whom it may reach, where a redirect may lead. */
#include "net_harness.h"

static void
test_a_request_is_honest_and_plain(void **state)
{
	const struct net_request full = { .accept = "application/json", .header = "X-Key: s3cret", .etag = "\"a\"", .modified = "then" };

	(void)state;
	assert_echo(NULL, "/echo", "MAIN GET /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\n[]\n");
	assert_echo(&full, "/echo?q=a%20b", "MAIN GET /echo?q=a%20b HTTP/1.1\nHost: MAIN\n"
		"User-Agent: regwatch/9.9 (+watch@example.org)\nAccept: application/json\nAccept-Encoding: gzip, deflate\n"
		"If-None-Match: \"a\"\nIf-Modified-Since: then\nX-Key: s3cret\n[]\n");
}

static void
test_post_sends_its_body_once(void **state)
{
	const struct net_request post = { .post = "{\"a\":1}", .post_len = 7, .content_type = "application/json" };
	const struct net_request empty = { .post = "", .post_len = 0 };
	AUTO_FREE char *log = NULL;

	(void)state;
	forget_log();
	assert_answer(NULL, "/die-when-kept", 200, "first");
	assert_answer(&post, "/die-when-kept", 200, "first");	/* not on the kept connection, where it would die and be repeated */
	log = server_log();
	assert_int_equal(count(log, "POST"), 1);
	assert_echo(&post, "/echo", "MAIN POST /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\nContent-Type: application/json\nContent-Length: 7\n[{\"a\":1}]\n");
	assert_echo(&empty, "/echo", "MAIN POST /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\nContent-Type: application/octet-stream\nContent-Length: 0\n[]\n");
}

static void
test_post_follows_only_redirects_that_keep_it(void **state)
{
	const struct net_request post = { .post = "body", .post_len = 4, .content_type = "text/plain" };

	(void)state;
	assert_echo(&post, "/hop-308", "MAIN POST /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\nContent-Type: text/plain\nContent-Length: 4\n[body]\n");
	assert_failure(&post, "/hop-303", ERR_DATA, "answers a POST with a redirect (303) to '/echo'");
	assert_failure(&post, "/hop", ERR_DATA, "answers a POST with a redirect (302) to '/plain?from=hop'");
}

static void
test_cookies_are_not_kept(void **state)
{
	(void)state;
	assert_answer(NULL, "/cookie", 200, "ok");
	assert_echo(NULL, "/echo", "MAIN GET /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\n[]\n");
}

static void
test_redirects_within_the_origin_are_followed(void **state)
{
	AUTO_ANSWER a;

	(void)state;
	assert_int_equal(fetch_like(NULL, "/hop", &a, NULL), 0);
	assert_string_equal(neutral(a.url), "http://MAIN/plain?from=hop");
	assert_answer(NULL, "/hop-absolute", 200, "hello");
	assert_answer(NULL, "/steps?4", 200, "hello");
	assert_failure(NULL, "/steps?5", ERR_DATA, "more than 5 redirects, the last to '/plain'");
	assert_failure(NULL, "/loop", ERR_DATA, "redirects in a loop, to '/loop' again");
	assert_failure(NULL, "/ping", ERR_DATA, "redirects in a loop, to '/ping' again");
}

static void
test_a_redirect_elsewhere_is_refused_and_nothing_goes_there(void **state)
{
	const struct net_request keyed = { .header = "X-Key: s3cret" };
	AUTO_FREE char *log = NULL;

	(void)state;
	forget_log();
	assert_failure(&keyed, "/away", ERR_DATA, "redirects to another origin: 'http://OTHER/echo?token=...'");
	assert_failure(&keyed, "/away-scheme-relative", ERR_DATA, "redirects to another origin: 'http://OTHER/echo'");
	assert_failure(&keyed, "/away-user", ERR_DATA, "redirects to another origin: 'http://OTHER/echo'");
	assert_failure(&keyed, "/away-metadata", ERR_DATA, "redirects to another origin: 'http://169.254.169.254/latest'");
	log = server_log();
	assert_int_equal(count(log, "MAIN GET"), 4);
	assert_int_equal(count(log, "OTHER"), 0);
}

static void
test_a_redirect_to_another_name_of_the_host_is_refused(void **state)
{
	AUTO_FREE char *text = xasprintf("redirects to another origin: 'http://localhost%s/echo'", strchr(server.main, ':'));

	(void)state;
	assert_failure(NULL, "/away-name", ERR_DATA, text);
}

static void
test_a_redirect_to_another_scheme_is_refused(void **state)
{
	(void)state;
	assert_failure(NULL, "/to-file", ERR_DATA, "redirects to 'file:///etc/passwd': the scheme 'file' is not allowed");
	assert_failure(NULL, "/to-ftp", ERR_DATA, "redirects to 'ftp://127.0.0.1/x': the scheme 'ftp' is not allowed");
	assert_failure(NULL, "/to-https", ERR_DATA, "redirects to another origin: 'https://MAIN/plain'");
	assert_failure(NULL, "/to-garbage", ERR_DATA, "redirects to 'http://[::': not a URL");
}

static void
test_a_redirect_cannot_bring_credentials(void **state)
{
	(void)state;
	assert_echo(NULL, "/to-user", "MAIN GET /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\n[]\n");
}

static void
test_a_listed_host_gets_no_credentials(void **state)
{
	AUTO_STRV hosts = STRV_INIT;
	AUTO_FREE char *url = xasprintf("http://user:pw@%s/away", server.main);
	const struct net_request req = { .url = url, .header = "X-Key: s3cret", .hosts = &hosts, .configured_host = "127.0.0.1" };
	AUTO_ANSWER a;
	struct error err;
	AUTO_FREE char *log = NULL;

	(void)state;
	strv_add(&hosts, "docs.example.org");
	strv_add(&hosts, server.other);
	forget_log();
	assert_int_equal(net_fetch(net, &req, &a, &err), 0);
	assert_string_equal(neutral(a.url), "http://OTHER/echo?token=abc");
	assert_non_null(strstr(a.body.data, "OTHER GET"));
	assert_null(strstr(a.body.data, "X-Key"));
	assert_null(strstr(a.body.data, "Authorization"));
	log = server_log();
	assert_int_equal(count(log, "X-Key: s3cret"), 1);
	assert_int_equal(count(log, "Authorization: Basic dXNlcjpwdw=="), 1);
}

static void
test_a_listed_host_may_still_not_be_private(void **state)
{
	AUTO_STRV hosts = STRV_INIT;
	const struct net_request req = { .hosts = &hosts };

	(void)state;
	strv_add(&hosts, server.other);
	assert_failure(&req, "/away", ERR_DATA, "plain http to 'OTHER', a host that the configuration does not name");
}

static void
assert_refused(const char *url, const char *configured, const char *expected)
{
	const struct net_request req = { .url = url, .configured_host = configured };
	struct net_answer a;
	struct error err;

	assert_int_equal(net_fetch(net, &req, &a, &err), ERR_DATA);
	assert_string_equal(neutral(err.text), expected);
}

static void
test_private_addresses_are_refused_unless_configured(void **state)
{
	static const struct {
		const char *host, *address;
	} hosts[] = {
		{ "127.0.0.1", "127.0.0.1" }, { "10.1.2.3", "10.1.2.3" }, { "169.254.169.254", "169.254.169.254" }, { "[::1]", "::1" },
		{ "[::ffff:127.0.0.1]", "::ffff:127.0.0.1" }, { "[fd00::1]", "fd00::1" }, { "0.0.0.0", "0.0.0.0" }, { "224.0.0.1", "224.0.0.1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		AUTO_FREE char *url = xasprintf("https://%s:9/x", hosts[i].host);
		AUTO_FREE char *text = xasprintf("'%s': the host has the private address %s, and the configuration does not name it", url, hosts[i].address);

		assert_refused(url, NULL, text);
		assert_refused(url, "example.org", text);
	}
	assert_refused("https://2130706433:9/x", NULL,	/* 127.0.0.1 as one number */
		"'https://2130706433:9/x': the host has the private address 127.0.0.1, and the configuration does not name it");
}

static void
test_a_name_that_leads_to_a_private_address_is_refused(void **state)
{
	const struct net_request req = { .url = "https://localhost:9/x", .configured_host = server.main };
	struct net_answer a;
	struct error err;

	(void)state;
	assert_int_equal(net_fetch(net, &req, &a, &err), ERR_DATA);
	assert_non_null(strstr(err.text, "'https://localhost:9/x': the host has the private address "));
}

static void
test_only_http_and_only_where_configured(void **state)
{
	AUTO_FREE char *url = xasprintf("http://%s/plain", server.main);

	(void)state;
	assert_refused(url, NULL, "'http://MAIN/plain': plain http to 'MAIN', a host that the configuration does not name");
	assert_refused(url, server.other, "'http://MAIN/plain': plain http to 'MAIN', a host that the configuration does not name");
	assert_refused("file:///etc/passwd", "", "'file:///etc/passwd': the scheme 'file' is not allowed");
	assert_refused("gopher://127.0.0.1/x", "127.0.0.1", "'gopher://127.0.0.1/x': the scheme 'gopher' is not allowed");
	assert_refused("example.org/x", NULL, "'example.org/x': not a URL");
	assert_refused("", NULL, "'': not a URL");
	assert_refused("https://user:pw@/x?key=1", NULL, "'https://...@/x?key=...': not a URL");
}

static void
test_a_closed_port_is_for_later(void **state)
{
	const struct net_request req = { .url = "http://u:p@127.0.0.1:1/x?sig=1#f", .configured_host = "127.0.0.1:1" };
	struct net_answer a;
	struct error err;

	(void)state;
	assert_int_equal(net_fetch(net, &req, &a, &err), ERR_AGAIN);
	assert_non_null(strstr(err.text, "'http://...@127.0.0.1:1/x?sig=...': Failed to connect to 127.0.0.1 port 1"));
	assert_null(strstr(err.text, "u:p"));
}

static void
test_tls_is_verified_or_for_later(void **state)
{
	AUTO_FREE char *url = xasprintf("https://%s/plain", server.main);
	const struct net_request req = { .url = url, .configured_host = server.main };
	struct net_answer a;
	struct error err;

	(void)state;
	assert_int_equal(net_fetch(net, &req, &a, &err), ERR_AGAIN);
}

static void
test_nothing_can_be_put_into_the_head_of_a_request(void **state)
{
	const struct net_options options = { .contact = "a\r\nX-Evil: (1)\\\x7f\xc3\xa9", .version = "1\n2" };
	const struct net_request header = { .header = "X-Key: a\r\nX-Evil: 1" }, nameless = { .header = "s3cret" },
		accept = { .accept = "a\nX-Evil: 1" }, type = { .post = "x", .post_len = 1, .content_type = "a\r\nX-Evil: 1" },
		tag = { .etag = "\"a\"\r\nX-Evil: 1", .modified = "a\nX-Evil: 1" };

	(void)state;
	reopen(&options);
	assert_failure(&header, "/echo", ERR_CONF, "the header '(credential)' of the request would not be one proper line");
	assert_failure(&nameless, "/echo", ERR_CONF, "the header '(credential)' of the request would not be one proper line");
	assert_failure(&accept, "/echo", ERR_CONF, "the header 'Accept: ' of the request would not be one proper line");
	assert_failure(&type, "/echo", ERR_CONF, "the header 'Content-Type: ' of the request would not be one proper line");
	assert_echo(&tag, "/echo", "MAIN GET /echo HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/12 (+aX-Evil: 1)\nAccept: */*\n"
		"Accept-Encoding: gzip, deflate\n[]\n");
}

static void
test_nothing_can_be_put_into_the_url(void **state)
{
	struct net_answer a;
	struct error err;

	(void)state;
	assert_int_equal(fetch_like(NULL, "/echo\r\nX-Evil: 1", &a, &err), ERR_DATA);
	assert_string_equal(neutral(err.text), "'http://MAIN/echo??X-Evil: 1': a URL with control characters");
	assert_echo(NULL, "/echo?a b\xc3\xa9", "MAIN GET /echo?a+b%c3%a9 HTTP/1.1\nHost: MAIN\n"
		"User-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\nAccept-Encoding: gzip, deflate\n[]\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		NET_TEST(test_a_request_is_honest_and_plain),
		NET_TEST(test_post_sends_its_body_once),
		NET_TEST(test_post_follows_only_redirects_that_keep_it),
		NET_TEST(test_cookies_are_not_kept),
		NET_TEST(test_redirects_within_the_origin_are_followed),
		NET_TEST(test_a_redirect_elsewhere_is_refused_and_nothing_goes_there),
		NET_TEST(test_a_redirect_to_another_name_of_the_host_is_refused),
		NET_TEST(test_a_redirect_to_another_scheme_is_refused),
		NET_TEST(test_a_redirect_cannot_bring_credentials),
		NET_TEST(test_a_listed_host_gets_no_credentials),
		NET_TEST(test_a_listed_host_may_still_not_be_private),
		NET_TEST(test_private_addresses_are_refused_unless_configured),
		NET_TEST(test_a_name_that_leads_to_a_private_address_is_refused),
		NET_TEST(test_only_http_and_only_where_configured),
		NET_TEST(test_a_closed_port_is_for_later),
		NET_TEST(test_tls_is_verified_or_for_later),
		NET_TEST(test_nothing_can_be_put_into_the_head_of_a_request),
		NET_TEST(test_nothing_can_be_put_into_the_url),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
