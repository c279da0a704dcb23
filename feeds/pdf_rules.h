/* What a line of a text of law says about its place: heading, item of a list. For feeds/pdf*.c only. */
#ifndef REGWATCH_FEEDS_PDF_RULES_H
#define REGWATCH_FEEDS_PDF_RULES_H

#include "../lib/base/rx.h"
#include "pdf_lines.h"

struct pdf_rules {
	struct rx *part;	/* "CHAPTER II", "Annex 3 - Limits": a whole line */
	struct rx *article;	/* "Article 5", "Article 2 - Scope" */
	struct rx *named;	/* either: the beginning of one */
	struct rx *numbered;	/* "1.2 Scope" */
	struct rx *marker;	/* "(a) ", "1. ", "- ", "[EXI 04] " at the beginning */
	struct rx *bullet;	/* a marker that is nothing else */
	struct rx *dots;	/* "..... 12" at the end of a line of a table of contents */
};

int pdf_rules_init(struct pdf_rules *r, struct error *err);
void pdf_rules_clear(struct pdf_rules *r);
#define AUTO_PDF_RULES __attribute__((cleanup(pdf_rules_clear))) struct pdf_rules

/* 1 for a part, 2 for an article, 0 for no heading that is certain by its words. */
unsigned pdf_rules_level(const struct pdf_rules *r, const char *s, size_t n);

bool pdf_is_capitals(const char *s, size_t n);		/* four letters at least, and none that is small */
bool pdf_begins_small(const char *s, size_t n);
bool pdf_ends_sentence(const char *s, size_t n);		/* . ; : ? ! also before closing quotes and brackets */

#endif
