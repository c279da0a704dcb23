#include "deadline.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/error.h"

#define LEAD_MAX 3650
#define CONTRIBUTION_DAYS 35	/* the site of TRIS asks for contributions at least five weeks before the end */
#define CLOSING_DAYS 14

struct date
business_days_before(struct date d, int n)
{
	int step = n < 0 ? 1 : -1;

	for (n = abs(n); n > 0; n--)
		do
			d = date_add_days(d, step);
		while (date_weekday(d) > 4);
	return d;
}

struct date
lead_day(const struct lead *lead, struct date deadline)
{
	return lead->business ? business_days_before(deadline, lead->n) : date_add_days(deadline, -lead->n);
}

void
leads_clear(struct leads *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].who);
	free(l->v);
	*l = (struct leads)LEADS_INIT;
}

/* "21d", "3w", "3bd", "end". False when it is none of these; *n is then -1 when it looked like one. */
static bool
parse_length(const char *s, int *n, bool *business)
{
	static const struct { const char *unit; int days; bool business; } units[] = { { "d", 1, false }, { "w", 7, false }, { "bd", 1, true } };
	size_t digits = strspn(s, "0123456789");

	*n = 0;
	*business = false;
	if (strcmp(s, "end") == 0)
		return true;
	if (digits == 0)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(s + digits, units[i].unit) != 0 || digits > 4 || atoi(s) * units[i].days > LEAD_MAX)
			continue;
		*n = atoi(s) * units[i].days;
		*business = units[i].business;
		return true;
	}
	*n = -1;
	return false;
}

static bool
same(const struct lead *a, const struct lead *b)
{
	return a->n == b->n && a->business == b->business && ((a->who == NULL && b->who == NULL) ||
	    (a->who != NULL && b->who != NULL && strcmp(a->who, b->who) == 0));
}

/* The last lead goes again when the list had it already. */
static void
drop_repeat(struct leads *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		if (!same(&l->v[i], &l->v[l->n - 1]))
			continue;
		free(l->v[--l->n].who);
		return;
	}
}

static int
add_part(struct leads *l, size_t first, const char *part, struct error *err)
{
	bool business;
	int n;

	if (parse_length(part, &n, &business)) {
		if (l->n > first)
			drop_repeat(l);
		l->v = xgrow(l->v, l->n, &l->cap, sizeof(*l->v));
		l->v[l->n++] = (struct lead){ n, business, NULL };
		return 0;
	}
	if (n < 0 || l->n == 0 || l->v[l->n - 1].who != NULL)
		return error_set(err, ERR_CONF, "not a time like 21d, 3w or 3bd: '%.60s'", part);
	l->v[l->n - 1].who = xstrdup(part);
	return 0;
}

int
leads_parse(struct leads *l, const char *value, struct error *err)
{
	AUTO_STRV parts = STRV_INIT;
	size_t first = l->n;
	int rc;

	strv_split(&parts, value, ",");
	for (size_t i = 0; i < parts.n; i++) {
		rc = add_part(l, first, parts.v[i], err);
		if (rc < 0)
			return rc;
	}
	if (l->n > first)
		drop_repeat(l);
	return 0;
}

/* ---- the ladder ---- */

static int
by_day(const void *a, const void *b)
{
	const struct rung *x = a, *y = b;
	int order = date_cmp(x->date, y->date);

	if (order != 0)
		return order;
	if (x->kind != y->kind)
		return (int)y->kind - (int)x->kind;	/* the official day last */
	return strcmp(x->who != NULL ? x->who : "", y->who != NULL ? y->who : "");
}

size_t
deadline_ladder(struct date deadline, enum source source, const struct leads *leads, struct rung **out)
{
	size_t n = 0, given = leads != NULL ? leads->n : 0;

	*out = NULL;
	if (!date_is_set(deadline))
		return 0;
	*out = xreallocarray(NULL, given + 4, sizeof(**out));
	(*out)[n++] = (struct rung){ deadline, RUNG_OFFICIAL, NULL };
	if (source == SOURCE_TRIS) {
		(*out)[n++] = (struct rung){ date_add_days(deadline, -CONTRIBUTION_DAYS), RUNG_CONTRIBUTION, NULL };
		(*out)[n++] = (struct rung){ date_add_days(deadline, -1), RUNG_LAST_USEFUL, NULL };
	} else if (date_weekday(deadline) > 4) {
		(*out)[n++] = (struct rung){ business_days_before(deadline, 1), RUNG_WORKDAY, NULL };
	}
	for (size_t i = 0; i < given; i++)
		(*out)[n++] = (struct rung){ lead_day(&leads->v[i], deadline), RUNG_LEAD, leads->v[i].who };
	qsort(*out, n, sizeof(**out), by_day);
	return n;
}

const char *
rung_name(const struct rung *rung, enum source source)
{
	switch (rung->kind) {
	case RUNG_OFFICIAL: return source == SOURCE_TRIS ? "end of standstill" : "comments close";
	case RUNG_LEAD: return rung->who != NULL ? rung->who : "own deadline";
	case RUNG_WORKDAY: return "last working day before";
	case RUNG_CONTRIBUTION: return "contributions to the Commission";
	default: return "last useful day";
	}
}

const struct lead *
deadline_reminder(const struct leads *remind, struct date deadline, struct date today, struct date *day)
{
	const struct lead *due = NULL;
	struct date latest = DATE_NONE;

	if (!date_is_set(deadline) || date_cmp(today, deadline) > 0)
		return NULL;
	for (size_t i = 0; i < remind->n; i++) {
		struct date d = lead_day(&remind->v[i], deadline);

		if (date_cmp(d, today) > 0 || date_cmp(d, latest) <= 0)
			continue;
		latest = d;
		due = &remind->v[i];
	}
	if (day != NULL && due != NULL)
		*day = latest;
	return due;
}

enum deadline_state
deadline_state(struct date deadline, struct date today)
{
	int left;

	if (!date_is_set(deadline))
		return DEADLINE_UNKNOWN;
	left = date_days(deadline) - date_days(today);
	if (left < 0)
		return DEADLINE_CLOSED;
	return left <= CLOSING_DAYS ? DEADLINE_CLOSING : DEADLINE_OPEN;
}
