/* What one sentence that changed, came or went asks of people. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_REQUIREMENT_SENTENCES_H
#define REGWATCH_REDLINE_REQUIREMENT_SENTENCES_H

#include "requirements.h"

#define ITEM_FORMS 3

/* Where the sentence stands; borrowed. */
struct finder {
	const char *document, *lang;
	const char *anchor;
	char *where;
	char *items[ITEM_FORMS];	/* labels of the items around a sentence, outermost first */
	struct requirements *out;
};

void requirements_of_block(struct finder *f, const struct block *b);

/* Appends the block's words in the old text (CHANGE_DELETED) or the new one (CHANGE_INSERTED). */
void requirements_side(const struct block *b, enum change side, struct buf *out);

#endif
