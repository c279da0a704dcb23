#include "index_private.h"

#include <string.h>

#include "../lib/notice/canon.h"
#include "../lib/notice/effects.h"
#include "../lib/notice/symbol.h"

void
index_symbol_key(const char *symbol, struct buf *out)
{
	struct symbol s;

	if (!symbol_parse(symbol, &s))
		return;
	if (s.series == SYMBOL_TRIS)
		buf_addf(out, "%04u/%04u", s.year, s.number);
	else
		symbol_base(symbol, out);
}

static int
put_symbol(struct index *ix, int64_t n, const char *symbol, struct error *err)
{
	AUTO_BUF key = BUF_INIT;

	index_symbol_key(symbol, &key);
	return index_run(ix, SQL_SYMBOL_PUT, err, "ssi", symbol, key.len > 0 ? buf_str(&key) : NULL, n);
}

/* The id stands for itself before any symbol that it shares. */
static int
put_symbols(struct index *ix, int64_t n, const struct notice *notice, struct error *err)
{
	int rc = put_symbol(ix, n, notice->id, err);

	for (size_t i = 0; rc == 0 && i < notice->symbols.n; i++)
		if (strcmp(notice->symbols.v[i], notice->id) != 0)
			rc = put_symbol(ix, n, notice->symbols.v[i], err);
	return rc;
}

static int
put_members(struct index *ix, int64_t n, const struct notice *notice, struct error *err)
{
	int rc = notice->member[0] != '\0' ? index_run(ix, SQL_MEMBER_PUT, err, "si", notice->member, n) : 0;

	for (size_t i = 0; rc == 0 && i < notice->members.n; i++)
		if (strcmp(notice->members.v[i], notice->member) != 0)
			rc = index_run(ix, SQL_MEMBER_PUT, err, "si", notice->members.v[i], n);
	return rc;
}

static int
put_words(struct index *ix, int64_t n, const struct notice *notice, struct error *err)
{
	AUTO_BUF ids = BUF_INIT, keywords = BUF_INIT;

	buf_adds(&ids, notice->id);
	for (size_t i = 0; i < notice->symbols.n; i++)
		if (strcmp(notice->symbols.v[i], notice->id) != 0)
			buf_addf(&ids, " %s", notice->symbols.v[i]);
	strv_join(&notice->keywords, "; ", &keywords);
	return index_run(ix, SQL_WORDS_PUT, err, "issssss", n, buf_str(&ids), notice->title.s, notice->products.s, notice->description.s,
	    notice->agency, buf_str(&keywords));
}

static int
clear_old(struct index *ix, int64_t n, struct error *err)
{
	static const enum index_sql clears[] = { SQL_SYMBOL_CLEAR, SQL_MEMBER_CLEAR, SQL_WORDS_CLEAR };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(clears) / sizeof(*clears); i++)
		rc = index_run(ix, clears[i], err, "i", n);
	return rc;
}

struct change {		/* one version on its way in */
	const struct version *v;
	const char *path, *blob;
	const struct notice *notice;
	int64_t n, d, was_in;	/* rows of the notification (0: new), its dossier, the dossier it was in before */
	bool founds;		/* the dossier is new, too */
	bool withdraws;
	int number;		/* of the version, from 1 */
	struct date own_deadline, effective;
};

static int
put_notice(struct index *ix, struct change *c, const char *sectors, bool low, struct error *err)
{
	const struct notice *n = c->notice;
	AUTO_BUF members = BUF_INIT;
	bool add = c->n == 0;
	int rc;

	strv_join(&n->members, ",", &members);
	rc = index_run(ix, add ? SQL_NOTICE_ADD : SQL_NOTICE_CHANGE, err, add ? "isssnnnsssdddndnssn" : "isssnnnsssdddndns", c->d, c->path, c->blob,
	    c->v->commit, (int)n->source, (int)n->area, (int)n->kind, n->member, buf_str(&members), n->title.s != NULL ? n->title.s : "",
	    n->distributed, n->deadline, c->own_deadline, (int)c->withdraws, n->vanished, c->number, n->id, sectors, (int)low);
	if (rc == 0 && c->n == 0)
		c->n = sqlite3_last_insert_rowid(ix->db);
	return rc;
}

static int
put_tables(struct index *ix, struct change *c, struct error *err)
{
	int rc;

	if (c->number > 1 && (rc = clear_old(ix, c->n, err)) < 0)
		return rc;
	if ((rc = put_symbols(ix, c->n, c->notice, err)) < 0 || (rc = put_members(ix, c->n, c->notice, err)) < 0)
		return rc;
	return put_words(ix, c->n, c->notice, err);
}

static int
put_version(struct index *ix, const struct change *c, struct error *err)
{
	const struct version *v = c->v;
	int64_t pos;
	int rc;

	if ((rc = index_run(ix, SQL_VERSION_PUT, err, "sinisnd", v->commit, c->n, c->number, v->at, v->subject, (int)events_alert(&v->events),
	    c->effective)) < 0)
		return rc;
	pos = sqlite3_last_insert_rowid(ix->db);
	for (size_t i = 0; rc == 0 && i < v->events.n; i++) {
		const struct event *e = &v->events.v[i];

		rc = index_run(ix, SQL_EVENT_PUT, err, "innsss", pos, (int)i, (int)e->kind, e->old, e->new, e->detail);
	}
	return rc;
}

static int
find_old(struct index *ix, struct change *c, struct error *err)
{
	sqlite3_stmt *row;
	int rc = index_query(ix, SQL_NOTICE_STATE, &row, err, "s", c->notice->id);

	c->number = 1;
	if (rc != 1)
		return rc;
	c->n = sqlite3_column_int64(row, 0);
	c->was_in = sqlite3_column_int64(row, 1);
	c->number = sqlite3_column_int(row, 2) + 1;
	sqlite3_reset(row);
	return 0;
}

static int
put_dossier(struct index *ix, struct change *c, struct error *err)
{
	struct date ignored;
	int rc;

	if (c->founds && c->was_in == 0 && !c->withdraws) {	/* most: its only record says it all */
		c->effective = c->own_deadline;
		return index_run(ix, SQL_DOSSIER_FIRST, err, "idii", c->d, c->effective, strcmp(c->notice->id, c->notice->dossier) == 0 ? c->n : (int64_t)0, c->n);
	}
	if ((rc = index_dossier_refresh(ix, c->d, c->n, c->notice->id, &c->effective, err)) < 0)
		return rc;
	if (c->was_in == 0 || c->was_in == c->d)
		return 0;
	if ((rc = index_dossier_refresh(ix, c->was_in, 0, NULL, &ignored, err)) < 0)
		return rc;
	return index_run(ix, SQL_DOSSIER_DROP, err, "i", c->was_in);
}

int
index_apply(struct index *ix, const struct version *v, const char *path, const char *blob, const struct notice *n, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	struct effects effects;

	if (ix->writing)
		canon_write(n, &text);
	effects_read(n, &effects);
	return index_apply_known(ix, v, path, blob, n, &(struct index_known){ &text, &effects, NULL }, err);
}

int
index_apply_known(struct index *ix, const struct version *v, const char *path, const char *blob, const struct notice *n,
    const struct index_known *known, struct error *err)
{
	struct change c = { .v = v, .path = path, .blob = blob, .notice = n, .own_deadline = date_max(n->deadline, known->effects->deadline),
	    .withdraws = (effects_all(known->effects) & 1u << EVENT_WITHDRAWN) != 0 };
	AUTO_MATCHES found = SECTOR_MATCHES_INIT;
	struct sector_matches *own = known->matches != NULL ? known->matches : &found;
	AUTO_BUF sectors = BUF_INIT;
	bool low;
	int rc;

	if (known->matches == NULL && ix->labels != NULL)
		sectors_match(ix->labels, n, &found);
	low = index_label_names(ix, own, &sectors);
	if ((rc = find_old(ix, &c, err)) < 0 || (rc = index_dossier_row(ix, n->dossier, &c.d, &c.founds, err)) < 0 ||
	    (rc = put_notice(ix, &c, buf_str(&sectors), low, err)) < 0 || (ix->writing && (rc = index_pending_put(ix, c.n, known->text, err)) < 0) ||
	    (rc = put_tables(ix, &c, err)) < 0 || (rc = put_dossier(ix, &c, err)) < 0 || (rc = put_version(ix, &c, err)) < 0 ||
	    (rc = index_label_put(ix, c.n, own, c.number == 1, err)) < 0 ||
	    (rc = index_twin_update(ix, c.d, c.n, n, c.number == 1, err)) < 0)
		return rc;
	snprintf(ix->tip, sizeof(ix->tip), "%s", v->commit);
	return 0;
}

/* ---- raw bytes last seen ---- */

/* Is there one at all, and is it this one? */
static bool
find_raw(struct index *ix, const char *id, enum way way, const char *blob, bool *same)
{
	sqlite3_stmt *row;

	*same = false;
	if (index_query(ix, SQL_RAW_GET, &row, NULL, "sn", id, (int)way) != 1)
		return false;
	*same = strcmp(index_text(row, 0), blob) == 0;
	sqlite3_reset(row);
	return true;
}

bool
index_same_raw(struct index *ix, const char *id, enum way way, const char *blob)
{
	bool same;

	return find_raw(ix, id, way, blob, &same) && same;
}

int
index_set_raw(struct index *ix, const char *id, enum way way, const char *blob, struct error *err)
{
	bool found, same;
	int rc = 0;

	if (ix->read_only)
		return 0;
	found = find_raw(ix, id, way, blob, &same);
	if (same)
		return 0;
	if (found)
		rc = index_run(ix, SQL_RAW_FORGET, err, "sn", id, (int)way);
	return rc == 0 && blob[0] != '\0' ? index_run(ix, SQL_RAW_SET, err, "sns", id, (int)way, blob) : rc;
}

int
index_forget_raw(struct index *ix, const char *id, struct error *err)
{
	return index_run(ix, SQL_RAW_FORGET_ALL, err, "s", id);
}
