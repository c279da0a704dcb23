#include "hand_over.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"

#define FULL_NAME "regwatch-full"

/* Beside the file that runs, whatever it was called as. False when that is not known. */
static bool
run_beside(char **argv)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	AUTO_FREE char *full = NULL;
	char *slash;

	self[n > 0 ? n : 0] = '\0';
	if ((slash = strrchr(self, '/')) == NULL)
		return false;
	*slash = '\0';
	full = file_join(self, FULL_NAME);
	execv(full, argv);
	return errno != ENOENT;
}

int
hand_over(char **argv, struct error *err)
{
	if (!run_beside(argv))
		execv(REGWATCH_LIBEXEC "/" FULL_NAME, argv);
	return error_errno(err, ERR_MISSING, "cannot run '%s', the other half of regwatch", FULL_NAME);
}
