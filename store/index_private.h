/* Shared by the files of the index; nobody else includes it. */
#ifndef REGWATCH_STORE_INDEX_PRIVATE_H
#define REGWATCH_STORE_INDEX_PRIVATE_H

#include <sqlite3.h>

#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/date.h"
#include "../lib/base/error.h"
#include "index.h"

/* Statements that are prepared once; their texts stand in index_sql.c. */
enum index_sql {
	SQL_META_GET, SQL_META_SET,
	SQL_NOTICE_FIND, SQL_NOTICE_STATE, SQL_NOTICE_ADD, SQL_NOTICE_CHANGE, SQL_NOTICE_NEXT,
	SQL_SYMBOL_CLEAR, SQL_SYMBOL_PUT, SQL_SYMBOL_FIND, SQL_SYMBOL_KEY,
	SQL_MEMBER_CLEAR, SQL_MEMBER_PUT,
	SQL_WORDS_CLEAR, SQL_WORDS_PUT,
	SQL_VERSION_PUT, SQL_VERSION_SKIPPED, SQL_VERSION_POSITION, SQL_EVENT_PUT,
	SQL_DOSSIER_FIND, SQL_DOSSIER_PUT, SQL_DOSSIER_FIRST, SQL_DOSSIER_STATE, SQL_DOSSIER_SET, SQL_DOSSIER_HEAD, SQL_DOSSIER_HEAD_SET, SQL_DOSSIER_DROP,
	SQL_DOSSIER_MEMBERS, SQL_DOSSIER_CONTEXT,
	SQL_MENTION_CLEAR, SQL_MENTION_PUT, SQL_MENTION_NAMED, SQL_TWIN_FIND, SQL_TWIN_GET, SQL_TWIN_SET,
	SQL_LABEL_CLEAR, SQL_LABEL_CLEAR_INHERITED, SQL_LABEL_PUT, SQL_LABEL_OWN, SQL_LABEL_NAMES, SQL_LABEL_BASE, SQL_LABEL_FOLLOWERS,
	SQL_GUESS_CLEAR, SQL_GUESS_PUT, SQL_GUESS_HIDE, SQL_GUESS_SHOW,
	SQL_RAW_GET, SQL_RAW_SET, SQL_RAW_FORGET, SQL_RAW_FORGET_ALL,
	SQL_STORY_LOG, SQL_STORY_LABELS,
	SQL_COUNT
};
extern const char *const index_sql[SQL_COUNT];

struct index {
	sqlite3 *db;
	char *path;
	struct store *st;
	const struct sectors *labels;
	sqlite3_stmt *fixed[SQL_COUNT];
	char tip[OID_HEX];
	bool read_only;
	bool writing;		/* between index_begin and index_end */
	unsigned held;		/* index_hold without index_let_go */
	struct pending *pending;	/* what was written meanwhile; NULL: nothing */
	bool unlabelled;	/* records were written without labels in this transaction */
	bool damaged;		/* SQLite said so; the next opening makes it anew */
};

static inline void
index_cleanup_stmt(sqlite3_stmt **s)
{
	sqlite3_finalize(*s);
}
#define AUTO_MATCHES __attribute__((cleanup(sector_matches_clear))) struct sector_matches
#define AUTO_STMT __attribute__((cleanup(index_cleanup_stmt))) sqlite3_stmt

/* What index_log tells of an event, of the tables version v, event e, notice m, dossier d. */
#define INDEX_LOG_COLUMNS "e.kind, e.old, e.new, e.detail, v.at, v.commit_id, m.id, d.id, m.source, " \
	"m.area, m.member, m.title, m.sectors, v.deadline, v.alerts, v.pos"

/* ---- index_sql.c: running statements ---- */

/* The error of the last call on the connection, as one of ours: "index 'PATH': WHAT: ...". */
int index_fail(struct index *ix, struct error *err, const char *what);

int index_exec(struct index *ix, const char *sql, struct error *err);
int index_prepare(struct index *ix, const char *sql, sqlite3_stmt **out, struct error *err);

/* Values are named by one letter each: i int64_t, n int, s const char * (NULL is null, must live until the statement is reset), d struct date (none is
 * null), f double. index_run runs a fixed statement to its end. index_query gives 1 and its first row, which the caller resets (sqlite3_reset), 0 without a row. */
int index_run(struct index *ix, enum index_sql which, struct error *err, const char *types, ...);
int index_query(struct index *ix, enum index_sql which, sqlite3_stmt **row, struct error *err, const char *types, ...);

const char *index_text(sqlite3_stmt *s, int column);	/* "" for null */
struct date index_date(sqlite3_stmt *s, int column);
int index_bind_date(sqlite3_stmt *s, int place, struct date d);

/* ---- index_schema.c ---- */
int index_schema_open(struct index *ix, struct error *err);		/* opens ix->path, makes or mends what is there */
int index_schema_beside(struct index *ix, struct error *err);	/* opens what is at ix->path for reading */
int index_schema_wipe(struct index *ix, struct error *err);		/* inside a transaction */

/* ---- index.c ---- */
int index_load_tip(struct index *ix, struct error *err);

/* ---- index_labels.c ---- */
int index_label_all(struct index *ix, struct error *err);		/* when the sectors changed */

/* The row's summary of what a record matches by itself: the names joined by ",", best first; true when all of them are weak. */
bool index_label_names(struct index *ix, struct sector_matches *own, struct buf *names);

/* Writes the labels of a row that stands, with what its base hands on. first: the row has none yet, and its summary was written with it. */
int index_label_put(struct index *ix, int64_t n, struct sector_matches *own, bool first, struct error *err);

/* ---- index_dossier.c: a dossier's row after one of its members (row n) changed ---- */
int index_dossier_row(struct index *ix, const char *id, int64_t *d, bool *made, struct error *err);	/* its row, made when it is the first time */
int index_dossier_refresh(struct index *ix, int64_t d, int64_t n, const char *id, struct date *effective, struct error *err);

/* ---- index_twin.c: which notifications of the other system a record names, and the link that follows ---- */
int index_twin_update(struct index *ix, int64_t d, int64_t n, const struct notice *notice, bool first, struct error *err);

/* Under what a symbol and its dossier are named elsewhere: the base symbol; TRIS without the state ("2020/0026"), as states changed their codes.
 * Nothing for what does not parse. Appended. */
void index_symbol_key(const char *symbol, struct buf *out);

/* ---- index_pending.c: texts of records in an unfinished batch, by row; get: 1, or 0 without one ---- */
int index_pending_put(struct index *ix, int64_t n, const struct buf *text, struct error *err);
int index_pending_get(struct index *ix, int64_t n, struct buf *text, struct error *err);
void index_pending_clear(struct index *ix);

/* ---- index_record.c ---- */
struct index_record {		/* a row's record, read when asked for */
	struct index *ix;
	int64_t n;
	const char *blob;
	struct notice notice;
	bool have;
};
int index_record_read(struct index *ix, int64_t n, const char *blob, struct notice *out, struct error *err);

/* ---- index_filter.c: conditions of a filter as SQL ---- */
struct query {
	struct buf sql;
	struct query_value { const char *s; int64_t i; } *v;	/* s NULL: i */
	size_t n, cap;
	struct buf match, except;	/* full text expressions that values point to */
	int64_t behind;			/* only rows with a greater number match; 0: all */
};
#define QUERY_INIT { .n = 0 }
#define AUTO_QUERY __attribute__((cleanup(query_clear))) struct query
void query_clear(struct query *q);
void query_add(struct query *q, const char *sql);
void query_text(struct query *q, const char *value);	/* appends "?" and remembers its value */
void query_int(struct query *q, int64_t value);
int query_prepare(struct index *ix, struct query *q, sqlite3_stmt **out, struct error *err);

/* Appends " AND ..." for each condition on the notification of table alias 'm' (not the times, not the limit, not 'open'). */
void query_filter(struct query *q, const struct filter *f, const char *m);
void query_sectors(struct query *q, const struct strv *names);		/* "(SELECT s FROM sector WHERE name IN (...))" */
void query_strings(struct query *q, const struct strv *values);	/* "(?,?)" */
void query_kinds(struct query *q, const struct strv *events);		/* "(...)" of event kinds */

/* ---- index_words.c: a user's words as an FTS5 expression ---- */

/* match: what must occur, except: what must not; either may stay empty. False when nothing in it can be looked for. */
bool index_words(const char *words, struct buf *match, struct buf *except);

#endif
