#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"

/* ---- rows ---- */

#define ROW "m.n, m.id, d.id, m.path, m.blob, m.commit_id, m.title, m.member, m.members, m.source, m.area, m.kind, m.versions, m.distributed," \
    " m.deadline, d.effective, d.withdrawn, m.low, m.sectors, (SELECT t.id FROM dossier t WHERE t.d = d.twin), m.vanished"
#define ROW_COLUMNS 21		/* the snippet stands behind them */

static void
fill_row(sqlite3_stmt *s, struct date today, struct index_row *row, struct index_record *record)
{
	*row = (struct index_row){ .id = index_text(s, 1), .dossier = index_text(s, 2), .path = index_text(s, 3), .blob = index_text(s, 4),
	    .commit = index_text(s, 5), .title = index_text(s, 6), .member = index_text(s, 7), .members = index_text(s, 8),
	    .source = (enum source)sqlite3_column_int(s, 9), .area = (enum area)sqlite3_column_int(s, 10),
	    .kind = (enum kind)sqlite3_column_int(s, 11), .versions = sqlite3_column_int(s, 12), .distributed = index_date(s, 13),
	    .deadline = index_date(s, 14), .effective_deadline = index_date(s, 15), .withdrawn = sqlite3_column_int(s, 16) != 0,
	    .low_confidence = sqlite3_column_int(s, 17) != 0, .sectors = index_text(s, 18), .twin = index_text(s, 19),
	    .vanished = index_date(s, 20), .snippet = "" };
	row->open = date_is_set(row->effective_deadline) && date_cmp(row->effective_deadline, today) >= 0;
	if (sqlite3_column_count(s) > ROW_COLUMNS)
		row->snippet = index_text(s, ROW_COLUMNS);
	record->n = sqlite3_column_int64(s, 0);
	record->blob = row->blob;
	row->record = record;
}

static int
each_row(struct index *ix, sqlite3_stmt *s, int (*fn)(void *ctx, const struct index_row *row), void *ctx, long *rows, struct error *err)
{
	struct date today = clock_today();
	int step, rc;

	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		struct index_record record = { .ix = ix, .notice = NOTICE_INIT };
		struct index_row row;

		fill_row(s, today, &row, &record);
		++*rows;
		rc = fn(ctx, &row);
		if (record.have)
			notice_clear(&record.notice);
		if (rc != 0)
			return rc;
	}
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot list");
}

int
index_get(struct index *ix, const char *id, int (*fn)(void *ctx, const struct index_row *row), void *ctx, struct error *err)
{
	AUTO_STMT *s = NULL;
	long rows = 0;
	int rc;

	if ((rc = index_prepare(ix, "SELECT " ROW " FROM notice m JOIN dossier d ON d.d = m.d WHERE m.id = ?", &s, err)) < 0)
		return rc;
	sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
	rc = each_row(ix, s, fn, ctx, &rows, err);
	if (rc == 0 && rows == 0)
		return error_set(err, ERR_NOTFOUND, "no notification '%s'", id);
	return rc;
}

/* ---- lists ---- */

/* CROSS JOIN fixes the order of the loops: SQLite cannot know that few dossiers are open and few records bear a word. */
static void
add_tables(struct query *q, const struct filter *f, bool match)
{
	if (match)
		query_add(q, " FROM words CROSS JOIN notice m ON m.n = words.rowid CROSS JOIN dossier d ON d.d = m.d");
	else if (f->open)
		query_add(q, " FROM dossier d CROSS JOIN notice m ON m.d = d.d");
	else if (f->sectors.n > 0) {
		query_add(q, " FROM (SELECT DISTINCT n FROM label WHERE sector IN ");
		query_sectors(q, &f->sectors);
		query_add(q, ") l CROSS JOIN notice m ON m.n = l.n CROSS JOIN dossier d ON d.d = m.d");
	} else if (f->members.n > 0) {
		query_add(q, " FROM (SELECT DISTINCT n FROM member WHERE member IN ");
		query_strings(q, &f->members);
		query_add(q, ") l CROSS JOIN notice m ON m.n = l.n CROSS JOIN dossier d ON d.d = m.d");
	} else
		query_add(q, " FROM notice m CROSS JOIN dossier d ON d.d = m.d");
}

/* Conditions on one notification, of table alias m. */
static void
add_conditions(struct query *q, const struct filter *f, const char *m)
{
	query_filter(q, f, m);
	if (f->since != 0) {
		buf_addf(&q->sql, " AND %s.distributed >= ", m);
		query_int(q, date_days(date_of_instant(f->since)));
	}
	if (f->until != 0) {
		/* exclusive: a day counts when it begins before */
		buf_addf(&q->sql, " AND %s.distributed <= ", m);
		query_int(q, date_days(date_of_instant(f->until - 1)));
	}
	if (f->events.n > 0) {
		buf_addf(&q->sql, " AND EXISTS (SELECT 1 FROM version v JOIN event e ON e.pos = v.pos WHERE v.n = %s.n AND e.kind IN ", m);
		query_kinds(q, &f->events);
		query_add(q, ")");
	}
	if (q->except.len > 0) {
		buf_addf(&q->sql, " AND %s.n NOT IN (SELECT rowid FROM words WHERE words MATCH ", m);
		query_text(q, buf_str(&q->except));
		query_add(q, ")");
	}
}

static void
add_today(struct query *q)
{
	query_add(q, " AND d.effective >= ");
	query_int(q, date_days(clock_today()));
}

static void
add_order(struct query *q, const struct filter *f, enum index_order order, bool match)
{
	if (order == ORDER_BEST && match)
		query_add(q, " ORDER BY words.rank");
	else
		query_add(q, " ORDER BY m.distributed DESC, m.n DESC");
	if (f->limit > 0) {
		query_add(q, " LIMIT ");
		query_int(q, f->limit);
	}
}

/* All behind the columns of a list, but for its order. */
static void
add_match(struct query *q, const struct filter *f)
{
	bool match = q->match.len > 0;
	struct filter rest = *f;

	add_tables(q, f, match);
	if (!match && !f->open && f->sectors.n > 0)	/* then the tables see to it */
		rest.sectors.n = 0;
	else if (!match && !f->open)
		rest.members.n = 0;
	query_add(q, " WHERE 1");
	if (match) {
		query_add(q, " AND words MATCH ");
		query_text(q, buf_str(&q->match));
	}
	if (match && q->behind > 0) {
		query_add(q, " AND words.rowid > ");
		query_int(q, q->behind);
	}
	add_conditions(q, &rest, "m");
	if (f->open)
		add_today(q);
}

static void
build_list(struct query *q, const struct filter *f, enum index_order order, const char *columns)
{
	bool match = q->match.len > 0;

	query_add(q, columns);
	if (match)
		query_add(q, ", snippet(words, -1, char(2), char(3), '…', 24)");
	add_match(q, f);
	add_order(q, f, order, match);
}

static void
build_deadlines(struct query *q, const struct filter *f)
{
	query_add(q, "SELECT " ROW " FROM dossier d CROSS JOIN notice m ON m.n = d.head AND m.d = d.d WHERE NOT d.withdrawn");
	add_today(q);
	query_add(q, " AND EXISTS (SELECT 1 FROM notice k WHERE k.d = d.d");
	add_conditions(q, f, "k");
	if (q->match.len > 0) {
		query_add(q, " AND k.n IN (SELECT rowid FROM words WHERE words MATCH ");
		query_text(q, buf_str(&q->match));
		query_add(q, ")");
	}
	query_add(q, ") ORDER BY d.effective, d.d");
	if (f->limit > 0) {
		query_add(q, " LIMIT ");
		query_int(q, f->limit);
	}
}

/* ---- words that occur everywhere ---- */

#define RANKED 1000	/* rows that are ranked in some 3 ms */

/* The row behind the newest RANKED that match, 0 when no more than those do; negative on failure. */
static int64_t
row_behind(struct index *ix, const char *match, struct error *err)
{
	AUTO_QUERY q = QUERY_INIT;
	AUTO_STMT *s = NULL;
	int rc;

	query_add(&q, "SELECT rowid FROM words WHERE words MATCH ");
	query_text(&q, match);
	query_add(&q, " ORDER BY rowid DESC LIMIT 1 OFFSET ");
	query_int(&q, RANKED);
	if ((rc = query_prepare(ix, &q, &s, err)) < 0)
		return rc;
	rc = sqlite3_step(s);
	return rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : rc == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot search");
}

/* 1 when this narrower question gives as many as are wanted. */
static int
is_enough(struct index *ix, const struct query *like, const char *match, int64_t behind, const struct filter *f, struct error *err)
{
	AUTO_QUERY q = QUERY_INIT;
	AUTO_STMT *s = NULL;
	int rc, step;
	long n = 0;

	buf_adds(&q.match, match);
	buf_adds(&q.except, buf_str(&like->except));
	q.behind = behind;
	query_add(&q, "SELECT 1");
	add_match(&q, f);
	query_add(&q, " LIMIT ");
	query_int(&q, f->limit);
	if ((rc = query_prepare(ix, &q, &s, err)) < 0)
		return rc;
	while ((step = sqlite3_step(s)) == SQLITE_ROW)
		n++;
	return step == SQLITE_DONE ? n >= f->limit : index_fail(ix, err, "cannot search");
}

/* Ranking all of 50,000 matches to show the best 20 takes too long. Where titles (and symbols) alone give as many as are wanted, those are the best; of
 * more titles than can be ranked at once the newest are looked at. */
static int
narrow(struct index *ix, struct query *q, const struct filter *f, struct error *err)
{
	AUTO_BUF titles = BUF_INIT;
	int64_t behind = f->limit > 0 ? row_behind(ix, buf_str(&q->match), err) : 0;
	int rc;

	if (behind <= 0)
		return (int)behind;
	buf_addf(&titles, "{id title} : (%s)", buf_str(&q->match));
	if ((rc = is_enough(ix, q, buf_str(&titles), 0, f, err)) <= 0)
		return rc;
	buf_reset(&q->match);
	buf_adds(&q->match, buf_str(&titles));
	if ((behind = row_behind(ix, buf_str(&titles), err)) <= 0)
		return (int)behind;
	if ((rc = is_enough(ix, q, buf_str(&titles), behind, f, err)) > 0)
		q->behind = behind;
	return rc < 0 ? rc : 0;
}

/* ---- running them ---- */

/* Row numbers of a statement, in its order; the caller frees. */
static int
collect(struct index *ix, sqlite3_stmt *s, int64_t **rows, size_t *n, struct error *err)
{
	size_t cap = 0;
	int step;

	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		*rows = xgrow(*rows, *n, &cap, sizeof(**rows));
		(*rows)[(*n)++] = sqlite3_column_int64(s, 0);
	}
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot list");
}

static int
show_rows(struct index *ix, const int64_t *rows, size_t n, int (*fn)(void *ctx, const struct index_row *row), void *ctx, struct error *err)
{
	AUTO_STMT *s = NULL;
	long shown = 0;
	int rc;

	if ((rc = index_prepare(ix, "SELECT " ROW " FROM notice m CROSS JOIN dossier d ON d.d = m.d WHERE m.n = ?", &s, err)) < 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		sqlite3_bind_int64(s, 1, rows[i]);
		if ((rc = each_row(ix, s, fn, ctx, &shown, err)) != 0)
			return rc;
		sqlite3_reset(s);
	}
	return 0;
}

/* Sorts row numbers, then looks the rows up: whole rows in SQLite's sorter take three times as long. */
static int
list_sorted(struct index *ix, struct query *q, const struct filter *f, int (*fn)(void *ctx, const struct index_row *row), void *ctx, struct error *err)
{
	AUTO_FREE int64_t *rows = NULL;
	AUTO_STMT *s = NULL;
	size_t n = 0;
	int rc;

	build_list(q, f, ORDER_NEWEST, "SELECT m.n");
	if ((rc = query_prepare(ix, q, &s, err)) < 0 || (rc = collect(ix, s, &rows, &n, err)) < 0)
		return rc;
	return show_rows(ix, rows, n, fn, ctx, err);
}

int
index_list(struct index *ix, const struct filter *f, const char *words, enum index_order order, int (*fn)(void *ctx, const struct index_row *row),
    void *ctx, struct error *err)
{
	AUTO_QUERY q = QUERY_INIT;
	AUTO_STMT *s = NULL;
	long rows = 0;
	int rc;

	if (words != NULL && !index_words(words, &q.match, &q.except))
		return 0;
	if (order == ORDER_BEST && q.match.len > 0 && (rc = narrow(ix, &q, f, err)) < 0)
		return rc;
	if (order == ORDER_DEADLINE)
		build_deadlines(&q, f);
	else if (q.match.len == 0 && (f->open || f->sectors.n > 0 || f->members.n > 0))
		return list_sorted(ix, &q, f, fn, ctx, err);
	else
		build_list(&q, f, order, "SELECT " ROW);
	if ((rc = query_prepare(ix, &q, &s, err)) < 0)
		return rc;
	return each_row(ix, s, fn, ctx, &rows, err);
}
