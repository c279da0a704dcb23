/* Errors: a code that is also the program's exit code, and one line of text.
 *
 * Convention of the whole project: a function that can fail returns 0 or a negative enum errcode and takes a caller-owned
 * 'struct error' as its last parameter. The text is written where the cause is known, lower case, without full stop,
 * outside names in single quotes, and is prefixed on the way up ("page 3: item 17: field 'date': 31 February"). */
#ifndef REGWATCH_BASE_ERROR_H
#define REGWATCH_BASE_ERROR_H

#include <stdarg.h>

/* Negated exit codes of sysexits(3); the meaning of each is fixed by the contract of the program. */
enum errcode {
	ERR_NONE = 0,
	ERR_USAGE = -64,	/* the command line */
	ERR_DATA = -65,		/* a source or file could not be understood, or a guard refused it */
	ERR_NOTFOUND = -66,	/* no such notification */
	ERR_MISSING = -69,	/* a program that the configuration names is missing */
	ERR_BUG = -70,
	ERR_SYSTEM = -71,	/* memory, processes */
	ERR_IO = -74,
	ERR_AGAIN = -75,	/* try again later: network, 5xx, 429, time limit, lock held */
	ERR_CONF = -78,
};

struct error {
	enum errcode code;
	char text[1000];
};

/* Fill err (which may be NULL) and return code, so that callers write 'return error_set(err, ERR_DATA, ...)'. */
int error_set(struct error *err, enum errcode code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same with strerror(errno) appended: "cannot open 'x': No such file or directory". */
int error_errno(struct error *err, enum errcode code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Put "prefix: " before the text; the code stays and is returned. */
int error_prefix(struct error *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
