/* How the files of a site come into place. */
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

#define MANY 200	/* files from which on one sync of the file system is cheaper than one each */

/* First what is new, as nothing leads there yet; then pages before the lists that lead to them, and in the order of their putting. */
static int
by_place(const void *a, const void *b)
{
	const struct staged *x = a, *y = b;

	if (x->replaces != y->replaces)
		return x->replaces ? 1 : -1;
	if (x->step != y->step)
		return x->step < y->step ? -1 : 1;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

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
		AUTO_FREE char *path = site_staged_path(f, &f->staged[i]);

		rc = sync_file(path, err);
	}
	return rc;
}

/* From now on these names are ours, and what they hold is not what their keys in the list say, whatever stops us. */
static int
write_pending(const struct site_files *f, struct error *err)
{
	AUTO_FREE char *path = file_join(f->staging, SITE_PENDING);
	AUTO_BUF text = BUF_INIT;

	for (size_t i = 0; i < f->table.n; i++)
		if (f->table.v[i]->unsure)
			site_entry_write(f->table.v[i], &text);
	for (size_t i = 0; i < f->staged_n; i++)
		site_entry_write(f->staged[i].e, &text);
	return text.len == 0 ? 0 : file_write(path, buf_str(&text), text.len, NULL, err);
}

static int
place(const struct site_files *f, const struct staged *s, struct error *err)
{
	AUTO_FREE char *from = site_staged_path(f, s), *to = file_join(f->dir, s->e->path), *folder = NULL;
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
		AUTO_FREE char *path = file_join(f->dir, f->staged[i].e->path);

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
	AUTO_FREE char *path = file_join(f->dir, SITE_LIST);
	AUTO_BUF text = BUF_INIT;

	site_table_write(&f->table, f->state, &text);
	return file_write(path, buf_str(&text), text.len, NULL, err);
}

int
site_files_finish(struct site_files *f, struct site_files_done *done, struct error *err)
{
	int rc;

	*done = (struct site_files_done){ .written = f->staged_n };
	if (f->staged_n > 1)
		qsort(f->staged, f->staged_n, sizeof(*f->staged), by_place);
	if ((rc = sync_staged(f, err)) < 0 || (rc = write_pending(f, err)) < 0)
		return rc;
	for (size_t i = 0; i < f->staged_n; i++)
		if ((rc = place(f, &f->staged[i], err)) < 0)
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
	site_staging_clear(f, true);
	return 0;
}
