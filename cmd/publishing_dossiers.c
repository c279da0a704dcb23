/* The page of each dossier, its JSON and its records as text beside it. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/canon.h"
#include "../lib/notice/event_json.h"
#include "../lib/notice/notice_json.h"
#include "../lib/notice/symbol.h"
#include "find.h"
#include "publishing.h"
#include "publishing_redlines.h"
#include "rows.h"

/* A dossier while its page is made. */
struct filling {
	struct world *w;
	const struct world_dossier *d;
	size_t n;			/* members that could be read */
	const struct site_row **rows;
	struct notice *notices;
	const struct notice **pointers;
	struct buf *texts;		/* of the records */
	struct site_member *members;
	struct site_label *labels;
	size_t labels_n, labels_cap;
	struct dossier dossier;
	json_t *events;
	struct strv owned;
	struct error *err;
};

static void
clear_member(struct site_member *m)
{
	for (size_t i = 0; i < m->versions_n; i++) {
		events_clear(&m->versions[i].events);
		redline_clear(&m->versions[i].redline);
	}
	free(m->versions);
	free(m->texts);
	redline_clear(&m->redline);
}

static void
filling_clear(struct filling *f)
{
	for (size_t i = 0; i < f->n; i++) {
		clear_member(&f->members[i]);
		notice_clear(&f->notices[i]);
		buf_clear(&f->texts[i]);
	}
	dossier_clear(&f->dossier);
	free(f->rows);
	free(f->notices);
	free(f->pointers);
	free(f->texts);
	free(f->members);
	free(f->labels);
	strv_clear(&f->owned);
	json_decref(f->events);
}
#define AUTO_FILLING __attribute__((cleanup(filling_clear))) struct filling

/* ---- records and versions ---- */

/* One that cannot be read is told and left out: it must not cost the others their page. */
static void
read_member(struct filling *f, const struct site_row *row)
{
	const char *blob = f->w->blobs[row - f->w->rows];
	struct buf *text = &f->texts[f->n];
	struct error why;

	*text = (struct buf)BUF_INIT;
	if (store_read_blob(f->w->app->st, blob, text, &why) == 0 && canon_read(buf_str(text), text->len, &f->notices[f->n], &why) == 0) {
		f->rows[f->n++] = row;
		return;
	}
	message_warn("'%s' has no page: %s", row->id, why.text);
	notice_clear(&f->notices[f->n]);
	buf_clear(text);
}

static struct site_member *
member_of(struct filling *f, const char *id)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->rows[i]->id, id) == 0)
			return &f->members[i];
	return NULL;
}

static int
keep_event(void *ctx, const struct index_event *e)
{
	struct filling *f = ctx;
	struct site_member *m = member_of(f, e->notification);
	struct site_version *v;

	json_array_append_new(f->events, event_json(e));
	if (m == NULL)
		return 0;
	v = m->versions_n > 0 ? &m->versions[m->versions_n - 1] : NULL;
	if (v == NULL || strcmp(v->commit, e->commit) != 0) {
		m->versions = xreallocarray(m->versions, m->versions_n + 1, sizeof(*m->versions));
		v = &m->versions[m->versions_n++];
		*v = (struct site_version){ .number = (int)m->versions_n, .at = e->at };
		strv_add(&f->owned, e->commit);
		v->commit = f->owned.v[f->owned.n - 1];
	}
	events_add(&v->events, e->event.kind, e->event.detail, e->event.old, e->event.new);
	return 0;
}

/* A revision replaces the base or the revision before it. */
static const struct notice *
replaced_by(const struct filling *f, size_t i)
{
	for (size_t k = 0; k < f->dossier.n; k++)
		if (f->dossier.v[k].replaced_by == &f->notices[i])
			return f->dossier.v[k].n;
	return NULL;
}

static int
read_members(struct filling *f, struct error *err)
{
	const struct filter all = FILTER_INIT;
	int rc;

	f->rows = xcalloc(f->d->n, sizeof(*f->rows));
	f->notices = xcalloc(f->d->n, sizeof(*f->notices));
	f->pointers = xcalloc(f->d->n, sizeof(*f->pointers));
	f->texts = xcalloc(f->d->n, sizeof(*f->texts));
	f->members = xcalloc(f->d->n, sizeof(*f->members));
	f->events = json_array();
	for (size_t i = 0; i < f->d->n; i++)
		read_member(f, f->w->members.v[f->d->first + i]);
	if (f->n == 0)
		return 0;
	for (size_t i = 0; i < f->n; i++)
		f->pointers[i] = f->members[i].notice = &f->notices[i];
	dossier_init(&f->dossier, f->pointers, f->n);
	if ((rc = index_log(f->w->app->ix, &all, f->d->id, NULL, true, keep_event, f, err)) < 0)
		return rc;
	for (size_t i = 0; i < f->n; i++) {
		struct site_member *m = &f->members[i];

		m->against = replaced_by(f, i);
		dossier_texts(f->w->app, m, &f->owned);
		dossier_redlines(f->w->app, m);
	}
	return 0;
}

static const char *
sector_title(const struct world *w, const char *name)
{
	for (size_t i = 0; i < w->meta.sectors_n; i++)
		if (strcmp(w->sectors[i].name, name) == 0)
			return w->sectors[i].title;
	return name;
}

static int
keep_label(void *ctx, const char *sector, double score, bool low, const char *reason)
{
	struct filling *f = ctx;
	struct site_label *l;

	(void)score;
	strv_add(&f->owned, sector);
	strv_add(&f->owned, reason);
	f->labels = xgrow(f->labels, f->labels_n, &f->labels_cap, sizeof(*f->labels));
	l = &f->labels[f->labels_n++];
	*l = (struct site_label){ f->owned.v[f->owned.n - 2], sector_title(f->w, sector), f->owned.v[f->owned.n - 1], low };
	return 0;
}

/* ---- the three files ---- */

static void
write_text(const struct filling *f, struct buf *out)
{
	for (size_t i = 0; i < f->n; i++) {
		buf_adds(out, i > 0 ? "\n---\n\n" : "");
		message_filter(buf_str(&f->texts[i]), out);
	}
	buf_adds(out, "\n---\n\nMade by regwatch\n");	/* site_mark.h */
}

/* As 'dossier --format=json' tells it. */
static json_t *
deadline_history(const struct dossier *d)
{
	json_t *steps = json_array();

	for (size_t i = 0; i < d->steps_n; i++) {
		json_t *step;

		if (d->steps[i].effect > STEP_EXTENDED)
			continue;
		step = json_object();
		json_set_str(step, "notification", d->steps[i].by->id);
		json_set_date(step, "deadline", d->steps[i].deadline);
		json_set_str(step, "origin", d->steps[i].from_text ? "text" : "published");
		json_array_append_new(steps, step);
	}
	return steps;
}

static void
write_json(const struct filling *f, struct buf *out)
{
	const struct dossier *d = &f->dossier;
	json_t *notifications = json_array(), *o = json_object();

	for (size_t i = 0; i < f->n; i++) {
		AUTO_STRV sectors = STRV_INIT;
		const struct site_row *r = f->rows[i];
		const struct notice_view view = { r->effective_deadline, date_is_set(r->effective_deadline) && date_cmp(r->effective_deadline, f->w->meta.today) >= 0,
		    &sectors, r->twin };

		strv_split(&sectors, r->sectors, ",");
		json_array_append_new(notifications, notice_to_json(&f->notices[i], &view));
	}
	json_set_str(o, "generator", "regwatch");
	json_set_str(o, "dossier", f->d->id);
	json_set_date(o, "effective_deadline", d->effective_deadline);
	json_set_bool(o, "open", dossier_open(d, f->w->meta.today));
	json_set_bool(o, "withdrawn", d->withdrawn);
	json_set_str(o, "current", d->current != NULL ? d->current->id : NULL);
	json_set_str(o, "twin", f->d->head->twin[0] != '\0' ? f->d->head->twin : NULL);
	json_object_set_new(o, "deadlines", deadline_history(d));
	json_object_set_new(o, "notifications", notifications);
	json_object_set(o, "events", f->events);
	json_write(o, true, out);
	json_decref(o);
}

static int
put(struct site_files *files, const struct buf *base, const char *extension, uint64_t key, const struct buf *bytes, struct error *err)
{
	AUTO_BUF path = BUF_INIT;

	buf_addf(&path, "%s%s", buf_str(base), extension);
	return site_files_put(files, buf_str(&path), key, bytes, err);
}

static int
put_page(const struct filling *f, struct site_files *files, const struct site_dossier *d, const struct buf *base, uint64_t key, struct error *err)
{
	AUTO_BUF html = BUF_INIT;

	site_dossier_page(&f->w->meta, d, &html);
	return put(files, base, ".html", key, &html, err);
}

static int
make_files(struct world *w, struct site_files *files, const struct world_dossier *d, const struct buf *base, uint64_t key, struct error *err)
{
	AUTO_FILLING f = { .w = w, .d = d, .err = err };
	AUTO_BUF json = BUF_INIT, text = BUF_INIT;
	struct site_dossier page;
	int rc;

	if ((rc = read_members(&f, err)) < 0 || f.n == 0 || (rc = index_labels(w->app->ix, d->head->id, keep_label, &f, err)) < 0)
		return rc;
	page = (struct site_dossier){ .id = d->id, .dossier = &f.dossier, .members = f.members, .members_n = f.n, .labels = f.labels, .labels_n = f.labels_n,
	    .twin = d->head->twin, .open = d->head->open };
	site_dossier_plan(&page);
	write_json(&f, &json);
	write_text(&f, &text);
	if ((rc = dossier_put_beside(&w->meta, &page, files, key, err)) < 0 || (rc = put(files, base, ".json", key, &json, err)) < 0 ||
	    (rc = put(files, base, ".txt", key, &text, err)) < 0)
		return rc;
	return put_page(&f, files, &page, base, key, err);
}

/* ---- which of them are due ---- */

bool
publish_dossier_made(struct site_files *files, const struct world_dossier *d)
{
	static const char *const extensions[] = { ".json", ".txt", ".html" };
	AUTO_BUF path = BUF_INIT;
	bool kept = true;
	size_t base;

	site_dossier_base(d->id, &path);
	base = path.len;
	for (size_t i = 0; kept && i < sizeof(extensions) / sizeof(extensions[0]); i++) {
		buf_truncate(&path, base);
		buf_adds(&path, extensions[i]);
		kept = site_files_keep(files, buf_str(&path), d->key);
	}
	return kept;
}

/* What lies beside is all that begins with its name and a dot; its page was put last. */
bool
publish_dossier_kept(struct site_files *files, const struct world_dossier *d)
{
	AUTO_BUF page = BUF_INIT;
	size_t n;

	site_dossier_base(d->id, &page);
	buf_addc(&page, '.');
	n = page.len;
	buf_adds(&page, "html");
	return site_files_keep_beside(files, buf_str(&page), n, d->key);
}

int
publish_dossier(struct world *w, struct site_files *files, const struct world_dossier *d, struct error *err)
{
	AUTO_BUF base = BUF_INIT;

	site_dossier_base(d->id, &base);
	return make_files(w, files, d, &base, d->key, err);
}
