/* Inboxes: what was delivered to each target of each subscription. An inbox is a ref, refs/regwatch/delivered/NAME/HASH16 (of the target's SHA-256), to
 * a chain of small receipt commits; 'git log' of it is the delivery record:
 *
 *	toys-members: pending
 *
 *	Target: mailto:toys-list@example.org
 *	Up-To: 3fa4...                          (commit of main; no line while main was empty)
 *	Message-ID: <...>
 *	Reminder: G/TBT/N/USA/2211 2026-02-01   (any number)
 *	State: pending
 *
 * How a delivery goes: delivered_begin once, then delivered_pend before sending and delivered_settle after the target's answer. Whoever finds a receipt
 * pending sends delivered_message again: the same bytes under the same Message-ID. A refusal takes Up-To and reminders back to what was really sent, so
 * after delivered_resume all that was not delivered is due again. */
#ifndef REGWATCH_STORE_DELIVERED_H
#define REGWATCH_STORE_DELIVERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/base/date.h"
#include "../lib/base/strv.h"
#include "repo.h"

#define DELIVERED_REFS "refs/regwatch/delivered/"

enum receipt_state { RECEIPT_NONE, RECEIPT_PENDING, RECEIPT_SENT, RECEIPT_REFUSED };

struct receipt {
	enum receipt_state state;	/* RECEIPT_NONE: the subscription has not been alerted yet; only subscription and target are set */
	char commit[OID_HEX];
	char *subscription, *target;
	char up_to[OID_HEX];		/* pending: of the message; refused: of what was sent before it. "" for an empty main */
	char *message_id;		/* NULL when nothing was sent with it */
	char *reason;			/* why it was refused, else NULL */
	struct strv reminders;		/* of this message: "ID DATE" */
	int64_t at;			/* when the state was reached */
	char message[OID_HEX];		/* pending: blob of the bytes */
	char reminded[OID_HEX];		/* tree of all reminders sent; "" without */
	struct { char month[8]; struct strv lines; } cache;	/* of delivered_reminded */
};

#define RECEIPT_INIT { .state = RECEIPT_NONE }
#define AUTO_RECEIPT __attribute__((cleanup(receipt_clear))) struct receipt
void receipt_clear(struct receipt *r);

/* The newest receipt of an inbox. out is initialised by the call and cleared on failure. ERR_DATA when it is not one that we wrote. */
int delivered_newest(struct store *st, const char *subscription, const char *target, struct receipt *out, struct error *err);

/* Was this reminder sent, or does the pending message bear it? Looks at one month's file, whatever the length of the chain. Reminders whose date lay
 * DELIVERED_MEMORY days back when something was sent are forgotten. */
#define DELIVERED_MEMORY 400
int delivered_reminded(struct store *st, struct receipt *newest, const char *id, struct date date, bool *out, struct error *err);

/* The exact bytes of the pending message. */
int delivered_message(struct store *st, const struct receipt *pending, struct buf *out, struct error *err);

/* The first receipt of an inbox (*r is RECEIPT_NONE): events up to this commit of main ("" for none) count as told. */
int delivered_begin(struct store *st, struct receipt *r, const char *up_to, int64_t at, struct error *err);

struct delivery {
	const char *up_to;		/* commit of main that the message tells up to */
	const char *message_id;
	const struct strv *reminders;	/* "ID DATE"; may be NULL */
	const void *message;
	size_t n;
};

/* Before sending; *r is RECEIPT_SENT and becomes pending. Durable on return. */
int delivered_pend(struct store *st, struct receipt *r, const struct delivery *d, int64_t at, struct error *err);

/* After the target's answer; *r is RECEIPT_PENDING. reason: one line, for a refusal. */
int delivered_settle(struct store *st, struct receipt *r, bool sent, const char *reason, int64_t at, struct error *err);

/* Takes a refused target back: *r becomes RECEIPT_SENT with the Up-To of what was really sent. */
int delivered_resume(struct store *st, struct receipt *r, int64_t at, struct error *err);

/* Calls fn with the newest receipt of each inbox, in the order of their refs; fn's non-zero ends it. Unreadable ones are ERR_DATA. */
int delivered_list(struct store *st, int (*fn)(void *ctx, const struct receipt *r), void *ctx, struct error *err);

/* For verify: reads every receipt of every inbox; tell gets a line for each that is broken, *problems counts them. */
int delivered_check(struct store *st, void (*tell)(void *ctx, const char *problem), void *ctx, size_t *problems, struct error *err);

#endif
