#include "adopt.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/base/alloc.h"
#include "../lib/base/file.h"
#include "git.h"

static int
move_files(const char *from, const char *to, struct error *err)
{
	DIR *d = opendir(from);
	const struct dirent *e;
	int rc = 0;

	if (d == NULL)
		return errno == ENOENT ? 0 : error_errno(err, ERR_IO, "cannot read '%s'", from);
	rc = file_mkdirs(to, err);
	while (rc == 0 && (e = readdir(d)) != NULL) {
		AUTO_FREE char *source = file_join(from, e->d_name), *target = file_join(to, e->d_name);
		struct stat st;

		if (stat(source, &st) == 0 && S_ISREG(st.st_mode) && rename(source, target) < 0)
			rc = error_errno(err, ERR_IO, "cannot move '%s'", source);
	}
	closedir(d);
	return rc < 0 ? rc : file_sync_dir(to, err);
}

int
store_adopt(struct store *st, struct store *from, struct error *err)
{
	git_oid here, there;
	int rc = 0, have;

	for (int i = -1; rc == 0 && i < 256; i++) {
		char name[20] = "objects/pack";

		if (i >= 0)
			snprintf(name, sizeof(name), "objects/%02x", (unsigned)i & 255);
		AUTO_FREE char *source = file_join(from->path, name), *target = file_join(st->path, name);

		if (file_exists(source))
			rc = move_files(source, target, err);
	}
	if (rc < 0 || (rc = store_ref(from, STORE_MAIN, &there, err)) <= 0)
		return rc;
	if (git_odb_refresh(st->odb) < 0)
		return error_git(err, ERR_IO, "cannot read the objects of '%s' again", st->path);
	if ((have = store_ref(st, STORE_MAIN, &here, err)) < 0)
		return have;
	return have == 1 ? 0 : store_move(st, STORE_MAIN, NULL, &there, err);
}
