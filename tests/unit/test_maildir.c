#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"
#include "lib/deliver/maildir.h"

/* the time, and what sha256sum says of the id */
#define NAME "1764568800.Rbc650707dea325152f0a740b7201af3b.regwatch"

static char home[64];

static const struct message one = { "Subject: one\r\n\r\na\r\nb\n\r\n", 24, "a1@example.org", 1764568800 };
static const struct message two = { "Subject: two\r\n\r\n", 16, "a2@example.org", 1764568800 };

static char *
at(const char *name)
{
	return xasprintf("%s/%s", home, name);
}

static size_t
count(const char *name, char last[300])
{
	AUTO_FREE char *path = at(name);
	DIR *d = opendir(path);
	const struct dirent *e;
	size_t n = 0;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.') {
			snprintf(last, 300, "%s", e->d_name);
			n++;
		}
	if (d != NULL)
		closedir(d);
	return n;
}

static void
send_ok(const struct message *m)
{
	AUTO_FREE char *box = at("box");
	struct error why = { 0 };
	enum outcome outcome = deliver_maildir(box, m, &why);

	assert_string_equal(why.text, "");
	assert_int_equal(outcome, DELIVER_SENT);
}

static int
make_home(void **state)
{
	(void)state;
	strcpy(home, "/tmp/test_maildir.XXXXXX");
	return mkdtemp(home) == NULL;
}

static int
remove_home(void **state)
{
	AUTO_FREE char *command = xasprintf("rm -rf '%s'", home);

	(void)state;
	return system(command);
}

static void
test_maildir_is_made_private_and_gets_the_message_with_lf(void **state)
{
	AUTO_FREE char *box = at("box"), *path = NULL;
	AUTO_BUF bytes = BUF_INIT;
	char name[300] = "";
	struct stat st;

	(void)state;
	send_ok(&one);
	assert_int_equal(count("box/new", name), 1);
	assert_int_equal(count("box/tmp", name), 0);
	assert_int_equal(count("box/cur", name), 0);
	assert_int_equal(stat(box, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	count("box/new", name);
	assert_string_equal(name, NAME);
	path = xasprintf("%s/new/%s", box, name);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(file_read(path, 1000, &bytes, NULL), 0);
	assert_string_equal(buf_str(&bytes), "Subject: one\n\na\nb\n\n");
}

static void
test_maildir_repeat_replaces_the_message(void **state)
{
	char name[300];

	(void)state;
	send_ok(&one);
	send_ok(&one);
	assert_int_equal(count("box/new", name), 1);
	send_ok(&two);
	assert_int_equal(count("box/new", name), 2);
}

static void
test_maildir_repeat_does_not_come_back_once_it_was_read(void **state)
{
	AUTO_FREE char *from = NULL, *to = NULL;
	char name[300] = "";

	(void)state;
	send_ok(&one);
	count("box/new", name);
	from = xasprintf("%s/box/new/%s", home, name);
	to = xasprintf("%s/box/cur/%s:2,S", home, name);
	assert_int_equal(rename(from, to), 0);
	send_ok(&one);
	assert_int_equal(count("box/new", name), 0);
	assert_int_equal(count("box/cur", name), 1);
}

static void
test_maildir_leftover_of_a_crash_is_used_again(void **state)
{
	AUTO_FREE char *path = NULL;
	AUTO_BUF bytes = BUF_INIT;
	char name[300] = "";
	FILE *f;

	(void)state;
	send_ok(&one);
	count("box/new", name);
	path = xasprintf("%s/box/tmp/%s", home, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("half a message that is longer than the whole one", f);
	assert_int_equal(fclose(f), 0);
	send_ok(&one);
	assert_int_equal(count("box/tmp", name), 0);
	assert_int_equal(count("box/new", name), 1);
	free(path);
	path = xasprintf("%s/box/new/%s", home, name);
	assert_int_equal(file_read(path, 1000, &bytes, NULL), 0);
	assert_string_equal(buf_str(&bytes), "Subject: one\n\na\nb\n\n");
}

static void
test_maildir_that_cannot_be_made_is_tried_later(void **state)
{
	AUTO_FREE char *file = at("file"), *below = at("file/box"), *wanted = NULL;
	struct error why = { 0 };

	(void)state;
	assert_int_equal(file_write(file, "x", 1, NULL, NULL), 0);
	assert_int_equal(deliver_maildir(below, &one, &why), DELIVER_LATER);
	wanted = xasprintf("cannot make the folder '%s': Not a directory", below);
	assert_string_equal(why.text, wanted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_maildir_is_made_private_and_gets_the_message_with_lf, make_home, remove_home),
		cmocka_unit_test_setup_teardown(test_maildir_repeat_replaces_the_message, make_home, remove_home),
		cmocka_unit_test_setup_teardown(test_maildir_repeat_does_not_come_back_once_it_was_read, make_home, remove_home),
		cmocka_unit_test_setup_teardown(test_maildir_leftover_of_a_crash_is_used_again, make_home, remove_home),
		cmocka_unit_test_setup_teardown(test_maildir_that_cannot_be_made_is_tried_later, make_home, remove_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
