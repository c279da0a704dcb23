/* Text in several styles, wrapped at blanks to a width. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_WRAP_H
#define REGWATCH_REDLINE_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/buf.h"

enum wrap_style { WRAP_PLAIN, WRAP_DELETED, WRAP_INSERTED, WRAP_MOVED, WRAP_ALARM, WRAP_HEAD, WRAP_FAINT };

struct wrap {
	struct buf *out;
	bool colour;
	size_t width;			/* columns; 0 for none */
	size_t indent;			/* of the lines after the first */
	size_t column;
	enum wrap_style style;		/* now in force in the output */
	bool space;			/* a blank is due before the next word */
	struct buf word;		/* not yet written: it may go to the next line */
	size_t word_width;
	enum wrap_style word_style;	/* with which it begins */
	enum wrap_style word_end;	/* and ends */
};

/* A line begins in column 0 of the output. wrap_end ends it with "\n", always, and frees. */
void wrap_begin(struct wrap *w, struct buf *out, bool colour, size_t width, size_t indent);
void wrap_end(struct wrap *w);

/* Adds n bytes of outside text, filtered for terminals. "\n" in it becomes a visible mark. */
void wrap_text(struct wrap *w, enum wrap_style style, const char *s, size_t n);

#endif
