#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/buf.h"
#include "../base/error.h"
#include "deliver.h"

#define SMTP_SECONDS 60.0
#define CONNECT_SECONDS 20L
#define REPLY_MAX 300	/* bytes of a reply that are kept */

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

/* What was said on the way. */
struct talk {
	char command[5];	/* the last one sent: "RCPT" */
	char refused[5];	/* the one that the server refused; "" none */
	long status;		/* of the refusal */
	struct buf reply;	/* its last line */
};

static void
note_command(struct talk *t, const char *line, size_t n)
{
	size_t letters = 0;

	while (letters < n && letters < 4 && line[letters] >= 'A' && line[letters] <= 'Z')
		letters++;
	if (letters < 4)
		return;		/* an answer to AUTH, not a command */
	memcpy(t->command, line, 4);
	t->command[4] = '\0';
}

/* The reason that a server gives is the best explanation there is; what follows it, like the answer to QUIT, is none. */
static void
note_reply(struct talk *t, const char *line, size_t n)
{
	char digits[4] = "";

	if (n < 4 || (line[0] != '4' && line[0] != '5'))
		return;
	memcpy(digits, line, 3);
	t->status = strtol(digits, NULL, 10);
	memcpy(t->refused, t->command, sizeof(t->refused));
	buf_reset(&t->reply);
	buf_add(&t->reply, line, n < REPLY_MAX ? n : REPLY_MAX);
	buf_trim(&t->reply);
}

/* libcurl shows the replies of a mail server to nobody else. */
static int
listen_in(CURL *curl, curl_infotype type, char *data, size_t n, void *ctx)
{
	(void)curl;
	if (type == CURLINFO_HEADER_OUT)
		note_command(ctx, data, n);
	else if (type == CURLINFO_HEADER_IN)
		note_reply(ctx, data, n);
	return 0;
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

/* A 5xx to the greeting, to AUTH or to MAIL is about the server or us, not about this recipient: worth another try once mended. */
static bool
is_final(const struct talk *t)
{
	static const char *const commands[] = { "RCPT", "DATA" };	/* a refused text too follows DATA */

	for (size_t i = 0; t->status >= 500 && i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(t->refused, commands[i]) == 0)
			return true;
	return false;
}

static enum outcome
judge(CURLcode code, const struct smtp_options *o, const struct talk *t, struct error *why)
{
	if (code == CURLE_OK)
		return DELIVER_SENT;
	if (t->status == 0)
		error_set(why, ERR_AGAIN, "'%s': %s", o->server, curl_easy_strerror(code));
	else
		error_set(why, ERR_AGAIN, "'%s': the server said%s%s: %s", o->server, t->refused[0] != '\0' ? " to " : "", t->refused, t->reply.data);
	return is_final(t) ? DELIVER_REFUSED : DELIVER_LATER;
}

enum outcome
deliver_smtp(const struct smtp_options *o, const struct message *m, struct error *why)
{
	AUTO_BUF url = BUF_INIT, from = BUF_INIT, to = BUF_INIT;
	struct source source = { m, 0 };
	struct talk talk = { .reply = BUF_INIT };
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
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &talk);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);	/* to listen_in alone */
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)((o->seconds > 0 ? o->seconds : SMTP_SECONDS) * 1000));
	outcome = judge(curl_easy_perform(curl), o, &talk, why);
	buf_clear(&talk.reply);
	curl_slist_free_all(recipients);
	curl_easy_cleanup(curl);
	return outcome;
}
