/* The options of all commands: one table, so that --since means the same everywhere. */
#ifndef REGWATCH_CMD_OPTIONS_H
#define REGWATCH_CMD_OPTIONS_H

#include <stdbool.h>

#include "../lib/base/date.h"
#include "../lib/base/strv.h"
#include "../store/index.h"

struct error;

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML, FORMAT_UNIFIED, FORMAT_ICAL, FORMAT_PROMETHEUS, FORMAT_MARKDOWN };

enum option_bit {
	OPT_FILTER = 1,		/* --sector --member --source --area --event --since --until --open --uncoded --limit */
	OPT_FORMAT = 4,		/* --format */
	OPT_SINCE = 8,		/* --since alone */
	OPT_ALL = 16,		/* --all */
	OPT_ACCEPT = 32,	/* --accept */
	OPT_RAW = 64,		/* --raw */
	OPT_DRY_RUN = 128,	/* --dry-run */
	OPT_RETRY = 256,	/* --retry TARGET */
	OPT_STORE = 512,	/* --store */
	OPT_WITHIN = 1024,	/* --within 30d */
	OPT_SECTOR = 2048,	/* --sector alone */
	OPT_SIDES = 4096,	/* --side-by-side */
};

struct options {
	struct filter filter;		/* since and until: midnight UTC of the day; until is exclusive (the day after) */
	struct date since;		/* the day of --since; not set: none */
	enum format format;
	bool all, accept, raw, dry_run, store, side_by_side, help;
	const char *retry;
	long within;			/* days; -1: any */
	struct strv rest;		/* arguments */
};

/* Reads the arguments behind a command's name. 'allowed': OPT_... bits. Options and arguments may be mixed; "--" ends options.
 * Fails with ERR_USAGE and the nearest known name. */
int options_parse(struct options *o, unsigned allowed, int argc, char **argv, struct error *err);
void options_clear(struct options *o);

/* A DATE of the command line: YYYY-MM-DD, or 7d, 3w, 6m, 1y back from today. */
bool options_date(const char *text, struct date *out);

/* "--sector S  --member CC ...", one line an option, for help. */
void options_help(unsigned allowed, struct buf *out);

/* For completion: " --sector= --open", the names of all formats with blanks between. */
void options_names(unsigned allowed, struct buf *out);
void options_formats(struct buf *out);

#endif
