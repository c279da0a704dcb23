/* A library to preload: it counts the calls by which the program changes the world, and kills it at the n-th.
 *
 *	REGWATCH_CRASH_AT=N	die in place of the N-th call (0: never)
 *	REGWATCH_CRASH_TORN=1	a write is half done before
 *	REGWATCH_CRASH_COUNT=F	at its end the program leaves the number of calls in the file F
 */
#undef _FILE_OFFSET_BITS	/* pwrite and pwrite64 are both wanted by their own names */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long crash_at;
static int torn;
static const char *count_file;

static void __attribute__((constructor))
start(void)
{
	const char *at = getenv("REGWATCH_CRASH_AT"), *half = getenv("REGWATCH_CRASH_TORN");

	crash_at = at != NULL ? atol(at) : 0;
	torn = half != NULL && strcmp(half, "1") == 0;
	count_file = getenv("REGWATCH_CRASH_COUNT");
	unsetenv("LD_PRELOAD");		/* children are not the program */
}

static void __attribute__((destructor))
end(void)
{
	FILE *f = count_file != NULL ? fopen(count_file, "w") : NULL;

	if (f != NULL) {
		fprintf(f, "%ld\n", atomic_load(&calls));
		fclose(f);
	}
}

static int
is_last(void)
{
	return atomic_fetch_add(&calls, 1) + 1 == crash_at;
}

static void
die(void)
{
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t
write(int fd, const void *data, size_t n)
{
	REAL(write);

	if (fd > STDERR_FILENO && is_last()) {
		if (torn)
			real(fd, data, n / 2);
		die();
	}
	return real(fd, data, n);
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t at)
{
	REAL(pwrite);

	if (is_last()) {
		if (torn)
			real(fd, data, n / 2, at);
		die();
	}
	return real(fd, data, n, at);
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t at)
{
	REAL(pwrite64);

	if (is_last()) {
		if (torn)
			real(fd, data, n / 2, at);
		die();
	}
	return real(fd, data, n, at);
}

ssize_t
send(int fd, const void *data, size_t n, int flags)
{
	REAL(send);

	if (is_last()) {
		if (torn)
			real(fd, data, n / 2, flags);
		die();
	}
	return real(fd, data, n, flags);
}

/* Calls of which there is no half. */
#define WHOLE(type, name, parameters, arguments)	\
	type						\
	name parameters					\
	{						\
		REAL(name);				\
							\
		if (is_last())				\
			die();				\
		return real arguments;			\
	}

WHOLE(int, rename, (const char *from, const char *to), (from, to))
WHOLE(int, link, (const char *from, const char *to), (from, to))
WHOLE(int, unlink, (const char *path), (path))
WHOLE(int, rmdir, (const char *path), (path))
WHOLE(int, mkdir, (const char *path, mode_t mode), (path, mode))
WHOLE(int, fsync, (int fd), (fd))
WHOLE(int, fdatasync, (int fd), (fd))
WHOLE(int, syncfs, (int fd), (fd))
WHOLE(int, ftruncate, (int fd, off_t n), (fd, n))
WHOLE(int, ftruncate64, (int fd, off64_t n), (fd, n))
WHOLE(int, connect, (int fd, const struct sockaddr *to, socklen_t n), (fd, to, n))
