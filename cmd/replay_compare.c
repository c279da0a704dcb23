/* Which notifications a rule takes in and which it leaves out, against the rule in force. */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/message.h"
#include "replay.h"

#define AUTO_MATCHES __attribute__((cleanup(sector_matches_clear))) struct sector_matches

struct label {
	const char *sector;
	char *reason;		/* NULL: the sector is not among the labels */
};

static void
set_reason(struct label *l, const char *reason, bool low)
{
	if (l->reason == NULL)
		l->reason = xasprintf("%s%s", reason, low ? " (low confidence)" : "");
}

static int
keep_label(void *ctx, const char *sector, double score, bool low, const char *reason)
{
	struct label *l = ctx;

	(void)score;
	if (strcmp(l->sector, sector) == 0)
		set_reason(l, reason, low);
	return 0;
}

static void
label_by(const struct sectors *rules, const struct notice *n, const struct notice *base, struct label *l)
{
	AUTO_MATCHES matches = SECTOR_MATCHES_INIT;
	const struct sector_match *m;
	AUTO_BUF reason = BUF_INIT;

	sectors_match_in_dossier(rules, n, base, &matches);
	m = replay_match(rules, &matches, l->sector);
	if (m == NULL || !m->assigned)
		return;
	sector_reason_text(m, &reason);
	set_reason(l, buf_str(&reason), m->low);
}

static void
add_change(struct replay_change **v, size_t *n, size_t *cap, const struct notice *notice, char *reason)
{
	*v = xgrow(*v, *n, cap, sizeof(**v));
	(*v)[(*n)++] = (struct replay_change){ xstrdup(notice->id), xstrdup(notice->member), xstrdup(notice->title.s), reason };
}

static int
compare_one(struct app *app, const struct sectors *rules, const struct sectors *in_force, const char *sector, const char *id,
    struct replay_difference *out, struct error *err)
{
	AUTO_NOTICE n = NOTICE_INIT;
	AUTO_NOTICE base = NOTICE_INIT;
	struct label now = { .sector = sector }, before = { .sector = sector };
	struct error none;
	bool has_base;
	int rc;

	if ((rc = index_notice(app->ix, id, &n, err)) < 0)
		return rc;
	has_base = strcmp(n.dossier, n.id) != 0 && index_notice(app->ix, n.dossier, &base, &none) == 0;
	label_by(rules, &n, has_base ? &base : NULL, &now);
	if (in_force != NULL)
		label_by(in_force, &n, has_base ? &base : NULL, &before);
	else if ((rc = index_labels(app->ix, id, keep_label, &before, err)) < 0) {
		free(now.reason);
		return rc;
	}
	if (now.reason != NULL && before.reason == NULL)
		add_change(&out->added, &out->added_n, &out->added_cap, &n, TAKE(now.reason));
	else if (now.reason == NULL && before.reason != NULL)
		add_change(&out->removed, &out->removed_n, &out->removed_cap, &n, TAKE(before.reason));
	free(now.reason);
	free(before.reason);
	return 0;
}

int
replay_compare(struct app *app, const struct sectors *rules, const struct sectors *in_force, const char *sector, const struct strv *seen,
    struct replay_difference *out, struct error *err)
{
	for (size_t i = 0; i < seen->n; i++) {
		int rc = compare_one(app, rules, in_force, sector, seen->v[i], out, err);

		if (rc == ERR_IO || rc == ERR_SYSTEM)
			return rc;
		if (rc < 0)
			message_warn("%s: not compared", err->text);
	}
	return 0;
}

static void
changes_clear(struct replay_change *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].notification);
		free(v[i].member);
		free(v[i].title);
		free(v[i].reason);
	}
	free(v);
}

void
replay_difference_clear(struct replay_difference *d)
{
	changes_clear(d->added, d->added_n);
	changes_clear(d->removed, d->removed_n);
	*d = (struct replay_difference){ .added = NULL };
}
