#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "cleanup.h"
#include "date.h"
#include "file.h"
#include "sandbox_private.h"
#include "utf8.h"

#define ABOVE_STDIO 10			/* our ends of pipes never have the numbers that the child gives its own */
#define ERRORS_KEPT ((size_t)4096)	/* of a program's standard error; the rest is read and dropped */
#define PATH_FALLBACK "/usr/local/bin:/usr/bin:/bin"

/* What comes out of a child by one pipe. */
struct stream {
	int fd;			/* ours; -1 at its end */
	struct buf got;
	size_t most;
	bool over;		/* there was more than 'most' */
};

struct child {
	pid_t pid;
	struct stream out, errors;
	double until;
	bool late;
	int status;
};

static void
stream_close(struct stream *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

static void
child_clear(struct child *c)
{
	stream_close(&c->out);
	stream_close(&c->errors);
	buf_clear(&c->out.got);
	buf_clear(&c->errors.got);
}

#define AUTO_CHILD __attribute__((cleanup(child_clear))) struct child
#define CHILD_INIT { .pid = -1, .out = { .fd = -1 }, .errors = { .fd = -1 } }

/* The same file under a number of at least ABOVE_STDIO; the old one is closed. */
static int
raise_fd(int fd)
{
	int high = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, ABOVE_STDIO);

	if (fd >= 0)
		close(fd);
	return high;
}

static int
open_pipe(struct stream *s, int *theirs)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	s->fd = raise_fd(ends[0]);
	*theirs = raise_fd(ends[1]);
	return s->fd < 0 || *theirs < 0 ? -1 : 0;
}

/* The input as a file of no name: no writer is needed, so nothing can block, and a program may seek in it. */
static int
open_input(const char *input, size_t n)
{
	int fd = raise_fd(memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
	size_t at = 0;

	while (fd >= 0 && at < n) {
		ssize_t done = write(fd, input + at, n - at);

		if (done < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		at += done > 0 ? (size_t)done : 0;
	}
	if (fd >= 0 && (lseek(fd, 0, SEEK_SET) < 0 || fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* ---- reading ---- */

static void
stream_read(struct stream *s)
{
	char piece[64 << 10];
	ssize_t n = read(s->fd, piece, sizeof(piece));
	size_t keep;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		stream_close(s);
		return;
	}
	keep = s->most - s->got.len < (size_t)n ? s->most - s->got.len : (size_t)n;
	buf_add(&s->got, piece, keep);
	s->over = s->over || keep < (size_t)n;
}

/* Until both pipes have ended, too much came, or time is up. */
static void
read_streams(struct child *c)
{
	while (!c->out.over && !c->late && (c->out.fd >= 0 || c->errors.fd >= 0)) {
		struct pollfd fds[] = { { .fd = c->out.fd, .events = POLLIN }, { .fd = c->errors.fd, .events = POLLIN } };
		double left = c->until - clock_monotonic();

		if (left <= 0) {
			c->late = true;
			return;
		}
		if (poll(fds, 2, (int)(left * 1000) + 1) < 0)
			continue;
		if (fds[0].revents != 0)
			stream_read(&c->out);
		if (fds[1].revents != 0)
			stream_read(&c->errors);
	}
}

static void
kill_group(pid_t pid)
{
	kill(-pid, SIGKILL);
	kill(pid, SIGKILL);
}

/* Reaps the child; one that closed its pipes and still runs when time is up is killed, like one that has nothing more to tell us. */
static int
reap(struct child *c, struct error *err)
{
	const struct timespec tick = { .tv_nsec = 2 * 1000 * 1000 };
	bool killed = c->late || c->out.over;

	if (killed)
		kill_group(c->pid);
	for (;;) {
		pid_t done = waitpid(c->pid, &c->status, killed ? 0 : WNOHANG);

		if (done == c->pid)
			break;
		if (done < 0 && errno != EINTR)
			return error_errno(err, ERR_SYSTEM, "cannot wait for a child process");
		if (done != 0)
			continue;
		if (clock_monotonic() > c->until) {
			c->late = killed = true;
			kill_group(c->pid);
		} else {
			nanosleep(&tick, NULL);
		}
	}
	/* nobody else of its group can be there, but where the filter is weak */
	kill(-c->pid, SIGKILL);
	return 0;
}

/* ---- what became of it ---- */

/* The first line that a program wrote to standard error, cleaned for a message. */
static void
first_line(const struct buf *errors, struct buf *line)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(buf_str(errors), errors->len, true, &clean);
	buf_add(line, buf_str(&clean), strcspn(buf_str(&clean), "\n"));
	if (line->len > 300)
		buf_truncate(line, utf8_fit(buf_str(line), 200));
}

static int
judge_signal(const struct sandbox *box, int signal_number, struct error *err)
{
	if (signal_number == SIGXCPU)
		return error_set(err, ERR_AGAIN, "'%s' took more than %u seconds and was stopped", box->what, box->seconds);
	if (signal_number == SIGSYS)
		return error_set(err, ERR_DATA, "'%s' made its converter try what is forbidden to it", box->what);
	if (signal_number == SIGXFSZ)
		return error_set(err, ERR_DATA, "'%s' made its converter try to write a file", box->what);
	return error_set(err, ERR_DATA, "'%s' made its converter crash (signal %d)", box->what, signal_number);
}

/* Everything but an exit code of the program's own. */
static int
judge(const struct sandbox *box, const struct child *c, struct error *err)
{
	AUTO_BUF line = BUF_INIT;

	if (c->late)
		return error_set(err, ERR_AGAIN, "'%s' took more than %u seconds and was stopped", box->what, box->seconds);
	if (c->out.over)
		return error_set(err, ERR_DATA, "'%s' gives more than %zu bytes", box->what, box->output);
	if (WIFSIGNALED(c->status))
		return judge_signal(box, WTERMSIG(c->status), err);
	if (WEXITSTATUS(c->status) == SANDBOX_EXIT_SETUP) {
		first_line(c->errors.got.len > 0 ? &c->errors.got : &c->out.got, &line);
		return error_set(err, ERR_SYSTEM, "cannot confine a child process: %s", buf_str(&line));
	}
	return 0;
}

/* ---- the child ---- */

static _Noreturn void
child_fails(int fd, int code)
{
	const char *text = strerror(errno);

	if (write(fd, text, strlen(text)) < 0)
		_exit(code);
	_exit(code);
}

static int
child_start(const struct sandbox *box, struct child *c, struct error *err)
{
	c->until = clock_monotonic() + box->seconds;
	c->pid = fork();
	if (c->pid < 0)
		return error_errno(err, ERR_SYSTEM, "cannot make a child process");
	if (c->pid > 0)
		setpgid(c->pid, c->pid);
	return 0;
}

/* The parent's part once the child runs. */
static int
child_finish(const struct sandbox *box, struct child *c, struct error *err)
{
	int rc;

	read_streams(c);
	rc = reap(c, err);
	return rc != 0 ? rc : judge(box, c, err);
}

/* ---- a function ---- */

/* What the child sends: this, the error's text, the output. */
struct answer {
	int32_t code;
	uint32_t text;
	uint64_t output;
};

static void
send_all(int fd, const void *data, size_t n)
{
	const char *p = data;

	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR)
			_exit(SANDBOX_EXIT_SETUP);
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
}

static _Noreturn void
call_child(int (*work)(void *ctx, struct buf *out, struct error *err), void *ctx)
{
	AUTO_BUF out = BUF_INIT;
	struct error err = { .code = ERR_NONE };
	struct answer head = { .code = work(ctx, &out, &err) };

	head.text = head.code == 0 ? 0 : (uint32_t)strnlen(err.text, sizeof(err.text) - 1);
	head.output = out.len;
	send_all(3, &head, sizeof(head));
	send_all(3, err.text, head.text);
	send_all(3, buf_str(&out), out.len);
	_exit(0);
}

static bool
code_known(int32_t code)
{
	static const enum errcode codes[] = { ERR_DATA, ERR_NOTFOUND, ERR_MISSING, ERR_BUG, ERR_SYSTEM, ERR_IO, ERR_AGAIN, ERR_CONF, ERR_USAGE };

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
		if ((int32_t)codes[i] == code)
			return true;
	return false;
}

/* The child worked on hostile bytes, so nothing that it says is believed. */
static int
read_answer(const struct sandbox *box, const struct buf *got, struct buf *out, struct error *err)
{
	const char *body = buf_str(got) + sizeof(struct answer);
	struct answer head;
	char text[sizeof(err->text)];

	if (got->len < sizeof(head))
		return error_set(err, ERR_DATA, "'%s' made its converter end without an answer", box->what);
	memcpy(&head, got->data, sizeof(head));
	if (head.text >= sizeof(text) || head.output > box->output || got->len != sizeof(head) + head.text + head.output)
		return head.output > box->output ? error_set(err, ERR_DATA, "'%s' gives more than %zu bytes", box->what, box->output) :
		    error_set(err, ERR_DATA, "'%s' made its converter end in the middle of its answer", box->what);
	if (head.code == 0) {
		buf_add(out, body + head.text, (size_t)head.output);
		return 0;
	}
	memcpy(text, body, head.text);
	text[head.text] = '\0';
	return error_set(err, code_known(head.code) ? (enum errcode)head.code : ERR_DATA, "%s", text);
}

/* Standard streams lead nowhere, so that nothing that the parent had not yet written comes out twice; a sanitizer's report is let through. */
static void
confine_call(const struct sandbox *box, pid_t parent, int result, int errors)
{
	int nowhere = raise_fd(open("/dev/null", O_RDWR | O_CLOEXEC));
	int reports = SANDBOX_SANITIZED ? raise_fd(dup(STDERR_FILENO)) : nowhere;
	const struct sandbox_stdio io = { .in = nowhere, .out = nowhere, .err = reports < 0 ? nowhere : reports, .result = result };

	if (nowhere < 0 || sandbox_enter(box, parent, &io, NULL) < 0)
		child_fails(errors, SANDBOX_EXIT_SETUP);
}

int
sandbox_call(const struct sandbox *box, int (*work)(void *ctx, struct buf *out, struct error *err), void *ctx, struct buf *out, struct error *err)
{
	AUTO_CHILD c = CHILD_INIT;
	AUTO_FD theirs = -1;
	pid_t parent = getpid();
	int rc;

	c.out.most = box->output + sizeof(struct answer) + sizeof(err->text);
	if (open_pipe(&c.out, &theirs) < 0)
		return error_errno(err, ERR_SYSTEM, "cannot make a pipe");
	rc = child_start(box, &c, err);
	if (rc != 0)
		return rc;
	if (c.pid == 0) {
		confine_call(box, parent, theirs, theirs);
		call_child(work, ctx);
	}
	close(theirs);
	theirs = -1;
	rc = child_finish(box, &c, err);
	if (rc != 0)
		return rc;
	if (WEXITSTATUS(c.status) == SANDBOX_EXIT_MEMORY)
		return error_set(err, ERR_DATA, "'%s' needs more than %zu MB of memory", box->what, box->memory >> 20);
	if (WEXITSTATUS(c.status) != 0)
		return error_set(err, ERR_DATA, "'%s' made its converter crash (code %d)", box->what, WEXITSTATUS(c.status));
	return read_answer(box, &c.out.got, out, err);
}

/* ---- a program ---- */

/* The file that 'name' stands for; caller frees, NULL when there is none. */
static char *
find_program(const char *name)
{
	const char *path = getenv("PATH");

	if (strchr(name, '/') != NULL)
		return access(name, X_OK) == 0 ? xstrdup(name) : NULL;
	for (const char *p = path != NULL ? path : PATH_FALLBACK; *p != '\0'; p += strspn(p, ":")) {
		size_t n = strcspn(p, ":");
		AUTO_FREE char *dir = xstrndup(p, n);
		char *file = file_join(dir, name);

		if (n > 0 && access(file, X_OK) == 0)
			return file;
		free(file);
		p += n;
	}
	return NULL;
}

/* None of the parent's environment, which may hold secrets, and names folders that are out of reach. */
static _Noreturn void
exec_child(const struct sandbox *box, pid_t parent, const struct sandbox_stdio *io, const char *program, const char *const argv[])
{
	char *const environment[] = { (char[]){ "PATH=/usr/bin:/bin" }, (char[]){ "LC_ALL=C.UTF-8" }, (char[]){ "TZ=UTC" }, (char[]){ "HOME=/nonexistent" }, NULL };

	if (sandbox_enter(box, parent, io, program) < 0)
		child_fails(io->err, SANDBOX_EXIT_SETUP);
	execve(program, (char *const *)argv, environment);
	child_fails(STDERR_FILENO, SANDBOX_EXIT_EXEC);
}

static int
judge_exit(const struct sandbox *box, const char *program, const struct child *c, struct error *err)
{
	AUTO_BUF line = BUF_INIT;
	int code = WEXITSTATUS(c->status);

	first_line(&c->errors.got, &line);
	if (code == SANDBOX_EXIT_EXEC)
		return error_set(err, ERR_SYSTEM, "cannot run '%s': %s", program, buf_str(&line));
	if (line.len == 0)
		return error_set(err, ERR_DATA, "'%s': '%s' ended with code %d", box->what, program, code);
	return error_set(err, ERR_DATA, "'%s': '%s' says: %s", box->what, program, buf_str(&line));
}

int
sandbox_exec(const struct sandbox *box, const char *const argv[], const char *input, size_t n, struct buf *out, struct error *err)
{
	AUTO_FREE char *program = find_program(argv[0]);
	AUTO_CHILD c = CHILD_INIT;
	AUTO_FD in = -1, theirs = -1, errors = -1;
	pid_t parent = getpid();
	int rc;

	if (program == NULL)
		return error_set(err, ERR_MISSING, "there is no program '%s'", argv[0]);
	c.out.most = box->output;
	c.errors.most = ERRORS_KEPT;
	in = open_input(input, n);
	if (in < 0 || open_pipe(&c.out, &theirs) < 0 || open_pipe(&c.errors, &errors) < 0)
		return error_errno(err, ERR_SYSTEM, "cannot make a pipe to '%s'", argv[0]);
	rc = child_start(box, &c, err);
	if (rc != 0)
		return rc;
	if (c.pid == 0)
		exec_child(box, parent, &(struct sandbox_stdio){ .in = in, .out = theirs, .err = errors, .result = -1 }, program, argv);
	close(theirs);
	close(errors);
	theirs = errors = -1;
	rc = child_finish(box, &c, err);
	if (box->errors != NULL)
		buf_add(box->errors, buf_str(&c.errors.got), c.errors.got.len);
	if (rc == 0 && WEXITSTATUS(c.status) != 0)
		rc = judge_exit(box, argv[0], &c, err);
	if (rc == 0)
		buf_add(out, buf_str(&c.out.got), c.out.got.len);
	return rc;
}
