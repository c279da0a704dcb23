/* diff --sector: what changed in a sector since a day, dossier by dossier */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/symbol.h"
#include "diff_report.h"
#include "rows.h"

/* ---- events, put together by dossier ---- */

/* An event on its way into its dossier. */
struct arrival {
	char *dossier;
	size_t at;		/* its place among all: oldest first */
	enum source source;
	enum event_kind kind;
	struct report_event told;
	json_t *json;
};

struct arrivals {
	struct arrival *v;
	size_t n, cap;
};

static void
arrivals_clear(struct arrivals *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free(a->v[i].dossier);
		free(a->v[i].told.notification);
		free(a->v[i].told.words);
		json_decref(a->v[i].json);
	}
	free(a->v);
}

static int
take_event(void *ctx, const struct index_event *e)
{
	struct arrivals *all = ctx;
	AUTO_BUF words = BUF_INIT;
	struct arrival a = { .at = all->n, .kind = e->event.kind, .dossier = xstrdup(e->dossier), .json = event_json(e) };

	(void)source_parse(e->source, &a.source);
	event_describe_of(a.source, &e->event, &words);
	a.told = (struct report_event){ xstrdup(e->notification), buf_take(&words), date_of_instant(e->at) };
	all->v = xgrow(all->v, all->n, &all->cap, sizeof(*all->v));
	all->v[all->n++] = a;
	return 0;
}

static int
by_dossier(const void *a, const void *b)
{
	const struct arrival *x = a, *y = b;
	int order = strcmp(x->dossier, y->dossier);

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static void
add_event(struct report_dossier *d, struct arrival *a)
{
	d->kinds |= 1u << a->kind;
	d->came |= (a->kind == EVENT_NEW || a->kind == EVENT_URGENT) && strcmp(a->told.notification, d->id) == 0;
	if (!strv_has(&d->changed, a->told.notification))
		strv_add(&d->changed, a->told.notification);
	json_array_append(d->json, a->json);
	d->events = xgrow(d->events, d->events_n, &d->events_cap, sizeof(*d->events));
	d->events[d->events_n++] = a->told;
	a->told = (struct report_event){ .notification = NULL };
}

static void
group_by_dossier(struct arrivals *all, struct report *r)
{
	if (all->n > 0)
		qsort(all->v, all->n, sizeof(*all->v), by_dossier);
	for (size_t i = 0; i < all->n; i++) {
		struct arrival *a = &all->v[i];

		if (i == 0 || strcmp(a->dossier, a[-1].dossier) != 0) {
			r->v = xgrow(r->v, r->n, &r->cap, sizeof(*r->v));
			r->v[r->n++] = (struct report_dossier){ .id = xstrdup(a->dossier), .source = a->source, .json = json_array() };
		}
		add_event(&r->v[r->n - 1], a);
	}
}

/* ---- what each of them was before ---- */

struct as_of {
	struct date day;	/* versions from this day on are changes */
	int n;
	char commit[OID_HEX];
	int versions;
	char first[OID_HEX];	/* commit of the first of them */
};

static int
pick_before(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct as_of *p = ctx;

	(void)subject;
	if (p->versions++ == 0)
		memcpy(p->first, commit, OID_HEX);
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
	if (before.versions > 1 && strcmp(id, d->id) == 0)	/* it came from the archive in the time of the report: all of it is no change */
		return side_read(app, id, before.first, 1, a, err);
	if ((rc = find_before(app, d->id, id, &other, err)) < 0)
		return rc;
	if (other.len > 0 && strcmp(buf_str(&other), id) != 0)
		return side_read(app, buf_str(&other), "", 0, a, err);
	a->absent = true;
	a->label = xasprintf("%s@0", id);
	return 0;
}

static int
compare_member(struct app *app, struct report_dossier *d, const char *id, const struct options *o, struct error *err)
{
	struct report_change *change = xcalloc(1, sizeof(*change));
	int rc;

	d->changes = xgrow(d->changes, d->changes_n, &d->changes_cap, sizeof(struct report_change *));
	d->changes[d->changes_n++] = change;
	change->c = (struct comparison)COMPARISON_INIT;
	change->c.complete = o->format == FORMAT_JSON;
	if ((rc = read_before(app, d, id, o->since, &change->a, err)) < 0 || (rc = side_read(app, id, "", 0, &change->b, err)) < 0)
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
compare_dossier(struct app *app, struct report_dossier *d, const struct options *o, struct error *err)
{
	AUTO_BUF head = BUF_INIT;
	int rc;

	if (!index_resolve(app->ix, d->id, &head))
		buf_adds(&head, d->changed.v[0]);	/* its base is not held */
	if ((rc = index_get(app->ix, buf_str(&head), keep_head, d, err)) < 0)
		return rc;
	d->consequence = CONSEQUENCE_NEW;
	for (size_t i = 0; i < d->changed.n; i++) {
		const struct comparison *c;
		enum consequence found;
		unsigned weight;

		if (d->came && strcmp(d->changed.v[i], d->id) == 0)
			continue;
		if ((rc = compare_member(app, d, d->changed.v[i], o, err)) < 0)
			return rc;
		c = &d->changes[d->changes_n - 1]->c;
		found = report_consequence(&c->redline, &c->requirements, d->kinds, &weight);
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
	__attribute__((cleanup(arrivals_clear))) struct arrivals events = { NULL, 0, 0 };
	const struct manner m = { o->format, o->side_by_side };
	AUTO_BUF names = BUF_INIT, text = BUF_INIT;
	struct filter only = o->filter;
	int rc;

	if (!date_is_set(o->since))
		return error_set(err, ERR_USAGE, "diff --sector needs --since DATE");
	only.alerts = true;
	if ((rc = index_log(app->ix, &only, NULL, NULL, true, take_event, &events, err)) < 0)
		return rc;
	group_by_dossier(&events, &r);
	for (size_t i = 0; i < r.n; i++)
		if ((rc = compare_dossier(app, &r.v[i], o, err)) < 0)
			return rc;
	report_sort(&r);
	strv_join(&o->filter.sectors, ", ", &names);
	r.sectors = buf_str(&names);
	if ((rc = report_print(app, &m, &r, &text, err)) < 0)
		return rc;
	fwrite(buf_str(&text), 1, text.len, output_begin(app));
	return 0;
}
