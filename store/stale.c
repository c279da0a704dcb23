#include "stale.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/file.h"

#define OPEN_FOLDERS 16		/* file descriptors that nftw may hold */
#define LONE_SECONDS 600	/* that a pack may stand without its index: git, of someone who pushes, writes one behind the other */
#define PACK_NAME 45		/* "pack-" and 40 digits */

static bool
ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcmp(name + n - m, end) == 0;
}

static bool
is_lock(const char *name)
{
	return ends_with(name, ".lock");
}

static bool
begins_with(const char *name, const char *start)
{
	return strncmp(name, start, strlen(start)) == 0;
}

/* Of ours and of libgit2's. */
static bool
is_unfinished_pack(const char *name)
{
	return begins_with(name, STALE_PACK) || begins_with(name, "pack_git2_") || is_lock(name);
}

static bool
is_unfinished_object(const char *name)
{
	return begins_with(name, "tmp_object");
}

/* Removes the files right in a folder that 'stale' names. */
static int
clear_folder(const char *path, const char *sub, bool (*stale)(const char *name), struct error *err)
{
	AUTO_FREE char *folder = file_join(path, sub);
	struct dirent *entry;
	DIR *dir = opendir(folder);
	int rc = 0;

	if (dir == NULL)
		return errno == ENOENT ? 0 : error_errno(err, ERR_IO, "cannot read '%s'", folder);
	while (rc == 0 && (entry = readdir(dir)) != NULL) {
		if (stale(entry->d_name) && unlinkat(dirfd(dir), entry->d_name, 0) < 0 && errno != ENOENT)
			rc = error_errno(err, ERR_IO, "cannot remove the stale '%s/%s'", folder, entry->d_name);
	}
	closedir(dir);
	return rc;
}

/* A pack counts only with its index; whoever writes one, or drops it, may be killed between the two. */
static bool
is_lone(int folder, const char *name)
{
	char index[PACK_NAME + sizeof(".idx")], keep[PACK_NAME + sizeof(".keep")];
	const char *ending = name + PACK_NAME;
	struct stat sb;

	if (!begins_with(name, "pack-") || strspn(name + 5, "0123456789abcdef") != PACK_NAME - 5)
		return false;
	if (strcmp(ending, ".pack") != 0 && strcmp(ending, ".rev") != 0 && strcmp(ending, ".bitmap") != 0)
		return false;
	sprintf(index, "%.*s.idx", PACK_NAME, name);
	sprintf(keep, "%.*s.keep", PACK_NAME, name);
	return faccessat(folder, index, F_OK, 0) < 0 && errno == ENOENT && faccessat(folder, keep, F_OK, 0) < 0 && errno == ENOENT &&
	    fstatat(folder, name, &sb, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(sb.st_mode) && time(NULL) - sb.st_mtime > LONE_SECONDS;
}

static int
clear_lone_packs(const char *path, struct error *err)
{
	AUTO_FREE char *folder = file_join(path, "objects/pack");
	struct dirent *entry;
	DIR *dir = opendir(folder);
	int rc = 0;

	if (dir == NULL)
		return errno == ENOENT ? 0 : error_errno(err, ERR_IO, "cannot read '%s'", folder);
	while (rc == 0 && (entry = readdir(dir)) != NULL)
		if (is_lone(dirfd(dir), entry->d_name) && unlinkat(dirfd(dir), entry->d_name, 0) < 0 && errno != ENOENT)
			rc = error_errno(err, ERR_IO, "cannot remove the stale '%s/%s'", folder, entry->d_name);
	closedir(dir);
	return rc;
}

static int
remove_lock(const char *path, const struct stat *sb, int type, struct FTW *at)
{
	(void)sb;
	if (type == FTW_F && is_lock(path + at->base) && unlink(path) < 0 && errno != ENOENT)
		return -1;
	return 0;
}

int
stale_clear(const char *path, struct error *err)
{
	AUTO_FREE char *refs = file_join(path, "refs");
	int rc;

	if (nftw(refs, remove_lock, OPEN_FOLDERS, FTW_PHYS) < 0)
		return error_errno(err, ERR_IO, "cannot clear stale locks below '%s'", refs);
	rc = clear_folder(path, ".", is_lock, err);
	if (rc == 0)
		rc = clear_folder(path, "objects", is_unfinished_object, err);
	if (rc == 0)
		rc = clear_folder(path, "objects/info", is_lock, err);
	if (rc == 0)
		rc = clear_folder(path, "objects/pack", is_unfinished_pack, err);
	return rc == 0 ? clear_lone_packs(path, err) : rc;
}

static int
remove_any(const char *path, const struct stat *sb, int type, struct FTW *at)
{
	(void)sb;
	(void)type;
	(void)at;
	return remove(path);
}

int
stale_remove_folder(const char *path, struct error *err)
{
	if (nftw(path, remove_any, OPEN_FOLDERS, FTW_PHYS | FTW_DEPTH) < 0 && errno != ENOENT)
		return error_errno(err, ERR_IO, "cannot remove '%s'", path);
	return 0;
}
