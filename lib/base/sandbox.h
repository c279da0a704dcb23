/* Work on hostile bytes in a child process: limits on processor time, real time, memory and output, no network, no writing of files, nothing
 * readable but what programs need to start. The only place that knows <seccomp.h>. */
#ifndef REGWATCH_BASE_SANDBOX_H
#define REGWATCH_BASE_SANDBOX_H

#include <stddef.h>

#include "buf.h"
#include "error.h"

struct sandbox {
	const char *what;	/* for messages: the document's name */
	unsigned seconds;	/* of real time, and of processor time */
	size_t memory;		/* bytes of address space; not limited under AddressSanitizer */
	size_t output;		/* bytes that may come out */
	struct buf *errors;	/* gets the first 4 KB that a program writes to its standard error; NULL: dropped */
};

/* Runs 'work' in a forked child; what it writes to 'out' comes back in *out (appended). Its error, if it returns one, comes back with code and text. ERR_AGAIN:
 * too long; ERR_DATA: too much memory or output, or it crashed or did what is forbidden (the message says which); ERR_SYSTEM: no child could be made. */
int sandbox_call(const struct sandbox *box, int (*work)(void *ctx, struct buf *out, struct error *err), void *ctx, struct buf *out, struct error *err);

/* Runs a program (found in PATH) with 'input' on its standard input; its standard output comes back. Exit other than 0: ERR_DATA with the first line of
 * its standard error. ERR_MISSING: not installed. */
int sandbox_exec(const struct sandbox *box, const char *const argv[], const char *input, size_t n, struct buf *out, struct error *err);

#endif
