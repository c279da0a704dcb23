#include "site_files_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "site_mark.h"

#define LIST_LIMIT ((size_t)1 << 30)
#define PAGE_LIMIT ((size_t)1 << 30)
#define PART "part"			/* in STAGING: "part1", what process 1 has put */
#define PATH_BYTES 4096

enum { NEW = '*', SAME = '=', REPLACES = '+' };	/* before each line of what a process has put */

/* ---- keys ---- */

static uint64_t
stir(uint64_t key, uint64_t word)
{
	key = (key ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return key ^ key >> 32;
}

uint64_t
site_key_bytes(uint64_t key, const void *data, size_t n)
{
	const char *p = data;
	uint64_t word;

	for (; n >= sizeof(word); p += sizeof(word), n -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		key = stir(key, word);
	}
	word = n;	/* so that "a" and "a" with NULs behind it differ */
	memcpy((char *)&word + 1, p, n < 7 ? n : 7);
	return stir(key, word);
}

uint64_t
site_key_text(uint64_t key, const char *s)
{
	return site_key_bytes(key, s != NULL ? s : "", s != NULL ? strlen(s) + 1 : 1);
}

uint64_t
site_key_number(uint64_t key, int64_t number)
{
	return stir(key, (uint64_t)number);
}

/* ---- opening ---- */

static int
read_list(struct site_files *f, const char *path, bool pending, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	int rc;

	if (!file_exists(path))
		return 0;
	if ((rc = file_read(path, LIST_LIMIT, &text, err)) < 0)
		return rc;
	if (site_table_read(&f->table, text.data, pending) < 0)
		return error_set(err, ERR_DATA, "'%s' is no list of a site's files: remove it, the files are known by their marks", path);
	return 0;
}

int
site_files_open(const char *dir, struct site_files **out, struct error *err)
{
	struct site_files *f;
	AUTO_FREE char *list = file_join(dir, SITE_LIST), *pending = NULL;
	int rc;

	*out = NULL;
	if ((rc = file_mkdirs(dir, err)) < 0)
		return rc;
	f = xcalloc(1, sizeof(*f));
	pthread_mutex_init(&f->lock, NULL);
	f->handed = (struct buf)BUF_INIT;
	f->aside = "";
	f->dir = xstrdup(dir);
	f->staging = file_join(dir, SITE_STAGING);
	pending = file_join(f->staging, SITE_PENDING);
	f->lost = !file_exists(list);
	site_staging_clear(f, false);
	if ((rc = read_list(f, list, false, err)) == 0)
		rc = read_list(f, pending, true, err);
	if (rc < 0)
		site_files_free(f);
	else
		*out = f;
	return rc;
}

void
site_files_free(struct site_files *f)
{
	if (f == NULL)
		return;
	site_staging_clear(f, false);
	site_table_clear(&f->table);
	buf_clear(&f->handed);
	pthread_mutex_destroy(&f->lock);
	free(f->staged);
	free(f->staging);
	free(f->dir);
	free(f);
}

bool
site_files_unchanged(const char *dir, uint64_t state, size_t *files)
{
	AUTO_FREE char *list = file_join(dir, SITE_LIST), *staging = file_join(dir, SITE_STAGING);
	AUTO_FD fd = open(list, O_RDONLY | O_CLOEXEC);
	char head[SITE_HEAD + 1] = "";
	uint64_t last;

	return fd >= 0 && read(fd, head, SITE_HEAD) > 0 && site_table_state(head, &last, files) && last == state && !file_exists(staging);
}

void
site_files_state(struct site_files *f, uint64_t state)
{
	f->state = state;
}

/* ---- what is put ---- */

enum there { THERE_NOT, THERE_SAME, THERE_OTHER };

static int
look(const char *path, const struct buf *bytes, enum there *there, struct error *err)
{
	AUTO_BUF old = BUF_INIT;
	struct stat st;
	int rc;

	*there = THERE_NOT;
	if (lstat(path, &st) < 0) {
		if (errno == ENOENT)
			return 0;
		if (errno != ENOTDIR)
			return error_errno(err, ERR_IO, "cannot look at '%s'", path);
		return error_set(err, ERR_CONF, "a file is in the way of the folder of '%s': move it away, or publish into another folder", path);
	}
	*there = THERE_OTHER;
	if (!S_ISREG(st.st_mode) || (size_t)st.st_size != bytes->len)
		return 0;
	if ((rc = file_read(path, PAGE_LIMIT, &old, err)) < 0)
		return rc;
	if (old.len == bytes->len && memcmp(buf_str(&old), buf_str(bytes), bytes->len) == 0)
		*there = THERE_SAME;
	return 0;
}

static int
create(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/* Folders are made when they turn out to be missing. */
static int
create_below(const char *path, struct error *err)
{
	AUTO_FREE char *folder = NULL;
	int fd = create(path);

	if (fd < 0 && errno == ENOENT) {
		folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));
		if (file_mkdirs(folder, err) < 0)
			return -1;
		fd = create(path);
	}
	if (fd < 0)
		error_errno(err, ERR_IO, "cannot create '%s'", path);
	return fd;
}

static int
write_bytes(const char *path, const struct buf *bytes, struct error *err)
{
	AUTO_FD fd = create_below(path, err);
	size_t done = 0;
	int closed;

	if (fd < 0)
		return ERR_IO;
	while (done < bytes->len) {
		ssize_t n = write(fd, bytes->data + done, bytes->len - done);

		if (n < 0 && errno != EINTR)
			return error_errno(err, ERR_IO, "cannot write '%s'", path);
		done += n > 0 ? (size_t)n : 0;
	}
	closed = close(fd);
	fd = -1;
	if (closed < 0)
		return error_errno(err, ERR_IO, "cannot write '%s'", path);
	return 0;
}

bool
site_staged_in_tree(const struct staged *s)
{
	return !s->replaces && strchr(s->e->path, '/') != NULL;
}

char *
site_staged_path(const struct site_files *f, const struct staged *s)
{
	if (site_staged_in_tree(s))
		return xasprintf("%s/" SITE_TREE "/%s", f->staging, s->e->path);
	return xasprintf("%s/%zu-%zu", f->staging, s->part, s->number);
}

static size_t
step_of(const struct site_files *f, const char *path)
{
	size_t n = strlen(f->aside);

	return n > 0 && strncmp(path, f->aside, n) == 0 ? f->aside_step : f->step;
}

static void
add_staged(struct site_files *f, const struct staged *s)
{
	f->staged = xgrow(f->staged, f->staged_n, &f->staged_cap, sizeof(*f->staged));
	f->staged[f->staged_n++] = *s;
}

static struct site_entry *
want(struct site_files *f, const char *path, uint64_t key)
{
	struct site_entry *e = site_table_find(&f->table, path);

	if (e == NULL)
		e = site_table_add(&f->table, path, strlen(path));
	e->wanted = true;
	e->key = key;
	return e;
}

/* The file's entry, and its place among what is put unless the bytes are there already. */
static struct staged
enter(struct site_files *f, const char *path, uint64_t key, enum there there)
{
	static const char signs[] = { [THERE_NOT] = NEW, [THERE_SAME] = SAME, [THERE_OTHER] = REPLACES };
	struct staged s;

	pthread_mutex_lock(&f->lock);
	s = (struct staged){ want(f, path, key), there == THERE_OTHER, step_of(f, path), f->part, f->number };
	f->number += there != THERE_SAME;
	if (f->part > 0) {
		buf_addc(&f->handed, signs[there]);
		site_entry_write(s.e, &f->handed);
	}
	pthread_mutex_unlock(&f->lock);
	return s;
}

static int
stage(struct site_files *f, const struct staged *s, const struct buf *bytes, struct error *err)
{
	AUTO_FREE char *path = site_staged_path(f, s);
	int rc = write_bytes(path, bytes, err);

	if (rc < 0)
		return rc;
	pthread_mutex_lock(&f->lock);
	add_staged(f, s);
	pthread_mutex_unlock(&f->lock);
	return 0;
}

/* In the list, or known by its mark when that was lost. */
static bool
is_ours(struct site_files *f, const char *path, const char *full)
{
	bool listed;

	pthread_mutex_lock(&f->lock);
	listed = site_table_find(&f->table, path) != NULL;
	pthread_mutex_unlock(&f->lock);
	return listed || (f->lost && site_mark_found(full));
}

int
site_files_put(struct site_files *f, const char *path, uint64_t key, const struct buf *bytes, struct error *err)
{
	char full[PATH_BYTES];
	struct staged s;
	enum there there;
	int rc;

	if (!site_path_valid(path))
		return error_set(err, ERR_BUG, "'%s' is no path in a site", path);
	if (snprintf(full, sizeof(full), "%s/%s", f->dir, path) >= (int)sizeof(full))
		return error_set(err, ERR_IO, "the path of '%s' is too long", path);
	if ((rc = look(full, bytes, &there, err)) < 0)
		return rc;
	if (there == THERE_OTHER && !is_ours(f, path, full))
		return error_set(err, ERR_CONF, "'%s' was not made by regwatch: move it away, or publish into another folder", full);
	s = enter(f, path, key, there);
	return there == THERE_SAME ? 0 : stage(f, &s, bytes, err);
}

void
site_files_step(struct site_files *f, size_t step)
{
	pthread_mutex_lock(&f->lock);
	f->step = step;
	pthread_mutex_unlock(&f->lock);
}

void
site_files_step_below(struct site_files *f, const char *folder, size_t step)
{
	f->aside = folder;
	f->aside_step = step;
}

int
site_files_read(const struct site_files *f, const char *path, struct buf *out, struct error *err)
{
	AUTO_FREE char *full = file_join(f->dir, path);

	return file_read(full, PAGE_LIMIT, out, err);
}

/* ---- parts ---- */

static char *
part_path(const struct site_files *f, size_t part)
{
	return xasprintf("%s/" PART "%zu", f->staging, part);
}

void
site_files_part_begin(struct site_files *f, size_t part)
{
	f->part = part;
	f->number = f->staged_n = 0;
}

int
site_files_part_end(struct site_files *f, struct error *err)
{
	AUTO_FREE char *path = part_path(f, f->part);

	return write_bytes(path, &f->handed, err);
}

/* One line of what a part has put. */
static bool
adopt_line(struct site_files *f, size_t part, char *line, char *end, size_t *number)
{
	const char *name;
	uint64_t key;
	struct staged s;

	if (end == NULL || !site_entry_read(line + 1, end, &key, &name))
		return false;
	pthread_mutex_lock(&f->lock);
	s = (struct staged){ want(f, name, key), *line == REPLACES, step_of(f, name), part, *number };
	if (*line != SAME) {
		add_staged(f, &s);
		*number += 1;
	}
	pthread_mutex_unlock(&f->lock);
	return true;
}

int
site_files_part_adopt(struct site_files *f, size_t part, struct error *err)
{
	AUTO_FREE char *path = part_path(f, part);
	AUTO_BUF text = BUF_INIT;
	size_t number = 0;
	int rc = file_read(path, LIST_LIMIT, &text, err);

	for (char *line = text.data, *end; rc == 0 && line != NULL && *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		if (!adopt_line(f, part, line, end, &number))
			return error_set(err, ERR_BUG, "'%s' is no list of files", path);
	}
	return rc;
}
