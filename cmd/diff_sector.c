/* diff --sector: what changed in a sector since a day, dossier by dossier */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/symbol.h"
#include "diff_report.h"
#include "rows.h"

/* ---- events, put together by dossier ---- */

static struct report_dossier *
dossier_of(struct report *r, const struct index_event *e)
{
	struct report_dossier *d;

	for (size_t i = r->n; i-- > 0;)
		if (strcmp(r->v[i].id, e->dossier) == 0)
			return &r->v[i];
	r->v = xgrow(r->v, r->n, &r->cap, sizeof(*r->v));
	d = &r->v[r->n++];
	*d = (struct report_dossier){ .id = xstrdup(e->dossier), .json = json_array() };
	(void)source_parse(e->source, &d->source);
	return d;
}

static int
take_event(void *ctx, const struct index_event *e)
{
	struct report_dossier *d = dossier_of(ctx, e);
	struct report_event *told;
	AUTO_BUF words = BUF_INIT;

	event_describe_of(d->source, &e->event, &words);
	d->events = xgrow(d->events, d->events_n, &d->events_cap, sizeof(*d->events));
	told = &d->events[d->events_n++];
	*told = (struct report_event){ xstrdup(e->notification), buf_take(&words), date_of_instant(e->at) };
	d->kinds |= 1u << e->event.kind;
	d->came |= (e->event.kind == EVENT_NEW || e->event.kind == EVENT_URGENT) && strcmp(e->notification, e->dossier) == 0;
	if (!strv_has(&d->changed, e->notification))
		strv_add(&d->changed, e->notification);
	json_array_append_new(d->json, event_json(e));
	return 0;
}

/* ---- what each of them was before ---- */

struct as_of {
	struct date day;	/* versions from this day on are changes */
	int n;
	char commit[OID_HEX];
};

static int
pick_before(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct as_of *p = ctx;

	(void)subject;
	if (date_cmp(date_of_instant(at), p->day) < 0) {
		memcpy(p->commit, commit, OID_HEX);
		p->n = n;
	}
	return 0;
}

/* A follow-up that came: what it replaces (the text before a revision) or amends; "" when that is not held. */
static int
find_before(struct app *app, const char *dossier, const char *id, struct buf *out, struct error *err)
{
	AUTO_STRV ids = STRV_INIT;
	AUTO_BUF parent = BUF_INIT;
	int rc;

	symbol_parent(id, &parent);
	if (kind_of(id, false) != KIND_REVISION) {
		(void)index_resolve(app->ix, buf_str(&parent), out);
		return 0;
	}
	if ((rc = index_dossier(app->ix, dossier, &ids, err)) < 0)
		return rc;
	for (size_t i = 0; i < ids.n && strcmp(ids.v[i], id) != 0; i++)
		if (kind_of(ids.v[i], false) <= KIND_URGENT || kind_of(ids.v[i], false) == KIND_REVISION) {
			buf_reset(out);
			buf_adds(out, ids.v[i]);
		}
	return 0;
}

static int
read_before(struct app *app, const struct report_dossier *d, const char *id, struct date since, struct side *a, struct error *err)
{
	struct as_of before = { .day = since };
	AUTO_BUF other = BUF_INIT;
	int rc = index_versions(app->ix, id, pick_before, &before, err);

	if (rc < 0)
		return rc;
	if (before.n > 0)
		return side_read(app, id, before.commit, before.n, a, err);
	if ((rc = find_before(app, d->id, id, &other, err)) < 0)
		return rc;
	if (other.len > 0 && strcmp(buf_str(&other), id) != 0)
		return side_read(app, buf_str(&other), "", 0, a, err);
	a->absent = true;
	a->label = xasprintf("%s@0", id);
	return 0;
}

static int
compare_member(struct app *app, struct report_dossier *d, const char *id, struct date since, struct error *err)
{
	struct report_change *change = xcalloc(1, sizeof(*change));
	int rc;

	d->changes = xgrow(d->changes, d->changes_n, &d->changes_cap, sizeof(struct report_change *));
	d->changes[d->changes_n++] = change;
	change->c = (struct comparison)COMPARISON_INIT;
	if ((rc = read_before(app, d, id, since, &change->a, err)) < 0 || (rc = side_read(app, id, "", 0, &change->b, err)) < 0)
		return rc;
	return compare_sides(app, &change->a, &change->b, &change->c, err);
}

static int
keep_head(void *ctx, const struct index_row *row)
{
	struct report_dossier *d = ctx;

	free(d->title);
	free(d->member);
	free(d->sectors);
	d->title = xstrdup(row->title);
	d->member = xstrdup(row->member);
	d->sectors = xstrdup(row->sectors);
	d->deadline = row->effective_deadline;
	d->open = row->open;
	d->withdrawn = row->withdrawn;
	return 0;
}

static int
compare_dossier(struct app *app, struct report_dossier *d, struct date since, struct error *err)
{
	AUTO_BUF head = BUF_INIT;
	int rc;

	if (!index_resolve(app->ix, d->id, &head))
		buf_adds(&head, d->changed.v[0]);	/* its base is not held */
	if ((rc = index_get(app->ix, buf_str(&head), keep_head, d, err)) < 0)
		return rc;
	d->consequence = CONSEQUENCE_NEW;
	for (size_t i = 0; i < d->changed.n; i++) {
		enum consequence found;
		unsigned weight;

		if (d->came && strcmp(d->changed.v[i], d->id) == 0)
			continue;
		if ((rc = compare_member(app, d, d->changed.v[i], since, err)) < 0)
			return rc;
		found = report_consequence(&d->changes[d->changes_n - 1]->c.redline, d->kinds, &weight);
		if (found < d->consequence)
			d->weight = 0;
		if (found <= d->consequence)
			d->weight += weight;
		d->consequence = found < d->consequence ? found : d->consequence;
	}
	return 0;
}

int
diff_sector(struct app *app, const struct options *o, struct error *err)
{
	__attribute__((cleanup(report_clear))) struct report r = { .since = o->since };
	AUTO_BUF names = BUF_INIT, text = BUF_INIT;
	struct filter only = o->filter;
	int rc;

	if (!date_is_set(o->since))
		return error_set(err, ERR_USAGE, "diff --sector needs --since DATE");
	only.alerts = true;
	if ((rc = index_log(app->ix, &only, NULL, NULL, true, take_event, &r, err)) < 0)
		return rc;
	for (size_t i = 0; i < r.n; i++)
		if ((rc = compare_dossier(app, &r.v[i], o->since, err)) < 0)
			return rc;
	report_sort(&r);
	strv_join(&o->filter.sectors, ", ", &names);
	r.sectors = buf_str(&names);
	if ((rc = report_print(app, o->format, &r, &text, err)) < 0)
		return rc;
	fwrite(buf_str(&text), 1, text.len, output_begin(app));
	return 0;
}
