/* Sentences that went from one provision to another. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_MOVED_BLOCKS_H
#define REGWATCH_REDLINE_MOVED_BLOCKS_H

#include "document_diff.h"

/* Turns blocks that were deleted in one place and inserted in another into moved ones: those of a moved provision first, then any long enough not
 * to recur by chance. */
void link_moved_blocks(struct document_diff *d);

#endif
