/* The boxes of an addendum's form; for feeds/wto_form*.c only. */
#ifndef REGWATCH_FEEDS_WTO_FORM_REASONS_H
#define REGWATCH_FEEDS_WTO_FORM_REASONS_H

#include "../lib/notice/notice.h"

/* Sets the reasons that are ticked, with the dates of adoption and entry into force beside them. Returns how many different reasons the form offers; less than
 * three are no form, and nothing is set then. */
size_t form_reasons(const struct strv *pieces, struct notice *out);

/* A date, or what is said in its place, as it stands in a box (wto_form.c). */
void form_milestone(const char *text, struct milestone *m);

#endif
