#include "index_private.h"

void
index_map(struct index *ix, bool on)
{
	struct error ignored;

	(void)index_exec(ix, on ? "PRAGMA mmap_size = 2147418112" : "PRAGMA mmap_size = 0", &ignored);	/* the largest that SQLite allows */
}

int
index_hold(struct index *ix, struct error *err)
{
	int rc = ix->held > 0 ? 0 : index_exec(ix, "BEGIN", err);

	ix->held += rc == 0;
	return rc;
}

void
index_let_go(struct index *ix)
{
	struct error ignored;

	if (ix->held > 0 && --ix->held == 0)
		(void)index_exec(ix, "COMMIT", &ignored);
}

int
index_each_dossier(struct index *ix, int (*fn)(void *ctx, const struct index_dossier *d), void *ctx, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT d, id, effective, withdrawn, twin FROM dossier ORDER BY d", &s, err)) < 0)
		return rc;
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		const struct index_dossier d = { .number = sqlite3_column_int64(s, 0), .id = index_text(s, 1), .effective_deadline = index_date(s, 2),
		    .withdrawn = sqlite3_column_int(s, 3) != 0, .twin = sqlite3_column_int64(s, 4) };

		if ((rc = fn(ctx, &d)) != 0)
			return rc;
	}
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot list dossiers");
}

int
index_each_notice(struct index *ix, int (*fn)(void *ctx, int64_t dossier, const struct index_row *row), void *ctx, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT d, id, blob, commit_id, title, member, members, source, area, kind, versions, distributed, deadline, vanished, low,"
	    " sectors FROM notice ORDER BY n", &s, err)) < 0)
		return rc;
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		const struct index_row row = { .id = index_text(s, 1), .dossier = "", .path = "", .blob = index_text(s, 2), .commit = index_text(s, 3),
		    .title = index_text(s, 4), .member = index_text(s, 5), .members = index_text(s, 6), .source = (enum source)sqlite3_column_int(s, 7),
		    .area = (enum area)sqlite3_column_int(s, 8), .kind = (enum kind)sqlite3_column_int(s, 9), .versions = sqlite3_column_int(s, 10),
		    .distributed = index_date(s, 11), .deadline = index_date(s, 12), .vanished = index_date(s, 13), .low_confidence = sqlite3_column_int(s, 14) != 0,
		    .sectors = index_text(s, 15), .twin = "", .snippet = "" };

		if ((rc = fn(ctx, sqlite3_column_int64(s, 0), &row)) != 0)
			return rc;
	}
	return step == SQLITE_DONE ? 0 : index_fail(ix, err, "cannot list");
}

int
index_each_text(struct index *ix, const char *const *ids, size_t n, void (*fn)(void *ctx, size_t i, const char *products, const char *description),
    void *ctx, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT w.products, w.description FROM notice m CROSS JOIN words w ON w.rowid = m.n WHERE m.id = ?", &s, err)) < 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		sqlite3_bind_text(s, 1, ids[i], -1, SQLITE_STATIC);
		if ((step = sqlite3_step(s)) == SQLITE_ROW)
			fn(ctx, i, index_text(s, 0), index_text(s, 1));
		else if (step != SQLITE_DONE)
			return index_fail(ix, err, "cannot read texts");
		sqlite3_reset(s);
	}
	return 0;
}
