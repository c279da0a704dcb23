/* What ePing writes behind the free text of "products": the official label of every code. */
#ifndef REGWATCH_SECTOR_ECHO_H
#define REGWATCH_SECTOR_ECHO_H

#include "../notice/notice.h"

struct buf;

/* The products text without "LABEL (HS code(s): 8517)" and "LABEL (ICS code(s): 33.040)": matching words in the label would count the
 * code twice. Labels are known from the record's codes; of an unknown one the part behind the last ";" goes. Appended. */
void echo_strip(const struct notice *n, struct buf *out);

#endif
