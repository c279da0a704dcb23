#include "index_private.h"

#include <stdarg.h>
#include <string.h>

const char *const index_sql[SQL_COUNT] = {
	[SQL_META_GET] = "SELECT value FROM meta WHERE key = ?",
	[SQL_META_SET] = "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",

	[SQL_NOTICE_FIND] = "SELECT n, blob, id FROM notice WHERE id = ?",
	[SQL_NOTICE_STATE] = "SELECT n, d, versions FROM notice WHERE id = ?",
	/* no UPSERT, no RETURNING, no INSERT of a SELECT: for these SQLite opens a savepoint, at which FTS5 writes out all it has gathered */
	[SQL_NOTICE_ADD] = "INSERT INTO notice(d, path, blob, commit_id, source, area, kind, member, members, title, distributed, deadline, own_deadline,"
	    " withdraws, vanished, versions, id, sectors, low) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)",
	[SQL_NOTICE_CHANGE] = "UPDATE notice SET d = ?1, path = ?2, blob = ?3, commit_id = ?4, source = ?5, area = ?6, kind = ?7, member = ?8, members = ?9,"
	    " title = ?10, distributed = ?11, deadline = ?12, own_deadline = ?13, withdraws = ?14, vanished = ?15, versions = ?16 WHERE id = ?17",
	[SQL_NOTICE_NEXT] = "SELECT n, blob FROM notice WHERE n > ? ORDER BY n LIMIT 1",

	[SQL_SYMBOL_CLEAR] = "DELETE FROM symbol WHERE n = ?",
	[SQL_SYMBOL_PUT] = "INSERT OR IGNORE INTO symbol(symbol, key, n) VALUES(?, ?, ?)",
	[SQL_SYMBOL_FIND] = "SELECT m.id FROM symbol s JOIN notice m ON m.n = s.n WHERE s.symbol = ?",
	[SQL_SYMBOL_KEY] = "SELECT s.symbol, m.id FROM symbol s JOIN notice m ON m.n = s.n WHERE s.key = ? LIMIT 100",

	[SQL_MEMBER_CLEAR] = "DELETE FROM member WHERE n = ?",
	[SQL_MEMBER_PUT] = "INSERT OR IGNORE INTO member(member, n) VALUES(?, ?)",

	[SQL_WORDS_CLEAR] = "DELETE FROM words WHERE rowid = ?",
	[SQL_WORDS_PUT] = "INSERT INTO words(rowid, id, title, products, description, agency, keywords) VALUES(?,?,?,?,?,?,?)",

	[SQL_VERSION_PUT] = "INSERT INTO version(commit_id, n, number, at, subject, alerts, deadline) VALUES(?,?,?,?,?,?,?)",
	[SQL_VERSION_SKIPPED] = "INSERT INTO version(commit_id) VALUES(?)",
	[SQL_VERSION_POSITION] = "SELECT pos FROM version WHERE commit_id = ?",
	[SQL_EVENT_PUT] = "INSERT INTO event(pos, i, kind, old, new, detail) VALUES(?,?,?,?,?,?)",

	[SQL_DOSSIER_FIND] = "SELECT d FROM dossier WHERE id = ?",
	[SQL_DOSSIER_PUT] = "INSERT INTO dossier(id) VALUES(?)",
	[SQL_DOSSIER_FIRST] = "UPDATE dossier SET effective = ?2, base = ?3, head = ?4 WHERE d = ?1",
	[SQL_DOSSIER_STATE] = "SELECT max(m.own_deadline), ifnull(max(m.withdraws), 0) FROM notice m WHERE m.d = ?",
	[SQL_DOSSIER_SET] = "UPDATE dossier SET effective = ?2, withdrawn = ?3 WHERE d = ?1 AND (effective IS NOT ?2 OR withdrawn <> ?3)",
	[SQL_DOSSIER_HEAD] = "SELECT b.n, d.head, h.id FROM dossier d LEFT JOIN notice b ON b.id = d.id AND b.d = d.d"
	    " LEFT JOIN notice h ON h.n = d.head AND h.d = d.d WHERE d.d = ?",
	[SQL_DOSSIER_HEAD_SET] = "UPDATE dossier SET base = ?2, head = ?3 WHERE d = ?1",
	[SQL_DOSSIER_DROP] = "DELETE FROM dossier WHERE d = ?1 AND NOT EXISTS (SELECT 1 FROM notice WHERE d = ?1)",
	[SQL_DOSSIER_MEMBERS] = "SELECT m.id FROM dossier d JOIN notice m ON m.d = d.d WHERE d.id = ?",
	[SQL_DOSSIER_CONTEXT] = "SELECT max(m.own_deadline), ifnull(max(m.id = d.id), 0), ifnull(max(m.withdraws), 0), d.d"
	    " FROM dossier d JOIN notice m ON m.d = d.d WHERE d.id = ? AND m.id <> ?",

	[SQL_MENTION_CLEAR] = "DELETE FROM mention WHERE n = ?",
	[SQL_MENTION_PUT] = "INSERT OR IGNORE INTO mention(key, n) VALUES(?, ?)",
	[SQL_MENTION_NAMED] = "SELECT 1 FROM symbol s JOIN mention q ON q.key = s.key JOIN notice x ON x.n = q.n JOIN notice a ON a.n = s.n"
	    " WHERE s.n = ? AND x.source <> a.source LIMIT 1",
	[SQL_TWIN_FIND] = "SELECT x.d, 0 AS way, x.id AS id FROM notice a JOIN mention q ON q.n = a.n JOIN symbol s ON s.key = q.key JOIN notice x ON x.n = s.n"
	    " WHERE a.d = ?1 AND x.source <> a.source AND (x.member = a.member OR x.member = 'EU' OR a.member = 'EU') UNION ALL"
	    " SELECT x.d, 1, x.id FROM notice a JOIN symbol s ON s.n = a.n JOIN mention q ON q.key = s.key JOIN notice x ON x.n = q.n"
	    " WHERE a.d = ?1 AND x.source <> a.source AND (x.member = a.member OR x.member = 'EU' OR a.member = 'EU') ORDER BY way, id LIMIT 1",
	[SQL_TWIN_GET] = "SELECT ifnull(twin, 0) FROM dossier WHERE d = ?",
	[SQL_TWIN_SET] = "UPDATE dossier SET twin = nullif(?2, 0) WHERE d = ?1",

	[SQL_LABEL_CLEAR] = "DELETE FROM label WHERE n = ?",
	[SQL_LABEL_CLEAR_INHERITED] = "DELETE FROM label WHERE n = ? AND inherited",
	[SQL_LABEL_PUT] = "INSERT OR IGNORE INTO label(n, sector, score, low, inherited, reason) VALUES(?,?,?,?,?,?)",
	[SQL_LABEL_OWN] = "SELECT sector, score, 0 FROM label WHERE n = ?1 AND NOT inherited AND NOT low UNION ALL"
	    " SELECT sector, score, 1 FROM guess WHERE n = ?1 ORDER BY 2 DESC, 1",
	[SQL_GUESS_CLEAR] = "DELETE FROM guess WHERE n = ?",
	[SQL_GUESS_PUT] = "INSERT INTO guess(n, sector, score, reason) VALUES(?,?,?,?)",
	[SQL_GUESS_HIDE] = "DELETE FROM label WHERE n = ? AND low AND NOT inherited",
	[SQL_GUESS_SHOW] = "INSERT OR IGNORE INTO label(n, sector, score, low, inherited, reason) SELECT n, sector, score, 1, 0, reason FROM guess WHERE n = ?",
	[SQL_LABEL_NAMES] = "UPDATE notice SET sectors = ?2, low = ?3 WHERE n = ?1 AND (sectors <> ?2 OR low <> ?3)",
	[SQL_LABEL_BASE] = "SELECT d.base, m.d FROM notice m JOIN dossier d ON d.d = m.d WHERE m.n = ?",
	[SQL_LABEL_FOLLOWERS] = "SELECT n FROM notice WHERE d = ?1 AND n > ?2 AND n <> ?3 ORDER BY n LIMIT 1",

	[SQL_RAW_GET] = "SELECT r.blob FROM notice m JOIN raw r ON r.n = m.n WHERE m.id = ? AND r.way = ?",
	[SQL_RAW_SET] = "INSERT OR IGNORE INTO raw(n, way, blob) VALUES((SELECT n FROM notice WHERE id = ?1), ?2, ?3)",
	[SQL_RAW_FORGET] = "DELETE FROM raw WHERE n = (SELECT n FROM notice WHERE id = ?) AND way = ?",
	[SQL_RAW_FORGET_ALL] = "DELETE FROM raw WHERE n = (SELECT n FROM notice WHERE id = ?)",

	[SQL_STORY_LOG] = "SELECT " INDEX_LOG_COLUMNS " FROM notice m CROSS JOIN version v ON v.n = m.n CROSS JOIN event e ON e.pos = v.pos"
	    " CROSS JOIN dossier d ON d.d = m.d WHERE m.d = ? ORDER BY v.pos, e.i",
	[SQL_STORY_LABELS] = "SELECT s.name, l.score, l.low, l.reason FROM notice m JOIN label l ON l.n = m.n JOIN sector s ON s.s = l.sector"
	    " WHERE m.id = ? ORDER BY l.score DESC, l.sector",
};

static enum errcode
error_code(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_AGAIN;
	case SQLITE_NOMEM:
		return ERR_SYSTEM;
	case SQLITE_ERROR:
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
		return ERR_BUG;
	default:
		return ERR_IO;
	}
}

int
index_fail(struct index *ix, struct error *err, const char *what)
{
	int rc = sqlite3_extended_errcode(ix->db);

	if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB) {
		ix->damaged = true;
		return error_set(err, ERR_IO, "index '%s' is damaged and will be made anew by the next command (%s)", ix->path, sqlite3_errmsg(ix->db));
	}
	return error_set(err, error_code(rc), "index '%s': %s: %s", ix->path, what, sqlite3_errmsg(ix->db));
}

int
index_exec(struct index *ix, const char *sql, struct error *err)
{
	return sqlite3_exec(ix->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : index_fail(ix, err, "cannot run a statement");
}

int
index_prepare(struct index *ix, const char *sql, sqlite3_stmt **out, struct error *err)
{
	return sqlite3_prepare_v2(ix->db, sql, -1, out, NULL) == SQLITE_OK ? 0 : index_fail(ix, err, "cannot prepare a statement");
}

static int
fixed(struct index *ix, enum index_sql which, sqlite3_stmt **out, struct error *err)
{
	if (ix->fixed[which] == NULL &&
	    sqlite3_prepare_v3(ix->db, index_sql[which], -1, SQLITE_PREPARE_PERSISTENT, &ix->fixed[which], NULL) != SQLITE_OK)
		return index_fail(ix, err, "cannot prepare a statement");
	*out = ix->fixed[which];
	return 0;
}

int
index_bind_date(sqlite3_stmt *s, int place, struct date d)
{
	return date_is_set(d) ? sqlite3_bind_int(s, place, date_days(d)) : sqlite3_bind_null(s, place);
}

static int
bind(sqlite3_stmt *s, const char *types, va_list ap)
{
	int rc = SQLITE_OK;
	int place = 1;

	for (const char *t = types; *t != '\0' && rc == SQLITE_OK; t++, place++)
		if (*t == 'i')
			rc = sqlite3_bind_int64(s, place, va_arg(ap, int64_t));
		else if (*t == 'n')
			rc = sqlite3_bind_int(s, place, va_arg(ap, int));
		else if (*t == 'd')
			rc = index_bind_date(s, place, va_arg(ap, struct date));
		else if (*t == 'f')
			rc = sqlite3_bind_double(s, place, va_arg(ap, double));
		else
			rc = sqlite3_bind_text(s, place, va_arg(ap, const char *), -1, SQLITE_STATIC);
	return rc;
}

static int
start(struct index *ix, enum index_sql which, sqlite3_stmt **s, struct error *err, const char *types, va_list ap)
{
	int rc;

	if ((rc = fixed(ix, which, s, err)) < 0)
		return rc;
	rc = bind(*s, types, ap) == SQLITE_OK ? sqlite3_step(*s) : SQLITE_ERROR;
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE) {
		sqlite3_reset(*s);
		return 0;
	}
	rc = index_fail(ix, err, "cannot run a statement");
	sqlite3_reset(*s);
	return rc;
}

int
index_run(struct index *ix, enum index_sql which, struct error *err, const char *types, ...)
{
	sqlite3_stmt *s;
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = start(ix, which, &s, err, types, ap);
	va_end(ap);
	if (rc == 1)
		sqlite3_reset(s);
	return rc < 0 ? rc : 0;
}

int
index_query(struct index *ix, enum index_sql which, sqlite3_stmt **row, struct error *err, const char *types, ...)
{
	va_list ap;
	int rc;

	va_start(ap, types);
	rc = start(ix, which, row, err, types, ap);
	va_end(ap);
	return rc;
}

const char *
index_text(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	return text != NULL ? text : "";
}

struct date
index_date(sqlite3_stmt *s, int column)
{
	return sqlite3_column_type(s, column) == SQLITE_NULL ? DATE_NONE : date_from_days(sqlite3_column_int(s, column));
}
