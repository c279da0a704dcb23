/* The changes that a reader must not miss. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_CALLOUTS_H
#define REGWATCH_REDLINE_CALLOUTS_H

#include "redline.h"

/* A text that changed. */
struct callout_source {
	const struct text_diff *diff;
	const char *old_lang, *new_lang;
	size_t row, document;	/* as in struct callout */
};

/* Adds its call-outs; none for new texts. */
void callouts_find(const struct callout_source *f, struct redline *out);

#endif
