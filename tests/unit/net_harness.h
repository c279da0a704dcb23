/* What the tests of lib/base/net share: tests/data/net_server.py, started and asked. In expectations MAIN and OTHER stand for its
 * two origins "127.0.0.1:PORT". */
#ifndef REGWATCH_TESTS_NET_HARNESS_H
#define REGWATCH_TESTS_NET_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/date.h"
#include "lib/base/error.h"
#include "lib/base/limits.h"
#include "lib/base/net.h"

static struct {
	pid_t pid;
	int keep;	/* write end of its standard input: the server ends with us */
	char dir[64], main[32], other[32];
} server;

static struct net *net;

static inline void
clear_answer(struct net_answer *a)
{
	net_answer_clear(a);
}
#define AUTO_ANSWER __attribute__((cleanup(clear_answer))) struct net_answer

static inline int
read_ports(const char *file)
{
	int a, b;

	for (int i = 0; i < 500; i++, usleep(20000)) {
		AUTO_FILE *f = fopen(file, "r");

		if (f == NULL || fscanf(f, "%d %d", &a, &b) != 2)
			continue;
		snprintf(server.main, sizeof(server.main), "127.0.0.1:%d", a);
		snprintf(server.other, sizeof(server.other), "127.0.0.1:%d", b);
		return 0;
	}
	return -1;
}

static inline int
start(void **state)
{
	char file[80], script[4000];
	const char *data = getenv("REGWATCH_TEST_DATA");
	int ends[2];

	(void)state;
	snprintf(server.dir, sizeof(server.dir), "/tmp/regwatch-net-XXXXXX");
	if (data == NULL || mkdtemp(server.dir) == NULL || pipe(ends) < 0)
		return -1;
	snprintf(file, sizeof(file), "%s/port", server.dir);
	snprintf(script, sizeof(script), "%s/net_server.py", data);
	server.pid = fork();
	if (server.pid == 0) {
		dup2(ends[0], 0);
		close(ends[0]);
		close(ends[1]);
		execlp("python3", "python3", script, file, (char *)NULL);
		_exit(127);
	}
	close(ends[0]);
	server.keep = ends[1];
	/* What a user's surroundings may hold must not matter. */
	setenv("http_proxy", "http://127.0.0.1:1/", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1/", 1);
	return server.pid < 0 ? -1 : read_ports(file);
}

static inline int
stop(void **state)
{
	char file[80];

	(void)state;
	close(server.keep);
	waitpid(server.pid, NULL, 0);
	snprintf(file, sizeof(file), "%s/port", server.dir);
	unlink(file);
	return rmdir(server.dir);
}

static inline int
open_net(void **state)
{
	const struct net_options options = { .contact = "watch@example.org", .version = "9.9", .answer_seconds = 10, .stall_seconds = 1 };

	(void)state;
	net = net_new(&options);
	return 0;
}

static inline int
close_net(void **state)
{
	(void)state;
	net_free(net);
	net = NULL;
	return 0;
}

/* A request to the server as the configuration would name it, changed by 'like'. */
static inline int
fetch_like(const struct net_request *like, const char *path, struct net_answer *a, struct error *err)
{
	struct net_request req = like != NULL ? *like : (struct net_request){ 0 };
	AUTO_FREE char *url = xasprintf("http://%s%s", server.main, path);

	req.url = url;
	if (req.configured_host == NULL)
		req.configured_host = server.main;
	return net_fetch(net, &req, a, err);
}

static inline void
replace(char *text, const char *what, const char *with)
{
	size_t n = strlen(what), m = strlen(with);

	assert_true(m <= n);
	for (char *p; (p = strstr(text, what)) != NULL; ) {
		memcpy(p, with, m);
		memmove(p + m, p + n, strlen(p + n) + 1);
	}
}

static inline char *
neutral(char *text)
{
	replace(text, server.main, "MAIN");
	replace(text, server.other, "OTHER");
	return text;
}

static inline void
assert_answer(const struct net_request *like, const char *path, long status, const char *body)
{
	AUTO_ANSWER a;
	struct error err;

	if (fetch_like(like, path, &a, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	assert_int_equal(a.status, status);
	assert_string_equal(buf_str(&a.body), body);
}

static inline void
assert_failure(const struct net_request *like, const char *path, int code, const char *expected)
{
	AUTO_FREE char *whole = xasprintf("'http://MAIN%s': %s", path, expected);
	struct net_answer a;
	struct error err = { 0 };

	assert_int_equal(fetch_like(like, path, &a, &err), code);
	assert_int_equal(err.code, code);
	assert_string_equal(neutral(err.text), whole);
	assert_null(a.body.data);
	assert_null(a.type);
	assert_null(a.url);
}

static inline char *
server_log(void)
{
	AUTO_ANSWER a;
	struct error err;

	assert_int_equal(fetch_like(NULL, "/_log", &a, &err), 0);
	return buf_take(&a.body);
}

static inline void
forget_log(void)
{
	assert_answer(NULL, "/_reset", 200, "ok");
}

static inline size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = text; (p = strstr(p, what)) != NULL; p++)
		n++;
	return n;
}

/* A net of its own limits for one test. */
static inline void
reopen(const struct net_options *options)
{
	net_free(net);
	net = net_new(options);
}

/* What the server saw of a request, without what differs from run to run. */
static inline void
assert_echo(const struct net_request *like, const char *path, const char *expected)
{
	AUTO_ANSWER a;
	struct error err;
	char *p;

	if (fetch_like(like, path, &a, &err) < 0)
		fail_msg("%s: %s", path, err.text);
	p = strstr(a.body.data, " connection=");
	memmove(p, strchr(p, '\n'), strlen(strchr(p, '\n')) + 1);
	assert_string_equal(neutral(a.body.data), expected);
}

#define NET_TEST(f) cmocka_unit_test_setup_teardown(f, open_net, close_net)

#endif
