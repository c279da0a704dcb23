#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/notice/dossier.h"
#include "../lib/notice/symbol.h"

int
index_dossier_row(struct index *ix, const char *id, int64_t *d, bool *made, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_DOSSIER_FIND, &row, err, "s", id);

	*made = rc == 0;
	if (rc == 1) {
		*d = sqlite3_column_int64(row, 0);
		sqlite3_reset(row);
		return 0;
	}
	if (rc < 0 || (rc = index_run(ix, SQL_DOSSIER_PUT, err, "s", id)) < 0)
		return rc;
	*d = sqlite3_last_insert_rowid(ix->db);
	return 0;
}

/* Its base stands for a dossier; while that is unknown, the first in lineage: the one so far or the one that just came. */
static int
choose_head(struct index *ix, int64_t d, int64_t n, const char *id, struct error *err)
{
	sqlite3_stmt *row;
	int64_t base, head, old_head;
	int rc = index_query(ix, SQL_DOSSIER_HEAD, &row, err, "i", d);

	if (rc != 1)
		return rc;
	base = sqlite3_column_int64(row, 0);
	old_head = head = sqlite3_column_int64(row, 1);
	if (base != 0)
		head = base;
	else if (n != 0 && (sqlite3_column_type(row, 2) == SQLITE_NULL || symbol_cmp(id, index_text(row, 2)) < 0))
		head = n;
	sqlite3_reset(row);
	if (head == old_head)
		return 0;
	return index_run(ix, SQL_DOSSIER_HEAD_SET, err, "iii", d, base, head);
}

#define MEMBERS 1000	/* records looked at for one dossier; the largest known has some 40 */

struct members {
	struct notice *records;
	const struct notice **list;
	size_t n;
};

static void
members_clear(struct members *m)
{
	while (m->n > 0)
		notice_clear(&m->records[--m->n]);
	free(m->list);
	free(m->records);
}

/* What a withdrawal takes away and which later record takes it back needs the texts; withdrawals are rare enough to read them. */
static int
read_members(struct index *ix, int64_t d, struct members *m, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc;

	*m = (struct members){ xcalloc(MEMBERS, sizeof(*m->records)), xcalloc(MEMBERS, sizeof(*m->list)), 0 };
	if ((rc = index_prepare(ix, "SELECT n, blob FROM notice WHERE d = ? ORDER BY n", &s, err)) == 0)
		sqlite3_bind_int64(s, 1, d);
	while (rc == 0 && m->n < MEMBERS && sqlite3_step(s) == SQLITE_ROW) {
		m->list[m->n] = &m->records[m->n];
		rc = index_record_read(ix, sqlite3_column_int64(s, 0), index_text(s, 1), &m->records[m->n++], err);
	}
	return rc;
}

struct state {
	struct date effective;
	bool withdrawn;
};

static int
read_state(struct index *ix, int64_t d, struct state *state, struct error *err)
{
	struct members m;
	struct dossier dossier;
	int rc = read_members(ix, d, &m, err);

	if (rc == 0) {
		dossier_init(&dossier, m.list, m.n);
		*state = (struct state){ dossier.effective_deadline, dossier.withdrawn };
		dossier_clear(&dossier);
	}
	members_clear(&m);
	return rc;
}

int
index_dossier_refresh(struct index *ix, int64_t d, int64_t n, const char *id, struct date *effective, struct error *err)
{
	sqlite3_stmt *row;
	struct state state;
	int rc = index_query(ix, SQL_DOSSIER_STATE, &row, err, "i", d);

	if (rc != 1)
		return rc;
	state = (struct state){ index_date(row, 0), sqlite3_column_int(row, 1) != 0 };
	sqlite3_reset(row);
	if (state.withdrawn && (rc = read_state(ix, d, &state, err)) < 0)
		return rc;
	*effective = state.effective;
	if ((rc = index_run(ix, SQL_DOSSIER_SET, err, "idn", d, state.effective, (int)state.withdrawn)) < 0)
		return rc;
	return choose_head(ix, d, n, id, err);
}

static int
read_context(struct index *ix, int64_t d, const char *id, struct dossier_context *out, struct error *err)
{
	struct members m;
	int rc = read_members(ix, d, &m, err);

	if (rc == 0)
		dossier_context(m.list, m.n, id, out);
	members_clear(&m);
	return rc;
}

int
index_dossier_context(struct index *ix, const char *dossier, const char *except_id, struct dossier_context *out, struct error *err)
{
	sqlite3_stmt *row;
	bool withdrawal;
	int64_t d;
	int rc;

	*out = (struct dossier_context){ .deadline = DATE_NONE, .base_known = false };
	if ((rc = index_query(ix, SQL_DOSSIER_CONTEXT, &row, err, "ss", dossier, except_id)) != 1)
		return rc;
	out->deadline = out->voiding = index_date(row, 0);
	out->base_known = sqlite3_column_int(row, 1) != 0;
	withdrawal = sqlite3_column_int(row, 2) != 0;
	d = sqlite3_column_int64(row, 3);
	sqlite3_reset(row);
	if (!withdrawal && kind_of(except_id, false) != KIND_CORRIGENDUM)
		return 0;	/* nothing voids anything */
	return read_context(ix, d, except_id, out, err);
}

static int
by_lineage(const void *a, const void *b)
{
	return symbol_cmp(*(char *const *)a, *(char *const *)b);
}

int
index_dossier(struct index *ix, const char *dossier, struct strv *ids, struct error *err)
{
	sqlite3_stmt *row;
	int rc;

	if ((rc = index_query(ix, SQL_DOSSIER_MEMBERS, &row, err, "s", dossier)) < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_NOTFOUND, "no dossier '%s'", dossier);
	do
		strv_add(ids, index_text(row, 0));
	while ((rc = sqlite3_step(row)) == SQLITE_ROW);
	rc = rc == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot read a dossier");
	sqlite3_reset(row);
	qsort(ids->v, ids->n, sizeof(*ids->v), by_lineage);
	return rc;
}
