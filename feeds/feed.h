/* A feed at work: which request comes next, what a good answer is, when to stop. Parsers are beside (eping_*, tris_*); what
 * happens to the records is the host's business, so that feeds know nothing of the store. */
#ifndef REGWATCH_FEEDS_FEED_H
#define REGWATCH_FEEDS_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/date.h"
#include "../lib/base/json.h"
#include "../lib/base/net.h"
#include "../lib/base/strv.h"
#include "feed_settings.h"
#include "item.h"

/* A question to ePing, so that the store can be asked the same. */
struct feed_query {
	const struct strv *areas;
	struct date from, to;		/* of distribution, inclusive; not set: any */
	bool open;			/* only those whose own deadline is not passed */
};

/* A TRIS page that the store knows. */
struct feed_page {
	long page;			/* numeric id on the site */
	struct date received, closes;	/* closes: end of standstill, DATE_NONE without one */
};

/* What the feeds need of whoever keeps the records. Each returns 0 or an error. */
struct feed_host {
	void *ctx;
	/* Are these the bytes that this way gave last for the record with this symbol? */
	bool (*known)(void *ctx, const char *symbol, enum way way, const char *raw, size_t n);
	/* Commits items together, but for the known ones; *changed is increased by the versions they made. */
	int (*take)(void *ctx, const struct items *items, size_t *changed, struct error *err);
	/* Ids of the records held for exactly that question that have not vanished. */
	int (*held)(void *ctx, const struct feed_query *q, struct strv *ids, struct error *err);
	/* The id of the record that has this symbol; false when there is none. */
	bool (*resolve)(void *ctx, const char *symbol, struct buf *id);
	int (*vanish)(void *ctx, const char *id, struct error *err);
	/* The text that is held of one of n's documents; false without one. */
	bool (*text)(void *ctx, const struct notice *n, const struct document *d, struct buf *out);
	int (*pages)(void *ctx, int (*fn)(void *fn_ctx, const struct feed_page *page), void *fn_ctx, struct error *err);
	/* How far a long job is; total 0 while unknown. May do nothing. */
	void (*progress)(void *ctx, const char *what, size_t done, size_t total);
};

struct feed {
	const char *name;			/* "eping", "tris" */
	const struct feed_settings *settings;
	struct net *net;
	const struct feed_host *host;
	const char *language;			/* preferred, for texts that come in several: "en" */
	const char *cache;			/* folder for what it remembers; losing it costs re-reading, never an event */
	struct date today;
	struct date since;			/* --since; not set: none */
	bool all;				/* --all: back-fill */
	bool accept;				/* --accept: take what a guard refused */
	double patience;			/* seconds of back-off left */
	char *server;				/* host[:port] of settings->url */
	char *key;				/* header line with the key, NULL for the keyless API */
	json_t *state;				/* the object kept in CACHE/NAME.json */
	json_t *hosts;				/* of documents: failures in a row, this run */
	size_t changed;				/* versions made in this run */
	size_t requests, answers;
};

/* Reads state and key. Fails with ERR_CONF (key file), never because of a damaged state: that is set aside with a warning. */
int feed_open(struct feed *f, struct error *err);

/* Writes the state. */
int feed_save(struct feed *f, struct error *err);
void feed_close(struct feed *f);

/* The object under 'key' of the state, made when it is not there. The state's. */
json_t *feed_table(struct feed *f, const char *key);

/* The two feeds. 0, or the first failure; what was good is committed all the same. */
int eping_feed_run(struct feed *f, struct error *err);
int tris_feed_run(struct feed *f, struct error *err);

/* ---- asking ---- */

/* One polite request with back-off: 429, 5xx and network failures are tried again while patience lasts, Retry-After is obeyed. Returns with status 200
 * or 304, or with 500 or 404 when 'missing_is_500'. Fails with ERR_AGAIN (*limited, if given, says that it was a 429), ERR_DATA, ERR_CONF (key refused). */
struct feed_request {
	const char *url, *accept, *etag, *modified;
	bool missing_is_500;
};
int feed_get(struct feed *f, const struct feed_request *req, struct net_answer *out, bool *limited, struct error *err);

/* The same for pages that are worth keeping: validators and body lie in CACHE/http; a 304 gives the body kept there. */
int feed_get_kept(struct feed *f, const char *url, const char *accept, struct buf *body, struct error *err);

/* Removes kept pages that nobody asked for since 'days' days. */
void feed_prune_kept(struct feed *f, int days);

/* ---- guards ---- */

/* More than 3 and more than a fifth of what the store holds for the same question are missing. */
bool guard_lacks(size_t held, size_t missing);

/* Remembers that an answer was refused (status tells it until it is mended or accepted) / that it was good. */
void guard_refuse(struct feed *f, const char *question, const char *reason);
void guard_mend(struct feed *f, const char *question);

/* Records 'id' as missing from a complete answer today; true on the third different UTC day. */
bool guard_missing(struct feed *f, const char *id);
void guard_seen(struct feed *f, const char *id);

#endif
