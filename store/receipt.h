/* One receipt as a commit. Inside store/ only; everybody else uses delivered.h. */
#ifndef REGWATCH_STORE_RECEIPT_H
#define REGWATCH_STORE_RECEIPT_H

#include "delivered.h"
#include "git.h"

/* "refs/regwatch/delivered/NAME/HASH16"; ERR_CONF for a target that no receipt could name. */
int receipt_ref(const char *subscription, const char *target, struct buf *out, struct error *err);

/* Reads a receipt of the inbox 'ref', which it must belong to. out is initialised by the call and cleared on failure. ERR_DATA. */
int receipt_read(struct store *st, const char *ref, const git_oid *id, struct receipt *out, struct error *err);

/* The receipt before this one. ERR_DATA when there is none. */
int receipt_before(struct store *st, const struct receipt *r, struct receipt *out, struct error *err);

/* Writes the commit and its tree; 'message' and 'reminded' are objects already. */
int receipt_write(struct store *st, const struct receipt *r, const git_oid *parent, git_oid *id, struct error *err);

#endif
