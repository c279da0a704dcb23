/* What the parts of a legal text are: articles, sections, annexes, numbered points, rows of tables. */
#ifndef REGWATCH_REDLINE_PROVISIONS_H
#define REGWATCH_REDLINE_PROVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum provision_kind {
	PROVISION_START,	/* what stands before the first; label and heading "" */
	PROVISION_HEADING,	/* "# Definitions": a heading without a number */
	PROVISION_PART, PROVISION_TITLE, PROVISION_CHAPTER, PROVISION_SECTION, PROVISION_SUBSECTION, PROVISION_ANNEX,
	PROVISION_ARTICLE,	/* also "§ 12" */
	PROVISION_CODE,		/* "[EXI 04]" */
	PROVISION_POINT,	/* "3.2.1", and "3." where no article is around it */
	PROVISION_ITEM,		/* "(a)", "1)", "a.", and "3." in an article */
	PROVISION_ROW,		/* of a table: label is its first cell */
	PROVISION_NOTE		/* "[^3]:" */
};

struct provision {
	enum provision_kind kind;
	unsigned level;		/* 0 is PROVISION_START; greater stands deeper */
	bool main;		/* compared as a unit: items, rows and notes are parts of one */
	char *label;		/* as written: "Article 5", "§ 12", "EXI 04", "3.2.1", "(a)"; "" for headings */
	char *key;		/* for comparing: kind and number, one for "Art. 5" and "ARTICLE 5" */
	char *heading;		/* "Scope", or "" */
	size_t line, lines;	/* range of lines, from 0; up to the next provision of any kind */
	size_t from, to;	/* the same in bytes */
	size_t body;		/* where its own words begin, behind the label */
	size_t parent;		/* number of the one around it, its own for the first */
};

struct provisions {
	struct provision *v;	/* in the order of the text, without gaps: the first is PROVISION_START even when it has no lines */
	size_t n, cap;
	bool cut;		/* more than PROVISIONS_MAX: the rest belongs to the last */
};

#define PROVISIONS_MAX 20000
#define PROVISIONS_INIT { NULL, 0, 0, false }
#define AUTO_PROVISIONS __attribute__((cleanup(provisions_clear))) struct provisions

/* Splits a document text (see feeds/document.h; any other text will do). Entries of a table of contents are none. */
void provisions_split(const char *text, struct provisions *out);
void provisions_clear(struct provisions *p);

#endif
