/* Styles and lists of a DOCX, resolved; inside docx*.c only. */
#ifndef REGWATCH_FEEDS_DOCX_STYLES_H
#define REGWATCH_FEEDS_DOCX_STYLES_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "document_number.h"
#include "../lib/base/cleanup.h"
#include "docx_part.h"

#define DOCX_LEVELS 9
#define DOCX_UNSET (-1)

/* What a style says of a paragraph or a run; DOCX_UNSET where it says nothing. */
struct docx_style {
	char *id, *based_on;
	size_t order;		/* in the part: of two with one id the first counts */
	long heading;		/* 1 to 9; 0: body text */
	long list, level;	/* w:numId, w:ilvl */
	long hidden;
	bool paragraph_default;
};

struct docx_styles {
	struct docx_style *v;	/* sorted by id, with what they inherit filled in */
	size_t n, cap;
};

#define AUTO_DOCX_STYLES __attribute__((cleanup(docx_styles_clear))) struct docx_styles
void docx_styles_clear(struct docx_styles *styles);

int docx_styles_read(struct docx_package *package, struct docx_styles *styles, struct error *err);
/* NULL when there is none. */
const struct docx_style *docx_style_find(const struct docx_styles *styles, const char *id);
const struct docx_style *docx_style_default(const struct docx_styles *styles);

/* Lists, and where each stands. */
struct docx_lists;
struct docx_lists *docx_lists_new(void);
void docx_lists_free(struct docx_lists *lists);

CLEANUP_POINTER(docx_lists, struct docx_lists *, docx_lists_free)
#define AUTO_DOCX_LISTS __attribute__((cleanup(cleanup_docx_lists))) struct docx_lists

int docx_lists_read(struct docx_package *package, struct docx_lists *lists, struct error *err);

/* Appends what stands before the next paragraph of a list ("2.1 ", "- ") and counts on. level DOCX_UNSET: the level that belongs to the style. Returns whether
 * the number is one that shows without text, too: no bullet. Nothing is done for a list that there is not. */
bool docx_lists_number(struct docx_lists *lists, const struct docx_styles *styles, const struct docx_style *style, long list, long level, struct buf *out);

#endif
