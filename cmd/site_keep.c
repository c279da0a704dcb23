/* Files of a site that stay as they are. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "site_files_private.h"

static bool
keep(const struct site_table *t, const char *path, uint64_t key)
{
	struct site_entry *e = site_table_find(t, path);

	if (e == NULL || e->key != key || key == 0)
		return false;
	e->wanted = true;
	return true;
}

bool
site_files_keep(struct site_files *f, const char *path, uint64_t key)
{
	bool kept;

	pthread_mutex_lock(&f->lock);
	kept = keep(&f->table, path, key);
	pthread_mutex_unlock(&f->lock);
	return kept;
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

/* All from a place in the sorted part on whose names begin so. */
static bool
keep_run(const struct site_table *t, size_t first, const char *begin, size_t n, uint64_t key)
{
	size_t end = first;

	for (; end < t->sorted && strncmp(t->v[end]->path, begin, n) == 0; end++)
		if (t->v[end]->key != key)
			return false;
	for (size_t i = first; i < end; i++)
		t->v[i]->wanted = true;
	return end > first;
}

static bool
keep_folder(const struct site_table *t, const char *folder, uint64_t key)
{
	size_t n = strlen(folder);

	for (size_t i = t->sorted; i < t->read; i++)	/* of a stopped run */
		if (strncmp(t->v[i]->path, folder, n) == 0)
			return false;
	return keep_run(t, first_below(t, folder, n), folder, n, key);
}

bool
site_files_keep_folder(struct site_files *f, const char *folder, uint64_t key)
{
	bool kept;

	pthread_mutex_lock(&f->lock);
	kept = keep_folder(&f->table, folder, key);
	pthread_mutex_unlock(&f->lock);
	return kept;
}

static bool
keep_beside(const struct site_table *t, const char *path, size_t n, uint64_t key)
{
	size_t first = site_table_place(t, path);

	if (t->read > t->sorted) {
		AUTO_FREE char *name = xstrndup(path, n);

		return keep(t, path, key) && keep_folder(t, name, key);
	}
	if (first >= t->sorted)
		return false;
	while (first > 0 && strncmp(t->v[first - 1]->path, path, n) == 0)
		first--;
	return keep_run(t, first, path, n, key);
}

bool
site_files_keep_beside(struct site_files *f, const char *path, size_t n, uint64_t key)
{
	bool kept;

	pthread_mutex_lock(&f->lock);
	kept = keep_beside(&f->table, path, n, key);
	pthread_mutex_unlock(&f->lock);
	return kept;
}
