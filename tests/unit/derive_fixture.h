/* Records for tests of events, and the events as trailers. Today is 2025-06-12 unless a test says otherwise. */
#ifndef REGWATCH_TESTS_DERIVE_FIXTURE_H
#define REGWATCH_TESTS_DERIVE_FIXTURE_H

#include "lib/base/alloc.h"
#include "lib/base/buf.h"
#include "lib/notice/event.h"

static struct date
iso(const char *s)
{
	struct date d;

	if (*s == '\0')
		return DATE_NONE;
	assert_true(date_parse_iso(s, &d, NULL));
	return d;
}

static void
make(struct notice *n, const char *id, const char *distributed, const char *deadline)
{
	notice_init(n);
	strv_add(&n->symbols, id);
	n->source = id[0] == 'G' ? SOURCE_EPING : SOURCE_TRIS;
	notice_normalise(n);
	n->kind = kind_of(n->id, false);
	n->distributed = iso(distributed);
	n->deadline = iso(deadline);
	if (n->source == SOURCE_TRIS)
		n->standstill_end = n->deadline;
	notice_set_text(&n->title, "Draft order on the safety of toys", "en");
	notice_set_text(&n->description, "The order limits lead in toys to 90 mg/kg.", "en");
	notice_set_text(&n->products, "Toys", "en");
}

#define AUTO_MADE(name, id, distributed, deadline) AUTO_NOTICE name = NOTICE_INIT; make(&name, id, distributed, deadline)
#define AUTO_COPY(name, from) AUTO_NOTICE name = NOTICE_INIT; notice_copy(&name, &from)

/* The events as trailers, one a line. */
static void
derive(const struct notice *before, const struct notice *now, const struct dossier_context *dossier, const char *today, bool silent, struct buf *out)
{
	AUTO_EVENTS e = EVENTS_INIT;

	events_derive(before, now, dossier, iso(today), silent, &e);
	for (size_t i = 0; i < e.n; i++) {
		if (i > 0) {
			assert_true(e.v[i - 1].kind < e.v[i].kind);
			buf_addc(out, '\n');
		}
		event_write(&e.v[i], out);
	}
}

static void
assert_derived(const struct notice *before, const struct notice *now, const char *others, bool base_known, const char *expected)
{
	struct dossier_context dossier = { .deadline = iso(others), .base_known = base_known, .voiding = iso(others) };
	AUTO_BUF b = BUF_INIT;

	derive(before, now, &dossier, "2025-06-12", false, &b);
	assert_string_equal(buf_str(&b), expected);
}

static void
assert_changed(const struct notice *before, struct notice *now, const char *expected)
{
	notice_normalise(now);
	assert_derived(before, now, "", false, expected);
}

#endif
