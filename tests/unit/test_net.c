/* lib/base/net: answers, their bounds, and time. */
#include "net_harness.h"

/* The text that the server packs. */
static char *
packed_text(void)
{
	AUTO_BUF b = BUF_INIT;

	for (int i = 0; i < 2000; i++)
		buf_adds(&b, "The quick brown fox (synthetic). ");
	return buf_take(&b);
}

static void
test_an_answer_says_what_it_is_and_whence(void **state)
{
	AUTO_ANSWER a;
	struct error err;

	(void)state;
	assert_int_equal(fetch_like(NULL, "/plain?a=1#fragment", &a, &err), 0);
	assert_int_equal(a.status, 200);
	assert_string_equal(buf_str(&a.body), "hello");
	assert_string_equal(a.type, "text/plain");
	assert_string_equal(a.charset, "iso-8859-1");
	assert_null(a.etag);
	assert_null(a.modified);
	assert_string_equal(neutral(a.url), "http://MAIN/plain?a=1");
	assert_int_equal(a.retry_after, -1);
}

static void
test_an_http_error_is_an_answer(void **state)
{
	AUTO_ANSWER a;

	(void)state;
	assert_answer(NULL, "/404", 404, "no such thing");
	assert_answer(NULL, "/500", 500, "sorry");
	assert_answer(NULL, "/empty", 204, "");
	assert_answer(NULL, "/to-nothing", 302, "moved");
	assert_int_equal(fetch_like(NULL, "/empty", &a, NULL), 0);
	assert_string_equal(a.type, "");
	assert_string_equal(a.charset, "");
}

static long
retry_after(const char *path)
{
	AUTO_ANSWER a;
	struct error err;

	assert_int_equal(fetch_like(NULL, path, &a, &err), 0);
	assert_int_equal(a.status, 429);
	return a.retry_after;
}

static void
test_retry_after_is_read_in_both_forms(void **state)
{
	long seconds;

	(void)state;
	assert_int_equal(retry_after("/429"), 2);
	assert_int_equal(retry_after("/429-bad"), -2);
	assert_int_equal(retry_after("/429-none"), -1);
	seconds = retry_after("/429-date");
	assert_in_range(seconds, 88, 91);
}

static void
test_retry_after_as_a_date_counts_by_the_servers_clock(void **state)
{
	(void)state;
	setenv("REGWATCH_NOW", "2001-01-01T00:00:00Z", 1);
	assert_in_range(retry_after("/429-date"), 88, 91);
	unsetenv("REGWATCH_NOW");
}

static void
test_packed_content_is_unpacked(void **state)
{
	AUTO_FREE char *text = packed_text();

	(void)state;
	assert_answer(NULL, "/gzip", 200, text);
	assert_answer(NULL, "/gzip-two", 200, text);
	assert_answer(NULL, "/gzip-empty", 200, "");
	assert_answer(NULL, "/deflate", 200, text);
	assert_answer(NULL, "/deflate-bare", 200, text);
}

static void
test_broken_packing_is_for_later(void **state)
{
	(void)state;
	assert_failure(NULL, "/gzip-garbage", ERR_AGAIN, "its packed content ends too early");
	assert_failure(NULL, "/gzip-broken", ERR_AGAIN, "its content coding is broken: invalid block type");
	assert_failure(NULL, "/gzip-cut", ERR_AGAIN, "its packed content ends too early");
	assert_failure(NULL, "/gzip-checksum", ERR_AGAIN, "its content coding is broken: incorrect data check");
	assert_failure(NULL, "/gzip-tail", ERR_AGAIN, "its content coding is broken: incorrect header check");
	assert_failure(NULL, "/brotli", ERR_AGAIN, "answers in the content coding 'br', which was not asked for");
}

static void
test_a_cut_answer_is_for_later(void **state)
{
	static const char cut[] = "the connection was closed before the end of the answer";

	(void)state;
	assert_failure(NULL, "/bad-length", ERR_AGAIN, cut);
	assert_failure(NULL, "/bad-chunk", ERR_AGAIN, cut);
	assert_failure(NULL, "/no-last-chunk", ERR_AGAIN, cut);
	assert_failure(NULL, "/close", ERR_AGAIN, "the connection was closed without an answer");
	assert_failure(NULL, "/not-http", ERR_AGAIN, "the answer is not HTTP");
	assert_answer(NULL, "/chunks", 200, "hello!");
	assert_answer(NULL, "/until-close", 200, "hello");
}

static void
test_a_head_without_end_is_no_answer(void **state)
{
	(void)state;
	assert_failure(NULL, "/close-head", ERR_AGAIN, "the connection was closed before the end of the answer's head");
	assert_failure(NULL, "/close-interim", ERR_AGAIN, "the connection was closed without an answer");
	assert_failure(NULL, "/close-line", ERR_AGAIN, "the connection was closed before the end of the answer's head");
	assert_failure(NULL, "/flood-head", ERR_DATA, "more than 65536 bytes of headers");
	assert_failure(NULL, "/flood-interim", ERR_DATA, "more than 65536 bytes of headers");
	assert_failure(NULL, "/long-header", ERR_DATA, "a header line that is too long");
	assert_failure(NULL, "/nul-header", ERR_AGAIN, "Nul byte in header");
}

static void
test_only_the_final_head_counts(void **state)
{
	AUTO_ANSWER interim, trailer, control;

	(void)state;
	assert_int_equal(fetch_like(NULL, "/interim", &interim, NULL), 0);
	assert_int_equal(interim.status, 200);
	assert_null(interim.etag);
	assert_string_equal(interim.type, "");
	assert_int_equal(fetch_like(NULL, "/chunks", &trailer, NULL), 0);
	assert_null(trailer.etag);
	assert_int_equal(fetch_like(NULL, "/control-etag", &control, NULL), 0);
	assert_null(control.etag);
}

static void
test_too_large_is_no_answer(void **state)
{
	const struct net_request small = { .max_bytes = 1000 }, million = { .max_bytes = 1 << 20 };

	(void)state;
	assert_failure(&small, "/sized?1001", ERR_DATA, "larger than 1000 bytes");
	assert_failure(&small, "/flood", ERR_DATA, "larger than 1000 bytes");
	assert_failure(&million, "/flood", ERR_DATA, "larger than 1048576 bytes");
	assert_failure(&million, "/gzip-bomb", ERR_DATA, "larger than 1048576 bytes when unpacked");
	assert_failure(NULL, "/flood", ERR_DATA, "larger than 33554432 bytes");
	assert_failure(NULL, "/huge-length", ERR_DATA, "larger than 33554432 bytes");
	assert_failure(NULL, "/absurd-length", ERR_DATA, "larger than 33554432 bytes");
}

static void
test_the_largest_allowed_answer_is_whole(void **state)
{
	const struct net_request small = { .max_bytes = 1000 };
	AUTO_ANSWER a;

	(void)state;
	assert_int_equal(fetch_like(&small, "/sized?1000", &a, NULL), 0);
	assert_int_equal(a.body.len, 1000);
}

static void
test_a_stalled_answer_ends(void **state)
{
	static const char text[] = "stalled: under 100 bytes a second for 1 seconds";

	(void)state;
	assert_failure(NULL, "/trickle", ERR_AGAIN, text);
	assert_failure(NULL, "/trickle-head", ERR_AGAIN, text);
	assert_failure(NULL, "/silent", ERR_AGAIN, text);
}

static void
test_an_endless_answer_ends(void **state)
{
	const struct net_options options = { .answer_seconds = 1, .stall_seconds = 5 };
	double began = clock_monotonic();

	(void)state;
	reopen(&options);
	assert_failure(NULL, "/drip", ERR_AGAIN, "no complete answer within 1 seconds");
	assert_true(clock_monotonic() - began < 5);
}

static void
test_the_deadline_of_the_run_ends_all(void **state)
{
	const struct net_options options = { .deadline = clock_monotonic() + 2 };
	const struct net_request slow = { .delay = 30 };
	struct error err;

	(void)state;
	reopen(&options);
	assert_answer(NULL, "/plain", 200, "hello");
	assert_failure(&slow, "/plain", ERR_AGAIN, "the time limit of the run leaves no time to wait 30 seconds");
	assert_int_equal(net_sleep(net, 60, &err), ERR_AGAIN);
	assert_true(net_left(net) > 0);
	assert_failure(NULL, "/drip", ERR_AGAIN, "cut off: the time limit of the run is over");
	assert_true(net_left(net) < 0.1);	/* the transfer is cut at a whole millisecond, perhaps just before */
	while (net_left(net) > 0)
		usleep(1000);
	assert_failure(NULL, "/plain", ERR_AGAIN, "the time limit of the run is over");
	assert_int_equal(net_sleep(net, 0.01, &err), ERR_AGAIN);
	assert_int_equal(net_sleep(net, 0, &err), 0);
}

static void
test_without_deadline_there_is_time(void **state)
{
	struct error err;
	double began = clock_monotonic();

	(void)state;
	assert_true(net_left(net) > 86400 * 365.0);
	assert_int_equal(net_sleep(net, 0.2, &err), 0);
	assert_true(clock_monotonic() - began >= 0.2);
	assert_int_equal(net_sleep(net, -5, &err), 0);
}

static void
test_one_connection_serves_a_host(void **state)
{
	AUTO_FREE char *log = NULL;
	char *first;

	(void)state;
	forget_log();
	assert_answer(NULL, "/plain", 200, "hello");
	assert_answer(NULL, "/hop", 200, "hello");
	assert_answer(NULL, "/404", 404, "no such thing");
	log = server_log();
	assert_int_equal(count(log, "connection="), 4);
	first = xstrndup(strstr(log, "connection="), strcspn(strstr(log, "connection="), " ") + 1);
	assert_int_equal(count(log, first), 4);
	free(first);
}

static void
test_the_pace_counts_from_the_end_of_the_last_exchange(void **state)
{
	const struct net_request calm = { .delay = 0.5 };
	double began, times[3];
	AUTO_FREE char *log = NULL;
	const char *p;

	(void)state;
	forget_log();
	began = clock_monotonic();
	assert_answer(&calm, "/plain", 200, "hello");
	assert_answer(&calm, "/hop", 200, "hello");
	assert_true(clock_monotonic() - began >= 1.5);
	p = log = server_log();
	for (int i = 0; i < 3; i++) {
		p = strstr(p, " at=") + 4;
		times[i] = atof(p);
	}
	assert_true(times[1] - times[0] >= 0.499);
	assert_true(times[2] - times[1] >= 0.499);
}

static void
test_another_host_need_not_wait(void **state)
{
	const struct net_request calm = { .delay = 5 };
	AUTO_FREE char *url = xasprintf("http://%s/plain", server.other);
	const struct net_request other = { .url = url, .configured_host = server.other, .delay = 5 };
	AUTO_ANSWER a;
	double began = clock_monotonic();

	(void)state;
	assert_answer(&calm, "/plain", 200, "hello");
	assert_int_equal(net_fetch(net, &other, &a, NULL), 0);
	assert_true(clock_monotonic() - began < 4);
}

static void
test_validators_go_back_as_they_came(void **state)
{
	AUTO_ANSWER first, again, dated;
	struct net_request req = { 0 };

	(void)state;
	assert_int_equal(fetch_like(NULL, "/tagged", &first, NULL), 0);
	assert_string_equal(first.etag, "W/\"a \\ b,c\xe9\"");
	assert_string_equal(first.modified, "Sun, 06 Nov 1994 08:49:37 GMT");
	req.etag = first.etag;
	assert_int_equal(fetch_like(&req, "/tagged", &again, NULL), 0);
	assert_int_equal(again.status, 304);
	assert_int_equal(again.body.len, 0);
	req.etag = NULL;
	req.modified = first.modified;
	assert_int_equal(fetch_like(&req, "/tagged", &dated, NULL), 0);
	assert_int_equal(dated.status, 304);
}

static void
test_not_modified_must_be_asked_for(void **state)
{
	const struct net_request req = { .etag = "\"a\"" };

	(void)state;
	assert_failure(NULL, "/unasked-304", ERR_DATA, "answers 304 (not modified) though nothing was said about an earlier answer");
	assert_answer(&req, "/unasked-304", 304, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		NET_TEST(test_an_answer_says_what_it_is_and_whence),
		NET_TEST(test_an_http_error_is_an_answer),
		NET_TEST(test_retry_after_is_read_in_both_forms),
		NET_TEST(test_retry_after_as_a_date_counts_by_the_servers_clock),
		NET_TEST(test_packed_content_is_unpacked),
		NET_TEST(test_broken_packing_is_for_later),
		NET_TEST(test_a_cut_answer_is_for_later),
		NET_TEST(test_a_head_without_end_is_no_answer),
		NET_TEST(test_only_the_final_head_counts),
		NET_TEST(test_too_large_is_no_answer),
		NET_TEST(test_the_largest_allowed_answer_is_whole),
		NET_TEST(test_a_stalled_answer_ends),
		NET_TEST(test_an_endless_answer_ends),
		NET_TEST(test_the_deadline_of_the_run_ends_all),
		NET_TEST(test_without_deadline_there_is_time),
		NET_TEST(test_one_connection_serves_a_host),
		NET_TEST(test_the_pace_counts_from_the_end_of_the_last_exchange),
		NET_TEST(test_another_host_need_not_wait),
		NET_TEST(test_validators_go_back_as_they_came),
		NET_TEST(test_not_modified_must_be_asked_for),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
