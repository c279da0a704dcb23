#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/buf.h"
#include "../base/error.h"
#include "deliver.h"

#define SMTP_SECONDS 60.0
#define CONNECT_SECONDS 20L

struct source {
	const struct message *m;
	size_t at;
};

static size_t
give_bytes(char *to, size_t size, size_t n, void *ctx)
{
	struct source *s = ctx;
	size_t room = size * n, left = s->m->n - s->at, take = left < room ? left : room;

	memcpy(to, s->m->bytes + s->at, take);
	s->at += take;
	return take;
}

/* Keeps the last reply line: what the server said is the best explanation there is. */
static size_t
keep_reply(char *line, size_t size, size_t n, void *ctx)
{
	struct buf *reply = ctx;
	size_t len = size * n;

	buf_reset(reply);
	buf_add(reply, line, len < 300 ? len : 300);
	buf_trim(reply);
	return len;
}

/* "smtp+starttls://host" is curl's "smtp://host" with TLS demanded. */
static long
set_url(CURL *curl, const char *server, struct buf *url)
{
	static const char starttls[] = "smtp+starttls://";
	char host[256] = "localhost";
	long ssl = CURLUSESSL_NONE;

	if (strncmp(server, starttls, sizeof(starttls) - 1) == 0) {
		buf_addf(url, "smtp://%s", server + sizeof(starttls) - 1);
		ssl = CURLUSESSL_ALL;
	} else {
		buf_adds(url, server);
	}
	if (gethostname(host, sizeof(host)) < 0 || host[0] == '\0')
		snprintf(host, sizeof(host), "localhost");
	host[sizeof(host) - 1] = '\0';
	buf_addf(url, "/%s", host);	/* the name for EHLO */
	curl_easy_setopt(curl, CURLOPT_URL, buf_str(url));
	return ssl;
}

static enum outcome
judge(CURL *curl, CURLcode code, const struct smtp_options *o, const char *reply, struct error *why)
{
	long status = 0;

	if (code == CURLE_OK)
		return DELIVER_SENT;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	error_set(why, ERR_AGAIN, "'%s': %s%s%s", o->server, curl_easy_strerror(code), reply[0] != '\0' ? "; the server said: " : "", reply);
	/* a 5xx to the greeting or to AUTH is about the server or us, not about this recipient: worth another try once mended */
	if (status >= 500 && status < 600 && (code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY))
		return DELIVER_REFUSED;
	return DELIVER_LATER;
}

enum outcome
deliver_smtp(const struct smtp_options *o, const struct message *m, struct error *why)
{
	AUTO_BUF url = BUF_INIT, reply = BUF_INIT, from = BUF_INIT, to = BUF_INIT;
	struct source source = { m, 0 };
	struct curl_slist *recipients;
	CURL *curl = curl_easy_init();
	enum outcome outcome;
	long ssl;

	buf_addf(&from, "<%s>", o->from);
	buf_addf(&to, "<%s>", o->to);
	recipients = curl_slist_append(NULL, buf_str(&to));
	ssl = set_url(curl, o->server, &url);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, ssl);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, buf_str(&from));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
	curl_easy_setopt(curl, CURLOPT_USERNAME, o->user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, o->password);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
	curl_easy_setopt(curl, CURLOPT_READDATA, &source);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_reply);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)((o->seconds > 0 ? o->seconds : SMTP_SECONDS) * 1000));
	outcome = judge(curl, curl_easy_perform(curl), o, buf_str(&reply), why);
	curl_slist_free_all(recipients);
	curl_easy_cleanup(curl);
	return outcome;
}
