#include "index_private.h"

#include <errno.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/message.h"

/* Raised with every change of the tables or of what is put into them: an index of another number is made anew. */
#define SCHEMA 4
#define SCHEMA_TEXT "4"

#define BUSY_MS 10000	/* how long to wait for another process; a commit of a large import takes seconds */

/* Dates are days since 1970, null for none. Rows of notice and dossier are numbered in the order of main, so that the same history gives the same
 * numbers. 'own_deadline' is what the record says by itself (event_own_deadline), 'effective' the latest of the dossier's records that no corrigendum
 * voids; 'head' stands for the dossier in lists: its base or, while that is unknown, the first in lineage. A version whose commit made no sense has no
 * n. */
static const char schema[] =
"CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
"CREATE TABLE dossier(d INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, effective INTEGER, withdrawn INTEGER NOT NULL DEFAULT 0, base INTEGER,"
" head INTEGER, twin INTEGER);"
"CREATE INDEX dossier_effective ON dossier(effective) WHERE effective IS NOT NULL;"
"CREATE TABLE notice(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, d INTEGER NOT NULL, path TEXT NOT NULL, blob TEXT NOT NULL,"
" commit_id TEXT NOT NULL, versions INTEGER NOT NULL, source INTEGER NOT NULL, area INTEGER NOT NULL, kind INTEGER NOT NULL, member TEXT NOT NULL,"
" members TEXT NOT NULL, title TEXT NOT NULL, distributed INTEGER, deadline INTEGER, own_deadline INTEGER, withdraws INTEGER NOT NULL,"
" vanished INTEGER, low INTEGER NOT NULL DEFAULT 0, sectors TEXT NOT NULL DEFAULT '');"
"CREATE INDEX notice_dossier ON notice(d);"
"CREATE INDEX notice_day ON notice(distributed, n);"
"CREATE INDEX notice_uncoded ON notice(distributed, n) WHERE sectors = '';"
"CREATE TABLE symbol(symbol TEXT COLLATE NOCASE PRIMARY KEY, key TEXT, n INTEGER NOT NULL) WITHOUT ROWID;"
"CREATE INDEX symbol_key ON symbol(key, n);"
"CREATE INDEX symbol_notice ON symbol(n);"
"CREATE TABLE member(member TEXT, n INTEGER, PRIMARY KEY(member, n)) WITHOUT ROWID;"
"CREATE INDEX member_notice ON member(n);"
"CREATE TABLE version(pos INTEGER PRIMARY KEY, commit_id TEXT NOT NULL UNIQUE, n INTEGER, number INTEGER, at INTEGER, subject TEXT, alerts INTEGER,"
" deadline INTEGER);"
"CREATE INDEX version_notice ON version(n, pos);"
"CREATE INDEX version_at ON version(at);"
"CREATE TABLE event(pos INTEGER, i INTEGER, kind INTEGER NOT NULL, old TEXT, new TEXT, detail TEXT, PRIMARY KEY(pos, i)) WITHOUT ROWID;"
"CREATE TABLE sector(s INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
"CREATE TABLE label(n INTEGER, sector INTEGER, score REAL NOT NULL, low INTEGER NOT NULL, inherited INTEGER NOT NULL, reason TEXT NOT NULL,"
" PRIMARY KEY(n, sector)) WITHOUT ROWID;"
"CREATE INDEX label_sector ON label(sector, n);"
/* a record's own guess, which is among the labels only while its base has nothing sure */
"CREATE TABLE guess(n INTEGER PRIMARY KEY, sector INTEGER NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL);"
"CREATE TABLE mention(key TEXT, n INTEGER, PRIMARY KEY(key, n)) WITHOUT ROWID;"
"CREATE INDEX mention_notice ON mention(n);"
"CREATE TABLE raw(n INTEGER, way INTEGER, blob TEXT NOT NULL, PRIMARY KEY(n, way)) WITHOUT ROWID;"
"CREATE VIRTUAL TABLE words USING fts5(id, title, products, description, agency, keywords, tokenize = 'unicode61 remove_diacritics 2');"
/* a word in the title tells more than one in the description; a symbol asked for comes first */
"INSERT INTO words(words, rank) VALUES('rank', 'bm25(20.0, 10.0, 4.0, 1.0, 1.0, 3.0)');"
"INSERT INTO words(words, rank) VALUES('hashsize', 16777216);"	/* fewer segments to merge in an import */
"INSERT INTO meta(key, value) VALUES('tip', ''), ('fingerprint', '');"
"PRAGMA user_version = " SCHEMA_TEXT ";";

static const char drop[] =
"DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS raw; DROP TABLE IF EXISTS mention; DROP TABLE IF EXISTS guess; DROP TABLE IF EXISTS label; DROP TABLE IF EXISTS sector;"
"DROP TABLE IF EXISTS event; DROP TABLE IF EXISTS version; DROP TABLE IF EXISTS member; DROP TABLE IF EXISTS symbol; DROP TABLE IF EXISTS notice;"
"DROP TABLE IF EXISTS dossier; DROP TABLE IF EXISTS meta;";

int
index_schema_wipe(struct index *ix, struct error *err)
{
	int rc = index_exec(ix, drop, err);

	return rc < 0 ? rc : index_exec(ix, schema, err);
}

/* A number that SQLite answers with, -1 when it cannot. */
static int64_t
number(struct index *ix, const char *sql)
{
	AUTO_STMT *s = NULL;

	if (sqlite3_prepare_v2(ix->db, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
		return -1;
	return sqlite3_column_int64(s, 0);
}

enum state { STATE_GOOD, STATE_EMPTY, STATE_FOREIGN, STATE_UNREADABLE };

static enum state
look(struct index *ix)
{
	int64_t version = number(ix, "PRAGMA user_version");
	int64_t tables = number(ix, "SELECT count(*) FROM sqlite_schema");

	if (version < 0 || tables < 0)
		return STATE_UNREADABLE;
	if (version == 0 && tables == 0)
		return STATE_EMPTY;
	if (version != SCHEMA)
		return STATE_FOREIGN;
	return number(ix, "SELECT count(*) FROM meta WHERE key IN ('tip', 'fingerprint')") == 2 ? STATE_GOOD : STATE_UNREADABLE;
}

static void
close_db(struct index *ix)
{
	sqlite3_close(ix->db);
	ix->db = NULL;
}

static int
open_db(struct index *ix, const char *name, int flags, struct error *err)
{
	int rc;

	close_db(ix);
	if (sqlite3_open_v2(name, &ix->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		rc = index_fail(ix, err, "cannot open");
		close_db(ix);
		return rc;
	}
	sqlite3_extended_result_codes(ix->db, 1);
	sqlite3_busy_timeout(ix->db, BUSY_MS);
	sqlite3_db_config(ix->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
	return 0;
}

/* Makes the tables, unless another process was faster. */
static int
create(struct index *ix, struct error *err)
{
	int rc;

	if ((rc = index_exec(ix, "BEGIN IMMEDIATE", err)) < 0)
		return rc;
	if (look(ix) == STATE_EMPTY && (rc = index_exec(ix, schema, err)) < 0) {
		index_exec(ix, "ROLLBACK", NULL);
		return rc;
	}
	return index_exec(ix, "COMMIT", err);
}

/* Empties a file whatever is in it; readers of the old content keep it until they end. */
static bool
reset(struct index *ix)
{
	bool done;

	sqlite3_db_config(ix->db, SQLITE_DBCONFIG_RESET_DATABASE, 1, (int *)NULL);
	done = sqlite3_exec(ix->db, "VACUUM", NULL, NULL, NULL) == SQLITE_OK;
	sqlite3_db_config(ix->db, SQLITE_DBCONFIG_RESET_DATABASE, 0, (int *)NULL);
	return done && look(ix) == STATE_EMPTY;
}

static int
remove_files(const char *path, struct error *err)
{
	static const char *const tails[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		AUTO_FREE char *name = xasprintf("%s%s", path, tails[i]);

		if (unlink(name) < 0 && errno != ENOENT)
			return error_errno(err, ERR_IO, "cannot remove '%s'", name);
	}
	return 0;
}

/* NORMAL: a power cut may lose the last transactions, tip and tables together; they are read from main again. */
static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216;"
    "PRAGMA cache_size = -8192; PRAGMA temp.journal_mode = OFF;";

static int
open_writable(struct index *ix, struct error *err)
{
	enum state state;
	int rc;

	if ((rc = open_db(ix, ix->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err)) < 0)
		return rc;
	state = look(ix);
	if (state == STATE_UNREADABLE && (sqlite3_errcode(ix->db) & 0xff) == SQLITE_BUSY)
		return index_fail(ix, err, "cannot read");
	if (state == STATE_FOREIGN || state == STATE_UNREADABLE) {
		message_info("index '%s' %s; it is made anew", ix->path, state == STATE_FOREIGN ? "is of another version" : "is damaged");
		if (!reset(ix)) {
			close_db(ix);
			if ((rc = remove_files(ix->path, err)) < 0 ||
			    (rc = open_db(ix, ix->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err)) < 0)
				return rc;
		}
		state = STATE_EMPTY;
	}
	if ((rc = index_exec(ix, settings, err)) < 0)
		return rc;
	return state == STATE_EMPTY ? create(ix, err) : 0;
}

/* "file:PATH?immutable=1", for a folder in which SQLite cannot make its side files. */
static char *
immutable_name(const char *path)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, "file:");
	for (const char *p = path; *p != '\0'; p++)
		if (strchr("%?#", *p) != NULL)
			buf_addf(&b, "%%%02X", (unsigned)*p);
		else
			buf_addc(&b, *p);
	buf_adds(&b, "?immutable=1");
	return buf_take(&b);
}

/* What is there, without a write. False when it cannot be used. */
static bool
open_readable(struct index *ix)
{
	AUTO_FREE char *name = immutable_name(ix->path);
	AUTO_FREE char *wal = xasprintf("%s-wal", ix->path);

	ix->read_only = true;
	if (open_db(ix, ix->path, SQLITE_OPEN_READONLY, NULL) == 0 && look(ix) == STATE_GOOD)
		return true;
	/* with a write-ahead log beside it the file alone may be halfway between two states */
	if (access(wal, F_OK) < 0 && open_db(ix, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) == 0 && look(ix) == STATE_GOOD)
		return true;
	ix->read_only = false;
	return false;
}

static int
open_memory(struct index *ix, struct error *err)
{
	int rc;

	message_info("index '%s' cannot be written; working from the store alone", ix->path);
	if ((rc = open_db(ix, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err)) < 0)
		return rc;
	return create(ix, err);
}

static bool
can_write(const char *path)
{
	const char *slash = strrchr(path, '/');
	AUTO_FREE char *dir = slash == NULL ? xstrdup(".") : xstrndup(path, slash == path ? 1 : (size_t)(slash - path));

	return access(dir, W_OK) == 0 && (access(path, F_OK) < 0 || access(path, W_OK) == 0);
}

int
index_schema_open(struct index *ix, struct error *err)
{
	if (can_write(ix->path))
		return open_writable(ix, err);
	return open_readable(ix) ? 0 : open_memory(ix, err);
}

int
index_schema_beside(struct index *ix, struct error *err)
{
	return open_readable(ix) ? 0 : error_set(err, ERR_IO, "cannot open index '%s' once more", ix->path);
}
