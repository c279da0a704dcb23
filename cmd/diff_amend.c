/* What a follow-up changes of what it follows up */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/dossier.h"
#include "../lib/notice/event.h"
#include "diff.h"

/* The comment deadline that was in force before the follow-up came. */
static int
deadline_before(struct app *app, const struct notice *n, struct date *out, struct error *err)
{
	AUTO_STRV ids = STRV_INIT;
	struct notice *records;
	const struct notice **list;
	struct dossier d;
	int rc = index_dossier(app->ix, n->dossier, &ids, err);

	if (rc < 0)
		return rc;
	records = xcalloc(ids.n, sizeof(*records));
	list = xcalloc(ids.n, sizeof(*list));
	for (size_t i = 0; i < ids.n; i++) {
		if (rc == 0)
			rc = index_notice(app->ix, ids.v[i], &records[i], err);
		list[i] = &records[i];
	}
	if (rc == 0) {
		dossier_init(&d, list, ids.n);
		for (size_t i = 0; i < d.steps_n; i++)
			if (strcmp(d.steps[i].by->id, n->id) == 0)
				*out = d.steps[i].before;
		dossier_clear(&d);
	}
	for (size_t i = 0; i < ids.n; i++)
		notice_clear(&records[i]);
	free(list);
	free(records);
	return rc;
}

/* Takes out of 'codes' what 'known' lacks. */
static void
keep_known(struct codes *codes, const struct codes *known)
{
	struct codes kept = { NULL, 0, 0 };

	for (size_t i = 0; i < codes->n; i++)
		for (size_t k = 0; k < known->n; k++)
			if (strcmp(codes->v[i].code, known->v[k].code) == 0)
				codes_add(&kept, codes->v[i].code, codes->v[i].label);
	for (size_t i = 0; i < codes->n; i++) {
		free(codes->v[i].code);
		free(codes->v[i].label);
	}
	free(codes->v);
	*codes = kept;
}

static void
before_milestone(struct milestone *now, const struct milestone *old)
{
	if (!date_is_set(now->date) && now->text == NULL)
		return;		/* it says nothing of it */
	free(now->text);
	*now = (struct milestone){ old->date, xstrdup(old->text) };
}

static void
forget_documents(struct documents *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->v[i].kind);
		free(d->v[i].lang);
		free(d->v[i].url);
		free(d->v[i].text_sha256);
	}
	free(d->v);
	*d = (struct documents){ NULL, 0, 0 };
}

int
amend_redline(struct app *app, const struct side *a, const struct side *b, struct redline *r, struct error *err)
{
	AUTO_NOTICE before = NOTICE_INIT;
	AUTO_NOTICE after = NOTICE_INIT;
	int rc = 0;

	notice_copy(&before, &b->notice);	/* its texts are its own: no difference */
	notice_copy(&after, &b->notice);
	after.deadline = event_own_deadline(&b->notice);
	before.deadline = DATE_NONE;
	if (date_is_set(after.deadline))
		rc = deadline_before(app, &b->notice, &before.deadline, err);
	if (rc < 0)
		return rc;
	before_milestone(&before.adoption, &a->notice.adoption);
	before_milestone(&before.entry_into_force, &a->notice.entry_into_force);
	keep_known(&before.hs, &a->notice.hs);
	keep_known(&before.ics, &a->notice.ics);
	forget_documents(&before.documents);
	redline_make(&before, &after, r);
	return 0;
}

void
amend_effects(const struct notice *n, struct strv *out)
{
	static const struct { enum event_kind kind; const char *words; } effects[] = {
		{ EVENT_DEADLINE, "comment period changed" }, { EVENT_ADOPTED, "adopted" }, { EVENT_IN_FORCE, "in force" }, { EVENT_WITHDRAWN, "withdrawn or cancelled" },
		{ EVENT_GUIDANCE, "interpretive guidance" }, { EVENT_CONTENT, "content or scope changed" },
	};
	unsigned told = event_effects(n);

	for (size_t i = 0; i < sizeof(effects) / sizeof(*effects); i++)
		if ((told & (1u << effects[i].kind)) != 0)
			strv_add(out, effects[i].words);
}
