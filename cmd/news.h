/* One pass over the events for all who are told of them: the log is read once, behind the oldest of their places, each version is held against what every
 * one wants, and what it says (record, difference, reasons) is worked out once for all. */
#ifndef REGWATCH_CMD_NEWS_H
#define REGWATCH_CMD_NEWS_H

#include "../lib/report/digest.h"
#include "cmd.h"
#include "wanting.h"

struct news;

/* A version that somebody wants; of the news. */
struct told {
	int64_t position, at;
	char *commit, *notification, *dossier;
	char member[4];
	const char *area, *source;
	struct date deadline;		/* effective, after this version */
	struct strv sectors;		/* best first */
	struct events events;
	struct reasons reasons;
	bool kept;			/* notice and redline are filled */
	struct notice notice;
	struct redline redline;
};

/* One who is told. */
struct reader {
	const struct subscription *sub;
	const char *after;		/* commit of main; "" or NULL: from the beginning */
	size_t most;			/* so many of the newest; 0: all */
	struct told **v;		/* what was found, in the order of main */
	size_t n, cap;
	long uncoded;			/* events of what was read that are in no sector */
	int failed;			/* 'after' is not on main: nothing was found, err says so */
	struct error err;
	int64_t position;		/* of 'after' */
};

struct news *news_new(struct app *app);
void news_free(struct news *news);
struct app *news_app(const struct news *news);

/* Finds what each of the readers wants, all of them in one pass; those with 'most' in one more, from the newest backwards. Fails only as a whole; what is
 * wrong with one reader is told there. */
int news_gather(struct news *news, struct reader *const *readers, size_t n, struct error *err);
void reader_clear(struct reader *r);

/* The record of a version and what its predecessor said otherwise go to the item, which may share them with the news. */
int news_load(struct news *news, struct told *told, struct digest_item *item, struct error *err);

/* What all have in common besides: the open deadlines, soonest first, how far the feeds were read, and the entries of calendars. Each is read when
 * first asked for. */
struct closings *news_closings(struct news *news, struct error *err);	/* NULL and err on failure */
const struct coverages *news_coverage(struct news *news);
struct dates *news_dates(struct news *news, struct error *err);		/* NULL and err on failure */

#endif
