#include "intake.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/limits.h"
#include "../lib/notice/canon.h"
#include "../lib/notice/effects.h"
#include "../lib/notice/event.h"
#include "../lib/notice/symbol.h"
#include "index.h"
#include "repo.h"
#include "texts.h"

struct intake {
	struct store *st;
	struct index *ix;
	int64_t now;
	intake_decode_fn *decode;
	struct batch *batch;	/* NULL between batches */
	size_t pending, versions;
};

struct intake *
intake_new(struct store *st, struct index *ix, int64_t now, intake_decode_fn *decode)
{
	struct intake *in = xcalloc(1, sizeof(*in));

	*in = (struct intake){ .st = st, .ix = ix, .now = now, .decode = decode };
	return in;
}

static int
begin(struct intake *in, struct error *err)
{
	int rc;

	if (in->batch != NULL)
		return 0;
	if ((rc = batch_begin(in->st, &in->batch, err)) < 0)
		return rc;
	return index_begin(in->ix, err);
}

/* The id under which the store knows a notification, by any of its symbols; empty when it is new. */
static void
known_id(struct intake *in, const struct notice *n, struct buf *id)
{
	for (size_t i = 0; i < n->symbols.n; i++)
		if (index_resolve(in->ix, n->symbols.v[i], id))
			return;
	buf_reset(id);
}

/* A new record's dossier is that of its base; a joint base may be known by another of its symbols. */
static void
set_dossier(struct intake *in, struct notice *n)
{
	AUTO_BUF base = BUF_INIT;
	AUTO_BUF id = BUF_INIT;

	for (size_t i = 0; i < n->symbols.n && id.len == 0; i++) {
		buf_reset(&base);
		symbol_base(n->symbols.v[i], &base);
		if (strcmp(buf_str(&base), n->symbols.v[i]) != 0)	/* none of its own symbols is known */
			index_resolve(in->ix, buf_str(&base), &id);
	}
	if (id.len == 0)
		symbol_base(n->id, &id);
	free(n->dossier);
	n->dossier = buf_take(&id);
}

/* What the payload that one way gave last could tell; 0 when that way gave none. */
static uint64_t
told_by(struct intake *in, const char *stem, const char *suffix)
{
	AUTO_FREE char *path = xasprintf("%s%s", stem, suffix);
	AUTO_BUF raw = BUF_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	char tip[OID_HEX];

	if (!store_raw_has(in->st, path) || store_tip(in->st, STORE_RAW, tip, NULL) < 0 || store_read(in->st, tip, path, &raw, NULL, NULL) < 0 ||
	    in->decode(path, buf_str(&raw), raw.len, &n, NULL) < 0)
		return 0;
	return n.known;
}

/* Is all that differs beyond what the earlier ways could tell? Then the source did not change: we only learnt more. */
static bool
only_learnt_more(struct intake *in, const struct notice *before, const struct notice *now, const char *stem)
{
	uint64_t told;

	if (now->source != SOURCE_EPING)
		return false;
	told = told_by(in, stem, ".api.json") | told_by(in, stem, ".row.json");
	return told != 0 && (notice_differences(before, now) & told) == 0;
}

struct step {
	const struct notice *before;	/* NULL: first sight */
	const struct notice *now;
	const struct arrival *arrival;	/* NULL: no new state of the record came, but texts, or nothing (vanished) */
	const struct texts *texts;	/* NULL: none */
	bool silent;
	struct findings *findings;	/* NULL: none yet */
	struct effects effects;	/* of now */
};

static void
describe_version(const struct step *s, const char *stem, struct new_version *v, struct buf *path, struct buf *raw_path)
{
	buf_addf(path, "%s.md", stem);
	v->path = buf_str(path);
	if (s->arrival != NULL) {
		buf_addf(raw_path, "%s%s", stem, s->arrival->suffix);
		v->raw_path = buf_str(raw_path);
		v->raw = s->arrival->raw;
		v->raw_len = s->arrival->raw_len;
		v->raw_hash = s->findings != NULL ? s->findings->raw_blob : NULL;
	}
	if (s->texts != NULL && s->texts->n > 0) {
		v->attached = s->texts->files;
		v->attached_n = s->texts->n;
	}
	if (s->arrival == NULL && v->attached_n > 0) {	/* the first text is what the version was made from */
		v->raw_path = v->attached[0].path;
		v->raw = v->attached[0].payload;
		v->raw_len = v->attached[0].payload_len;
		s->texts->files[0].payload = NULL;
	}
	v->notification = s->now->id;
	v->dossier = s->now->dossier;
	v->source = source_name(s->now->source);
}

/* The author is the member, with the source's date: "United States of America <us@member.invalid>". */
static void
describe_author(const struct notice *n, int64_t now, struct new_version *v, struct buf *email)
{
	const char *member = n->member[0] != '\0' ? n->member : "xx";

	for (const char *p = member; *p != '\0'; p++)
		buf_addc(email, *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p);
	buf_adds(email, "@member.invalid");
	v->author_name = n->member[0] != '\0' ? member_name(n->member) : "Unknown member";
	v->author_email = buf_str(email);
	v->author_time = date_is_set(n->distributed) ? date_midnight(n->distributed) : now;
}

static int
write_version(struct intake *in, const struct step *s, const struct events *events, struct error *err)
{
	AUTO_BUF record = BUF_INIT, subject = BUF_INIT, stem = BUF_INIT, path = BUF_INIT, raw_path = BUF_INIT, email = BUF_INIT;
	AUTO_VERSION version = VERSION_INIT;
	char blob[OID_HEX];
	struct new_version v = { .events = events, .commit_time = in->now, .fetched = in->now };
	struct index_known known = { &record, &s->effects, s->findings != NULL ? &s->findings->matches : NULL };
	int rc;

	symbol_path(s->now->id, &stem);
	canon_write(s->now, &record);
	if (record.len > LIMIT_RECORD)
		return error_set(err, ERR_DATA, "the record of '%s' is too large: %zu bytes", s->now->id, record.len);
	events_subject(s->now, events, &subject);
	describe_version(s, buf_str(&stem), &v, &path, &raw_path);
	describe_author(s->now, in->now, &v, &email);
	v.record = record.data;
	v.record_len = record.len;
	v.subject = buf_str(&subject);
	if ((rc = begin(in, err)) < 0 || (rc = batch_add(in->batch, &v, version.commit, err)) < 0)
		return rc;
	batch_blobs(in->batch, blob, version.raw);
	version_describe(&version, &v);
	if ((rc = index_apply_known(in->ix, &version, v.path, blob, s->now, &known, err)) < 0)
		return rc;
	in->pending++;
	return s->arrival != NULL ? index_set_raw(in->ix, s->now->id, s->arrival->way, version.raw, err) : 0;
}

/* Nothing of the source changed: our reading did, or texts became known, which the event names. */
static void
add_silent(const struct step *s, struct events *out)
{
	AUTO_BUF names = BUF_INIT;

	for (size_t i = 0; s->texts != NULL && i < s->texts->n; i++) {
		const struct document *d = &s->texts->v[i].document;

		buf_addf(&names, "%s%s%s%s", i > 0 ? ", " : "", d->kind, d->lang[0] != '\0' ? " " : "", d->lang);
	}
	events_add(out, EVENT_RENORMALISED, names.len > 0 ? buf_str(&names) : NULL, NULL, NULL);
}

static int
take_step(struct intake *in, struct step *s, struct error *err)
{
	AUTO_EVENTS events = EVENTS_INIT;
	struct dossier_context context;
	int rc;

	if ((rc = index_dossier_context(in->ix, s->now->dossier, s->now->id, &context, err)) < 0)
		return rc;
	if (s->findings != NULL)
		s->effects = s->findings->effects;
	else
		effects_read(s->now, &s->effects);
	events_derive_known(s->before, s->now, &s->effects, &context, date_of_instant(in->now), s->silent, &events);
	if (events.n == 0)
		add_silent(s, &events);
	return write_version(in, s, &events, err);
}

/* What told nothing new is not looked at again either. */
static int
remember(struct intake *in, const struct arrival *d, const char *id, const char *blob, struct error *err)
{
	int rc = begin(in, err);

	return rc == 0 ? index_set_raw(in->ix, id, d->way, blob, err) : rc;
}

static int
add_known(struct intake *in, const struct arrival *d, const char *id, bool *changed, struct error *err)
{
	AUTO_NOTICE before = NOTICE_INIT;
	AUTO_NOTICE now = NOTICE_INIT;
	AUTO_TEXTS texts = TEXTS_INIT;
	AUTO_BUF stem = BUF_INIT;
	char blob[OID_HEX];
	struct step s = { .before = &before, .now = &now, .arrival = d, .texts = &texts };
	int rc;

	store_hash(d->raw, d->raw_len, blob);
	if (index_same_raw(in->ix, id, d->way, blob))
		return d->texts_n > 0 ? intake_attach(in, id, d->texts, d->texts_n, changed, err) : 0;
	if ((rc = index_notice(in->ix, id, &before, err)) < 0)
		return error_prefix(err, "'%s'", id);
	notice_copy(&now, d->notice);
	notice_merge(&now, &before);
	now.vanished = DATE_NONE;
	texts_relearn(in->st, in->decode, &now);
	if ((rc = texts_take(in->st, in->decode, d->texts, d->texts_n, &before, &now, &texts, err)) < 0)
		return rc;
	if (notice_equal(&before, &now) && texts.n == 0)
		return remember(in, d, id, blob, err);
	symbol_path(id, &stem);
	s.silent = !date_is_set(before.vanished) && only_learnt_more(in, &before, &now, buf_str(&stem));
	*changed = true;
	return take_step(in, &s, err);
}

static int
add_new(struct intake *in, const struct arrival *d, bool *changed, struct error *err)
{
	AUTO_NOTICE now = NOTICE_INIT;
	AUTO_TEXTS texts = TEXTS_INIT;
	struct step s = { .now = &now, .arrival = d, .texts = &texts };
	int rc;

	notice_copy(&now, d->notice);
	set_dossier(in, &now);
	if ((rc = texts_take(in->st, in->decode, d->texts, d->texts_n, NULL, &now, &texts, err)) < 0)
		return rc;
	if (texts.n == 0)	/* then all that it has besides is the dossier */
		s.findings = d->findings;
	*changed = true;
	return take_step(in, &s, err);
}

int
intake_add(struct intake *in, const struct arrival *d, bool *changed, struct error *err)
{
	AUTO_BUF id = BUF_INIT;
	bool ignored;

	if (changed == NULL)
		changed = &ignored;
	*changed = false;
	known_id(in, d->notice, &id);
	return id.len > 0 ? add_known(in, d, buf_str(&id), changed, err) : add_new(in, d, changed, err);
}

int
intake_attach(struct intake *in, const char *id, const struct arrival_text *given, size_t n, bool *changed, struct error *err)
{
	AUTO_NOTICE before = NOTICE_INIT;
	AUTO_NOTICE now = NOTICE_INIT;
	AUTO_TEXTS texts = TEXTS_INIT;
	struct step s = { .before = &before, .now = &now, .texts = &texts };
	bool ignored;
	int rc;

	if (changed == NULL)
		changed = &ignored;
	*changed = false;
	if ((rc = index_notice(in->ix, id, &before, err)) < 0)
		return error_prefix(err, "'%s'", id);
	notice_copy(&now, &before);
	if ((rc = texts_take(in->st, in->decode, given, n, &before, &now, &texts, err)) < 0 || texts.n == 0)
		return rc;
	*changed = true;
	return take_step(in, &s, err);
}

int
intake_vanish(struct intake *in, const char *id, struct error *err)
{
	AUTO_NOTICE before = NOTICE_INIT;
	AUTO_NOTICE now = NOTICE_INIT;
	struct step s = { .before = &before, .now = &now };
	int rc;

	if ((rc = index_notice(in->ix, id, &before, err)) < 0)
		return rc;
	if (date_is_set(before.vanished))
		return 0;
	notice_copy(&now, &before);
	now.vanished = date_of_instant(in->now);
	if ((rc = take_step(in, &s, err)) < 0)
		return rc;
	/* the same bytes again must be looked at: they would mean that it is back */
	return index_forget_raw(in->ix, id, err);
}

int
intake_commit(struct intake *in, struct error *err)
{
	int rc;

	if (in->batch == NULL)
		return 0;
	rc = batch_commit(in->batch, err);
	batch_free(TAKE(in->batch));
	if (rc < 0) {
		index_end(in->ix, false, NULL);
		return rc;
	}
	in->versions += in->pending;
	in->pending = 0;
	return index_end(in->ix, true, err);
}

size_t
intake_versions(const struct intake *in)
{
	return in->versions;
}

size_t
intake_pending(const struct intake *in)
{
	return in->pending;
}

void
intake_free(struct intake *in)
{
	if (in == NULL)
		return;
	if (in->batch != NULL) {
		batch_free(in->batch);
		index_end(in->ix, false, NULL);
	}
	free(in);
}
