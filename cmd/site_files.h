/* The files of a published site: which of them are ours, which must be written anew, and how they come into place.
 *
 * A file has a key: a number that changes when what it is made from does. The keys of the last time lie in DIR/.regwatch-site, so that what did not change is
 * neither made nor read; it also tells which files are ours, so that one that is no longer wanted goes and a foreign one is never touched.
 *
 * When the list is lost, a file that is in the way is ours if it bears our mark (site_mark.h); without the mark it is somebody else's, as ever, and what is no longer
 * wanted stays, as nobody knows whose copy it is.
 *
 * New bytes are first written into DIR/.regwatch-new. Only when all of them are on disk do they take their places: first the files that were not
 * there, where a folder is new all of it by one rename, but those at the top after all others; then those that replace one, and these as those at the top step by
 * step and in a step in the order in which they were put. The start page belongs to the last step. So whoever comes from there meets whole pages and no dead
 * link; what is no longer wanted goes last. Killed before the first rename a run leaves the old site byte for byte; killed later, whole pages of both, and the next run does the
 * rest, as the keys are written last. */
#ifndef REGWATCH_CMD_SITE_FILES_H
#define REGWATCH_CMD_SITE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct error;
struct site_files;

/* Several threads may keep, put and read at the same time, each its own files; all else is for one of them when no other does. */

/* Makes the folder when there is none. Callers hold the program's lock. Fails with ERR_IO; ERR_DATA when the list of files is damaged. */
int site_files_open(const char *dir, struct site_files **out, struct error *err);
void site_files_free(struct site_files *f);	/* without site_files_finish nothing has changed */

/* Was the whole site made in this state (site_files_state), and not stopped half way? Then nothing in it needs a look; *files: how many they are. */
bool site_files_unchanged(const char *dir, uint64_t state, size_t *files);

/* The key of all that the whole site is made from, for the next time; without it, or 0, none is kept. */
void site_files_state(struct site_files *f, uint64_t state);

/* True when the file was made under this key the last time: then it stays, and is wanted. */
bool site_files_keep(struct site_files *f, const char *path, uint64_t key);

/* The same for all files below a folder ("search/2026-0/") that were made under one key, at least one. */
bool site_files_keep_folder(struct site_files *f, const char *folder, uint64_t key);

/* The same for a file and all whose names begin with the same n bytes ("tris/2024/FI/0321." of "tris/2024/FI/0321.html"). Quicker than the two above. */
bool site_files_keep_beside(struct site_files *f, const char *path, size_t n, uint64_t key);

/* A file's new bytes; those that are there already are not written again. Paths are parts of [A-Za-z0-9._-] that do not begin with a dot, joined by '/'.
 * Fails with ERR_CONF when a file of this name is there that is not ours, ERR_IO. */
int site_files_put(struct site_files *f, const char *path, uint64_t key, const struct buf *bytes, struct error *err);

/* What is put from now on takes its place after the files of lower steps, whichever was put first. It begins with 0. */
void site_files_step(struct site_files *f, size_t step);

/* But what is put below this folder (borrowed: "search/") always has this step: for another thread's. Once, before that begins. */
void site_files_step_below(struct site_files *f, const char *folder, size_t step);

/* Sharing the work with processes that were forked after site_files_open: each begins its part (a number from 1) in its own copy of f, puts files and ends the part;
 * when it is gone, whoever forked it adopts the part: then its files count as put there, in the step of that moment. What was kept before the fork need not be kept
 * again. A part that is not adopted leaves nothing. All but the beginning fail with ERR_IO. */
void site_files_part_begin(struct site_files *f, size_t part);
int site_files_part_end(struct site_files *f, struct error *err);
int site_files_part_adopt(struct site_files *f, size_t part, struct error *err);

/* The bytes of a file as they are in place, whoever made it. Fails with ERR_IO, also when there is none. */
int site_files_read(const struct site_files *f, const char *path, struct buf *out, struct error *err);

struct site_files_done {
	size_t written, removed, kept;
};

/* Puts everything in place. */
int site_files_finish(struct site_files *f, struct site_files_done *done, struct error *err);

/* ---- keys ---- */

#define SITE_KEY_INIT UINT64_C(0xcbf29ce484222325)
uint64_t site_key_bytes(uint64_t key, const void *data, size_t n);
uint64_t site_key_text(uint64_t key, const char *s);	/* with its end, so that "a" "bc" is not "ab" "c"; NULL is "" */
uint64_t site_key_number(uint64_t key, int64_t number);

#endif
