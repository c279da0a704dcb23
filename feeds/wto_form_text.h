/* Pieces of a notification form and what stands at their beginning; for feeds/wto_form*.c only. */
#ifndef REGWATCH_FEEDS_WTO_FORM_TEXT_H
#define REGWATCH_FEEDS_WTO_FORM_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/base/strv.h"

/* What a form's piece begins. The first six are read, the others end what is before them. */
enum form_box {
	FORM_NONE, FORM_AGENCY, FORM_ARTICLES, FORM_RATIONALE, FORM_RELEVANT, FORM_ADOPTION, FORM_ENTRY,
	FORM_OTHER_BOX,		/* a box of the form that the site's data tells */
	FORM_ASIDE,		/* a part of a box that is not read, and proves no form */
};

struct form_label {
	enum form_box box;
	const char *lang;	/* ISO 639-1 */
	const char *begins;	/* folded (utf8_fold), without the blanks at the ends */
};

/* The paragraphs of the text, those of cells too, in reading order: cells and escapes are undone, numbers of boxes in cells of their own left out. */
void form_pieces(const char *text, struct strv *out);

/* The label that a piece begins with, behind a number; NULL without. */
const struct form_label *form_label(const char *piece);

/* A tick mark at s: its length in bytes, 0 when there is none. "[X]", "( )", "☒", "☐", ... */
size_t form_mark(const char *s, bool *ticked);

#endif
