/* What has room in a dossier's page: with the style sheet (14 KB; 17 where the build could not make it small) it stays under 50 KB. What is shorter than that is there as a whole. */
#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "redlines.h"

/* Bytes. */
#define PAGE 33000
#define FRAME 4800	/* head, foot, sectors, how to cite */
#define STATION 480	/* of a notification that is told apart: in the story and the deadlines, and a section with its link */
#define VERSION 600	/* of each but its first: in the story, and a section that leads to its redline */
#define REDLINES 20000	/* at most */
#define RECORD 12000	/* of the text in force, at most: of a longer one the beginnings */
#define SOURCE 200	/* of a record in the page: the link to its source */

static void
take(size_t *room, size_t bytes)
{
	*room -= bytes < *room ? bytes : *room;
}

static size_t
room_for_all(const struct site_dossier *d)
{
	const struct notice *n = dossier_current(d);
	size_t room = PAGE;

	take(&room, FRAME + (n->title.s != NULL ? 2 * strlen(n->title.s) : 0));
	for (size_t i = 0; i < d->labels_n; i++)
		take(&room, 150 + strlen(d->labels[i].reason));
	for (size_t i = 0; i < d->members_n; i++)
		take(&room, STATION + (d->members[i].versions_n > 1 ? d->members[i].versions_n - 1 : 0) * VERSION);
	return room;
}

/* ---- redlines ---- */

static bool
goes_apart(const struct redline *r, size_t *room, struct site_lengths *lengths)
{
	AUTO_BUF html = BUF_INIT;

	if (redline_is_empty(r))
		return false;
	redline_write(r, "v", 5, &html);
	lengths->column = html.len;
	redline_write_sides(r, 5, &html);
	lengths->sides = html.len - lengths->column;
	if (html.len > *room)
		return true;
	*room -= html.len;
	return false;
}

static void
plan_redlines(struct site_dossier *d, size_t *room)
{
	size_t most = *room < REDLINES ? *room : REDLINES, left = most;

	for (size_t i = d->members_n; i-- > 0;) {
		struct site_member *member = &d->members[i];

		member->apart = goes_apart(&member->redline, &left, &member->lengths);
		for (size_t k = member->versions_n; k-- > 0;)
			member->versions[k].apart = goes_apart(&member->versions[k].redline, &left, &member->versions[k].lengths);
	}
	*room -= most - left;
}

/* ---- records ---- */

static size_t
record_size(const struct site_dossier *d, const struct site_member *member, const char *whole)
{
	AUTO_BUF path = BUF_INIT, html = BUF_INIT;
	struct page p = { .section = PAGE_NONE };

	site_dossier_path(d->id, NULL, &path);
	p.path = buf_str(&path);
	dossier_facts(&p, member->notice, whole, &html);
	dossier_documents_of(&p, d, member, whole != NULL ? dossier_documents_shown(d, member) : member->notice->documents.n, &html);
	return html.len + SOURCE;
}

static void
plan_current(const struct site_dossier *d, struct site_member *member, size_t *room)
{
	size_t size = record_size(d, member, NULL);
	AUTO_BUF path = BUF_INIT;

	member->record_length = size;
	member->told = size > RECORD || size > *room ? SITE_TOLD_IN_PART : SITE_TOLD_HERE;
	site_record_path(d, member, &path);
	take(room, member->told == SITE_TOLD_HERE ? size : record_size(d, member, buf_str(&path)));
}

static void
plan_other(const struct site_dossier *d, struct site_member *member, size_t *room)
{
	size_t size = record_size(d, member, NULL);

	member->record_length = size;
	member->told = size > *room ? SITE_TOLD_APART : SITE_TOLD_HERE;
	if (member->told == SITE_TOLD_HERE)
		take(room, size);
}

void
site_dossier_plan(struct site_dossier *d)
{
	const struct notice *current = dossier_current(d);
	size_t room = room_for_all(d);

	for (size_t i = 0; i < d->members_n; i++)
		if (d->members[i].notice == current)
			plan_current(d, &d->members[i], &room);
	plan_redlines(d, &room);
	for (size_t i = d->members_n; i-- > 0;)
		if (d->members[i].notice != current)
			plan_other(d, &d->members[i], &room);
}

bool
site_dossier_has_whole(const struct site_dossier *d)
{
	for (size_t i = 0; i < d->members_n; i++) {
		const struct site_member *member = &d->members[i];

		if (member->told != SITE_TOLD_HERE || member->apart)
			return true;
		for (size_t k = 0; k < member->versions_n; k++)
			if (member->versions[k].apart)
				return true;
	}
	return false;
}
