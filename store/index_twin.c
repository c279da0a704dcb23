/* What a record names. The same draft in both systems: a record that names a notification of the other system, by the same member (or the European Union),
 * links the two dossiers, whichever comes first. Names of its own system are kept, too, for who asks which dossiers name one another. */
#include "index_private.h"

#include <string.h>

#include "../lib/notice/reference.h"

/* *put: those of the other system. */
static int
put_mentions(struct index *ix, int64_t n, const struct notice *notice, size_t *put, struct error *err)
{
	AUTO_REFERENCES named = REFERENCES_INIT;
	int rc = 0;

	references_read(notice, &named);
	for (size_t i = 0; rc == 0 && i < named.n; i++) {
		AUTO_BUF key = BUF_INIT;

		index_symbol_key(named.v[i].symbol, &key);
		rc = index_run(ix, SQL_MENTION_PUT, err, "si", buf_str(&key), n);
		*put += reference_other_system(notice, named.v[i].symbol);
	}
	return rc;
}

static int
one_number(struct index *ix, enum index_sql which, int64_t d, int64_t *out, struct error *err)
{
	sqlite3_stmt *row;
	int rc;

	*out = 0;
	if ((rc = index_query(ix, which, &row, err, "i", d)) != 1)
		return rc;
	*out = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return 0;
}

/* Sets the link of one dossier by what the mentions say now; *old and *now are what it was and is. */
static int
relink(struct index *ix, int64_t d, int64_t *old, int64_t *now, struct error *err)
{
	int rc;

	if ((rc = one_number(ix, SQL_TWIN_GET, d, old, err)) < 0 || (rc = one_number(ix, SQL_TWIN_FIND, d, now, err)) < 0 || *old == *now)
		return rc;
	return index_run(ix, SQL_TWIN_SET, err, "ii", d, *now);
}

/* Does this record name another or another name it? Nearly all do not. */
static int
concerned(struct index *ix, int64_t n, const struct notice *notice, bool first, bool *out, struct error *err)
{
	size_t put = 0;
	int64_t named;
	int rc;

	if (!first && (rc = index_run(ix, SQL_MENTION_CLEAR, err, "i", n)) < 0)
		return rc;
	if ((rc = put_mentions(ix, n, notice, &put, err)) < 0)
		return rc;
	*out = put > 0 || !first;
	if (*out)
		return 0;
	rc = one_number(ix, SQL_MENTION_NAMED, n, &named, err);
	*out = named != 0;
	return rc;
}

int
index_twin_update(struct index *ix, int64_t d, int64_t n, const struct notice *notice, bool first, struct error *err)
{
	int64_t old, now, x, y;
	bool look;
	int rc;

	if ((rc = concerned(ix, n, notice, first, &look, err)) < 0 || !look)
		return rc;
	if ((rc = relink(ix, d, &old, &now, err)) < 0)
		return rc;
	if (old != 0 && old != now && (rc = relink(ix, old, &x, &y, err)) < 0)
		return rc;
	return now != 0 ? relink(ix, now, &x, &y, err) : 0;
}
