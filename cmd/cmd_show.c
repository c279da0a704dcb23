/* show: one record as of a version, date or now */
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
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

static int
last_commit(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	(void)n;
	(void)at;
	(void)subject;
	memcpy(ctx, commit, OID_HEX);
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
	if (o->raw && commit[0] == '\0' && (rc = index_versions(app->ix, buf_str(&id), last_commit, commit, err)) < 0)
		return rc;
	if (o->raw)
		return show_raw(app, commit, err);
	s.out = output_begin(app);
	return index_get(app->ix, buf_str(&id), show_record, &s, err);
}
