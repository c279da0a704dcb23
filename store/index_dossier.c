#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/notice/symbol.h"

/* The row of a dossier, made when it is the first time. */
int
index_dossier_row(struct index *ix, const char *id, int64_t *d, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_DOSSIER_FIND, &row, err, "s", id);

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

int
index_dossier_refresh(struct index *ix, int64_t d, int64_t n, const char *id, struct date *effective, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_DOSSIER_REFRESH, &row, err, "i", d);

	if (rc < 0)
		return rc;
	*effective = DATE_NONE;
	if (rc == 1) {
		*effective = index_date(row, 0);
		sqlite3_reset(row);
	}
	return choose_head(ix, d, n, id, err);
}

int
index_dossier_context(struct index *ix, const char *dossier, const char *except_id, struct dossier_context *out, struct error *err)
{
	sqlite3_stmt *row;
	int rc;

	*out = (struct dossier_context){ .deadline = DATE_NONE, .base_known = false };
	if ((rc = index_query(ix, SQL_DOSSIER_CONTEXT, &row, err, "ss", dossier, except_id)) != 1)
		return rc;
	out->deadline = index_date(row, 0);
	out->base_known = sqlite3_column_int(row, 1) != 0;
	sqlite3_reset(row);
	return 0;
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
