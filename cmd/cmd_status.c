/* status: how fresh, what tripped, what is undelivered */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "../lib/base/json.h"
#include "../lib/base/message.h"
#include "cmd.h"
#include "undelivered.h"

#define STATE_LIMIT (64 << 20)
#define LOCK_LIMIT 1000
#define DOCUMENTS_SHOWN 10

struct feed_status {
	const char *name;
	bool enabled;
	const char *read;	/* day of the last good run; NULL never */
	json_t *refused, *quarantine, *missing, *documents, *hosts;	/* of state; may be NULL */
	json_t *state;
};

static void
read_state(struct app *app, enum source source, struct feed_status *s)
{
	AUTO_FREE char *name = xasprintf("cache/%s.json", source_name(source)), *path = app_path(app, name);
	AUTO_BUF text = BUF_INIT;

	*s = (struct feed_status){ .name = source_name(source), .enabled = app->settings.feed[source].enabled };
	if (!file_exists(path) || file_read(path, STATE_LIMIT, &text, NULL) < 0 || json_parse(buf_str(&text), text.len, &s->state, NULL) < 0)
		return;
	s->read = json_str(s->state, "last_good");
	s->refused = json_object_get(s->state, "refused");
	s->quarantine = json_object_get(s->state, "quarantine");
	s->missing = json_object_get(s->state, "missing");
	s->documents = json_object_get(s->state, "documents");
	s->hosts = json_object_get(s->state, "document_hosts");
}

/* "fetch, begun 2025-06-12T06:00:00Z": what the newest run that took the lock wrote into it; NULL before the first. Caller frees. */
static char *
last_run(struct app *app)
{
	AUTO_FREE char *path = app_path(app, "lock");
	AUTO_BUF text = BUF_INIT;
	const char *blank;

	if (!file_exists(path) || file_read(path, LOCK_LIMIT, &text, NULL) < 0)
		return NULL;
	buf_trim(&text);
	blank = strchr(buf_str(&text), ' ');	/* behind the process id */
	return blank != NULL ? xstrdup(blank + 1) : NULL;
}

/* Bytes of all files below a folder. */
static long long
tree_size(const char *path)
{
	DIR *d = opendir(path);
	const struct dirent *e;
	long long sum = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		AUTO_FREE char *child = file_join(path, e->d_name);
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 || lstat(child, &st) < 0)
			continue;
		sum += S_ISDIR(st.st_mode) ? tree_size(child) : (long long)st.st_size;
	}
	if (d != NULL)
		closedir(d);
	return sum;
}

static void
write_table(const char *what, json_t *t, struct buf *out)
{
	const char *key;
	json_t *e;

	json_object_foreach(t, key, e) {
		const char *since = json_str(e, "since"), *reason = json_str(e, "reason");

		buf_addf(out, "  %s %s since %s: %s\n", what, key, since != NULL ? since : "?", reason != NULL ? reason : "?");
	}
}

/* Attached texts that could not be had: fn is called with the link and what is remembered of it. Returns how many there are. */
static size_t
each_lacking(json_t *documents, void (*fn)(void *ctx, const char *url, json_t *e), void *ctx)
{
	const char *url;
	json_t *e;
	size_t n = 0;

	json_object_foreach(documents, url, e) {
		if (json_str(e, "reason") == NULL)
			continue;
		n++;
		if (fn != NULL)
			fn(ctx, url, e);
	}
	return n;
}

/* What was read, but not without a remark: a member of an archive that was refused, tracked changes. */
static void
write_remarks(json_t *documents, struct buf *out)
{
	size_t shown = 0, i;
	const char *url;
	json_t *e, *note;

	json_object_foreach(documents, url, e)
		json_array_foreach(json_object_get(e, "notes"), i, note)
			if (json_is_string(note) && json_str(e, "reason") == NULL && shown++ < DOCUMENTS_SHOWN)
				buf_addf(out, "  on a document of %s: %s: %s\n", json_str(e, "notification") != NULL ? json_str(e, "notification") : "?", url, json_string_value(note));
	if (shown > DOCUMENTS_SHOWN)
		buf_addf(out, "  and %zu more remarks on documents (--format=json has them)\n", shown - DOCUMENTS_SHOWN);
}

/* A host that is down for a day would fill the screen. */
struct lacking {
	struct buf *out;
	size_t n;
};

static void
write_lacking(void *ctx, const char *url, json_t *e)
{
	struct lacking *l = ctx;
	const char *id = json_str(e, "notification"), *since = json_str(e, "since");

	if (l->n++ < DOCUMENTS_SHOWN)
		buf_addf(l->out, "  document of %s since %s: %s: %s\n", id != NULL ? id : "?", since != NULL ? since : "?", url, json_str(e, "reason"));
}

static void
write_documents(json_t *documents, struct buf *out)
{
	struct lacking l = { out, 0 };

	each_lacking(documents, write_lacking, &l);
	if (l.n > DOCUMENTS_SHOWN)
		buf_addf(out, "  and %zu more documents (--format=json names them)\n", l.n - DOCUMENTS_SHOWN);
}

static void
append_lacking(void *ctx, const char *url, json_t *e)
{
	json_t *o = json_object();

	json_set_str(o, "url", url);
	json_set_str(o, "notification", json_str(e, "notification"));
	json_set_str(o, "since", json_str(e, "since"));
	json_set_str(o, "reason", json_str(e, "reason"));
	json_set_str(o, "next", json_str(e, "next"));
	json_array_append_new(ctx, o);
}

static void
append_remarks(json_t *documents, json_t *out)
{
	const char *url;
	json_t *e;

	json_object_foreach(documents, url, e) {
		json_t *notes = json_object_get(e, "notes"), *o;

		if (json_array_size(notes) == 0 || json_str(e, "reason") != NULL)
			continue;
		o = json_object();
		json_set_str(o, "url", url);
		json_set_str(o, "notification", json_str(e, "notification"));
		json_object_set(o, "notes", notes);
		json_array_append_new(out, o);
	}
}

static void
write_text(const struct feed_status feeds[2], const struct index_counts *c, long long size, const char *run, const struct undelivered *u, struct buf *out)
{
	buf_addf(out, "last run: %s\n", run != NULL ? run : "never");
	for (int i = 0; i < 2; i++) {
		buf_addf(out, "feed %s: %s\n", feeds[i].name, !feeds[i].enabled ? "not enabled" : feeds[i].read != NULL ? feeds[i].read : "never read to the end");
		write_table("refused", feeds[i].refused, out);
		write_table("quarantined page", feeds[i].quarantine, out);
		if (json_object_size(feeds[i].missing) > 0)
			buf_addf(out, "  %zu records missing from the source's answers\n", json_object_size(feeds[i].missing));
		write_table("unreachable host of documents", feeds[i].hosts, out);
		write_documents(feeds[i].documents, out);
		write_remarks(feeds[i].documents, out);
	}
	buf_addf(out, "store: %ld notifications in %ld dossiers, %ld versions, %ld open for comment, %ld uncoded, %ld vanished; %.1f MB\n", c->notifications, c->dossiers, c->versions, c->open,
	    c->uncoded, c->vanished, (double)size / 1e6);
	for (size_t i = 0; i < u->n; i++)
		buf_addf(out, "undelivered: %s to %s, %s%s%s%s%s\n", u->v[i].subscription, u->v[i].target, u->v[i].state, u->v[i].since[0] != '\0' ? " since " : "",
		    u->v[i].since, u->v[i].reason[0] != '\0' ? ": " : "", u->v[i].reason);
}

static json_t *
feed_json(const struct feed_status *f)
{
	json_t *o = json_object(), *documents = json_array(), *remarks = json_array();

	each_lacking(f->documents, append_lacking, documents);
	append_remarks(f->documents, remarks);
	json_set_str(o, "feed", f->name);
	json_set_bool(o, "enabled", f->enabled);
	json_set_str(o, "last_good", f->read);
	json_object_set(o, "refused", f->refused != NULL ? f->refused : json_null());
	json_object_set(o, "quarantine", f->quarantine != NULL ? f->quarantine : json_null());
	json_object_set_new(o, "missing", json_integer((json_int_t)json_object_size(f->missing)));
	json_object_set_new(o, "documents", documents);
	json_object_set_new(o, "document_remarks", remarks);
	json_object_set(o, "document_hosts", f->hosts != NULL ? f->hosts : json_null());
	return o;
}

static void
write_json(const struct feed_status feeds[2], const struct index_counts *c, long long size, const char *run, const struct undelivered *u, struct buf *out)
{
	json_t *o = json_object(), *list = json_array(), *targets = json_array();

	json_array_append_new(list, feed_json(&feeds[0]));
	json_array_append_new(list, feed_json(&feeds[1]));
	json_set_str(o, "last_run", run);
	json_object_set_new(o, "feeds", list);
	json_object_set_new(o, "notifications", json_integer(c->notifications));
	json_object_set_new(o, "dossiers", json_integer(c->dossiers));
	json_object_set_new(o, "versions", json_integer(c->versions));
	json_object_set_new(o, "open", json_integer(c->open));
	json_object_set_new(o, "uncoded", json_integer(c->uncoded));
	json_object_set_new(o, "vanished", json_integer(c->vanished));
	json_object_set_new(o, "store_bytes", json_integer(size));
	for (size_t i = 0; i < u->n; i++) {
		json_t *t = json_object();

		json_set_str(t, "subscription", u->v[i].subscription);
		json_set_str(t, "target", u->v[i].target);
		json_set_str(t, "state", u->v[i].state);
		json_set_str(t, "since", u->v[i].since[0] != '\0' ? u->v[i].since : NULL);
		json_set_str(t, "reason", u->v[i].reason);
		json_array_append_new(targets, t);
	}
	json_object_set_new(o, "undelivered", targets);
	json_write(o, true, out);
	json_decref(o);
}

static void
write_gauge(struct buf *out, const char *name, const char *help, double value)
{
	buf_addf(out, "# HELP regwatch_%s %s\n# TYPE regwatch_%s gauge\nregwatch_%s %.0f\n", name, help, name, name, value);
}

static void
write_prometheus(const struct feed_status feeds[2], const struct index_counts *c, long long size, const struct undelivered *u, struct buf *out)
{
	buf_adds(out, "# HELP regwatch_feed_last_good_timestamp_seconds Midnight UTC of the day of the last good run of a feed\n"
	    "# TYPE regwatch_feed_last_good_timestamp_seconds gauge\n");
	for (int i = 0; i < 2; i++) {
		struct date d = DATE_NONE;

		if (feeds[i].read != NULL && date_parse_iso(feeds[i].read, &d, NULL))
			buf_addf(out, "regwatch_feed_last_good_timestamp_seconds{feed=\"%s\"} %lld\n", feeds[i].name, (long long)date_midnight(d));
	}
	buf_adds(out, "# HELP regwatch_feed_refused Answers that a guard refused and that are not mended\n# TYPE regwatch_feed_refused gauge\n");
	for (int i = 0; i < 2; i++)
		buf_addf(out, "regwatch_feed_refused{feed=\"%s\"} %zu\n", feeds[i].name, json_object_size(feeds[i].refused));
	buf_adds(out, "# HELP regwatch_feed_quarantined Pages that were not understood\n# TYPE regwatch_feed_quarantined gauge\n");
	for (int i = 0; i < 2; i++)
		buf_addf(out, "regwatch_feed_quarantined{feed=\"%s\"} %zu\n", feeds[i].name, json_object_size(feeds[i].quarantine));
	buf_adds(out, "# HELP regwatch_feed_documents_lacking Attached texts that could not be had\n# TYPE regwatch_feed_documents_lacking gauge\n");
	for (int i = 0; i < 2; i++)
		buf_addf(out, "regwatch_feed_documents_lacking{feed=\"%s\"} %zu\n", feeds[i].name, each_lacking(feeds[i].documents, NULL, NULL));
	write_gauge(out, "notifications", "Notifications held", (double)c->notifications);
	write_gauge(out, "versions", "Versions held", (double)c->versions);
	write_gauge(out, "open", "Notifications open for comment", (double)c->open);
	write_gauge(out, "uncoded", "Notifications that match no sector", (double)c->uncoded);
	write_gauge(out, "store_bytes", "Size of the store", (double)size);
	write_gauge(out, "undelivered", "Targets with undelivered alerts", (double)u->n);
}

int
cmd_status(struct app *app, const struct options *o, struct error *err)
{
	__attribute__((cleanup(undelivered_clear))) struct undelivered u = { 0 };
	AUTO_FREE char *store = app_path(app, "store.git"), *run = last_run(app);
	AUTO_BUF out = BUF_INIT, safe = BUF_INIT;
	struct feed_status feeds[2];
	struct index_counts c;
	long long size = tree_size(store);
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON && o->format != FORMAT_PROMETHEUS)
		return error_set(err, ERR_USAGE, "--format: status gives text, json or prometheus");
	if ((rc = index_counts(app->ix, &c, err)) < 0 || (rc = alert_undelivered(app, &u, err)) < 0)
		return rc;
	for (int i = 0; i < 2; i++)
		read_state(app, (enum source)i, &feeds[i]);
	if (o->format == FORMAT_JSON)
		write_json(feeds, &c, size, run, &u, &out);
	else if (o->format == FORMAT_PROMETHEUS)
		write_prometheus(feeds, &c, size, &u, &out);
	else
		write_text(feeds, &c, size, run, &u, &out);
	for (int i = 0; i < 2; i++)
		json_decref(feeds[i].state);
	message_filter(buf_str(&out), &safe);
	fwrite(buf_str(&safe), 1, safe.len, stdout);
	return 0;
}
