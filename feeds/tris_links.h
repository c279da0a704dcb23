/* The links of a TRIS page to draft, final and other texts. They are read from the page, never built. */
#ifndef REGWATCH_FEEDS_TRIS_LINKS_H
#define REGWATCH_FEEDS_TRIS_LINKS_H

#include "../lib/base/xml.h"

struct documents;

/* A link on the page at 'base' as an absolute address of the same origin, without its fragment, dots resolved and unsafe bytes percent-encoded;
 * scheme and host in lower case. NULL when it leads elsewhere or is no http(s) address. Caller frees. */
char *tris_link_resolve(const char *base, const char *href);

/* The numeric id in ".../notification/26754" or ".../notification/26754/...": its digits, caller frees; NULL when there is none. */
char *tris_link_id(const char *url);

/* Adds every link to a text of the notification shown at 'url': kind "draft" (/text/D/), "final" (/text/F/) or "other" (anything else below
 * /notification/ID/, which the links that switch the page's language are not). */
void tris_links_read(xmlDocPtr doc, const char *url, struct documents *out);

/* The page's own address by its canonical link or the first link that names a notification; for pages that were saved without one. Caller
 * frees; NULL when nothing tells it. */
char *tris_links_address(xmlDocPtr doc);

#endif
