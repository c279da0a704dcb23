/* Events in words: the commit's subject, and a line for people. */
#include <stdlib.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/date.h"
#include "../base/utf8.h"
#include "effects.h"
#include "event.h"

#define SUBJECT_COLUMNS 100
#define SUBJECT_LEAST 20	/* columns that the words get beside however long an id */

static const char *
language_name(const char *code)
{
	static const struct { const char *code, *name; } known[] = {
		{ "bg", "Bulgarian" }, { "cs", "Czech" }, { "da", "Danish" }, { "de", "German" }, { "el", "Greek" }, { "en", "English" },
		{ "es", "Spanish" }, { "et", "Estonian" }, { "fi", "Finnish" }, { "fr", "French" }, { "ga", "Irish" }, { "hr", "Croatian" },
		{ "hu", "Hungarian" }, { "it", "Italian" }, { "lt", "Lithuanian" }, { "lv", "Latvian" }, { "mt", "Maltese" }, { "nl", "Dutch" },
		{ "pl", "Polish" }, { "pt", "Portuguese" }, { "ro", "Romanian" }, { "sk", "Slovak" }, { "sl", "Slovenian" }, { "sv", "Swedish" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].code, code) == 0)
			return known[i].name;
	return code;
}

static const char *
or_nothing(const char *s)
{
	return s != NULL ? s : "";
}

static bool
is(const struct event *e, const char *detail)
{
	return strcmp(or_nothing(e->detail), detail) == 0;
}

/* ---- the subject ---- */

struct subject {
	const struct notice *n;
	const struct events *e;
	struct buf *out;
};

static void
phrase(struct buf *out, const char *text)
{
	buf_addf(out, "%s%s", out->len > 0 ? ", " : "", text);
}

/* ", comments until 2025-08-11" behind an arrival that no deadline event comes with. */
static void
until(const struct subject *s)
{
	char day[DATE_TEXT];

	date_format(s->n->deadline, day);
	if (*day == '\0' || events_have(s->e, EVENT_DEADLINE))
		return;
	phrase(s->out, s->n->source == SOURCE_TRIS ? "standstill until " : "comments until ");
	buf_adds(s->out, day);
}

static void
say_arrival(const struct subject *s, const struct event *e)
{
	bool urgent = events_have(s->e, EVENT_URGENT);

	switch (e->kind) {
	case EVENT_NEW:
		phrase(s->out, urgent ? "new urgent measure" : "new draft");
		break;
	case EVENT_ARCHIVED:
		phrase(s->out, effects_is_base(s->n) ? "draft from the archive" : "from the archive");
		break;
	case EVENT_REVISED:
		phrase(s->out, "revised draft");
		break;
	case EVENT_CORRECTED:
		phrase(s->out, "corrigendum");
		break;
	default:
		break;
	}
	if (effects_is_base(s->n) || e->kind == EVENT_REVISED)
		until(s);
}

/* A follow-up's own name is left out where what it does follows. */
static void
say_addendum(const struct subject *s)
{
	if (s->e->v[s->e->n - 1].kind == EVENT_ADDENDUM)
		phrase(s->out, "addendum");
	until(s);
}

static void
say_translated(const struct subject *s, const struct event *e)
{
	if (e->new == NULL) {
		phrase(s->out, "translation available");
		return;
	}
	phrase(s->out, "text now in ");
	buf_adds(s->out, language_name(e->new));
}

static void
say_deadline(const struct subject *s, const struct event *e)
{
	static const struct { const char *move, *wto, *tris; } words[] = {
		{ "extended", "comments now until ", "standstill extended to " },
		{ "shortened", "comments now only until ", "standstill shortened to " },
		{ "reopened", "open for comments again until ", "standstill again until " },
		{ "removed", "comment deadline removed", "end of standstill removed" },
		{ "set", "comments until ", "standstill until " },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!is(e, words[i].move))
			continue;
		phrase(s->out, s->n->source == SOURCE_TRIS ? words[i].tris : words[i].wto);
		if (!is(e, "removed"))
			buf_adds(s->out, or_nothing(e->new));
		return;
	}
	phrase(s->out, "deadline moved");
}

static void
say_in_force(const struct subject *s, const struct event *e)
{
	struct date d;
	bool dated = e->new != NULL && date_parse_iso(e->new, &d, NULL);

	phrase(s->out, "in force");
	if (dated)
		buf_addf(s->out, " %s %s", date_cmp(d, s->n->distributed) > 0 ? "from" : "since", e->new);
}

/* Are all the names those of texts? */
static bool
names_texts(const char *names)
{
	AUTO_STRV v = STRV_INIT;

	strv_split(&v, names, ",");
	for (size_t i = 0; i < v.n; i++) {
		bool text = false;

		for (size_t row = 0; row < notice_fields_count; row++)
			text |= notice_fields[row].type == FIELD_TEXT && notice_fields[row].key != NULL && strcmp(notice_fields[row].key, v.v[i]) == 0;
		if (!text)
			return false;
	}
	return v.n > 0;
}

static void
with_detail(const struct subject *s, const char *words, const struct event *e)
{
	phrase(s->out, words);
	if (e->detail != NULL)
		buf_addf(s->out, " (%s)", e->detail);
}

static void
say(const struct subject *s, const struct event *e)
{
	static const char *const words[EVENT_KINDS] = {
		[EVENT_ADOPTED] = "adopted", [EVENT_WITHDRAWN] = "withdrawn", [EVENT_GUIDANCE] = "guidance issued",
		[EVENT_CONTENT] = "content changed", [EVENT_FINAL] = "final text", [EVENT_VANISHED] = "vanished from the source",
		[EVENT_REAPPEARED] = "back in the source", [EVENT_RENORMALISED] = "renormalised",
	};

	if (e->kind == EVENT_ADDENDUM)
		say_addendum(s);
	else if (e->kind < EVENT_DEADLINE && e->kind != EVENT_TRANSLATED)
		say_arrival(s, e);
	else if (e->kind == EVENT_TRANSLATED)
		say_translated(s, e);
	else if (e->kind == EVENT_DEADLINE)
		say_deadline(s, e);
	else if (e->kind == EVENT_IN_FORCE)
		say_in_force(s, e);
	else if (e->kind == EVENT_REACTION)
		phrase(s->out, or_nothing(e->detail));
	else if (e->kind == EVENT_DOCUMENT)
		with_detail(s, "attached texts changed", e);
	else if (e->kind == EVENT_RENORMALISED && e->detail != NULL)
		with_detail(s, "text known now", e);
	else if (e->kind == EVENT_EDITED)
		with_detail(s, names_texts(or_nothing(e->detail)) ? "text edited" : "edited", e);
	else
		phrase(s->out, words[e->kind]);
}

/* Appends text as one harmless line. */
static void
add_plain(struct buf *out, const char *text)
{
	AUTO_BUF clean = BUF_INIT;

	utf8_clean(text, strlen(text), false, &clean);
	buf_adds(out, buf_str(&clean));
}

void
events_subject(const struct notice *n, const struct events *e, struct buf *out)
{
	AUTO_BUF line = BUF_INIT, words = BUF_INIT, clean = BUF_INIT;
	struct subject s = { n, e, &words };
	size_t used;

	for (size_t i = 0; i < e->n; i++)
		say(&s, &e->v[i]);
	add_plain(&line, n->id);
	buf_adds(&line, ": ");
	used = utf8_width(buf_str(&line));
	add_plain(&clean, buf_str(&words));
	utf8_ellipsis(buf_str(&clean), used + SUBJECT_LEAST > SUBJECT_COLUMNS ? SUBJECT_LEAST : SUBJECT_COLUMNS - used, &line);
	buf_adds(out, buf_str(&line));
}

/* ---- for people ---- */

static void
describe_deadline(const struct event *e, enum source source, struct buf *out)
{
	static const struct { const char *move, *wto, *tris; } known[] = {
		{ "extended", "comment period extended to ", "standstill extended to " },
		{ "shortened", "comment period shortened to ", "standstill shortened to " },
		{ "reopened", "comment period reopened until ", "standstill again until " },
		{ "set", "comment period set to end on ", "standstill set to end on " },
		{ "removed", "comment deadline removed", "end of standstill removed" },
	};
	const char *words = source == SOURCE_TRIS ? "standstill now ends on " : "comment period now ends on ";

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (is(e, known[i].move))
			words = source == SOURCE_TRIS ? known[i].tris : known[i].wto;
	buf_adds(out, words);
	if (!is(e, "removed"))
		buf_adds(out, or_nothing(e->new));
	if (e->old != NULL)
		buf_addf(out, " (was %s)", e->old);
}

static void
describe_translated(const struct event *e, struct buf *out)
{
	if (e->new == NULL) {
		buf_adds(out, "unofficial translation available");
		return;
	}
	buf_addf(out, "text now in %s", language_name(e->new));
	if (e->old != NULL)
		buf_addf(out, " (was %s)", language_name(e->old));
}

void
event_describe(const struct event *e, struct buf *out)
{
	event_describe_of(SOURCE_EPING, e, out);
}

void
event_describe_of(enum source source, const struct event *e, struct buf *out)
{
	static const char *const words[EVENT_KINDS] = {
		[EVENT_NEW] = "new", [EVENT_URGENT] = "under an urgency procedure", [EVENT_ARCHIVED] = "from the archive",
		[EVENT_REVISED] = "revised draft", [EVENT_CORRECTED] = "corrigendum", [EVENT_ADDENDUM] = "addendum", [EVENT_ADOPTED] = "adopted",
		[EVENT_IN_FORCE] = "entry into force", [EVENT_WITHDRAWN] = "withdrawn or cancelled", [EVENT_GUIDANCE] = "guidance issued",
		[EVENT_CONTENT] = "content or scope changed", [EVENT_REACTION] = "reaction", [EVENT_FINAL] = "final text appeared",
		[EVENT_DOCUMENT] = "attached texts changed", [EVENT_EDITED] = "edited at the source", [EVENT_VANISHED] = "vanished from the source",
		[EVENT_REAPPEARED] = "back in the source", [EVENT_RENORMALISED] = "read anew by a better normaliser",
	};
	AUTO_BUF text = BUF_INIT;

	if (e->kind == EVENT_DEADLINE)
		describe_deadline(e, source, &text);
	else if (e->kind == EVENT_TRANSLATED)
		describe_translated(e, &text);
	else if (e->kind == EVENT_REACTION && e->detail != NULL)
		buf_adds(&text, e->detail);
	else if (e->kind == EVENT_RENORMALISED && e->detail != NULL)
		buf_adds(&text, "a text behind a known link is read now");
	else
		buf_adds(&text, words[e->kind]);
	if (e->kind == EVENT_IN_FORCE && e->new != NULL)
		buf_addf(&text, " on %s", e->new);
	if (e->detail != NULL && e->kind != EVENT_DEADLINE && e->kind != EVENT_REACTION)
		buf_addf(&text, ": %s", e->detail);
	add_plain(out, buf_str(&text));
}
