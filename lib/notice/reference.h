/* Which other notifications a record names in its texts, and where: the form has boxes for them (relevant documents, earlier notifications), prose does it too. */
#ifndef REGWATCH_NOTICE_REFERENCE_H
#define REGWATCH_NOTICE_REFERENCE_H

#include "notice.h"

struct reference {
	char *symbol;		/* canonical; of a notification outside of the record's own dossier */
	size_t row;		/* in notice_fields: the surest of the texts that name it */
};

struct references {
	struct reference *v;
	size_t n, cap;
};

#define REFERENCES_INIT { NULL, 0, 0 }
#define AUTO_REFERENCES __attribute__((cleanup(references_clear))) struct references

/* In the order of the texts, surest first, each symbol once, at most LIMIT_SYMBOLS of them. A number such as 2001/95/EC has the form of one of TRIS
 * but names no state, and is none. Adds to out. */
void references_read(const struct notice *n, struct references *out);
void references_clear(struct references *r);

/* Is the symbol one of the other system than the record's? */
bool reference_other_system(const struct notice *n, const char *symbol);

#endif
