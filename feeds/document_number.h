/* Numbers of lists as they are shown: 4, iv, d. */
#ifndef REGWATCH_FEEDS_DOCUMENT_NUMBER_H
#define REGWATCH_FEEDS_DOCUMENT_NUMBER_H

#include "../lib/base/buf.h"

enum number_form {
	NUMBER_DECIMAL, NUMBER_DECIMAL_ZERO /* 01 */, NUMBER_LOWER_LETTER, NUMBER_UPPER_LETTER /* z is followed by aa, that by bb */, NUMBER_LOWER_ROMAN,
	NUMBER_UPPER_ROMAN, NUMBER_LOWER_CYRILLIC, NUMBER_UPPER_CYRILLIC, NUMBER_ORDINAL /* 1st */, NUMBER_BULLET, NUMBER_NONE
};

/* Appends; what a form cannot say (0 in Roman, numbers without end in letters) is decimal, bullets and none are nothing. */
void number_format(enum number_form form, unsigned long value, struct buf *out);

#endif
