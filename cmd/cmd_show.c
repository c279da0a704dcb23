/* show: one record as of a version, date or now */
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/attached.h"
#include "../lib/notice/notice_json.h"
#include "find.h"
#include "rows.h"

static int
show_raw(struct app *app, const char *commit, struct error *err)
{
	AUTO_VERSION v = VERSION_INIT;
	AUTO_BUF bytes = BUF_INIT;
	int rc;

	if ((rc = store_version(app->st, commit, &v, err)) < 0)
		return rc;
	if (v.raw[0] == '\0')
		return error_set(err, ERR_NOTFOUND, "'%s' was made from nothing received: %s", v.notification, v.subject);
	if ((rc = store_read_blob(app->st, v.raw, &bytes, err)) < 0)
		return rc;
	fwrite(buf_str(&bytes), 1, bytes.len, stdout);
	return 0;
}

static int
keep_commit(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	(void)n;
	(void)at;
	(void)subject;
	strv_add(ctx, commit);
	return 0;
}

/* Was the version made from what the source says of the notification, not from an attached text or an absence? */
static bool
is_of_source(struct app *app, const char *commit)
{
	AUTO_VERSION v = VERSION_INIT;
	AUTO_BUF bytes = BUF_INIT;
	AUTO_ATTACHED text = ATTACHED_INIT;

	return store_version(app->st, commit, &v, NULL) == 0 && v.raw[0] != '\0' && store_read_blob(app->st, v.raw, &bytes, NULL) == 0 &&
	    attached_read(buf_str(&bytes), bytes.len, &text, NULL) < 0;
}

/* What the source said last. */
static int
show_raw_newest(struct app *app, const char *id, struct error *err)
{
	AUTO_STRV commits = STRV_INIT;
	size_t i;
	int rc;

	if ((rc = index_versions(app->ix, id, keep_commit, &commits, err)) < 0)
		return rc;
	for (i = commits.n; i > 1 && !is_of_source(app, commits.v[i - 1]); i--)
		continue;
	return show_raw(app, commits.v[i - 1], err);
}

struct shown {
	struct app *app;
	const char *commit;	/* of an older version; "" for now */
	enum format format;
	FILE *out;
	struct error *err;
};

static void
print_json(const struct index_row *row, const struct notice *n, FILE *out)
{
	AUTO_BUF text = BUF_INIT;
	json_t *json = row_notice_json(row, n);

	json_write(json, true, &text);
	json_decref(json);
	fwrite(buf_str(&text), 1, text.len, out);
}

static int
show_record(void *ctx, const struct index_row *row)
{
	struct shown *s = ctx;
	AUTO_NOTICE old = NOTICE_INIT;
	const struct notice *n = &old;
	AUTO_BUF text = BUF_INIT, safe = BUF_INIT;
	int rc;

	if (s->commit[0] == '\0')
		n = index_row_notice(row, s->err);
	else if ((rc = read_version(s->app, row->id, s->commit, &old, s->err)) < 0)
		return rc;
	if (n == NULL)
		return ERR_DATA;
	if (s->format == FORMAT_JSON) {
		print_json(row, n, s->out);
		return 0;
	}
	canon_write(n, &text);
	message_filter(buf_str(&text), &safe);
	fwrite(buf_str(&safe), 1, safe.len, s->out);
	return 0;
}

int
cmd_show(struct app *app, const struct options *o, struct error *err)
{
	AUTO_FREE char *what = xstrdup(o->rest.v[0]);
	AUTO_BUF id = BUF_INIT;
	char *at = strrchr(what, '@'), commit[OID_HEX] = "";
	struct shown s = { .app = app, .commit = commit, .format = o->format, .err = err };
	int rc;

	if (o->format != FORMAT_TEXT && o->format != FORMAT_JSON)
		return error_set(err, ERR_USAGE, "--format: show gives text or json");
	if (at != NULL)
		*at++ = '\0';
	if ((rc = find_notification(app, what, &id, err)) < 0)
		return rc;
	if (at != NULL && (rc = find_version(app, buf_str(&id), at, commit, NULL, err)) < 0)
		return rc;
	if (o->raw)
		return commit[0] != '\0' ? show_raw(app, commit, err) : show_raw_newest(app, buf_str(&id), err);
	s.out = output_begin(app);
	return index_get(app->ix, buf_str(&id), show_record, &s, err);
}
