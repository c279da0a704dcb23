#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <git2.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/conf.h"
#include "lib/base/error.h"

static void
dump(const struct conf *c, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++)
		buf_addf(out, "%d %s|%s|%s=%s%s\n", c->v[i].line, c->v[i].section, c->v[i].name != NULL ? c->v[i].name : "-", c->v[i].key,
		    c->v[i].value, c->v[i].bare ? " (bare)" : "");
}

static void
assert_parsed(const char *text, const char *expected)
{
	AUTO_BUF out = BUF_INIT;
	struct error err = { 0 };
	struct conf c;

	if (conf_parse(&c, "x.conf", text, &err) < 0)
		fail_msg("%s", err.text);
	dump(&c, &out);
	conf_clear(&c);
	assert_string_equal(buf_str(&out), expected);
}

static void
assert_refused(const char *text, const char *expected)
{
	struct error err;
	struct conf c;

	assert_int_equal(conf_parse(&c, "x.conf", text, &err), ERR_CONF);
	assert_int_equal(c.n, 0);
	assert_string_equal(err.text, expected);
}

static void
test_conf_tells_the_line_of_each_value(void **state)
{
	(void)state;
	assert_parsed("# first\n[RegWatch]\n\tContact = watch@example.org        ; goes out\n\n[feed \"eping\"]\n  area = TBT, SPS\n  area=X\n",
	    "3 regwatch|-|contact=watch@example.org\n6 feed|eping|area=TBT, SPS\n7 feed|eping|area=X\n");
	assert_parsed("", "");
	assert_parsed("; only a comment", "");
}

static void
test_conf_keeps_repeated_keys_in_their_order(void **state)
{
	(void)state;
	assert_parsed("[a]\nx=3\ny=1\nx=1\n[b]\nx=2\n[a]\nx=2\n", "2 a|-|x=3\n3 a|-|y=1\n4 a|-|x=1\n6 b|-|x=2\n8 a|-|x=2\n");
}

static void
test_conf_knows_quotes_comments_and_continuations(void **state)
{
	(void)state;
	assert_parsed("[a]\nx = \"p;q #r\" ; c\ny = a\\\"b\\tc\nz = 1 \\\n  2 \\\n 3\nw = \"u\\\n v\"\nk\ne =\n",
	    "2 a|-|x=p;q #r\n3 a|-|y=a\"b\tc\n4 a|-|z=1   2  3\n7 a|-|w=u v\n9 a|-|k= (bare)\n10 a|-|e=\n");
	assert_parsed("[a \"N.o \\\"q\\\" ]\"] x = 1\n[b] [c] y = 2\n", "1 a|N.o \"q\" ]|x=1\n2 c|-|y=2\n");
}

static void
test_conf_reads_what_windows_editors_write(void **state)
{
	(void)state;
	assert_parsed("\xef\xbb\xbf[a]\r\nx = 1\r\n\r\ny = 2 ; c\r\nz = 3", "2 a|-|x=1\n4 a|-|y=2\n5 a|-|z=3\n");
}

static void
test_conf_refuses_includes_wherever_they_stand(void **state)
{
	(void)state;
	assert_refused("[a]\nx=1\n[include]\n\tpath = /etc/passwd\n", "x.conf:3: includes are not supported");
	assert_refused("[a]\n  [INCLUDE]\npath=x\n", "x.conf:2: includes are not supported");
	assert_refused("[include.x]\npath=x\n", "x.conf:1: includes are not supported");
	assert_refused("[includeIf \"gitdir:/\"]\npath=x\n", "x.conf:1: includes are not supported");
	assert_refused("[a \"b\"] [include] path=x\n", "x.conf:1: includes are not supported");
	assert_refused("\xef\xbb\xbf[include]\npath=x\n", "x.conf:1: includes are not supported");
	assert_parsed("[a]\nx=1 \\\n[include]\npath=x\n", "2 a|-|x=1 [include]\n4 a|-|path=x\n");
	assert_parsed("[a]\nx=\"[include]\"\n; [include]\n[included]\ny=1\n", "2 a|-|x=[include]\n5 included|-|y=1\n");
}

static void
test_conf_names_the_line_of_a_mistake(void **state)
{
	(void)state;
	assert_refused("[a]\nb=1\nzz zz\n", "x.conf:3: invalid configuration key");
	assert_refused("[a]\n[b\n", "x.conf:2: missing ']' in section header");
	assert_refused("b=1\n", "x.conf:1: 'b' stands in no section");
	assert_refused("[a]\n\nb=\"x\nc=1\n", "x.conf:3: a quote is not closed");
	assert_refused("[a]\nb=\\q\n", "x.conf:2: a backslash begins what is no escape");
	assert_refused("[a]\nb=x\\", "x.conf:2: a backslash begins what is no escape");
	assert_refused("[a]\nb=x\\ \ny\n", "x.conf:2: a backslash begins what is no escape");
	assert_refused("[a]\nb=x\\\n  \nc=1\n", "x.conf:3: the line before goes on, and this one is empty");
	assert_refused("[a]\nb=x\\\n ; c\n", "x.conf:3: the line before goes on, and this one is empty");
	assert_refused("[a b]\nc=1\n", "x.conf:1: the name in a section header stands in no quotes");
	assert_refused("[a \"b\nc=1\n", "x.conf:1: a quote is not closed");
	assert_refused("[]\nc=1\n", "x.conf:1: a section header without the name of a section");
}

static void
test_conf_refuses_too_much(void **state)
{
	AUTO_BUF text = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 11 << 17; i++)
		buf_adds(&text, "# ......");
	assert_refused(text.data, "x.conf: larger than 1048576 bytes");
}

/* The same by libgit2, which tells no lines. False when it refuses. */
static bool
dump_libgit2(const char *text, struct buf *out)
{
	int fd = memfd_create("conf", MFD_CLOEXEC);
	git_config_iterator *it = NULL;
	git_config *config = NULL;
	git_config_entry *e;
	char path[40];
	bool good;

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	good = git_config_open_ondisk(&config, path) == 0 && git_config_iterator_new(&it, config) == 0;
	while (good && git_config_next(&e, it) == 0)
		buf_addf(out, "%s=%s%s\n", e->name, e->value != NULL ? e->value : "", e->value == NULL ? " (bare)" : "");
	git_config_iterator_free(it);
	git_config_free(config);
	close(fd);
	return good;
}

static void
dump_whole_names(const struct conf *c, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++)
		buf_addf(out, "%s%s%s.%s=%s%s\n", c->v[i].section, c->v[i].name != NULL ? "." : "", c->v[i].name != NULL ? c->v[i].name : "", c->v[i].key,
		    c->v[i].value, c->v[i].bare ? " (bare)" : "");
}

/* What libgit2 1.5 takes and git does not, or what we refuse for the reasons that conf_syntax.h gives. */
static bool
refused_for_a_reason(const char *why)
{
	return strstr(why, "quote is not closed") != NULL || strstr(why, "goes on") != NULL || strstr(why, "no escape") != NULL || strstr(why, "includes") != NULL || strstr(why, "no section") != NULL;
}

static void
test_conf_reads_garbage_as_libgit2_does(void **state)
{
	static const char *const parts[] = {
		"[a]", "[b \"c\"]", "\n", "\r\n", "x=1", "y", "z = ", "\"q\"", "\\\n", "\\", "\"", ";", "#", " ", "\t", "[in \"d.e\"]", "=",
		"\\n", "\xc3\xa9", "]", "[", "include", "[a.b]", "\r", "\xff",
	};
	uint32_t seed = 11;
	int good = 0;

	(void)state;
	git_libgit2_init();
	for (int round = 0; round < 20000; round++) {
		AUTO_BUF text = BUF_INIT, ours = BUF_INIT, theirs = BUF_INIT;
		struct error err;
		struct conf c;
		bool accepted;

		buf_adds(&text, "[s]\n");
		for (int i = 0; i < 8; i++) {
			seed = seed * 1103515245 + 12345;
			buf_adds(&text, parts[(seed >> 16) % (sizeof(parts) / sizeof(parts[0]))]);
		}
		if (strstr(text.data, "\\\\\"") != NULL)
			continue;	/* a quote behind an escaped backslash: libgit2 looks for comments as if it were escaped, git does not */
		accepted = dump_libgit2(text.data, &theirs);
		if (conf_parse(&c, "x.conf", text.data, &err) < 0) {
			assert_int_equal(err.code, ERR_CONF);
			assert_memory_equal(err.text, "x.conf:", 7);
			if (accepted && !refused_for_a_reason(err.text))
				fail_msg("'%s' refused: %s", text.data, err.text);
			continue;
		}
		good++;
		for (size_t i = 0; i < c.n; i++)
			assert_true(c.v[i].line > (i > 0 ? c.v[i - 1].line - 1 : 0) && c.v[i].key[0] != '\0');
		dump_whole_names(&c, &ours);
		if (!accepted || strcmp(buf_str(&ours), buf_str(&theirs)) != 0)
			fail_msg("'%s' read as '%s', by libgit2 as '%s'", text.data, buf_str(&ours), accepted ? buf_str(&theirs) : "refused");
		conf_clear(&c);
	}
	git_libgit2_shutdown();
	assert_true(good > 2000);
}

static void
write_file(const char *path, const void *data, size_t n, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0 && write(fd, data, n) == (ssize_t)n && fchmod(fd, mode) == 0 && close(fd) == 0);
}

static void
assert_unread(const char *path, const char *expected)
{
	struct error err;
	struct conf c;

	assert_int_equal(conf_read(&c, path, &err), ERR_CONF);
	assert_int_equal(c.n, 0);
	assert_memory_equal(err.text, "'/tmp/", 6);
	assert_string_equal(strstr(err.text, "' ") + 2, expected);
}

static void
test_conf_file_must_be_safe_from_others(void **state)
{
	char folder[] = "/tmp/regwatch-test-XXXXXX", path[60];
	struct conf c;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/x.conf", folder);
	write_file(path, "[a]\nb=1\n", 8, 0644);
	assert_int_equal(conf_read(&c, path, NULL), 0);
	assert_int_equal(c.n, 1);
	assert_string_equal(c.file, path);
	conf_clear(&c);
	for (mode_t mode = 0602; mode <= 0620; mode += 016) {
		write_file(path, "[a]\nb=1\n", 8, mode);
		assert_unread(path, "can be written by others: chmod go-w it");
	}
	write_file(path, "[a]\nb=\0\n", 8, 0600);
	assert_unread(path, "holds a NUL byte");
	assert_unread(folder, "is not a regular file");
	if (geteuid() == 0) {
		assert_int_equal(chown(path, 12345, (gid_t)-1), 0);
		assert_unread(path, "belongs to another user");
	}
	unlink(path);
	rmdir(folder);
}

static void
test_conf_override_replaces_all_earlier_values(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct conf c;

	(void)state;
	assert_int_equal(conf_parse(&c, "x.conf", "[feed \"eping\"]\narea=TBT\narea=SPS\nurl=u\n[feed]\narea=Z\n", NULL), 0);
	assert_int_equal(conf_override(&c, "Feed.eping.AREA=A=B", NULL), 0);
	assert_int_equal(conf_override(&c, "mail.from=x@y.z <a.b=c>", NULL), 0);
	assert_int_equal(conf_override(&c, "mail.from=", NULL), 0);
	dump(&c, &out);
	assert_string_equal(buf_str(&out), "4 feed|eping|url=u\n6 feed|-|area=Z\n0 feed|eping|area=A=B\n0 mail|-|from=\n");
	conf_clear(&c);
}

static void
test_conf_override_must_be_whole(void **state)
{
	static const char *const bad[] = { "", "=", "a", "a.b", "a=b.c", ".b=c", "a.=c", "a..b=c", "a b.c=d", "a.b c=d", ".=" };
	struct conf c = CONF_INIT;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(conf_override(&c, bad[i], &err), ERR_USAGE);
	assert_int_equal(c.n, 0);
}

static void
test_conf_nearest_forgives_a_slip_and_no_more(void **state)
{
	static const char *const known[] = { "sector", "subscription", "site", "hs", "ics" };
	char longest[200];

	(void)state;
	assert_string_equal(conf_nearest("secotr", known, 5), "sector");
	assert_string_equal(conf_nearest("subscripton", known, 5), "subscription");
	assert_string_equal(conf_nearest("icz", known, 5), "ics");
	assert_null(conf_nearest("xyzzy", known, 5));
	assert_null(conf_nearest("", known, 5));
	memset(longest, 's', sizeof(longest));
	longest[199] = '\0';
	assert_null(conf_nearest(longest, known, 5));
}

static void
test_conf_values_are_read_strictly(void **state)
{
	static const struct { const char *text; int yes; long seconds, number; } cases[] = {
		{ "b", 1, -1, -1 }, { "b=", 0, -1, -1 }, { "b=yes", 1, -1, -1 }, { "b=On", 1, -1, -1 }, { "b=FALSE", 0, -1, -1 },
		{ "b=1", 1, 1, 1 }, { "b=0", 0, 0, 0 }, { "b=maybe", -1, -1, -1 }, { "b=90", -1, 90, 90 }, { "b=90s", -1, 90, -1 },
		{ "b=30m", -1, 1800, -1 }, { "b=2h", -1, 7200, -1 }, { "b=7d", -1, 604800, -1 }, { "b=1 d", -1, -1, -1 }, { "b=-5", -1, -1, -1 },
		{ "b=1x", -1, -1, -1 }, { "b=99999999999999999999", -1, -1, -1 }, { "b=99999d", -1, -1, -1 }, { "b=101", -1, 101, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[60];
		struct conf c;
		bool yes;
		long n;

		snprintf(text, sizeof(text), "[a]\n%s\n", cases[i].text);
		assert_int_equal(conf_parse(&c, "x.conf", text, NULL), 0);
		assert_int_equal(conf_bool(&c, &c.v[0], &yes, NULL) == 0 ? yes : -1, cases[i].yes);
		assert_int_equal(conf_seconds(&c, &c.v[0], &n, NULL) == 0 ? n : -1, cases[i].seconds);
		assert_int_equal(conf_integer(&c, &c.v[0], 0, 100, &n, NULL) == 0 ? n : -1, cases[i].number);
		conf_clear(&c);
	}
}

static void
test_conf_errors_say_where(void **state)
{
	struct error err;
	struct conf c;
	bool yes;
	long n;

	(void)state;
	assert_int_equal(conf_parse(&c, "x.conf", "[feed \"eping\"]\n\nenabled = maybe\n", NULL), 0);
	assert_int_equal(conf_bool(&c, &c.v[0], &yes, &err), ERR_CONF);
	assert_string_equal(err.text, "x.conf:3: feed \"eping\".enabled: 'maybe' is neither yes nor no");
	assert_int_equal(conf_integer(&c, &c.v[0], -5, 5, &n, &err), ERR_CONF);
	assert_string_equal(err.text, "x.conf:3: feed \"eping\".enabled: 'maybe' is no whole number from -5 to 5");
	assert_int_equal(conf_override(&c, "mail.from=x", NULL), 0);
	assert_int_equal(conf_error(&c, &c.v[1], &err, "no %s", "address"), ERR_CONF);
	assert_string_equal(err.text, "-c mail.from: no address");
	conf_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conf_tells_the_line_of_each_value),
		cmocka_unit_test(test_conf_keeps_repeated_keys_in_their_order),
		cmocka_unit_test(test_conf_knows_quotes_comments_and_continuations),
		cmocka_unit_test(test_conf_reads_what_windows_editors_write),
		cmocka_unit_test(test_conf_refuses_includes_wherever_they_stand),
		cmocka_unit_test(test_conf_names_the_line_of_a_mistake),
		cmocka_unit_test(test_conf_refuses_too_much),
		cmocka_unit_test(test_conf_reads_garbage_as_libgit2_does),
		cmocka_unit_test(test_conf_file_must_be_safe_from_others),
		cmocka_unit_test(test_conf_override_replaces_all_earlier_values),
		cmocka_unit_test(test_conf_override_must_be_whole),
		cmocka_unit_test(test_conf_nearest_forgives_a_slip_and_no_more),
		cmocka_unit_test(test_conf_values_are_read_strictly),
		cmocka_unit_test(test_conf_errors_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
