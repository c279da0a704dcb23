#include "coverage.h"

#include <stdlib.h>

#include "../lib/base/alloc.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/file.h"
#include "../lib/base/json.h"

#define STATE_LIMIT (64 << 20)

static void
add_problems(struct digest_coverage *c, json_t *table, const char *what)
{
	const char *key;
	json_t *e;

	json_object_foreach(table, key, e) {
		const char *reason = json_str(e, "reason");

		strv_take(&c->problems, xasprintf("%s %s: %s", what, key, reason != NULL ? reason : "?"));
	}
}

static void
read_one(struct app *app, enum source source, struct digest_coverage *c)
{
	AUTO_FREE char *name = xasprintf("cache/%s.json", source_name(source)), *path = app_path(app, name);
	AUTO_BUF text = BUF_INIT;
	AUTO_JSON *state = NULL;
	const char *day;

	c->feed = xstrdup(source == SOURCE_EPING ? "ePing" : "TRIS");
	c->off = !app->settings.feed[source].enabled;
	if (!file_exists(path) || file_read(path, STATE_LIMIT, &text, NULL) < 0 || json_parse(buf_str(&text), text.len, &state, NULL) < 0)
		return;
	if ((day = json_str(state, "last_good")) != NULL)
		date_parse_iso(day, &c->read, NULL);
	add_problems(c, json_object_get(state, "refused"), "refused");
	add_problems(c, json_object_get(state, "quarantine"), "page not understood");
}

struct coverages *
coverages_read(struct app *app)
{
	struct coverages *c = xcalloc(1, sizeof(*c));

	for (int s = 0; s < 2; s++)
		read_one(app, (enum source)s, &c->feed[s]);
	return c;
}

void
coverages_free(struct coverages *c)
{
	for (int s = 0; c != NULL && s < 2; s++) {
		free(c->feed[s].feed);
		strv_clear(&c->feed[s].problems);
	}
	free(c);
}

void
coverage_copy(struct digest_coverage *to, const struct digest_coverage *from)
{
	to->feed = xstrdup(from->feed);
	to->off = from->off;
	to->read = from->read;
	strv_copy(&to->problems, &from->problems);
}
