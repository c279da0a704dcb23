#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"
#include "cleanup.h"
#include "error.h"

#define PIECE 65536
#define SECRET_MAX 4096

static int
read_fd(int fd, const char *path, size_t max, struct buf *out, struct error *err)
{
	char piece[PIECE];
	size_t start = out->len;

	for (;;) {
		ssize_t n = read(fd, piece, sizeof(piece));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, ERR_IO, "cannot read '%s'", path);
		if (n == 0)
			return 0;
		if ((size_t)n > max - (out->len - start))
			return error_set(err, ERR_DATA, "'%s' is larger than %zu bytes", path, max);
		buf_add(out, piece, (size_t)n);
	}
}

int
file_read(const char *path, size_t max, struct buf *out, struct error *err)
{
	AUTO_FD fd = -1;
	size_t start = out->len;
	bool standard = strcmp(path, "-") == 0;
	int rc;

	if (!standard) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return error_errno(err, ERR_IO, "cannot open '%s'", path);
	}
	rc = read_fd(standard ? STDIN_FILENO : fd, standard ? "standard input" : path, max, out, err);
	if (rc < 0 && out->data != NULL)
		buf_truncate(out, start);
	return rc;
}

static int
write_all(int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, data, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		data += done;
		n -= (size_t)done;
	}
	return 0;
}

/* Holds the regular file exactly these bytes? Also tells its mode, 0 when there is no such file. */
/* Part by part: a large file is known by its beginning to be another one. */
static bool
holds(const char *path, const char *data, size_t n)
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	char part[16384];

	while (n > 0) {
		ssize_t got = fd < 0 ? -1 : read(fd, part, n < sizeof(part) ? n : sizeof(part));

		if (got < 0 && fd >= 0 && errno == EINTR)
			continue;
		if (got <= 0 || memcmp(part, data, (size_t)got) != 0)
			return false;
		data += got;
		n -= (size_t)got;
	}
	return fd >= 0;
}

static bool
is_same(const char *path, const void *data, size_t n, mode_t *mode)
{
	struct stat st;

	*mode = 0;
	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	*mode = st.st_mode & 07777;
	return st.st_size >= 0 && (size_t)st.st_size == n && holds(path, data, n);
}

static mode_t
new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* The file that path leads to, so that a link stays a link and its target is what is replaced. */
static char *
target_of(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL ? real : xstrdup(path);
}

static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

/* Some file systems cannot make one that never had a name. */
static int
open_nameless(const char *beside)
{
	AUTO_FREE char *folder = folder_of(beside), *path = NULL;
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	path = xasprintf("%s-XXXXXX", beside);
	if ((fd = mkostemp(path, O_CLOEXEC)) >= 0)
		(void)unlink(path);
	return fd;
}

int
file_nameless(const char *beside, FILE **out, struct error *err)
{
	int fd = open_nameless(beside);

	if (fd >= 0 && (*out = fdopen(fd, "w+")) != NULL)
		return 0;
	error_errno(err, ERR_IO, "cannot make a file beside '%s'", beside);
	if (fd >= 0)
		close(fd);
	return ERR_IO;
}

/* Fills the open temporary file and puts it in place. */
static int
replace(int *fd, const char *temporary, const char *path, const void *data, size_t n, mode_t mode, struct error *err)
{
	int closed;

	if (write_all(*fd, data, n) < 0 || fchmod(*fd, mode) < 0 || fsync(*fd) < 0)
		return error_errno(err, ERR_IO, "cannot write '%s'", temporary);
	closed = close(*fd);
	*fd = -1;
	if (closed < 0)
		return error_errno(err, ERR_IO, "cannot write '%s'", temporary);
	if (rename(temporary, path) < 0)
		return error_errno(err, ERR_IO, "cannot rename '%s' to '%s'", temporary, path);
	return 0;
}

/* Of a name of its own, so that the leftover of a crash is found and goes; hidden, as folders may be public. */
static int
open_temporary(const char *folder, const char *target, char **temporary)
{
	const char *slash = strrchr(target, '/');
	AUTO_FREE char *name = xasprintf(".%s.new", slash != NULL ? slash + 1 : target);

	*temporary = file_join(folder, name);
	if (unlink(*temporary) < 0 && errno != ENOENT)
		return -1;
	return open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

int
file_write(const char *path, const void *data, size_t n, bool *changed, struct error *err)
{
	AUTO_FREE char *target = target_of(path), *temporary = NULL, *folder = NULL;
	AUTO_FD fd = -1;
	mode_t mode;
	bool same = is_same(target, data, n, &mode);
	int rc;

	if (changed != NULL)
		*changed = !same;
	if (same)
		return 0;
	folder = folder_of(target);
	fd = open_temporary(folder, target, &temporary);
	if (fd < 0)
		return error_errno(err, ERR_IO, "cannot create a file beside '%s'", target);
	rc = replace(&fd, temporary, target, data, n, mode != 0 ? mode : new_mode(), err);
	if (rc < 0) {
		unlink(temporary);
		return rc;
	}
	return file_sync_dir(folder, err);
}

static int
make_dir(const char *path, struct error *err)
{
	struct stat st;

	if (mkdir(path, 0777) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	return error_errno(err, ERR_IO, "cannot create folder '%s'", path);
}

int
file_mkdirs(const char *path, struct error *err)
{
	AUTO_FREE char *part = xstrdup(path);

	for (char *slash = strchr(part + (*part == '/'), '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (make_dir(part, err) < 0)
			return ERR_IO;
		*slash = '/';
	}
	return make_dir(part, err);
}

int
file_sync_dir(const char *path, struct error *err)
{
	AUTO_FD fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return error_errno(err, ERR_IO, "cannot open folder '%s'", path);
	if (fsync(fd) < 0 && errno != EINVAL)	/* some file systems cannot sync a folder */
		return error_errno(err, ERR_IO, "cannot sync folder '%s'", path);
	return 0;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

char *
file_join(const char *dir, const char *name)
{
	size_t n = strlen(dir);

	if (n == 0 || name[0] == '/')
		return xstrdup(name);
	return xasprintf("%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}

int
file_read_secret(const char *path, char **out, struct error *err)
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	AUTO_BUF text = BUF_INIT;
	struct stat st;

	*out = NULL;
	if (fd < 0 || fstat(fd, &st) < 0)
		return error_errno(err, ERR_CONF, "cannot open '%s'", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_CONF, "'%s' is not a regular file", path);
	if ((st.st_mode & 077) != 0)
		return error_set(err, ERR_CONF, "others can read or write the secret in '%s': chmod 600 it", path);
	if (read_fd(fd, path, SECRET_MAX, &text, err) < 0) {
		if (err != NULL)
			err->code = ERR_CONF;
		return ERR_CONF;
	}
	buf_truncate(&text, strcspn(buf_str(&text), "\r\n"));
	if (text.len == 0)
		return error_set(err, ERR_CONF, "no secret in the first line of '%s'", path);
	*out = buf_take(&text);
	return 0;
}

/* One step from where no link is left. */
static char *
step(const char *at, const char *name)
{
	AUTO_FREE char *below = NULL;

	if (name[0] == '\0' || strcmp(name, ".") == 0)
		return xstrdup(at);
	if (strcmp(name, "..") == 0)
		return folder_of(at);
	below = file_join(at, name);
	return target_of(below);
}

char *
file_resolve(const char *path)
{
	char *at = target_of(path[0] == '/' ? "/" : ".");

	while (*path != '\0') {
		AUTO_FREE char *above = at, *name = xstrndup(path, strcspn(path, "/"));

		at = step(above, name);
		path += strlen(name);
		path += *path == '/';
	}
	return at;
}
