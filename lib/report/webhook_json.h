/* A digest as the body of a webhook. */
#ifndef REGWATCH_REPORT_WEBHOOK_JSON_H
#define REGWATCH_REPORT_WEBHOOK_JSON_H

#include "digest.h"

/* Appends one JSON object on one line:
 * {"subscription", "message_id", "up_to": commit of main or null,
 *  "events": [{the keys of event_to_json, "reason"}], in the order of main, of all events of the digest's items,
 *  "deadlines": [{"dossier", "title", "source", "member", "deadline", "remind": the reminder's day or null, "url", "reason"}], soonest first,
 *  "coverage": {"feeds": [{"feed", "read": day of the last good run or null, "problems": [...]}], "uncoded": number}}
 * No key is ever left out. */
void webhook_json_render(const struct digest *d, const char *message_id, struct buf *out);

#endif
