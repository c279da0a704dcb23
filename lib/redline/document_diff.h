/* What changed between two states of an attached text, provision by provision: article, section, annex, numbered point. */
#ifndef REGWATCH_REDLINE_DOCUMENT_DIFF_H
#define REGWATCH_REDLINE_DOCUMENT_DIFF_H

#include "provisions.h"
#include "text_diff.h"

enum provision_change_kind {
	PROVISION_SAME,		/* nothing but perhaps where lines end */
	PROVISION_CHANGED,	/* its words; its label may be another too */
	PROVISION_RENUMBERED,	/* its label and nothing else */
	PROVISION_MOVED,	/* to another place among the provisions; perhaps its label and some words changed too */
	PROVISION_ADDED,
	PROVISION_REMOVED
};

/* One provision of the old text, of the new one, or of both. A moved one stands twice in the list: in the old place (new_label and
 * new_heading tell what it became) and in the new one. */
struct provision_change {
	enum provision_change_kind kind;
	enum provision_kind what;
	unsigned level;
	char *old_label, *new_label;		/* "Article 4", "Article 5"; "" without one, or when it is not in that text */
	char *old_heading, *new_heading;	/* "" without one */
	char *within;				/* of a point or of an article of an annex, in the new text where it is there: "Annex II"; else "" */
	char *anchor;				/* "article-5": [a-z0-9-]+, for ids; unique in this difference */
	size_t first, blocks;			/* its blocks in the text; the ranges of all provisions follow each other without gaps */
	bool labelled;				/* the first of its blocks is its label; so it is in 'inner' */
	size_t pair;				/* of a moved one: number of its other half */
	bool moved_from;			/* of a moved one: this is its old place, with only the blocks of the old text */
	struct text_diff inner;			/* of a moved one in its new place: what became of it, for showing; 'text' has its old and its new blocks apart */
};

struct document_diff {
	struct text_diff text;			/* exact: the old and the new text byte for byte */
	struct provision_change *v;
	size_t n, cap;
	size_t old_words, new_words;		/* how long the texts are */
	size_t old_provisions, new_provisions;	/* with a label or heading */
	bool cut;				/* too many provisions: what came last was compared as one */
};

#define DOCUMENT_DIFF_INIT { .v = NULL }
#define AUTO_DOCUMENT_DIFF __attribute__((cleanup(document_diff_clear))) struct document_diff

/* Texts as feeds/document.h describes them; others will do. Either may be NULL (then as ""). Where lines end counts for nothing but exactness.
 * Bounded whatever the texts are: then text.coarse is set. */
void document_diff(const char *old, const char *new, struct document_diff *out);
/* Only how long one text is: of the old one or of the new one; nothing else is set. */
void document_measure(const char *text, bool old, struct document_diff *out);
void document_diff_clear(struct document_diff *d);

/* How many provisions are other than PROVISION_SAME, a moved one counted once. */
size_t document_diff_changes(const struct document_diff *d);

/* Appends "Article 5 (was Article 4) Scope" or "Annex II, 3.2 Limits", what a page or a terminal puts above a provision; "Beginning" for what stands before the first. */
void provision_change_title(const struct provision_change *p, struct buf *out);

/* "changed", "renumbered", ..., "same": also the class in HTML and the word in JSON. */
const char *provision_change_name(enum provision_change_kind kind);

#endif
