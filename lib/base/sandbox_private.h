/* The child's side of the sandbox; inside lib/base/sandbox*.c only. */
#ifndef REGWATCH_BASE_SANDBOX_PRIVATE_H
#define REGWATCH_BASE_SANDBOX_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANDBOX_SANITIZED 1
#endif
#endif
#ifndef SANDBOX_SANITIZED
#define SANDBOX_SANITIZED 0
#endif

/* Exit codes of the child; any other is the program's own. */
#define SANDBOX_EXIT_MEMORY 71		/* what an allocation that fails exits with (alloc.h) */
#define SANDBOX_EXIT_SETUP 125		/* the limits could not be set; strerror is on standard error */
#define SANDBOX_EXIT_EXEC 126

/* Makes the calling process, just forked, fit for what is hostile: own group, dies with 'parent', signals as new, descriptors 0 to 2 (and 3 when result
 * is not -1) only, limits, Landlock, filter. 'program' is what may be executed (a path), NULL: nothing, and no file may be read but what iconv loads.
 * The descriptors given are all above 3. 0 or -1 with errno. */
struct sandbox_stdio {
	int in, out, err, result;
};
int sandbox_enter(const struct sandbox *box, pid_t parent, const struct sandbox_stdio *io, const char *program);

/* Landlock. False where the kernel has none. */
bool sandbox_lock_files(const char *program);

/* The filter of system calls: a list of what may be called when nothing is executed, of what may not be called otherwise. Under a sanitizer, whose
 * runtime calls more than that, always the latter. 0 or -1 with errno. */
int sandbox_filter(bool executes, bool may_open);

#endif
