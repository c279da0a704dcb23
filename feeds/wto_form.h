/* The notification form of the WTO as document text (document.h), read for what the site's data lacks. */
#ifndef REGWATCH_FEEDS_WTO_FORM_H
#define REGWATCH_FEEDS_WTO_FORM_H

#include "../lib/notice/notice.h"

struct error;

/* Sets in 'out', an empty notice, what the form tells, and in out->known a bit for each of exactly these fields (of those that WAY_FORM has): articles, agency,
 * objective and rationale, relevant documents, dates of adoption and entry into force; of an addendum the reasons ticked, with the dates beside them. A box
 * left blank tells nothing. 'urgent' says that an article for urgent measures is ticked. TBT and SPS forms in English, French and Spanish, as a
 * table or as paragraphs. ERR_DATA when the text is no such form. */
int wto_form_read(const char *text, struct notice *out, struct error *err);

#endif
