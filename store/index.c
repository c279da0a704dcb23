#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/message.h"
#include "../lib/notice/canon.h"
#include "../lib/notice/symbol.h"

int
index_load_tip(struct index *ix, struct error *err)
{
	sqlite3_stmt *row;
	int rc;

	ix->tip[0] = '\0';
	if ((rc = index_query(ix, SQL_META_GET, &row, err, "s", "tip")) != 1)
		return rc;
	snprintf(ix->tip, sizeof(ix->tip), "%s", index_text(row, 0));
	sqlite3_reset(row);
	return 0;
}

static int
rollback(struct index *ix)
{
	if (!sqlite3_get_autocommit(ix->db))
		sqlite3_exec(ix->db, "ROLLBACK", NULL, NULL, NULL);
	return index_load_tip(ix, NULL);
}

/* The tip goes with what it stands for. */
static int
commit(struct index *ix, struct error *err)
{
	int rc;

	if ((rc = index_run(ix, SQL_META_SET, err, "ss", "tip", ix->tip)) < 0 ||
	    (ix->unlabelled && (rc = index_run(ix, SQL_META_SET, err, "ss", "fingerprint", "")) < 0) ||
	    (rc = index_exec(ix, "COMMIT", err)) < 0) {
		rollback(ix);
		return rc;
	}
	return 0;
}

/* ---- catching up with main ---- */

struct catching {
	struct index *ix;
	size_t seen, passed;
	struct error first;	/* of what was passed over */
};

/* Version and record as a commit holds them. ERR_DATA and ERR_NOTFOUND: the commit makes no sense. */
static int
read_version(struct index *ix, const char *id, struct version *v, struct notice *n, struct buf *path, char blob[OID_HEX], struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	int rc;

	if ((rc = store_version(ix->st, id, v, err)) < 0)
		return rc;
	symbol_path(v->notification, path);
	buf_adds(path, ".md");
	if ((rc = store_read(ix->st, id, buf_str(path), &text, blob, err)) < 0 || (rc = canon_read(buf_str(&text), text.len, n, err)) < 0)
		return error_prefix(err, "commit %s", id);
	if (strcmp(n->id, v->notification) != 0)
		return error_set(err, ERR_DATA, "commit %s: the record is that of '%s'", id, n->id);
	return 0;
}

static int
pass_over(struct catching *c, const char *id, const struct error *cause, struct error *err)
{
	if (c->passed++ == 0)
		c->first = *cause;
	message_info("%s: passed over", cause->text);
	return index_run(c->ix, SQL_VERSION_SKIPPED, err, "s", id);
}

static int
catch_commit(void *ctx, const char *id, struct error *err)
{
	struct catching *c = ctx;
	AUTO_VERSION version = VERSION_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_BUF path = BUF_INIT;
	struct error cause = { 0 };
	char blob[OID_HEX] = "";
	int rc;

	c->seen++;
	rc = read_version(c->ix, id, &version, &n, &path, blob, &cause);
	if (rc == ERR_DATA || rc == ERR_NOTFOUND)
		rc = pass_over(c, id, &cause, err);
	else if (rc < 0)
		return error_set(err, cause.code, "%s", cause.text);
	else if ((rc = index_apply(c->ix, &version, buf_str(&path), blob, &n, err)) == 0)
		rc = index_forget_raw(c->ix, n.id, err);	/* they made another version than this one */
	snprintf(c->ix->tip, sizeof(c->ix->tip), "%s", id);
	return rc;
}

/* Inside a transaction. */
static int
catch_up(struct index *ix, struct error *err)
{
	struct catching c = { .ix = ix };
	int rc = store_walk(ix->st, STORE_MAIN, ix->tip, catch_commit, &c, err);

	if (rc == ERR_DATA && c.seen == 0 && ix->tip[0] != '\0') {
		message_info("index '%s' is of another store; it is made anew", ix->path);
		if ((rc = index_schema_wipe(ix, err)) < 0)
			return rc;
		ix->tip[0] = '\0';
		if (ix->labels != NULL && (rc = index_label_all(ix, err)) < 0)
			return rc;
		rc = store_walk(ix->st, STORE_MAIN, "", catch_commit, &c, err);
	}
	if (rc == 0 && c.passed > 0)
		message_warn("%zu of %zu commits make no sense and are not in the index; the first: %s", c.passed, c.seen, c.first.text);
	return rc;
}

/* Inside a transaction: labels everything again when other sectors are in force than those that labelled it. */
static int
mend_labels(struct index *ix, bool differ, struct error *err)
{
	int rc;

	if (!differ)
		return 0;
	if ((rc = index_label_all(ix, err)) == 0)
		ix->unlabelled = false;
	return rc;
}

static int
labels_differ(struct index *ix, bool *differ, struct error *err)
{
	sqlite3_stmt *row;
	int rc;

	*differ = false;
	if (ix->labels == NULL || ix->read_only)
		return 0;
	if ((rc = index_query(ix, SQL_META_GET, &row, err, "s", "fingerprint")) < 0)
		return rc;
	*differ = rc == 0 || strcmp(index_text(row, 0), sectors_fingerprint(ix->labels)) != 0;
	if (rc == 1)
		sqlite3_reset(row);
	return 0;
}

static int
is_current(struct index *ix, bool *current, struct error *err)
{
	char tip[OID_HEX];
	int rc;

	*current = true;
	if (ix->st == NULL || ix->read_only)
		return 0;
	if ((rc = store_tip(ix->st, STORE_MAIN, tip, err)) < 0 || (rc = index_load_tip(ix, err)) < 0)
		return rc;
	*current = strcmp(tip, ix->tip) == 0;
	return 0;
}

/* Labels and tip, once the transaction is ours. */
static int
bring_up(struct index *ix, struct error *err)
{
	bool current, differ;
	int rc;

	ix->unlabelled = false;
	if ((rc = labels_differ(ix, &differ, err)) < 0 || (rc = mend_labels(ix, differ, err)) < 0 || (rc = is_current(ix, &current, err)) < 0)
		return rc;
	return current ? 0 : catch_up(ix, err);
}

int
index_sync(struct index *ix, struct error *err)
{
	bool current;
	int rc;

	if (ix->writing)
		return 0;
	if ((rc = is_current(ix, &current, err)) < 0 || current)
		return rc;
	rc = index_exec(ix, "BEGIN IMMEDIATE", err);
	if (rc == ERR_AGAIN) {
		message_info("index '%s' is being written; reading what it holds so far", ix->path);
		return 0;
	}
	if (rc < 0)
		return rc;
	if ((rc = bring_up(ix, err)) < 0) {
		rollback(ix);
		return rc;
	}
	return commit(ix, err);
}

/* ---- a writer's transaction ---- */

int
index_begin(struct index *ix, struct error *err)
{
	int rc;

	if (ix->read_only)
		return error_set(err, ERR_IO, "index '%s' cannot be written", ix->path);
	if ((rc = index_exec(ix, "PRAGMA main.cache_size = -32768; BEGIN IMMEDIATE", err)) < 0)
		return rc;
	if ((rc = bring_up(ix, err)) < 0) {
		rollback(ix);
		return rc;
	}
	ix->writing = true;
	return 0;
}

int
index_end(struct index *ix, bool good, struct error *err)
{
	int rc;

	if (!ix->writing)
		return 0;
	ix->writing = false;
	rc = good ? commit(ix, err) : rollback(ix);
	index_pending_clear(ix);
	return good ? rc : 0;
}

/* ---- opening ---- */

static int
check_labels(struct index *ix, struct error *err)
{
	bool differ;
	int rc;

	if ((rc = labels_differ(ix, &differ, err)) < 0 || !differ)
		return rc;
	rc = index_exec(ix, "BEGIN IMMEDIATE", err);
	if (rc < 0)
		return rc == ERR_AGAIN ? 0 : rc;	/* whoever writes goes by other sectors; the next opening sees to it */
	if ((rc = index_load_tip(ix, err)) < 0 || (rc = mend_labels(ix, true, err)) < 0) {
		rollback(ix);
		return rc;
	}
	return commit(ix, err);
}

int
index_open(const char *path, struct store *st, const struct sectors *labels, struct index **out, struct error *err)
{
	struct index *ix = xcalloc(1, sizeof(*ix));
	int rc;

	*out = NULL;
	ix->path = xstrdup(path);
	ix->st = st;
	ix->labels = labels;
	if ((rc = index_schema_open(ix, err)) < 0 || (rc = index_load_tip(ix, err)) < 0 || (rc = check_labels(ix, err)) < 0) {
		index_free(ix);
		return rc;
	}
	*out = ix;
	return 0;
}

int
index_open_beside(const struct index *ix, struct index **out, struct error *err)
{
	struct index *beside;
	int rc;

	*out = NULL;
	if (*sqlite3_db_filename(ix->db, "main") == '\0')
		return 0;
	beside = xcalloc(1, sizeof(*beside));
	beside->path = xstrdup(ix->path);
	beside->st = ix->st;
	if ((rc = index_schema_beside(beside, err)) < 0 || (rc = index_load_tip(beside, err)) < 0) {
		index_free(beside);
		return rc;
	}
	*out = beside;
	return 0;
}

void
index_free(struct index *ix)
{
	if (ix == NULL)
		return;
	for (size_t i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(ix->fixed[i]);
	if (ix->db != NULL && !sqlite3_get_autocommit(ix->db))
		sqlite3_exec(ix->db, "ROLLBACK", NULL, NULL, NULL);
	if (ix->db != NULL && ix->damaged && !ix->read_only)
		sqlite3_exec(ix->db, "PRAGMA user_version = 0", NULL, NULL, NULL);	/* a foreign schema is made anew */
	sqlite3_close(ix->db);
	index_pending_clear(ix);
	free(ix->path);
	free(ix);
}

const char *
index_tip(struct index *ix)
{
	return ix->tip;
}
