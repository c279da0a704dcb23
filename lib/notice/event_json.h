/* An event as JSON, for scripts: 'log', webhooks. */
#ifndef REGWATCH_NOTICE_EVENT_JSON_H
#define REGWATCH_NOTICE_EVENT_JSON_H

#include <stdint.h>

#include "../base/json.h"
#include "event.h"

/* What an event alone cannot tell; all borrowed. NULL is null, and no sectors an empty array. */
struct event_view {
	int64_t at;			/* commit time */
	const char *notification, *dossier, *source, *area, *member, *title, *commit;
	const struct strv *sectors;	/* best first */
	struct date deadline;		/* effective, after this version */
};

/* An object with the keys that scripts rely on, in their fixed order, none ever left out: event, at, notification, dossier, source, area, member, title,
 * sectors, deadline, old, new, detail, commit. The caller's reference. */
json_t *event_to_json(const struct event *e, const struct event_view *view);

#endif
