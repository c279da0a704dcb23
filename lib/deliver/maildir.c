#include "maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/file.h"
#include "../base/sha.h"

/* Mail is private: nobody else may look into folders that we make. */
static int
make_folder(const char *path, struct error *why)
{
	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return error_errno(why, ERR_IO, "cannot make the folder '%s'", path);
	return 0;
}

static int
make_folders(const char *dir, struct error *why)
{
	static const char *const parts[] = { "tmp", "new", "cur" };
	int rc = make_folder(dir, why);

	for (size_t i = 0; rc == 0 && i < sizeof(parts) / sizeof(*parts); i++) {
		AUTO_FREE char *path = file_join(dir, parts[i]);

		rc = make_folder(path, why);
	}
	return rc;
}

static char *
name_of(const struct message *m)
{
	char hash[SHA256_HEX];

	sha256_hex(m->id, strlen(m->id), hash);
	return xasprintf("%lld.R%.32s.regwatch", (long long)m->at, hash);
}

/* A reader that saw the message has moved it to cur and added its flags behind a colon. */
static bool
was_seen(const char *dir, const char *name)
{
	AUTO_FREE char *cur = file_join(dir, "cur");
	size_t n = strlen(name);
	DIR *d = opendir(cur);
	const struct dirent *e;
	bool found = false;

	while (!found && d != NULL && (e = readdir(d)) != NULL)
		found = strncmp(e->d_name, name, n) == 0 && (e->d_name[n] == '\0' || e->d_name[n] == ':');
	if (d != NULL)
		closedir(d);
	return found;
}

/* Files have the line ends of the system, as with every delivery agent. */
static void
to_lf(const struct message *m, struct buf *out)
{
	const char *at = m->bytes, *end = m->bytes + m->n, *lf;

	while ((lf = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		buf_add(out, at, (size_t)(lf - at) - (lf > at && lf[-1] == '\r'));
		buf_addc(out, '\n');
		at = lf + 1;
	}
	buf_add(out, at, (size_t)(end - at));
}

static int
write_bytes(int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, data, n);

		if (done < 0 && errno != EINTR)
			return -1;
		data += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
	return fsync(fd);
}

static int
write_file(const char *path, const struct buf *data, struct error *why)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600), rc;

	if (fd < 0)
		return error_errno(why, ERR_IO, "cannot write '%s'", path);
	rc = write_bytes(fd, buf_str(data), data->len);
	if (rc < 0)
		error_errno(why, ERR_IO, "cannot write '%s'", path);
	if (close(fd) < 0 && rc == 0)
		rc = error_errno(why, ERR_IO, "cannot write '%s'", path);
	if (rc < 0)
		(void)unlink(path);
	return rc;
}

static int
put(const char *dir, const char *name, const struct buf *data, struct error *why)
{
	AUTO_FREE char *tmp = file_join(dir, "tmp"), *new = file_join(dir, "new");
	AUTO_FREE char *from = file_join(tmp, name), *to = file_join(new, name);
	int rc = write_file(from, data, why);

	if (rc < 0)
		return rc;
	if (rename(from, to) < 0) {
		rc = error_errno(why, ERR_IO, "cannot move '%s' to '%s'", from, to);
		(void)unlink(from);
		return rc;
	}
	return file_sync_dir(new, why);
}

enum outcome
deliver_maildir(const char *dir, const struct message *m, struct error *why)
{
	AUTO_FREE char *name = name_of(m);
	AUTO_BUF data = BUF_INIT;

	if (make_folders(dir, why) < 0)
		return DELIVER_LATER;
	if (was_seen(dir, name))
		return DELIVER_SENT;
	to_lf(m, &data);
	return put(dir, name, &data, why) < 0 ? DELIVER_LATER : DELIVER_SENT;
}
