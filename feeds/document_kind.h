/* What bytes are, beyond the forms that can be read: for messages. */
#ifndef REGWATCH_FEEDS_DOCUMENT_KIND_H
#define REGWATCH_FEEDS_DOCUMENT_KIND_H

#include "document.h"

/* The form; for DOCUMENT_UNKNOWN *what says what it is instead, as far as its bytes tell: "an old Word document (.doc)". It looks at a few bytes at the start
 * and at an archive's directory only. */
enum document_form document_kind(const char *bytes, size_t n, const char **what);

#endif
