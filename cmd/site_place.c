/* How the files of a site come into place. */
#include "site_files_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/aside.h"
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

/* ---- into place ---- */

static int
place(const struct site_files *f, const struct staged *s, struct error *err)
{
	AUTO_FREE char *from = site_staged_path(f, s), *to = file_join(f->dir, s->e->path);

	return rename(from, to) == 0 ? 0 : error_errno(err, ERR_IO, "cannot put '%s' in place", to);
}

/* fn for each entry of a folder with its path; false when fn says so for one. */
static bool
each_entry(const char *folder, bool (*fn)(void *ctx, const char *path, const char *name), void *ctx)
{
	DIR *d = opendir(folder);
	const struct dirent *e;
	bool good = true;

	while (good && d != NULL && (e = readdir(d)) != NULL) {
		AUTO_FREE char *path = file_join(folder, e->d_name);

		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			good = fn(ctx, path, e->d_name);
	}
	if (d != NULL)
		closedir(d);
	return good;
}

struct merging {
	const char *to;
	struct error *err;
};

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A folder that is not there yet comes with all that is in it; else what is in it, each by itself. */
static bool
merge(void *ctx, const char *from, const char *name)
{
	const struct merging *m = ctx;
	AUTO_FREE char *to = file_join(m->to, name);
	struct merging below = { to, m->err };

	if (rename(from, to) == 0)
		return true;
	if ((errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR) || !is_folder(from) || !is_folder(to)) {
		error_errno(m->err, ERR_IO, "cannot put '%s' in place", to);
		return false;
	}
	return each_entry(from, merge, &below);
}

static int
place_all(const struct site_files *f, struct error *err)
{
	AUTO_FREE char *tree = file_join(f->staging, SITE_TREE);
	struct merging all = { f->dir, err };
	int rc = 0;

	if (!each_entry(tree, merge, &all))
		return ERR_IO;
	for (size_t i = 0; rc == 0 && i < f->staged_n; i++)
		if (!site_staged_in_tree(&f->staged[i]))
			rc = place(f, &f->staged[i], err);
	return rc;
}

/* ---- what is left ---- */

static bool
remove_tree(void *ctx, const char *path, const char *name)
{
	(void)name;
	if (unlink(path) < 0 && (errno == EISDIR || errno == EPERM)) {
		each_entry(path, remove_tree, ctx);
		rmdir(path);
	}
	return true;
}

static bool
remove_unless_list(void *ctx, const char *path, const char *name)
{
	return strcmp(name, SITE_PENDING) == 0 || remove_tree(ctx, path, name);
}

void
site_staging_clear(const struct site_files *f, bool with_list)
{
	each_entry(f->staging, with_list ? remove_tree : remove_unless_list, NULL);
	rmdir(f->staging);
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

/* The folder of a file and those above, as they may be new too; not what it shares with the file before it. */
static int
sync_folders(const struct site_files *f, const char *path, const char *before, struct error *err)
{
	AUTO_FREE char *full = file_join(f->dir, path);
	char *part = full + strlen(full) - strlen(path), *slash;
	int rc;

	while ((slash = strrchr(part, '/')) != NULL) {
		*slash = '\0';
		if (before != NULL && strncmp(part, before, strlen(part)) == 0 && before[strlen(part)] == '/')
			return 0;
		if ((rc = file_sync_dir(full, err)) < 0)
			return rc;
	}
	return before == NULL ? file_sync_dir(f->dir, err) : 0;
}

static int
sync_places(const struct site_files *f, struct error *err)
{
	int rc = 0;

	if (f->staged_n > MANY)
		return sync_all(f, err);
	for (size_t i = 0; rc == 0 && i < f->staged_n; i++)
		rc = sync_folders(f, f->staged[i].e->path, i > 0 ? f->staged[i - 1].e->path : NULL, err);
	return rc;
}

static int
take_rest_away(const struct site_files *f, struct site_files_done *done, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < f->table.n; i++) {
		struct site_entry *e = f->table.v[i];

		if (e->wanted)
			done->kept++;
		else if ((rc = take_away(f, e, err)) == 0)
			done->removed++;
	}
	done->kept -= done->written;
	return rc;
}

static int
put_in_place(const struct site_files *f, struct site_files_done *done, struct error *err)
{
	int rc;

	if ((rc = sync_staged(f, err)) < 0 || (rc = write_pending(f, err)) < 0 || (rc = place_all(f, err)) < 0 || (rc = sync_places(f, err)) < 0)
		return rc;
	return take_rest_away(f, done, err);
}

/* ---- the list ---- */

struct listing {
	const struct site_files *f;
	struct buf text;
};

static int
make_list(void *ctx, struct error *err)
{
	struct listing *l = ctx;

	(void)err;
	site_table_write(&l->f->table, l->f->state, &l->text);
	return 0;
}

static int
write_list(const struct site_files *f, const struct buf *text, struct error *err)
{
	AUTO_FREE char *path = file_join(f->dir, SITE_LIST);

	return file_write(path, buf_str(text), text->len, NULL, err);
}

/* The list is made while the disk is waited for, and written when all is in place. */
int
site_files_finish(struct site_files *f, struct site_files_done *done, struct error *err)
{
	struct listing list = { f, BUF_INIT };
	struct aside *beside;
	int rc;

	*done = (struct site_files_done){ .written = f->staged_n };
	if (f->staged_n > 1)
		qsort(f->staged, f->staged_n, sizeof(*f->staged), by_place);
	site_table_sort(&f->table);
	beside = aside_begin(make_list, &list);
	rc = put_in_place(f, done, err);
	(void)aside_end(beside, NULL);
	if (rc == 0 && (rc = write_list(f, &list.text, err)) == 0)
		site_staging_clear(f, true);
	buf_clear(&list.text);
	return rc;
}
