/* Events as an Atom feed (RFC 4287). */
#ifndef REGWATCH_REPORT_ATOM_H
#define REGWATCH_REPORT_ATOM_H

#include "digest.h"

struct atom_feed {
	const char *subscription, *title;
	const char *site;		/* the page it tells of; NULL without */
	const char *self;		/* where the feed itself will be found; NULL when that is not known */
};

/* Appends the feed of a digest's items: one entry an event, newest first, at most 'most' entries. Ids are 'urn:uuid:' made of commit, kind of event and its number
 * among those of its kind, hence the same in every feed; 'updated' is the
 * commit's time, the feed's own that of its newest entry (1970 when empty): the same items give the same bytes. The difference stands in the entry as
 * HTML. */
void atom_render(const struct digest *d, const struct atom_feed *feed, size_t most, struct buf *out);

#endif
