#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/error.h"
#include "../lib/base/sha.h"
#include "../lib/notice/attached.h"
#include "../lib/notice/canon.h"
#include "../lib/notice/symbol.h"
#include "delivered.h"
#include "index.h"
#include "raw.h"
#include "repo.h"

struct verify {
	struct store *st;
	struct index *ix;
	void (*tell)(void *ctx, const char *problem);
	void *ctx;
	struct verify_counts *counts;
	struct strv commits;	/* of main, in their order until they are sorted */
	struct strv events;	/* "COMMIT EVENT", in the order of main */
	struct strv known;	/* ids of the notifications that main tells of */
	size_t at;		/* event of the index that is compared next */
	bool events_differ;
	char last[OID_HEX];	/* where the newest commit of raw says that main is */
};

static void __attribute__((format(printf, 2, 3)))
broken(struct verify *v, const char *fmt, ...)
{
	char line[1200];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	v->counts->problems++;
	v->tell(v->ctx, line);
}

/* ---- main: each commit with its record and its raw object ---- */

static void
check_record(struct verify *v, const struct version *version)
{
	AUTO_BUF path = BUF_INIT, text = BUF_INIT, again = BUF_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	struct error err;

	symbol_path(version->notification, &path);
	buf_adds(&path, ".md");
	if (store_read(v->st, version->commit, buf_str(&path), &text, NULL, &err) < 0) {
		broken(v, "commit %s: record '%s' cannot be read: %s", version->commit, buf_str(&path), err.text);
		return;
	}
	if (canon_read(buf_str(&text), text.len, &n, &err) < 0) {
		broken(v, "commit %s: record '%s': %s", version->commit, buf_str(&path), err.text);
		return;
	}
	canon_write(&n, &again);
	if (again.len != text.len || memcmp(again.data, text.data, text.len) != 0)
		broken(v, "commit %s: record '%s' is not in the form that its content has", version->commit, buf_str(&path));
	if (strcmp(n.id, version->notification) != 0)
		broken(v, "commit %s: record '%s' is of '%s', the commit of '%s'", version->commit, buf_str(&path), n.id, version->notification);
}

static void
keep_events(struct verify *v, const struct version *version)
{
	for (size_t i = 0; i < version->events.n; i++) {
		AUTO_BUF line = BUF_INIT;

		buf_addf(&line, "%s ", version->commit);
		event_write(&version->events.v[i], &line);
		strv_take(&v->events, buf_take(&line));
	}
}

static int
check_version(void *ctx, const char *commit, struct error *err)
{
	struct verify *v = ctx;
	AUTO_VERSION version = VERSION_INIT;
	AUTO_BUF raw = BUF_INIT;
	struct error why;

	(void)err;
	v->counts->versions++;
	strv_add(&v->commits, commit);
	if (store_version(v->st, commit, &version, &why) < 0) {
		broken(v, "%s", why.text);
		return 0;
	}
	check_record(v, &version);
	if (version.raw[0] != '\0' && store_read_blob(v->st, version.raw, &raw, &why) < 0)
		broken(v, "commit %s: raw object %s: %s", commit, version.raw, why.text);
	keep_events(v, &version);
	strv_add(&v->known, version.notification);
	return 0;
}

/* ---- raw: what it says of main ---- */

/* A record or commit that was changed afterwards has another id, and so have all commits behind it: main then lacks those that raw names. */
static int
check_raw_commit(void *ctx, const char *commit, struct error *err)
{
	struct verify *v = ctx;
	__attribute__((cleanup(raw_story_clear))) struct raw_story story = { .at = 0 };
	const char *main = story.main;
	struct error why;

	(void)err;
	if (raw_story(v->st, commit, &story, &why) < 0) {
		broken(v, "%s", why.text);
		return 0;
	}
	if (v->commits.n == 0 || bsearch(&main, v->commits.v, v->commits.n, sizeof(*v->commits.v), strv_compare) == NULL)
		broken(v, "raw commit %s: it made commit %s, which main does not hold: its history was changed", commit, story.main);
	memcpy(v->last, story.main, sizeof(v->last));
	return 0;
}

static void
check_raw(struct verify *v)
{
	char tip[OID_HEX];
	struct error why;

	strv_sort(&v->commits);
	if (store_walk(v->st, STORE_RAW, "", check_raw_commit, v, &why) < 0 || store_tip(v->st, STORE_MAIN, tip, &why) < 0)
		broken(v, "branch raw: %s", why.text);
	else if (strcmp(tip, v->last) != 0)
		broken(v, "branch main: its tip is %s, raw leads to %s", tip[0] != '\0' ? tip : "nothing", v->last[0] != '\0' ? v->last : "nothing");
}

/* ---- texts of documents ---- */

static void
check_text(struct verify *v, const struct notice *n, const struct document *d)
{
	AUTO_BUF path = BUF_INIT, text = BUF_INIT;
	char hash[SHA256_HEX];
	struct error why;

	if (d->text_sha256 == NULL)
		return;
	attached_path(n, d, &path);
	if (store_read(v->st, "", buf_str(&path), &text, NULL, &why) < 0) {
		broken(v, "'%s': text '%s' cannot be read: %s", n->id, buf_str(&path), why.text);
		return;
	}
	sha256_hex(buf_str(&text), text.len, hash);
	if (strcmp(hash, d->text_sha256) != 0)
		broken(v, "'%s': text '%s' is not the one that the record names", n->id, buf_str(&path));
}

/* ---- the index against main ---- */

static int
check_row(void *ctx, const struct index_row *row)
{
	struct verify *v = ctx;
	AUTO_BUF text = BUF_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	char blob[OID_HEX] = "";
	struct error why;

	if (store_read(v->st, "", row->path, &text, blob, &why) < 0 || canon_read(buf_str(&text), text.len, &n, &why) < 0) {
		broken(v, "index: '%s': %s", row->id, why.text);
		return 0;
	}
	if (strcmp(blob, row->blob) != 0 || strcmp(n.id, row->id) != 0 || strcmp(n.dossier, row->dossier) != 0 || strcmp(n.member, row->member) != 0 ||
	    strcmp(n.title.s != NULL ? n.title.s : "", row->title) != 0 || n.kind != row->kind || n.area != row->area ||
	    date_cmp(n.distributed, row->distributed) != 0 || date_cmp(n.deadline, row->deadline) != 0)
		broken(v, "index: '%s' is not the record of main; 'regwatch rebuild' mends it", row->id);
	for (size_t i = 0; i < n.documents.n; i++)
		check_text(v, &n, &n.documents.v[i]);
	return 0;
}

static int
check_event(void *ctx, const struct index_event *e)
{
	struct verify *v = ctx;
	AUTO_BUF line = BUF_INIT;

	buf_addf(&line, "%s ", e->commit);
	event_write(&e->event, &line);
	v->events_differ = v->at >= v->events.n || strcmp(v->events.v[v->at], buf_str(&line)) != 0;
	v->at++;
	return v->events_differ;
}

static void
check_index(struct verify *v)
{
	const struct filter all = FILTER_INIT;
	struct index_counts counts;
	struct error why;
	char tip[OID_HEX];

	strv_sort(&v->known);
	if (store_tip(v->st, STORE_MAIN, tip, &why) < 0)
		broken(v, "%s", why.text);
	else if (strcmp(tip, index_tip(v->ix)) != 0)
		broken(v, "index: it has read main up to '%s', its tip is '%s'", index_tip(v->ix), tip);
	if (index_counts(v->ix, &counts, &why) < 0 || index_list(v->ix, &all, NULL, ORDER_NEWEST, check_row, v, &why) < 0 ||
	    index_log(v->ix, &all, NULL, NULL, true, check_event, v, &why) < 0) {
		broken(v, "index: %s", why.text);
		return;
	}
	if ((size_t)counts.versions != v->counts->versions || (size_t)counts.notifications != v->known.n)
		broken(v, "index: it holds %ld notifications in %ld versions, main %zu in %zu; 'regwatch rebuild' mends it", counts.notifications, counts.versions,
		    v->known.n, v->counts->versions);
	if (v->events_differ || v->at != v->events.n)
		broken(v, "index: its events are not those of main, from the %zu. on; 'regwatch rebuild' mends it", v->at > 0 ? v->at : 1);
}

int
store_verify(struct store *st, struct index *ix, void (*tell)(void *ctx, const char *problem), void *ctx, struct verify_counts *out, struct error *err)
{
	struct verify v = { .st = st, .ix = ix, .tell = tell, .ctx = ctx, .counts = out };
	struct error why;

	(void)err;
	*out = (struct verify_counts){ 0, 0 };
	if (store_walk(st, STORE_MAIN, "", check_version, &v, &why) < 0)
		broken(&v, "branch main: %s", why.text);
	check_raw(&v);
	check_index(&v);
	if (delivered_check(st, tell, ctx, &out->problems, &why) < 0)
		broken(&v, "receipts: %s", why.text);
	strv_clear(&v.commits);
	strv_clear(&v.events);
	strv_clear(&v.known);
	return 0;
}
