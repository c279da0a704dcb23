/* sectors: the list; why a notification matched or did not; what a rule would have sent */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/cleanup.h"
#include "../lib/base/json.h"
#include "find.h"
#include "rows.h"
#include "sectors_test.h"

static int
count_row(void *ctx, const struct index_row *row)
{
	(void)row;
	(*(long *)ctx)++;
	return 0;
}

static int
count_in_sector(struct app *app, const char *sector, bool open, long *n, struct error *err)
{
	struct filter f = FILTER_INIT;
	int rc;

	*n = 0;
	strv_add(&f.sectors, sector);
	f.open = open;
	rc = index_list(app->ix, &f, NULL, ORDER_NEWEST, count_row, n, err);
	filter_clear(&f);
	return rc;
}

static int
list_sectors(struct app *app, const struct options *o, struct error *err)
{
	static const char *const headings[] = { "sector", "held", "open", "title" };
	struct rows r;
	int rc = 0;

	rows_begin(&r, app, o->format, headings, 4, err);
	for (size_t i = 0; rc == 0 && i < sectors_count(app->sectors); i++) {
		const char *name = sectors_name(app->sectors, i), *title = sectors_title(app->sectors, i);
		char held[24], open[24];
		long n, still;

		if ((rc = count_in_sector(app, name, false, &n, err)) < 0 || (rc = count_in_sector(app, name, true, &still, err)) < 0)
			break;
		snprintf(held, sizeof(held), "%ld", n);
		snprintf(open, sizeof(open), "%ld", still);
		if (o->format == FORMAT_JSON) {
			json_t *json = json_object();

			json_set_str(json, "sector", name);
			json_set_str(json, "title", title);
			json_object_set_new(json, "held", json_integer(n));
			json_object_set_new(json, "open", json_integer(still));
			rows_json(&r, json);
		} else {
			rows_cells(&r, (const char *const[]){ name, held, open, title });
		}
	}
	rows_end(&r);
	return rc;
}

static const struct sector_match *
match_of(const struct sector_matches *m, size_t sector)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].sector == sector)
			return &m->v[i];
	return NULL;
}

static const char *
verdict(const struct sector_match *m)
{
	return m == NULL ? "no" : !m->assigned ? "weak" : m->low ? "yes, low confidence" : "yes";
}

json_t *
sectors_reasons(const struct sector_match *m)
{
	json_t *reasons = json_array();

	for (size_t i = 0; m != NULL && i < m->n; i++) {
		json_t *r = json_object();

		json_set_str(r, "field", m->reasons[i].field);
		json_set_str(r, "what", m->reasons[i].what);
		json_set_str(r, "lang", m->reasons[i].lang[0] != '\0' ? m->reasons[i].lang : NULL);
		json_object_set_new(r, "points", json_real(m->reasons[i].points));
		json_set_str(r, "note", m->reasons[i].note);
		json_array_append_new(reasons, r);
	}
	return reasons;
}

static json_t *
explain_json(struct app *app, size_t sector, const struct sector_match *m, const char *id)
{
	json_t *o = json_object();

	json_set_str(o, "notification", id);
	json_set_str(o, "sector", sectors_name(app->sectors, sector));
	json_set_bool(o, "matched", m != NULL && m->assigned);
	json_set_bool(o, "low_confidence", m != NULL && m->low);
	json_object_set_new(o, "score", json_real(m != NULL ? m->score : 0));
	json_object_set_new(o, "reasons", sectors_reasons(m));
	return o;
}

static void
explain_cells(struct rows *r, const char *name, const struct sector_match *m)
{
	char score[24];

	snprintf(score, sizeof(score), "%.2f", m != NULL ? m->score : 0);
	if (m == NULL || m->n == 0)
		rows_cells(r, (const char *const[]){ name, verdict(m), score, "nothing of it was found", "" });
	for (size_t i = 0; m != NULL && i < m->n; i++) {
		const struct sector_reason *why = &m->reasons[i];
		AUTO_BUF text = BUF_INIT;
		char points[24];

		snprintf(points, sizeof(points), "%+.2f", why->points);
		buf_addf(&text, "%s: %s%s%s%s", why->field, why->what, why->lang[0] != '\0' ? " (" : "", why->lang, why->lang[0] != '\0' ? ")" : "");
		if (why->note != NULL)
			buf_addf(&text, ", %s", why->note);
		rows_cells(r, (const char *const[]){ i == 0 ? name : "", i == 0 ? verdict(m) : "", i == 0 ? score : "", buf_str(&text), points });
	}
}

/* The sectors with a reason first, best first; then the rest, so that "why not" is answered too. */
static int
explain(struct app *app, const struct options *o, const char *what, struct error *err)
{
	static const char *const headings[] = { "sector", "matched", "score", "because of", "points" };
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_NOTICE base = NOTICE_INIT;
	AUTO_BUF id = BUF_INIT;
	struct sector_matches own = SECTOR_MATCHES_INIT;
	struct rows r;
	bool has_base;
	int rc;

	if ((rc = find_notification(app, what, &id, err)) < 0 || (rc = index_notice(app->ix, buf_str(&id), &n, err)) < 0)
		return rc;
	has_base = strcmp(n.dossier, n.id) != 0 && index_notice(app->ix, n.dossier, &base, NULL) == 0;
	sectors_match_in_dossier(app->sectors, &n, has_base ? &base : NULL, &own);
	rows_begin(&r, app, o->format, headings, 5, err);
	for (size_t i = 0; i < own.n + sectors_count(app->sectors); i++) {
		size_t sector = i < own.n ? own.v[i].sector : i - own.n;
		const struct sector_match *m = match_of(&own, sector);

		if (i >= own.n && m != NULL)
			continue;
		if (o->format == FORMAT_JSON)
			rows_json(&r, explain_json(app, sector, m, n.id));
		else
			explain_cells(&r, sectors_name(app->sectors, sector), m);
	}
	rows_end(&r);
	sector_matches_clear(&own);
	return 0;
}

int
cmd_sectors(struct app *app, const struct options *o, struct error *err)
{
	const char *what = o->rest.n == 2 ? o->rest.v[0] : "";
	int rc;

	if (strcmp(what, "test") == 0)
		return sectors_test(app, o, o->rest.v[1], err);
	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON && o->format != FORMAT_CSV)
		return error_set(err, ERR_USAGE, "--format: sectors gives text, json or csv");
	if (date_is_set(o->since))
		return error_set(err, ERR_USAGE, "--since: only 'sectors test NAME' takes it");
	if (o->rest.n > 0 && strcmp(what, "explain") != 0)
		return error_set(err, ERR_USAGE, "usage: regwatch sectors, regwatch sectors explain ID, or regwatch sectors test NAME --since DATE");
	if ((rc = app_open_store(app, false, app->sectors, err)) < 0)
		return rc;
	return o->rest.n == 0 ? list_sectors(app, o, err) : explain(app, o, o->rest.v[1], err);
}
