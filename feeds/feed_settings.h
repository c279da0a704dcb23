/* The feed sections of the configuration. */
#ifndef REGWATCH_FEEDS_FEED_SETTINGS_H
#define REGWATCH_FEEDS_FEED_SETTINGS_H

#include <stdbool.h>

#include "../lib/base/strv.h"

struct feed_settings {
	bool enabled;
	char *url;			/* without a slash at the end */
	long delay;			/* seconds between two requests to the host */
	long patience;			/* seconds of back-off that one run may spend */
	char *documents;		/* "none", "open", "all" */
	struct strv document_hosts;
	char *key_file;			/* ePing's keyed API; NULL: $WTO_API_KEY */
	struct strv areas;		/* ePing: TBT, SPS */
	char *language;			/* ePing: en, fr, es */
	long start_id;			/* TRIS: where enumeration starts in a new store */
};

#endif
