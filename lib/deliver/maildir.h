/* Delivery into a maildir. */
#ifndef REGWATCH_DELIVER_MAILDIR_H
#define REGWATCH_DELIVER_MAILDIR_H

#include "deliver.h"

/* Puts the message, with LF line ends, into DIR/new through DIR/tmp; the folders are made when missing, with mode 0700. The file's name is made of the
 * message's id and time alone: a repeat after a crash replaces the file, and does nothing when a reader has moved it to DIR/cur meanwhile. On disk when
 * DELIVER_SENT is returned. Never DELIVER_REFUSED. */
enum outcome deliver_maildir(const char *dir, const struct message *m, struct error *why);

#endif
