/* The parts of the rendering for terminals. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_RENDER_TEXT_H
#define REGWATCH_REDLINE_RENDER_TEXT_H

#include "redline.h"
#include "wrap.h"

#define PRINTER_INDENT 2

struct printer {
	const struct redline_style *style;
	struct buf *out;
	struct wrap w;
	size_t indent;		/* of the sentences of a text */
};

/* A line whose continuation is indented so far; wrap_end(&p->w) ends it. */
void printer_begin(struct printer *p, size_t indent);
/* A line of a text. */
void printer_begin_line(struct printer *p);
void printer_put(struct printer *p, enum wrap_style style, const char *s);
void printer_note(struct printer *p, const char *text);	/* a faint line */
void printer_blocks(struct printer *p, const struct text_diff *d);

/* ---- render_text_documents.c ---- */
void printer_document(struct printer *p, const struct document_change *d);

#endif
