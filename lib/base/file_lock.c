#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "cleanup.h"
#include "error.h"
#include "file.h"

struct file_lock {
	int fd;
};

static void
release(struct file_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	free(lock);
}

CLEANUP_POINTER(lock, struct file_lock *, release)

/* The holder's line, "" when it cannot be read. */
static void
read_holder(int fd, char *text, size_t size)
{
	ssize_t n = pread(fd, text, size - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

static int
write_holder(int fd, const char *who)
{
	AUTO_FREE char *line = xasprintf("%ld %s\n", (long)getpid(), who);
	size_t n = strlen(line);

	return ftruncate(fd, 0) == 0 && pwrite(fd, line, n, 0) == (ssize_t)n ? 0 : -1;
}

int
file_lock_take(const char *path, const char *who, struct file_lock **out, struct error *err)
{
	__attribute__((cleanup(cleanup_lock))) struct file_lock *lock = xcalloc(1, sizeof(*lock));
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char holder[200];

	*out = NULL;
	lock->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (lock->fd < 0)
		return error_errno(err, ERR_IO, "cannot open the lock '%s'", path);
	if (fcntl(lock->fd, F_SETLK, &whole) < 0) {
		if (errno != EACCES && errno != EAGAIN)
			return error_errno(err, ERR_IO, "cannot lock '%s'", path);
		read_holder(lock->fd, holder, sizeof(holder));
		return error_set(err, ERR_AGAIN, "'%s' is held by '%s'", path, holder[0] != '\0' ? holder : "another process");
	}
	if (write_holder(lock->fd, who) < 0)
		return error_errno(err, ERR_IO, "cannot write the lock '%s'", path);
	*out = TAKE(lock);
	return 0;
}

void
file_lock_release(struct file_lock *lock)
{
	if (lock != NULL)
		release(lock);
}
