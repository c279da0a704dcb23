#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "commit.h"
#include "raw.h"

static void
step_clear(struct raw_step *s)
{
	free(s->what);
	strv_clear(&s->attached);
}

void
raw_story_clear(struct raw_story *s)
{
	for (size_t i = 0; i < s->n; i++)
		step_clear(&s->steps[i]);
	free(s->steps);
	*s = (struct raw_story){ .at = 0 };
}

/* A story while its trailers are read. */
struct reading {
	struct raw_story *story;
	struct strv attached;	/* to the version that comes next */
};

static void
add_step(struct reading *r, const char *what, bool vanished)
{
	struct raw_story *s = r->story;

	s->steps = xgrow(s->steps, s->n, &s->cap, sizeof(*s->steps));
	s->steps[s->n++] = (struct raw_step){ .what = xstrdup(what), .vanished = vanished, .attached = r->attached };
	r->attached = (struct strv)STRV_INIT;
}

static int
read_step(void *ctx, const char *key, const char *value, struct error *err)
{
	struct reading *r = ctx;
	git_oid id;

	if (strcmp(key, "Attached") == 0) {
		strv_add(&r->attached, value);
		return 0;
	}
	if (strcmp(key, "Version") != 0 && r->attached.n > 0)
		return error_set(err, ERR_DATA, "attached to nothing");
	if (strcmp(key, "Main") == 0) {
		if (!store_oid(value, &id))
			return error_set(err, ERR_DATA, "'%.60s' is no object id", value);
		store_hex(&id, r->story->main);
		return 0;
	}
	if (strcmp(key, "Version") != 0 && strcmp(key, "Vanished") != 0)
		return error_set(err, ERR_DATA, "unknown");
	add_step(r, value, key[1] == 'a');
	return 0;
}

int
raw_story(struct store *st, const char *commit, struct raw_story *out, struct error *err)
{
	AUTO_OBJECT *object = NULL;
	struct reading reading = { .story = out };
	struct commit_view view;
	git_oid id;
	int rc = 0;

	*out = (struct raw_story){ .at = 0 };
	if (!store_oid(commit, &id))
		return error_set(err, ERR_DATA, "'%.60s' is no object id", commit);
	if ((rc = store_object(st, &id, GIT_OBJECT_COMMIT, LIMIT_MESSAGE, &object, err)) < 0)
		return rc;
	if (!commit_view(git_odb_object_data(object), git_odb_object_size(object), &view))
		rc = error_set(err, ERR_DATA, "not a commit that regwatch wrote");
	else if ((rc = commit_trailers(&view, read_step, &reading, err)) == 0 && (out->main[0] == '\0' || out->n == 0))
		rc = error_set(err, ERR_DATA, "it does not tell which versions were made");
	strv_clear(&reading.attached);
	out->at = view.time;
	if (rc < 0) {
		raw_story_clear(out);
		return error_prefix(err, "raw commit %s", commit);
	}
	return 0;
}

bool
raw_suffix(const char *name, const char **suffix, enum way *way)
{
	static const struct { const char *ending; enum way way; } endings[] = { { ".api.json", WAY_API }, { ".row.json", WAY_WORKBOOK } };
	size_t n = strlen(name);
	const char *dot;

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t e = strlen(endings[i].ending);

		if (n > e && strcmp(name + n - e, endings[i].ending) == 0) {
			*suffix = name + n - e;
			*way = endings[i].way;
			return true;
		}
	}
	if (n < 7 || strcmp(name + n - 5, ".html") != 0)
		return false;
	for (dot = name + n - 6; dot > name && isdigit((unsigned char)*dot); dot--)
		continue;
	*suffix = dot;
	*way = WAY_TRIS;
	return dot > name && *dot == '.' && dot + 1 < name + n - 5;
}

static bool
is_ancestor(struct store *st, const git_oid *from, const git_oid *to)
{
	return git_graph_descendant_of(st->repo, to, from) == 1;
}

int
raw_heal(struct store *st, struct error *err)
{
	__attribute__((cleanup(raw_story_clear))) struct raw_story story = { .at = 0 };
	char raw[OID_HEX], main[OID_HEX];
	git_oid from, to;
	int rc;

	if ((rc = store_tip(st, STORE_RAW, raw, err)) < 0 || (rc = store_tip(st, STORE_MAIN, main, err)) < 0)
		return rc;
	/* a raw branch of another kind, a main that is where it belongs, or objects that are not there: nothing to mend here */
	if (raw[0] == '\0' || raw_story(st, raw, &story, NULL) < 0 || strcmp(story.main, main) == 0)
		return 0;
	store_oid(story.main, &to);
	if (!git_odb_exists(st->odb, &to))
		return 0;
	if (main[0] == '\0')
		return store_move(st, STORE_MAIN, NULL, &to, err);
	store_oid(main, &from);
	if (!is_ancestor(st, &from, &to))
		return 0;
	return store_move(st, STORE_MAIN, &from, &to, err);
}
