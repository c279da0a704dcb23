#include "attach.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/net.h"
#include "../lib/notice/attached.h"
#include "tris_page.h"

/* Where ePing's documents lie, by the WTO's own links. */
static const char *const wto_hosts[] = { "members.wto.org", "docs.wto.org" };

static bool
is_tris(const struct feed *f)
{
	return strcmp(f->name, source_name(SOURCE_TRIS)) == 0;
}

bool
attach_wanted(const struct feed *f, const struct notice *n, bool open)
{
	if (n->documents.n == 0 || strcmp(f->settings->documents, "none") == 0)
		return false;
	return open || strcmp(f->settings->documents, "all") == 0 || attached_held(n, "draft", NULL) != NULL;
}

char *
attach_address(const struct feed *f, const struct document *d)
{
	size_t n = strlen(TRIS_SITE);

	if (is_tris(f) && strncmp(d->url, TRIS_SITE "/", n + 1) == 0)
		return xasprintf("%s%s", f->settings->url, d->url + n);
	return xstrdup(d->url);
}

/* An entry without a port means any port of the host. */
static bool
host_fits(const char *entry, const char *host)
{
	size_t n = strlen(entry);

	return strncmp(entry, host, n) == 0 && (host[n] == '\0' || (host[n] == ':' && strchr(entry, ':') == NULL));
}

const char *
attach_host(const struct feed *f, const char *address)
{
	AUTO_FREE char *host = net_url_host(address);

	if (host == NULL)
		return NULL;
	for (size_t i = 0; i < f->settings->document_hosts.n; i++)
		if (host_fits(f->settings->document_hosts.v[i], host))
			return f->settings->document_hosts.v[i];
	if (f->settings->document_hosts.n > 0)
		return NULL;
	if (is_tris(f))
		return strcmp(host, f->server) == 0 ? f->server : NULL;
	for (size_t i = 0; i < sizeof(wto_hosts) / sizeof(*wto_hosts); i++)
		if (strcmp(host, wto_hosts[i]) == 0)
			return "";
	return NULL;
}

static bool
has_language(const struct notice *n, const char *kind, const char *lang)
{
	for (size_t i = 0; i < n->documents.n; i++)
		if (strcmp(n->documents.v[i].kind, kind) == 0 && strcmp(n->documents.v[i].lang, lang) == 0)
			return true;
	return false;
}

/* Is it in the language in which documents of its kind are read? */
static bool
language_fits(const struct feed *f, const struct notice *n, const struct document *d)
{
	const char *const order[] = { f->language, "en" };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (order[i] != NULL && has_language(n, d->kind, order[i]))
			return strcmp(d->lang, order[i]) == 0;
	return true;
}

static bool
kind_fits(const struct feed *f, const struct notice *n, const struct document *d, bool open)
{
	return open || strcmp(f->settings->documents, "all") == 0 || (strcmp(d->kind, "final") == 0 && attached_held(n, "draft", NULL) != NULL);
}

size_t
attach_choose(const struct feed *f, const struct notice *n, bool open, size_t *out, size_t max)
{
	size_t found = 0;

	for (size_t i = 0; i < n->documents.n && found < max; i++) {
		const struct document *d = &n->documents.v[i];
		AUTO_FREE char *address = attach_address(f, d);

		if (kind_fits(f, n, d, open) && language_fits(f, n, d) && attach_host(f, address) != NULL)
			out[found++] = i;
	}
	return found;
}
