/* Is what came behind the link of a document a text that its source meant to give? An error page with status 200 must not become the draft. */
#ifndef REGWATCH_FEEDS_ATTACH_GUARD_H
#define REGWATCH_FEEDS_ATTACH_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/json.h"

/* Why these bytes, or the text extracted from them, are no document for people: data of a program, next to nothing, a short page that tells of an error. NULL when
 * nothing speaks against them. Static. */
const char *attach_no_text(const char *bytes, size_t n, const char *text);

/* Have two texts so few words in common that one is hardly a new state of the other? Both are document texts. */
bool attach_strangers(const char *old, const char *new);

/* Remembers in the entry of a document that such a stranger with this hash of its bytes came today: true on the third different day, when it is to be
 * believed. */
bool attach_believe(json_t *entry, const char *hash, const char *today);

/* Remembers in the entry that these bytes took too long: true when they did so before. Then they always will; once may have been the machine's fault. */
bool attach_slow(json_t *entry, const char *hash);

#endif
