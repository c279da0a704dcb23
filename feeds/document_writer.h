/* Writes document text (document.h): what an extractor finds, in reading order, becomes lines. For the extractors only. */
#ifndef REGWATCH_FEEDS_DOCUMENT_WRITER_H
#define REGWATCH_FEEDS_DOCUMENT_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"

struct writer;

struct writer *document_writer_new(void);
void document_writer_free(struct writer *w);

CLEANUP_POINTER(writer, struct writer *, document_writer_free)
#define AUTO_WRITER __attribute__((cleanup(cleanup_writer))) struct writer

/* A paragraph, or a heading of level 1 to 6 (deeper ones are 6), of any bytes; nothing when nothing is left of it once it is cleaned. In a
 * cell it becomes part of the cell. */
void writer_paragraph(struct writer *w, unsigned level, const char *text, size_t n);

/* Tables nest. One that is a frame (it has a single column: boxes around text, letterheads) leaves no mark: its paragraphs stand as if it were not there.
 * A table in a cell is a paragraph a row, its cells parted by "; ". */
void writer_table(struct writer *w, bool frame);
void writer_table_end(struct writer *w);
void writer_row_end(struct writer *w);
/* Ends a cell that spans so many columns; not 'shown' is one that the cell above covers: it stays empty. */
void writer_cell_end(struct writer *w, size_t span, bool shown);

/* What comes between the two goes to 'out' instead, as the text of a cell. */
void writer_aside(struct writer *w);
void writer_aside_end(struct writer *w, struct buf *out);

/* "[^label]: text"; text is cleaned already. */
void writer_note(struct writer *w, const char *label, const char *text);

/* 0, or ERR_DATA once there is more than LIMIT_DOCUMENT_TEXT, or a row has more than LIMIT_DOCUMENT_CELLS. Ask often: until then nothing bounds what an
 * extractor goes on reading. */
int writer_check(const struct writer *w, struct error *err);

/* The text, without the inserted line (document_strip); the caller frees it. */
int writer_finish(struct writer *w, char **text, struct error *err);

#endif
