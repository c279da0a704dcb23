/* What the writer and the reader of the text form share; inside lib/notice only. */
#ifndef REGWATCH_NOTICE_CANON_FORM_H
#define REGWATCH_NOTICE_CANON_FORM_H

#include "canon.h"

enum canon_place { PLACE_HEADING, PLACE_VALUE, PLACE_LINE };

#define CANON_UNKNOWN "-"		/* in place of a language or member that is not known */
#define CANON_LANGUAGE_OF "Language of "	/* "Language of description: es": for texts in another one than 'Language' */

/* The language of texts without a line of their own: that of 'Language' when it is a code, else "". */
const char *canon_default_language(const struct notice *n);

/* "Language of description", for a row of FIELD_TEXT. Appended. */
void canon_language_name(size_t row, struct buf *out);

/* Reads one value into a field of the record; NULL, or what is wrong with it. */
typedef const char *(*canon_value_fn)(const char *value, void *field);

/* How lines of a name are read, and the field's offset in the record; NULL for an unknown name. */
canon_value_fn canon_find_value(const char *name, size_t *offset);

/* The row of notice_fields with this name; notice_fields_count without one. */
size_t canon_find_row(const char *name);

static inline bool
canon_is_section(size_t row)
{
	return notice_fields[row].type == FIELD_TEXT || notice_fields[row].type == FIELD_VARIANTS;
}

#endif
