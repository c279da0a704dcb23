/* The short form of a redline, for messages: the first changes of it, and how many were left out. Inside lib/report only. */
#ifndef REGWATCH_REPORT_BRIEF_H
#define REGWATCH_REPORT_BRIEF_H

#include <stddef.h>

#include "../redline/redline.h"

struct buf;

/* provisions: how many changed ones of each attached text are to be shown. */
typedef void brief_render(const struct redline *r, size_t provisions, void *ctx, struct buf *out);

/* Appends a rendering of as many of the first changes as take at most 'most' bytes. Returns how many changes are left out. When not even one fits, nothing is
 * written and all are left out. */
size_t brief_write(const struct redline *r, size_t most, brief_render *render, void *ctx, struct buf *out);

/* Names of the changed fields, "Title, HS, Description"; appended. */
void brief_fields(const struct redline *r, struct buf *out);

#endif
