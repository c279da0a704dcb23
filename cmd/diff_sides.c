/* The two sides of a comparison, as the user names them */
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "diff.h"
#include "find.h"

void
side_clear(struct side *s)
{
	notice_clear(&s->notice);
	free(s->label);
	free(s->document);
}

int
side_read(struct app *app, const char *id, const char *commit, int number, struct side *s, struct error *err)
{
	free(s->label);
	s->label = number > 0 ? xasprintf("%s@%d", id, number) : xstrdup(id);
	snprintf(s->commit, sizeof(s->commit), "%s", commit);
	return read_version(app, id, commit, &s->notice, err);
}

struct last_two {
	int n;
	char commit[2][OID_HEX];
};

static int
keep_last_two(void *ctx, int n, const char *commit, int64_t at, const char *subject)
{
	struct last_two *l = ctx;

	(void)at;
	(void)subject;
	memcpy(l->commit[0], l->commit[1], OID_HEX);
	memcpy(l->commit[1], commit, OID_HEX);
	l->n = n;
	return 0;
}

/* The newest version against the one before it. */
static int
last_change(struct app *app, const char *id, struct side *a, struct side *b, struct error *err)
{
	struct last_two l = { 0 };
	int rc = index_versions(app->ix, id, keep_last_two, &l, err);

	if (rc < 0)
		return rc;
	if (l.n < 2) {
		a->absent = true;
		a->label = xasprintf("%s@0", id);
	} else if ((rc = side_read(app, id, l.commit[0], l.n - 1, a, err)) < 0) {
		return rc;
	}
	return side_read(app, id, l.commit[1], l.n, b, err);
}

/* ---- names of sides ---- */

static const char *const document_kinds[] = { "draft", "final", "modification", "notification", "other" };

static bool
is_document_kind(const char *what)
{
	for (size_t i = 0; i < sizeof(document_kinds) / sizeof(*document_kinds); i++)
		if (strcmp(what, document_kinds[i]) == 0)
			return true;
	return false;
}

static int
read_numbered(struct app *app, const char *id, const char *version, struct side *s, struct error *err)
{
	char commit[OID_HEX];
	int number, rc = find_version(app, id, version, commit, &number, err);

	return rc < 0 ? rc : side_read(app, id, commit, number, s, err);
}

/* "G/TBT/N/USA/2211", "Rev.1" or either with "@2": another notification than the one that was named first. False when there is none. */
static bool
find_other(struct app *app, const char *id, const char *what, struct buf *other, const char **version)
{
	const char *at = strchr(what, '@');
	AUTO_FREE char *name = xstrndup(what, at != NULL ? (size_t)(at - what) : strlen(what)), *tail = xasprintf("%s/%s", id, name);

	*version = at != NULL ? at + 1 : NULL;
	return name[0] != '\0' && (index_resolve(app->ix, tail, other) || index_resolve(app->ix, name, other));
}

/* "" is the first version on the left, the newest on the right. */
static int
name_side(struct app *app, const char *id, const char *what, bool left, struct side *s, struct error *err)
{
	AUTO_BUF other = BUF_INIT;
	const char *version;

	if (what[0] == '\0')
		return left ? read_numbered(app, id, "1", s, err) : side_read(app, id, "", 0, s, err);
	if (is_document_kind(what)) {
		s->document = xstrdup(what);
		return side_read(app, id, "", 0, s, err);
	}
	if (!find_other(app, id, what, &other, &version))
		return read_numbered(app, id, what, s, err);
	return version != NULL ? read_numbered(app, buf_str(&other), version, s, err) : side_read(app, buf_str(&other), "", 0, s, err);
}

/* ---- arguments ---- */

/* Splits "ID@A..B" and "ID..B" into the id and what stands for the sides; *a is NULL where the id itself is the left side. */
static void
split_word(char *word, char **a, char **b)
{
	char *dots = strstr(word, ".."), *at = strchr(word, '@');

	*a = *b = NULL;
	if (dots == NULL)
		return;
	*dots = '\0';
	*b = dots + 2;
	if (at != NULL && at < dots) {
		*at = '\0';
		*a = at + 1;
	}
}

static int
choose_in_one_word(struct app *app, const char *id, const char *left, const char *right, struct side *a, struct side *b, struct error *err)
{
	int rc = left != NULL ? name_side(app, id, left, true, a, err) : side_read(app, id, "", 0, a, err);

	return rc < 0 ? rc : name_side(app, id, right, false, b, err);
}

static int
choose_in_range(struct app *app, const char *id, const char *range, struct side *a, struct side *b, struct error *err)
{
	AUTO_FREE char *copy = xstrdup(range);
	char *dots = strstr(copy, "..");
	int rc;

	if (dots == NULL)
		return error_set(err, ERR_USAGE, "'%s' is no pair of sides like 1..2, 2025-01-31.., draft..final", range);
	*dots = '\0';
	if ((rc = name_side(app, id, copy, true, a, err)) < 0)
		return rc;
	return name_side(app, id, dots + 2, false, b, err);
}

int
sides_choose(struct app *app, const struct strv *arguments, struct side *a, struct side *b, struct error *err)
{
	AUTO_FREE char *first = xstrdup(arguments->v[0]);
	AUTO_BUF id = BUF_INIT;
	char *left, *right;
	int rc;

	split_word(first, &left, &right);
	if (right != NULL && arguments->n > 1)
		return error_set(err, ERR_USAGE, "'%s' and '%s' are two pairs of sides", arguments->v[0], arguments->v[1]);
	if ((rc = find_notification(app, first, &id, err)) < 0)
		return rc;
	if (right != NULL)
		rc = choose_in_one_word(app, buf_str(&id), left, right, a, b, err);
	else if (arguments->n > 1)
		rc = choose_in_range(app, buf_str(&id), arguments->v[1], a, b, err);
	else
		rc = last_change(app, buf_str(&id), a, b, err);
	if (rc == 0 && (a->document != NULL) != (b->document != NULL))
		return error_set(err, ERR_USAGE, "an attached text is compared with an attached text: draft..final");
	return rc;
}

enum relation
sides_relation(const struct side *a, const struct side *b)
{
	enum kind kind = b->notice.kind;

	if (a->absent || strcmp(a->notice.id, b->notice.id) == 0)
		return RELATION_VERSION;
	if (strcmp(a->notice.dossier, b->notice.dossier) != 0)
		return RELATION_OTHER;
	return kind == KIND_ADDENDUM || kind == KIND_CORRIGENDUM || kind == KIND_SUPPLEMENT ? RELATION_AMENDS : RELATION_REPLACES;
}
