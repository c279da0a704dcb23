#include "index_private.h"

#include <string.h>

/* Where to look: a dossier (d), one notification (n), or everywhere (both 0). */
struct place {
	int64_t d, n;
	int64_t after;		/* position on main */
	bool by_event;		/* events come first, then their versions */
};

static int
find_id(struct index *ix, const char *id, struct place *p, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_DOSSIER_FIND, &row, err, "s", id);

	if (rc == 1) {
		p->d = sqlite3_column_int64(row, 0);
		sqlite3_reset(row);
		return 0;
	}
	if (rc < 0 || (rc = index_query(ix, SQL_NOTICE_FIND, &row, err, "s", id)) < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_NOTFOUND, "no notification '%s'", id);
	p->n = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return 0;
}

static int
find_commit(struct index *ix, const char *commit, struct place *p, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_VERSION_POSITION, &row, err, "s", commit);

	if (rc == 0)
		return error_set(err, ERR_DATA, "branch 'main' holds no commit %s", commit);
	if (rc < 0)
		return rc;
	p->after = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return 0;
}

/* Everywhere, kinds that few versions bear are looked for among the events themselves; one of these two each record's first version bears. */
static bool
is_by_event(const struct filter *f, const struct place *p)
{
	return p->d == 0 && p->n == 0 && f->events.n > 0 && !strv_has(&f->events, event_name(EVENT_NEW)) && !strv_has(&f->events, event_name(EVENT_ARCHIVED));
}

static const char *
position(const struct place *p)
{
	return p->by_event ? "e.pos" : "v.pos";
}

static void
add_place(struct query *q, const struct place *p)
{
	if (p->by_event)
		query_add(q, " FROM event e CROSS JOIN version v ON v.pos = e.pos CROSS JOIN notice m ON m.n = v.n CROSS JOIN dossier d ON d.d = m.d WHERE ");
	else if (p->d != 0 || p->n != 0)
		query_add(q, " FROM notice m CROSS JOIN version v ON v.n = m.n CROSS JOIN event e ON e.pos = v.pos CROSS JOIN dossier d ON d.d = m.d WHERE ");
	else
		query_add(q, " FROM version v CROSS JOIN event e ON e.pos = v.pos CROSS JOIN notice m ON m.n = v.n CROSS JOIN dossier d ON d.d = m.d WHERE ");
	if (p->d != 0) {
		query_add(q, "m.d = ");
		query_int(q, p->d);
	} else if (p->n != 0) {
		query_add(q, "m.n = ");
		query_int(q, p->n);
	} else
		query_add(q, "1");
	if (p->after != 0) {
		buf_addf(&q->sql, " AND %s > ", position(p));
		query_int(q, p->after);
	}
}

static void
add_conditions(struct query *q, const struct filter *f, const struct place *p)
{
	if (f->since != 0) {
		/* the clock of main may have been set back: the first position since then bounds the walk, the time itself decides */
		buf_addf(&q->sql, " AND %s >= (SELECT min(pos) FROM version WHERE at >= ", position(p));
		query_int(q, f->since);
		query_add(q, ") AND v.at >= ");
		query_int(q, f->since);
	}
	if (f->until != 0) {
		query_add(q, " AND v.at < ");
		query_int(q, f->until);
	}
	if (f->alerts)
		query_add(q, " AND v.alerts");
	if (f->events.n > 0) {
		query_add(q, " AND e.kind IN ");
		query_kinds(q, &f->events);
	}
	query_filter(q, f, "m");
	if (f->open) {
		query_add(q, " AND d.effective >= ");
		query_int(q, date_days(clock_today()));
	}
}

static void
fill_event(sqlite3_stmt *s, struct index_event *e)
{
	*e = (struct index_event){ .event = { .kind = (enum event_kind)sqlite3_column_int(s, 0), .old = (char *)sqlite3_column_text(s, 1),
	    .new = (char *)sqlite3_column_text(s, 2), .detail = (char *)sqlite3_column_text(s, 3) }, .at = sqlite3_column_int64(s, 4),
	    .commit = index_text(s, 5), .notification = index_text(s, 6), .dossier = index_text(s, 7),
	    .source = source_name((enum source)sqlite3_column_int(s, 8)), .area = area_name((enum area)sqlite3_column_int(s, 9)),
	    .member = index_text(s, 10), .title = index_text(s, 11), .sectors = index_text(s, 12), .deadline = index_date(s, 13),
	    .alerts = sqlite3_column_int(s, 14) != 0, .position = sqlite3_column_int64(s, 15) };
}

int
index_position(struct index *ix, const char *commit, int64_t *out, struct error *err)
{
	struct place p = { .after = 0 };
	int rc = commit[0] != '\0' ? find_commit(ix, commit, &p, err) : 0;

	*out = p.after;
	return rc;
}

/* All that there is to say of a dossier, oldest first: asked for so often that its statement is kept. */
static bool
is_story(const struct filter *f, const struct place *p, bool forward)
{
	return forward && p->d != 0 && p->after == 0 && f->sectors.n + f->members.n + f->sources.n + f->areas.n + f->events.n == 0 && f->since == 0 && f->until == 0 &&
	    !f->open && !f->uncoded && !f->alerts && f->limit == 0;
}

static int
each_event(struct index *ix, sqlite3_stmt *s, int step, int (*fn)(void *ctx, const struct index_event *e), void *ctx, struct error *err)
{
	for (; step == SQLITE_ROW; step = sqlite3_step(s)) {
		struct index_event e;
		int rc;

		fill_event(s, &e);
		if ((rc = fn(ctx, &e)) != 0)
			return rc;
	}
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot read the log");
}

static int
read_story(struct index *ix, int64_t d, int (*fn)(void *ctx, const struct index_event *e), void *ctx, struct error *err)
{
	sqlite3_stmt *s;
	int rc = index_query(ix, SQL_STORY_LOG, &s, err, "i", d);

	if (rc <= 0)
		return rc;
	rc = each_event(ix, s, SQLITE_ROW, fn, ctx, err);
	sqlite3_reset(s);
	return rc;
}

int
index_log(struct index *ix, const struct filter *f, const char *id, const char *after_commit, bool forward,
    int (*fn)(void *ctx, const struct index_event *e), void *ctx, struct error *err)
{
	struct place place = { .after = 0 };
	AUTO_QUERY q = QUERY_INIT;
	AUTO_STMT *s = NULL;
	int rc;

	if (id != NULL && (rc = find_id(ix, id, &place, err)) < 0)
		return rc;
	if (after_commit != NULL && after_commit[0] != '\0' && (rc = find_commit(ix, after_commit, &place, err)) < 0)
		return rc;
	if (is_story(f, &place, forward) && (ix->fixed[SQL_STORY_LOG] == NULL || !sqlite3_stmt_busy(ix->fixed[SQL_STORY_LOG])))
		return read_story(ix, place.d, fn, ctx, err);
	place.by_event = is_by_event(f, &place);
	query_add(&q, "SELECT " INDEX_LOG_COLUMNS);
	add_place(&q, &place);
	add_conditions(&q, f, &place);
	buf_addf(&q.sql, " ORDER BY %s%s, e.i", position(&place), forward ? "" : " DESC");
	if (f->limit > 0) {
		query_add(&q, " LIMIT ");
		query_int(&q, f->limit);
	}
	if ((rc = query_prepare(ix, &q, &s, err)) < 0)
		return rc;
	return each_event(ix, s, sqlite3_step(s), fn, ctx, err);
}

int
index_versions(struct index *ix, const char *id, int (*fn)(void *ctx, int n, const char *commit, int64_t at, const char *subject), void *ctx,
    struct error *err)
{
	AUTO_STMT *s = NULL;
	int n = 0;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT v.number, v.commit_id, v.at, v.subject FROM notice m CROSS JOIN version v ON v.n = m.n WHERE m.id = ?"
	    " ORDER BY v.pos", &s, err)) < 0)
		return rc;
	sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		n++;
		if ((rc = fn(ctx, sqlite3_column_int(s, 0), index_text(s, 1), sqlite3_column_int64(s, 2), index_text(s, 3))) != 0)
			return rc;
	}
	if (step != SQLITE_DONE)
		return index_fail(ix, err, "cannot read versions");
	return n > 0 ? 0 : error_set(err, ERR_NOTFOUND, "no notification '%s'", id);
}

int
index_counts(struct index *ix, struct index_counts *out, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc;

	*out = (struct index_counts){ 0 };
	if ((rc = index_prepare(ix, "SELECT (SELECT count(*) FROM notice), (SELECT count(*) FROM dossier), (SELECT count(*) FROM version),"
	    " (SELECT count(*) FROM event), (SELECT count(*) FROM dossier d CROSS JOIN notice m ON m.d = d.d WHERE d.effective >= ?),"
	    " (SELECT count(*) FROM notice WHERE sectors = ''), (SELECT count(*) FROM notice WHERE vanished IS NOT NULL)", &s, err)) < 0)
		return rc;
	sqlite3_bind_int(s, 1, date_days(clock_today()));
	if (sqlite3_step(s) != SQLITE_ROW)
		return index_fail(ix, err, "cannot count");
	*out = (struct index_counts){ .notifications = sqlite3_column_int64(s, 0), .dossiers = sqlite3_column_int64(s, 1),
	    .versions = sqlite3_column_int64(s, 2), .events = sqlite3_column_int64(s, 3), .open = sqlite3_column_int64(s, 4),
	    .uncoded = sqlite3_column_int64(s, 5), .vanished = sqlite3_column_int64(s, 6) };
	return 0;
}
