/* Text for people, line by line: the one door for outside text, whether or not there is colour. */
#ifndef REGWATCH_CMD_PAGE_H
#define REGWATCH_CMD_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"

struct page {
	bool colour;
	size_t width;		/* columns; 0: any */
	struct buf *out;
};

/* Adds one line, made harmless whatever stands in it, "\n" as a blank; broken at the width, what follows set in by 'indent' columns. */
void page_put(const struct page *p, size_t indent, const char *line);
void page_putf(const struct page *p, size_t indent, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* An empty line and a heading of our own words. */
void page_heading(const struct page *p, const char *text);

#endif
