#include "site_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"
#include "site_table.h"

#define LIST ".regwatch-site"
#define STAGING ".regwatch-new"
#define PENDING "list"			/* in STAGING: paths that may be ours already */
#define LIST_LIMIT ((size_t)1 << 30)
#define PAGE_LIMIT ((size_t)1 << 30)
#define MANY 200			/* files from which on one sync of the file system is cheaper than one each */
#define PATH_BYTES 4096

struct site_files {
	char *dir, *staging;
	struct site_table table;
	size_t staged_n, staged_cap;
	struct site_entry **staged;	/* in the order of their putting; file N lies in STAGING/N */
};

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
		return error_set(err, ERR_DATA, "'%s' is no list of a site's files: remove it together with the site's files", path);
	return 0;
}

/* What a killed run had begun. */
static void
clear_staging(const struct site_files *f, bool with_list)
{
	DIR *d = opendir(f->staging);
	const struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		AUTO_FREE char *path = file_join(f->staging, e->d_name);

		if (e->d_name[0] != '.' && (with_list || strcmp(e->d_name, PENDING) != 0))
			unlink(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(f->staging);
}

int
site_files_open(const char *dir, struct site_files **out, struct error *err)
{
	struct site_files *f;
	AUTO_FREE char *list = file_join(dir, LIST), *pending = NULL;
	int rc;

	*out = NULL;
	if ((rc = file_mkdirs(dir, err)) < 0)
		return rc;
	f = xcalloc(1, sizeof(*f));
	f->dir = xstrdup(dir);
	f->staging = file_join(dir, STAGING);
	pending = file_join(f->staging, PENDING);
	clear_staging(f, false);
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
	clear_staging(f, false);
	site_table_clear(&f->table);
	free(f->staged);
	free(f->staging);
	free(f->dir);
	free(f);
}

/* ---- what is wanted ---- */

bool
site_files_keep(struct site_files *f, const char *path, uint64_t key)
{
	struct site_entry *e = site_table_find(&f->table, path);

	if (e == NULL || e->key != key || key == 0)
		return false;
	e->wanted = true;
	return true;
}

/* Where in the sorted part of the list the names of a folder begin. */
static size_t
first_below(const struct site_table *t, const char *folder, size_t n)
{
	size_t low = 0, high = t->sorted;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strncmp(t->v[middle]->path, folder, n) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
site_files_keep_folder(struct site_files *f, const char *folder, uint64_t key)
{
	const struct site_table *t = &f->table;
	size_t n = strlen(folder), first = first_below(t, folder, n), end = first;

	for (; end < t->sorted && strncmp(t->v[end]->path, folder, n) == 0; end++)
		if (t->v[end]->key != key)
			return false;
	for (size_t i = t->sorted; i < t->read; i++)	/* of a stopped run */
		if (strncmp(t->v[i]->path, folder, n) == 0)
			return false;
	for (size_t i = first; i < end; i++)
		t->v[i]->wanted = true;
	return end > first;
}

enum there { THERE_NOT, THERE_SAME, THERE_OTHER };

static int
look(const char *path, const struct buf *bytes, enum there *there, struct error *err)
{
	AUTO_BUF old = BUF_INIT;
	struct stat st;
	int rc;

	*there = THERE_NOT;
	if (lstat(path, &st) < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : error_errno(err, ERR_IO, "cannot look at '%s'", path);
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
write_bytes(const char *path, const struct buf *bytes, struct error *err)
{
	AUTO_FD fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	size_t done = 0;
	int closed;

	if (fd < 0)
		return error_errno(err, ERR_IO, "cannot create '%s'", path);
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

int
site_files_put(struct site_files *f, const char *path, uint64_t key, const struct buf *bytes, struct error *err)
{
	struct site_entry *e = site_table_find(&f->table, path);
	char full[PATH_BYTES], temporary[PATH_BYTES];
	enum there there;
	int rc;

	if (!site_path_valid(path))
		return error_set(err, ERR_BUG, "'%s' is no path in a site", path);
	if (snprintf(full, sizeof(full), "%s/%s", f->dir, path) >= (int)sizeof(full) ||
	    snprintf(temporary, sizeof(temporary), "%s/%zu", f->staging, f->staged_n) >= (int)sizeof(temporary))
		return error_set(err, ERR_IO, "the path of '%s' is too long", path);
	if ((rc = look(full, bytes, &there, err)) < 0)
		return rc;
	if (there == THERE_OTHER && e == NULL)
		return error_set(err, ERR_CONF, "'%s' was not made by regwatch: move it away, or publish into another folder", full);
	if (e == NULL)
		e = site_table_add(&f->table, path, strlen(path));
	e->wanted = true;
	e->key = key;
	if (there == THERE_SAME)
		return 0;
	if ((f->staged_n == 0 && (rc = file_mkdirs(f->staging, err)) < 0) || (rc = write_bytes(temporary, bytes, err)) < 0)
		return rc;
	f->staged = xgrow(f->staged, f->staged_n, &f->staged_cap, sizeof(struct site_entry *));
	f->staged[f->staged_n++] = e;
	return 0;
}

int
site_files_read(const struct site_files *f, const char *path, struct buf *out, struct error *err)
{
	AUTO_FREE char *full = file_join(f->dir, path);

	return file_read(full, PAGE_LIMIT, out, err);
}

/* ---- into place ---- */

static int
sync_file(const char *path, struct error *err)
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) < 0)
		return error_errno(err, ERR_IO, "cannot write '%s' to disk", path);
	return 0;
}

static int
sync_all(const struct site_files *f, struct error *err)
{
	AUTO_FD fd = open(f->staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || syncfs(fd) < 0)
		return error_errno(err, ERR_IO, "cannot write '%s' to disk", f->staging);
	return 0;
}

static int
sync_staged(const struct site_files *f, struct error *err)
{
	int rc = 0;

	if (f->staged_n > MANY)
		return sync_all(f, err);
	for (size_t i = 0; rc == 0 && i < f->staged_n; i++) {
		AUTO_FREE char *path = xasprintf("%s/%zu", f->staging, i);

		rc = sync_file(path, err);
	}
	return rc;
}

/* From now on these names are ours, and what they hold is not what their keys in the list say, whatever stops us. */
static int
write_pending(const struct site_files *f, struct error *err)
{
	AUTO_FREE char *path = file_join(f->staging, PENDING);
	AUTO_BUF text = BUF_INIT;

	for (size_t i = 0; i < f->table.n; i++)
		if (f->table.v[i]->unsure)
			site_entry_write(f->table.v[i], &text);
	for (size_t i = 0; i < f->staged_n; i++)
		site_entry_write(f->staged[i], &text);
	return text.len == 0 ? 0 : file_write(path, buf_str(&text), text.len, NULL, err);
}

static int
place(const struct site_files *f, size_t i, struct error *err)
{
	AUTO_FREE char *from = xasprintf("%s/%zu", f->staging, i), *to = file_join(f->dir, f->staged[i]->path), *folder = NULL;
	int rc;

	if (rename(from, to) == 0)
		return 0;
	if (errno != ENOENT)
		return error_errno(err, ERR_IO, "cannot put '%s' in place", to);
	folder = xstrndup(to, (size_t)(strrchr(to, '/') - to));
	if ((rc = file_mkdirs(folder, err)) < 0)
		return rc;
	return rename(from, to) == 0 ? 0 : error_errno(err, ERR_IO, "cannot put '%s' in place", to);
}

/* Folders that held nothing else go too. */
static int
take_away(const struct site_files *f, const struct site_entry *e, struct error *err)
{
	AUTO_FREE char *path = file_join(f->dir, e->path);
	size_t root = strlen(f->dir);
	struct stat st;
	char *slash;

	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return 0;	/* somebody put another thing in its place */
	if (unlink(path) < 0 && errno != ENOENT && errno != ENOTDIR)
		return error_errno(err, ERR_IO, "cannot remove '%s'", path);
	while ((slash = strrchr(path, '/')) > path + root) {
		*slash = '\0';
		if (rmdir(path) < 0)
			return 0;
	}
	return 0;
}

static int
sync_places(const struct site_files *f, struct error *err)
{
	AUTO_FREE char *last = xstrdup("");
	int rc = 0;

	if (f->staged_n > MANY)
		return sync_all(f, err);
	for (size_t i = 0; rc == 0 && i < f->staged_n; i++) {
		AUTO_FREE char *path = file_join(f->dir, f->staged[i]->path);

		*strrchr(path, '/') = '\0';
		if (strcmp(path, last) == 0)
			continue;
		rc = file_sync_dir(path, err);
		free(last);
		last = TAKE(path);
	}
	return rc;
}

static int
write_list(struct site_files *f, struct error *err)
{
	AUTO_FREE char *path = file_join(f->dir, LIST);
	AUTO_BUF text = BUF_INIT;

	site_table_write(&f->table, &text);
	return file_write(path, buf_str(&text), text.len, NULL, err);
}

int
site_files_finish(struct site_files *f, struct site_files_done *done, struct error *err)
{
	int rc;

	*done = (struct site_files_done){ .written = f->staged_n };
	if ((rc = sync_staged(f, err)) < 0 || (rc = write_pending(f, err)) < 0)
		return rc;
	for (size_t i = 0; i < f->staged_n; i++)
		if ((rc = place(f, i, err)) < 0)
			return rc;
	if ((rc = sync_places(f, err)) < 0)
		return rc;
	for (size_t i = 0; i < f->table.n; i++) {
		struct site_entry *e = f->table.v[i];

		if (e->wanted) {
			done->kept++;
		} else {
			if ((rc = take_away(f, e, err)) < 0)
				return rc;
			done->removed++;
		}
	}
	done->kept -= done->written;
	if ((rc = write_list(f, err)) < 0)
		return rc;
	clear_staging(f, true);
	return 0;
}
