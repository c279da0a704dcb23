/* The branch 'raw': what every version was made from, and in which order, so that main can be derived from it alone.
 *
 * One commit for all raw files of a batch; a path that the batch sets twice begins another one, because every blob that a version names must stay
 * reachable. Its message tells the versions made, in their order, and the tip of main that they lead to:
 *
 *	eping: 31 payloads
 *
 *	Version: eping/TBT/USA/22xx/2211/notification.api.json
 *	Attached: tris/2024/FI/0321/documents/draft.en.txt	(payload of a text that came with the next version)
 *	Version: tris/2024/FI/0321/notification.25975.html
 *	Version: tris/2024/FI/0321/documents/draft.en.txt	(a text alone)
 *	Vanished: G/TBT/N/CHN/2065
 *	Main: 3fa4...
 *
 * The branch moves before main does. A writer that was killed between the two left main behind: 'Main:' tells the next one where it belongs. */
#ifndef REGWATCH_STORE_RAW_H
#define REGWATCH_STORE_RAW_H

#include <stdint.h>

#include "../lib/base/strv.h"
#include "../lib/notice/notice.h"
#include "git.h"
#include "objects.h"

struct raw;

/* objects is borrowed. ERR_DATA when the branch holds what regwatch did not write. */
int raw_new(struct store *st, struct objects *objects, struct raw **out, struct error *err);
void raw_free(struct raw *r);

/* Could the path be set? ERR_DATA as tree_set. */
int raw_check(struct raw *r, const char *path, struct error *err);

/* A payload: a blob and the path whose file it becomes. */
struct raw_payload {
	const char *path;
	git_oid blob;
};

/* One version was made from these payloads, the first of them its own, the others attached. main: tip of main before it, NULL while there is none. The first
 * version's source and time go into the commit. */
int raw_put(struct raw *r, const struct raw_payload *payloads, size_t n, const char *source, int64_t time, const git_oid *main, struct error *err);

/* One version was made from an absence. */
void raw_vanished(struct raw *r, const char *id, const char *source, int64_t time);

/* Adds the commit of what was told since the last; main: tip of main after it. */
int raw_commit(struct raw *r, const git_oid *main, struct error *err);

/* Moves the branch, once the objects are durable. */
int raw_publish(struct raw *r, struct error *err);

/* How one version came about. */
struct raw_step {
	char *what;		/* path of its payload, or id of the record */
	bool vanished;		/* what is an id: the version was made from an absence */
	struct strv attached;	/* paths of payloads that came with it */
};

/* What a commit of the branch tells. */
struct raw_story {
	int64_t at;		/* commit time: that of its versions */
	struct raw_step *steps;	/* in the order of main */
	size_t n, cap;
	char main[OID_HEX];
};

/* out is initialised by the call and cleared on failure. ERR_DATA when the commit is not of this form. */
int raw_story(struct store *st, const char *commit, struct raw_story *out, struct error *err);
void raw_story_clear(struct raw_story *s);

/* Suffix and way of a notification's payload by its file name: "Rev.1.api.json" -> ".api.json", "notification.26754.html" -> ".26754.html". False for other
 * names. */
bool raw_suffix(const char *name, const char **suffix, enum way *way);

/* Moves main to where the tip of raw says it belongs, when it was left behind or lost and its objects are there. */
int raw_heal(struct store *st, struct error *err);

#endif
