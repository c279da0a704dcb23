/* Documents of records between feed and store: which records' texts are read when. */
#ifndef REGWATCH_CMD_ATTACHING_H
#define REGWATCH_CMD_ATTACHING_H

#include "../feeds/attach.h"
#include "cmd.h"

/* For records about to be committed, none of which the store has in these very bytes: texts[i] gets those of items->v[i] whose text the store does not hold, so that a record and its texts become one version. Takes
 * its time within bounds; what it leaves is attaching_rest's. Never fails: a document that cannot be had is remembered. */
void attaching_items(struct app *app, struct feed *f, const struct items *items, struct attach_texts *texts);

/* After the feed's own reading: what is due of the records in the store. Once a UTC day all wanted documents (a source may replace a file in its place); in each run those that
 * could not be had before. A version for each record whose texts changed, or were not known. */
int attaching_rest(struct app *app, struct feed *f, struct error *err);

#endif
