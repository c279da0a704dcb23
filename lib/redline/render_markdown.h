/* The parts of the rendering as Markdown. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_RENDER_MARKDOWN_H
#define REGWATCH_REDLINE_RENDER_MARKDOWN_H

#include "redline.h"

/* Outside text, so that nothing in it is mark-up. */
void markdown_escape(const char *s, struct buf *out);
void markdown_replacement(const char *old, const char *new, struct buf *out);
void markdown_blocks(const struct text_diff *d, size_t context, struct buf *out);

/* ---- render_markdown_documents.c ---- */
void markdown_document(const struct document_change *d, const struct redline_style *style, struct buf *out);

#endif
