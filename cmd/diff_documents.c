/* Attached texts as sides of a comparison */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/attached.h"
#include "diff.h"
#include "find.h"

#define DOCUMENTS_MAX 20	/* compared for one pair of records */

/* ---- what changed between two states ---- */

static const struct document *
counterpart(const struct notice *n, const struct document *d, const bool *taken)
{
	const struct document *found = NULL;

	for (size_t i = 0; i < n->documents.n; i++) {
		const struct document *x = &n->documents.v[i];

		if (taken[i] || x->text_sha256 == NULL || strcmp(x->kind, d->kind) != 0 || strcmp(x->lang, d->lang) != 0)
			continue;
		if (strcasecmp(x->url, d->url) == 0)
			return x;
		if (found == NULL)
			found = x;
	}
	return found;
}

static int
add_pair(struct app *app, const struct side *a, const struct document *old, const struct side *b, const struct document *new, struct redline *r,
    struct error *err)
{
	AUTO_FREE char *name = attached_name(new != NULL ? &b->notice : &a->notice, new != NULL ? new : old);
	AUTO_BUF before = BUF_INIT, after = BUF_INIT;
	int rc = 0;

	if (old != NULL)
		rc = read_attached(app, &a->notice, a->commit, old, &before, err);
	if (rc == 0 && new != NULL)
		rc = read_attached(app, &b->notice, b->commit, new, &after, err);
	if (rc == 0)
		redline_add_document(r, name, old != NULL ? buf_str(&before) : NULL, new != NULL ? buf_str(&after) : NULL, (new != NULL ? new : old)->lang);
	return rc;
}

int
documents_compare(struct app *app, const struct side *a, const struct side *b, struct redline *r, struct error *err)
{
	size_t n = a->notice.documents.n;
	AUTO_FREE bool *taken = xcalloc(n + 1, sizeof(*taken));
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < b->notice.documents.n && i < DOCUMENTS_MAX; i++) {
		const struct document *new = &b->notice.documents.v[i], *old;

		if (new->text_sha256 == NULL)
			continue;
		old = a->absent ? NULL : counterpart(&a->notice, new, taken);
		if (old != NULL)
			taken[old - a->notice.documents.v] = true;
		if (old == NULL && !a->absent && attached_find(&a->notice, new) != NULL)
			continue;	/* the link was there, and its text is known only now */
		if (old == NULL || strcmp(old->text_sha256, new->text_sha256) != 0)
			rc = add_pair(app, a, old, b, new, r, err);
	}
	for (size_t i = 0; rc == 0 && i < n && i < DOCUMENTS_MAX; i++)
		if (!taken[i] && a->notice.documents.v[i].text_sha256 != NULL)
			rc = add_pair(app, a, &a->notice.documents.v[i], b, NULL, r, err);
	return rc;
}

/* ---- draft..final ---- */

/* Records that may hold the texts of a kind. */
struct holder {
	struct notice notice;
	struct strv langs;	/* of the texts that are held */
	bool listed;		/* there is such a document, held or not */
};

static void
holder_clear(struct holder *h)
{
	notice_clear(&h->notice);
	strv_clear(&h->langs);
}
#define AUTO_HOLDER __attribute__((cleanup(holder_clear))) struct holder

static void
look_through(struct holder *h, const char *kind)
{
	for (size_t i = 0; i < h->notice.documents.n; i++) {
		const struct document *d = &h->notice.documents.v[i];

		if (strcmp(d->kind, kind) != 0)
			continue;
		h->listed = true;
		if (d->text_sha256 != NULL)
			strv_add(&h->langs, d->lang);
	}
}

/* The record itself, else the last of its dossier that holds such a text, else the last that lists one. */
static int
find_holder(struct app *app, const struct side *s, struct holder *out, struct error *err)
{
	AUTO_STRV ids = STRV_INIT;
	int rc;

	*out = (struct holder){ .notice = NOTICE_INIT };
	notice_copy(&out->notice, &s->notice);
	look_through(out, s->document);
	if (out->langs.n > 0)
		return 0;
	if ((rc = index_dossier(app->ix, s->notice.dossier, &ids, err)) < 0)
		return rc;
	for (size_t i = ids.n; i-- > 0 && out->langs.n == 0;) {
		AUTO_HOLDER other = { .notice = NOTICE_INIT };
		struct holder swap;

		if ((rc = index_notice(app->ix, ids.v[i], &other.notice, err)) < 0)
			return rc;
		look_through(&other, s->document);
		if (other.langs.n == 0 && (out->listed || !other.listed))
			continue;
		swap = *out;
		*out = other;
		other = swap;
	}
	return 0;
}

static int
not_held(struct app *app, const struct side *s, const struct holder *h, struct error *err)
{
	const char *setting = app->settings.feed[s->notice.source].documents;

	if (!h->listed)
		return error_set(err, ERR_NOTFOUND, "'%s' has no %s text", s->notice.dossier, s->document);
	if (setting != NULL && strcmp(setting, "none") == 0)
		return error_set(err, ERR_NOTFOUND, "the %s text of '%s' is not held: documents = none", s->document, h->notice.id);
	return error_set(err, ERR_NOTFOUND, "the %s text of '%s' is not held: not fetched yet (documents = %s), from a host that is not allowed, or refused", s->document,
	    h->notice.id, setting != NULL ? setting : "open");
}

/* The language that both have: the preferred one, English, any. NULL without. */
static const char *
common_language(const struct app *app, const struct strv *a, const struct strv *b)
{
	const char *const wanted[] = { app->settings.language, "en" };

	for (size_t i = 0; i < 2; i++)
		if (wanted[i] != NULL && strv_has(a, wanted[i]) && strv_has(b, wanted[i]))
			return wanted[i];
	for (size_t i = 0; i < a->n; i++)
		if (strv_has(b, a->v[i]))
			return a->v[i];
	return NULL;
}

static int
take_text(struct app *app, struct side *s, const struct holder *h, const char *lang, struct buf *out, struct error *err)
{
	for (size_t i = 0; i < h->notice.documents.n; i++) {
		const struct document *d = &h->notice.documents.v[i];

		if (strcmp(d->kind, s->document) != 0 || strcmp(d->lang, lang) != 0 || d->text_sha256 == NULL)
			continue;
		free(s->label);
		s->label = xasprintf("%s %s%s%s", h->notice.id, d->kind, lang[0] != '\0' ? " " : "", lang);
		return read_attached(app, &h->notice, "", d, out, err);
	}
	return error_set(err, ERR_BUG, "no text of that language");
}

int
documents_choose(struct app *app, struct side *a, struct side *b, struct buf *old, struct buf *new, char lang[4], struct error *err)
{
	AUTO_HOLDER x = { .notice = NOTICE_INIT };
	AUTO_HOLDER y = { .notice = NOTICE_INIT };
	AUTO_BUF xs = BUF_INIT, ys = BUF_INIT;
	const char *common;
	int rc;

	if ((rc = find_holder(app, a, &x, err)) < 0 || (rc = find_holder(app, b, &y, err)) < 0)
		return rc;
	if (x.langs.n == 0 || y.langs.n == 0)
		return x.langs.n == 0 ? not_held(app, a, &x, err) : not_held(app, b, &y, err);
	common = common_language(app, &x.langs, &y.langs);
	strv_join(&x.langs, ", ", &xs);
	strv_join(&y.langs, ", ", &ys);
	if (common == NULL)
		return error_set(err, ERR_NOTFOUND, "no language has both texts: the %s is held in %s, the %s in %s", a->document, buf_str(&xs), b->document, buf_str(&ys));
	snprintf(lang, 4, "%s", common);
	if ((rc = take_text(app, a, &x, lang, old, err)) < 0)
		return rc;
	return take_text(app, b, &y, lang, new, err);
}
