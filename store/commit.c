#include "commit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/date.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "git.h"

/* Printable ASCII without double blanks or blanks at the ends: what utf8_clean would leave as it is. */
static bool
is_plain(const char *s, size_t n)
{
	if (n > 0 && (s[0] == ' ' || s[n - 1] == ' '))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] < ' ' || s[i] > '~' || (s[i] == ' ' && s[i + 1] == ' ') || s[i] == '_')
			return false;
	}
	return true;
}

void
commit_line(const char *text, struct buf *out)
{
	size_t start = out->len, n = strlen(text);

	if (n <= LIMIT_LINE && is_plain(text, n)) {
		buf_add(out, text, n);
		return;
	}
	utf8_clean(text, n, false, out);
	if (out->len - start > LIMIT_LINE) {
		size_t end = start + LIMIT_LINE;

		while (end > start && ((unsigned char)out->data[end] & 0xc0) == 0x80)
			end--;
		buf_truncate(out, end);
		buf_trim(out);
	}
}

/* Characters that git strips from the ends of a name: with them our ids would change when git rewrites a commit. */
static bool
is_crud(char c)
{
	return (c >= 0 && c <= ' ') || strchr(".,:;<>\"\\'", c) != NULL;
}

static void
add_name(const char *name, struct buf *out)
{
	AUTO_BUF clean = BUF_INIT;
	const char *s, *end;

	commit_line(name, &clean);
	s = buf_str(&clean);
	end = s + clean.len;
	while (s < end && is_crud(*s))
		s++;
	while (end > s && is_crud(end[-1]))
		end--;
	if (s == end)
		buf_adds(out, "unknown");
	for (; s < end; s++)
		if (*s != '<' && *s != '>')
			buf_addc(out, *s);
}

static void
add_email(const char *email, struct buf *out)
{
	size_t start = out->len;

	for (; *email != '\0'; email++)
		if ((*email >= 'a' && *email <= 'z') || (*email >= 'A' && *email <= 'Z') || (*email >= '0' && *email <= '9') || strchr("@.-_+", *email) != NULL)
			buf_addc(out, *email);
	if (out->len == start)
		buf_adds(out, "unknown@member.invalid");
}

static void
add_oid(const char *name, const git_oid *id, struct buf *out)
{
	char hex[OID_HEX];

	store_hex(id, hex);
	buf_addf(out, "%s %s\n", name, hex);
}

static int64_t
time_for_git(int64_t t)
{
	return t > 0 ? t : 0;
}

void
commit_header(const git_oid *tree, const git_oid *parent, const char *name, const char *email, int64_t author_time, int64_t commit_time, struct buf *out)
{
	add_oid("tree", tree, out);
	if (parent != NULL)
		add_oid("parent", parent, out);
	buf_adds(out, "author ");
	add_name(name, out);
	buf_adds(out, " <");
	add_email(email, out);
	buf_addf(out, "> %" PRId64 " +0000\ncommitter " STORE_COMMITTER " %" PRId64 " +0000\n\n", time_for_git(author_time), time_for_git(commit_time));
}

bool
commit_trailer(const char *key, const char *value, struct buf *out)
{
	size_t start = out->len, empty;

	if (value == NULL)
		return false;
	buf_addf(out, "%s: ", key);
	empty = out->len;
	commit_line(value, out);
	if (out->len == empty) {
		buf_truncate(out, start);
		return false;
	}
	buf_addc(out, '\n');
	return true;
}

static bool
add_events(const struct events *events, struct buf *out)
{
	AUTO_BUF line = BUF_INIT;
	bool complete = events != NULL && events->n > 0;

	for (size_t i = 0; complete && i < events->n; i++) {
		buf_reset(&line);
		event_write(&events->v[i], &line);
		complete = commit_trailer("Event", buf_str(&line), out);
	}
	return complete;
}

/* False when one of the trailers that every version must bear would be empty. */
static bool
add_trailers(const struct new_version *v, const git_oid *raw, struct buf *out)
{
	char fetched[INSTANT_TEXT], hex[OID_HEX];
	bool complete = commit_trailer("Notification", v->notification, out) && commit_trailer("Dossier", v->dossier, out) &&
	    commit_trailer("Source", v->source, out) && add_events(v->events, out);

	commit_trailer("Fetched", instant_format(v->fetched, fetched), out);
	if (raw != NULL) {
		store_hex(raw, hex);
		commit_trailer("Raw", hex, out);
	}
	commit_trailer("Normaliser", NORMALISER_VERSION, out);
	return complete;
}

static void
add_subject(const struct new_version *v, struct buf *out)
{
	size_t start = out->len;

	if (v->subject != NULL)
		commit_line(v->subject, out);
	if (out->len == start && v->notification != NULL)
		commit_line(v->notification, out);
	buf_adds(out, "\n\n");
}

int
commit_message(const struct new_version *v, const git_oid *raw, struct buf *out, struct error *err)
{
	size_t start = out->len;

	add_subject(v, out);
	if (!add_trailers(v, raw, out))
		return error_set(err, ERR_BUG, "a version of '%s' lacks its notification, dossier, source or events", v->path);
	if (out->len - start > LIMIT_MESSAGE / 2)
		return error_set(err, ERR_DATA, "the commit message of '%s' would be larger than %d bytes", v->path, LIMIT_MESSAGE / 2);
	return 0;
}
