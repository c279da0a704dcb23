/* What a target is given, and how it gets there: one row a scheme. */
#ifndef REGWATCH_CMD_TARGETS_H
#define REGWATCH_CMD_TARGETS_H

#include "../lib/deliver/deliver.h"
#include "../lib/report/digest.h"
#include "cmd.h"
#include "news.h"

struct target {
	struct app *app;
	const struct subscription *sub;
	const char *text;		/* "mailto:toys@example.org" */
	const struct target_kind *kind;
	const char *address;		/* behind the scheme; of files absolute, owned */
	char *owned;
};

/* ERR_CONF when the target cannot work as configured: no address, no way to send mail, a kind that there is not. */
int target_open(struct target *t, struct app *app, const struct subscription *sub, const char *text, struct error *err);
void target_close(struct target *t);

/* A feed is always up to date and holds the newest events whether or not they were told before: so many of them; 0 for messages, which tell what is new. */
size_t target_newest(const struct target *t);

/* All mail goes through one server or program. */
bool target_is_mail(const struct target *t);

/* Some files show a state instead of telling news; their bytes need no digest. */
bool target_is_state(const struct target *t);

/* Appends the bytes of such a state as it is now. */
int target_state(const struct target *t, struct news *news, struct buf *out, struct error *err);

/* Does the file hold these bytes already? */
bool target_holds(const struct target *t, const struct buf *bytes);

/* Its file is not there (any more). */
bool target_is_lost(const struct target *t);

/* Appends the bytes to deliver. */
int target_render(const struct target *t, const struct digest *d, const char *message_id, struct buf *out, struct error *err);

/* One try, which takes at most half of the time until 'until' (clock_monotonic(); 0: any time). *wait: so many seconds it asks not to be tried again, 0 for none. */
enum outcome target_send(const struct target *t, const struct message *m, double until, long *wait, struct error *why);

/* Appends the target as people may see it: what is secret in it hidden. */
void target_label(const char *text, struct buf *out);

/* Is this the target that somebody means, as configured or as its label shows it? */
bool target_is_named(const char *text, const char *name);

/* Right side of Message-IDs and List-Ids. */
const char *target_domain(const struct target *t, struct buf *room);

#endif
