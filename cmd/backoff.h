/* Failures of targets from run to run, kept in cache/alerts.json: who is left alone for how long, and why. Losing the file costs a try too many, never a
 * message: those lie in the store. */
#ifndef REGWATCH_CMD_BACKOFF_H
#define REGWATCH_CMD_BACKOFF_H

#include "../lib/base/json.h"
#include "cmd.h"

struct backoff {
	json_t *targets;	/* NULL: not loaded */
	bool changed;
};

/* A missing or unreadable file is as an empty one. */
void backoff_load(struct app *app, struct backoff *b);

/* Writes what changed, forgetting targets that the configuration no longer has. */
int backoff_save(struct app *app, struct backoff *b, struct error *err);
void backoff_clear(struct backoff *b);

/* When it may be tried again; not in the future: now. The first three failures cost no pause, later ones 1, 2, 4, ... hours, at most 22: a daily run always
 * tries. What a target itself asked for holds for all subscriptions that share it, up to a week. */
int64_t backoff_until(const struct backoff *b, const char *subscription, const char *target);

/* Why it failed the last time; NULL when it did not. Of the file. */
const char *backoff_reason(const struct backoff *b, const char *subscription, const char *target);

/* wait: seconds that the target asks to be left alone; 0: it does not say. */
void backoff_failed(struct backoff *b, const char *subscription, const char *target, const char *reason, long wait);
void backoff_forget(struct backoff *b, const char *subscription, const char *target);

#endif
