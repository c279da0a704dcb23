/* Hosts of documents that are in trouble, and pauses that grow: inside feeds/ only. */
#ifndef REGWATCH_FEEDS_ATTACH_HOSTS_H
#define REGWATCH_FEEDS_ATTACH_HOSTS_H

#include "feed.h"

/* Puts an entry of the state off, an hour at first, twice as long each time, at most 'longest' seconds: its "next" and "tries". */
void attach_put_off(json_t *entry, int64_t longest);
bool attach_is_put_off(const json_t *entry);

/* In trouble in this run, or not to be reached at all: names that do not resolve take seconds each time. */
bool attach_host_failed(struct feed *f, const char *address);

/* No answer came from the address. When nobody is there the host is left alone for longer each time ("document_hosts" in the state). */
void attach_host_silent(struct feed *f, const char *address, bool unreachable, const char *reason);

/* An answer came; a 429 is an answer to be heeded. */
void attach_host_answered(struct feed *f, const char *address, long status);

#endif
