/* A difference as JSON, for scripts: complete, the old and the new text can be made from it. */
#ifndef REGWATCH_REDLINE_REDLINE_JSON_H
#define REGWATCH_REDLINE_REDLINE_JSON_H

#include "../base/json.h"
#include "redline.h"

/* {"fields": [{"field", "key", "old", "new", "added", "removed", "old_lang", "new_lang", "translated", "coarse", "text"}],
 *  "callouts": [{"kind", "old", "new", "field", "document"}],
 *  "documents": [{"name", "kind", "lang", "url", "change", "old_words", "new_words", "old_provisions", "new_provisions", "coarse",
 *    "provisions": [{"change", "old_label", "new_label", "old_heading", "new_heading", "within", "level", "anchor", "moved_from", "moved", "text", "became"}]}]}; the caller's reference. No key is ever left out.
 * field: as in the text form ("Comments until"). key: as in the JSON of a notification, or null.
 * old, new: of lines, dates, answers, milestones, and of translated texts; null when absent. added, removed: arrays, of lists.
 * text: array, of texts: {"change": "same"|"deleted"|"inserted", "text", "moved": the number of the sentence, from 1, that is at
 * two places, or null}. The texts of "same" and "deleted" ones put together are the old text, those of "same" and "inserted" the new one.
 * kind: "number", "unit", "date", "modal", "standard". Of a call-out in a document, field is null and document its name, else the other way round.
 *
 * A document's change is "changed", "added" or "removed"; of the last two there are no provisions, only sizes. A provision's change is "same", "changed",
 * "renumbered", "moved", "added" or "removed". The texts of all provisions put together are the old and the new text, line ends and all. A moved one stands
 * twice: where it was (moved_from) and where it went; "moved" is the anchor of the other half, and "became" of the second one is the comparison of both. */
json_t *redline_to_json(const struct redline *r);

#endif
