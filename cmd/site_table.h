/* The list of a site's files in memory: paths with their keys, found by path. Inside site_files only. */
#ifndef REGWATCH_CMD_SITE_TABLE_H
#define REGWATCH_CMD_SITE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/base/arena.h"

struct buf;

struct site_entry {
	uint64_t key;		/* 0: not known, must be made again */
	bool old;		/* of the list that was read */
	bool unsure;		/* of a run that was stopped: perhaps there, perhaps not */
	bool wanted;
	char path[];
};

struct site_table {
	struct site_entry **v;	/* in the order of their adding */
	size_t n, cap;
	struct arena entries;	/* where they lie */
	size_t sorted, read;	/* of v: so many stand in the order of their paths; so many were read */
	uint32_t *slots;	/* number in v, from 1; 0: free */
	size_t slots_n;		/* a power of two */
};

void site_table_clear(struct site_table *t);
struct site_entry *site_table_find(const struct site_table *t, const char *path);
size_t site_table_place(const struct site_table *t, const char *path);		/* its number in v, n when it is not there */
struct site_entry *site_table_add(struct site_table *t, const char *path, size_t n);	/* one that is not in it */

/* Adds what a list holds, "KEY PATH" a line behind a first line that names the form (pending: without it). text is changed. -1 when it is none. */
int site_table_read(struct site_table *t, char *text, bool pending);

/* The wanted ones; of a sorted table, so that the same site gives the same list. state: of all that the site was made from, 0 when that is not known. */
void site_table_sort(struct site_table *t);
void site_table_write(const struct site_table *t, uint64_t state, struct buf *out);

#define SITE_HEAD 64		/* bytes of a list that hold its first line */

/* The state in the first line of a list, and how many files are in it. False when there is none. */
bool site_table_state(const char *text, uint64_t *state, size_t *files);
void site_entry_write(const struct site_entry *e, struct buf *out);

/* Reads a line that ends at 'end', which is overwritten. *path points into it. */
bool site_entry_read(char *line, char *end, uint64_t *key, const char **path);

/* Can it be a path in a site? What a list says is checked too: it decides what is removed. */
bool site_path_valid(const char *path);

#endif
