/* A TRIS detail page, HTML -> notice. Layouts, labels and items are described in tris_header.h, tris_message.h and tris_words.c; what they
 * could not place becomes a warning, never a guess. */
#ifndef REGWATCH_FEEDS_TRIS_PAGE_H
#define REGWATCH_FEEDS_TRIS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/notice/notice.h"

struct error;

/* Decodes one page. charset: from HTTP, "" unknown (then the page's own, else UTF-8, else windows-1252). url: where the page was read, ".../en/notification/ID";
 * links are taken relative to it. NULL: of a saved page whose links tell. On success *out belongs to the caller (notice_clear), normalised; out->known leaves out what the
 * page was too short to say, so that a page cut off never clears what an earlier one told. warnings (may be NULL) gets lines for people.
 * Fails with ERR_DATA when the page is no HTML, stops before its message, or lacks the notification number in its header, the title or the date received:
 * "layout unknown: no notification number". */
int tris_page_decode(const char *html, size_t n, const char *charset, const char *url, struct notice *out, struct strv *warnings, struct error *err);

/* The site's answer for an id that it does not have (sent with status 500): a short page that speaks of an error. */
bool tris_page_is_error(const char *html, size_t n);

/* Where the public finds the records, from wherever they were fetched: addresses in records do not depend on the configuration. */
#define TRIS_SITE "https://technical-regulation-information-system.ec.europa.eu"

/* The address of a page by its numeric id; NULL for 0 (not known). Caller frees. */
char *tris_page_url(long page);

#endif
