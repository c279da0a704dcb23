#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cleanup.h"
#include "sandbox_private.h"

#define DESCRIPTORS 64

/* Rights over files by version of Landlock: what it handles, so that all of it is forbidden but where a rule allows it. The third version's
 * LANDLOCK_ACCESS_FS_TRUNCATE is bit 14, which Debian 12's header does not name. */
static const uint64_t handled[] = { 0, (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1 };

#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RUNS (READS | LANDLOCK_ACCESS_FS_EXECUTE)

/* What a program needs to start, and iconv to load its tables. /usr holds what comes with the system and nothing of its users. */
static const struct {
	const char *path;
	uint64_t rights;
	bool executes;	/* only for programs */
} places[] = {
	{ "/usr/lib", RUNS, false }, { "/usr/lib32", RUNS, false }, { "/usr/lib64", RUNS, false }, { "/lib", RUNS, false }, { "/lib64", RUNS, false },
	{ "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE, false }, { "/usr", RUNS, true }, { "/bin", RUNS, true }, { "/etc/fonts", READS, true },
	{ "/var/cache/fontconfig", READS, true }, { "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE, true },
};

/* Charsets of documents whose tables iconv must have before it may open no file any more. */
static const char *const charsets[] = {
	"WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1257", "ISO-8859-2", "ISO-8859-7", "ISO-8859-15", "UTF-16",
};

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static bool
allow_beneath(int rules, const char *path, uint64_t rights)
{
	AUTO_FD fd = open(path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = fd };

	return fd < 0 || syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

bool
sandbox_lock_files(const char *program)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr all = { .handled_access_fs = handled[version < 0 ? 0 : version > 3 ? 3 : version] };
	AUTO_FD rules = -1;

	if (version < 1)
		return false;
	rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (rules < 0)
		return false;
	for (size_t i = 0; i < COUNT(places); i++)
		if ((program != NULL || !places[i].executes) && !allow_beneath(rules, places[i].path, places[i].rights))
			return false;
	if (program != NULL && !allow_beneath(rules, program, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE))
		return false;
	return syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}

/* The parent's handlers would run in a child that knows nothing of what they are for. */
static void
reset_signals(void)
{
	sigset_t none;

	for (int i = 1; i < NSIG; i++)
		if (i != SIGKILL && i != SIGSTOP && !(SANDBOX_SANITIZED && (i == SIGSEGV || i == SIGBUS || i == SIGFPE)))
			signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int
arrange_descriptors(const struct sandbox_stdio *io)
{
	int last = io->result < 0 ? 2 : 3;

	if (dup2(io->in, 0) < 0 || dup2(io->out, 1) < 0 || dup2(io->err, 2) < 0 || (last == 3 && dup2(io->result, 3) < 0))
		return -1;
	if (syscall(SYS_close_range, last + 1, ~0U, 0) == 0)
		return 0;
	for (int fd = last + 1; fd < (int)sysconf(_SC_OPEN_MAX); fd++)
		close(fd);
	return 0;
}

static int
set_limit(int what, rlim_t value)
{
	const struct rlimit limit = { .rlim_cur = value, .rlim_max = value };

	return setrlimit((__rlimit_resource_t)what, &limit);
}

/* Address space that this process, a copy of its parent, has already. */
static rlim_t
present_memory(void)
{
	AUTO_FILE *f = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (f == NULL || fscanf(f, "%lu", &pages) != 1)
		return 0;
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static int
limit_all(const struct sandbox *box)
{
	/* the soft limit on processor time ends it with SIGXCPU, which tells it apart from other deaths */
	const struct rlimit time = { .rlim_cur = box->seconds, .rlim_max = (rlim_t)box->seconds + 1 };

	if (setrlimit(RLIMIT_CPU, &time) < 0 || set_limit(RLIMIT_CORE, 0) < 0 || set_limit(RLIMIT_FSIZE, 0) < 0 || set_limit(RLIMIT_NOFILE, DESCRIPTORS) < 0)
		return -1;
	return set_limit(RLIMIT_NPROC, 0);
}

static void
load_charsets(void)
{
	/* left open on purpose: closing would let their tables go */
	for (size_t i = 0; i < COUNT(charsets); i++)
		(void)iconv_open("UTF-8", charsets[i]);
}

int
sandbox_enter(const struct sandbox *box, pid_t parent, const struct sandbox_stdio *io, const char *program)
{
	bool executes = program != NULL, locked;
	rlim_t present;

	setpgid(0, 0);
	reset_signals();
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_DUMPABLE, 0) < 0)
		return -1;
	present = present_memory();
	if (arrange_descriptors(io) < 0 || chdir("/") < 0 || limit_all(box) < 0)
		return -1;
	locked = sandbox_lock_files(program);
	if (!locked && !executes)
		load_charsets();
	/* what allocates comes before the limit on memory where the limit is below what the parent had, after it where the filter forbids to set limits */
	if (executes)
		return sandbox_filter(true, true) < 0 || set_limit(RLIMIT_AS, box->memory) < 0 ? -1 : 0;
	if (!SANDBOX_SANITIZED && set_limit(RLIMIT_AS, present + box->memory) < 0)
		return -1;
	return sandbox_filter(false, locked);
}
