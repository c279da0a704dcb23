#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "../base/cleanup.h"
#include "../base/date.h"
#include "../base/error.h"
#include "../base/strv.h"
#include "deliver.h"

#define COMMAND_SECONDS 60.0
#define EXIT_MISSING 127	/* the shell's code for a program that is not there */

static _Noreturn void
run_child(const struct strv *words, int input)
{
	char **argv = calloc(words->n + 1, sizeof(*argv));
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	for (size_t i = 0; argv != NULL && i < words->n; i++)
		argv[i] = words->v[i];
	if (argv == NULL || null < 0 || dup2(input, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		_exit(EX_OSERR);
	signal(SIGPIPE, SIG_DFL);
	setpgid(0, 0);
	execvp(argv[0], argv);
	_exit(errno == ENOENT || errno == EACCES ? EXIT_MISSING : EX_OSERR);
}

/* The whole message as a file of no name: a program that reads a pipe could not tell the end of a message from the end of us, and would send half of it. */
static int
open_message(const struct message *m)
{
	int fd = memfd_create("message", MFD_CLOEXEC);
	size_t at = 0;

	while (fd >= 0 && at < m->n) {
		ssize_t n = write(fd, m->bytes + at, m->n - at);

		if (n < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		at += n > 0 ? (size_t)n : 0;
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* False when it had to be killed. */
static bool
wait_child(pid_t pid, double until, int *status)
{
	const struct timespec tick = { .tv_nsec = 10 * 1000 * 1000 };

	for (;;) {
		pid_t done = waitpid(pid, status, WNOHANG);

		if (done == pid)
			return true;
		if (done < 0 && errno != EINTR)
			return false;
		if (clock_monotonic() > until) {
			kill(-pid, SIGKILL);
			kill(pid, SIGKILL);
			waitpid(pid, status, 0);
			return false;
		}
		nanosleep(&tick, NULL);
	}
}

static enum outcome
judge(const char *command, bool mailer, bool in_time, int status, struct error *why)
{
	int code;

	if (!in_time) {
		error_set(why, ERR_AGAIN, "'%s' took too long and was stopped", command);
		return DELIVER_LATER;
	}
	if (WIFSIGNALED(status)) {
		error_set(why, ERR_AGAIN, "'%s' was ended by signal %d", command, WTERMSIG(status));
		return DELIVER_LATER;
	}
	code = WEXITSTATUS(status);
	if (code == 0)
		return DELIVER_SENT;
	if (code == EXIT_MISSING) {
		error_set(why, ERR_MISSING, "there is no program '%s'", command);
		return DELIVER_MISSING;
	}
	error_set(why, ERR_AGAIN, "'%s' ended with code %d", command, code);
	return mailer && code >= EX_USAGE && code <= EX_NOHOST ? DELIVER_REFUSED : DELIVER_LATER;
}

enum outcome
deliver_command(const char *command, bool mailer, const struct message *m, double seconds, struct error *why)
{
	double until = clock_monotonic() + (seconds > 0 ? seconds : COMMAND_SECONDS);
	AUTO_STRV words = STRV_INIT;
	AUTO_FD input = -1;
	int status = 0;
	bool in_time;
	pid_t pid = -1;

	strv_split(&words, command, " \t");
	if (words.n == 0) {
		error_set(why, ERR_MISSING, "there is no program to run");
		return DELIVER_MISSING;
	}
	input = open_message(m);
	if (input >= 0)
		pid = fork();
	if (pid == 0)
		run_child(&words, input);
	if (pid < 0) {
		error_errno(why, ERR_AGAIN, "cannot run '%s'", command);
		return DELIVER_LATER;
	}
	in_time = wait_child(pid, until, &status);
	return judge(command, mailer, in_time, status, why);
}
