/* Publishing: what the site is made of, read from the index once, and who fills which pages. Inside cmd only. */
#ifndef REGWATCH_CMD_PUBLISHING_H
#define REGWATCH_CMD_PUBLISHING_H

#include "../lib/base/arena.h"
#include "../lib/base/json.h"
#include "../lib/report/digest.h"
#include "../lib/report/ical.h"
#include "../lib/site/site.h"
#include "cmd.h"
#include "site_files.h"

/* Rows in an order, borrowed of the world. */
struct row_list {
	const struct site_row **v;
	size_t n, cap;
};
void row_list_add(struct row_list *l, const struct site_row *row);

/* A list of the site with what lies beside it. */
struct world_list {
	const char *folder, *noun;
	char *name, *title;
	struct row_list rows, closing;		/* by day, oldest first; open dossiers, soonest first */
	const struct calendar_entry **entries;	/* of its calendar, by dossier; publishing_calendars.c */
	size_t entries_n, entries_cap;
	struct recent **recent;			/* newest first */
	size_t recent_n, recent_cap;
	char *front, *feed, *calendar;		/* paths */
};

/* A version of the last time, for feeds and "changed". */
struct recent {
	char *commit;
	int64_t at;
	const struct site_row *row;		/* of its notification */
	struct events events;
	struct date deadline;
};

/* A dossier is a run of rows in 'members'. */
struct world_dossier {
	const char *id;
	size_t first, n;			/* in lineage order */
	const struct site_row *head;		/* its base, or else the first that is known */
	uint64_t key;				/* of all that is known of it */
};

enum { LISTS_SECTORS, LISTS_MEMBERS, LISTS_YEARS, LISTS_KINDS };

struct world {
	struct app *app;
	struct site_meta meta;
	uint64_t key;				/* of all that every page hangs on: the program, settings */
	struct site_row *rows;			/* by day, oldest first */
	char (*blobs)[OID_HEX];			/* of the records, by number of row */
	uint64_t *fingerprints;			/* of what is known of each row; world_rows begins them with its newest commit */
	uint64_t *contents;			/* likewise of its record, sectors and place alone: what neither the day nor a follow-up changes */
	size_t *dossier_of;			/* number of each row's dossier */
	size_t n, cap;
	struct row_list members;		/* all rows, by dossier, in lineage order */
	struct world_dossier *dossiers;		/* by id */
	size_t dossiers_n;
	struct row_list closing;		/* heads of what is open, soonest first */
	struct world_list *lists[LISTS_KINDS];	/* by name */
	size_t lists_n[LISTS_KINDS];
	uint16_t member_lists[26][26];		/* by two letters: number of the member's list, from 1 */
	struct world_list *last_year;		/* that a row was found in: the next one mostly belongs there too */
	struct recent *recent;			/* newest first */
	size_t recent_n, recent_cap;
	struct row_list newest;			/* for the start page, newest first */
	struct site_counts counts;
	struct calendar deadlines;		/* of all dossiers that have one, by dossier */
	struct share *share;			/* dossiers that are due, from share_find on */
	bool lacking;				/* a dossier could not be read, perhaps next time */
	/* owned texts of the models */
	struct arena texts;
	struct site_sector *sectors;
	struct coverages *coverage;
	char *url;
};

/* What is known without a look at the notifications. *out is cleared by the caller, also after a failure of what follows. */
void world_begin(struct app *app, struct world *out);

/* Notifications and dossiers; then the lists that hold them, with what happened of late. */
int world_read(struct world *w, struct error *err);
int world_arrange(struct world *w, struct error *err);

/* Fills deadlines from this index, of one moment, be it another one than world_read's. It touches nothing else but settings and the store, so that a thread of its
 * own can do it while world_read, which leaves the store alone, goes on. */
int world_deadlines(struct world *w, struct index *ix, struct error *err);

/* Of all that the site hangs on: never 0. */
uint64_t world_state(const struct world *w);
void world_clear(struct world *w);
const char *world_text(struct world *w, const char *s);			/* a copy that lives as long as the world */
const struct world_dossier *world_dossier(const struct world *w, const char *id);	/* NULL when there is none */
const struct site_row *world_row(const struct world *w, const char *dossier, const char *id);	/* NULL when there is none */

int world_rows(struct world *w, struct error *err);			/* fills rows and dossiers; publishing_rows.c */
void world_lists(struct world *w);					/* fills lists; publishing_members.c */
int world_recent(struct world *w, struct error *err);			/* fills recent, also of the lists; publishing_recent.c */

/* The lists that a row is in, of all kinds: fn for each. */
void world_lists_of(struct world *w, const struct site_row *row, void (*fn)(void *ctx, struct world_list *l), void *ctx);

/* What a page of these rows hangs on. */
uint64_t rows_key(const struct world *w, uint64_t key, const struct site_row *const *rows, size_t n);
uint64_t rows_contents_key(const struct world *w, uint64_t key, const struct site_row *const *rows, size_t n);	/* if it shows no more than their contents */

/* A dossier's page and what lies beside it. */
bool publish_dossier_kept(struct site_files *f, const struct world_dossier *d);	/* nothing changed in it: its files stay */
bool publish_dossier_made(struct site_files *files, const struct world_dossier *d);	/* by this run or an earlier one: its three files */
int publish_dossier(struct world *w, struct site_files *f, const struct world_dossier *d, struct error *err);

/* Those of all dossiers: what is due is found, begun in other processes when it is much, so that they work while this one makes other pages, and ended by all of
 * them together; publishing_share.c. share_find needs no more than world_read has filled, and sets w->share alone, so that a thread of its own can do it; no
 * thread goes on while share_begin parts processes. share_free comes after share_find, also after a failure: that ends the others. */
void share_find(struct world *w, struct site_files *f);
int share_begin(struct world *w, struct error *err);
int share_end(struct world *w, struct site_files *f, struct error *err);
void share_free(struct world *w);

/* Other pages and files, each kept when its key says so. */
int publish_lists(struct world *w, struct site_files *f, struct error *err);
int publish_feeds(struct world *w, struct site_files *f, struct error *err);
int publish_calendars(struct world *w, struct site_files *f, struct error *err);
int publish_style(struct world *w, struct site_files *f, struct error *err);
int publish_fronts(struct world *w, struct site_files *f, struct error *err);	/* start, about, deadlines, indexes, style sheet */

/* The index of the search, all below its folder. It touches nothing but what it is given here, so that a thread of its own can make it. */
#define SEARCH_FOLDER "search/"
int publish_search(const struct world *w, struct index *ix, struct site_files *f, struct error *err);

/* The whole site into a folder. Fails with ERR_IO, ERR_CONF (a foreign file in the way, the home itself, a folder of the store), ERR_DATA. */
int publish_site(struct app *app, const char *dir, struct error *err);

#endif
