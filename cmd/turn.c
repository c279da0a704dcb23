#include "turn.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/sha.h"
#include "digesting.h"

#define DRY_LIMIT 0	/* bytes of a digest on a terminal: any */
#define SLOW_SECONDS 5	/* a try that took longer and failed: the server does not answer */
#define SLOW_TRIES 3	/* so many in a row, and the rest of the mail waits for the next run */
#define AUTO_DIGEST __attribute__((cleanup(digest_clear))) struct digest

/* ---- where it stands ---- */

static int
keep_commit(void *ctx, const struct index_event *e)
{
	snprintf(ctx, OID_HEX, "%s", e->commit);
	return 1;
}

/* Where a new subscription begins: at the tip, or so far back as 'backfill' says. */
static int
find_first(struct turn *t, struct error *err)
{
	struct filter f = FILTER_INIT;
	int rc;

	if (t->sub->backfill == 0) {
		memcpy(t->first, t->round->tip, OID_HEX);
		return 0;
	}
	f.until = clock_now() - t->sub->backfill;
	rc = index_log(t->round->app->ix, &f, NULL, NULL, false, keep_commit, t->first, err);
	return rc < 0 ? rc : 0;
}

/* Reads its receipts; a new one is to begin at t->first. */
static int
find_place(struct turn *t, struct error *err)
{
	int rc = delivered_newest(t->round->app->st, t->sub->name, t->text, &t->receipt, err);

	return rc == 0 && t->receipt.state == RECEIPT_NONE ? find_first(t, err) : rc;
}

void
turn_open(struct turn *t, struct round *round, const struct subscription *sub, const char *target)
{
	struct error later;
	int rc;

	*t = (struct turn){ .round = round, .sub = sub, .text = target, .receipt = RECEIPT_INIT };
	t->failed = target_open(&t->target, round->app, sub, target, &t->why);
	rc = find_place(t, &later);
	t->begins = rc == 0 && t->receipt.state == RECEIPT_NONE;
	if (t->failed == 0 && (t->failed = rc) < 0)
		t->why = later;
}

void
turn_clear(struct turn *t)
{
	target_close(&t->target);
	receipt_clear(&t->receipt);
	reader_clear(&t->reader);
	reader_clear(&t->feed);
}

static bool
is_retried(const struct turn *t)
{
	return t->round->retried != NULL && target_is_named(t->text, t->round->retried);
}

/* One that is to be taken back and still is refused is only looked at. */
static bool
is_suspended(const struct turn *t)
{
	return t->receipt.state == RECEIPT_REFUSED && !is_retried(t);
}

struct reader *
turn_reader(struct turn *t)
{
	if (t->failed < 0 || is_suspended(t) || target_is_state(&t->target))
		return NULL;
	t->reader = (struct reader){ .sub = t->sub, .after = t->receipt.state == RECEIPT_NONE ? t->first : t->receipt.up_to };
	return &t->reader;
}

/* A feed shows the newest events; it is written anew only when there is something new, or when its file was lost. */
struct reader *
turn_feed(struct turn *t)
{
	size_t newest = t->failed == 0 && !is_suspended(t) ? target_newest(&t->target) : 0;

	if (newest == 0 || t->reader.failed < 0 || (t->reader.n == 0 && t->receipt.message_id != NULL && !target_is_lost(&t->target)))
		return NULL;
	t->feed = (struct reader){ .sub = t->sub, .most = newest };
	return &t->feed;
}

static bool
has_reminded(void *ctx, const char *dossier, struct date day)
{
	struct turn *t = ctx;
	bool sent = false;
	struct error err;

	/* an unreadable memory must not make reminders repeat for ever: it counts as sent, and verify tells */
	return delivered_reminded(t->round->app->st, &t->receipt, dossier, day, &sent, &err) < 0 || sent;
}

/* The first day on which it may be told again: days and weeks of the UTC calendar, a week from Monday. */
static struct date
due_day(const struct turn *t)
{
	struct date last = date_of_instant(t->receipt.at);

	if (t->sub->every == EVERY_RUN || target_newest(&t->target) > 0 || is_retried(t))
		return clock_today();
	if (t->receipt.message_id == NULL && t->sub->backfill > 0)
		return clock_today();	/* the first digest tells of the past: it need not wait for tomorrow */
	return date_add_days(last, t->sub->every == EVERY_WEEK ? 7 - date_weekday(last) : 1);
}

static bool
is_due(const struct turn *t)
{
	return date_cmp(due_day(t), clock_today()) <= 0;
}

/* ---- sending ---- */

static void
make_message_id(const struct turn *t, struct buf *out)
{
	AUTO_BUF seed = BUF_INIT, room = BUF_INIT;
	char hash[SHA256_HEX];

	buf_addf(&seed, "%s\n%s\n%s\n%s\n%lld\n", t->sub->name, t->text, t->receipt.commit, t->round->tip, (long long)clock_now());
	sha256_hex(buf_str(&seed), seed.len, hash);
	buf_addf(out, "%.32s@%s", hash, target_domain(&t->target, &room));
}

static void
note_outcome(const struct turn *t, enum outcome outcome, long wait, const struct error *why)
{
	if (outcome == DELIVER_SENT || outcome == DELIVER_REFUSED)
		backoff_forget(&t->round->backoff, t->sub->name, t->text);
	else
		backoff_failed(&t->round->backoff, t->sub->name, t->text, why->text, wait);
}

/* A target that failed again and again, or asked for it, is left alone for a while. */
static int
check_pause(const struct turn *t, struct error *err)
{
	const struct backoff *b = &t->round->backoff;
	int64_t until = backoff_until(b, t->sub->name, t->text);
	const char *reason = backoff_reason(b, t->sub->name, t->text);
	char text[INSTANT_TEXT];

	if (target_is_mail(&t->target) && t->round->slow_mail >= SLOW_TRIES)
		return error_set(err, ERR_AGAIN, "not tried: the mail server did not answer %d times in a row", SLOW_TRIES);
	if (until <= clock_now())
		return 0;
	return error_set(err, ERR_AGAIN, "not tried again before %s: %s", instant_format(until, text), reason != NULL ? reason : "it asked for a pause");
}

/* One try; a mail server that is dead shall not eat the time of all other targets. */
static enum outcome
try_once(struct turn *t, const struct message *m, struct error *why)
{
	double begun = clock_monotonic();
	long wait = 0;
	enum outcome outcome = target_send(&t->target, m, t->round->until, &wait, why);
	bool slow = outcome == DELIVER_LATER && clock_monotonic() - begun > SLOW_SECONDS;

	if (target_is_mail(&t->target))
		t->round->slow_mail = slow ? t->round->slow_mail + 1 : 0;
	note_outcome(t, outcome, wait, why);
	return outcome;
}

/* Sends what the pending receipt holds, and writes down what came of it. */
static int
send_pending(struct turn *t, struct error *err)
{
	struct store *st = t->round->app->st;
	AUTO_BUF bytes = BUF_INIT, label = BUF_INIT;
	struct error why = { 0 };
	struct message m;
	enum outcome outcome;
	int rc;

	if ((rc = check_pause(t, err)) < 0 || (rc = delivered_message(st, &t->receipt, &bytes, err)) < 0)
		return rc;
	m = (struct message){ buf_str(&bytes), bytes.len, t->receipt.message_id, t->receipt.at };
	outcome = try_once(t, &m, &why);
	if (outcome == DELIVER_SENT)
		return delivered_settle(st, &t->receipt, true, NULL, clock_now(), err);
	if (outcome == DELIVER_REFUSED) {
		if ((rc = delivered_settle(st, &t->receipt, false, why.text, clock_now(), err)) < 0)
			return rc;
		target_label(t->text, &label);
		return error_set(err, ERR_AGAIN, "refused for good, suspended until 'alert --retry %s': %s", buf_str(&label), why.text);
	}
	return error_set(err, outcome == DELIVER_MISSING ? ERR_MISSING : ERR_AGAIN, "%s", why.text);
}

static void
list_reminders(const struct digest *d, struct strv *out)
{
	for (size_t i = 0; i < d->deadlines_n; i++) {
		char day[DATE_TEXT];

		if (date_is_set(d->deadlines[i].remind))
			strv_take(out, xasprintf("%s %s", d->deadlines[i].dossier, date_format(d->deadlines[i].remind, day)));
	}
}

static int
fill_for_target(struct turn *t, struct digest *d, struct error *err)
{
	const struct reminded reminded = { has_reminded, t };

	return digest_fill(t->round->news, t->feed.sub != NULL ? &t->feed : &t->reader, &reminded, d, err);
}

static bool
worth_sending(const struct turn *t, const struct digest *d)
{
	if (target_newest(&t->target) > 0)
		return t->feed.sub != NULL;
	return !digest_is_empty(d) || t->sub->empty;
}

/* Writes down what goes out, then sends it. */
static int
deliver(struct turn *t, const struct buf *id, const struct buf *bytes, const struct strv *reminders, struct error *err)
{
	const struct delivery delivery = { .up_to = t->round->tip, .message_id = buf_str(id), .reminders = reminders, .message = buf_str(bytes), .n = bytes->len };
	int rc = delivered_pend(t->round->app->st, &t->receipt, &delivery, clock_now(), err);

	return rc < 0 ? rc : send_pending(t, err);
}

static int
send_new(struct turn *t, struct error *err)
{
	AUTO_DIGEST d;
	AUTO_STRV reminders = STRV_INIT;
	AUTO_BUF id = BUF_INIT, bytes = BUF_INIT;
	int rc = fill_for_target(t, &d, err);

	if (rc < 0 || !worth_sending(t, &d))
		return rc;
	make_message_id(t, &id);
	if ((rc = target_render(&t->target, &d, buf_str(&id), &bytes, err)) < 0)
		return rc;
	if (target_newest(&t->target) == 0)
		list_reminders(&d, &reminders);
	return deliver(t, &id, &bytes, &reminders, err);
}

/* A state is shown anew when it is another one, or when its file was lost. */
static int
send_state(struct turn *t, struct error *err)
{
	AUTO_BUF id = BUF_INIT, bytes = BUF_INIT;
	int rc = target_state(&t->target, t->round->news, &bytes, err);

	if (rc < 0 || target_holds(&t->target, &bytes))
		return rc;
	make_message_id(t, &id);
	return deliver(t, &id, &bytes, NULL, err);
}

bool
turn_is_failing(const struct turn *t)
{
	return backoff_reason(&t->round->backoff, t->sub->name, t->text) != NULL;
}

int
turn_serve(struct turn *t, struct error *err)
{
	int rc;

	/* also when it cannot be served as configured: once that is mended it is told what came meanwhile */
	if (t->begins && (rc = delivered_begin(t->round->app->st, &t->receipt, t->first, clock_now(), err)) < 0)
		return rc;
	if (t->failed < 0) {
		*err = t->why;
		return t->failed;
	}
	if (t->receipt.state == RECEIPT_REFUSED)
		return 0;	/* told once; status shows it */
	if (t->receipt.state == RECEIPT_PENDING && (rc = send_pending(t, err)) < 0)
		return rc;
	if (target_is_state(&t->target))
		return send_state(t, err);
	return is_due(t) ? send_new(t, err) : 0;
}

/* ---- looking at it only ---- */

/* What was written down and did not arrive; false: nothing. */
static bool
preview_pending(const struct turn *t, struct buf *out)
{
	char since[INSTANT_TEXT];

	if (t->receipt.state != RECEIPT_PENDING)
		return false;
	buf_addf(out, "waiting since %s, sent again as it is: %s\n", instant_format(t->receipt.at, since), t->receipt.message_id);
	return true;
}

static int
preview_state(struct turn *t, bool waits, struct buf *out, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT;
	int rc = target_state(&t->target, t->round->news, &bytes, err);

	if (rc < 0)
		return rc;
	if (!target_holds(&t->target, &bytes))
		buf_add(out, buf_str(&bytes), bytes.len);
	else if (!waits)
		buf_adds(out, "nothing to send\n");
	return 0;
}

static void
preview_digest(const struct turn *t, const struct digest *d, bool waits, struct buf *out)
{
	char day[DATE_TEXT];

	if (!worth_sending(t, d)) {
		buf_adds(out, waits ? "" : "nothing to send\n");
		return;
	}
	if (!is_due(t))
		buf_addf(out, "not before %s:\n", date_format(due_day(t), day));
	digest_text(d, DRY_LIMIT, out);
}

int
turn_preview(struct turn *t, struct buf *out, struct error *err)
{
	AUTO_DIGEST d;
	bool waits = preview_pending(t, out);
	int rc;

	digest_init(&d);
	if (is_suspended(t)) {
		buf_addf(out, "suspended: %s\n", t->receipt.reason != NULL ? t->receipt.reason : "");
		return 0;
	}
	if (target_is_state(&t->target))
		return preview_state(t, waits, out, err);
	if ((rc = fill_for_target(t, &d, err)) == 0)
		preview_digest(t, &d, waits, out);
	return rc;
}
