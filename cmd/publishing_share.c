/* The pages of dossiers, most of the work of a first site: shared with as many processes as there are processors, which make them while this one makes the rest. */
#include <stdlib.h>

#include "../lib/base/alloc.h"
#include "../lib/base/crew.h"
#include "../lib/base/message.h"
#include "publishing.h"

#define MANY 2000	/* dossiers from which on it is worth while: about two seconds */
#define PIECE 64	/* dossiers that are taken at once */
#define MOST 8		/* processes */

struct share {
	struct world *w;
	struct site_files *files;
	struct crew *crew;		/* NULL: nobody helps */
	size_t helpers;
	size_t n, cap;
	const struct world_dossier **due;
};

void
share_free(struct world *w)
{
	if (w->share == NULL)
		return;
	crew_free(w->share->crew);
	free(w->share->due);
	free(w->share);
	w->share = NULL;
}

static int
make_piece(struct share *s, size_t from, struct error *err)
{
	int rc = 0;

	for (size_t i = from; rc == 0 && i < s->n && i < from + PIECE; i++)
		rc = publish_dossier(s->w, s->files, s->due[i], err);
	return rc;
}

static int
make_pieces(struct share *s, struct crew *c, struct error *err)
{
	int rc = 0;

	for (size_t from; rc == 0 && (from = crew_next(c) * PIECE) < s->n; )
		rc = make_piece(s, from, err);
	return rc;
}

/* In a process of its own. */
static int
help(void *ctx, struct crew *c, size_t number, struct error *err)
{
	struct share *s = ctx;
	int rc = app_index_open(s->w->app, err);

	if (rc < 0 || (rc = index_hold(s->w->app->ix, err)) < 0)
		return rc;
	site_files_part_begin(s->files, number);
	rc = make_pieces(s, c, err);
	return rc < 0 ? rc : site_files_part_end(s->files, err);
}

/* No database is open while the processes part: each opens its own. */
static int
call_helpers(struct share *s, struct error *err)
{
	struct error later;
	int rc, reopened;

	app_index_close(s->w->app);
	rc = crew_begin(s->helpers, help, s, &s->crew, err);
	reopened = app_index_open(s->w->app, rc == 0 ? err : &later);
	return rc < 0 ? rc : reopened;
}

void
share_find(struct world *w, struct site_files *files)
{
	struct share *s = w->share = xcalloc(1, sizeof(*s));

	s->w = w;
	s->files = files;
	for (size_t i = 0; i < w->dossiers_n; i++)
		if (!publish_dossier_kept(files, &w->dossiers[i])) {
			s->due = xgrow(s->due, s->n, &s->cap, sizeof(*s->due));
			s->due[s->n++] = &w->dossiers[i];
		}
}

int
share_begin(struct world *w, struct error *err)
{
	struct share *s = w->share;
	size_t processors = crew_processors();

	if (s->n < MANY || processors < 2)
		return 0;
	s->helpers = (processors < MOST ? processors : MOST) - 1;
	message_debug("publish: %zu dossiers, %zu processes", s->n, s->helpers + 1);
	return call_helpers(s, err);
}

static int
make_alone(struct share *s, struct error *err)
{
	int rc = 0;

	for (size_t from = 0; rc == 0 && from < s->n; from += PIECE)
		rc = make_piece(s, from, err);
	return rc;
}

static int
make_together(struct share *s, struct error *err)
{
	int rc;

	if ((rc = make_pieces(s, s->crew, err)) < 0 || (rc = crew_wait(s->crew, err)) < 0)
		return rc;
	for (size_t i = 1; rc == 0 && i <= s->helpers; i++)
		rc = site_files_part_adopt(s->files, i, err);
	return rc;
}

int
share_end(struct world *w, struct site_files *files, struct error *err)
{
	struct share *s = w->share;
	int rc = s->crew != NULL ? make_together(s, err) : make_alone(s, err);

	for (size_t i = 0; rc == 0 && !w->lacking && i < s->n; i++)
		w->lacking = !publish_dossier_made(files, s->due[i]);
	return rc;
}
