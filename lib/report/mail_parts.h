/* The parts of a message and its header, inside lib/report only. The only header that knows <gmime/gmime.h>. */
#ifndef REGWATCH_REPORT_MAIL_PARTS_H
#define REGWATCH_REPORT_MAIL_PARTS_H

#include <gmime/gmime.h>

#include "mail.h"

struct buf;

#define MAIL_LIST_NAME "all-items.txt"

/* The bodies of a message. */
struct mail_bodies {
	const struct buf *text, *html;
	const struct buf *list;		/* the attached list of everything; NULL without */
};

/* Readies the library, once. */
void mail_library(void);

/* Sets the header of a message. Fails with ERR_CONF when an address or the message id is none. */
int mail_head(const struct digest *d, const struct mail_envelope *e, GMimeMessage *m, struct error *err);

/* Appends the whole message. Fails as mail_head. */
int mail_write(const struct digest *d, const struct mail_envelope *e, const struct mail_bodies *bodies, struct buf *out, struct error *err);

#endif
