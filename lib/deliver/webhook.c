#include "webhook.h"

#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../base/net.h"
#include "../base/sha.h"

void
webhook_label(const char *url, struct buf *out)
{
	AUTO_FREE char *host = net_url_host(url);

	if (host != NULL)
		buf_addf(out, "%s://%s/", strncmp(url, "https:", 6) == 0 ? "https" : "http", host);
	buf_adds(out, "...");
}

/* The network's texts begin with the URL, of which its path is still to be hidden. */
static void
hide_path(const char *url, struct error *why)
{
	AUTO_BUF shown = BUF_INIT, prefix = BUF_INIT;
	const char *rest = why->text;
	struct error hidden;

	net_url_mask(url, &shown);
	buf_addf(&prefix, "'%s': ", buf_str(&shown));
	if (strncmp(rest, buf_str(&prefix), prefix.len) == 0)
		rest += prefix.len;
	error_set(&hidden, why->code, "%s", rest);
	*why = hidden;
}

static bool
is_refusal(long status)
{
	return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
}

static enum outcome
judge(long status, struct error *why)
{
	if (status >= 200 && status < 300)
		return DELIVER_SENT;
	if (status >= 300 && status < 400)
		error_set(why, ERR_AGAIN, "answers %ld, a redirect, which is not followed", status);
	else
		error_set(why, ERR_AGAIN, "answers %ld", status);
	return is_refusal(status) ? DELIVER_REFUSED : DELIVER_LATER;
}

enum outcome
deliver_webhook(struct net *net, const struct webhook_options *o, const struct message *m, long *wait, struct error *why)
{
	AUTO_FREE char *host = net_url_host(o->url), *header = NULL;
	AUTO_BUF label = BUF_INIT;
	struct net_request req = {
		.url = o->url, .accept = "*/*", .configured_host = host, .post = m->bytes, .post_len = m->n, .content_type = "application/json", .no_redirects = true,
	};
	struct net_answer answer;
	enum outcome outcome = DELIVER_LATER;
	char hex[SHA256_HEX];

	*wait = 0;
	if (o->secret != NULL) {
		hmac_sha256_hex(o->secret, strlen(o->secret), m->bytes, m->n, hex);
		req.header = header = xasprintf("X-Regwatch-Signature: sha256=%s", hex);
	}
	if (net_fetch(net, &req, &answer, why) < 0) {
		hide_path(o->url, why);
	} else {
		outcome = judge(answer.status, why);
		*wait = outcome == DELIVER_LATER && answer.retry_after > 0 ? answer.retry_after : 0;
		net_answer_clear(&answer);
	}
	webhook_label(o->url, &label);
	if (outcome != DELIVER_SENT)
		error_prefix(why, "'%s'", buf_str(&label));
	return outcome;
}
