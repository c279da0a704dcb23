#include "backoff.h"

#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "../lib/base/sha.h"

#define FILE_LIMIT (16 << 20)
#define FREE_TRIES 3
#define HASH_SHOWN 16
#define HOUR 3600
#define LONGEST (22 * HOUR)
#define LONGEST_ASKED (7 * 24 * HOUR)

/* As the inbox is named: a target may hold secrets. */
static char *
key_of(const char *subscription, const char *target)
{
	char hash[SHA256_HEX];

	sha256_hex(target, strlen(target), hash);
	return xasprintf("%s/%.*s", subscription, HASH_SHOWN, hash);
}

static json_t *
find(const struct backoff *b, const char *subscription, const char *target)
{
	AUTO_FREE char *key = key_of(subscription, target);

	return json_object_get(b->targets, key);
}

void
backoff_load(struct app *app, struct backoff *b)
{
	AUTO_FREE char *path = app_path(app, "cache/alerts.json");
	AUTO_BUF text = BUF_INIT;

	*b = (struct backoff){ 0 };
	if (file_exists(path) && file_read(path, FILE_LIMIT, &text, NULL) == 0)
		(void)json_parse(buf_str(&text), text.len, &b->targets, NULL);
	if (json_is_object(b->targets))
		return;
	json_decref(b->targets);
	b->targets = json_object();
}

static bool
is_configured(const struct app *app, const char *key)
{
	for (size_t i = 0; i < app->settings.subscriptions_n; i++) {
		const struct subscription *sub = &app->settings.subscriptions[i];

		for (size_t k = 0; k < sub->targets.n; k++) {
			AUTO_FREE char *mine = key_of(sub->name, sub->targets.v[k]);

			if (strcmp(mine, key) == 0)
				return true;
		}
	}
	return false;
}

int
backoff_save(struct app *app, struct backoff *b, struct error *err)
{
	AUTO_FREE char *dir = app_path(app, "cache"), *path = app_path(app, "cache/alerts.json");
	AUTO_BUF text = BUF_INIT;
	const char *key;
	json_t *value;
	void *next;
	int rc;

	if (!b->changed)
		return 0;
	json_object_foreach_safe(b->targets, next, key, value)
		if (!is_configured(app, key))
			json_object_del(b->targets, key);
	json_write(b->targets, true, &text);
	if ((rc = file_mkdirs(dir, err)) < 0)
		return rc;
	b->changed = false;
	return file_write(path, buf_str(&text), text.len, NULL, err);
}

void
backoff_clear(struct backoff *b)
{
	json_decref(b->targets);
	b->targets = NULL;
}

static int64_t
pause_after(json_int_t failures)
{
	int64_t pause = HOUR;

	if (failures <= FREE_TRIES)
		return 0;
	for (json_int_t i = FREE_TRIES + 1; i < failures && pause < LONGEST; i++)
		pause *= 2;
	return pause < LONGEST ? pause : LONGEST;
}

static int64_t
asked_until(const struct backoff *b, const char *target)
{
	char hash[SHA256_HEX];
	int64_t latest = 0, at;
	const char *key;
	json_t *t;

	sha256_hex(target, strlen(target), hash);
	json_object_foreach(b->targets, key, t) {
		const char *slash = strrchr(key, '/'), *until = json_str(t, "until");

		if (slash == NULL || until == NULL || strncmp(slash + 1, hash, HASH_SHOWN) != 0 || !instant_parse(until, &at))
			continue;
		if (at > latest && at <= clock_now() + LONGEST_ASKED)
			latest = at;
	}
	return latest;
}

int64_t
backoff_until(const struct backoff *b, const char *subscription, const char *target)
{
	json_t *t = find(b, subscription, target);
	const char *last = json_str(t, "last");
	int64_t at, asked = asked_until(b, target), own = 0;

	if (last != NULL && instant_parse(last, &at) && at <= clock_now())	/* else the clock was set back: nothing is known of the pause */
		own = at + pause_after(json_integer_value(json_object_get(t, "failures")));
	return own > asked ? own : asked;
}

const char *
backoff_reason(const struct backoff *b, const char *subscription, const char *target)
{
	return json_str(find(b, subscription, target), "reason");
}

void
backoff_failed(struct backoff *b, const char *subscription, const char *target, const char *reason, long wait)
{
	AUTO_FREE char *key = key_of(subscription, target);
	json_t *t = json_object_get(b->targets, key), *o = json_object();
	json_int_t failures = json_integer_value(json_object_get(t, "failures"));
	char now[INSTANT_TEXT], until[INSTANT_TEXT];

	instant_format(clock_now(), now);
	json_object_set_new(o, "failures", json_integer(failures < 1000 ? failures + 1 : failures));
	json_set_str(o, "first", json_str(t, "first") != NULL ? json_str(t, "first") : now);
	json_set_str(o, "last", now);
	json_set_str(o, "reason", reason);
	if (wait > 0)
		json_set_str(o, "until", instant_format(clock_now() + (wait < LONGEST_ASKED ? wait : LONGEST_ASKED), until));
	json_object_set_new(b->targets, key, o);
	b->changed = true;
}

void
backoff_forget(struct backoff *b, const char *subscription, const char *target)
{
	AUTO_FREE char *key = key_of(subscription, target);

	if (json_object_del(b->targets, key) == 0)
		b->changed = true;
}
