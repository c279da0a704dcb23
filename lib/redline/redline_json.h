/* A difference as JSON, for scripts: complete, the old and the new text can be made from it. */
#ifndef REGWATCH_REDLINE_REDLINE_JSON_H
#define REGWATCH_REDLINE_REDLINE_JSON_H

#include "../base/json.h"
#include "redline.h"

/* {"fields": [{"field", "key", "old", "new", "added", "removed", "old_lang", "new_lang", "translated", "coarse", "text"}],
 *  "callouts": [{"kind", "old", "new", "field"}]}; the caller's reference. No key is ever left out.
 * field: as in the text form ("Comments until"). key: as in the JSON of a notification, or null.
 * old, new: of lines, dates, answers, milestones, and of translated texts; null when absent. added, removed: arrays, of lists.
 * text: array, of texts: {"change": "same"|"deleted"|"inserted", "text", "moved": the number of the sentence, from 1, that is at
 * two places, or null}. The texts of "same" and "deleted" ones put together are the old text, those of "same" and "inserted" the new one.
 * kind: "number", "unit", "date", "modal", "standard". */
json_t *redline_to_json(const struct redline *r);

#endif
