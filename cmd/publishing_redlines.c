#include "publishing_redlines.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/attached.h"
#include "diff.h"
#include "find.h"
#include "version_redline.h"

/* ---- texts ---- */

static void
add_text(struct app *app, struct site_member *m, const struct document *d, struct site_text *out, struct strv *owned)
{
	AUTO_BUF text = BUF_INIT;
	size_t bytes;
	struct error why;

	if (read_attached(app, m->notice, "", d, &text, &why) < 0) {
		message_warn("'%s' is published without its %s", m->notice->id, why.text);
		return;
	}
	bytes = text.len;
	buf_adds(&text, "");	/* an empty one is a text too */
	strv_take(owned, attached_name(m->notice, d));
	strv_take(owned, buf_take(&text));
	*out = (struct site_text){ .document = d, .name = owned->v[owned->n - 2], .text = owned->v[owned->n - 1], .bytes = bytes };
	m->texts_n++;
}

void
dossier_texts(struct app *app, struct site_member *m, struct strv *owned)
{
	const struct documents *docs = &m->notice->documents;

	m->texts = xcalloc(docs->n + 1, sizeof(*m->texts));
	for (size_t i = 0; i < docs->n; i++)
		if (docs->v[i].text_sha256 != NULL)
			add_text(app, m, &docs->v[i], &m->texts[m->texts_n], owned);
}

/* ---- redlines ---- */

/* The only version is the record as it is now: most notifications have no more. */
static void
compare_only_version(struct app *app, struct site_member *m)
{
	const struct state none = { NULL, "" }, now = { m->notice, m->versions[0].commit };

	states_redline(app, &none, &now, &m->versions[0].redline);
}

static void
compare_versions(struct app *app, struct site_member *m)
{
	struct state old = { NULL, "" };
	AUTO_NOTICE before = NOTICE_INIT;

	for (size_t i = 0; i < m->versions_n; i++) {
		struct site_version *v = &m->versions[i];
		struct notice now = NOTICE_INIT;
		struct error why;

		if (read_version(app, m->notice->id, v->commit, &now, &why) < 0) {
			message_warn("'%s' as of %s has no redline: %s", m->notice->id, v->commit, why.text);
			continue;
		}
		states_redline(app, &old, &(const struct state){ &now, v->commit }, &v->redline);
		notice_clear(&before);
		before = now;
		old = (struct state){ &before, v->commit };
	}
}

static void
compare_with_replaced(struct app *app, struct site_member *m)
{
	struct side a = { .notice = *m->against }, b = { .notice = *m->notice };	/* borrowed */
	AUTO_COMPARISON c = COMPARISON_INIT;
	struct error why;

	if (compare_only(app, &a, &b, &c, &why) < 0) {
		message_warn("'%s' has no redline against '%s': %s", m->notice->id, m->against->id, why.text);
		return;
	}
	m->redline = c.redline;
	c.redline = (struct redline)REDLINE_INIT;
}

void
dossier_redlines(struct app *app, struct site_member *m)
{
	if (m->versions_n == 1)
		compare_only_version(app, m);
	else
		compare_versions(app, m);
	if (m->against != NULL)
		compare_with_replaced(app, m);
}

/* ---- pages beside the dossier's ---- */

static int
put_redline(const struct site_meta *meta, const struct site_dossier *d, const struct site_member *m, const struct site_version *v, bool sides,
    struct site_files *files, uint64_t key, struct error *err)
{
	AUTO_BUF path = BUF_INIT, html = BUF_INIT;

	site_redline_path(d, m, v, sides, &path);
	site_redline_page(meta, d, m, v, sides, &html);
	return site_files_put(files, buf_str(&path), key, &html, err);
}

static int
put_apart(const struct site_meta *meta, const struct site_dossier *d, const struct site_member *m, const struct site_version *v, struct site_files *files,
    uint64_t key, struct error *err)
{
	int rc = put_redline(meta, d, m, v, false, files, key, err);

	if (rc == 0 && site_redline_has_sides(v != NULL ? &v->redline : &m->redline))
		rc = put_redline(meta, d, m, v, true, files, key, err);
	return rc;
}

static int
put_text(const struct site_meta *meta, const struct site_dossier *d, const struct site_member *m, const struct site_text *t, struct site_files *files,
    uint64_t key, struct error *err)
{
	AUTO_BUF path = BUF_INIT, html = BUF_INIT;

	site_text_path(d, t, &path);
	site_text_page(meta, d, m, t, &html);
	return site_files_put(files, buf_str(&path), key, &html, err);
}

static int
put_record(const struct site_meta *meta, const struct site_dossier *d, const struct site_member *m, struct site_files *files, uint64_t key, struct error *err)
{
	AUTO_BUF path = BUF_INIT, html = BUF_INIT;

	site_record_path(d, m, &path);
	site_record_page(meta, d, m, &html);
	return site_files_put(files, buf_str(&path), key, &html, err);
}

static int
put_whole(const struct site_meta *meta, const struct site_dossier *d, struct site_files *files, uint64_t key, struct error *err)
{
	AUTO_BUF path = BUF_INIT, html = BUF_INIT;

	site_dossier_whole_path(d, &path);
	site_dossier_whole_page(meta, d, &html);
	return site_files_put(files, buf_str(&path), key, &html, err);
}

int
dossier_put_beside(const struct site_meta *meta, const struct site_dossier *d, struct site_files *files, uint64_t key, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < d->members_n; i++) {
		const struct site_member *m = &d->members[i];

		for (size_t k = 0; rc == 0 && k < m->texts_n; k++)
			rc = put_text(meta, d, m, &m->texts[k], files, key, err);
		if (rc == 0 && m->told != SITE_TOLD_HERE)
			rc = put_record(meta, d, m, files, key, err);
		if (rc == 0 && m->apart)
			rc = put_apart(meta, d, m, NULL, files, key, err);
		for (size_t k = 0; rc == 0 && k < m->versions_n; k++)
			if (m->versions[k].apart)
				rc = put_apart(meta, d, m, &m->versions[k], files, key, err);
	}
	if (rc == 0 && site_dossier_has_whole(d))
		rc = put_whole(meta, d, files, key, err);
	return rc;
}
