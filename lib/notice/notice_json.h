/* A notification as JSON, for scripts: 'list', 'show' and whatever else prints records. */
#ifndef REGWATCH_NOTICE_NOTICE_JSON_H
#define REGWATCH_NOTICE_NOTICE_JSON_H

#include "../base/json.h"
#include "notice.h"

/* What a record alone cannot tell. */
struct notice_view {
	struct date effective_deadline;	/* latest of the dossier; DATE_NONE without any */
	bool open;			/* it is not passed */
	const struct strv *sectors;	/* NULL as empty */
	const char *twin;		/* dossier in the other system; NULL or "" without */
};

/* An object with the keys that scripts rely on, in their fixed order, then the other fields of the record: absent single values
 * are null, absent lists empty arrays, no key is ever left out. hs and ics are arrays of codes; adoption and entry_into_force
 * {date, text} or null; documents of {kind, lang, url, text_sha256}; reactions of {kind: "comments" or "detailed opinion", by};
 * languages tells those of the texts by their keys. The caller's reference. */
json_t *notice_to_json(const struct notice *n, const struct notice_view *view);

#endif
