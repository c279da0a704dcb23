/* How a line begins that opens a provision: "Article 5", "§ 12", "3.2.1", "(a)". Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_LABELS_H
#define REGWATCH_REDLINE_LABELS_H

#include "provisions.h"

/* Bytes of the line that they were read from. */
struct part {
	const char *s;
	size_t n;
};

enum item_form { ITEM_NUMBER, ITEM_LETTER, ITEM_ROMAN };

struct opening {
	enum provision_kind kind;
	unsigned hashes;	/* '#' before it; 0: none */
	unsigned depth;		/* of a point: how many numbers; of PROVISION_ITEM its form */
	struct part label;	/* as written, empty for headings */
	struct part number;	/* "5a", "IV", "3.2.1"; may be empty */
	struct part rest;	/* behind the label and its marks */
};

/* Does this line (n bytes, without its end) open a provision? "Article 5 of this Act" refers to one and opens none. */
bool label_read(const char *line, size_t n, struct opening *out);

/* The name of a part with which n bytes begin ("Article", "Anhang"): its kind, and its length; 0 when there is none. */
size_t label_name(const char *s, size_t n, enum provision_kind *kind);

/* "- ", "• ": an item without a label. */
bool label_is_bullet(const char *line, size_t n);

/* Does the text begin with a small letter (of Latin, Greek or Cyrillic), so that it goes on with something? */
bool label_goes_on(const char *s, size_t n);

#endif
