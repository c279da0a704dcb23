#include "repo.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/base/alloc.h"
#include "../lib/base/file.h"
#include "git.h"
#include "raw.h"
#include "stale.h"

#define CACHE_BYTES ((ssize_t)12 << 20)		/* libgit2's own 256 MB would break the promise of 40 MB for a quiet run */
#define CACHE_TREE ((size_t)64 << 10)		/* the tree of all members measures 5 KB; libgit2 would cache only up to 4 KB */
#define REF_BYTES OID_HEX			/* 40 digits and a line end */
#define MAPPED_BYTES ((size_t)48 << 20)		/* of packs at one time, in windows: what was touched counts as ours */
#define WINDOW_BYTES ((size_t)8 << 20)

/* Nothing outside the repository may change what we read or write: not the user's git configuration, not templates. A store may belong to
 * another user (readers of a shared one), and libgit2 runs no hooks. */
static void
git_start(void)
{
	static const int levels[] = { GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL };

	git_libgit2_init();
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, CACHE_BYTES);
	git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, CACHE_TREE);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, MAPPED_BYTES);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, WINDOW_BYTES);
}

/* An empty bare repository whose own git never repacks it: maintenance is ours, under our lock. */
static int
make_bare(const char *path, struct error *err)
{
	git_repository_init_options options;
	git_repository *repo = NULL;
	git_config *config = NULL;
	int rc = 0;

	git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKDIR;
	options.initial_head = "main";
	options.description = "Notifications of draft technical regulations, kept by regwatch";
	if (git_repository_init_ext(&repo, path, &options) < 0 || git_repository_config(&config, repo) < 0 ||
	    git_config_set_int32(config, "gc.auto", 0) < 0)
		rc = error_git(err, ERR_IO, "cannot make a repository in '%s'", path);
	git_config_free(config);
	git_repository_free(repo);
	return rc;
}

int
store_create(const char *path, struct error *err)
{
	AUTO_FREE char *aside = xasprintf("%s.new", path);
	AUTO_FREE char *parent = xasprintf("%s/..", path);
	struct stat sb;
	int rc;

	if (lstat(path, &sb) == 0)
		return error_set(err, ERR_IO, "'%s' is already there", path);
	rc = stale_remove_folder(aside, err);
	if (rc < 0)
		return rc;
	git_start();
	rc = make_bare(aside, err);
	git_libgit2_shutdown();
	if (rc == 0)
		rc = file_sync_dir(aside, err);
	if (rc < 0)
		return rc;
	if (rename(aside, path) < 0)
		return error_errno(err, ERR_IO, "cannot rename '%s' to '%s'", aside, path);
	return file_sync_dir(parent, err);
}

int
store_ready(struct store *st, struct error *err)
{
	if (st->odb != NULL)
		return 0;
	if (!st->started)
		git_start();
	st->started = true;
	if (git_repository_open_bare(&st->repo, st->path) < 0 || git_repository_odb(&st->odb, st->repo) < 0) {
		git_repository_free(st->repo);
		st->repo = NULL;
		return error_git(err, ERR_IO, "cannot open the store '%s'", st->path);
	}
	return 0;
}

static int
open_to_write(struct store *st, struct error *err)
{
	int rc;

	if ((rc = store_ready(st, err)) < 0 || (rc = stale_clear(st->path, err)) < 0)
		return rc;
	return raw_heal(st, err);
}

int
store_open(const char *path, bool writer, struct store **out, struct error *err)
{
	struct store *st;
	struct stat sb;
	int rc;

	*out = NULL;
	if (stat(path, &sb) < 0 && errno == ENOENT)
		return error_set(err, ERR_CONF, "there is no store in '%s'; run 'regwatch init'", path);
	st = xcalloc(1, sizeof(*st));
	st->path = xstrdup(path);
	st->writer = writer;
	rc = writer ? open_to_write(st, err) : 0;
	if (rc < 0)
		store_free(st);
	else
		*out = st;
	return rc;
}

void
store_free(struct store *st)
{
	if (st == NULL)
		return;
	store_forget_tips(st);
	git_odb_free(st->odb);
	git_repository_free(st->repo);
	free(st->path);
	if (st->started)
		git_libgit2_shutdown();
	free(st);
}

const char *
store_path(const struct store *st)
{
	return st->path;
}

void
store_forget_tips(struct store *st)
{
	git_tree_free(st->raw_tree);
	st->raw_tree = NULL;
	st->raw_known = false;
}

/* The commit that a branch of an unopened repository points to, by its own file, which git lets go before a packed ref. False when it is not that plain. */
static bool
loose_tip(const struct store *st, const char *ref, char oid[OID_HEX])
{
	AUTO_FREE char *path = file_join(st->path, ref);
	AUTO_BUF text = BUF_INIT;
	git_oid id;

	if (!file_exists(path) || file_read(path, REF_BYTES, &text, NULL) < 0 || text.len != REF_BYTES || text.data[OID_HEX - 1] != '\n')
		return false;
	memcpy(oid, text.data, OID_HEX - 1);
	oid[OID_HEX - 1] = '\0';
	return store_oid(oid, &id);
}

int
store_tip(struct store *st, const char *ref, char oid[OID_HEX], struct error *err)
{
	git_oid id;
	int rc;

	if (st->odb == NULL && loose_tip(st, ref, oid))
		return 0;
	oid[0] = '\0';
	rc = store_ref(st, ref, &id, err);
	if (rc > 0)
		store_hex(&id, oid);
	return rc < 0 ? rc : 0;
}

static void
start_for_good(void)
{
	git_libgit2_init();
}

void
store_hash(const void *data, size_t n, char blob[OID_HEX])
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;	/* without a store open, each start and end of libgit2 would cost milliseconds */
	git_oid id;

	pthread_once(&once, start_for_good);
	blob[0] = '\0';
	if (git_odb_hash(&id, data, n, GIT_OBJECT_BLOB) == 0)
		store_hex(&id, blob);
}
