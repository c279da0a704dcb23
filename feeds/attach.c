#include "attach.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/base/message.h"
#include "../lib/base/sha.h"
#include "../lib/notice/attached.h"
#include "attach_guard.h"
#include "attach_hosts.h"
#include "document.h"

#define DOCUMENTS_MAX 20		/* of one record in one run */
#define LONGEST_PAUSE (30 * 24 * 60 * 60)	/* between two tries of a document that cannot be had */
#define ACCEPT "application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/pdf,text/html;q=0.9,text/plain;q=0.8,*/*;q=0.5"

void
attach_texts_clear(struct attach_texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		buf_clear(&t->v[i]);
	free(t->v);
	*t = (struct attach_texts)ATTACH_TEXTS_INIT;
}

/* What is remembered of a link: "checked" and "next" (days and instants), validators, hash of the bytes, "refused" (why those bytes give no text) or "notes" (on how they
 * were read), and while it cannot be had "since", "reason". */
static json_t *
entry_of(struct feed *f, const struct document *d)
{
	json_t *table = feed_table(f, "documents"), *e = json_object_get(table, d->url);

	if (!json_is_object(e)) {
		e = json_object();
		json_object_set_new(table, d->url, e);
	}
	return e;
}

/* ---- when ---- */

static bool
is_due(struct feed *f, const struct document *d, enum attach_what what)
{
	json_t *e = json_object_get(feed_table(f, "documents"), d->url);

	if (e == NULL)
		return true;
	if (json_str(e, "next") != NULL)
		return !attach_is_put_off(e);
	if (d->text_sha256 == NULL && json_str(e, "refused") == NULL)
		return true;	/* it was had once, but the store does not hold it */
	return what == ATTACH_DUE && date_cmp(json_date(e, "checked"), f->today) < 0;
}

/* ---- what came of it ---- */

static void
note_success(struct feed *f, json_t *e, const struct net_answer *a, const char *hash)
{
	json_object_del(e, "next");
	json_object_del(e, "tries");
	json_set_date(e, "checked", f->today);
	if (hash == NULL)
		return;
	json_set_str(e, "bytes_sha256", hash);
	json_set_str(e, "etag", a->etag);
	json_set_str(e, "modified", a->modified);
}

static void
note_problem(struct feed *f, const struct notice *n, json_t *e, const char *reason)
{
	if (json_str(e, "since") == NULL) {
		json_set_date(e, "since", f->today);
		message_info("feed '%s': a document of %s cannot be had: %s", f->name, n->id, reason);
	}
	json_set_str(e, "notification", n->id);
	json_set_str(e, "reason", reason);
}

static void
clear_problem(json_t *e)
{
	json_object_del(e, "since");
	json_object_del(e, "reason");
}

/* Its text was had. */
static void
note_text(struct feed *f, const struct notice *n, json_t *e, const struct strv *notes)
{
	clear_problem(e);
	json_object_del(e, "doubt");
	if (notes->n == 0)
		return;
	json_set_str(e, "notification", n->id);
	json_set_strv(e, "notes", notes);
	for (size_t i = 0; i < notes->n; i++)
		message_info("feed '%s': a document of %s: %s", f->name, n->id, notes->v[i]);
}

/* The bytes give no text, and never will. */
static void
note_refusal(struct feed *f, const struct notice *n, json_t *e, const char *reason)
{
	json_object_del(e, "doubt");
	json_set_str(e, "refused", reason);
	note_problem(f, n, e, reason);
}

/* The bytes are those that were judged before: what was in the way since then is over. */
static void
note_same(struct feed *f, const struct notice *n, json_t *e)
{
	if (json_object_get(e, "doubt") != NULL)
		return;
	if (json_str(e, "refused") != NULL)
		note_problem(f, n, e, json_str(e, "refused"));
	else
		clear_problem(e);
}

/* It may come by itself: asked again after a pause that grows. */
static void
note_failure(struct feed *f, const struct notice *n, json_t *e, const char *reason)
{
	attach_put_off(e, LONGEST_PAUSE);
	note_problem(f, n, e, reason);
}

/* A message without the address in front, which is told anyhow: "'https://...': no answer", "'https://...' has more than 2000 pages". */
static const char *
behind_address(const char *message)
{
	const char *end = message[0] == '\'' ? strchr(message + 1, '\'') : NULL;

	if (end == NULL || memmem(message, (size_t)(end - message), "://", 3) == NULL)
		return message;
	return end + 1 + strspn(end + 1, ": ");
}

static void
add_payload(const struct notice *n, const struct document *d, const char *hash, const struct document_text *text, struct attach_texts *out)
{
	const struct attached a = {
		.notification = n->id, .document = *d, .bytes_sha256 = (char *)(uintptr_t)hash, .extractor = text->tool,
		.notes = text->notes, .text = text->text, .text_len = strlen(text->text),
	};

	out->v = xgrow(out->v, out->n, &out->cap, sizeof(*out->v));
	out->v[out->n] = (struct buf)BUF_INIT;
	attached_write(&a, &out->v[out->n++]);
}

/* Is the text to be believed? A source that is out of order answers with anything. */
static bool
is_plausible(struct feed *f, const struct notice *n, const struct document *d, json_t *e, const struct net_answer *a, const struct document_text *text, const char *hash)
{
	const char *reason = attach_no_text(buf_str(&a->body), a->body.len, text->text);
	AUTO_BUF held = BUF_INIT;
	char today[DATE_TEXT];

	if (reason != NULL) {
		note_refusal(f, n, e, reason);
		return false;
	}
	if (d->text_sha256 == NULL || !f->host->text(f->host->ctx, n, d, &held) || !attach_strangers(buf_str(&held), text->text))
		return true;
	date_format(f->today, today);
	if (attach_believe(e, hash, today))
		return true;
	note_problem(f, n, e, "what came has next to nothing in common with the text that is held; it is believed when it stays for three days");
	return false;
}

/* Were these bytes judged already, for good? */
static bool
is_judged(const struct document *d, const json_t *e, const char *hash)
{
	const char *before = json_str(e, "bytes_sha256");

	return before != NULL && strcmp(before, hash) == 0 && json_object_get(e, "doubt") == NULL && (d->text_sha256 != NULL || json_str(e, "refused") != NULL);
}

/* New bytes: their text, or why there is none. Bytes that were refused are not looked at again. */
static void
take_bytes(struct feed *f, const struct notice *n, const struct document *d, json_t *e, const struct net_answer *a, struct attach_texts *out)
{
	AUTO_DOCUMENT_TEXT text = DOCUMENT_TEXT_INIT;
	char hash[SHA256_HEX];
	struct error err;
	int rc;

	sha256_hex(buf_str(&a->body), a->body.len, hash);
	if (is_judged(d, e, hash)) {
		note_success(f, e, a, hash);
		note_same(f, n, e);
		return;
	}
	rc = document_extract(d->url, buf_str(&a->body), a->body.len, &text, &err);
	if (rc == ERR_AGAIN && attach_slow(e, hash))
		rc = ERR_DATA;
	if (rc < 0 && rc != ERR_DATA) {
		note_failure(f, n, e, behind_address(err.text));
		return;
	}
	note_success(f, e, a, hash);
	json_object_del(e, "slow");
	json_object_del(e, "refused");
	json_object_del(e, "notes");
	if (rc < 0) {
		note_refusal(f, n, e, behind_address(err.text));
	} else if (text.text[0] == '\0') {
		note_refusal(f, n, e, text.scanned ? "it has no text layer: a scanned document" : "it holds no text");
	} else if (is_plausible(f, n, d, e, a, &text, hash)) {
		note_text(f, n, e, &text.notes);
		add_payload(n, d, hash, &text, out);
	}
}

static void
judge_answer(struct feed *f, const struct notice *n, const struct document *d, json_t *e, const struct net_answer *a, struct attach_texts *out)
{
	AUTO_FREE char *reason = NULL;

	if (a->status == 304) {
		note_success(f, e, a, NULL);
		note_same(f, n, e);
	} else if (a->status == 200) {
		take_bytes(f, n, d, e, a, out);
	} else {
		reason = xasprintf("HTTP %ld", a->status);
		note_failure(f, n, e, reason);
	}
}

/* Validators count only while what they stand for is at hand and not in doubt: the text, or why there is none. */
static void
set_validators(struct net_request *r, const struct document *d, const json_t *e)
{
	if ((d->text_sha256 == NULL && json_str(e, "refused") == NULL) || json_object_get(e, "doubt") != NULL)
		return;
	r->etag = json_str(e, "etag");
	r->modified = json_str(e, "modified");
}

static void
read_document(struct feed *f, const struct notice *n, const struct document *d, struct attach_texts *out)
{
	AUTO_FREE char *address = attach_address(f, d);
	const char *host = attach_host(f, address);
	json_t *e;
	struct net_answer a = { 0 };
	struct net_request r = {
		.url = address, .accept = ACCEPT, .hosts = &f->settings->document_hosts, .configured_host = host[0] != '\0' ? host : NULL,
		.delay = (double)f->settings->delay, .max_bytes = LIMIT_DOCUMENT,
	};
	struct error err;
	int rc;

	if (attach_host_failed(f, address))
		return;
	e = entry_of(f, d);
	set_validators(&r, d, e);
	f->requests++;
	rc = net_fetch(f->net, &r, &a, &err);
	if (rc < 0) {
		if (rc == ERR_AGAIN)	/* an answer that is refused says nothing about its host's other documents */
			attach_host_silent(f, address, a.unreachable, behind_address(err.text));
		note_failure(f, n, e, behind_address(err.text));
		return;
	}
	attach_host_answered(f, address, a.status);
	f->answers++;
	judge_answer(f, n, d, e, &a, out);
	net_answer_clear(&a);
}

void
attach_read(struct feed *f, const struct notice *n, bool open, enum attach_what what, double until, struct attach_texts *out)
{
	size_t chosen[DOCUMENTS_MAX], count;

	if (!attach_wanted(f, n, open))
		return;
	count = attach_choose(f, n, open, chosen, DOCUMENTS_MAX);
	for (size_t i = 0; i < count; i++) {
		const struct document *d = &n->documents.v[chosen[i]];

		if (what == ATTACH_NEW && d->text_sha256 != NULL)
			continue;
		if (clock_monotonic() < until && is_due(f, d, what))
			read_document(f, n, d, out);
	}
}
