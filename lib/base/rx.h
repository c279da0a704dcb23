/* Regular expressions over PCRE2: UTF, JIT when there is one, match limits always on. \w, \d and \b know all scripts: write [0-9]
 * for digits that will be counted with. What is no valid UTF-8 in a text is never part of a match. An rx is not shared by threads. */
#ifndef REGWATCH_BASE_RX_H
#define REGWATCH_BASE_RX_H

#include <stdbool.h>
#include <stddef.h>

#include "cleanup.h"

struct error;
struct rx;

enum { RX_CASELESS = 1, RX_MULTILINE = 2 };

#define RX_GROUPS 16
struct rx_match {
	size_t start[RX_GROUPS], end[RX_GROUPS];	/* byte offsets; start == end == (size_t)-1 for a group that did not take part */
};

/* Fails with ERR_CONF, naming the place in the pattern. */
int rx_compile(const char *pattern, int flags, struct rx **out, struct error *err);
void rx_free(struct rx *rx);

/* The first match at or after 'from'. False also when the match limit is reached (then *limited, if given, is true). */
bool rx_exec(const struct rx *rx, const char *text, size_t n, size_t from, struct rx_match *m, bool *limited);

CLEANUP_POINTER(rx, struct rx *, rx_free)
#define AUTO_RX __attribute__((cleanup(cleanup_rx))) struct rx

#endif
