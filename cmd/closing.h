/* The open deadlines of the store, read once for all who are reminded of them. */
#ifndef REGWATCH_CMD_CLOSING_H
#define REGWATCH_CMD_CLOSING_H

#include "cmd.h"
#include "wanting.h"

struct closing {
	char *id, *dossier, *title;
	char *url;		/* NULL until closing_url */
	char member[4];
	enum area area;
	enum source source;
	struct date deadline;	/* effective */
	struct strv sectors;	/* best first */
	struct reasons reasons;
};

struct closings {
	struct closing *v;	/* soonest first, one a dossier */
	size_t n, cap;
};

int closings_read(struct app *app, struct closings **out, struct error *err);
void closings_free(struct closings *c);

/* Where the record is published; of the closing. NULL and err when the record cannot be read. */
const char *closing_url(struct closing *c, struct app *app, struct error *err);

bool wants_closing(const struct subscription *sub, const struct closing *c);

#endif
