/* Labels: which sectors a record belongs to. What a record matches by itself is kept apart from what a follow-up inherits, so that a base that comes or
 * changes later hands its sectors on without a second look at the follow-ups' texts. */
#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/message.h"

static int
by_score(const void *a, const void *b)
{
	const struct sector_match *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->sector < y->sector ? -1 : x->sector > y->sector;
}

static void
add_match(struct sector_matches *m, const struct sector_match *one)
{
	m->v = xgrow(m->v, m->n, &m->cap, sizeof(*m->v));
	m->v[m->n++] = *one;
}

static int
put_label(struct index *ix, int64_t n, const struct sector_match *m, bool inherited, struct error *err)
{
	AUTO_BUF reason = BUF_INIT;
	int rc;

	sector_reason_text(m, &reason);
	rc = index_run(ix, SQL_LABEL_PUT, err, "iifnns", n, (int64_t)m->sector, m->score, (int)m->low, (int)inherited, buf_str(&reason));
	if (rc == 0 && m->low && !inherited)
		rc = index_run(ix, SQL_GUESS_PUT, err, "iifs", n, (int64_t)m->sector, m->score, buf_str(&reason));
	return rc;
}

/* The row's summary: names, best first, and whether all of them are weak. */
static bool
name_all(const struct index *ix, struct sector_matches *m, struct buf *names)
{
	bool low = true;

	if (m->n > 1)
		qsort(m->v, m->n, sizeof(*m->v), by_score);
	for (size_t i = 0; i < m->n; i++) {
		if (!m->v[i].assigned)
			continue;
		buf_addf(names, "%s%s", names->len > 0 ? "," : "", sectors_name(ix->labels, m->v[i].sector));
		low = low && m->v[i].low;
	}
	return names->len > 0 && low;
}

static int
put_names(struct index *ix, int64_t n, struct sector_matches *m, struct error *err)
{
	AUTO_BUF names = BUF_INIT;
	bool low = name_all(ix, m, &names);

	return index_run(ix, SQL_LABEL_NAMES, err, "isn", n, buf_str(&names), (int)low);
}

static int
put_own(struct index *ix, int64_t n, const struct sector_matches *m, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < m->n; i++)
		if (m->v[i].assigned)
			rc = put_label(ix, n, &m->v[i], false, err);
	return rc;
}

static int
clear_own(struct index *ix, int64_t n, struct error *err)
{
	int rc = index_run(ix, SQL_LABEL_CLEAR, err, "i", n);

	return rc < 0 ? rc : index_run(ix, SQL_GUESS_CLEAR, err, "i", n);
}

/* What a record matches by itself, as stored: without the reasons. */
static int
load_own(struct index *ix, int64_t n, struct sector_matches *out, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_LABEL_OWN, &row, err, "i", n);

	if (rc != 1)
		return rc;
	do
		add_match(out, &(struct sector_match){ .sector = (size_t)sqlite3_column_int64(row, 0), .score = sqlite3_column_double(row, 1),
		    .low = sqlite3_column_int(row, 2) != 0, .assigned = true });
	while ((rc = sqlite3_step(row)) == SQLITE_ROW);
	rc = rc == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot read labels");
	sqlite3_reset(row);
	return rc;
}

static bool
has_guess(const struct sector_matches *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].low && m->v[i].n == 0)
			return true;
	return false;
}

/* Puts the own guess of a record among its labels, or takes it from there. */
static int
show_guess(struct index *ix, int64_t n, const struct sector_matches *own, const struct sector_matches *both, struct error *err)
{
	if (!has_guess(own))
		return 0;
	return index_run(ix, has_guess(both) ? SQL_GUESS_SHOW : SQL_GUESS_HIDE, err, "i", n);
}

/* Gives follow-up n what its base has and it has not. Own matches are those without reasons. */
static int
inherit(struct index *ix, int64_t n, const struct sector_matches *base, struct error *err)
{
	AUTO_MATCHES own = SECTOR_MATCHES_INIT;
	AUTO_MATCHES both = SECTOR_MATCHES_INIT;
	int rc;

	if ((rc = index_run(ix, SQL_LABEL_CLEAR_INHERITED, err, "i", n)) < 0 || (rc = load_own(ix, n, &own, err)) < 0)
		return rc;
	for (size_t i = 0; i < own.n; i++)
		add_match(&both, &own.v[i]);
	sectors_inherit(&both, base);
	rc = show_guess(ix, n, &own, &both, err);
	for (size_t i = 0; rc == 0 && i < both.n; i++)
		if (both.v[i].assigned && both.v[i].n > 0)
			rc = put_label(ix, n, &both.v[i], true, err);
	return rc < 0 ? rc : put_names(ix, n, &both, err);
}

/* Base and dossier of a notification; *base is 0 while unknown. */
static int
base_of(struct index *ix, int64_t n, int64_t *base, int64_t *d, struct error *err)
{
	sqlite3_stmt *row;
	int rc;

	*base = *d = 0;
	if ((rc = index_query(ix, SQL_LABEL_BASE, &row, err, "i", n)) != 1)
		return rc;
	*base = sqlite3_column_int64(row, 0);
	*d = sqlite3_column_int64(row, 1);
	sqlite3_reset(row);
	return 0;
}

static int
hand_on(struct index *ix, int64_t base, int64_t d, struct error *err)
{
	AUTO_MATCHES has = SECTOR_MATCHES_INIT;
	sqlite3_stmt *row;
	int64_t n = 0;
	int rc;

	while ((rc = index_query(ix, SQL_LABEL_FOLLOWERS, &row, err, "iii", d, n, base)) == 1) {
		bool known = n > 0;

		n = sqlite3_column_int64(row, 0);
		sqlite3_reset(row);
		if ((!known && (rc = load_own(ix, base, &has, err)) < 0) || (rc = inherit(ix, n, &has, err)) < 0)
			return rc;
	}
	return rc;
}

bool
index_label_names(struct index *ix, struct sector_matches *own, struct buf *names)
{
	if (ix->labels == NULL)
		ix->unlabelled = true;
	return ix->labels != NULL && name_all(ix, own, names);
}

int
index_label_put(struct index *ix, int64_t n, struct sector_matches *own, bool first, struct error *err)
{
	AUTO_MATCHES has = SECTOR_MATCHES_INIT;
	int64_t base, d;
	int rc;

	if (ix->labels == NULL)
		return 0;
	if ((!first && (rc = clear_own(ix, n, err)) < 0) || (rc = put_own(ix, n, own, err)) < 0 || (!first && (rc = put_names(ix, n, own, err)) < 0) ||
	    (rc = base_of(ix, n, &base, &d, err)) < 0 || base == 0)
		return rc;
	if (base == n)
		return hand_on(ix, base, d, err);
	if ((rc = load_own(ix, base, &has, err)) < 0)
		return rc;
	return inherit(ix, n, &has, err);
}

/* ---- when the sectors changed ---- */

static int
put_sectors(struct index *ix, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc;

	if ((rc = index_exec(ix, "DELETE FROM label; DELETE FROM guess; DELETE FROM sector", err)) < 0 ||
	    (rc = index_prepare(ix, "INSERT INTO sector(s, name) VALUES(?, ?)", &s, err)) < 0)
		return rc;
	for (size_t i = 0; i < sectors_count(ix->labels); i++) {
		sqlite3_bind_int64(s, 1, (int64_t)i);
		sqlite3_bind_text(s, 2, sectors_name(ix->labels, i), -1, SQLITE_STATIC);
		if (sqlite3_step(s) != SQLITE_DONE)
			return index_fail(ix, err, "cannot write sectors");
		sqlite3_reset(s);
	}
	return index_run(ix, SQL_META_SET, err, "ss", "fingerprint", sectors_fingerprint(ix->labels));
}

static int
label_alone(struct index *ix, int64_t n, const char *blob, struct error *err)
{
	AUTO_MATCHES own = SECTOR_MATCHES_INIT;
	AUTO_NOTICE notice = NOTICE_INIT;
	struct error cause;
	int rc;

	if (index_record_read(ix, n, blob, &notice, &cause) < 0)
		message_warn("%s: not labelled", cause.text);
	else
		sectors_match(ix->labels, &notice, &own);
	rc = put_own(ix, n, &own, err);
	return rc < 0 ? rc : put_names(ix, n, &own, err);
}

static int
label_each(struct index *ix, struct error *err)
{
	sqlite3_stmt *row;
	int64_t n = 0;
	int rc;

	while ((rc = index_query(ix, SQL_NOTICE_NEXT, &row, err, "i", n)) == 1) {
		char blob[OID_HEX];

		n = sqlite3_column_int64(row, 0);
		snprintf(blob, sizeof(blob), "%s", index_text(row, 1));
		sqlite3_reset(row);
		if ((rc = label_alone(ix, n, blob, err)) < 0)
			return rc;
	}
	return rc;
}

static int
inherit_each(struct index *ix, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT base, d FROM dossier d WHERE base IS NOT NULL AND base <> 0 AND"
	    " EXISTS (SELECT 1 FROM notice m WHERE m.d = d.d AND m.n <> d.base)", &s, err)) < 0)
		return rc;
	while ((step = sqlite3_step(s)) == SQLITE_ROW)
		if ((rc = hand_on(ix, sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), err)) < 0)
			return rc;
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot read dossiers");
}

/* Inside a transaction. */
int
index_label_all(struct index *ix, struct error *err)
{
	int rc;

	if ((rc = put_sectors(ix, err)) < 0 || (rc = label_each(ix, err)) < 0)
		return rc;
	return inherit_each(ix, err);
}

int
index_labels(struct index *ix, const char *id, int (*fn)(void *ctx, const char *sector, double score, bool low, const char *reason), void *ctx,
    struct error *err)
{
	sqlite3_stmt *s;
	int rc = index_query(ix, SQL_STORY_LABELS, &s, err, "s", id), step = SQLITE_ROW;

	if (rc <= 0)
		return rc;
	for (rc = 0; rc == 0 && step == SQLITE_ROW; step = rc == 0 ? sqlite3_step(s) : step)
		rc = fn(ctx, index_text(s, 0), sqlite3_column_double(s, 1), sqlite3_column_int(s, 2) != 0, index_text(s, 3));
	if (rc == 0 && step != SQLITE_DONE)
		rc = index_fail(ix, err, "cannot read labels");
	sqlite3_reset(s);
	return rc;
}
