#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "cleanup.h"
#include "limits.h"
#include "net_private.h"

CLEANUP_POINTER(curlu, CURLU *, curl_url_cleanup)
#define AUTO_CURLU __attribute__((cleanup(cleanup_curlu))) CURLU

static void
cleanup_curl_text(char **p)
{
	curl_free(*p);
}
#define AUTO_CURL_TEXT __attribute__((cleanup(cleanup_curl_text))) char

#define MASKED_MAX 300	/* bytes of a URL in a message */

/* Names of query parameters whose values are secrets: whole names, and parts of names. */
static const char *const secret_names[] = { "key", "sig", "pass", "pwd", "code", "session", "sid", "k" };
static const char *const secret_parts[] = { "token", "secret", "signature", "password", "passwd", "apikey", "api-key", "api_key",
	"subscription-key", "access_key", "credential", "auth" };

void
net_url_clear(struct net_url *u)
{
	free(u->text);
	free(u->host);
	free(u->place);
	free(u->user);
	free(u->password);
	*u = (struct net_url)NET_URL_INIT;
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

/* The bytes of "scheme:", 0 without one. */
static size_t
scheme_length(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	return n > 0 && text[n] == ':' ? n + 1 : 0;
}

/* libcurl would also read "https:/x" and "https:///x". */
static bool
slashes_valid(const char *text)
{
	size_t n = scheme_length(text);

	return n == 0 || text[n] != '/' || strspn(text + n, "/") == 2 || strncmp(text, "file:", 5) == 0;
}

/* A part of the URL as an owned string, NULL when it is absent. */
static char *
part(CURLU *h, CURLUPart what, unsigned flags)
{
	AUTO_CURL_TEXT *text = NULL;

	return curl_url_get(h, what, &text, flags) == CURLUE_OK ? xstrdup(text) : NULL;
}

static int
read_scheme(struct net_url *u, CURLU *h, struct error *err)
{
	AUTO_FREE char *scheme = part(h, CURLUPART_SCHEME, 0);

	if (scheme == NULL)
		return error_set(err, ERR_DATA, "no scheme");
	u->https = strcmp(scheme, "https") == 0;
	if (!u->https && strcmp(scheme, "http") != 0)
		return error_set(err, ERR_DATA, "the scheme '%.40s' is not allowed", scheme);
	return 0;
}

static int
read_place(struct net_url *u, CURLU *h, struct error *err)
{
	AUTO_FREE char *port = part(h, CURLUPART_PORT, CURLU_DEFAULT_PORT);

	u->host = part(h, CURLUPART_HOST, 0);
	if (u->host == NULL)
		return error_set(err, ERR_DATA, "no host");
	for (char *p = u->host; *p != '\0'; p++)
		*p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
	if (!net_host_valid(u->host))
		return error_set(err, ERR_DATA, "not a host name in ASCII");
	u->port = port != NULL ? strtol(port, NULL, 10) : 0;
	if (u->port < 1 || u->port > 65535)
		return error_set(err, ERR_DATA, "not a port");
	u->place = u->port == (u->https ? 443 : 80) ? xstrdup(u->host) : xasprintf("%s:%ld", u->host, u->port);
	return 0;
}

/* The text without what must not be seen or sent on: credentials go separately, to one origin. */
static int
read_text(struct net_url *u, CURLU *h, struct error *err)
{
	u->user = part(h, CURLUPART_USER, CURLU_URLDECODE);
	u->password = part(h, CURLUPART_PASSWORD, CURLU_URLDECODE);
	if (curl_url_set(h, CURLUPART_USER, NULL, 0) != CURLUE_OK || curl_url_set(h, CURLUPART_PASSWORD, NULL, 0) != CURLUE_OK
	    || curl_url_set(h, CURLUPART_FRAGMENT, NULL, 0) != CURLUE_OK || curl_url_set(h, CURLUPART_HOST, u->host, 0) != CURLUE_OK)
		return error_set(err, ERR_DATA, "not a URL");
	u->text = part(h, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
	return u->text != NULL ? 0 : error_set(err, ERR_DATA, "not a URL");
}

int
net_url_parse(struct net_url *u, const char *text, const char *base, struct error *err)
{
	const unsigned flags = CURLU_URLENCODE | CURLU_ALLOW_SPACE | CURLU_NON_SUPPORT_SCHEME;
	AUTO_CURLU *h = curl_url();
	int rc;

	net_url_clear(u);
	if (strlen(text) > LIMIT_URL)
		return error_set(err, ERR_DATA, "a URL of more than %d bytes", LIMIT_URL);
	if (has_control(text))
		return error_set(err, ERR_DATA, "a URL with control characters");
	if (!slashes_valid(text))
		return error_set(err, ERR_DATA, "not a URL");
	if (h == NULL || (base != NULL && curl_url_set(h, CURLUPART_URL, base, 0) != CURLUE_OK)
	    || curl_url_set(h, CURLUPART_URL, text, flags) != CURLUE_OK)
		return error_set(err, ERR_DATA, "not a URL");
	rc = read_scheme(u, h, err);
	if (rc == 0)
		rc = read_place(u, h, err);
	if (rc == 0)
		rc = read_text(u, h, err);
	if (rc < 0)
		net_url_clear(u);
	return rc;
}

bool
net_url_same_origin(const struct net_url *a, const struct net_url *b)
{
	return a->https == b->https && a->port == b->port && strcmp(a->host, b->host) == 0;
}

bool
net_url_is_at(const struct net_url *u, const char *listed, bool any_port)
{
	size_t n = strlen(u->host);

	if (strncasecmp(listed, u->host, n) != 0)
		return false;
	if (listed[n] == '\0')
		return any_port || u->port == (u->https ? 443 : 80);
	listed += n + 1;
	n = strspn(listed, "0123456789");
	return listed[-1] == ':' && n > 0 && n <= 5 && listed[n] == '\0' && strtol(listed, NULL, 10) == u->port;
}

char *
net_url_host(const char *url)
{
	AUTO_NET_URL u = NET_URL_INIT;

	return net_url_parse(&u, url, NULL, NULL) == 0 ? TAKE(u.place) : NULL;
}

void
net_url_escape(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < 0x80 && (isalnum(c) || strchr("-._~", c) != NULL))
			buf_addc(out, *s);
		else
			buf_addf(out, "%%%02X", c);
	}
}

static bool
sounds_secret(const char *name, size_t n)
{
	AUTO_FREE char *copy = xstrndup(name, n);

	for (size_t i = 0; i < sizeof(secret_names) / sizeof(*secret_names); i++)
		if (strcasecmp(copy, secret_names[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof(secret_parts) / sizeof(*secret_parts); i++)
		if (strcasestr(copy, secret_parts[i]) != NULL)
			return true;
	return false;
}

/* Copies a query "a=1&key=2", secret values as "...". */
static void
mask_query(const char *q, size_t n, struct buf *out)
{
	const char *end = q + n;

	while (q < end) {
		const char *amp = memchr(q, '&', (size_t)(end - q)), *stop = amp != NULL ? amp : end;
		const char *eq = memchr(q, '=', (size_t)(stop - q));

		if (eq != NULL && sounds_secret(q, (size_t)(eq - q))) {
			buf_add(out, q, (size_t)(eq - q) + 1);
			buf_adds(out, "...");
		} else {
			buf_add(out, q, (size_t)(stop - q));
		}
		if (amp != NULL)
			buf_addc(out, '&');
		q = stop + (amp != NULL);
	}
}

/* The bytes of "scheme://" and of "user:password@" behind it; 0 for what is absent. Generous with slashes, as others may be. */
static void
find_user(const char *url, size_t *scheme, size_t *user)
{
	size_t authority;

	*scheme = scheme_length(url);
	if (url[*scheme] != '/')
		*scheme = 0;
	*scheme += strspn(url + *scheme, "/");
	authority = strcspn(url + *scheme, "/?#");
	*user = 0;
	for (size_t i = 0; i < authority; i++)
		if (url[*scheme + i] == '@')
			*user = i + 1;
}

void
net_url_mask(const char *url, struct buf *out)
{
	AUTO_BUF text = BUF_INIT;
	size_t scheme, user, path;

	find_user(url, &scheme, &user);
	buf_add(&text, url, scheme);
	if (user > 0)
		buf_adds(&text, "...@");
	url += scheme + user;
	path = strcspn(url, "?#");
	buf_add(&text, url, path);
	if (url[path] == '?') {
		buf_addc(&text, '?');
		mask_query(url + path + 1, strcspn(url + path + 1, "#"), &text);
	}
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f)
			text.data[i] = '?';
	buf_add(out, buf_str(&text), text.len < MASKED_MAX ? text.len : MASKED_MAX);
	if (text.len > MASKED_MAX)
		buf_adds(out, "...");
}
