#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

#include "sandbox_private.h"

/* What decoders in this process need: memory, time, reading and writing what is open. Names, since not every architecture has all of them. */
static const char *const allowed[] = {
	"read", "readv", "pread64", "write", "writev", "close", "lseek", "fstat", "newfstatat", "fstatat64", "statx", "fcntl", "access", "faccessat",
	"faccessat2", "brk", "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "exit", "exit_group", "futex", "futex_time64", "getpid", "gettid",
	"getppid", "getrandom", "clock_gettime", "clock_gettime64", "clock_getres", "clock_nanosleep", "clock_nanosleep_time64", "nanosleep",
	"gettimeofday", "time", "times", "getrusage", "sysinfo", "uname", "sched_yield", "sched_getaffinity", "set_robust_list", "rseq",
	"restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "membarrier",
};

/* What no converter needs, and what would let one out. */
static const char *const denied[] = {
	/* network */
	"socket", "socketpair", "socketcall", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg",
	"recvmmsg",
	/* other processes */
	"fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "kcmp",
	"tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setpgid", "setsid", "setpriority", "ioprio_set", "sched_setscheduler", "sched_setattr",
	"migrate_pages", "move_pages", "shmget", "shmat", "msgget", "semget", "mq_open",
	/* files */
	"creat", "openat2", "open_by_handle_at", "name_to_handle_at", "truncate", "truncate64", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
	"symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat",
	"lchown", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr", "utime", "utimes", "utimensat", "futimesat",
	"fallocate", "inotify_init", "inotify_init1", "fanotify_init", "quotactl", "swapon", "swapoff",
	/* the system */
	"mount", "umount", "umount2", "pivot_root", "chroot", "unshare", "setns", "fsopen", "fsconfig", "fsmount", "fspick", "move_mount", "open_tree",
	"mount_setattr", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "add_key", "request_key", "keyctl",
	"init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "settimeofday", "clock_settime", "clock_adjtime",
	"adjtimex", "sethostname", "setdomainname", "acct", "syslog", "iopl", "ioperm", "personality", "setuid", "setgid", "setreuid", "setregid",
	"setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capset", "memfd_secret",
};

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Adds a rule for a call by name; one that this architecture lacks needs none. */
static int
rule(scmp_filter_ctx filter, uint32_t action, const char *name, unsigned n, const struct scmp_arg_cmp *when)
{
	int call = seccomp_syscall_resolve_name(name);

	if (call < 0)
		return 0;
	return seccomp_rule_add_array(filter, action, call, n, when);
}

static int
rules(scmp_filter_ctx filter, uint32_t action, const char *const *names, size_t n)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++)
		rc = rule(filter, action, names[i], 0, NULL);
	return rc;
}

/* Signals to nobody but itself: abort() must work. */
static int
allow_own_signals(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
	int rc = rule(filter, SCMP_ACT_ALLOW, "tgkill", 1, &self);

	return rc != 0 ? rc : rule(filter, SCMP_ACT_ALLOW, "kill", 1, &self);
}

static int
fill_allowed(scmp_filter_ctx filter, bool may_open)
{
	static const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
	const struct scmp_arg_cmp open_reads = SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY);
	const struct scmp_arg_cmp openat_reads = SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY);
	int rc = rules(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));

	if (rc == 0)
		rc = allow_own_signals(filter);
	if (rc == 0 && may_open)
		rc = rule(filter, SCMP_ACT_ALLOW, "open", 1, &open_reads);
	if (rc == 0 && may_open)
		rc = rule(filter, SCMP_ACT_ALLOW, "openat", 1, &openat_reads);
	return rc;
}

static int
deny_writing_opens(scmp_filter_ctx filter, uint32_t no)
{
	static const struct { scmp_datum_t mask, value; } flags[] = {
		{ O_ACCMODE, O_WRONLY }, { O_ACCMODE, O_RDWR }, { O_ACCMODE, O_ACCMODE }, { O_CREAT, O_CREAT }, { O_TRUNC, O_TRUNC },
	};
	int rc = 0;

	for (size_t i = 0; i < COUNT(flags) && rc == 0; i++) {
		const struct scmp_arg_cmp open_writes = SCMP_A1(SCMP_CMP_MASKED_EQ, flags[i].mask, flags[i].value);
		const struct scmp_arg_cmp openat_writes = SCMP_A2(SCMP_CMP_MASKED_EQ, flags[i].mask, flags[i].value);

		rc = rule(filter, no, "open", 1, &open_writes);
		if (rc == 0)
			rc = rule(filter, no, "openat", 1, &openat_writes);
	}
	return rc;
}

static int
fill_denied(scmp_filter_ctx filter)
{
	const uint32_t no = SCMP_ACT_ERRNO(EPERM);
	const struct scmp_arg_cmp others = SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0);
	const struct scmp_arg_cmp process = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0);
	int rc = rules(filter, no, denied, COUNT(denied));

	if (rc == 0)
		rc = deny_writing_opens(filter, no);
	if (rc == 0)
		rc = rule(filter, no, "kill", 1, &others);
	if (rc == 0)
		rc = rule(filter, no, "tgkill", 1, &others);
	if (rc == 0)
		rc = rule(filter, no, "clone", 1, &process);
	/* its flags are out of a filter's sight; who is told that there is no such call uses clone */
	if (rc == 0)
		rc = rule(filter, SCMP_ACT_ERRNO(ENOSYS), "clone3", 0, NULL);
	return rc;
}

int
sandbox_filter(bool executes, bool may_open)
{
	bool listed = !executes && !SANDBOX_SANITIZED;
	scmp_filter_ctx filter = seccomp_init(listed ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW);
	int rc;

	if (filter == NULL) {
		errno = ENOMEM;
		return -1;
	}
	rc = listed ? fill_allowed(filter, may_open) : fill_denied(filter);
	if (rc == 0 && listed)
		rc = rule(filter, SCMP_ACT_KILL_PROCESS, "execve", 0, NULL);
	if (rc == 0)
		rc = seccomp_load(filter);
	seccomp_release(filter);
	if (rc != 0)
		errno = -rc;
	return rc == 0 ? 0 : -1;
}
