/* Rows of the index as output: one notification or event in text, JSON or CSV. */
#ifndef REGWATCH_CMD_ROWS_H
#define REGWATCH_CMD_ROWS_H

#include "../lib/base/json.h"
#include "cmd.h"

/* JSON of a notification (list, show, search, deadlines), and of an event (log); the caller's. NULL and err when the record cannot be read. */
json_t *row_json(const struct index_row *row, struct error *err);

/* The same of another version of the record: what the index knows of the dossier is as of now. */
json_t *row_notice_json(const struct index_row *row, const struct notice *n);
json_t *event_json(const struct index_event *e);

/* Collects rows of notifications or events in the format that was asked for and prints them at the end. */
struct rows {
	struct app *app;
	enum format format;
	struct table table;
	struct buf out;		/* JSON and CSV */
	FILE *file;
	const char *const *headings;
	size_t columns;
	struct error *err;
};

void rows_begin(struct rows *r, struct app *app, enum format format, const char *const *headings, size_t columns, struct error *err);

/* Adds a line of cells for text and CSV. */
void rows_cells(struct rows *r, const char *const *cells);

/* Adds a JSON object, which it takes over. */
void rows_json(struct rows *r, json_t *object);
void rows_end(struct rows *r);

/* deadlines as rows; cmd_list.c's. */
int list_deadlines(struct app *app, const struct options *o, struct error *err);

#endif
