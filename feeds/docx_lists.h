/* How a DOCX defines its lists: docx_lists.c reads it, docx_counter.c counts. */
#ifndef REGWATCH_FEEDS_DOCX_LISTS_H
#define REGWATCH_FEEDS_DOCX_LISTS_H

#include "docx_styles.h"

struct docx_level {
	bool defined;
	long start;
	enum number_form form;
	char *text;		/* "%1.%2" */
	bool legal;		/* all numbers in it decimal */
	long restart;		/* begins anew after a paragraph of a level below this one (from 0); 0: never */
	bool blank;		/* between number and text */
	char *style;		/* whose paragraphs are of this level */
};

/* Which of those that a document calls by one number: the first. */
struct docx_key {
	long id;
	size_t order;		/* in the document */
};

struct docx_abstract {
	struct docx_key key;	/* first, as in docx_list: both are sorted and found by it */
	struct docx_level level[DOCX_LEVELS];
	char *style_link;	/* the style that tells which list this really is */
	long count[DOCX_LEVELS];
	bool counting[DOCX_LEVELS];
};

/* What a list changes of its abstract one. */
struct docx_override {
	long start;		/* DOCX_UNSET */
	bool begun;
	struct docx_level *level;
};

struct docx_list {
	struct docx_key key;
	long abstract;		/* id */
	struct docx_override *override;	/* DOCX_LEVELS of them, or NULL */
};

struct docx_lists {
	struct docx_abstract *abstracts;	/* both sorted by id */
	struct docx_list *lists;
	size_t n_abstracts, cap_abstracts, n_lists, cap_lists;
};

#endif
