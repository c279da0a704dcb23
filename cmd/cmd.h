/* What all commands share: the table row of a command, the open application, options, output. */
#ifndef REGWATCH_CMD_CMD_H
#define REGWATCH_CMD_CMD_H

#include <stdbool.h>
#include <stdio.h>

#include "../lib/base/buf.h"
#include "../lib/base/conf.h"
#include "../lib/base/error.h"
#include "../lib/base/strv.h"
#include "../store/index.h"
#include "options.h"
#include "settings.h"

struct file_lock;

struct app {
	char *dir;			/* the home of regwatch.conf and store.git */
	const struct strv *overrides;	/* -c */
	bool colour;			/* stdout wants it */
	size_t width;			/* columns of stdout; 0: not a terminal */
	struct conf conf;
	struct settings settings;
	double deadline;		/* clock_monotonic() at which the run must end; 0: none */
	struct sectors *sectors;
	struct file_lock *lock;
	struct store *st;
	struct index *ix;
};

enum need {
	NEED_NOTHING = 0,
	NEED_CONF = 1,		/* regwatch.conf, settings, sectors */
	NEED_STORE = 2,		/* and the store with its index, to read */
	NEED_LOCK = 4		/* and the lock, to write */
};

struct command {
	const char *name;
	unsigned needs;
	unsigned options;	/* OPT_... bits that it takes besides --help */
	int min, max;		/* arguments; max -1: any number */
	const char *arguments;	/* for help: "ID[@VERSION]" */
	const char *summary;
	int (*run)(struct app *app, const struct options *o, struct error *err);
};

extern const struct command commands[];
extern const size_t commands_count;

/* Opens what the command needs. Fails with ERR_CONF, ERR_AGAIN (lock held), ERR_IO. */
int app_open(struct app *app, unsigned needs, const char *who, struct error *err);
void app_close(struct app *app);

/* Is there a sector of this name? ERR_USAGE names the nearest. 'uncoded' counts as one. */
int app_check_sector(const struct app *app, const char *name, struct error *err);

/* What NEED_STORE opens, for a command that goes by other labels: labels NULL leaves those that the index holds. The configuration must be open. */
int app_open_store(struct app *app, bool writer, const struct sectors *labels, struct error *err);

/* The index alone, as NEED_STORE opens it: closed before a fork, for SQLite must not cross one, and opened again by both sides. It has read all of main before. */
void app_index_close(struct app *app);
int app_index_open(struct app *app, struct error *err);

/* DIR/NAME, or NAME when it is absolute; caller frees. */
char *app_path(const struct app *app, const char *name);

/* ---- output ---- */

/* Where results go: stdout, or a pager when stdout is a terminal. */
FILE *output_begin(struct app *app);

/* Flushes, waits for the pager; ERR_IO when something could not be written. A closed pipe is no error: the reader had enough. */
int output_end(struct error *err);

/* Rows of text cells for people: columns aligned, the last one cut to the terminal's width. */
struct table {
	struct strv cells;
	size_t columns;
};
void table_row(struct table *t, const char *const *cells);	/* t->columns cells; NULL is "" */
void table_print(struct table *t, const struct app *app, const char *const *headings, FILE *out);	/* clears t */

/* One CSV line (RFC 4180), formulas made harmless; NULL is "". */
void csv_line(const char *const *cells, size_t n, struct buf *out);

/* ---- the commands ---- */
#define COMMAND(name) int cmd_##name(struct app *app, const struct options *o, struct error *err)
COMMAND(init);
COMMAND(fetch);
COMMAND(import);
COMMAND(run);
COMMAND(list);
COMMAND(show);
COMMAND(dossier);
COMMAND(log);
COMMAND(diff);
COMMAND(search);
COMMAND(deadlines);
COMMAND(sectors);
COMMAND(alert);
COMMAND(publish);
COMMAND(status);
COMMAND(verify);
COMMAND(rebuild);
COMMAND(help);
COMMAND(version);
COMMAND(completion);

#endif
