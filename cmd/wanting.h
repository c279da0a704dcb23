/* What a subscription wants to be told about, and why. */
#ifndef REGWATCH_CMD_WANTING_H
#define REGWATCH_CMD_WANTING_H

#include "cmd.h"

bool wants_origin(const struct subscription *sub, const char *member, const char *area, const char *source);
bool wants_event(const struct subscription *sub, enum event_kind kind);

/* The best of a record's sectors (joined by ",", best first) that the subscription asks for; NULL for none. "*" takes any, and what has no sector. Caller frees. */
char *wanted_sector(const struct subscription *sub, const char *sectors);

/* "toys: title: toy; HS 9503": why a notification is in a sector. Caller frees. */
char *wanted_reason(struct app *app, const char *id, const char *sector);

#endif
