/* The parts of the rendering as HTML. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_RENDER_HTML_H
#define REGWATCH_REDLINE_RENDER_HTML_H

#include "redline.h"

/* "del" and "ins", by enum change. */
extern const char *const html_marks[];

/* An element with outside text in it; class may be NULL. */
void html_tag(const char *tag, const char *class, const char *text, struct buf *out);
void html_block(const struct block *b, struct buf *out);

/* The attributes that tell a language and, where it is written from right to left, that; nothing for "". */
void html_language(const char *lang, struct buf *out);

/* Blocks as paragraphs and tables, what is unchanged folded. */
void html_blocks(const struct text_diff *d, size_t context, struct buf *out);

/* ---- render_html_tables.c ---- */

/* How many shown blocks from i on are rows of a table whose cells can be told apart. */
size_t html_rows(const struct text_diff *d, const bool *shown, size_t i);
void html_table(const struct text_diff *d, size_t i, size_t n, struct buf *out);

/* ---- render_html_documents.c ---- */
void html_document(const struct document_change *d, const struct redline_style *style, struct buf *out);

#endif
