/* HTTP for feeds and webhooks, over libcurl: bounded, one connection and one pace a host, honest about who asks.
 * What is asked of a source goes through net_get; the polite loop above it is feeds/feed.h. */
#ifndef REGWATCH_BASE_NET_H
#define REGWATCH_BASE_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "strv.h"

struct error;

struct net;	/* connections, paces, the time limit of the run */

struct net_options {
	const char *contact;	/* in the User-Agent "regwatch/VERSION (+CONTACT)"; may be NULL */
	double deadline;	/* clock_monotonic() at which everything must end; 0: none */
	const char *version;	/* of the program */
};

struct net_request {
	const char *url;
	const char *accept;		/* exact Accept header */
	const char *header;		/* one more header line or NULL; a credential: never sent to another origin, never printed */
	const char *etag, *modified;	/* validators of an earlier answer, or NULL */
	const struct strv *hosts;	/* hosts besides the URL's own origin that a redirect may lead to; may be NULL */
	const char *configured_host;	/* host that the configuration names: it alone may be private or loopback, and plain http;
					 * may carry ":port" */
	size_t max_bytes;		/* 0: LIMIT_ANSWER */
	double delay;			/* seconds between two requests to this host */
	const void *post;		/* body to POST, or NULL for GET */
	size_t post_len;
	const char *content_type;	/* of the body */
};

struct net_answer {
	long status;			/* HTTP status; 304 only when a validator was sent */
	struct buf body;		/* unpacked */
	char *type;			/* media type in lower case without parameters, "" when absent */
	char *charset;			/* "" when absent */
	char *etag, *modified;		/* or NULL */
	char *url;			/* where it came from after redirects */
	long retry_after;		/* seconds, from either form; -1 without a header, -2 when the header makes no sense */
};

struct net *net_new(const struct net_options *options);
void net_free(struct net *net);

/* One exchange. An HTTP error status is no failure here: look at out->status. Fails with ERR_AGAIN (network, DNS, TLS, time limit,
 * stall, truncation against Content-Length, broken content coding) or ERR_DATA (too large, redirect away or to another scheme,
 * loop, a private address that the configuration does not name). out is net_answer_clear'ed on failure. */
int net_fetch(struct net *net, const struct net_request *req, struct net_answer *out, struct error *err);
void net_answer_clear(struct net_answer *a);

/* Sleeps so many real seconds unless the run's deadline comes first: then ERR_AGAIN. */
int net_sleep(struct net *net, double seconds, struct error *err);

/* Seconds left until the deadline; a large number without one. */
double net_left(const struct net *net);

/* "2" or an HTTP date against 'now' (UTC seconds) -> seconds >= 0; -2 when it is neither. */
long net_parse_retry_after(const char *value, int64_t now);

/* host[:port] in lower case of an http(s) URL, caller frees; NULL when it is no such URL. */
char *net_url_host(const char *url);

/* Appends s percent-encoded for a query value. */
void net_url_escape(const char *s, struct buf *out);

#endif
