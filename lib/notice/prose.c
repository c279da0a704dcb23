#include "prose.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "phrase.h"
#include "prose_rules.h"

#define PROSE_MAX 16384		/* descriptions of ePing measure up to 2,196 characters */
#define HISTORY_DAYS 400	/* a year, and the weeks until a Member gets round to notifying */

/* Names the comment period. */
static const char *const period_cues[] = {
	"@c period|periods|deadline|date|window|phase|time|closing",
	"deadline|period|date|window|time|limit|plazo|periodo|fecha|delai|periode|date|limite _ for|of|to|on|pour|para|de|"
	    "des|d|a ~ @c",
};

/* Says that it moves. */
static const char moves[] = "extend*|extension|shorten*|prolong*|postpon*|reopen*|re|chang*|modif*|mov*|revis*|new|"
    "prorog*|prorrog*|report*|amplia*|"
    "ampli*|extiend*|reab*|rouvr*|reouv*|nuev*|nouv*|now|amend*|correct*|read";

static const char *const new_ends[] = {	/* the date that a move leads to, surest first */
	"until|untill|till|through|hasta|jusqu ~ @d",
	"read|to|by|al|au|before|than|avant ~ @d",
};

static const char *const plain_ends[] = {	/* no move is told, only an end */
	"@c ~~ by|until|untill|till|before|than|through|hasta|avant|jusqu ~ @d",
	"@c _ are|is|must|should|be|will|shall _ received|due|submitted|sent|accepted _ @d",
};

static const char period_ends[] = "ends|end|closes|close|expires|runs|until|is|now|by|vence|termina|expire|sera ~ @d";

/* Tells of comments that were made, not of those that may be. */
static const char past_comments[] = "comments|comment|observations|observaciones|period|plazo ~~ were|was|considered|"
    "ended|closed|expired|vencio|had|taken";

/* ---- effects ---- */

struct reader {
	const struct words *w;
	size_t from, to;	/* the sentence */
	struct date distributed;
	struct prose *out;
};

static unsigned
trigger_of(enum event_kind effect)
{
	switch (effect) {
	case EVENT_ADOPTED: return T_ADOPTED;
	case EVENT_IN_FORCE: return T_IN_FORCE;
	case EVENT_WITHDRAWN: return T_WITHDRAWN;
	case EVENT_GUIDANCE: return T_GUIDANCE;
	default: return T_CONTENT;
	}
}

/* The first date that begins in [from, to). */
static struct date
date_in(const struct reader *r, size_t from, size_t to)
{
	struct date d = DATE_NONE;

	for (size_t i = from; i < to && i < r->to; i++)
		if (words_date(r->w, i, r->to, &d) > 0)
			return d;
	return DATE_NONE;
}

static bool
is_history(const struct reader *r, struct date d)
{
	return date_is_set(d) && date_is_set(r->distributed) && date_days(r->distributed) - date_days(d) > HISTORY_DAYS;
}

/* Does the pattern match with a date that is news (or with none)? *when is that date. */
static bool
says(const struct reader *r, const char *pattern, bool dated, struct date *when)
{
	size_t from = r->from, start, end;

	for (; from < r->to && phrase_find(r->w, from, r->to, pattern, &start, &end); from = start + 1) {
		*when = dated ? date_in(r, start, end + 6) : DATE_NONE;
		if (!is_history(r, *when))
			return true;
		if (*pattern == '^')
			break;
	}
	return false;
}

static void
note(const struct reader *r, const struct rule *rule, struct date when)
{
	unsigned bit = 1u << rule->effect;

	if (rule->effect == EVENT_IN_FORCE && (r->out->effects & bit) == 0)
		r->out->planned = rule->kind == PLAN;
	else if (rule->effect == EVENT_IN_FORCE && rule->kind == IF)
		r->out->planned = false;
	if (rule->effect == EVENT_IN_FORCE && !date_is_set(r->out->in_force))
		r->out->in_force = when;
	r->out->effects |= bit;
}

static void
read_effects(const struct reader *r, unsigned classes)
{
	const struct rule *rules = prose_rules;
	size_t n = prose_rules_count;
	struct date when;

	for (size_t i = 0; i < n;) {
		enum event_kind effect = rules[i].effect;
		bool open = (classes & trigger_of(effect)) != 0;

		for (; i < n && rules[i].effect == effect; i++) {
			if (!open || !says(r, rules[i].pattern, effect == EVENT_ADOPTED || effect == EVENT_IN_FORCE, &when))
				continue;
			if (rules[i].kind != NOT)
				note(r, &rules[i], when);
			open = false;
		}
	}
}

/* ---- the comment period ---- */

static struct date
latest_date(const struct reader *r)
{
	struct date latest = DATE_NONE, d;

	for (size_t i = r->from; i < r->to; i++)
		if (words_date(r->w, i, r->to, &d) > 0)
			latest = date_max(latest, d);
	return latest;
}

/* The date at which a match of the pattern ends. */
static struct date
date_of(const struct reader *r, const char *pattern)
{
	size_t start, end;

	if (!phrase_find(r->w, r->from, r->to, pattern, &start, &end))
		return DATE_NONE;
	for (size_t i = end; i > start; i--) {
		struct date d;

		if (words_date(r->w, i - 1, r->to, &d) > 0 && i - 1 + words_date(r->w, i - 1, r->to, &d) == end)
			return d;
	}
	return DATE_NONE;
}

static bool
any_of(const struct reader *r, const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (phrase_find(r->w, r->from, r->to, patterns[i], NULL, NULL))
			return true;
	return false;
}

static struct date
first_of(const struct reader *r, const char *const *patterns, size_t n)
{
	struct date d = DATE_NONE;

	for (size_t i = 0; i < n && !date_is_set(d); i++)
		d = date_of(r, patterns[i]);
	return d;
}

static void
read_deadline(const struct reader *r)
{
	bool period = any_of(r, period_cues, 2), moved = period && phrase_find(r->w, r->from, r->to, moves, NULL, NULL);
	struct date d = DATE_NONE;

	if (moved) {
		d = first_of(r, new_ends, 2);
		if (!date_is_set(d))
			d = latest_date(r);
	} else if (!phrase_find(r->w, r->from, r->to, past_comments, NULL, NULL)) {
		d = period ? date_of(r, period_ends) : DATE_NONE;
		if (!date_is_set(d))
			d = first_of(r, plain_ends, 2);
		if (!date_is_set(d) && period)
			d = latest_date(r);
	}
	if (!date_is_set(d) && phrase_find(r->w, r->from, r->to, "if applicable", NULL, NULL))
		return;		/* an empty line of the form */
	if (moved || date_is_set(d))
		r->out->effects |= 1u << EVENT_DEADLINE;
	r->out->deadline = date_max(r->out->deadline, d);
}

/* ---- the boxes of the addendum form ---- */

static const struct { const char *pattern; enum event_kind effect; } boxes[] = {
	/* TBT */
	{ "^ comment period changed", EVENT_DEADLINE },
	{ "^ notified measure adopted", EVENT_ADOPTED },
	{ "^ notified measure published", EVENT_ADOPTED },
	{ "^ notified measure enters into force", EVENT_IN_FORCE },
	{ "^ text of final measure", EVENT_ADOPTED },
	{ "^ notified measure withdrawn", EVENT_WITHDRAWN },
	{ "^ content or scope", EVENT_CONTENT },
	{ "^ interpretive guidance", EVENT_GUIDANCE },
	/* SPS */
	{ "^ modification of final date for comments", EVENT_DEADLINE },
	{ "^ notification of adoption publication or entry into force", EVENT_ADOPTED },
	{ "^ modification of content", EVENT_CONTENT },
	{ "^ withdrawal of", EVENT_WITHDRAWN },
};

static const char *const ticks[] = { "[X]", "[x]", "\xe2\x98\x92", "\xe2\x98\x91" }, *const blanks[] = { "[ ]", "[]", "\xe2\x98\x90" };

/* Bytes of one of the marks at s, 0 without. */
static size_t
mark(const char *s, const char *const *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static void
read_box(const char *line, size_t n, struct prose *out)
{
	AUTO_WORDS w = WORDS_INIT;
	struct reader r = { .w = &w };
	struct date d;

	words_read(line, n, &w);
	r.to = w.n;
	d = latest_date(&r);
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++) {
		if (!phrase_find(&w, 0, w.n, boxes[i].pattern, NULL, NULL))
			continue;
		out->effects |= 1u << boxes[i].effect;
		if (boxes[i].effect == EVENT_DEADLINE)
			out->deadline = date_max(out->deadline, d);
		else if (boxes[i].effect == EVENT_IN_FORCE)
			out->in_force = d;
	}
}

/* Reads lines that begin with a box and blanks them, so that nobody takes the words of an empty box for prose. */
static void
read_boxes(char *text, struct prose *out)
{
	size_t n, box;

	for (char *line = text; *line != '\0'; line += n + (line[n] == '\n')) {
		const char *p = line + strspn(line, " ");

		n = strcspn(line, "\n");
		box = mark(p, ticks, sizeof(ticks) / sizeof(*ticks));
		if (box > 0)
			read_box(p + box, n - (size_t)(p - line) - box, out);
		else if (mark(p, blanks, sizeof(blanks) / sizeof(*blanks)) == 0)
			continue;
		memset(line, ' ', n);
	}
}

/* ---- all of it ---- */

void
prose_read(const char *text, struct date distributed, struct prose *out)
{
	AUTO_WORDS w = WORDS_INIT;
	char *copy = xstrndup(text, strnlen(text, PROSE_MAX));

	read_boxes(copy, out);
	words_read(copy, strlen(copy), &w);
	for (size_t from = 0, to; from < w.n; from = to) {
		struct reader r = { &w, from, to = words_sentence(&w, from), distributed, out };
		unsigned classes = 0;

		for (size_t i = from; i < to; i++)
			classes |= w.v[i].classes = prose_classes(w.v[i].s);
		if ((classes & T_DEADLINE) != 0)
			read_deadline(&r);
		read_effects(&r, classes);
	}
	free(copy);
}
