#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/base/date.h"
#include "lib/base/sandbox.h"
#include "lib/base/utf8.h"
#include "lib/base/xml.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static const struct sandbox box = { .what = "draft.docx", .seconds = 10, .memory = (size_t)64 << 20, .output = 1 << 20 };
static const struct sandbox hasty = { .what = "draft.docx", .seconds = 1, .memory = (size_t)64 << 20, .output = 1 << 20 };

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) >= 1;
}

/* ---- what runs inside ---- */

static int
says_context(void *ctx, struct buf *out, struct error *err)
{
	(void)err;
	buf_adds(out, ctx);
	return 0;
}

static int
refuses(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx;
	buf_adds(out, "half of it");
	return error_set(err, ERR_CONF, "page 3: 'x' is not known");
}

static int
gives_many(void *ctx, struct buf *out, struct error *err)
{
	(void)err;
	for (size_t i = 0; i < *(size_t *)ctx; i++)
		buf_addc(out, (char)('a' + i % 26));
	return 0;
}

static int
sleeps(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx, (void)out, (void)err;
	for (;;)
		pause();
	return 0;
}

static int
spins(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx, (void)out, (void)err;
	for (volatile unsigned i = 0;; i++)
		;
	return 0;
}

static int
eats(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx, (void)out, (void)err;
	for (;;)
		memset(xmalloc(1 << 20), 1, 1 << 20);
	return 0;
}

static int
crashes(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx, (void)out, (void)err;
	abort();
}

static int
exits(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx, (void)out, (void)err;
	_exit(0);
}

/* Hands on what the kernel said, as "name: 0" or "name: error". */
static void
told(struct buf *out, const char *name, long rc)
{
	buf_addf(out, "%s: %s\n", name, rc >= 0 ? "done" : strerror(errno));
}

static int
breaks_out(void *ctx, struct buf *out, struct error *err)
{
	const struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	pid_t pid;

	(void)err;
	told(out, "socket", socket(AF_INET, SOCK_STREAM, 0));
	told(out, "connect", connect(0, (const struct sockaddr *)&there, sizeof(there)));
	told(out, "write", open(ctx, O_WRONLY | O_CREAT, 0600));
	told(out, "truncate", truncate(ctx, 0));
	told(out, "unlink", unlink(ctx));
	told(out, "kill", kill(getppid(), 0));
	told(out, "ptrace", ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
	pid = fork();
	if (pid == 0)
		_exit(0);
	told(out, "fork", pid);
	return 0;
}

static int
reads_file(void *ctx, struct buf *out, struct error *err)
{
	(void)err;
	told(out, "open", open(ctx, O_RDONLY));
	return 0;
}

static int
executes(void *ctx, struct buf *out, struct error *err)
{
	char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char[]){ ":" }, NULL };

	(void)ctx, (void)out;
	execv("/bin/sh", argv);
	return error_errno(err, ERR_DATA, "no");
}

static int
counts_descriptors(void *ctx, struct buf *out, struct error *err)
{
	size_t n = 0;

	(void)ctx, (void)err;
	for (int fd = 0; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	buf_addf(out, "%zu", n);
	return 0;
}

static int
decodes(void *ctx, struct buf *out, struct error *err)
{
	(void)ctx, (void)err;
	utf8_from("Stra\xdf" "e \x80", 8, "windows-1252", out);
	utf8_from(" \xd0\xe5", 3, "windows-1251", out);
	return 0;
}

static int
parses(void *ctx, struct buf *out, struct error *err)
{
	(void)err;
	xml_fragment_text(ctx, false, out);
	return 0;
}

/* ---- rules ---- */

static void
test_output_comes_back(void **state)
{
	AUTO_BUF out = BUF_INIT;
	char words[] = "l'arrêté";
	struct error err;

	(void)state;
	buf_adds(&out, "before ");
	assert_int_equal(sandbox_call(&box, says_context, words, &out, &err), 0);
	assert_string_equal(buf_str(&out), "before l'arrêté");
}

static void
test_an_error_comes_back_with_code_and_text_and_no_output(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	assert_int_equal(sandbox_call(&box, refuses, NULL, &out, &err), ERR_CONF);
	assert_int_equal(err.code, ERR_CONF);
	assert_string_equal(err.text, "page 3: 'x' is not known");
	assert_int_equal(out.len, 0);
}

static void
test_output_is_limited_and_more_than_a_pipe_holds_passes(void **state)
{
	AUTO_BUF out = BUF_INIT;
	size_t most = box.output, over = most + 1, huge = 8 * most;
	struct error err;

	(void)state;
	assert_int_equal(sandbox_call(&box, gives_many, &most, &out, &err), 0);
	assert_int_equal(out.len, most);
	assert_int_equal(out.data[most - 1], 'a' + (int)((most - 1) % 26));
	buf_reset(&out);
	assert_int_equal(sandbox_call(&box, gives_many, &over, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' gives more than 1048576 bytes");
	assert_int_equal(sandbox_call(&box, gives_many, &huge, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' gives more than 1048576 bytes");
	assert_int_equal(out.len, 0);
}

static void
test_real_time_and_processor_time_are_limited(void **state)
{
	AUTO_BUF out = BUF_INIT;
	double start = clock_monotonic();
	struct error err;

	(void)state;
	assert_int_equal(sandbox_call(&hasty, sleeps, NULL, &out, &err), ERR_AGAIN);
	assert_string_equal(err.text, "'draft.docx' took more than 1 seconds and was stopped");
	assert_int_equal(sandbox_call(&hasty, spins, NULL, &out, &err), ERR_AGAIN);
	assert_string_equal(err.text, "'draft.docx' took more than 1 seconds and was stopped");
	assert_true(clock_monotonic() - start < 8);
	errno = 0;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
test_memory_is_limited(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	if (SANITIZED) {
		print_message("skipped: a sanitizer needs more address space than any limit gives\n");
		skip();
	}
	assert_int_equal(sandbox_call(&box, eats, NULL, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' needs more than 64 MB of memory");
}

static void
test_a_crash_is_an_error_of_the_document(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	assert_int_equal(sandbox_call(&box, crashes, NULL, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' made its converter crash (signal 6)");
	assert_int_equal(sandbox_call(&box, exits, NULL, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' made its converter end without an answer");
}

static void
test_no_network_no_writing_no_other_process(void **state)
{
	AUTO_BUF out = BUF_INIT;
	char path[] = "/tmp/regwatch-sandbox-XXXXXX";
	int fd = mkstemp(path);
	struct error err;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(sandbox_call(&box, breaks_out, path, &out, &err), 0);
	assert_string_equal(buf_str(&out),
	    "socket: Operation not permitted\nconnect: Operation not permitted\nwrite: Operation not permitted\ntruncate: Operation not permitted\n"
	    "unlink: Operation not permitted\nkill: Operation not permitted\nptrace: Operation not permitted\nfork: Operation not permitted\n");
	assert_int_equal(unlink(path), 0);
}

static void
test_files_of_the_system_cannot_be_read(void **state)
{
	AUTO_BUF out = BUF_INIT;
	char path[] = "/etc/passwd";
	struct error err;

	(void)state;
	if (!has_landlock() && SANITIZED) {
		print_message("skipped: this kernel has no Landlock, and the filter is weak under a sanitizer\n");
		skip();
	}
	assert_int_equal(sandbox_call(&box, reads_file, path, &out, &err), 0);
	assert_string_equal(buf_str(&out), has_landlock() ? "open: Permission denied\n" : "open: Operation not permitted\n");
}

static void
test_executing_a_program_ends_the_child(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	if (!has_landlock() && SANITIZED)
		skip();	/* the filter is weak under a sanitizer */
	assert_int_equal(sandbox_call(&box, executes, NULL, &out, &err), ERR_DATA);
	assert_string_equal(err.text, SANITIZED ? "no: Permission denied" : "'draft.docx' made its converter try what is forbidden to it");
}

static void
test_descriptors_of_the_parent_are_closed(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	assert_int_equal(sandbox_call(&box, counts_descriptors, NULL, &out, &err), 0);
	assert_string_equal(buf_str(&out), "4");
}

static void
test_iconv_and_html_work_inside(void **state)
{
	AUTO_BUF out = BUF_INIT;
	char page[] = "<p>A <b>limit</b> of 5&nbsp;mg</p>";
	struct error err;

	(void)state;
	assert_int_equal(sandbox_call(&box, decodes, NULL, &out, &err), 0);
	assert_string_equal(buf_str(&out), "Straße € Ре");
	buf_reset(&out);
	assert_int_equal(sandbox_call(&box, parses, page, &out, &err), 0);
	assert_string_equal(buf_str(&out), "A limit of 5 mg");
}

/* ---- programs ---- */

static int
run(const struct sandbox *limits, const char *script, const char *input, size_t n, struct buf *out, struct error *err)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	return sandbox_exec(limits, argv, input, n, out, err);
}

static void
test_a_program_reads_its_input_and_its_output_comes_back(void **state)
{
	const char *const cat[] = { "cat", NULL };
	AUTO_BUF out = BUF_INIT;
	struct sandbox wide = box;
	size_t n = (size_t)20 << 20;
	char *input = malloc(n);
	struct error err;

	(void)state;
	for (size_t i = 0; i < n; i++)
		input[i] = (char)(i * 31 % 251);
	wide.output = n;
	assert_int_equal(sandbox_exec(&wide, cat, input, n, &out, &err), 0);
	assert_int_equal(out.len, n);
	assert_memory_equal(out.data, input, n);
	buf_reset(&out);
	assert_int_equal(sandbox_exec(&wide, cat, "", 0, &out, &err), 0);
	assert_int_equal(out.len, 0);
	free(input);
}

static void
test_a_program_that_reads_nothing_gets_no_signal_to_us(void **state)
{
	const char *const argv[] = { "true", NULL };
	AUTO_BUF out = BUF_INIT;
	char *input = calloc(1, 1 << 20);
	struct error err;

	(void)state;
	assert_int_equal(sandbox_exec(&box, argv, input, 1 << 20, &out, &err), 0);
	free(input);
}

static void
test_a_missing_program_is_told(void **state)
{
	const char *const argv[] = { "regwatch-no-such-program", NULL };
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	assert_int_equal(sandbox_exec(&box, argv, "", 0, &out, &err), ERR_MISSING);
	assert_string_equal(err.text, "there is no program 'regwatch-no-such-program'");
}

static void
test_an_exit_code_brings_the_first_line_of_standard_error(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	assert_int_equal(run(&box, "echo out; echo 'Syntax \033[1mError' >&2; echo more >&2; exit 3", "", 0, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx': 'sh' says: Syntax [1mError");
	assert_int_equal(out.len, 0);
	assert_int_equal(run(&box, "exit 3", "", 0, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx': 'sh' ended with code 3");
	assert_int_equal(run(&box, "kill -SEGV $$", "", 0, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' made its converter crash (signal 11)");
}

static void
test_a_program_is_stopped_when_it_is_late_or_says_too_much(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	assert_int_equal(run(&hasty, "exec sleep 30", "", 0, &out, &err), ERR_AGAIN);
	assert_int_equal(run(&hasty, "exec >&- 2>&-; exec sleep 30", "", 0, &out, &err), ERR_AGAIN);
	assert_string_equal(err.text, "'draft.docx' took more than 1 seconds and was stopped");
	assert_int_equal(run(&box, "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", "", 0, &out, &err), ERR_DATA);
	assert_string_equal(err.text, "'draft.docx' gives more than 1048576 bytes");
	/* standard error without end is read and dropped */
	assert_int_equal(run(&hasty, "while :; do echo a >&2; done", "", 0, &out, &err), ERR_AGAIN);
}

static void
test_a_program_is_confined(void **state)
{
	AUTO_BUF out = BUF_INIT;
	struct error err;

	(void)state;
	setenv("SECRET", "key", 1);
	assert_int_equal(run(&box, "(echo x)", "", 0, &out, &err), ERR_DATA);
	assert_non_null(strstr(err.text, "fork"));
	assert_int_equal(run(&box, "echo x >/tmp/regwatch-sandbox-file; exit 1", "", 0, &out, &err), ERR_DATA);
	assert_non_null(strstr(err.text, "cannot create"));
	assert_int_equal(run(&box, "if read line </etc/passwd; then echo read; fi; echo \"$SECRET,$HOME\"", "", 0, &out, &err), 0);
	assert_string_equal(buf_str(&out), has_landlock() ? ",/nonexistent\n" : "read\n,/nonexistent\n");
	assert_int_equal(access("/tmp/regwatch-sandbox-file", F_OK), -1);
}

/* ---- in a long life ---- */

static size_t
open_descriptors(void)
{
	size_t n = 0;
	DIR *d = opendir("/proc/self/fd");

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static void
test_many_calls_leave_nothing_behind(void **state)
{
	const char *const argv[] = { "true", NULL }, *const no[] = { "regwatch-no-such-program", NULL };
	size_t before = open_descriptors();
	struct sigaction pipe_before, pipe_after;
	char words[] = "x";

	(void)state;
	sigaction(SIGPIPE, NULL, &pipe_before);
	for (int i = 0; i < 100; i++) {
		AUTO_BUF out = BUF_INIT;
		struct error err;

		assert_int_equal(sandbox_call(&box, says_context, words, &out, &err), 0);
		assert_int_equal(sandbox_call(&box, exits, NULL, &out, &err), ERR_DATA);
		if (i % 4 == 0)
			assert_int_equal(sandbox_exec(&box, argv, "input", 5, &out, &err), 0);
		assert_int_equal(sandbox_exec(&box, no, "input", 5, &out, &err), ERR_MISSING);
	}
	sigaction(SIGPIPE, NULL, &pipe_after);
	assert_ptr_equal(pipe_before.sa_handler, pipe_after.sa_handler);
	assert_int_equal(open_descriptors(), before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static volatile sig_atomic_t rings;

static void
ring(int number)
{
	(void)number;
	rings++;
}

static void
test_a_signal_does_not_disturb(void **state)
{
	struct sigaction act = { .sa_handler = ring }, old;
	AUTO_BUF out = BUF_INIT;
	struct error err;
	pid_t bell;

	(void)state;
	sigaction(SIGUSR1, &act, &old);
	bell = fork();
	if (bell == 0) {
		for (int i = 0; i < 200; i++) {
			kill(getppid(), SIGUSR1);
			usleep(2000);
		}
		_exit(0);
	}
	for (int i = 0; i < 20; i++)
		assert_int_equal(run(&box, "i=0; while [ $i -lt 500 ]; do i=$((i+1)); done; echo ok", "", 0, &out, &err), 0);
	kill(bell, SIGKILL);
	waitpid(bell, NULL, 0);
	sigaction(SIGUSR1, &old, NULL);
	assert_true(rings > 0);
	assert_int_equal(out.len, 60);
}

/* ---- an old kernel ---- */

/* From now on this process and its children are told that there is no Landlock. */
static bool
hide_landlock(void)
{
	struct sock_filter program[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { sizeof(program) / sizeof(program[0]), program };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0 && !has_landlock();
}

/* All of it once more in a child, so that the path without Landlock is tried on every machine. */
static int
run_without_landlock(const struct CMUnitTest *tests, size_t n)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0)
		exit(!hide_landlock() ? 99 : _cmocka_run_group_tests("without Landlock", tests, n, NULL, NULL));
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return 1;
	return WEXITSTATUS(status);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_output_comes_back),
		cmocka_unit_test(test_an_error_comes_back_with_code_and_text_and_no_output),
		cmocka_unit_test(test_output_is_limited_and_more_than_a_pipe_holds_passes),
		cmocka_unit_test(test_real_time_and_processor_time_are_limited),
		cmocka_unit_test(test_memory_is_limited),
		cmocka_unit_test(test_a_crash_is_an_error_of_the_document),
		cmocka_unit_test(test_no_network_no_writing_no_other_process),
		cmocka_unit_test(test_files_of_the_system_cannot_be_read),
		cmocka_unit_test(test_executing_a_program_ends_the_child),
		cmocka_unit_test(test_descriptors_of_the_parent_are_closed),
		cmocka_unit_test(test_iconv_and_html_work_inside),
		cmocka_unit_test(test_a_program_reads_its_input_and_its_output_comes_back),
		cmocka_unit_test(test_a_program_that_reads_nothing_gets_no_signal_to_us),
		cmocka_unit_test(test_a_missing_program_is_told),
		cmocka_unit_test(test_an_exit_code_brings_the_first_line_of_standard_error),
		cmocka_unit_test(test_a_program_is_stopped_when_it_is_late_or_says_too_much),
		cmocka_unit_test(test_a_program_is_confined),
		cmocka_unit_test(test_many_calls_leave_nothing_behind),
		cmocka_unit_test(test_a_signal_does_not_disturb),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return failed + run_without_landlock(tests, sizeof(tests) / sizeof(tests[0]));
}
