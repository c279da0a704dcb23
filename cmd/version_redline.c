#include "version_redline.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "../lib/notice/attached.h"
#include "diff.h"
#include "find.h"

/* Did a final text come between the two: its link, or what the link leads to? */
static bool
final_came(const struct notice *before, const struct notice *now)
{
	if (before == NULL)
		return attached_lists(now, "final");
	return (attached_lists(now, "final") && !attached_lists(before, "final")) ||
	    (attached_held(now, "final", NULL) != NULL && attached_held(before, "final", NULL) == NULL);
}

static bool
read_text(struct app *app, const struct state *s, const struct document *d, struct buf *out)
{
	struct error why;

	if (read_attached(app, s->notice, s->commit, d, out, &why) == 0)
		return true;
	message_warn("'%s' is told without its %s", s->notice->id, why.text);
	return false;
}

/* A language that both texts are held in, the preferred one first; NULL without. */
static const char *
common_language(const struct app *app, const struct notice *n)
{
	const char *const wanted[] = { app->settings.language, "en" };

	for (size_t i = 0; i < 2; i++)
		if (wanted[i] != NULL && attached_held(n, "draft", wanted[i]) != NULL && attached_held(n, "final", wanted[i]) != NULL)
			return wanted[i];
	for (size_t i = 0; i < n->documents.n; i++)
		if (attached_held(n, "draft", n->documents.v[i].lang) != NULL && attached_held(n, "final", n->documents.v[i].lang) != NULL)
			return n->documents.v[i].lang;
	return NULL;
}

/* The line that a final text was added gives way to what it says otherwise than the draft. */
static void
drop_added_final(struct redline *r, const struct notice *n, const char *lang)
{
	AUTO_BUF path = BUF_INIT;
	const char *name;

	attached_path(n, attached_held(n, "final", lang), &path);
	name = strrchr(buf_str(&path), '/');
	name = name != NULL ? name + 1 : buf_str(&path);	/* with its ".txt" */
	for (size_t i = 0; i < r->documents_n; i++)
		if (r->documents[i].added && strncmp(r->documents[i].name, name, strlen(r->documents[i].name)) == 0) {
			redline_drop_document(r, i);
			return;
		}
}

static bool
compare_final(struct app *app, const struct state *s, struct redline *out)
{
	const char *lang = common_language(app, s->notice);
	AUTO_BUF draft = BUF_INIT, final = BUF_INIT;
	AUTO_FREE char *name = NULL;

	if (lang == NULL || !read_text(app, s, attached_held(s->notice, "draft", lang), &draft) || !read_text(app, s, attached_held(s->notice, "final", lang), &final))
		return false;
	drop_added_final(out, s->notice, lang);
	name = xasprintf("draft..final.%s", lang);
	redline_add_document(out, name, buf_str(&draft), buf_str(&final), lang);
	return true;
}

/* The final text may have come a little later than its link: then it is in the tree of now. */
static void
compare_final_of_now(struct app *app, const struct notice *n, struct redline *out)
{
	AUTO_NOTICE newest = NOTICE_INIT;
	const struct state s = { &newest, "" };

	if (index_notice(app->ix, n->id, &newest, NULL) == 0)
		compare_final(app, &s, out);
}

void
states_compare_final(struct app *app, const struct state *before, const struct state *now, struct redline *out)
{
	if (final_came(before->notice, now->notice) && !compare_final(app, now, out))
		compare_final_of_now(app, now->notice, out);
}

void
states_redline(struct app *app, const struct state *before, const struct state *now, struct redline *out)
{
	struct side a = { .absent = before->notice == NULL }, b = { .notice = *now->notice };
	struct error why;

	if (before->notice != NULL) {
		a.notice = *before->notice;	/* borrowed, as b's */
		snprintf(a.commit, sizeof(a.commit), "%s", before->commit);
		snprintf(b.commit, sizeof(b.commit), "%s", now->commit);
		redline_make(before->notice, now->notice, out);
		if (documents_compare(app, &a, &b, out, &why) < 0)
			message_warn("'%s' is told without its texts: %s", now->notice->id, why.text);
	}
	states_compare_final(app, before, now, out);
}

int
version_redline(struct app *app, const char *id, const char *commit, struct notice *now, struct redline *out, struct error *err)
{
	AUTO_VERSION v = VERSION_INIT;
	AUTO_NOTICE before = NOTICE_INIT;
	struct state old = { NULL, v.parent }, new = { now, commit };
	struct error first_sight;
	int rc;

	if ((rc = read_version(app, id, commit, now, err)) < 0 || (rc = store_version(app->st, commit, &v, err)) < 0)
		return rc;
	if (v.parent[0] != '\0' && read_version(app, id, v.parent, &before, &first_sight) == 0)
		old.notice = &before;
	states_redline(app, &old, &new, out);
	return 0;
}
