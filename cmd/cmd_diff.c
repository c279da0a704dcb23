/* diff: what changed between two versions, two members of a dossier, or in a sector since a day */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/json.h"
#include "../lib/redline/redline.h"
#include "../lib/redline/redline_json.h"
#include "find.h"

#define CONTEXT 2	/* unchanged sentences around a change */

/* One side of a comparison: a record and what to call it. */
struct side {
	struct notice notice;
	char *label;		/* "G/TBT/N/USA/2211@1" */
	bool absent;		/* before the first version */
};

static void
side_clear(struct side *s)
{
	notice_clear(&s->notice);
	free(s->label);
}
#define AUTO_SIDE __attribute__((cleanup(side_clear))) struct side

struct last_two {
	int n;
	char commit[2][OID_HEX];
};

static int
keep_last_two(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct last_two *l = ctx;

	(void)at;
	(void)subject;
	memcpy(l->commit[0], l->commit[1], OID_HEX);
	memcpy(l->commit[1], commit, OID_HEX);
	l->n = n;
	return 0;
}

static int
read_side(struct app *app, const char *id, const char *commit, int number, struct side *s, struct error *err)
{
	s->label = number > 0 ? xasprintf("%s@%d", id, number) : xstrdup(id);
	return read_version(app, id, commit, &s->notice, err);
}

/* The newest version against the one before it. */
static int
last_change(struct app *app, const char *id, struct side *a, struct side *b, struct error *err)
{
	struct last_two l = { 0 };
	int rc = index_versions(app->ix, id, keep_last_two, &l, err);

	if (rc < 0)
		return rc;
	if (l.n < 2) {
		a->absent = true;
		a->label = xasprintf("%s@0", id);
	} else if ((rc = read_side(app, id, l.commit[0], l.n - 1, a, err)) < 0) {
		return rc;
	}
	return read_side(app, id, l.commit[1], l.n, b, err);
}

/* "2", "2025-06-13", "3fa4bc...", "Rev.1", "G/TBT/N/USA/2211/Rev.1", "" (newest, or first on the left). */
static int
name_side(struct app *app, const char *id, const char *what, bool left, struct side *s, struct error *err)
{
	AUTO_FREE char *tail = xasprintf("%s/%s", id, what);
	AUTO_BUF other = BUF_INIT;
	char commit[OID_HEX];
	int number, rc;

	if (what[0] == '\0' && !left)
		return read_side(app, id, "", 0, s, err);
	if (what[0] != '\0' && (index_resolve(app->ix, tail, &other) || index_resolve(app->ix, what, &other)))
		return read_side(app, buf_str(&other), "", 0, s, err);
	if ((rc = find_version(app, id, what[0] != '\0' ? what : "1", commit, &number, err)) < 0)
		return rc;
	return read_side(app, id, commit, number, s, err);
}

static int
choose_sides(struct app *app, const struct options *o, struct side *a, struct side *b, struct error *err)
{
	AUTO_FREE char *first = xstrdup(o->rest.v[0]), *range = o->rest.n > 1 ? xstrdup(o->rest.v[1]) : NULL;
	AUTO_BUF id = BUF_INIT;
	char *dots;
	int rc;

	/* "ID@2..", "ID..Rev.1": both in one word */
	if (range == NULL && (dots = strstr(first, "..")) != NULL) {
		char *at = strchr(first, '@');

		range = at != NULL && at < dots ? xstrdup(at + 1) : xstrdup(dots);
		*(at != NULL && at < dots ? at : dots) = '\0';
		if (range[0] == '.' && (rc = find_notification(app, first, &id, err)) < 0)
			return rc;
		if (range[0] == '.') {
			if ((rc = read_side(app, buf_str(&id), "", 0, a, err)) < 0)
				return rc;
			return name_side(app, buf_str(&id), range + 2, false, b, err);
		}
	}
	if ((rc = find_notification(app, first, &id, err)) < 0)
		return rc;
	if (range == NULL)
		return last_change(app, buf_str(&id), a, b, err);
	if ((dots = strstr(range, "..")) == NULL)
		return error_set(err, ERR_USAGE, "'%s' is no pair of versions like 1..2", range);
	*dots = '\0';
	if ((rc = name_side(app, buf_str(&id), range, true, a, err)) < 0)
		return rc;
	return name_side(app, buf_str(&id), dots + 2, false, b, err);
}

static int
print_json(const struct side *a, const struct side *b, const struct redline *r, struct buf *out)
{
	json_t *json = redline_to_json(r);

	json_set_str(json, "notification", b->notice.id);
	json_set_str(json, "from", a->label);
	json_set_str(json, "to", b->label);
	json_write(json, true, out);
	json_decref(json);
	return 0;
}

static int
render(struct app *app, enum format format, const struct side *a, const struct side *b, struct buf *out, struct error *err)
{
	const struct redline_style style = { .colour = app->colour, .width = app->width, .context = CONTEXT };
	const struct notice *old = a->absent ? NULL : &a->notice;
	AUTO_REDLINE r = REDLINE_INIT;

	if (format == FORMAT_UNIFIED)
		return redline_unified(old, &b->notice, a->label, b->label, out, err);
	redline_make(old, &b->notice, &r);
	if (format == FORMAT_JSON)
		return print_json(a, b, &r, out);
	if (format == FORMAT_HTML) {
		redline_html(&r, CONTEXT, out);
		return 0;
	}
	buf_addf(out, "%s%s .. %s%s\n", app->colour ? "\033[1m" : "", a->label, b->label, app->colour ? "\033[0m" : "");
	redline_text(&r, &style, out);
	return 0;
}

/* ---- a whole sector ---- */

static int
collect_changed(void *ctx, const struct index_event *e)
{
	struct strv *ids = ctx;

	if (e->alerts && !strv_has(ids, e->notification))
		strv_add(ids, e->notification);
	return 0;
}

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

static int
render_since(struct app *app, const struct options *o, const char *id, struct buf *out, struct error *err)
{
	AUTO_SIDE a = { .label = NULL };
	AUTO_SIDE b = { .label = NULL };
	struct as_of before = { .day = o->since };
	int rc;

	if ((rc = index_versions(app->ix, id, pick_before, &before, err)) < 0)
		return rc;
	a.absent = before.n == 0;
	if (a.absent)
		a.label = xasprintf("%s@0", id);
	else if ((rc = read_side(app, id, before.commit, before.n, &a, err)) < 0)
		return rc;
	if ((rc = read_side(app, id, "", 0, &b, err)) < 0 || (rc = render(app, o->format, &a, &b, out, err)) < 0)
		return rc;
	if (o->format == FORMAT_TEXT)
		buf_addc(out, '\n');
	return 0;
}

static int
diff_sector(struct app *app, const struct options *o, struct error *err)
{
	AUTO_STRV ids = STRV_INIT;
	FILE *out;
	int rc;

	if (!date_is_set(o->since))
		return error_set(err, ERR_USAGE, "diff --sector needs --since DATE");
	if ((rc = index_log(app->ix, &o->filter, NULL, NULL, true, collect_changed, &ids, err)) < 0)
		return rc;
	out = output_begin(app);
	for (size_t i = 0; i < ids.n; i++) {
		AUTO_BUF text = BUF_INIT;

		if ((rc = render_since(app, o, ids.v[i], &text, err)) < 0)
			return rc;
		fwrite(buf_str(&text), 1, text.len, out);
	}
	return 0;
}

int
cmd_diff(struct app *app, const struct options *o, struct error *err)
{
	AUTO_SIDE a = { .label = NULL };
	AUTO_SIDE b = { .label = NULL };
	AUTO_BUF text = BUF_INIT;
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON && o->format != FORMAT_HTML && o->format != FORMAT_UNIFIED)
		return error_set(err, ERR_USAGE, "--format: diff gives text, json, html or unified");
	if (o->rest.n == 0 && o->filter.sectors.n > 0)
		return diff_sector(app, o, err);
	if (o->rest.n == 0)
		return error_set(err, ERR_USAGE, "usage: regwatch diff ID [A..B], or regwatch diff --sector S --since DATE");
	if ((rc = choose_sides(app, o, &a, &b, err)) < 0 || (rc = render(app, o->format, &a, &b, &text, err)) < 0)
		return rc;
	fwrite(buf_str(&text), 1, text.len, output_begin(app));
	return 0;
}
