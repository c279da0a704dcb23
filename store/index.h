/* The index: SQLite tables derived from main (and the labels of the sectors in force), so that nothing walks history.
 * Deleting the file loses nothing. The only place that knows <sqlite3.h>. */
#ifndef REGWATCH_STORE_INDEX_H
#define REGWATCH_STORE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/notice/event.h"
#include "../lib/notice/notice.h"
#include "../lib/sector/sector.h"
#include "repo.h"

struct effects;
struct error;
struct index;

/* Opens or makes the file 'path'. One that is damaged, of another schema or of another store is made anew (message_info); what cannot be
 * written is read as it is, or made in memory when there is nothing to read. labels: the sectors in force, borrowed for the life of the index; when
 * their fingerprint differs from the stored one all records are labelled again. NULL: nothing is labelled now, and what is written meanwhile gets its
 * labels at the next opening with sectors. st is borrowed. Call index_sync next: opening reads no commit. Fails with ERR_IO. */
int index_open(const char *path, struct store *st, const struct sectors *labels, struct index **out, struct error *err);

/* The same file once more, to be read in another thread while this one is; what is written there later comes into it by itself. NULL without an error when
 * there is no file to share: the index lives in memory. Both read whole records (index_notice, index_row_notice) from the same store, so only one of them at a
 * time may. Freed like any other. Fails with ERR_IO. */
int index_open_beside(const struct index *ix, struct index **out, struct error *err);
void index_free(struct index *ix);

/* Brings it up to the tip of main: reads only commits it has not seen; starts anew when the tip it knows is no ancestor of main. A commit or record that
 * makes no sense is told (message_warn) and passed over. While another process writes, the state before that is good enough. */
int index_sync(struct index *ix, struct error *err);

/* ---- while writing: intake applies each version as it is added, inside a transaction that ends after batch_commit ----
 * Lookups inside see what was applied. index_end(false), and a crash, leave the index as it was at index_begin. */
int index_begin(struct index *ix, struct error *err);

/* path and blob: of the record. v->events are its events. */
int index_apply(struct index *ix, const struct version *v, const char *path, const char *blob, const struct notice *n, struct error *err);

/* The same for a caller that has made already what both need of the record. */
struct index_known {
	const struct buf *text;		/* canon_write: kept until the store can show it */
	const struct effects *effects;	/* effects_read */
	struct sector_matches *matches;	/* sectors_match by the sectors that the index was opened with; NULL: not yet */
};
int index_apply_known(struct index *ix, const struct version *v, const char *path, const char *blob, const struct notice *n,
    const struct index_known *known, struct error *err);
int index_end(struct index *ix, bool commit, struct error *err);

/* ---- looking up ---- */

/* The id that a symbol stands for, written to id (emptied before). Letter case, blanks and padding do not matter, nor does the spelling of a TRIS state
 * ("2020/26/DE" for 2020/0026/D) where only one notification can be meant. False when unknown. */
bool index_resolve(struct index *ix, const char *symbol, struct buf *id);

struct index_row {		/* current state of one notification; strings live until the callback's end */
	const char *id, *dossier, *path, *blob, *commit;	/* commit: of the newest version */
	const char *title, *member, *members;	/* members: joined by "," */
	enum source source;
	enum area area;
	enum kind kind;
	int versions;
	struct date distributed, deadline, effective_deadline;	/* effective: latest of the dossier */
	bool open;			/* effective_deadline >= today */
	bool withdrawn;			/* the dossier */
	struct date vanished;
	bool low_confidence;		/* all its sectors are only the best of weak ones */
	const char *sectors;		/* names joined by ",", best first; "" for uncoded */
	const char *twin;		/* dossier id in the other system; "" without */
	const char *snippet;		/* search only, else "": the matching passage, matches between U+0002 and U+0003 */
	struct index_record *record;	/* index_row_notice's */
};

/* The whole record of a row, read from the store when first asked for; the row's. NULL and err when it cannot be read. */
const struct notice *index_row_notice(const struct index_row *row, struct error *err);

/* One notification. ERR_NOTFOUND; fn is called once. */
int index_get(struct index *ix, const char *id, int (*fn)(void *ctx, const struct index_row *row), void *ctx, struct error *err);

/* The record alone. *out is initialised by the call. ERR_NOTFOUND. */
int index_notice(struct index *ix, const char *id, struct notice *out, struct error *err);

/* What events_derive needs of the other records of a dossier. */
int index_dossier_context(struct index *ix, const char *dossier, const char *except_id, struct dossier_context *out, struct error *err);

/* Are these the raw bytes (by blob id) that a way last gave for this record? Equal bytes need no second look. Only a memory: false after a rebuild. */
bool index_same_raw(struct index *ix, const char *id, enum way way, const char *blob);
/* Remembers them; "" forgets. Inside or outside a transaction. */
int index_set_raw(struct index *ix, const char *id, enum way way, const char *blob, struct error *err);
/* Forgets those of all ways: the same bytes again may tell something else than the record now says. */
int index_forget_raw(struct index *ix, const char *id, struct error *err);

struct filter {
	struct strv sectors, members, sources, areas, events;	/* empty: any; several: any of them. events: names, or "changed" */
	int64_t since, until;		/* list: day of distribution; log: when we learnt it. 0: none. until is exclusive */
	bool open, uncoded;
	bool alerts;			/* log: only events that alert */
	long limit;			/* 0: none */
};
#define FILTER_INIT { .limit = 0 }
void filter_clear(struct filter *f);

enum index_order { ORDER_NEWEST, ORDER_DEADLINE, ORDER_BEST };

/* Current notifications, newest distribution first (ORDER_DEADLINE: soonest deadline, one row a dossier, its base or else its first known
 * member, when any of its members passes the filter; passed and withdrawn ones left out). words: full text query of a user (plain words, all of which must
 * occur, "phrases", -not, beginning*), NULL for all; a syntax error cannot happen, everything else in it is text. Words without a letter or digit match nothing.
 * fn's non-zero ends it and is returned. */
int index_list(struct index *ix, const struct filter *f, const char *words, enum index_order order, int (*fn)(void *ctx, const struct index_row *row), void *ctx, struct error *err);

/* ---- all of it: two passes, as a look at the dossier of each of 100,000 rows takes longer than reading them ---- */

/* Between them all that is read is of one moment, and a look takes no locks of its own. Not while writing; a failure of the work between
 * changes nothing. Who holds it already may hold it again: it is let go by as many. */
int index_hold(struct index *ix, struct error *err);
void index_let_go(struct index *ix);

/* Maps the file, for a reading of most of it, which otherwise costs a call for each page; while it lasts the process seems as large as the file. Not while it
 * is held, neither on nor off. */
void index_map(struct index *ix, bool on);

struct index_dossier {
	int64_t number;			/* from 1, with gaps; good while the index is open */
	const char *id;
	struct date effective_deadline;
	bool withdrawn;
	int64_t twin;			/* number of the dossier in the other system; 0 without */
};

/* Dossiers in the order of their numbers. */
int index_each_dossier(struct index *ix, int (*fn)(void *ctx, const struct index_dossier *d), void *ctx, struct error *err);

/* Notifications in the order in which they came, with the number of the dossier: its id, twin and state are not in the row, nor is the path; index_row_notice does not work. */
int index_each_notice(struct index *ix, int (*fn)(void *ctx, int64_t dossier, const struct index_row *row), void *ctx, struct error *err);

/* Products and description, in words, of some notifications: fn for each of ids that is there, with its place among them. */
int index_each_text(struct index *ix, const char *const *ids, size_t n, void (*fn)(void *ctx, size_t i, const char *products, const char *description),
    void *ctx, struct error *err);

struct index_event {		/* one event, in the order of main */
	struct event event;	/* borrowed */
	int64_t at;
	const char *commit, *notification, *dossier, *source, *area, *member, *title, *sectors;	/* sectors: joined by "," */
	struct date deadline;	/* effective, after this version */
	bool alerts;		/* false for all events of a version that bears archived or renormalised */
	int64_t position;	/* of the version on main: grows, from 1; only good for comparing while this process runs */
};

/* Position of a commit of main; 0 for "". ERR_DATA when main does not hold it. */
int index_position(struct index *ix, const char *commit, int64_t *out, struct error *err);

/* Events, newest first (oldest first when 'forward'), those of one version in their own order. id: of a dossier (then those of all its members) or of a
 * follow-up, NULL for all. after_commit: only what lies behind this commit of main, NULL or "" for all; ERR_DATA when main does not hold it. Titles,
 * members and sectors are the current ones of the notification. */
int index_log(struct index *ix, const struct filter *f, const char *id, const char *after_commit, bool forward, int (*fn)(void *ctx, const struct index_event *e), void *ctx, struct error *err);

/* Versions of one notification, oldest first (n counts from 1). */
int index_versions(struct index *ix, const char *id, int (*fn)(void *ctx, int n, const char *commit, int64_t at, const char *subject), void *ctx, struct error *err);

/* Ids of a dossier's members in lineage order. */
int index_dossier(struct index *ix, const char *dossier, struct strv *ids, struct error *err);

/* Further symbols of joint notifications: each but the id, in the order of ids. */
int index_symbols(struct index *ix, int (*fn)(void *ctx, const char *id, const char *symbol), void *ctx, struct error *err);

/* Counts for status and digests. */
struct index_counts { long notifications, dossiers, versions, events, open, uncoded, vanished; };	/* open: notifications, as list --open */
int index_counts(struct index *ix, struct index_counts *out, struct error *err);

/* Each sector's label of a record, best first, with its score and reason text ("title: toy; HS 9503"). */
int index_labels(struct index *ix, const char *id, int (*fn)(void *ctx, const char *sector, double score, bool low, const char *reason), void *ctx, struct error *err);

/* The commit up to which it has read main; "" when empty. */
const char *index_tip(struct index *ix);

#endif
