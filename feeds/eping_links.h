/* Links of ePing: several in one string, in any letter case, between words. */
#ifndef REGWATCH_FEEDS_EPING_LINKS_H
#define REGWATCH_FEEDS_EPING_LINKS_H

#include "../lib/notice/notice.h"

/* Adds every http(s) link of a text in its canonical form: scheme and host in lower case, the WTO's own links in one letter case
 * (ePing changes theirs from one answer to the next), no punctuation behind. */
void eping_links(const char *text, struct strv *urls);

/* Adds the links of the notified-document field: kind "final", "modification" or "draft" by the WTO's folder, language by the
 * ending of the WTO's file names. */
void eping_attachments(struct documents *d, const char *text);

/* Adds the links to the notification form as kind "notification"; language by the link (t, u, v: en, fr, es), else lang. */
void eping_forms(struct documents *d, const char *text, const char *lang);

#endif
