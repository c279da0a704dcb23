#include "attaching.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/attached.h"
#include "../lib/notice/symbol.h"
#include "../store/intake.h"
#include "collect.h"

#define ITEMS_SECONDS 120.0	/* that documents may hold up the commit of a window of records */

/* Is the dossier open for comment, with this state of the record? */
static bool
is_open(struct app *app, struct feed *f, const struct notice *n)
{
	AUTO_BUF base = BUF_INIT, dossier = BUF_INIT;
	struct dossier_context c = { .deadline = DATE_NONE };

	symbol_base(n->id, &base);
	if (!index_resolve(app->ix, buf_str(&base), &dossier))
		buf_adds(&dossier, buf_str(&base));
	if (index_dossier_context(app->ix, buf_str(&dossier), n->id, &c, NULL) < 0)
		c.deadline = DATE_NONE;
	return date_cmp(date_max(n->deadline, c.deadline), f->today) >= 0;
}

/* The record will keep the texts that the store holds of it. */
static void
learn_texts(struct notice *n, const struct notice *held)
{
	for (size_t i = 0; i < n->documents.n; i++) {
		const struct document *d = attached_find(held, &n->documents.v[i]);

		if (d != NULL && n->documents.v[i].text_sha256 == NULL)
			n->documents.v[i].text_sha256 = xstrdup(d->text_sha256);
	}
}

static void
read_item(struct app *app, struct feed *f, const struct item *item, double until, struct attach_texts *out)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_NOTICE held = NOTICE_INIT;
	AUTO_BUF id = BUF_INIT;
	bool final_appeared = false;

	if (item->notice.documents.n == 0)
		return;
	notice_copy(&n, &item->notice);
	if (index_resolve(app->ix, item->notice.id, &id) && index_notice(app->ix, buf_str(&id), &held, NULL) == 0) {
		learn_texts(&n, &held);
		final_appeared = attached_lists(&n, "final") && !attached_lists(&held, "final");	/* it will be held against the draft */
	}
	attach_read(f, &n, final_appeared || is_open(app, f, &n), ATTACH_NEW, until, out);
}

void
attaching_items(struct app *app, struct feed *f, const struct items *items, struct attach_texts *texts)
{
	double until = clock_monotonic() + ITEMS_SECONDS;

	if (strcmp(f->settings->documents, "none") == 0)
		return;
	for (size_t i = 0; i < items->n; i++)
		read_item(app, f, &items->v[i], until, &texts[i]);
	if (clock_monotonic() >= until)
		json_object_del(f->state, "documents_read");	/* the rest is for attaching_rest, also when it has been through today */
}

/* ---- the rest ---- */

struct rest {
	struct app *app;
	struct feed *f;
	struct strv ids, failed;	/* failed: those that were wanted once and could not be had */
};

static int
add_row(void *ctx, const struct index_row *row)
{
	struct rest *r = ctx;

	if (!date_is_set(row->vanished))
		strv_add(&r->ids, row->id);
	return 0;
}

/* Records of which a document could not be had and is to be tried again. */
static void
add_failed(struct rest *r)
{
	const char *url;
	json_t *e;

	json_object_foreach(feed_table(r->f, "documents"), url, e) {
		const char *id = json_str(e, "notification"), *next = json_str(e, "next");
		int64_t at;

		if (id != NULL && next != NULL && instant_parse(next, &at) && clock_now() >= at && !strv_has(&r->failed, id))
			strv_add(&r->failed, id);
	}
}

static int
find_due(struct rest *r, bool all_due, struct error *err)
{
	struct filter filter = FILTER_INIT;
	int rc = 0;

	if (all_due) {
		strv_add(&filter.sources, r->f->name);
		filter.open = strcmp(r->f->settings->documents, "all") != 0;
		rc = index_list(r->app->ix, &filter, NULL, ORDER_NEWEST, add_row, r, err);
		filter_clear(&filter);
	}
	add_failed(r);
	return rc;
}

static int
commit_texts(struct rest *r, const char *id, const struct attach_texts *t, struct error *err)
{
	AUTO_FREE struct arrival_text *texts = xcalloc(t->n, sizeof(*texts));
	struct intake *in = collect_begin(r->app);
	bool changed;
	int rc;

	for (size_t i = 0; i < t->n; i++)
		texts[i] = (struct arrival_text){ buf_str(&t->v[i]), t->v[i].len };
	if ((rc = intake_attach(in, id, texts, t->n, &changed, err)) == 0)
		rc = intake_commit(in, err);
	r->f->changed += intake_versions(in);
	intake_free(in);
	return rc;
}

static int
read_record(struct rest *r, const char *id, bool open, double until, struct error *err)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_ATTACH_TEXTS texts = ATTACH_TEXTS_INIT;
	struct error unread;

	if (index_notice(r->app->ix, id, &n, &unread) < 0) {
		message_warn("documents of '%s': %s", id, unread.text);
		return 0;
	}
	attach_read(r->f, &n, open || is_open(r->app, r->f, &n), ATTACH_DUE, until, &texts);
	return texts.n > 0 ? commit_texts(r, id, &texts, err) : 0;
}

static int
read_records(struct rest *r, const struct strv *ids, bool open, double until, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ids->n && clock_monotonic() < until; i++) {
		rc = read_record(r, ids->v[i], open, until, err);
		r->f->host->progress(r->f->host->ctx, "documents of records", i + 1, ids->n);
	}
	return rc;
}

int
attaching_rest(struct app *app, struct feed *f, struct error *err)
{
	struct rest r = { app, f, STRV_INIT, STRV_INIT };
	double until = clock_monotonic() + net_left(f->net);
	char today[DATE_TEXT];
	AUTO_FREE char *mark = NULL;
	const char *read = json_str(f->state, "documents_read");
	int rc;

	if (strcmp(f->settings->documents, "none") == 0)
		return 0;
	date_format(f->today, today);
	mark = xasprintf("%s %s %s", today, f->settings->documents, f->language != NULL ? f->language : "");
	rc = find_due(&r, read == NULL || strcmp(read, mark) != 0, err);
	if (rc == 0 && (rc = read_records(&r, &r.failed, true, until, err)) == 0)
		rc = read_records(&r, &r.ids, false, until, err);
	if (rc == 0 && clock_monotonic() < until)
		json_set_str(f->state, "documents_read", mark);
	strv_clear(&r.ids);
	strv_clear(&r.failed);
	return rc;
}
