#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/cleanup.h"
#include "lib/base/error.h"
#include "lib/base/file.h"

/* A fresh folder for each test; removed with what is in it. */
static int
enter_folder(void **state)
{
	char *folder = strdup("/tmp/regwatch-test-XXXXXX");

	*state = folder;
	umask(022);
	return mkdtemp(folder) != NULL ? chdir(folder) : -1;
}

static int
leave_folder(void **state)
{
	char command[100];
	int rc;

	snprintf(command, sizeof(command), "rm -r '%s'", (char *)*state);
	rc = chdir("/") + system(command);
	free(*state);
	return rc;
}

static void
put(const char *path, const char *text)
{
	assert_int_equal(file_write(path, text, strlen(text), NULL, NULL), 0);
}

static void
assert_content(const char *path, const char *expected)
{
	AUTO_BUF text = BUF_INIT;

	assert_int_equal(file_read(path, 1000, &text, NULL), 0);
	assert_string_equal(buf_str(&text), expected);
}

/* Names in the current folder but "." and "..", counted. */
static int
count_names(void)
{
	DIR *dir = opendir(".");
	int n = 0;

	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n - 2;
}

static void
test_read_is_bounded_and_appends(void **state)
{
	AUTO_BUF text = BUF_INIT;
	struct error err;

	(void)state;
	put("a", "12345");
	buf_adds(&text, "x");
	assert_int_equal(file_read("a", 5, &text, &err), 0);
	assert_string_equal(buf_str(&text), "x12345");
	assert_int_equal(file_read("a", 4, &text, &err), ERR_DATA);
	assert_string_equal(err.text, "'a' is larger than 4 bytes");
	assert_string_equal(buf_str(&text), "x12345");
	assert_int_equal(file_read("missing", 4, &text, &err), ERR_IO);
	assert_string_equal(err.text, "cannot open 'missing': No such file or directory");
	assert_int_equal(file_read(".", 4, &text, &err), ERR_IO);
	assert_int_equal(file_read("/dev/zero", 100000, &text, &err), ERR_DATA);
}

static void
test_write_tells_whether_it_changed_anything(void **state)
{
	struct stat before, after;
	bool changed = false;

	(void)state;
	assert_int_equal(file_write("a", "one", 3, &changed, NULL), 0);
	assert_true(changed);
	assert_int_equal(stat("a", &before), 0);
	assert_int_equal(before.st_mode & 07777, 0644);
	assert_int_equal(file_write("a", "one", 3, &changed, NULL), 0);
	assert_false(changed);
	assert_int_equal(stat("a", &after), 0);
	assert_true(before.st_ino == after.st_ino && before.st_ctim.tv_nsec == after.st_ctim.tv_nsec);
	assert_int_equal(file_write("a", "two", 3, &changed, NULL), 0);
	assert_true(changed);
	assert_content("a", "two");
	assert_int_equal(file_write("a", "", 0, &changed, NULL), 0);
	assert_true(changed);
	assert_content("a", "");
	assert_int_equal(count_names(), 1);
}

static void
test_write_sees_a_change_at_the_end_of_a_large_file(void **state)
{
	static char bytes[100000];
	bool changed = false;

	(void)state;
	assert_int_equal(file_write("a", bytes, sizeof(bytes), NULL, NULL), 0);
	assert_int_equal(file_write("a", bytes, sizeof(bytes), &changed, NULL), 0);
	assert_false(changed);
	bytes[sizeof(bytes) - 1] = 1;
	assert_int_equal(file_write("a", bytes, sizeof(bytes), &changed, NULL), 0);
	assert_true(changed);
	assert_int_equal(file_write("a", bytes, sizeof(bytes), &changed, NULL), 0);
	assert_false(changed);
}

static void
test_write_keeps_the_mode_and_the_link(void **state)
{
	struct stat st;

	(void)state;
	put("a", "1");
	assert_int_equal(chmod("a", 0600), 0);
	assert_int_equal(symlink("a", "link"), 0);
	put("link", "2");
	assert_content("a", "2");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
test_write_that_fails_leaves_nothing_behind(void **state)
{
	struct rlimit whole, small = { 4096, RLIM_INFINITY };
	char text[10000];
	struct error err;

	(void)state;
	put("a", "old");
	memset(text, 'x', sizeof(text));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &whole), 0);
	signal(SIGXFSZ, SIG_IGN);
	small.rlim_max = whole.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(file_write("a", text, sizeof(text), NULL, &err), ERR_IO);
	assert_int_equal(file_write("new", text, sizeof(text), NULL, &err), ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &whole), 0);
	assert_content("a", "old");
	assert_int_equal(count_names(), 1);
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(file_write("folder", "x", 1, NULL, &err), ERR_IO);
	assert_int_equal(file_write("none/a", "x", 1, NULL, &err), ERR_IO);
	assert_int_equal(count_names(), 2);
}

static void
test_write_replaces_the_leftover_of_a_crash_and_follows_no_link(void **state)
{
	(void)state;
	put("other", "of somebody else");
	put(".a.new", "half");
	put("a", "whole");
	assert_content("a", "whole");
	assert_int_equal(symlink("other", ".a.new"), 0);
	put("a", "new");
	assert_content("a", "new");
	assert_content("other", "of somebody else");
	assert_int_equal(count_names(), 2);
}

static void
test_mkdirs_makes_parents_and_stands_what_exists(void **state)
{
	struct error err;

	(void)state;
	assert_int_equal(file_mkdirs("a/b//c/", NULL), 0);
	assert_int_equal(file_mkdirs("a/b/c", NULL), 0);
	assert_true(file_exists("a/b/c"));
	put("file", "x");
	assert_int_equal(file_mkdirs("file/x", &err), ERR_IO);
	assert_int_equal(file_mkdirs("file", &err), ERR_IO);
	assert_false(file_exists("file/x"));
	assert_int_equal(file_sync_dir("a", NULL), 0);
	assert_int_equal(file_sync_dir("missing", &err), ERR_IO);
}

static void
test_join_leaves_absolute_names(void **state)
{
	AUTO_FREE char *a = file_join("dir", "x"), *b = file_join("dir/", "x"), *c = file_join("dir", "/x"), *d = file_join("", "x");

	(void)state;
	assert_string_equal(a, "dir/x");
	assert_string_equal(b, "dir/x");
	assert_string_equal(c, "/x");
	assert_string_equal(d, "x");
}

static void
assert_no_secret(const char *path, const char *expected)
{
	struct error err;
	char *secret;

	assert_int_equal(file_read_secret(path, &secret, &err), ERR_CONF);
	assert_null(secret);
	assert_string_equal(err.text, expected);
}

static void
test_secret_is_the_first_line_of_a_private_file(void **state)
{
	AUTO_FREE char *secret = NULL;

	(void)state;
	put("key", "s3cret\r\nsecond\n");
	assert_no_secret("key", "others can read or write the secret in 'key': chmod 600 it");
	assert_int_equal(chmod("key", 0600), 0);
	assert_int_equal(file_read_secret("key", &secret, NULL), 0);
	assert_string_equal(secret, "s3cret");
	assert_no_secret("missing", "cannot open 'missing': No such file or directory");
	assert_no_secret(".", "'.' is not a regular file");
	put("key", "\nx");
	assert_no_secret("key", "no secret in the first line of 'key'");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_no_secret("fifo", "'fifo' is not a regular file");
}

/* Tries the lock in another process; its answer as exit code. */
static int
try_elsewhere(const char *expected)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct file_lock *lock;
		struct error err = { 0 };
		int rc = file_lock_take("lock", "other", &lock, &err);

		_exit(rc == 0 ? 0 : rc == ERR_AGAIN && strcmp(err.text, expected) == 0 ? 75 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

static void
test_lock_excludes_others_and_names_the_holder(void **state)
{
	struct file_lock *lock;
	char line[60], expected[100];

	(void)state;
	assert_int_equal(file_lock_take("lock", "run", &lock, NULL), 0);
	snprintf(line, sizeof(line), "%ld run", (long)getpid());
	snprintf(expected, sizeof(expected), "'lock' is held by '%s'", line);
	assert_int_equal(try_elsewhere(expected), 75);
	file_lock_release(lock);
	snprintf(line, sizeof(line), "%ld run\n", (long)getpid());
	assert_content("lock", line);
	assert_int_equal(try_elsewhere(""), 0);
	assert_true(file_exists("lock"));
	file_lock_release(NULL);
}

static void
test_lock_dies_with_its_process(void **state)
{
	struct file_lock *lock;

	(void)state;
	assert_int_equal(try_elsewhere(""), 0);	/* ends without releasing */
	assert_int_equal(file_lock_take("lock", "next", &lock, NULL), 0);
	file_lock_release(lock);
	assert_int_equal(file_lock_take("none/lock", "x", &lock, NULL), ERR_IO);
}

static size_t
entries(const char *folder)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d)) != NULL; )
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static dev_t
device_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_dev;
}

static void
test_file_nameless_is_in_the_folder_and_has_no_name(void **state)
{
	char word[5] = "", to[200] = "", link[40];
	struct stat st;
	FILE *f;

	(void)state;
	assert_int_equal(mkdir("there", 0777), 0);
	assert_int_equal(file_nameless("there/index", &f, NULL), 0);
	assert_int_equal(entries("there"), 0);
	assert_int_equal(fwrite("word", 1, 4, f), 4);
	rewind(f);
	assert_int_equal(fread(word, 1, 4, f), 4);
	assert_string_equal(word, "word");
	assert_int_equal(fstat(fileno(f), &st), 0);
	assert_true(st.st_nlink == 0 && st.st_dev == device_of("there") && (st.st_mode & 07777) == 0600);
	assert_int_equal(fcntl(fileno(f), F_GETFD), FD_CLOEXEC);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fileno(f));
	assert_true(readlink(link, to, sizeof(to) - 1) > 0);
	assert_non_null(strstr(to, "/there/"));
	fclose(f);
}

static void
test_file_nameless_without_a_slash_is_in_the_current_folder(void **state)
{
	FILE *f;

	(void)state;
	assert_int_equal(file_nameless("index", &f, NULL), 0);
	assert_int_equal(entries("."), 0);
	fclose(f);
}

static void
test_file_nameless_needs_its_folder(void **state)
{
	struct error err;
	FILE *f;

	(void)state;
	assert_int_equal(file_nameless("nowhere/index", &f, &err), ERR_IO);
	assert_string_equal(err.text, "cannot make a file beside 'nowhere/index': No such file or directory");
}

static void
test_resolve_follows_links_and_stands_what_is_missing(void **state)
{
	static const char *const same[][2] = {
		{ "a", "/a" }, { "./a//", "/a" }, { "", "" }, { ".", "" }, { "link", "/a" }, { "link/x/./y", "/a/x/y" }, { "link/..", "" },
		{ "none/../link", "/a" }, { "none/sub", "/none/sub" }, { "none/ b", "/none/ b" },
	};
	AUTO_FREE char *here = realpath(".", NULL), *absolute = file_join(here, "link/x"), *got = file_resolve(absolute), *up = file_resolve("/../..");

	(void)state;
	assert_string_equal(up, "/");
	free(got);
	assert_int_equal(mkdir("a", 0777), 0);
	assert_int_equal(symlink("a", "link"), 0);
	got = file_resolve(absolute);
	assert_string_equal(got + strlen(here), "/a/x");
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
		AUTO_FREE char *path = file_resolve(same[i][0]);

		assert_memory_equal(path, here, strlen(here));
		assert_string_equal(path + strlen(here), same[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read_is_bounded_and_appends, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_tells_whether_it_changed_anything, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_sees_a_change_at_the_end_of_a_large_file, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_keeps_the_mode_and_the_link, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_that_fails_leaves_nothing_behind, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_write_replaces_the_leftover_of_a_crash_and_follows_no_link, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_mkdirs_makes_parents_and_stands_what_exists, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_resolve_follows_links_and_stands_what_is_missing, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_join_leaves_absolute_names, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_secret_is_the_first_line_of_a_private_file, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_lock_excludes_others_and_names_the_holder, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_lock_dies_with_its_process, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_file_nameless_is_in_the_folder_and_has_no_name, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_file_nameless_without_a_slash_is_in_the_current_folder, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(test_file_nameless_needs_its_folder, enter_folder, leave_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
