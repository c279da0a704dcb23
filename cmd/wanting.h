/* What a subscription wants to be told about, and why. */
#ifndef REGWATCH_CMD_WANTING_H
#define REGWATCH_CMD_WANTING_H

#include "cmd.h"

bool wants_origin(const struct subscription *sub, const char *member, const char *area, const char *source);
bool wants_event(const struct subscription *sub, enum event_kind kind);

/* The best of a record's sectors (best first) that the subscription asks for, "uncoded" for a record without any; NULL for none. "*" takes any, and what has
 * no sector. Borrowed from 'sectors', or static. */
const char *wanted_among(const struct subscription *sub, const struct strv *sectors);

/* The same for sectors joined by ",". Caller frees. */
char *wanted_sector(const struct subscription *sub, const char *sectors);

/* Why a notification is in its sectors, read once for all who ask. */
struct reasons {
	bool read;
	struct strv sectors, texts;	/* in pairs */
};

/* "toys: title: toy; HS 9503": why it is in this sector. Caller frees. */
char *reasons_tell(struct reasons *r, struct index *ix, const char *id, const char *sector);
void reasons_clear(struct reasons *r);

#endif
