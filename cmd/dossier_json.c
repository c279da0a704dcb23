/* The story of a dossier as JSON */
#include "../lib/base/message.h"
#include "../lib/notice/attached.h"
#include "dossier_story.h"
#include "rows.h"

static int
collect_event(void *ctx, const struct index_event *e)
{
	json_array_append_new(ctx, event_json(e));
	return 0;
}

static int
append_row(void *ctx, const struct index_row *row)
{
	struct error err;
	json_t *json = row_json(row, &err);

	if (json != NULL)
		json_array_append_new(ctx, json);
	else
		message_warn("%s", err.text);
	return 0;
}

static json_t *
deadline_history(const struct story *s)
{
	json_t *moves = json_array();

	for (size_t i = 0; i < s->moves_n; i++) {
		const struct deadline_move *m = &s->moves[i];
		json_t *o = json_object();

		json_set_date(o, "date", m->day);
		json_set_str(o, "notification", m->by);
		json_set_date(o, "old", m->old);
		json_set_date(o, "deadline", m->new);
		json_set_str(o, "effect", move_name(m->effect));
		json_set_str(o, "void_by", m->void_by);
		json_set_bool(o, "silent", m->silent);
		json_set_str(o, "origin", m->from_text ? "text" : "published");
		json_array_append_new(moves, o);
	}
	return moves;
}

static json_t *
lineage(const struct dossier *d)
{
	json_t *nodes = json_array();

	for (size_t i = 0; i < d->n; i++) {
		const struct dossier_node *x = &d->v[i];
		json_t *o = json_object();

		json_set_str(o, "notification", x->n->id);
		json_set_str(o, "parent", x->parent != DOSSIER_TOP ? d->v[x->parent].n->id : NULL);
		json_object_set_new(o, "depth", json_integer((json_int_t)x->depth));
		json_set_str(o, "kind", kind_name(x->n->kind));
		json_set_date(o, "distributed", x->n->distributed);
		json_set_date(o, "deadline", x->deadline);
		json_set_bool(o, "in_force", x->n == d->current);
		json_set_str(o, "void_by", x->void_by != NULL ? x->void_by->id : NULL);
		json_set_str(o, "voids", x->voids != NULL ? x->voids->id : NULL);
		json_set_str(o, "replaced_by", x->replaced_by != NULL ? x->replaced_by->id : NULL);
		json_array_append_new(nodes, o);
	}
	return nodes;
}

static void
append_document(const struct notice *n, const struct document *d, json_t *documents)
{
	json_t *o = json_object();
	AUTO_BUF path = BUF_INIT;

	if (d->text_sha256 != NULL)
		attached_path(n, d, &path);
	json_set_str(o, "notification", n->id);
	json_set_str(o, "kind", d->kind);
	json_set_str(o, "lang", d->lang[0] != '\0' ? d->lang : NULL);
	json_set_str(o, "url", d->url);
	json_set_str(o, "text_sha256", d->text_sha256);
	json_set_str(o, "path", path.len > 0 ? buf_str(&path) : NULL);
	json_array_append_new(documents, o);
}

static void
append_reactions(const struct notice *n, json_t *reactions)
{
	json_t *o;

	if (n->comments_by.n + n->opinions_by.n == 0)
		return;
	o = json_object();
	json_set_str(o, "notification", n->id);
	json_set_strv(o, "comments_by", &n->comments_by);
	json_set_strv(o, "opinions_by", &n->opinions_by);
	json_set_date(o, "standstill_original", n->standstill_original);
	json_set_date(o, "standstill_end", n->standstill_end);
	json_array_append_new(reactions, o);
}

static json_t *
references(const struct story *s)
{
	json_t *links = json_array();

	for (size_t i = 0; i < s->links_n; i++) {
		const struct story_link *l = &s->links[i];
		json_t *o = json_object();

		json_set_str(o, "direction", l->inward ? "named by" : "names");
		json_set_str(o, "from", l->from);
		json_set_str(o, "to", l->to);
		json_set_str(o, "field", notice_fields[l->row].name);
		json_set_str(o, "notification", l->other);
		json_set_str(o, "title", l->title);
		json_array_append_new(links, o);
	}
	return links;
}

static json_t *
probable(const struct story *s)
{
	json_t *o;

	if (s->probable.dossier == NULL)
		return json_null();
	o = json_object();
	json_set_str(o, "dossier", s->probable.dossier);
	json_object_set_new(o, "score", json_integer((json_int_t)(100 * s->probable.score + 0.5)));
	json_set_strv(o, "reasons", &s->probable.reasons);
	return o;
}

static void
set_head(const struct story *s, json_t *o)
{
	const struct notice *n = story_current(s);
	AUTO_STRV sectors = STRV_INIT;

	if (s->sectors != NULL)
		strv_split(&sectors, s->sectors, ",");
	json_set_str(o, "dossier", s->id);
	json_set_str(o, "title", n->title.s);
	json_set_str(o, "member", n->member[0] != '\0' ? n->member : NULL);
	json_set_str(o, "source", source_name(n->source));
	json_set_str(o, "area", area_name(n->area));
	json_set_str(o, "state", dossier_state_name(dossier_state(&s->dossier, clock_today())));
	json_set_date(o, "effective_deadline", s->dossier.effective_deadline);
	json_set_bool(o, "open", dossier_open(&s->dossier, clock_today()));
	json_set_bool(o, "withdrawn", s->dossier.withdrawn);
	json_set_bool(o, "adopted", s->dossier.adopted);
	json_set_bool(o, "in_force", s->dossier.in_force);
	json_set_str(o, "current", s->dossier.current != NULL ? s->dossier.current->id : NULL);
	json_set_strv(o, "sectors", &sectors);
	json_set_str(o, "twin", s->twin != NULL && s->twin[0] != '\0' ? s->twin : NULL);
	json_object_set_new(o, "twin_probable", probable(s));
}

int
story_json(struct app *app, const struct story *s, struct buf *out, struct error *err)
{
	const struct filter all = FILTER_INIT;
	json_t *o = json_object(), *events = json_array(), *members = json_array(), *documents = json_array(), *reactions = json_array();
	int rc;

	rc = index_log(app->ix, &all, s->id, NULL, true, collect_event, events, err);
	for (size_t i = 0; i < s->ids.n; i++) {
		for (size_t k = 0; k < s->notices[i].documents.n; k++)
			append_document(&s->notices[i], &s->notices[i].documents.v[k], documents);
		append_reactions(&s->notices[i], reactions);
		if (rc == 0)
			rc = index_get(app->ix, s->ids.v[i], append_row, members, err);
	}
	set_head(s, o);
	json_object_set_new(o, "lineage", lineage(&s->dossier));
	json_object_set_new(o, "deadlines", deadline_history(s));
	json_object_set_new(o, "reactions", reactions);
	json_object_set_new(o, "documents", documents);
	json_object_set_new(o, "references", references(s));
	json_object_set_new(o, "notifications", members);
	json_object_set_new(o, "events", events);
	json_write(o, true, out);
	json_decref(o);
	return rc;
}
