#include "index_private.h"

#include "../lib/notice/canon.h"

int
index_record_read(struct index *ix, int64_t n, const char *blob, struct notice *out, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	int rc = index_pending_get(ix, n, &text, err);

	if (rc == 0)
		rc = store_read_blob(ix->st, blob, &text, err);
	if (rc < 0)
		return error_prefix(err, "record %s", blob);
	if ((rc = canon_read(buf_str(&text), text.len, out, err)) < 0)
		return error_prefix(err, "record %s", blob);
	return 0;
}

const struct notice *
index_row_notice(const struct index_row *row, struct error *err)
{
	struct index_record *r = row->record;

	if (r->have)
		return &r->notice;
	if (index_record_read(r->ix, r->n, r->blob, &r->notice, err) < 0) {
		notice_clear(&r->notice);
		return NULL;
	}
	r->have = true;
	return &r->notice;
}

int
index_notice(struct index *ix, const char *id, struct notice *out, struct error *err)
{
	sqlite3_stmt *row;
	char blob[OID_HEX];
	int64_t n;
	int rc;

	notice_init(out);
	if ((rc = index_query(ix, SQL_NOTICE_FIND, &row, err, "s", id)) < 0)
		return rc;
	if (rc == 0)
		return error_set(err, ERR_NOTFOUND, "no notification '%s'", id);
	n = sqlite3_column_int64(row, 0);
	snprintf(blob, sizeof(blob), "%s", index_text(row, 1));
	sqlite3_reset(row);
	return index_record_read(ix, n, blob, out, err);
}
