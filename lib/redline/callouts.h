/* The changes that a reader must not miss. Inside lib/redline only. */
#ifndef REGWATCH_REDLINE_CALLOUTS_H
#define REGWATCH_REDLINE_CALLOUTS_H

#include "redline.h"

/* Adds the call-outs of a changed text; none for other fields, for new texts and translated ones. */
void callouts_find(const struct field_change *f, struct redline *out);

#endif
