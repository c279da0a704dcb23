/* What can only be told of the configuration as a whole, and what is longer to tell of one value. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/net.h"
#include "../lib/sector/sector.h"
#include "settings.h"

/* Where a subscription begins: its header, or what the command line tells of it. */
static const struct conf_entry *
subscription_entry(const struct conf *c, const char *name)
{
	for (size_t i = 0; i < c->headers_n; i++)
		if (strcmp(c->headers[i].section, "subscription") == 0 && strcmp(c->headers[i].name, name) == 0)
			return &c->headers[i];
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->v[i].section, "subscription") == 0 && strcmp(c->v[i].name, name) == 0)
			return &c->v[i];
	return NULL;
}

int
settings_check_targets(const struct settings *s, const struct conf *c, struct error *err)
{
	for (size_t i = 0; i < s->subscriptions_n; i++)
		if (s->subscriptions[i].targets.n == 0)
			return conf_error(c, subscription_entry(c, s->subscriptions[i].name), err, "the subscription tells nobody: it needs a 'to'");
	return 0;
}

int
settings_check_sectors(const struct conf *conf, const struct sectors *sectors, struct error *err)
{
	size_t count = sectors_count(sectors);
	AUTO_FREE const char **known = xcalloc(count + 1, sizeof(*known));

	for (size_t i = 0; i < count; i++)
		known[i] = sectors_name(sectors, i);
	for (size_t i = 0; i < conf->n; i++) {
		const struct conf_entry *e = &conf->v[i];
		AUTO_STRV names = STRV_INIT;

		if (strcmp(e->section, "subscription") != 0 || strcmp(e->key, "sector") != 0)
			continue;
		strv_split(&names, e->value, ",");
		for (size_t k = 0; k < names.n; k++)
			if (strcmp(names.v[k], "*") != 0 && strcmp(names.v[k], "uncoded") != 0 && !sectors_known(sectors, names.v[k]))
				return conf_unknown(conf, e, "sector", names.v[k], known, count, err);
	}
	return 0;
}

/* The first character that stands in no URL unless it is written as %XX, or NULL. */
static const char *
unfit(const char *url)
{
	for (const char *p = url; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		bool escape = c == '%' && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2]);

		if (!escape && (c >= 0x80 || (!isalnum(c) && strchr("-._~:/?#[]@!$&'()*+,;=", c) == NULL)))
			return p;
	}
	return NULL;
}

/* "" too: the scheme's own. */
static bool
is_port(const char *s)
{
	long port = strtol(s, NULL, 10);

	return strspn(s, "0123456789") == strlen(s) && (*s == '\0' || (port >= 1 && port <= 65535));
}

/* The host and perhaps the port that stand behind a scheme. Read here, as commands that only read are linked without the library of net_url_host. */
static bool
is_place(const char *authority)
{
	AUTO_FREE char *place = xstrndup(authority, strcspn(authority, "/?#"));
	size_t bracket = place[0] == '[' ? strcspn(place, "]") : 0, length = bracket + strcspn(place + bracket, ":");
	AUTO_FREE char *host = xstrndup(place, length);
	const char *rest = place + length;

	for (char *p = host; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return net_host_valid(host) && (*rest == '\0' || (*rest == ':' && is_port(rest + 1)));
}

int
settings_check_site(const struct conf *c, const struct conf_entry *e, struct error *err)
{
	const char *url = e->value, *authority = strstr(url, "://") + 3, *bad = unfit(url);

	if (memchr(authority, '@', strcspn(authority, "/?#")) != NULL)	/* not shown: it may be a password */
		return conf_error(c, e, err, "a site has no user and password: everybody reads its URL");
	if (bad != NULL)
		return conf_error(c, e, err, "'%s': byte %zu has to be written as '%%%02X'", url, (size_t)(bad - url) + 1, (unsigned)(unsigned char)*bad);
	if (strpbrk(url, "?#") != NULL)
		return conf_error(c, e, err, "'%s': pages are put behind it, so that it has no '?' and no '#'", url);
	if (strlen(url) > LIMIT_URL || !is_place(authority))
		return conf_error(c, e, err, "'%s' is no URL", url);
	return 0;
}
