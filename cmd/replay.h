/* What a sector's rule would have sent: the events of the store once more, through the matching that alerts go by. */
#ifndef REGWATCH_CMD_REPLAY_H
#define REGWATCH_CMD_REPLAY_H

#include "../lib/sector/sector.h"
#include "cmd.h"

/* A version that a digest would have told of, or nearly. */
struct replay_item {
	char *commit, *notification, *member, *title;	/* title: as it was then */
	int64_t at;
	struct strv events;		/* names, in their order */
	struct sector_matches why;	/* of the one sector */
};

struct replay_items {
	struct replay_item *v;		/* oldest first */
	size_t n, cap;
};

struct replay {
	struct replay_items hits, near;	/* near: not assigned, with a score from 0.3 to below 0.6 */
	struct strv seen;		/* notifications with an event that alerts, a set */
	int64_t first;			/* time of the store's first version; 0: it is empty */
	size_t unread;			/* versions whose record could not be read; each has had its warning */
};

#define REPLAY_INIT { .first = 0 }
#define AUTO_REPLAY __attribute__((cleanup(replay_clear))) struct replay

/* All versions since an instant that alert, each matched as record and base stood at its time: what a subscription to the sector with an alert after each
 * run would have been told. rules: the sectors to go by, all of them, for the guess of a record depends on the others. */
int replay_run(struct app *app, const struct sectors *rules, const char *sector, int64_t since, struct replay *out, struct error *err);
void replay_clear(struct replay *r);

/* The match of a sector by name; NULL when nothing of it was found. */
const struct sector_match *replay_match(const struct sectors *rules, const struct sector_matches *m, const char *sector);

/* ---- against the rule in force ---- */

struct replay_change {
	char *notification, *member, *title, *reason;
};

struct replay_difference {
	struct replay_change *added, *removed;	/* in the sector by 'rules' only; by the rule in force only. In the order of 'seen' */
	size_t added_n, added_cap, removed_n, removed_cap;
};

#define AUTO_DIFFERENCE __attribute__((cleanup(replay_difference_clear))) struct replay_difference

/* The notifications that were seen, as they are now, by 'rules' and by 'in_force'; in_force NULL: by the labels that the index holds. */
int replay_compare(struct app *app, const struct sectors *rules, const struct sectors *in_force, const char *sector, const struct strv *seen,
    struct replay_difference *out, struct error *err);
void replay_difference_clear(struct replay_difference *d);

#endif
