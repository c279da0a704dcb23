#include "delivered.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "git.h"
#include "receipt.h"
#include "reminders.h"

int
delivered_newest(struct store *st, const char *subscription, const char *target, struct receipt *out, struct error *err)
{
	AUTO_BUF ref = BUF_INIT;
	git_oid tip;
	int rc = receipt_ref(subscription, target, &ref, err);

	*out = (struct receipt)RECEIPT_INIT;
	if (rc == 0)
		rc = store_ref(st, buf_str(&ref), &tip, err);
	if (rc < 0)
		return rc;
	if (rc > 0) {
		rc = receipt_read(st, buf_str(&ref), &tip, out, err);
		return rc < 0 ? error_prefix(err, "'%s'", buf_str(&ref)) : rc;
	}
	out->subscription = xstrdup(subscription);
	out->target = xstrdup(target);
	return 0;
}

static int
load_month(struct store *st, struct receipt *r, struct date date, struct error *err)
{
	char month[REMINDERS_MONTH];
	int rc;

	reminders_month(date, month);
	if (strcmp(r->cache.month, month) == 0)
		return 0;
	strv_clear(&r->cache.lines);
	r->cache.month[0] = '\0';
	rc = reminders_load(st, r->reminded, month, &r->cache.lines, err);
	if (rc == 0)
		memcpy(r->cache.month, month, sizeof(month));
	return rc;
}

int
delivered_reminded(struct store *st, struct receipt *newest, const char *id, struct date date, bool *out, struct error *err)
{
	AUTO_FREE char *reminder = NULL;
	AUTO_BUF line = BUF_INIT;
	char text[DATE_TEXT];
	const char *key;
	int rc = load_month(st, newest, date, err);

	if (rc < 0)
		return rc;
	reminder = xasprintf("%s %s", id, date_format(date, text));
	if (!reminders_line(reminder, &date, &line))
		return error_set(err, ERR_BUG, "'%s' is no reminder", reminder);
	key = buf_str(&line);
	*out = (newest->cache.lines.n > 0 && bsearch(&key, newest->cache.lines.v, newest->cache.lines.n, sizeof(char *), strv_compare) != NULL) ||
	    (newest->state == RECEIPT_PENDING && strv_has(&newest->reminders, reminder));
	return 0;
}

int
delivered_message(struct store *st, const struct receipt *pending, struct buf *out, struct error *err)
{
	assert(pending->state == RECEIPT_PENDING);
	return store_read_blob(st, pending->message, out, err);
}

/* Appends 'next' to the inbox and makes it the newest. */
static int
append(struct store *st, struct receipt *r, struct receipt *next, struct error *err)
{
	AUTO_BUF ref = BUF_INIT;
	git_oid before, id;
	bool first = r->state == RECEIPT_NONE;
	int rc = receipt_ref(r->subscription, r->target, &ref, err);

	next->subscription = xstrdup(r->subscription);
	next->target = xstrdup(r->target);
	if (rc == 0 && !first && !store_oid(r->commit, &before))
		rc = error_set(err, ERR_BUG, "a receipt without id");
	if (rc == 0)
		rc = receipt_write(st, next, first ? NULL : &before, &id, err);
	if (rc == 0)
		rc = store_move(st, buf_str(&ref), first ? NULL : &before, &id, err);
	if (rc == 0) {
		store_hex(&id, next->commit);
		receipt_clear(r);
		*r = *next;
		*next = (struct receipt)RECEIPT_INIT;
	}
	return rc;
}

static int
set_up_to(struct receipt *next, const char *up_to, struct error *err)
{
	git_oid id;

	if (up_to[0] == '\0')
		return 0;
	if (!store_oid(up_to, &id))
		return error_set(err, ERR_BUG, "'%s' is no object id", up_to);
	store_hex(&id, next->up_to);
	return 0;
}

int
delivered_begin(struct store *st, struct receipt *r, const char *up_to, int64_t at, struct error *err)
{
	AUTO_RECEIPT next = { .state = RECEIPT_SENT, .at = at };
	int rc = set_up_to(&next, up_to, err);

	assert(r->state == RECEIPT_NONE);
	return rc == 0 ? append(st, r, &next, err) : rc;
}

int
delivered_pend(struct store *st, struct receipt *r, const struct delivery *d, int64_t at, struct error *err)
{
	AUTO_RECEIPT next = { .state = RECEIPT_PENDING, .at = at };
	git_oid blob;
	int rc = set_up_to(&next, d->up_to, err);

	assert(r->state == RECEIPT_SENT);
	if (rc < 0)
		return rc;
	if (git_blob_create_from_buffer(&blob, st->repo, d->message, d->n) < 0)
		return error_git(err, ERR_IO, "cannot keep a message in '%s'", st->path);
	store_hex(&blob, next.message);
	next.message_id = xstrdup(d->message_id);
	if (d->reminders != NULL)
		strv_copy(&next.reminders, d->reminders);
	memcpy(next.reminded, r->reminded, OID_HEX);
	return append(st, r, &next, err);
}

static int
settle_sent(struct store *st, const struct receipt *r, struct receipt *next, struct error *err)
{
	struct date oldest = date_add_days(date_of_instant(next->at), -DELIVERED_MEMORY);

	memcpy(next->up_to, r->up_to, OID_HEX);
	strv_copy(&next->reminders, &r->reminders);
	memcpy(next->reminded, r->reminded, OID_HEX);
	return r->reminders.n > 0 ? reminders_add(st, r->reminded, &r->reminders, oldest, next->reminded, err) : 0;
}

/* Back to what the receipt before the pending one tells. */
static int
settle_refused(struct store *st, const struct receipt *r, struct receipt *next, const char *reason, struct error *err)
{
	AUTO_RECEIPT before = RECEIPT_INIT;
	int rc = receipt_before(st, r, &before, err);

	if (rc < 0)
		return rc;
	next->reason = xstrdup(reason);
	memcpy(next->up_to, before.up_to, OID_HEX);
	memcpy(next->reminded, before.reminded, OID_HEX);
	return 0;
}

int
delivered_settle(struct store *st, struct receipt *r, bool sent, const char *reason, int64_t at, struct error *err)
{
	AUTO_RECEIPT next = { .state = sent ? RECEIPT_SENT : RECEIPT_REFUSED, .at = at, .message_id = xstrdup(r->message_id) };
	int rc;

	assert(r->state == RECEIPT_PENDING);
	if (sent)
		rc = settle_sent(st, r, &next, err);
	else
		rc = settle_refused(st, r, &next, reason, err);
	return rc == 0 ? append(st, r, &next, err) : rc;
}

int
delivered_resume(struct store *st, struct receipt *r, int64_t at, struct error *err)
{
	AUTO_RECEIPT next = { .state = RECEIPT_SENT, .at = at };

	assert(r->state == RECEIPT_REFUSED);
	memcpy(next.up_to, r->up_to, OID_HEX);
	memcpy(next.reminded, r->reminded, OID_HEX);
	return append(st, r, &next, err);
}
