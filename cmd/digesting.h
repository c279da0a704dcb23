/* Filling a digest: what a reader was found to want, what closes soon for its subscription, and how far the feeds were read. */
#ifndef REGWATCH_CMD_DIGESTING_H
#define REGWATCH_CMD_DIGESTING_H

#include "news.h"

/* Which reminders were sent already: has(ctx, dossier, day) . */
struct reminded {
	bool (*has)(void *ctx, const char *dossier, struct date day);
	void *ctx;
};

/* The reader must have been gathered, and the news must outlive the digest. out is initialised by the call and cleared by the caller, also after a failure. */
int digest_fill(struct news *news, const struct reader *r, const struct reminded *reminded, struct digest *out, struct error *err);

#endif
