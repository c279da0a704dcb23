#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/date.h"
#include "../lib/base/limits.h"
#include "../lib/base/utf8.h"
#include "commit.h"
#include "git.h"

#define HEX_LEN (OID_HEX - 1)
#define VERSION_EVENTS 64	/* of one version; we write fewer than a dozen */
#define NORMALISER_LEN 20

/* The bytes not yet read. */
struct cursor {
	const char *at, *end;
};

static bool
take_word(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(c->end - c->at) < n || memcmp(c->at, word, n) != 0)
		return false;
	c->at += n;
	return true;
}

/* "NAME HEX\n" */
static bool
take_oid(struct cursor *c, const char *name, git_oid *out)
{
	char hex[OID_HEX];

	if (!take_word(c, name) || c->end - c->at < HEX_LEN + 1 || c->at[HEX_LEN] != '\n')
		return false;
	memcpy(hex, c->at, HEX_LEN);
	hex[HEX_LEN] = '\0';
	c->at += HEX_LEN + 1;
	return store_oid(hex, out);
}

/* At most 12 digits: the year 33658. */
static bool
take_number(struct cursor *c, int64_t *out)
{
	const char *start = c->at;

	*out = 0;
	while (c->at < c->end && *c->at >= '0' && *c->at <= '9' && c->at - start < 12)
		*out = *out * 10 + (*c->at++ - '0');
	return c->at > start;
}

/* "WHO NAME <EMAIL> TIME +0000\n" */
static bool
take_person(struct cursor *c, const char *who, const char **name, size_t *name_len, int64_t *time)
{
	const char *open, *close, *line;

	if (!take_word(c, who) || (line = memchr(c->at, '\n', (size_t)(c->end - c->at))) == NULL)
		return false;
	open = memchr(c->at, '<', (size_t)(line - c->at));
	if (open == NULL || open == c->at || open[-1] != ' ' || (close = memchr(open, '>', (size_t)(line - open))) == NULL)
		return false;
	*name = c->at;
	*name_len = (size_t)(open - 1 - c->at);
	c->at = close + 1;
	return take_word(c, " ") && take_number(c, time) && take_word(c, " +0000\n");
}

bool
commit_view(const char *data, size_t n, struct commit_view *out)
{
	struct cursor c = { data, data + n };
	const char *name;
	size_t name_len;
	git_oid parent;

	memset(out, 0, sizeof(*out));
	if (!take_oid(&c, "tree ", &out->tree))
		return false;
	while (take_oid(&c, "parent ", &parent)) {
		if (out->parents++ == 0)
			git_oid_cpy(&out->parent, &parent);
	}
	if (!take_person(&c, "author ", &out->author, &out->author_len, &out->author_time) ||
	    !take_person(&c, "committer ", &name, &name_len, &out->time) || !take_word(&c, "\n"))
		return false;
	out->message = c.at;
	out->message_len = (size_t)(c.end - c.at);
	return true;
}

char *
commit_subject(const struct commit_view *view)
{
	const char *end = memchr(view->message, '\n', view->message_len);

	return xstrndup(view->message, end != NULL ? (size_t)(end - view->message) : view->message_len);
}

/* Where the last paragraph starts. */
static const char *
last_paragraph(const struct commit_view *view, const char **end)
{
	const char *start = view->message, *at;

	*end = view->message + view->message_len;
	while (*end > start && (*end)[-1] == '\n')
		(*end)--;
	for (at = *end; at - start >= 2; at--)
		if (at[-1] == '\n' && at[-2] == '\n')
			return at;
	return *end;
}

static bool
is_one_line(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f)
			return false;
	return utf8_valid(s, n);
}

static int
one_trailer(const char *line, size_t n, int (*fn)(void *ctx, const char *key, const char *value, struct error *err), void *ctx, struct error *err)
{
	AUTO_FREE char *key = xstrndup(line, n);
	char *colon = strstr(key, ": ");
	int rc;

	if (!is_one_line(line, n) || colon == NULL || colon == key || colon[2] == '\0')
		return error_set(err, ERR_DATA, "the commit message ends in what is no trailer");
	*colon = '\0';
	rc = fn(ctx, key, colon + 2, err);
	return rc < 0 ? error_prefix(err, "trailer '%s'", key) : rc;
}

int
commit_trailers(const struct commit_view *view, int (*fn)(void *ctx, const char *key, const char *value, struct error *err), void *ctx, struct error *err)
{
	const char *end, *at, *next;
	int rc = 0;

	for (at = last_paragraph(view, &end); rc == 0 && at < end; at = next + 1) {
		next = memchr(at, '\n', (size_t)(end - at));
		if (next == NULL)
			next = end;
		rc = one_trailer(at, (size_t)(next - at), fn, ctx, err);
	}
	return rc;
}

static int
set_once(char **field, const char *value, struct error *err)
{
	if (*field != NULL)
		return error_set(err, ERR_DATA, "comes twice");
	if (strlen(value) > LIMIT_LINE)
		return error_set(err, ERR_DATA, "longer than %d bytes", LIMIT_LINE);
	*field = xstrdup(value);
	return 0;
}

static int
read_notification(struct version *v, const char *value, struct error *err)
{
	return set_once(&v->notification, value, err);
}

static int
read_dossier(struct version *v, const char *value, struct error *err)
{
	return set_once(&v->dossier, value, err);
}

static int
read_source(struct version *v, const char *value, struct error *err)
{
	enum source source;

	if (!source_parse(value, &source))
		return error_set(err, ERR_DATA, "'%s' is no source", value);
	return set_once(&v->source, value, err);
}

static int
read_event(struct version *v, const char *value, struct error *err)
{
	struct event event = { .kind = EVENT_NEW };
	int rc;

	if (v->events.n >= VERSION_EVENTS)
		return error_set(err, ERR_DATA, "more than %d", VERSION_EVENTS);
	rc = event_read(value, &event, err);
	if (rc == 0)
		events_add(&v->events, event.kind, event.detail, event.old, event.new);
	event_clear(&event);
	return rc;
}

static int
read_fetched(struct version *v, const char *value, struct error *err)
{
	char again[INSTANT_TEXT];

	if (v->fetched != 0)
		return error_set(err, ERR_DATA, "comes twice");
	if (!instant_parse(value, &v->fetched) || strcmp(instant_format(v->fetched, again), value) != 0)
		return error_set(err, ERR_DATA, "'%s' is no time", value);
	return 0;
}

static int
read_raw(struct version *v, const char *value, struct error *err)
{
	git_oid id;

	if (v->raw[0] != '\0')
		return error_set(err, ERR_DATA, "comes twice");
	if (!store_oid(value, &id))
		return error_set(err, ERR_DATA, "'%s' is no object id", value);
	store_hex(&id, v->raw);
	return 0;
}

static int
read_normaliser(struct version *v, const char *value, struct error *err)
{
	if (strlen(value) > NORMALISER_LEN)
		return error_set(err, ERR_DATA, "longer than %d bytes", NORMALISER_LEN);
	return set_once(&v->normaliser, value, err);
}

/* What we know how to read; others, of a later regwatch, are passed over. */
static const struct trailer {
	const char *key;
	int (*read)(struct version *v, const char *value, struct error *err);
} trailers[] = {
	{ "Notification", read_notification },
	{ "Dossier", read_dossier },
	{ "Source", read_source },
	{ "Event", read_event },
	{ "Fetched", read_fetched },
	{ "Raw", read_raw },
	{ "Normaliser", read_normaliser },
};

static int
read_trailer(void *ctx, const char *key, const char *value, struct error *err)
{
	for (size_t i = 0; i < sizeof(trailers) / sizeof(trailers[0]); i++)
		if (strcmp(trailers[i].key, key) == 0)
			return trailers[i].read(ctx, value, err);
	return 0;
}

static int
check_complete(const struct version *v, struct error *err)
{
	const char *missing = v->notification == NULL ? "Notification" : v->dossier == NULL ? "Dossier" : v->source == NULL ? "Source" :
	    v->events.n == 0 ? "Event" : v->fetched == 0 ? "Fetched" : v->normaliser == NULL ? "Normaliser" : NULL;

	return missing != NULL ? error_set(err, ERR_DATA, "trailer '%s' is missing", missing) : 0;
}

int
commit_version(const char *data, size_t n, struct version *out, struct error *err)
{
	struct commit_view view;
	int rc;

	if (!commit_view(data, n, &view))
		return error_set(err, ERR_DATA, "not a commit that regwatch wrote");
	if (view.parents > 1)
		return error_set(err, ERR_DATA, "a merge, which regwatch never makes");
	if (view.parents == 1)
		store_hex(&view.parent, out->parent);
	out->at = view.time;
	out->author = xstrndup(view.author, view.author_len);
	out->subject = commit_subject(&view);
	if (!is_one_line(out->author, view.author_len) || !is_one_line(out->subject, strlen(out->subject)))
		return error_set(err, ERR_DATA, "control characters or broken UTF-8 in its subject or author");
	rc = commit_trailers(&view, read_trailer, out, err);
	return rc == 0 ? check_complete(out, err) : rc;
}
