#include "hand_over.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"

#define FULL_NAME "regwatch-full"

/* In these places as seen from the folder of the file that runs, whatever it was called as: as built, and as installed below any folder. Returns only when
 * neither has it, false, or it cannot be run. */
static bool
run_beside(char **argv)
{
	static const char *const places[] = { FULL_NAME, "../libexec/" FULL_NAME };
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	self[n > 0 ? n : 0] = '\0';
	if ((slash = strrchr(self, '/')) == NULL)
		return false;
	*slash = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		AUTO_FREE char *full = file_join(self, places[i]);

		execv(full, argv);
		if (errno != ENOENT)
			return true;
	}
	return false;
}

int
hand_over(char **argv, struct error *err)
{
	if (!run_beside(argv))
		execv(REGWATCH_LIBEXEC "/" FULL_NAME, argv);
	return error_errno(err, ERR_MISSING, "cannot run '%s', the other half of regwatch", FULL_NAME);
}
