/* The lines of what pdftotext -layout wrote, and what becomes of them on the way to paragraphs; for feeds/pdf*.c only. A column is a character's place in its
 * line, since that is how pdftotext keeps what stands under each other under each other. */
#ifndef REGWATCH_FEEDS_PDF_LINES_H
#define REGWATCH_FEEDS_PDF_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/rx.h"

struct error;
struct writer;

struct pdf_line {
	const char *s;			/* in the layout text, without blanks at the ends, not empty */
	size_t n;
	unsigned indent, end;		/* columns; end is behind the last character */
	unsigned gap;			/* blank lines before it; 0 for the first of a page */
	unsigned page;			/* from 0 */
	unsigned left, right;		/* margins of the page or of the column of text that it stands in */
	bool fresh;			/* first of its page or column: a paragraph may go on from another place to here */
	bool gone;			/* a running head, a page number */
	unsigned table;			/* 0: none, else the number of its table */
};

struct pdf_lines {
	struct pdf_line *v;
	size_t n, cap;
	unsigned pages;
};

#define PDF_LINES_INIT { NULL, 0, 0, 0 }
#define AUTO_PDF_LINES __attribute__((cleanup(pdf_lines_clear))) struct pdf_lines
void pdf_lines_clear(struct pdf_lines *l);
struct pdf_line *pdf_lines_add(struct pdf_lines *l);

/* Splits at "\n", and at "\f", which ends a page. ERR_DATA when there are more than LIMIT_PDF_LINES. */
int pdf_lines_read(const char *layout, size_t n, struct pdf_lines *out, struct error *err);

/* A part of a line between blanks of two columns and more. */
struct pdf_part {
	size_t from, to;		/* bytes in the line */
	unsigned left, right;		/* columns */
};
#define PDF_PARTS 64
/* At most PDF_PARTS parts; what is beyond belongs to the last. */
size_t pdf_line_parts(const struct pdf_line *l, struct pdf_part parts[PDF_PARTS]);

/* ---- steps, in this order ---- */

/* Marks running heads, feet and page numbers as gone: what stands at the same edge of many pages in the same words, but for a number that grows with the page. */
void pdf_running_drop(struct pdf_lines *l, const struct rx *heading);

/* Sets margins, numbers the tables and puts columns of text one after the other. Lines that are gone stay behind. */
void pdf_columns_read(const struct pdf_lines *in, struct pdf_lines *out);

/* The table that begins at v[0] (all its lines have the same number); returns how many lines it has. */
size_t pdf_table_write(const struct pdf_line *v, size_t n, struct writer *out);

/* ---- words at line ends ---- */

/* The words with hyphens, and the words, that stand unbroken in the text. */
struct pdf_words;
struct pdf_words *pdf_words_new(const struct pdf_lines *l);
void pdf_words_free(struct pdf_words *w);
CLEANUP_POINTER(pdf_words, struct pdf_words *, pdf_words_free)
#define AUTO_PDF_WORDS __attribute__((cleanup(cleanup_pdf_words))) struct pdf_words

enum pdf_seam { PDF_SEAM_BLANK, PDF_SEAM_NONE, PDF_SEAM_UNHYPHEN };
/* How a line and the one that goes on from it are put together: with a blank, as they are, or without the hyphen at the line's end. */
enum pdf_seam pdf_words_seam(const struct pdf_words *w, const char *a, size_t an, const char *b, size_t bn);

#endif
