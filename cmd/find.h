/* From what the user typed to notifications and versions. */
#ifndef REGWATCH_CMD_FIND_H
#define REGWATCH_CMD_FIND_H

#include "../lib/notice/canon.h"
#include "cmd.h"

/* A symbol in any spelling -> id. ERR_NOTFOUND names some that are like it. */
int find_notification(struct app *app, const char *what, struct buf *id, struct error *err);

/* 'what': a version's number from 1, a date (the state at its end), or the start of a commit id. number may be NULL. Fails with ERR_USAGE, ERR_NOTFOUND. */
int find_version(struct app *app, const char *id, const char *what, char commit[OID_HEX], int *number, struct error *err);

/* The record as of a commit ("" = now). *out is initialised by the call. */
int read_version(struct app *app, const char *id, const char *commit, struct notice *out, struct error *err);

/* The text that is held of one of n's documents, as of a commit ("" = now); appended. The error begins with "text 'PATH': ". */
int read_attached(struct app *app, const struct notice *n, const char *commit, const struct document *d, struct buf *out, struct error *err);

#endif
