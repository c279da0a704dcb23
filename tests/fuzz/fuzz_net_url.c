/* A URL, and on a second line the base that it is relative to. */
#include <string.h>

#include "fuzz.h"
#include "lib/base/limits.h"
#include "lib/base/net_private.h"

#define MASKED_MOST (300 + 3)
#define SECRET_LEAST 6	/* shorter ones may stand elsewhere in the URL by chance */

static void
mask(const char *url)
{
	AUTO_BUF masked = BUF_INIT;

	net_url_mask(url, &masked);
	REQUIRE(net_header_safe(buf_str(&masked)) && strchr(buf_str(&masked), '\t') == NULL && masked.len <= MASKED_MOST);
}

/* A password as it stands in the URL, which occurs nowhere else in it, is not in what is shown. */
static void
hidden(const char *url)
{
	const char *authority = strstr(url, "://"), *at, *colon, *first;
	AUTO_FREE char *secret = NULL;
	AUTO_BUF masked = BUF_INIT;

	if (authority == NULL)
		return;
	authority += 3;
	at = memrchr(authority, '@', strcspn(authority, "/?#"));
	if (at == NULL || (colon = memchr(authority, ':', (size_t)(at - authority))) == NULL)
		return;
	secret = strndup(colon + 1, (size_t)(at - colon) - 1);
	first = strstr(url, secret);
	if (strlen(secret) < SECRET_LEAST || strstr(first + 1, secret) != NULL)
		return;
	net_url_mask(url, &masked);
	REQUIRE(strstr(buf_str(&masked), secret) == NULL);
}

static void
parsed(const struct net_url *u)
{
	AUTO_NET_URL again = NET_URL_INIT;
	AUTO_FREE char *place = NULL;
	struct error err = { 0, "" };

	REQUIRE(strncmp(u->text, u->https ? "https://" : "http://", u->https ? 8 : 7) == 0);
	REQUIRE(strpbrk(u->text, "\r\n\t ") == NULL && net_header_safe(u->text) && strchr(u->text, '#') == NULL);
	REQUIRE(u->host[0] != '\0' && strpbrk(u->host, "/@?# ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL && u->port >= 1 && u->port <= 65535);
	REQUIRE(strncmp(u->text + (u->https ? 8 : 7), u->host, strlen(u->host)) == 0);
	if (strlen(u->text) > LIMIT_URL)	/* what was not ASCII became three times as long */
		return;
	REQUIRE(net_url_parse(&again, u->text, NULL, &err) == 0);
	REQUIRE(strcmp(again.text, u->text) == 0 && strcmp(again.place, u->place) == 0 && again.user == NULL && again.password == NULL);
	REQUIRE(net_url_same_origin(u, &again) && net_url_is_at(u, u->place, false));
	place = net_url_host(u->text);
	REQUIRE(place != NULL && strcmp(place, u->place) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = fuzz_text(data, size);
	AUTO_STRV lines = STRV_INIT;
	AUTO_NET_URL u = NET_URL_INIT, alone = NET_URL_INIT;
	AUTO_BUF escaped = BUF_INIT;
	struct error err = { 0, "" };

	fuzz_lines(text, &lines);
	if (lines.n == 0)
		return 0;
	mask(lines.v[0]);
	net_url_escape(lines.v[0], &escaped);
	REQUIRE(strpbrk(buf_str(&escaped), "&=?#/ \r\n\"<>") == NULL);
	if (net_url_parse(&alone, lines.v[0], NULL, &err) == 0) {
		parsed(&alone);
		hidden(lines.v[0]);
	} else {
		REQUIRE(err.code == ERR_DATA && err.text[0] != '\0' && alone.text == NULL);
	}
	if (lines.n > 1 && net_url_parse(&u, lines.v[0], lines.v[1], &err) == 0)
		parsed(&u);
	return 0;
}
