#include "site_mark.h"

#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/cleanup.h"

#define HEAD 4096	/* bytes from the beginning in which a mark stands */
#define TAIL 256	/* and from the end: a record's own text begins with its title */

static const struct { const char *extension, *mark; } marks[] = {
	{ ".html", "<meta name=\"generator\" content=\"regwatch\">" },	/* lib/site/page.c */
	{ ".css", "/* regwatch: " },					/* style.css */
	{ ".js", "/* regwatch: " }, { ".js", "regwatchIndex(\"" },	/* search.js, the pieces of its index */
	{ ".json", "{\"generator\":\"regwatch\"," }, { ".txt", "\nMade by regwatch\n" },	/* publishing_dossiers.c, publishing_search.c */
	{ ".atom", "<generator>regwatch</generator>" }, { ".ics", "\nPRODID:-//regwatch//" },	/* lib/report */
};

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

static bool
is_marked(const char *path, const char *bytes, size_t n)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (ends_with(path, marks[i].extension) && memmem(bytes, n, marks[i].mark, strlen(marks[i].mark)) != NULL)
			return true;
	return false;
}

bool
site_mark_found(const char *path)
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char bytes[HEAD];
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	if ((n = pread(fd, bytes, HEAD, 0)) > 0 && is_marked(path, bytes, (size_t)n))
		return true;
	n = pread(fd, bytes, TAIL, st.st_size > TAIL ? st.st_size - TAIL : 0);
	return n > 0 && is_marked(path, bytes, (size_t)n);
}
