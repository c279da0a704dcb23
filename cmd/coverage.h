/* How far the feeds were read, from their states in cache/. */
#ifndef REGWATCH_CMD_COVERAGE_H
#define REGWATCH_CMD_COVERAGE_H

#include "../lib/report/digest.h"
#include "cmd.h"

struct coverages {
	struct digest_coverage feed[2];		/* by enum source */
};

/* A state that is missing or unreadable tells of no good run. */
struct coverages *coverages_read(struct app *app);
void coverages_free(struct coverages *c);

void coverage_copy(struct digest_coverage *to, const struct digest_coverage *from);

#endif
