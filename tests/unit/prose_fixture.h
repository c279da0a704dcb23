/* Follow-ups for tests, and what they say as one line: "deadline 2025-09-29", "in-force if=2025-06-10", "none". */
#ifndef REGWATCH_TESTS_PROSE_FIXTURE_H
#define REGWATCH_TESTS_PROSE_FIXTURE_H

#include "lib/base/buf.h"
#include "lib/notice/effects.h"
#include "lib/notice/event.h"

/* Distributed on 2025-06-12. */
static struct notice *
follow_up(const char *id, enum kind kind)
{
	struct notice *n = calloc(1, sizeof(*n));

	assert_non_null(n);
	notice_init(n);
	strv_add(&n->symbols, id);
	notice_normalise(n);
	n->kind = kind;
	assert_true(date_parse_iso("2025-06-12", &n->distributed, NULL));
	return n;
}

static void
forget(struct notice *n)
{
	notice_clear(n);
	free(n);
}

static void
say(const struct notice *n, struct buf *out)
{
	struct effects e;
	char day[DATE_TEXT];

	effects_read(n, &e);
	for (int k = 0; k < EVENT_KINDS; k++)
		if ((effects_all(&e) & (1u << k)) != 0)
			buf_addf(out, "%s%s", out->len > 0 ? " " : "", event_name((enum event_kind)k));
	if (out->len == 0)
		buf_adds(out, "none");
	if (e.deadline_from_text)
		buf_addf(out, " %s", date_format(e.deadline, day));
	if (date_is_set(e.in_force))
		buf_addf(out, " if=%s", date_format(e.in_force, day));
}

#endif
