/* Files: read with a bound, written whole or not at all; the lock. */
#ifndef REGWATCH_BASE_FILE_H
#define REGWATCH_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct buf;
struct error;

/* The whole file. Fails with ERR_IO; ERR_DATA when larger than max. "-" is standard input. */
int file_read(const char *path, size_t max, struct buf *out, struct error *err);

/* Temporary file ".NAME.new" beside path (one writer at a time: callers hold the lock), write, fsync, close, rename, fsync of the folder.
 * Nothing is touched when the content is already the same (then *changed, if given, is false). Mode 0666 & ~umask for a new file, the old
 * one's otherwise. */
int file_write(const char *path, const void *data, size_t n, bool *changed, struct error *err);

/* A new file without a name, to write and read, in the folder of 'beside'; its room is free again when it is closed. For what is too much for memory: the
 * caller says where there is room, as /tmp may be memory, full or not ours to write. Fails with ERR_IO. */
int file_nameless(const char *beside, FILE **out, struct error *err);

int file_mkdirs(const char *path, struct error *err);		/* with parents; 0777 & ~umask */
int file_sync_dir(const char *path, struct error *err);
bool file_exists(const char *path);
char *file_resolve(const char *path);	/* absolute, through all links, also of what is not there yet; caller frees */
char *file_join(const char *dir, const char *name);		/* caller frees */

/* A secret: the first line of a regular file that group and others cannot read. Fails with ERR_CONF. */
int file_read_secret(const char *path, char **out, struct error *err);

/* An advisory lock (fcntl) that dies with the process; the file holds "PID COMMAND\n" of the holder and is never removed.
 * Fails with ERR_AGAIN at once, naming the holder, when somebody has it. */
struct file_lock;
int file_lock_take(const char *path, const char *who, struct file_lock **out, struct error *err);
void file_lock_release(struct file_lock *lock);			/* NULL is fine */

#endif
