/* Parts of a dossier's page; inside lib/site only. */
#ifndef REGWATCH_SITE_DOSSIER_H
#define REGWATCH_SITE_DOSSIER_H

#include "page.h"

/* What a notification says, field by field, as <dl class="facts">. whole: path of the page that has all of it, when long texts and lists are to be cut to
 * their beginnings here; NULL: all is said. */
void dossier_facts(const struct page *p, const struct notice *n, const char *whole, struct buf *out);

/* Attached texts of all members, as many as the page shows of each, each once; the first 'most' of one member alone. */
void dossier_documents(const struct page *p, const struct site_dossier *d, struct buf *out);
void dossier_documents_of(const struct page *p, const struct site_dossier *d, const struct site_member *member, size_t most, struct buf *out);
size_t dossier_documents_shown(const struct site_dossier *d, const struct site_member *member);

/* The notification that the page is about: the text in force. */
const struct notice *dossier_current(const struct site_dossier *d);

/* Where it is told on this page, and how many of all are told apart. */
enum site_told dossier_told(const struct site_dossier *d, const struct site_member *member);
size_t dossier_apart(const struct site_dossier *d);

/* "Kenya, Uganda" */
void dossier_members(const struct notice *n, struct buf *out);

/* "Addendum" */
const char *dossier_kind(const struct notice *n);

/* The versions of a notification with what changed in each, and a revision against what it replaces. */
void dossier_changes(const struct page *p, const struct site_dossier *d, const struct site_member *member, struct buf *out);

/* What a redline asks of people, as <section class="evidence"> with links to its provisions, which are on the page 'path' of the site (NULL: on
 * this one) under ids that begin with the prefix; nothing where it asks nothing. */
void dossier_evidence(const struct page *p, const char *path, const char *id_prefix, const struct redline *r, struct buf *out);

/* " (204 KB)"; dossier_weight says nothing of a page that one opens without a second thought, under 50 KB. */
void dossier_size(size_t bytes, struct buf *out);
void dossier_weight(size_t bytes, struct buf *out);

/* The events of a version in words: "addendum; comment period extended to 2025-09-29 (was 2025-07-29)". */
void dossier_events(enum source source, const struct events *e, struct buf *out);

#endif
