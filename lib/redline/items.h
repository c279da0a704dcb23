/* Lists compared as lists: what was added, what was removed. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_ITEMS_H
#define REGWATCH_REDLINE_ITEMS_H

#include "redline.h"

/* The items of a set, of codes, documents or variants in their text form; n may be NULL (none). */
void items_read(const struct notice *n, size_t row, struct strv *out);

/* What only the one and what only the other has. */
void items_compare(const struct strv *old, const struct strv *new, struct strv *added, struct strv *removed);

/* Of documents: hashes of texts are taken out of both lists. The same link in both becomes one added item, "draft en https://...: other text"; nothing where the
 * old record did not know the text: that is no change of the source. */
void items_without_hashes(struct strv *added, struct strv *removed);

#endif
