#include "net_harness.h"

#include "lib/deliver/webhook.h"

#define SECRET "key of the test"
#define BODY "{\"a\":1}\n"
#define PATH_SECRET "T024/B99/x7SeCrEt"

/* echo '{"a":1}' | openssl dgst -sha256 -hmac 'key of the test' */
#define SIGNATURE "6f4ce4bf4140df533c7e18ee972764b38b7da5de5fff74a15e545bef98a24cb8"

static const struct message message = { BODY, sizeof(BODY) - 1, "a1@example.org", 1764568800 };

static long asked_wait;	/* of the last post */

static enum outcome
post(const char *path, const char *secret, struct error *why)
{
	AUTO_FREE char *url = xasprintf("http://%s%s", server.main, path);
	const struct webhook_options o = { .url = url, .secret = secret };
	enum outcome outcome = deliver_webhook(net, &o, &message, &asked_wait, why);

	neutral(why->text);
	return outcome;
}

/* The server's log but for what differs from run to run. */
static char *
asked(void)
{
	char *log = server_log(), *p = strstr(log, " connection=");

	assert_non_null(p);
	memmove(p, strchr(p, '\n'), strlen(strchr(p, '\n')) + 1);
	return neutral(log);
}

static void
test_webhook_is_a_signed_post_of_json(void **state)
{
	AUTO_FREE char *log = NULL;
	struct error why = { 0 };

	(void)state;
	forget_log();
	assert_int_equal(post("/plain", SECRET, &why), DELIVER_SENT);
	log = asked();
	assert_string_equal(log, "MAIN POST /plain HTTP/1.1\nHost: MAIN\nUser-Agent: regwatch/9.9 (+watch@example.org)\nAccept: */*\n"
	    "Accept-Encoding: gzip, deflate\nContent-Type: application/json\nX-Regwatch-Signature: sha256=" SIGNATURE "\nContent-Length: 8\n[" BODY "]\n");
}

static void
test_webhook_without_a_secret_bears_no_signature(void **state)
{
	AUTO_FREE char *log = NULL;
	struct error why = { 0 };

	(void)state;
	forget_log();
	assert_int_equal(post("/empty", NULL, &why), DELIVER_SENT);
	log = asked();
	assert_null(strstr(log, "Signature"));
	assert_non_null(strstr(log, "[" BODY "]"));
}

static void
test_webhook_answer_decides(void **state)
{
	static const struct { int code; enum outcome outcome; } rows[] = {
		{ 200, DELIVER_SENT }, { 201, DELIVER_SENT }, { 202, DELIVER_SENT }, { 299, DELIVER_SENT },
		{ 400, DELIVER_REFUSED }, { 401, DELIVER_REFUSED }, { 404, DELIVER_REFUSED }, { 410, DELIVER_REFUSED }, { 499, DELIVER_REFUSED },
		{ 408, DELIVER_LATER }, { 425, DELIVER_LATER }, { 429, DELIVER_LATER },
		{ 500, DELIVER_LATER }, { 502, DELIVER_LATER }, { 503, DELIVER_LATER }, { 599, DELIVER_LATER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		AUTO_FREE char *path = xasprintf("/code?%d", rows[i].code);
		AUTO_FREE char *text = rows[i].outcome == DELIVER_SENT ? xstrdup("") : xasprintf("'http://MAIN/...': answers %d", rows[i].code);
		struct error why = { 0 };

		assert_int_equal(post(path, SECRET, &why), rows[i].outcome);
		assert_string_equal(why.text, text);
	}
}

static void
test_webhook_that_asks_for_a_pause_is_heard(void **state)
{
	static const struct { const char *path; long wait; } rows[] = {
		{ "/429", 2 }, { "/429-bad", 0 }, { "/code?503", 7 }, { "/code?404", 0 /* refused: nothing to try again */ }, { "/code?200", 0 }, { "/empty", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct error why = { 0 };

		asked_wait = -1;
		(void)post(rows[i].path, SECRET, &why);
		assert_int_equal(asked_wait, rows[i].wait);
	}
}

static void
test_webhook_follows_no_redirect(void **state)
{
	static const char *const paths[] = { "/hop", "/hop-303", "/hop-308", "/away" };
	static const char *const codes[] = { "302", "303", "308", "302" };

	(void)state;
	forget_log();
	for (size_t i = 0; i < 4; i++) {
		AUTO_FREE char *text = xasprintf("'http://MAIN/...': answers %s, a redirect, which is not followed", codes[i]);
		struct error why = { 0 };

		assert_int_equal(post(paths[i], SECRET, &why), DELIVER_LATER);
		assert_string_equal(why.text, text);
	}
	{
		AUTO_FREE char *log = server_log();

		assert_int_equal(count(log, " HTTP/1.1 "), 4);
		assert_null(strstr(log, "/echo"));
		assert_null(strstr(log, "OTHER"));
	}
}

static void
test_webhook_never_shows_its_path(void **state)
{
	static const char *const paths[] = { "/silent/../" PATH_SECRET, "/" PATH_SECRET "?token=abc", "/silent?" PATH_SECRET, "/not-http?" PATH_SECRET };
	const struct webhook_options closed = { .url = "http://127.0.0.1:1/" PATH_SECRET };
	struct error why = { 0 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct error now = { 0 };

		assert_int_not_equal(post(paths[i], SECRET, &now), DELIVER_SENT);
		assert_null(strstr(now.text, "SeCrEt"));
		assert_int_equal(strncmp(now.text, "'http://MAIN/...': ", 19), 0);
	}
	assert_int_equal(deliver_webhook(net, &closed, &message, &asked_wait, &why), DELIVER_LATER);
	assert_null(strstr(why.text, "SeCrEt"));
	why.text[strlen("'http://127.0.0.1:1/...': Failed to connect")] = '\0';
	assert_string_equal(why.text, "'http://127.0.0.1:1/...': Failed to connect");
}

static void
test_webhook_that_does_not_answer_is_for_later(void **state)
{
	const struct net_options quick = { .answer_seconds = 0.3 };
	struct error why = { 0 };

	(void)state;
	reopen(&quick);
	assert_int_equal(post("/silent", SECRET, &why), DELIVER_LATER);
	assert_string_equal(why.text, "'http://MAIN/...': no complete answer within 1 seconds");
}

static void
test_webhook_label_shows_the_host_alone(void **state)
{
	static const struct { const char *url, *label; } rows[] = {
		{ "https://hooks.example.org/services/T0/B1/secret?x=1", "https://hooks.example.org/..." },
		{ "https://user:password@hooks.example.org:8443/a", "https://hooks.example.org:8443/..." },
		{ "http://127.0.0.1:80/a", "http://127.0.0.1/..." },
		{ "ftp://example.org/secret", "..." },
		{ "secret", "..." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		AUTO_BUF label = BUF_INIT;

		webhook_label(rows[i].url, &label);
		assert_string_equal(buf_str(&label), rows[i].label);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		NET_TEST(test_webhook_is_a_signed_post_of_json),
		NET_TEST(test_webhook_without_a_secret_bears_no_signature),
		NET_TEST(test_webhook_answer_decides),
		NET_TEST(test_webhook_that_asks_for_a_pause_is_heard),
		NET_TEST(test_webhook_follows_no_redirect),
		NET_TEST(test_webhook_never_shows_its_path),
		NET_TEST(test_webhook_that_does_not_answer_is_for_later),
		cmocka_unit_test(test_webhook_label_shows_the_host_alone),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
