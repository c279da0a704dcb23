/* A digest as an Internet message (RFC 5322, MIME), over GMime. */
#ifndef REGWATCH_REPORT_MAIL_H
#define REGWATCH_REPORT_MAIL_H

#include "digest.h"

struct error;

#define MAIL_LIMIT 100000	/* bytes of a whole message */

struct mail_envelope {
	const char *from;		/* "Sector alerts <alerts@example.org>" */
	const char *to;			/* one or several addresses; no header can be injected by it */
	const char *message_id;		/* without angle brackets */
	const char *list_domain;	/* of List-Id: <SUBSCRIPTION.LIST-DOMAIN> */
	int64_t date;
};

/* The address part of "Name <user@host>" or "user@host"; NULL when it is none. Caller frees. */
char *mail_address(const char *mailbox);

/* Appends the message with CRLF line ends: Date, From, To, Subject (RFC 2047), Message-ID, List-Id, List-Unsubscribe and -Post (RFC 8058) when
 * d->unsubscribe is set, Auto-Submitted, References (one thread for the subscription's dossiers), multipart/alternative of text and HTML, both UTF-8
 * quoted-printable or base64, under MAIL_LIMIT. Fails with ERR_CONF when an address is none. */
int mail_compose(const struct digest *d, const struct mail_envelope *e, struct buf *out, struct error *err);

#endif
