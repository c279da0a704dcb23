/* The inside of a list of a site's files: what was put, and where it waits. Inside site_files and site_place only. */
#ifndef REGWATCH_CMD_SITE_FILES_PRIVATE_H
#define REGWATCH_CMD_SITE_FILES_PRIVATE_H

#include <pthread.h>

#include "../lib/base/buf.h"
#include "site_files.h"
#include "site_table.h"

#define SITE_LIST ".regwatch-site"
#define SITE_STAGING ".regwatch-new"
#define SITE_PENDING "list"	/* in SITE_STAGING: paths that may be ours already */
#define SITE_TREE "new"		/* in SITE_STAGING: files that were not there, in the folders where they will stand */

/* New bytes: in SITE_STAGING/new/PATH when they go into a folder and replace nothing, so that folders which are new come into place as a whole; else in
 * SITE_STAGING/PART-NUMBER. */
struct staged {
	struct site_entry *e;
	bool replaces;			/* a file that was there */
	size_t step, part, number;
};

struct site_files {
	char *dir, *staging;
	bool lost;			/* no list was there */
	uint64_t state;			/* see site_files_state */
	const char *aside;		/* the folder of site_files_step_below, "" for none, and its step */
	size_t aside_step;
	pthread_mutex_t lock;		/* guards all below until site_files_finish */
	struct site_table table;
	size_t step, part;		/* of what is put now */
	size_t number;			/* of the next in this part */
	size_t staged_n, staged_cap;
	struct staged *staged;
	struct buf handed;		/* of a part: what its beginner must know */
};

char *site_staged_path(const struct site_files *f, const struct staged *s);
bool site_staged_in_tree(const struct staged *s);

/* What a killed run had begun; its list of pending names only when it is no longer needed. */
void site_staging_clear(const struct site_files *f, bool with_list);

#endif
