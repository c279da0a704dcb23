#include "notice_json.h"

#include <string.h>

#include "fields.h"

static const char *
or_null(const char *s)
{
	return s != NULL && *s != '\0' ? s : NULL;
}

/* ---- fields by their type ---- */

static void
set_milestone(json_t *o, const char *key, const struct milestone *m)
{
	json_t *value;

	if (field_ops(FIELD_MILESTONE)->empty(m)) {
		json_set_str(o, key, NULL);
		return;
	}
	value = json_object();
	json_set_date(value, "date", m->date);
	json_set_str(value, "text", m->text);
	json_object_set_new(o, key, value);
}

static void
set_codes(json_t *o, const char *key, const struct codes *codes)
{
	AUTO_STRV list = STRV_INIT;

	for (size_t i = 0; i < codes->n; i++)
		strv_add(&list, codes->v[i].code);
	json_set_strv(o, key, &list);
}

static void
set_answer(json_t *o, const char *key, enum answer a)
{
	if (a == ANSWER_UNKNOWN)
		json_set_str(o, key, NULL);
	else
		json_set_bool(o, key, a == ANSWER_YES);
}

static void
set_documents(json_t *o, const char *key, const struct documents *d)
{
	json_t *array = json_array();

	for (size_t i = 0; i < d->n; i++) {
		json_t *value = json_object();

		json_set_str(value, "kind", d->v[i].kind);
		json_set_str(value, "lang", or_null(d->v[i].lang));
		json_set_str(value, "url", d->v[i].url);
		json_set_str(value, "text_sha256", d->v[i].text_sha256);
		json_array_append_new(array, value);
	}
	json_object_set_new(o, key, array);
}

static void
set_variants(json_t *o, const char *key, const struct variants *v)
{
	json_t *array = json_array();

	for (size_t i = 0; i < v->n; i++) {
		json_t *value = json_object();

		json_set_str(value, "member", or_null(v->v[i].member));
		json_set_str(value, "field", v->v[i].field);
		json_set_str(value, "value", v->v[i].value);
		json_array_append_new(array, value);
	}
	json_object_set_new(o, key, array);
}

static void
set_field(json_t *o, const struct notice *n, size_t row)
{
	const char *key = notice_fields[row].key;
	const void *p = notice_at_const(n, row);

	switch (notice_fields[row].type) {
	case FIELD_LINE:
		json_set_str(o, key, *(char *const *)p);
		break;
	case FIELD_TEXT:
		json_set_str(o, key, ((const struct text *)p)->s);
		break;
	case FIELD_DATE:
		json_set_date(o, key, *(const struct date *)p);
		break;
	case FIELD_SET:
		json_set_strv(o, key, p);
		break;
	case FIELD_CODES:
		set_codes(o, key, p);
		break;
	case FIELD_ANSWER:
		set_answer(o, key, *(const enum answer *)p);
		break;
	case FIELD_MILESTONE:
		set_milestone(o, key, p);
		break;
	case FIELD_DOCUMENTS:
		set_documents(o, key, p);
		break;
	case FIELD_VARIANTS:
		set_variants(o, key, p);
		break;
	}
}

static void
set_field_by_key(json_t *o, const struct notice *n, const char *key)
{
	for (size_t i = 0; i < notice_fields_count; i++) {
		const char *its = notice_fields[i].key;

		if (its != NULL && its[0] == key[0] && strcmp(its, key) == 0)
			set_field(o, n, i);
	}
}

/* ---- what has no row of its own ---- */

static void
add_reactions(json_t *array, const char *kind, const struct strv *issuers)
{
	for (size_t i = 0; i < issuers->n; i++) {
		json_t *value = json_object();

		json_set_str(value, "kind", kind);
		json_set_str(value, "by", issuers->v[i]);
		json_array_append_new(array, value);
	}
}

static void
set_reactions(json_t *o, const struct notice *n)
{
	json_t *array = json_array();

	add_reactions(array, "comments", &n->comments_by);
	add_reactions(array, "detailed opinion", &n->opinions_by);
	json_object_set_new(o, "reactions", array);
}

static void
set_languages(json_t *o, const struct notice *n)
{
	json_t *languages = json_object();

	for (size_t i = 0; i < notice_fields_count; i++) {
		const struct text *t = notice_at_const(n, i);

		if (notice_fields[i].type == FIELD_TEXT && t->s != NULL)
			json_set_str(languages, notice_fields[i].key, or_null(t->lang));
	}
	json_object_set_new(o, "languages", languages);
}

static void
set_identity(json_t *o, const struct notice *n)
{
	json_set_str(o, "notification", n->id);
	json_set_strv(o, "symbols", &n->symbols);
	json_set_str(o, "dossier", n->dossier);
	json_set_str(o, "source", source_name(n->source));
	json_set_str(o, "area", area_name(n->area));
	json_set_str(o, "kind", kind_name(n->kind));
	json_set_str(o, "member", or_null(n->member));
	json_set_strv(o, "members", &n->members);
}

json_t *
notice_to_json(const struct notice *n, const struct notice_view *view)
{
	static const char *const before_view[] = {
		"agency", "title", "products", "hs", "ics", "category", "description", "objectives", "rationale", "documents", "distributed",
		"deadline"
	};
	static const char *const after_view[] = { "adoption", "entry_into_force", "standstill_end" };
	static const struct strv none = STRV_INIT;
	json_t *o = json_object();

	set_identity(o, n);
	for (size_t i = 0; i < sizeof(before_view) / sizeof(before_view[0]); i++)
		set_field_by_key(o, n, before_view[i]);
	json_set_date(o, "effective_deadline", view->effective_deadline);
	json_set_bool(o, "open", view->open);
	for (size_t i = 0; i < sizeof(after_view) / sizeof(after_view[0]); i++)
		set_field_by_key(o, n, after_view[i]);
	set_reactions(o, n);
	json_set_bool(o, "urgent", n->urgent);
	set_field_by_key(o, n, "language");
	set_field_by_key(o, n, "url");
	json_set_strv(o, "sectors", view->sectors != NULL ? view->sectors : &none);
	json_set_str(o, "twin", or_null(view->twin));
	for (size_t i = 0; i < notice_fields_count; i++)
		if (notice_fields[i].key != NULL && json_object_get(o, notice_fields[i].key) == NULL)
			set_field(o, n, i);
	set_languages(o, n);
	return o;
}
