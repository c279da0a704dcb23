#include "tris_page.h"
#include "tris_links.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/notice/notice.h"

#define LINKS_MAX 3000
#define DOCUMENTS_MAX 300	/* two texts in 24 languages, and annexes */
#define HREF_MAX 2000

static bool
is_alpha(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Appends "scheme://host[:port]" of an address in lower case, without the scheme's usual port; returns what follows it, or NULL when it is
 * no http(s) address. */
static const char *
add_origin(const char *url, struct buf *out)
{
	bool secure = strncasecmp(url, "https://", 8) == 0;
	const char *host = url + (secure ? 8 : 7);
	size_t start = out->len, n;

	if (!secure && strncasecmp(url, "http://", 7) != 0)
		return NULL;
	n = strcspn(host, "/?#");
	if (n == 0)
		return NULL;
	buf_adds(out, secure ? "https://" : "http://");
	for (size_t i = 0; i < n; i++)
		buf_addc(out, lower(host[i]));
	for (const char *port = secure ? ":443" : ":80"; out->len - start > strlen(port); port = "")
		if (*port == '\0' || strcmp(out->data + out->len - strlen(port), port) != 0)
			break;
		else
			buf_truncate(out, out->len - strlen(port));
	return host + n;
}

/* Drops the last segment behind 'from' with the slash before it. */
static void
drop_segment(struct buf *out, size_t from)
{
	while (out->len > from && out->data[out->len - 1] != '/')
		buf_truncate(out, out->len - 1);
	if (out->len > from)
		buf_truncate(out, out->len - 1);
}

static void
add_safe(const char *s, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c <= 0x20 || c >= 0x7F || strchr("\"<>`{}|^", c) != NULL)
			buf_addf(out, "%%%02X", c);
		else
			buf_addc(out, s[i]);
	}
}

/* Appends a path and query, "." and ".." segments of the path resolved. */
static void
add_path(const char *path, struct buf *out)
{
	size_t from = out->len, end = strcspn(path, "?");

	for (size_t i = 0; i < end;) {
		size_t slash = path[i] == '/', n = strcspn(path + i + slash, "/?"), whole = slash + n;
		bool last = i + whole >= end;

		if (n == 2 && strncmp(path + i + slash, "..", 2) == 0)
			drop_segment(out, from);
		else if (!(n == 1 && path[i + slash] == '.')) {
			add_safe(path + i, whole, out);
			last = false;
		}
		if (last)
			buf_addc(out, '/');
		i += whole;
	}
	if (out->len == from)
		buf_addc(out, '/');
	add_safe(path + end, strlen(path + end), out);
}

/* Has it a scheme of its own ("mailto:", "javascript:", "https:")? */
static bool
has_scheme(const char *href)
{
	size_t n = strcspn(href, ":/?#");

	return href[n] == ':';
}

static bool
is_clean(const char *href)
{
	for (const char *p = href; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7F || *p == '\\')
			return false;
	return *href != '\0' && *href != '#' && strlen(href) <= HREF_MAX;
}

static char *
trimmed(const char *s)
{
	size_t n;

	s += strspn(s, " \t\r\n\f");
	n = strcspn(s, "#");
	while (n > 0 && strchr(" \t\r\n\f", s[n - 1]) != NULL)
		n--;
	return xstrndup(s, n);
}

char *
tris_link_resolve(const char *base, const char *href_given)
{
	AUTO_FREE char *href = trimmed(href_given);
	AUTO_BUF origin = BUF_INIT, other = BUF_INIT, path = BUF_INIT, absolute = BUF_INIT;
	const char *base_path = add_origin(base, &origin), *rest = href;
	struct buf out = BUF_INIT;

	if (base_path == NULL || !is_clean(href))
		return NULL;
	if (strncmp(href, "//", 2) == 0)
		buf_addf(&absolute, "%.*s", (int)(strchr(base, ':') - base + 1), base);
	if (absolute.len > 0 || has_scheme(href)) {
		buf_adds(&absolute, href);
		rest = add_origin(buf_str(&absolute), &other);
		if (rest == NULL || strcmp(buf_str(&origin), buf_str(&other)) != 0)
			return NULL;
	} else if (*href != '/') {
		size_t n = strcspn(base_path, "?#");

		while (*href != '?' && n > 0 && base_path[n - 1] != '/')
			n--;
		buf_add(&path, base_path, n);
		if (path.len == 0)
			buf_addc(&path, '/');
		buf_adds(&path, href);
		rest = buf_str(&path);
	}
	buf_adds(&out, buf_str(&origin));
	add_path(rest, &out);
	return buf_take(&out);
}

/* Behind "/notification/" in the path, in any letter case; NULL when it is not there. */
static const char *
behind_notification(const char *url)
{
	static const char word[] = "/notification/";

	for (const char *p = url; *p != '\0' && *p != '?'; p++)
		if (strncasecmp(p, word, sizeof word - 1) == 0)
			return p + sizeof word - 1;
	return NULL;
}

char *
tris_link_id(const char *url)
{
	const char *p = behind_notification(url);
	size_t n;

	if (p == NULL)
		return NULL;
	n = strspn(p, "0123456789");
	return n > 0 && n < 10 && (p[n] == '\0' || strchr("/?#", p[n]) != NULL) ? xstrndup(p, n) : NULL;
}

/* "text/D/EN": kind and language of a text of this notification. The address is brought to that one spelling, which is the only
 * one known, so that another letter case of a link is no change. */
static bool
is_text(char *url, char *tail, const char **kind, char lang[3])
{
	if (strncasecmp(tail, "text/", 5) != 0 || !is_alpha(tail[5]) || tail[6] != '/' || !is_alpha(tail[7]) || !is_alpha(tail[8]) || tail[9] != '\0')
		return false;
	for (char *p = strstr(url, "://") + 3; *p != '\0'; p++)
		*p = lower(*p);
	*kind = tail[5] == 'd' ? "draft" : tail[5] == 'f' ? "final" : "other";
	memcpy(lang, tail + 7, 2);
	for (size_t i = 5; i < 9; i++)
		tail[i] = is_alpha(tail[i]) ? (char)(tail[i] & ~0x20) : tail[i];
	lang[2] = '\0';
	return true;
}

static void
add_link(const char *base, const char *id, const char *href, struct documents *out)
{
	AUTO_FREE char *url = tris_link_resolve(base, href), *link_id = NULL;
	const char *kind = "other";
	char lang[3] = "", *tail;

	if (url == NULL || out->n >= DOCUMENTS_MAX)
		return;
	link_id = tris_link_id(url);
	if (link_id == NULL || strcmp(link_id, id) != 0)
		return;
	tail = url + (behind_notification(url) - url) + strlen(id);
	if (*tail++ != '/' || *tail == '\0' || *tail == '?')
		return;		/* the page itself, maybe in another language */
	is_text(url, tail, &kind, lang);
	documents_add(out, kind, lang, url);
}

/* What relative links of the page start from: its address, or what <base> says. Caller frees. */
static char *
links_base(xmlDocPtr doc, const char *url)
{
	xmlNode *found[1];
	xmlChar *href;
	char *base = NULL;

	if (xml_find(doc, NULL, "//base[@href]", found, 1) == 1 && (href = xml_attribute(found[0], "href")) != NULL) {
		base = tris_link_resolve(url, (const char *)href);
		xmlFree(href);
	}
	return base != NULL ? base : xstrdup(url);
}

void
tris_links_read(xmlDocPtr doc, const char *url, struct documents *out)
{
	AUTO_FREE char *id = tris_link_id(url), *base = links_base(doc, url);
	xmlNode **found;
	size_t n;

	if (id == NULL)
		return;
	found = xmalloc(LINKS_MAX * sizeof(*found));
	n = xml_find(doc, NULL, "//a[@href]", found, LINKS_MAX);
	for (size_t i = 0; i < n; i++) {
		xmlChar *href = xml_attribute(found[i], "href");

		if (href != NULL)
			add_link(base, id, (const char *)href, out);
		xmlFree(href);
	}
	free(found);
}

char *
tris_links_address(xmlDocPtr doc)
{
	xmlNode *found[200];
	size_t n = xml_find(doc, NULL, "//link[@rel='canonical' and @href] | //a[@href]", found, 200);

	for (size_t i = 0; i < n; i++) {
		xmlChar *href = xml_attribute(found[i], "href");
		AUTO_FREE char *url = href != NULL ? tris_link_resolve(TRIS_SITE "/", (const char *)href) : NULL;
		AUTO_FREE char *id = url != NULL ? tris_link_id(url) : NULL;

		xmlFree(href);
		if (id != NULL)
			return xasprintf("%s/en/notification/%s", TRIS_SITE, id);
	}
	return NULL;
}
