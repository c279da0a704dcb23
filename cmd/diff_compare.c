/* Two sides become one redline, and what it asks of people */
#include <stdlib.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "diff.h"
#include "version_redline.h"

void
comparison_clear(struct comparison *c)
{
	redline_clear(&c->redline);
	requirements_clear(&c->requirements);
	buf_clear(&c->old_text);
	buf_clear(&c->new_text);
}

bool
comparison_amends(const struct comparison *c)
{
	return c->relation == RELATION_AMENDS && c->b->document == NULL;
}

static int
compare_documents(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err)
{
	AUTO_FREE char *name = NULL;
	char lang[4] = "";
	int rc = documents_choose(app, a, b, &c->old_text, &c->new_text, lang, err);

	if (rc < 0)
		return rc;
	name = lang[0] != '\0' ? xasprintf("%s.%s", b->document, lang) : xstrdup(b->document);
	redline_add_document(&c->redline, name, buf_str(&c->old_text), buf_str(&c->new_text), lang);
	return 0;
}

static void
replace_line(char **line, const char *s)
{
	free(*line);
	*line = s != NULL ? xstrdup(s) : NULL;
}

/* A revision is of another type, day and page than what it replaces: no news to a reader. */
static void
compare_records(const struct side *a, const struct side *b, struct comparison *c)
{
	AUTO_NOTICE old = NOTICE_INIT;

	if (a->absent || c->complete || c->relation != RELATION_REPLACES) {
		redline_make(a->absent ? NULL : &a->notice, &b->notice, &c->redline);
		return;
	}
	notice_copy(&old, &a->notice);
	replace_line(&old.type, b->notice.type);
	replace_line(&old.url, b->notice.url);
	old.distributed = b->notice.distributed;
	redline_make(&old, &b->notice, &c->redline);
}

static int
compare_states(struct app *app, const struct side *a, const struct side *b, struct comparison *c, struct error *err)
{
	const struct state before = { &a->notice, a->commit }, now = { &b->notice, b->commit };
	int rc;

	compare_records(a, b, c);
	if ((rc = documents_compare(app, a, b, &c->redline, err)) < 0)
		return rc;
	if (c->relation == RELATION_VERSION && !a->absent)
		states_compare_final(app, &before, &now, &c->redline);
	return 0;
}

int
compare_sides(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err)
{
	int rc = compare_only(app, a, b, c, err);

	if (rc == 0)
		requirements_find(&c->redline, &c->requirements);
	return rc;
}

int
compare_only(struct app *app, struct side *a, struct side *b, struct comparison *c, struct error *err)
{
	c->a = a;
	c->b = b;
	c->relation = sides_relation(a, b);
	if (b->document != NULL)
		return compare_documents(app, a, b, c, err);
	if (c->relation == RELATION_AMENDS)
		return amend_redline(app, a, b, &c->redline, err);
	return compare_states(app, a, b, c, err);
}
