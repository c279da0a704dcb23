/* A library to preload: below /tmp and /var/tmp nothing can be made, as where they are full or mounted read-only; but what lies below REGWATCH_ROOM may be, for
 * the tests' own folder may lie there. Reading is as ever. */
#undef _FILE_OFFSET_BITS	/* open and open64 are both wanted by their own names */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
is_refused(const char *path)
{
	const char *room = getenv("REGWATCH_ROOM");

	if (room != NULL && strncmp(path, room, strlen(room)) == 0)
		return 0;
	return strcmp(path, "/tmp") == 0 || strncmp(path, "/tmp/", 5) == 0 || strcmp(path, "/var/tmp") == 0 || strncmp(path, "/var/tmp/", 9) == 0;
}

/* Told on stderr, so that a program that goes on without is found too. */
static int
refuse(const char *what, const char *path)
{
	fprintf(stderr, "room: %s '%s'\n", what, path);
	errno = EROFS;
	return -1;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define MAKES(flags) (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE)

#define OPEN(name, parameters, arguments)				\
	int								\
	name parameters							\
	{								\
		REAL(name);						\
		mode_t mode = 0;					\
		va_list ap;						\
									\
		if (MAKES(flags)) {					\
			if (is_refused(path))				\
				return refuse(#name, path);		\
			va_start(ap, flags);				\
			mode = va_arg(ap, mode_t);			\
			va_end(ap);					\
		}							\
		return real arguments;					\
	}

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPEN(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

#define TEMPLATE(name, parameters, arguments)				\
	int								\
	name parameters							\
	{								\
		REAL(name);						\
									\
		return is_refused(path) ? refuse(#name, path) : real arguments;	\
	}

TEMPLATE(mkstemp, (char *path), (path))
TEMPLATE(mkstemp64, (char *path), (path))
TEMPLATE(mkostemp, (char *path, int flags), (path, flags))
TEMPLATE(mkostemp64, (char *path, int flags), (path, flags))

FILE *
tmpfile(void)
{
	refuse("tmpfile", P_tmpdir);
	return NULL;
}

FILE *
tmpfile64(void)
{
	refuse("tmpfile64", P_tmpdir);
	return NULL;
}
