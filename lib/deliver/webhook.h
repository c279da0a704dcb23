/* Delivery to an HTTP endpoint, signed. */
#ifndef REGWATCH_DELIVER_WEBHOOK_H
#define REGWATCH_DELIVER_WEBHOOK_H

#include "deliver.h"

struct buf;
struct net;

struct webhook_options {
	const char *url;	/* http or https; its host is named by the configuration, so it may be private */
	const char *secret;	/* key of the signature; NULL: not signed */
};

/* POSTs the message (JSON) with "X-Regwatch-Signature: sha256=HEX", the HMAC-SHA256 of the body. Redirects are not followed. 2xx is sent; 4xx is a refusal, except 408,
 * 425 and 429; all else is later. *wait: the seconds of a Retry-After, 0 without one that makes sense. *why names the URL by webhook_label. */
enum outcome deliver_webhook(struct net *net, const struct webhook_options *o, const struct message *m, long *wait, struct error *why);

/* Appends the URL for people: "https://hooks.example.org/...". Paths and queries of hooks are secrets as a rule. Not a URL: "...". */
void webhook_label(const char *url, struct buf *out);

#endif
