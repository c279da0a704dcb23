/* Which other dossiers a story touches: named in its texts, naming it, probably the same draft */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/notice/reference.h"
#include "../lib/notice/symbol.h"
#include "dossier_story.h"

#define NAMING_MAX 50	/* records read for who names this dossier */

static struct story_link *
add_link(struct story *s, const char *from, const char *to, size_t row)
{
	struct story_link *l;

	s->links = xgrow(s->links, s->links_n, &s->links_cap, sizeof(*s->links));
	l = &s->links[s->links_n++];
	*l = (struct story_link){ .from = xstrdup(from), .to = xstrdup(to), .row = row };
	return l;
}

static int
keep_title(void *ctx, const struct index_row *row)
{
	struct story_link *l = ctx;

	l->title = xstrdup(row->title);
	return 0;
}

static bool
is_linked(const struct story *s, const char *symbol)
{
	for (size_t i = 0; i < s->links_n; i++)
		if (!s->links[i].inward && strcmp(s->links[i].to, symbol) == 0)
			return true;
	return false;
}

static int
add_named(struct app *app, struct story *s, const struct notice *n, struct error *err)
{
	AUTO_REFERENCES named = REFERENCES_INIT;
	int rc = 0;

	references_read(n, &named);
	for (size_t i = 0; rc == 0 && i < named.n; i++) {
		AUTO_BUF other = BUF_INIT;
		struct story_link *l;

		if (is_linked(s, named.v[i].symbol))
			continue;
		l = add_link(s, n->id, named.v[i].symbol, named.v[i].row);
		if (!index_resolve(app->ix, named.v[i].symbol, &other))
			continue;
		l->other = xstrdup(buf_str(&other));
		rc = index_get(app->ix, l->other, keep_title, l, err);
	}
	return rc;
}

/* Is what is named one of this dossier? */
static bool
means(struct app *app, const struct story *s, const char *symbol)
{
	AUTO_BUF base = BUF_INIT, id = BUF_INIT;

	if (index_resolve(app->ix, symbol, &id))
		return strv_has(&s->ids, buf_str(&id));
	symbol_base(symbol, &base);	/* an addendum that is not held */
	return index_resolve(app->ix, buf_str(&base), &id) && strv_has(&s->ids, buf_str(&id));
}

static int
add_naming(struct app *app, struct story *s, const char *id, struct error *err)
{
	AUTO_REFERENCES named = REFERENCES_INIT;
	AUTO_NOTICE n = NOTICE_INIT;
	int rc = index_notice(app->ix, id, &n, err);

	if (rc < 0)
		return rc;
	references_read(&n, &named);
	for (size_t i = 0; i < named.n; i++) {
		struct story_link *l;

		if (!means(app, s, named.v[i].symbol))
			continue;
		l = add_link(s, id, named.v[i].symbol, named.v[i].row);
		l->inward = true;
		l->other = xstrdup(id);
		l->title = xstrdup(n.title.s);
		return 0;
	}
	return 0;
}

int
story_links(struct app *app, struct story *s, struct error *err)
{
	AUTO_STRV naming = STRV_INIT;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < s->ids.n; i++)
		rc = add_named(app, s, &s->notices[i], err);
	if (rc == 0)
		rc = index_named_by(app->ix, s->id, &naming, err);
	for (size_t i = 0; rc == 0 && i < naming.n && i < NAMING_MAX; i++)
		rc = add_naming(app, s, naming.v[i], err);
	return rc == 0 ? index_probable_twin(app->ix, s->id, &s->probable, err) : rc;
}
