#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/limits.h"
#include "../lib/notice/twin.h"
#include "index_story.h"

int
index_named_by(struct index *ix, const char *dossier, struct strv *ids, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc = index_prepare(ix, "SELECT DISTINCT x.id FROM dossier d JOIN notice a ON a.d = d.d JOIN symbol y ON y.n = a.n JOIN mention q ON q.key = y.key"
	    " JOIN notice x ON x.n = q.n WHERE d.id = ? AND x.d <> d.d ORDER BY x.id", &s, err);

	if (rc < 0)
		return rc;
	sqlite3_bind_text(s, 1, dossier, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW && ids->n < LIMIT_LIST)
		strv_add(ids, index_text(s, 0));
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : index_fail(ix, err, "cannot read who names a dossier");
}

void
index_probable_clear(struct index_probable *p)
{
	free(p->dossier);
	strv_clear(&p->reasons);
	*p = (struct index_probable)INDEX_PROBABLE_INIT;
}

/* ---- how much a word tells ---- */

#define COMMONEST 0.2	/* weight of a word that is everywhere */

struct vocabulary {
	struct index *ix;
	sqlite3_stmt *count;
	int64_t records;
};

static int
vocabulary_open(struct index *ix, struct vocabulary *v, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc;

	*v = (struct vocabulary){ .ix = ix };
	if ((rc = index_exec(ix, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)", err)) < 0 ||
	    (rc = index_prepare(ix, "SELECT max(n) FROM notice", &s, err)) < 0)
		return rc;
	if (sqlite3_step(s) == SQLITE_ROW)
		v->records = sqlite3_column_int64(s, 0);
	return index_prepare(ix, "SELECT doc FROM temp.vocabulary WHERE term = ?", &v->count, err);
}

/* How often it can be halved: as much of a logarithm as is needed. */
static int
halvings(int64_t n)
{
	int times = 0;

	while ((n /= 2) > 0)
		times++;
	return times;
}

static double
rarity(void *ctx, const char *word)
{
	struct vocabulary *v = ctx;
	int64_t records = 0;
	double tells;

	sqlite3_bind_text(v->count, 1, word, -1, SQLITE_STATIC);
	if (sqlite3_step(v->count) == SQLITE_ROW)
		records = sqlite3_column_int64(v->count, 0);
	sqlite3_reset(v->count);
	tells = 1 - (double)halvings(records) / (1 + halvings(v->records));
	return tells > COMMONEST ? tells : COMMONEST;
}

/* ---- candidates ---- */

#define NEARLY 0.05	/* a second one so near to the best leaves it open which it is */
#define READ_MAX 20	/* records read for one question */

/* The base notification of a dossier. */
struct one {
	int64_t n, d, twin;
	char blob[OID_HEX], *id;
	struct twin_traits traits;
	struct date day;
};

static void
one_clear(struct one *o)
{
	twin_traits_clear(&o->traits);
	free(o->id);
}
#define AUTO_ONE __attribute__((cleanup(one_clear))) struct one

#define ONE "m.n, m.d, m.blob, d.id, m.source, m.member, m.distributed, m.title, ifnull(d.twin, 0)"

static void
read_one(sqlite3_stmt *s, struct one *o)
{
	*o = (struct one){ .n = sqlite3_column_int64(s, 0), .d = sqlite3_column_int64(s, 1), .id = xstrdup(index_text(s, 3)), .day = index_date(s, 6),
	    .twin = sqlite3_column_int64(s, 8) };
	snprintf(o->blob, sizeof(o->blob), "%s", index_text(s, 2));
	twin_traits_read((enum source)sqlite3_column_int(s, 4), index_text(s, 5), o->day, index_text(s, 7), &o->traits);
}

static int
add_body(struct index *ix, struct one *o, struct error *err)
{
	AUTO_NOTICE n = NOTICE_INIT;
	int rc = index_record_read(ix, o->n, o->blob, &n, err);

	if (rc == 0)
		twin_traits_add(&n, &o->traits);
	return rc;
}

/* 1 and the record, 0 when the store lacks the base. */
static int
find_one(struct index *ix, const char *dossier, struct one *o, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc;

	*o = (struct one){ .id = NULL };
	if ((rc = index_prepare(ix, "SELECT " ONE " FROM dossier d JOIN notice m ON m.n = d.base WHERE d.id = ?", &s, err)) < 0)
		return rc;
	sqlite3_bind_text(s, 1, dossier, -1, SQLITE_STATIC);
	if (sqlite3_step(s) != SQLITE_ROW)
		return 0;
	read_one(s, o);
	return 1;
}

struct search {
	struct vocabulary *words;
	struct one best;		/* .id NULL: none */
	struct twin_likeness likeness;
	double second;
	int read;
};

static int
consider(struct index *ix, const struct one *mine, struct one *other, struct search *found, struct error *err)
{
	struct twin_likeness l;
	int rc;

	if (!twin_compare(&mine->traits, &other->traits, rarity, found->words, &l) || found->read++ >= READ_MAX)
		return 0;
	if ((rc = add_body(ix, other, err)) < 0)
		return rc;
	if (!twin_compare(&mine->traits, &other->traits, rarity, found->words, &l) || !l.sure_words)
		return 0;
	if (found->best.id != NULL && l.score <= found->likeness.score) {
		found->second = l.score > found->second ? l.score : found->second;
		return 0;
	}
	if (found->best.id != NULL)
		found->second = found->likeness.score;
	one_clear(&found->best);
	found->best = *other;
	*other = (struct one){ .id = NULL };
	found->likeness = l;
	return 0;
}

/* The best among what the member notified to the other system about then. */
static int
look_for(struct index *ix, const struct one *mine, struct search *found, struct error *err)
{
	AUTO_STMT *s = NULL;
	int rc, step;

	if ((rc = index_prepare(ix, "SELECT " ONE " FROM member q JOIN notice m ON m.n = q.n JOIN dossier d ON d.base = m.n WHERE q.member = ?1 AND m.source <> ?2"
	    " AND m.distributed BETWEEN ?3 AND ?4 AND d.twin IS NULL", &s, err)) < 0)
		return rc;
	sqlite3_bind_text(s, 1, mine->traits.member, -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 2, (int)mine->traits.source);
	sqlite3_bind_int(s, 3, date_days(mine->day) - TWIN_DAYS);
	sqlite3_bind_int(s, 4, date_days(mine->day) + TWIN_DAYS);
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		AUTO_ONE other = { .id = NULL };

		read_one(s, &other);
		if ((rc = consider(ix, mine, &other, found, err)) < 0)
			return rc;
	}
	if (step != SQLITE_DONE)
		return index_fail(ix, err, "cannot look for a twin");
	if (found->best.id != NULL && found->likeness.score - found->second < NEARLY) {
		one_clear(&found->best);
		found->best = (struct one){ .id = NULL };
	}
	return 0;
}

static int
best_of(struct index *ix, struct one *mine, struct vocabulary *words, struct search *found, struct error *err)
{
	*found = (struct search){ .words = words };
	return look_for(ix, mine, found, err);
}

static int
choose(struct index *ix, struct one *mine, struct vocabulary *words, struct index_probable *out, struct error *err)
{
	struct search found, back = { .words = words };
	int rc;

	if ((rc = add_body(ix, mine, err)) < 0)
		return rc;
	rc = best_of(ix, mine, words, &found, err);
	if (rc == 0 && found.best.id != NULL)
		rc = best_of(ix, &found.best, words, &back, err);
	if (rc == 0 && found.best.id != NULL && back.best.id != NULL && back.best.d == mine->d) {
		out->dossier = xstrdup(found.best.id);
		out->score = found.likeness.score;
		twin_reasons(&found.likeness, &out->reasons);
	}
	one_clear(&found.best);
	one_clear(&back.best);
	return rc;
}

int
index_probable_twin(struct index *ix, const char *dossier, struct index_probable *out, struct error *err)
{
	AUTO_ONE mine = { .id = NULL };
	struct vocabulary words = { .count = NULL };
	int rc = find_one(ix, dossier, &mine, err);

	if (rc <= 0 || mine.twin != 0 || !date_is_set(mine.day) || !twin_member(mine.traits.member))
		return rc < 0 ? rc : 0;
	rc = vocabulary_open(ix, &words, err);
	if (rc == 0)
		rc = choose(ix, &mine, &words, out, err);
	sqlite3_finalize(words.count);
	return rc;
}
