/* Synthetic versions for measuring the store: the shape of real ones (records of about 2 KB of English in Markdown, members in unequal shares, numbers
 * that rise with time), the same ones for the same number. Nothing in them is real. */
#ifndef REGWATCH_TESTS_BENCH_VERSIONS_H
#define REGWATCH_TESTS_BENCH_VERSIONS_H

#include "store/repo.h"

struct versions;

/* Version i in order of time; its strings live until the next call. Calls must count up from 0. */
struct versions *versions_new(void);
const struct new_version *versions_next(struct versions *v);
void versions_free(struct versions *v);

#endif
