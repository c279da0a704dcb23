/* Filling a digest from the index: what a subscription has not been told since a commit of main, and what closes soon. */
#ifndef REGWATCH_CMD_DIGESTING_H
#define REGWATCH_CMD_DIGESTING_H

#include "../lib/report/digest.h"
#include "cmd.h"

/* Which reminders were sent already: has(ctx, dossier, day) . */
struct reminded {
	bool (*has)(void *ctx, const char *dossier, struct date day);
	void *ctx;
};

/* Items of the versions after 'after' ("" or NULL: from the beginning) that the subscription wants, its due reminders, and coverage. most: only so many of the
 * newest; 0: all. out is initialised by the call and cleared by the caller, also after a failure. */
int digest_fill(struct app *app, const struct subscription *sub, const char *after, size_t most, const struct reminded *reminded, struct digest *out, struct error *err);

#endif
