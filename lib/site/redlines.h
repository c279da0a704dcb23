/* How a redline enters a page; inside lib/site only. A version that is NULL: the member against what it replaces. */
#ifndef REGWATCH_SITE_REDLINES_H
#define REGWATCH_SITE_REDLINES_H

#include "dossier.h"

const struct redline *redline_of(const struct site_member *member, const struct site_version *version);
bool redline_is_empty(const struct redline *r);

/* What the ids of its provisions begin with, and the name of its page after the dossier's: "v3", "Add.1.v2", "Rev.1". */
void redline_prefix(const struct site_member *member, const struct site_version *version, struct buf *out);

/* Its evidence, where texts are compared: in a record's own fields the redline is short enough to be its own. path: as of dossier_evidence. */
void redline_write_evidence(const struct page *p, const char *path, const struct site_member *member, const struct site_version *version, struct buf *out);

/* In one column, all of it; in two, the attached texts. heading: level of the heading of a text. */
void redline_write(const struct redline *r, const char *id_prefix, unsigned heading, struct buf *out);
void redline_write_sides(const struct redline *r, unsigned heading, struct buf *out);

#endif
