#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "../feeds/tris_page.h"
#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/notice/deadline.h"
#include "../lib/notice/event.h"
#include "../lib/notice/symbol.h"
#include "../lib/sector/sector.h"

enum value_type {
	VALUE_STRING, VALUE_LANGUAGE, VALUE_URL, VALUE_SITE, VALUE_BOOL, VALUE_SECONDS, VALUE_INTEGER, VALUE_LIST, VALUE_LEAD, VALUE_REMIND, VALUE_MEMBERS, VALUE_EVENTS,
	VALUE_TARGETS, VALUE_EVERY, VALUE_ELSEWHERE
};

struct key {
	const char *section, *key;
	enum value_type type;
	size_t offset;		/* in the section's own struct */
	const char *allowed;	/* words that a list or string may hold, schemes of a URL, separated by blanks; NULL: any */
};

#define TOP(member) offsetof(struct settings, member)
#define FEED(member) offsetof(struct feed_settings, member)
#define MAIL(member) offsetof(struct mail_settings, member)
#define SUB(member) offsetof(struct subscription, member)

static const struct key keys[] = {
	{ "regwatch", "contact", VALUE_STRING, TOP(contact), NULL },
	{ "regwatch", "time-limit", VALUE_SECONDS, TOP(time_limit), NULL },
	{ "regwatch", "language", VALUE_LANGUAGE, TOP(language), NULL },
	{ "feed", "enabled", VALUE_BOOL, FEED(enabled), NULL },
	{ "feed", "url", VALUE_URL, FEED(url), NULL },
	{ "feed", "delay", VALUE_SECONDS, FEED(delay), NULL },
	{ "feed", "patience", VALUE_SECONDS, FEED(patience), NULL },
	{ "feed", "documents", VALUE_STRING, FEED(documents), "none open all" },
	{ "feed", "document-host", VALUE_LIST, FEED(document_hosts), NULL },
	{ "feed", "key-file", VALUE_STRING, FEED(key_file), NULL },
	{ "feed", "area", VALUE_LIST, FEED(areas), "TBT SPS" },
	{ "feed", "language", VALUE_STRING, FEED(language), "en fr es" },
	{ "feed", "start-id", VALUE_INTEGER, FEED(start_id), NULL },
	{ "sector", "title", VALUE_ELSEWHERE, 0, NULL },
	{ "sector", "hs", VALUE_ELSEWHERE, 0, NULL },
	{ "sector", "ics", VALUE_ELSEWHERE, 0, NULL },
	{ "sector", "tris", VALUE_ELSEWHERE, 0, NULL },
	{ "sector", "word", VALUE_ELSEWHERE, 0, NULL },
	{ "sector", "mask", VALUE_ELSEWHERE, 0, NULL },
	{ "sector", "enabled", VALUE_ELSEWHERE, 0, NULL },
	{ "mail", "from", VALUE_STRING, MAIL(from), NULL },
	{ "mail", "server", VALUE_URL, MAIL(server), "smtp smtp+starttls smtps" },
	{ "mail", "sendmail", VALUE_STRING, MAIL(sendmail), NULL },
	{ "mail", "user", VALUE_STRING, MAIL(user), NULL },
	{ "mail", "password-file", VALUE_STRING, MAIL(password_file), NULL },
	{ "mail", "list-domain", VALUE_STRING, MAIL(list_domain), NULL },
	{ "subscription", "sector", VALUE_LIST, SUB(sectors), NULL },
	{ "subscription", "member", VALUE_MEMBERS, SUB(members), NULL },
	{ "subscription", "area", VALUE_LIST, SUB(areas), "TBT SPS TRIS" },
	{ "subscription", "source", VALUE_LIST, SUB(sources), "eping tris" },
	{ "subscription", "event", VALUE_EVENTS, SUB(events), NULL },
	{ "subscription", "to", VALUE_TARGETS, SUB(targets), NULL },
	{ "subscription", "every", VALUE_EVERY, SUB(every), NULL },
	{ "subscription", "backfill", VALUE_SECONDS, SUB(backfill), NULL },
	{ "subscription", "empty", VALUE_BOOL, SUB(empty), NULL },
	{ "subscription", "remind", VALUE_REMIND, SUB(remind), NULL },
	{ "subscription", "lead", VALUE_LEAD, SUB(leads), NULL },
	{ "subscription", "unsubscribe", VALUE_STRING, SUB(unsubscribe), NULL },
	{ "subscription", "secret-file", VALUE_STRING, SUB(secret_file), NULL },
	{ "subscription", "title", VALUE_STRING, SUB(title), NULL },
	{ "subscription", "language", VALUE_STRING, SUB(language), "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv" },
	{ "site", "dir", VALUE_STRING, TOP(site_dir), NULL },
	{ "site", "url", VALUE_SITE, TOP(site_url), "https http" },
	{ "site", "title", VALUE_STRING, TOP(site_title), NULL },
	{ "remote", "url", VALUE_STRING, TOP(remote_url), NULL },
	{ "remote", "push", VALUE_LIST, TOP(remote_push), "main notes" },
};

/* Keys of the feed sections that only one feed has. */
static const struct { const char *key; enum source only; } feed_only[] = {
	{ "key-file", SOURCE_EPING },
	{ "area", SOURCE_EPING },
	{ "language", SOURCE_EPING },
	{ "start-id", SOURCE_TRIS },
};

static const struct { const char *name; bool named; } sections[] = {
	{ "regwatch", false }, { "feed", true }, { "sector", true }, { "mail", false }, { "subscription", true }, { "site", false }, { "remote", false },
};

static const char *const target_schemes[] = { "mailto:", "atom:", "ical:", "webhook:", "command:", "maildir:" };

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static int
check_section(const struct conf *c, const struct conf_entry *e, struct error *err)
{
	const char *known[COUNT(sections)];

	for (size_t i = 0; i < COUNT(sections); i++) {
		known[i] = sections[i].name;
		if (strcmp(sections[i].name, e->section) != 0)
			continue;
		if (sections[i].named && e->name == NULL)
			return conf_error(c, e, err, "the section needs a name: [%s \"NAME\"]", e->section);
		if (!sections[i].named && e->name != NULL)
			return conf_error(c, e, err, "the section takes no name: [%s]", e->section);
		if (sections[i].named && (e->name[0] == '\0' || e->name[strspn(e->name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0'))
			return conf_error(c, e, err, "the name '%s' may hold only a-z, 0-9 and '-'", e->name);
		return 0;
	}
	return conf_unknown(c, e, "section", e->section, known, COUNT(sections), err);
}

static const struct key *
find_key(const struct conf *c, const struct conf_entry *e, struct error *err)
{
	const char *known[COUNT(keys)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(keys); i++) {
		if (strcmp(keys[i].section, e->section) != 0)
			continue;
		if (strcmp(keys[i].key, e->key) == 0)
			return &keys[i];
		known[n++] = keys[i].key;
	}
	conf_unknown(c, e, "key", e->key, known, n, err);
	return NULL;
}

static bool
word_allowed(const char *word, const char *allowed)
{
	size_t n = strlen(word);

	for (const char *p = allowed; p != NULL && (p = strstr(p, word)) != NULL; p += n)
		if ((p == allowed || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0') && n > 0)
			return true;
	return allowed == NULL;
}

static int
add_words(const struct conf *c, const struct conf_entry *e, const struct key *key, struct strv *list, struct error *err)
{
	AUTO_STRV words = STRV_INIT;

	strv_split(&words, e->value, ",");
	for (size_t i = 0; i < words.n; i++) {
		if (!word_allowed(words.v[i], key->allowed))
			return conf_error(c, e, err, "'%s' is none of: %s", words.v[i], key->allowed);
		strv_add(list, words.v[i]);
	}
	return 0;
}

/* What somebody may have meant who wrote a name or another code; "" unknown. */
static const char *
guess_member(const char *word)
{
	const char *named = member_of_name(word);

	return named[0] != '\0' ? named : member_of_code(word, false);
}

/* Codes in either case. */
static int
add_members(const struct conf *c, const struct conf_entry *e, struct strv *list, struct error *err)
{
	AUTO_STRV words = STRV_INIT;

	strv_split(&words, e->value, ",");
	for (size_t i = 0; i < words.n; i++) {
		AUTO_FREE char *code = xstrdup(words.v[i]);
		const char *near;

		for (char *p = code; *p != '\0'; p++)
			*p = (char)(*p >= 'a' && *p <= 'z' ? *p - ('a' - 'A') : *p);
		near = guess_member(strlen(words.v[i]) < 4 ? code : words.v[i]);
		if (strcmp(member_name(code), code) == 0)	/* unknown ones have no name */
			return conf_error(c, e, err, "unknown member '%.60s'%s%s%s", words.v[i], near[0] != '\0' ? "; did you mean '" : "", near,
			    near[0] != '\0' ? "'?" : "");
		strv_add(list, code);
	}
	return 0;
}

static int
add_events(const struct conf *c, const struct conf_entry *e, struct strv *list, struct error *err)
{
	const char *known[EVENT_KINDS + 1];
	AUTO_STRV words = STRV_INIT;
	enum event_kind kind;

	for (int k = 0; k < EVENT_KINDS; k++)
		known[k] = event_name((enum event_kind)k);
	known[EVENT_KINDS] = "changed";
	strv_split(&words, e->value, ",");
	for (size_t i = 0; i < words.n; i++) {
		if (strcmp(words.v[i], "changed") != 0 && !event_parse_name(words.v[i], &kind))
			return conf_unknown(c, e, "event", words.v[i], known, COUNT(known), err);
		strv_add(list, words.v[i]);
	}
	return 0;
}

/* Kept as written: they are parsed again where a ladder is made. Only a lead is for somebody. */
static int
check_leads(const struct conf *c, const struct conf_entry *e, bool for_somebody, struct error *err)
{
	AUTO_LEADS leads = LEADS_INIT;
	struct error why;

	if (leads_parse(&leads, e->value, &why) < 0)
		return conf_error(c, e, err, "%s", why.text);
	for (size_t i = 0; !for_somebody && i < leads.n; i++)
		if (leads.v[i].who != NULL)
			return conf_error(c, e, err, "'%s' is no time like 21d, 3w, 3bd or end", leads.v[i].who);
	return 0;
}

static const char *
scheme_at(const char *s)
{
	for (size_t i = 0; i < COUNT(target_schemes); i++)
		if (strncmp(s, target_schemes[i], strlen(target_schemes[i])) == 0)
			return target_schemes[i];
	return NULL;
}

/* Targets are separated by commas too, but a comma inside a path or URL stays: a new one begins where a scheme does. */
static int
add_targets(const struct conf *c, const struct conf_entry *e, struct strv *list, struct error *err)
{
	AUTO_STRV parts = STRV_INIT;

	strv_split(&parts, e->value, ",");
	for (size_t i = 0; i < parts.n; i++) {
		const char *scheme = scheme_at(parts.v[i]);

		if (scheme == NULL && list->n > 0 && i > 0) {
			char *joined = xasprintf("%s,%s", list->v[list->n - 1], parts.v[i]);

			free(list->v[list->n - 1]);
			list->v[list->n - 1] = joined;
		} else if (scheme == NULL) {
			return conf_error(c, e, err, "the target '%s' begins with none of mailto: atom: ical: webhook: command: maildir:", parts.v[i]);
		} else if (parts.v[i][strlen(scheme)] == '\0') {
			return conf_error(c, e, err, "the target '%s' is empty", parts.v[i]);
		} else {
			strv_add(list, parts.v[i]);
		}
	}
	return 0;
}

static int
set_string(const struct conf *c, const struct conf_entry *e, const char *allowed, char **value, struct error *err)
{
	if (!word_allowed(e->value, allowed))
		return conf_error(c, e, err, "'%s' is none of: %s", e->value, allowed);
	if (strpbrk(e->value, "\r\n") != NULL)
		return conf_error(c, e, err, "the value must be one line");
	free(*value);
	*value = xstrdup(e->value);
	return 0;
}

static int
set_url(const struct conf *c, const struct conf_entry *e, const char *schemes, char **value, struct error *err)
{
	const char *end = strstr(e->value, "://");
	AUTO_FREE char *scheme = end != NULL ? xstrndup(e->value, (size_t)(end - e->value)) : NULL;
	size_t n;
	int rc;

	if (end == NULL)
		return conf_error(c, e, err, "'%s' is no URL", e->value);
	if (!word_allowed(scheme, schemes))
		return conf_error(c, e, err, "'%s://' is none of: %s", scheme, schemes);
	if ((rc = set_string(c, e, NULL, value, err)) < 0)
		return rc;
	for (n = strlen(*value); n > 0 && (*value)[n - 1] == '/'; n--)
		(*value)[n - 1] = '\0';
	return 0;
}

static int
set_every(const struct conf *c, const struct conf_entry *e, enum every *every, struct error *err)
{
	static const char *const names[] = { "run", "day", "week" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], e->value) == 0) {
			*every = (enum every)i;
			return 0;
		}
	return conf_error(c, e, err, "'%s' is none of: run day week", e->value);
}

static int
set_value(const struct conf *c, const struct conf_entry *e, const struct key *key, char *base, struct error *err)
{
	void *value = base + key->offset;

	switch (key->type) {
	case VALUE_STRING:
		return set_string(c, e, key->allowed, value, err);
	case VALUE_LANGUAGE:
		if (strspn(e->value, "abcdefghijklmnopqrstuvwxyz") != 2 || e->value[2] != '\0')
			return conf_error(c, e, err, "'%s' is no language of two letters, as in 'en'", e->value);
		return set_string(c, e, key->allowed, value, err);
	case VALUE_URL:
		return set_url(c, e, key->allowed, value, err);
	case VALUE_SITE:
		return set_url(c, e, key->allowed, value, err) < 0 ? ERR_CONF : settings_check_site(c, e, err);
	case VALUE_BOOL:
		return conf_bool(c, e, value, err);
	case VALUE_SECONDS:
		return conf_seconds(c, e, value, err);
	case VALUE_INTEGER:
		return conf_integer(c, e, 1, 100000000, value, err);
	case VALUE_LIST:
		return add_words(c, e, key, value, err);
	case VALUE_MEMBERS:
		return add_members(c, e, value, err);
	case VALUE_EVENTS:
		return add_events(c, e, value, err);
	case VALUE_REMIND:
		return check_leads(c, e, false, err) < 0 ? ERR_CONF : add_words(c, e, key, value, err);
	case VALUE_LEAD:
		strv_add(value, e->value);
		return check_leads(c, e, true, err);
	case VALUE_TARGETS:
		return add_targets(c, e, value, err);
	case VALUE_EVERY:
		return set_every(c, e, value, err);
	case VALUE_ELSEWHERE:
		break;
	}
	return 0;
}

static struct subscription *
find_subscription(struct settings *s, const char *name)
{
	struct subscription *sub;

	for (size_t i = 0; i < s->subscriptions_n; i++)
		if (strcmp(s->subscriptions[i].name, name) == 0)
			return &s->subscriptions[i];
	s->subscriptions = xgrow(s->subscriptions, s->subscriptions_n, &s->subscriptions_cap, sizeof(*s->subscriptions));
	sub = &s->subscriptions[s->subscriptions_n++];
	*sub = (struct subscription){ .name = xstrdup(name) };
	return sub;
}

/* e: an entry, or the header of the section. */
static int
check_feed(const struct conf *c, const struct conf_entry *e, enum source *source, struct error *err)
{
	static const char *const known[] = { "eping", "tris" };

	if (!source_parse(e->name, source))
		return conf_unknown(c, e, "feed", e->name, known, COUNT(known), err);
	for (size_t i = 0; e->key != NULL && i < COUNT(feed_only); i++)
		if (strcmp(feed_only[i].key, e->key) == 0 && feed_only[i].only != *source)
			return conf_error(c, e, err, "feed '%s' has no key '%s'", e->name, e->key);
	return 0;
}

static int
read_entry(struct settings *s, const struct conf *c, const struct conf_entry *e, struct error *err)
{
	const struct key *key;
	enum source source = SOURCE_EPING;
	char *base = (char *)s;
	int rc;

	if ((rc = check_section(c, e, err)) < 0)
		return rc;
	if (strcmp(e->section, "feed") == 0 && (rc = check_feed(c, e, &source, err)) < 0)
		return rc;
	if ((key = find_key(c, e, err)) == NULL)
		return ERR_CONF;
	if (strcmp(e->section, "feed") == 0)
		base = (char *)&s->feed[source];
	else if (strcmp(e->section, "mail") == 0)
		base = (char *)&s->mail;
	else if (strcmp(e->section, "subscription") == 0)
		base = (char *)find_subscription(s, e->name);
	return set_value(c, e, key, base, err);
}

/* A section may hold no key at all, which is no reason not to look at its name. */
static int
read_header(struct settings *s, const struct conf *c, const struct conf_entry *header, struct error *err)
{
	enum source source;
	int rc;

	if ((rc = check_section(c, header, err)) < 0)
		return rc;
	if (strcmp(header->section, "feed") == 0)
		return check_feed(c, header, &source, err);
	if (strcmp(header->section, "subscription") == 0)
		find_subscription(s, header->name);
	return 0;
}

static void
add_defaults(struct settings *s)
{
	struct feed_settings *eping = &s->feed[SOURCE_EPING];

	if (eping->areas.n == 0)
		strv_split(&eping->areas, "TBT,SPS", ",");
	if (eping->document_hosts.n == 0)
		strv_split(&eping->document_hosts, "members.wto.org,docs.wto.org", ",");
	if (s->remote_push.n == 0)
		strv_split(&s->remote_push, "main,notes", ",");
	for (size_t i = 0; i < s->subscriptions_n; i++)
		if (s->subscriptions[i].events.n == 0)
			strv_split(&s->subscriptions[i].events, "new,changed", ",");
}

static void
set_defaults(struct settings *s)
{
	*s = (struct settings){ .time_limit = 30 * 60, .language = xstrdup("en") };
	s->feed[SOURCE_EPING] = (struct feed_settings){ .enabled = true, .url = xstrdup("https://epingalert.org"), .delay = 1, .patience = 60,
		.documents = xstrdup("open"), .language = xstrdup("en") };
	s->feed[SOURCE_TRIS] = (struct feed_settings){ .enabled = true, .url = xstrdup(TRIS_SITE),
		.delay = 3, .patience = 60, .documents = xstrdup("open"), .start_id = 28700 };
}

int
settings_read(struct settings *out, const struct conf *conf, struct error *err)
{
	int rc;

	set_defaults(out);
	for (size_t i = 0; i < conf->n; i++)
		if ((rc = read_entry(out, conf, &conf->v[i], err)) < 0)
			return rc;
	for (size_t i = 0; i < conf->headers_n; i++)
		if ((rc = read_header(out, conf, &conf->headers[i], err)) < 0)
			return rc;
	if ((rc = settings_check_targets(out, conf, err)) < 0)
		return rc;
	add_defaults(out);
	return 0;
}
