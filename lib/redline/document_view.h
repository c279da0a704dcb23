/* A document's difference as it is shown: without what is only layout, without what did not change. Every rendering walks this. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_DOCUMENT_VIEW_H
#define REGWATCH_REDLINE_DOCUMENT_VIEW_H

#include "redline.h"

enum view_kind {
	VIEW_PROVISION,		/* one, with its blocks */
	VIEW_TITLE,		/* one, only its title: renumbered, or the old place of a moved one */
	VIEW_SAME,		/* some that did not change */
	VIEW_RENUMBERED,	/* several in a row of which only the labels changed */
	VIEW_REST		/* n changed ones that the limit leaves out */
};

struct view_item {
	enum view_kind kind;
	size_t first, n;	/* provisions of the difference */
	size_t block, blocks;	/* of VIEW_PROVISION: in 'text' */
};

struct document_view {
	const struct document_diff *diff;
	struct view_item *v;
	size_t n, cap;
	struct text_diff text;	/* all shown blocks, without labels, blanks and line ends as one blank; 'pair' only says where the other half is: SIZE_MAX below, 0 above */
	size_t *provision;	/* by block of text */
};

void document_change_clear(struct document_change *d);

/* limit: changed provisions shown, 0 for all. */
void document_view_make(const struct document_diff *d, size_t limit, struct document_view *out);
void document_view_clear(struct document_view *v);

/* Does the block hold a row of a table? */
bool block_is_row(const struct block *b);

/* Appends "Article 4 to Article 9 (were Article 3 to Article 8)" of VIEW_RENUMBERED. */
void view_range(const struct document_view *v, const struct view_item *item, struct buf *out);

#endif
