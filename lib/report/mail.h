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

/* Appends the message with CRLF line ends, 7 bit: Date, From, To, Subject (RFC 2047), Message-ID, List-Id, List-Unsubscribe when d->unsubscribe is set (and
 * -Post, RFC 8058, when that is https), Auto-Submitted, multipart/alternative of text and HTML, both UTF-8 in quoted-printable or base64. Under MAIL_LIMIT: what has no
 * room in full is listed with title and link; when there is not room for that either the bodies list the first items and a text/plain attachment
 * names all (as many as it can, saying how many remain). In-Reply-To names a message that stands for each dossier the digest tells of (up to 20), References
 * too when it is one alone: so messages on a dossier make a thread, and threads do not grow together. The same digest and envelope give the same bytes. Fails with ERR_CONF
 * when an address, the message id, the list's domain or 'unsubscribe' is none. */
int mail_compose(const struct digest *d, const struct mail_envelope *e, struct buf *out, struct error *err);

#endif
