#include "alerting.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/base/sha.h"
#include "../store/delivered.h"
#include "backoff.h"
#include "collect.h"
#include "digesting.h"
#include "targets.h"

#define DRY_LIMIT 0	/* bytes of a digest on a terminal: any */

/* What all turns of a run share. */
struct round {
	struct backoff backoff;
	const char *retried;	/* this target is due now; NULL: none */
};

/* One target of one subscription during a run. */
struct turn {
	struct round *round;
	struct target target;
	struct receipt receipt;
	char tip[OID_HEX];	/* of main: what a message tells up to */
};

static void
turn_clear(struct turn *t)
{
	target_close(&t->target);
	receipt_clear(&t->receipt);
}

struct before {
	char commit[OID_HEX];
};

static int
keep_commit(void *ctx, const struct index_event *e)
{
	struct before *b = ctx;

	snprintf(b->commit, sizeof(b->commit), "%s", e->commit);
	return 1;
}

/* Where a new subscription begins: at the tip, or so far back as 'backfill' says. */
static int
first_commit(struct app *app, const struct turn *t, char commit[OID_HEX], struct error *err)
{
	struct filter f = FILTER_INIT;
	struct before b = { "" };
	int rc;

	if (t->target.sub->backfill == 0) {
		memcpy(commit, t->tip, OID_HEX);
		return 0;
	}
	f.until = clock_now() - t->target.sub->backfill;
	rc = index_log(app->ix, &f, NULL, NULL, false, keep_commit, &b, err);
	memcpy(commit, b.commit, OID_HEX);
	return rc < 0 ? rc : 0;
}

static bool
has_reminded(void *ctx, const char *dossier, struct date day)
{
	struct turn *t = ctx;
	bool sent = false;
	struct error err;

	/* an unreadable memory must not make reminders repeat for ever: it counts as sent, and verify tells */
	return delivered_reminded(t->target.app->st, &t->receipt, dossier, day, &sent, &err) < 0 || sent;
}

/* Days and weeks of the UTC calendar, a week from Monday. */
static bool
is_due(const struct turn *t)
{
	struct date last = date_of_instant(t->receipt.at), today = clock_today();

	if (t->target.sub->every == EVERY_RUN || target_newest(&t->target) > 0)
		return true;
	if (t->round->retried != NULL && target_is_named(t->target.text, t->round->retried))
		return true;
	if (t->receipt.message_id == NULL && t->target.sub->backfill > 0)
		return true;	/* the first digest tells of the past: it need not wait for tomorrow */
	if (t->target.sub->every == EVERY_WEEK) {
		last = date_add_days(last, -date_weekday(last));
		today = date_add_days(today, -date_weekday(today));
	}
	return date_cmp(last, today) < 0;
}

static void
make_message_id(const struct turn *t, struct buf *out)
{
	AUTO_BUF seed = BUF_INIT, room = BUF_INIT;
	char hash[SHA256_HEX];

	buf_addf(&seed, "%s\n%s\n%s\n%s\n%lld\n", t->target.sub->name, t->target.text, t->receipt.commit, t->tip, (long long)clock_now());
	sha256_hex(buf_str(&seed), seed.len, hash);
	buf_addf(out, "%.32s@%s", hash, target_domain(&t->target, &room));
}

static void
note_outcome(const struct turn *t, enum outcome outcome, const struct error *why)
{
	if (outcome == DELIVER_SENT || outcome == DELIVER_REFUSED)
		backoff_forget(&t->round->backoff, t->target.sub->name, t->target.text);
	else
		backoff_failed(&t->round->backoff, t->target.sub->name, t->target.text, why->text);
}

/* A target that failed again and again is left alone for a while. */
static int
check_pause(const struct turn *t, struct error *err)
{
	const struct backoff *b = &t->round->backoff;
	int64_t until = backoff_until(b, t->target.sub->name, t->target.text);
	const char *reason = backoff_reason(b, t->target.sub->name, t->target.text);
	char text[INSTANT_TEXT];

	if (until <= clock_now())
		return 0;
	return error_set(err, ERR_AGAIN, "not tried again before %s: %s", instant_format(until, text), reason != NULL ? reason : "it failed too often");
}

/* Sends what the pending receipt holds, and writes down what came of it. */
static int
send_pending(struct app *app, struct turn *t, struct error *err)
{
	AUTO_BUF bytes = BUF_INIT, label = BUF_INIT;
	struct error why = { 0 };
	struct message m;
	enum outcome outcome;
	int rc;

	if ((rc = delivered_message(app->st, &t->receipt, &bytes, err)) < 0)
		return rc;
	m = (struct message){ buf_str(&bytes), bytes.len, t->receipt.message_id, t->receipt.at };
	outcome = target_send(&t->target, &m, &why);
	note_outcome(t, outcome, &why);
	if (outcome == DELIVER_SENT)
		return delivered_settle(app->st, &t->receipt, true, NULL, clock_now(), err);
	if (outcome == DELIVER_REFUSED) {
		if ((rc = delivered_settle(app->st, &t->receipt, false, why.text, clock_now(), err)) < 0)
			return rc;
		target_label(t->target.text, &label);
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

/* A feed shows the newest events; it is written anew only when there is something new. */
static int
fill_for_target(struct app *app, struct turn *t, struct digest *d, struct error *err)
{
	const struct reminded reminded = { has_reminded, t };
	size_t newest = target_newest(&t->target);
	bool empty;
	int rc = digest_fill(app, t->target.sub, t->receipt.up_to, 0, &reminded, d, err);

	if (rc < 0 || newest == 0)
		return rc;
	empty = d->items_n == 0;
	if (empty && t->receipt.message_id != NULL)
		return 0;
	digest_clear(d);
	return digest_fill(app, t->target.sub, NULL, newest, &reminded, d, err);
}

static bool
worth_sending(const struct turn *t, const struct digest *d)
{
	if (target_newest(&t->target) > 0)
		return d->items_n > 0 || t->receipt.message_id == NULL;
	return !digest_is_empty(d) || t->target.sub->empty;
}

/* Writes down what goes out, then sends it. */
static int
deliver(struct app *app, struct turn *t, const struct buf *id, const struct buf *bytes, const struct strv *reminders, struct error *err)
{
	const struct delivery delivery = { .up_to = t->tip, .message_id = buf_str(id), .reminders = reminders, .message = buf_str(bytes), .n = bytes->len };
	int rc = delivered_pend(app->st, &t->receipt, &delivery, clock_now(), err);

	return rc < 0 ? rc : send_pending(app, t, err);
}

static int
send_new(struct app *app, struct turn *t, struct error *err)
{
	__attribute__((cleanup(digest_clear))) struct digest d;
	AUTO_STRV reminders = STRV_INIT;
	AUTO_BUF id = BUF_INIT, bytes = BUF_INIT;
	int rc = fill_for_target(app, t, &d, err);

	if (rc < 0 || !worth_sending(t, &d))
		return rc;
	make_message_id(t, &id);
	if ((rc = target_render(&t->target, &d, buf_str(&id), &bytes, err)) < 0)
		return rc;
	if (target_newest(&t->target) == 0)
		list_reminders(&d, &reminders);
	return deliver(app, t, &id, &bytes, &reminders, err);
}

/* A state is shown anew when it is another one, or when its file was lost. */
static int
send_state(struct app *app, struct turn *t, struct error *err)
{
	AUTO_BUF id = BUF_INIT, bytes = BUF_INIT;
	int rc = target_state(&t->target, &bytes, err);

	if (rc < 0 || target_holds(&t->target, &bytes))
		return rc;
	make_message_id(t, &id);
	return deliver(app, t, &id, &bytes, NULL, err);
}

static int
alert_turn(struct app *app, struct turn *t, struct error *err)
{
	char first[OID_HEX] = "";
	int rc;

	if (t->receipt.state == RECEIPT_REFUSED)
		return 0;	/* told once; status shows it */
	if (t->receipt.state == RECEIPT_NONE &&
	    ((rc = first_commit(app, t, first, err)) < 0 || (rc = delivered_begin(app->st, &t->receipt, first, clock_now(), err)) < 0))
		return rc;
	if (t->receipt.state == RECEIPT_PENDING && ((rc = check_pause(t, err)) < 0 || (rc = send_pending(app, t, err)) < 0))
		return rc;
	if (target_is_state(&t->target))
		return send_state(app, t, err);
	return is_due(t) ? send_new(app, t, err) : 0;
}

static int
open_turn(struct app *app, struct round *round, const struct subscription *sub, const char *target, struct turn *t, struct error *err)
{
	int rc;

	*t = (struct turn){ .round = round, .receipt = RECEIPT_INIT };
	if ((rc = target_open(&t->target, app, sub, target, err)) < 0 || (rc = store_tip(app->st, STORE_MAIN, t->tip, err)) < 0)
		return rc;
	return delivered_newest(app->st, sub->name, target, &t->receipt, err);
}

static bool
is_chosen(const struct strv *names, const char *name)
{
	return names == NULL || names->n == 0 || strv_has(names, name);
}

static int
check_names(struct app *app, const struct strv *names, struct error *err)
{
	for (size_t i = 0; names != NULL && i < names->n; i++) {
		bool found = false;

		for (size_t k = 0; !found && k < app->settings.subscriptions_n; k++)
			found = strcmp(app->settings.subscriptions[k].name, names->v[i]) == 0;
		if (!found)
			return error_set(err, ERR_USAGE, "there is no subscription '%s'", names->v[i]);
	}
	return 0;
}

static void
name_turn(const struct subscription *sub, const char *target, struct error *err)
{
	AUTO_BUF label = BUF_INIT;

	target_label(target, &label);
	error_prefix(err, "subscription '%s', '%s'", sub->name, buf_str(&label));
}

/* Calls fn for each target of the chosen subscriptions; one that fails does not stop the others. */
static int
each_turn(struct app *app, struct round *round, const struct strv *names, int (*fn)(struct app *app, struct turn *t, struct error *err), struct error *err)
{
	int rc = check_names(app, names, err);

	for (size_t i = 0; rc != ERR_USAGE && i < app->settings.subscriptions_n; i++) {
		const struct subscription *sub = &app->settings.subscriptions[i];

		for (size_t k = 0; is_chosen(names, sub->name) && k < sub->targets.n; k++) {
			__attribute__((cleanup(turn_clear))) struct turn t;
			struct error now = { 0 };
			int failed = open_turn(app, round, sub, sub->targets.v[k], &t, &now);

			if (failed == 0)
				failed = fn(app, &t, &now);
			if (failed < 0)
				name_turn(sub, sub->targets.v[k], &now);
			rc = graver(rc, err, failed, &now, err);
		}
	}
	return rc;
}

int
alert_due(struct app *app, const struct strv *names, const char *retried, struct error *err)
{
	struct round round = { .retried = retried };
	struct error saved;
	int rc;

	backoff_load(app, &round.backoff);
	rc = each_turn(app, &round, names, alert_turn, err);
	if (backoff_save(app, &round.backoff, &saved) < 0)
		rc = graver(rc, err, saved.code, &saved, err);
	backoff_clear(&round.backoff);
	return rc;
}

/* What would be sent. */
static int
preview(struct app *app, struct turn *t, struct buf *out, struct error *err)
{
	__attribute__((cleanup(digest_clear))) struct digest d;
	size_t start = out->len;
	int rc;

	if (target_is_state(&t->target)) {
		if ((rc = target_state(&t->target, out, err)) < 0 || !target_holds(&t->target, &(struct buf){ out->data + start, out->len - start, 0 }))
			return rc;
		buf_truncate(out, start);
		buf_adds(out, "nothing to send\n");
		return 0;
	}
	if ((rc = fill_for_target(app, t, &d, err)) < 0)
		return rc;
	if (worth_sending(t, &d))
		digest_text(&d, DRY_LIMIT, out);
	else
		buf_adds(out, "nothing to send\n");
	return 0;
}

static int
print_turn(struct app *app, struct turn *t, struct error *err)
{
	AUTO_BUF text = BUF_INIT, safe = BUF_INIT, label = BUF_INIT;
	char first[OID_HEX];
	int rc = 0;

	if (t->receipt.state == RECEIPT_NONE) {
		if ((rc = first_commit(app, t, first, err)) < 0)
			return rc;
		memcpy(t->receipt.up_to, first, OID_HEX);
	}
	target_label(t->target.text, &label);
	buf_addf(&text, "== %s -> %s\n", t->target.sub->name, buf_str(&label));
	if (t->receipt.state == RECEIPT_REFUSED)
		buf_addf(&text, "suspended: %s\n", t->receipt.reason != NULL ? t->receipt.reason : "");
	else
		rc = preview(app, t, &text, err);
	message_filter(buf_str(&text), &safe);
	fwrite(buf_str(&safe), 1, safe.len, stdout);
	return rc;
}

int
alert_dry_run(struct app *app, const struct strv *names, struct error *err)
{
	struct round round = { .retried = NULL };

	return each_turn(app, &round, names, print_turn, err);
}
