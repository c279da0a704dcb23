#include "event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/error.h"
#include "../base/utf8.h"

static const char *const names[EVENT_KINDS] = {
	[EVENT_NEW] = "new", [EVENT_URGENT] = "urgent", [EVENT_ARCHIVED] = "archived", [EVENT_REVISED] = "revised",
	[EVENT_CORRECTED] = "corrected", [EVENT_TRANSLATED] = "translated", [EVENT_ADDENDUM] = "addendum",
	[EVENT_DEADLINE] = "deadline", [EVENT_ADOPTED] = "adopted", [EVENT_IN_FORCE] = "in-force", [EVENT_WITHDRAWN] = "withdrawn",
	[EVENT_GUIDANCE] = "guidance", [EVENT_CONTENT] = "content", [EVENT_REACTION] = "reaction", [EVENT_FINAL] = "final",
	[EVENT_DOCUMENT] = "document", [EVENT_EDITED] = "edited", [EVENT_VANISHED] = "vanished", [EVENT_REAPPEARED] = "reappeared",
	[EVENT_RENORMALISED] = "renormalised",
};

/* How a deadline can move; written behind the name, not behind a colon. */
static const char *const moves[] = { "extended", "shortened", "reopened", "removed", "set" };

const char *
event_name(enum event_kind kind)
{
	return names[kind];
}

bool
event_parse_name(const char *name, enum event_kind *out)
{
	for (int i = 0; i < EVENT_KINDS; i++) {
		if (strcmp(names[i], name) == 0) {
			*out = (enum event_kind)i;
			return true;
		}
	}
	return false;
}

bool
event_is_change(enum event_kind kind)
{
	return kind != EVENT_NEW && kind != EVENT_URGENT && kind != EVENT_ARCHIVED && kind != EVENT_RENORMALISED;
}

void
event_clear(struct event *e)
{
	free(e->old);
	free(e->new);
	free(e->detail);
	*e = (struct event){ .kind = e->kind };
}

void
events_clear(struct events *e)
{
	for (size_t i = 0; i < e->n; i++)
		event_clear(&e->v[i]);
	free(e->v);
	*e = (struct events)EVENTS_INIT;
}

void
events_add(struct events *e, enum event_kind kind, const char *detail, const char *old, const char *new)
{
	e->v = xgrow(e->v, e->n, &e->cap, sizeof(*e->v));
	e->v[e->n++] = (struct event){ .kind = kind, .old = xstrdup(old), .new = xstrdup(new), .detail = xstrdup(detail) };
}

bool
events_have(const struct events *e, enum event_kind kind)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->v[i].kind == kind)
			return true;
	return false;
}

bool
events_alert(const struct events *e)
{
	return e->n > 0 && !events_have(e, EVENT_ARCHIVED) && !events_have(e, EVENT_RENORMALISED);
}

/* ---- the trailer ----
 *
 *	value = name [" " move] [" " [old " "] "->" [" " new]] [": " detail]
 *
 * old and new are bare words or quoted; a detail is the rest of the line, or quoted when that could be misread. */

static bool
is_move(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++)
		if (strlen(moves[i]) == n && memcmp(moves[i], s, n) == 0)
			return true;
	return false;
}

static bool
bare_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != '\0' && strchr("._/+-", c) != NULL);
}

static bool
bare_word(const char *s)
{
	size_t n = 0;

	while (bare_char(s[n]))
		n++;
	return n > 0 && s[n] == '\0' && !is_move(s, n);
}

/* Bytes at s (not at its end) that must not be shown as they are: controls, line and paragraph separators, marks that turn the
 * direction of writing, broken UTF-8. 0 when the character is harmless; *len is then its length. */
static size_t
hostile(const char *s, size_t *len)
{
	unsigned char c = (unsigned char)*s;
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	int32_t cp;

	*len = n;
	if (strnlen(s, n) < n || !utf8_valid(s, n))
		return 1;
	utf8_next(s, &cp);
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x061c || (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2060 && cp <= 0x206f) || cp == 0xfeff)
		return n;
	return 0;
}

static bool
harmless(const char *s)
{
	size_t len;

	for (; *s != '\0'; s += len)
		if (hostile(s, &len) != 0)
			return false;
	return true;
}

static void
write_quoted(const char *s, struct buf *out)
{
	size_t len, bad;

	buf_addc(out, '"');
	for (; *s != '\0'; s += len) {
		bad = hostile(s, &len);
		if (bad != 0) {
			for (len = 0; len < bad; len++)
				buf_addf(out, "\\x%02x", (unsigned char)s[len]);
			continue;
		}
		if (*s == '"' || *s == '\\')
			buf_addc(out, '\\');
		buf_add(out, s, len);
	}
	buf_addc(out, '"');
}

static void
write_word(const char *s, struct buf *out)
{
	buf_addc(out, ' ');
	if (bare_word(s))
		buf_adds(out, s);
	else
		write_quoted(s, out);
}

static void
write_detail(const char *s, struct buf *out)
{
	size_t n = strlen(s);

	buf_adds(out, ": ");
	if (n == 0 || s[0] == '"' || s[0] == ' ' || s[n - 1] == ' ' || !harmless(s))
		write_quoted(s, out);
	else
		buf_adds(out, s);
}

/* Who reacted, out of "detailed opinion by European Commission, Germany; comments by France": "European Commission, Germany,
 * France". Caller frees; NULL when the detail has not that form. */
static char *
issuers_of(const char *detail)
{
	AUTO_BUF b = BUF_INIT;

	while (detail != NULL && *detail != '\0') {
		const char *by = strstr(detail, " by "), *end = strchr(detail, ';');

		if (by == NULL || (end != NULL && end < by))
			return NULL;
		if (b.len > 0)
			buf_adds(&b, ", ");
		buf_add(&b, by + 4, end != NULL ? (size_t)(end - by) - 4 : strlen(by + 4));
		detail = end == NULL ? NULL : end[1] == ' ' ? end + 2 : end + 1;
	}
	return b.len > 0 ? buf_take(&b) : NULL;
}

/* Are old and new of a reaction what its detail says anyhow? Then they are not written. */
static bool
told_by_detail(const struct event *e)
{
	char *who = e->kind == EVENT_REACTION ? issuers_of(e->detail) : NULL;
	bool told = who != NULL && e->old == NULL && e->new != NULL && strcmp(who, e->new) == 0;

	free(who);
	return told;
}

/* A reaction without values would be read as one whose values the detail tells. */
static bool
needs_arrow(const struct event *e)
{
	char *who = NULL;
	bool needed;

	if (told_by_detail(e))
		return false;
	if (e->kind == EVENT_REACTION)
		who = issuers_of(e->detail);
	needed = e->old != NULL || e->new != NULL || who != NULL;
	free(who);
	return needed;
}

void
event_write(const struct event *e, struct buf *out)
{
	bool move = e->kind == EVENT_DEADLINE && e->detail != NULL && is_move(e->detail, strlen(e->detail));

	buf_adds(out, names[e->kind]);
	if (move)
		buf_addf(out, " %s", e->detail);
	if (needs_arrow(e)) {
		if (e->old != NULL)
			write_word(e->old, out);
		buf_adds(out, " ->");
		if (e->new != NULL)
			write_word(e->new, out);
	}
	if (e->detail != NULL && !move)
		write_detail(e->detail, out);
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The quoted text at *p, which moves behind it; caller frees. NULL when it is malformed. */
static char *
read_quoted(const char **p)
{
	AUTO_BUF b = BUF_INIT;
	const char *s = *p + 1;

	for (; *s != '"'; s++) {
		if (*s == '\\' && s[1] == 'x' && hex(s[2]) >= 0 && hex(s[3]) >= 0 && (hex(s[2]) | hex(s[3])) != 0) {
			buf_addc(&b, (char)(hex(s[2]) * 16 + hex(s[3])));
			s += 3;
		} else if (*s == '\\' && (s[1] == '"' || s[1] == '\\')) {
			buf_addc(&b, *++s);
		} else if (*s == '\0' || *s == '\\') {
			return NULL;
		} else {
			buf_addc(&b, *s);
		}
	}
	*p = s + 1;
	return buf_take(&b);
}

/* An old or new at *p, bare or quoted; NULL when there is none. */
static char *
read_word(const char **p)
{
	const char *s = *p;
	char *word;

	if (*s == '"')
		return read_quoted(p);
	while (bare_char(*s) && !(s[0] == '-' && s[1] == '>'))
		s++;
	if (s == *p)
		return NULL;
	word = xstrndup(*p, (size_t)(s - *p));
	*p = s;
	return word;
}

static bool
skip(const char **p, const char *literal)
{
	size_t n = strlen(literal);

	if (strncmp(*p, literal, n) != 0)
		return false;
	*p += n;
	return true;
}

/* [" " [old " "] "->" [" " new]]; false when it is malformed. */
static bool
read_arrow(const char **p, struct event *e)
{
	if (**p != ' ')
		return true;
	(*p)++;
	if (!skip(p, "->")) {
		e->old = read_word(p);
		if (e->old == NULL || !skip(p, " ->"))
			return false;
	}
	if (!skip(p, " "))
		return true;
	e->new = read_word(p);
	return e->new != NULL;
}

/* [": " detail] up to the end. */
static bool
read_detail(const char *p, struct event *e)
{
	if (*p == '\0')
		return true;
	if (!skip(&p, ": ") || e->detail != NULL)
		return false;
	if (*p != '"') {
		e->detail = xstrdup(p);
		return *p != '\0' && harmless(p);
	}
	e->detail = read_quoted(&p);
	return e->detail != NULL && *p == '\0';
}

/* " extended" behind the name of a deadline event. */
static void
read_move(const char **p, struct event *e)
{
	size_t n;

	if (e->kind != EVENT_DEADLINE || **p != ' ')
		return;
	n = strcspn(*p + 1, " :");
	if (!is_move(*p + 1, n))
		return;
	e->detail = xstrndup(*p + 1, n);
	*p += n + 1;
}

int
event_read(const char *value, struct event *out, struct error *err)
{
	size_t n = strcspn(value, " :");
	const char *p = value + n;
	char name[32];
	bool arrow;

	*out = (struct event){ .kind = EVENT_NEW };
	snprintf(name, sizeof(name), "%.*s", (int)(n < sizeof(name) ? n : sizeof(name) - 1), value);
	if (n >= sizeof(name) || !event_parse_name(name, &out->kind))
		return error_set(err, ERR_DATA, "no event: '%.60s'", value);
	read_move(&p, out);
	arrow = *p == ' ';
	if (!read_arrow(&p, out) || !read_detail(p, out)) {
		event_clear(out);
		return error_set(err, ERR_DATA, "malformed event '%.60s'", value);
	}
	if (out->kind == EVENT_REACTION && !arrow)
		out->new = issuers_of(out->detail);
	return 0;
}
