/* What the files of net share and nobody else includes: net.c (the run: paces, redirects), net_exchange.c (one transfer),
 * net_guard.c (who may be asked), net_unpack.c (content codings), net_url.c, net_parse.c. */
#ifndef REGWATCH_BASE_NET_PRIVATE_H
#define REGWATCH_BASE_NET_PRIVATE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "buf.h"
#include "error.h"
#include "net.h"

/* Seconds rounded up. */
static inline long
net_whole(double seconds)
{
	long n = (long)seconds;

	return n + (seconds > (double)n);
}

/* An absolute http(s) URL taken apart. */
struct net_url {
	char *text;		/* without user, password and fragment; host in lower case */
	char *host;		/* lower case; an IPv6 address in its brackets */
	char *place;		/* host, with ":port" unless it is the scheme's own: the key of a pace */
	char *user, *password;	/* decoded, or NULL */
	long port;
	bool https;
};

#define NET_URL_INIT { NULL, NULL, NULL, NULL, NULL, 0, false }
#define AUTO_NET_URL __attribute__((cleanup(net_url_clear))) struct net_url

/* Reads text, relative to the URL 'base' unless that is NULL. Fails with ERR_DATA: another scheme, no host, control characters. */
int net_url_parse(struct net_url *u, const char *text, const char *base, struct error *err);
void net_url_clear(struct net_url *u);
bool net_url_same_origin(const struct net_url *a, const struct net_url *b);

/* Whether a listed "host" or "host:port" means the place of u. Without a port it means any port when any_port, else the
 * scheme's own. */
bool net_url_is_at(const struct net_url *u, const char *listed, bool any_port);

/* True for text that may stand in a header line: no control characters but the tab. */
bool net_header_safe(const char *text);

/* "Name: value" with a proper name and a safe, non-empty value. */
bool net_header_line_valid(const char *line);

/* Whether an answer's header line of n bytes is the header 'name'; then its value, trimmed, is *value (caller frees) and what
 * it held is freed. Values over LIMIT_HEADER_VALUE or with control characters are taken for absent. */
bool net_header_take(const char *line, size_t n, const char *name, char **value);

/* "Text/HTML; charset=UTF-8" -> "text/html" and "utf-8", both owned by the caller, "" when absent. */
void net_parse_type(const char *value, char **type, char **charset);

/* Whether the address belongs to the public internet. */
bool net_address_public(const struct sockaddr *a);

/* "10.0.0.1" or "::1" for an error text. */
void net_address_text(const struct sockaddr *a, char *text, size_t size);

/* Whether the request may go to u: its scheme, and for a redirect (first is the URL it began with, else NULL) its origin. */
int net_guard_hop(const struct net_request *req, const struct net_url *first, const struct net_url *u, struct error *err);

/* True when the configuration names the host of u: it may be private and plain http. */
bool net_guard_named(const struct net_request *req, const struct net_url *u);

/* Undoes a content coding as the bytes come in. */
struct net_unpack;

/* NULL with *err untouched for no coding; NULL and ERR_AGAIN in *err for one that was not asked for. */
struct net_unpack *net_unpack_new(const char *coding, struct error *err);
void net_unpack_free(struct net_unpack *u);

/* Appends to out, which never grows over max. ERR_AGAIN when the bytes are broken, ERR_DATA when they unpack to more. */
int net_unpack_add(struct net_unpack *u, const void *data, size_t n, size_t max, struct buf *out, struct error *err);

/* ERR_AGAIN unless the packed stream came to its end (or there were no bytes at all). */
int net_unpack_end(const struct net_unpack *u, struct error *err);

/* One request and its answer, no redirect followed. */
struct net_exchange {
	/* in */
	CURL *curl;
	const struct net_request *req;
	const struct net_url *url;
	const char *agent;
	bool same_origin;	/* the credentials of the request may go there */
	double seconds;		/* for all of it */
	double stall;		/* seconds under 100 bytes a second that end it */
	size_t max_bytes;
	/* out */
	long status;
	struct buf body;
	char *type, *etag, *modified, *location, *retry_after, *date, *coding;	/* header values as sent, or NULL */
	/* while it runs */
	struct net_unpack *unpack;
	struct error err;	/* what a callback refused; code 0 while all is well */
	size_t header_bytes;
	bool headers_done;
	unsigned sockets, refused;
	char address[64];	/* the one refused */
	bool unreachable;		/* of a failure: nobody is there */
};

/* Fails as net_fetch does; texts without the URL, which net_fetch puts before. err must not be NULL. */
int net_exchange_run(struct net_exchange *x, struct error *err);
void net_exchange_clear(struct net_exchange *x);	/* what came out of it */

#endif
