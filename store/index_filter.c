#include "index_private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"

void
filter_clear(struct filter *f)
{
	strv_clear(&f->sectors);
	strv_clear(&f->members);
	strv_clear(&f->sources);
	strv_clear(&f->areas);
	strv_clear(&f->events);
	*f = (struct filter)FILTER_INIT;
}

void
query_clear(struct query *q)
{
	buf_clear(&q->sql);
	buf_clear(&q->match);
	buf_clear(&q->except);
	free(q->v);
	*q = (struct query)QUERY_INIT;
}

void
query_add(struct query *q, const char *sql)
{
	buf_adds(&q->sql, sql);
}

static void
add_value(struct query *q, const char *s, int64_t i)
{
	buf_addc(&q->sql, '?');
	q->v = xgrow(q->v, q->n, &q->cap, sizeof(*q->v));
	q->v[q->n++] = (struct query_value){ .s = s, .i = i };
}

void
query_text(struct query *q, const char *value)
{
	add_value(q, value, 0);
}

void
query_int(struct query *q, int64_t value)
{
	add_value(q, NULL, value);
}

int
query_prepare(struct index *ix, struct query *q, sqlite3_stmt **out, struct error *err)
{
	int rc = index_prepare(ix, buf_str(&q->sql), out, err);

	for (size_t i = 0; rc == 0 && i < q->n; i++) {
		int done = q->v[i].s != NULL ? sqlite3_bind_text(*out, (int)i + 1, q->v[i].s, -1, SQLITE_STATIC)
		    : sqlite3_bind_int64(*out, (int)i + 1, q->v[i].i);

		if (done != SQLITE_OK)
			rc = index_fail(ix, err, "cannot bind a value");
	}
	return rc;
}

void
query_strings(struct query *q, const struct strv *values)
{
	query_add(q, "(");
	for (size_t i = 0; i < values->n; i++) {
		if (i > 0)
			query_add(q, ",");
		query_text(q, values->v[i]);
	}
	query_add(q, ")");
}

void
query_sectors(struct query *q, const struct strv *names)
{
	query_add(q, "(SELECT s FROM sector WHERE name IN ");
	query_strings(q, names);
	query_add(q, ")");
}

/* Numbers of names; what no name stands for matches nothing. */
static void
query_numbers(struct query *q, const struct strv *names, bool (*number)(const char *name, int *out))
{
	const char *sep = "";

	query_add(q, "(");
	for (size_t i = 0; i < names->n; i++) {
		int value;

		if (!number(names->v[i], &value))
			continue;
		query_add(q, sep);
		query_int(q, value);
		sep = ",";
	}
	query_add(q, ")");
}

static bool
source_number(const char *name, int *out)
{
	enum source s;

	if (!source_parse(name, &s))
		return false;
	*out = (int)s;
	return true;
}

static bool
area_number(const char *name, int *out)
{
	enum area a;

	if (!area_parse(name, &a))
		return false;
	*out = (int)a;
	return true;
}

void
query_kinds(struct query *q, const struct strv *events)
{
	const char *sep = "";
	bool changed = strv_has(events, "changed");

	query_add(q, "(");
	for (int k = 0; k < EVENT_KINDS; k++) {
		if (!strv_has(events, event_name((enum event_kind)k)) && !(changed && event_is_change((enum event_kind)k)))
			continue;
		query_add(q, sep);
		query_int(q, k);
		sep = ",";
	}
	query_add(q, ")");
}

void
query_filter(struct query *q, const struct filter *f, const char *m)
{
	if (f->sources.n > 0) {
		buf_addf(&q->sql, " AND %s.source IN ", m);
		query_numbers(q, &f->sources, source_number);
	}
	if (f->areas.n > 0) {
		buf_addf(&q->sql, " AND %s.area IN ", m);
		query_numbers(q, &f->areas, area_number);
	}
	if (f->uncoded)
		buf_addf(&q->sql, " AND %s.sectors = ''", m);
	if (f->members.n > 0) {
		buf_addf(&q->sql, " AND EXISTS (SELECT 1 FROM member WHERE member.n = %s.n AND member.member IN ", m);
		query_strings(q, &f->members);
		query_add(q, ")");
	}
	if (f->sectors.n > 0) {
		buf_addf(&q->sql, " AND EXISTS (SELECT 1 FROM label WHERE label.n = %s.n AND label.sector IN ", m);
		query_sectors(q, &f->sectors);
		query_add(q, ")");
	}
}
