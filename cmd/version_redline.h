/* What a version changes: against the version before it, with its attached texts. A final text that comes for the first time is held against the draft. */
#ifndef REGWATCH_CMD_VERSION_REDLINE_H
#define REGWATCH_CMD_VERSION_REDLINE_H

#include "../lib/redline/redline.h"
#include "cmd.h"

/* A record and the commit whose tree holds its texts ("" for now); borrowed. */
struct state {
	const struct notice *notice;
	const char *commit;
};

/* before.notice may be NULL: a first sight has no redline but that of its final text, if it comes with one. out is initialised. A text that cannot be read is left
 * out with a warning: the rest is worth telling. */
void states_redline(struct app *app, const struct state *before, const struct state *now, struct redline *out);

/* The part of it that concerns a final text: when it came with 'now', what it says otherwise than the draft takes the place of the line that it was added. */
void states_compare_final(struct app *app, const struct state *before, const struct state *now, struct redline *out);

/* states_redline for a version of a notification; its record goes to *now, which is initialised by the call. */
int version_redline(struct app *app, const char *id, const char *commit, struct notice *now, struct redline *out, struct error *err);

#endif
