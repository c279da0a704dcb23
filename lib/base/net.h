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
	double answer_seconds;	/* for one fetch, waiting for the pace apart; 0: LIMIT_ANSWER_SECONDS */
	double stall_seconds;	/* 0: LIMIT_STALL_SECONDS; whole seconds, rounded up */
};

struct net_request {
	const char *url;		/* "user:password@" in it goes out as Basic authentication, to this origin only */
	const char *accept;		/* exact Accept header */
	const char *header;		/* "Name: value", one more header line or NULL; a credential: never sent to another origin, never printed */
	const char *etag, *modified;	/* validators of an earlier answer, or NULL */
	const struct strv *hosts;	/* hosts besides the URL's own origin that a redirect may lead to; may be NULL; an entry
					 * without ":port" means the scheme's own port */
	const char *configured_host;	/* host that the configuration names: it alone may be private or loopback, and plain http;
					 * may carry ":port", else any port of it is meant */
	size_t max_bytes;		/* 0: LIMIT_ANSWER */
	double delay;			/* seconds between two requests to this host */
	const void *post;		/* body to POST, or NULL for GET */
	size_t post_len;
	const char *content_type;	/* of the body */
	bool no_redirects;	/* an answer that redirects is handed over as it is */
};

struct net_answer {
	long status;			/* HTTP status; 304 only when a validator was sent */
	struct buf body;		/* unpacked */
	char *type;			/* media type in lower case without parameters, "" when absent */
	char *charset;			/* "" when absent */
	char *etag, *modified;		/* or NULL */
	char *url;			/* where it came from after redirects, without user and password */
	long retry_after;		/* seconds, from either form; -1 without a header, -2 when the header makes no sense */
	bool unreachable;		/* after a failure: the name is unknown or nobody listens there */
};

struct net *net_new(const struct net_options *options);
void net_free(struct net *net);

/* One exchange. An HTTP error status is no failure here: look at out->status. Fails with ERR_AGAIN (network, DNS, TLS, time limit,
 * stall, truncation against Content-Length, broken content coding), ERR_DATA (too large, redirect away or to another scheme,
 * loop, a private address that the configuration does not name, a 304 that was not asked for) or ERR_CONF (a header of ours that
 * would not be one line). The text names the URL, masked. out need not be initialised; it is net_answer_clear'ed on failure (but for 'unreachable').
 * A POST follows only 307 and 308, and is never sent twice by itself; 301 to 303 would lose its body and are ERR_DATA. */
int net_fetch(struct net *net, const struct net_request *req, struct net_answer *out, struct error *err);
void net_answer_clear(struct net_answer *a);

/* Sleeps so many real seconds unless the run's deadline comes first: then ERR_AGAIN at once, as the wait would be in vain. */
int net_sleep(struct net *net, double seconds, struct error *err);

/* Seconds left until the deadline; a large number without one. */
double net_left(const struct net *net);

/* "2" or an HTTP date against 'now' (UTC seconds) -> seconds >= 0; -2 when it is neither. */
long net_parse_retry_after(const char *value, int64_t now);

/* host[:port] in lower case of an http(s) URL, without the scheme's own port, caller frees; NULL when it is no such URL. */
char *net_url_host(const char *url);

/* Is it a host name in ASCII (international ones as xn--), in lower case, an IPv4 or, in brackets, an IPv6 address? Takes no libcurl. */
bool net_host_valid(const char *host);

/* Appends s percent-encoded for a query value. */
void net_url_escape(const char *s, struct buf *out);

/* Appends any URL for a message: user and password, values of query parameters that sound secret, and the fragment hidden,
 * control characters as '?', long ones cut. */
void net_url_mask(const char *url, struct buf *out);

#endif
