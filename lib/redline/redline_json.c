#include "redline_json.h"

#include <string.h>

#include "../base/buf.h"

static const char *const change_names[] = { [CHANGE_SAME] = "same", [CHANGE_DELETED] = "deleted", [CHANGE_INSERTED] = "inserted" };
static const char *const callout_names[] = {
	[CALLOUT_NUMBER] = "number", [CALLOUT_DATE] = "date", [CALLOUT_MODAL] = "modal", [CALLOUT_UNIT] = "unit", [CALLOUT_STANDARD] = "standard"
};

static const char *
or_null(const char *s)
{
	return s != NULL && *s != '\0' ? s : NULL;
}

/* Stretches of a text: what is alike and stands together is one. */
struct writer {
	json_t *array;
	enum change change;
	size_t moved;		/* 0: not */
	struct buf text;
};

static void
flush(struct writer *w)
{
	json_t *o;

	if (w->text.len == 0)
		return;
	o = json_object();
	json_set_str(o, "change", change_names[w->change]);
	json_set_str(o, "text", buf_str(&w->text));
	json_object_set_new(o, "moved", w->moved > 0 ? json_integer((json_int_t)w->moved) : json_null());
	json_array_append_new(w->array, o);
	buf_reset(&w->text);
}

static void
add(struct writer *w, enum change change, size_t moved, const char *s)
{
	if (*s == '\0')
		return;
	if (w->change != change || w->moved != moved)
		flush(w);
	w->change = change;
	w->moved = moved;
	buf_adds(&w->text, s);
}

/* What follows a sentence belongs to the texts like all else. */
static void
add_end(struct writer *w, const struct block *b, size_t moved)
{
	if (strcmp(b->old_end, b->new_end) == 0) {
		add(w, CHANGE_SAME, moved, b->old_end);
		return;
	}
	add(w, CHANGE_DELETED, moved, b->old_end);
	add(w, CHANGE_INSERTED, moved, b->new_end);
}

/* Both halves of a moved sentence bear the same number: that of the first of them. */
static size_t
moved_number(const struct text_diff *d, size_t i)
{
	const struct block *b = &d->v[i];

	if (b->kind != BLOCK_MOVED_FROM && b->kind != BLOCK_MOVED_TO)
		return 0;
	return 1 + (b->pair < i ? b->pair : i);
}

static json_t *
range_to_json(const struct text_diff *d, size_t from, size_t n)
{
	struct writer w = { .array = json_array(), .text = BUF_INIT };

	for (size_t i = from; i < from + n; i++) {
		size_t moved = moved_number(d, i);

		for (size_t k = 0; k < d->v[i].n; k++)
			add(&w, d->v[i].spans[k].change, moved, d->v[i].spans[k].s);
		add_end(&w, &d->v[i], moved);
	}
	flush(&w);
	buf_clear(&w.text);
	return w.array;
}

static json_t *
field_to_json(const struct field_change *f)
{
	json_t *o = json_object();

	json_set_str(o, "field", notice_fields[f->row].name);
	json_set_str(o, "key", notice_fields[f->row].key);
	json_set_str(o, "old", or_null(f->old));
	json_set_str(o, "new", or_null(f->new));
	json_set_strv(o, "added", &f->added);
	json_set_strv(o, "removed", &f->removed);
	json_set_str(o, "old_lang", or_null(f->old_lang));
	json_set_str(o, "new_lang", or_null(f->new_lang));
	json_set_bool(o, "translated", f->translated);
	json_set_bool(o, "coarse", f->diff.coarse);
	json_object_set_new(o, "text", range_to_json(&f->diff, 0, f->diff.n));
	return o;
}

static json_t *
callout_to_json(const struct redline *r, const struct callout *c)
{
	json_t *o = json_object();

	json_set_str(o, "kind", callout_names[c->kind]);
	json_set_str(o, "old", or_null(c->old));
	json_set_str(o, "new", or_null(c->new));
	json_set_str(o, "field", c->row != CALLOUT_DOCUMENT ? notice_fields[c->row].name : NULL);
	json_set_str(o, "document", c->row == CALLOUT_DOCUMENT ? r->documents[c->document].name : NULL);
	return o;
}

/* ---- documents ---- */

static void
set_size(json_t *o, const char *key, size_t n)
{
	json_object_set_new(o, key, json_integer((json_int_t)n));
}

static json_t *
provision_to_json(const struct document_diff *d, size_t i)
{
	const struct provision_change *p = &d->v[i];
	json_t *o = json_object();

	json_set_str(o, "change", provision_change_name(p->kind));
	json_set_str(o, "old_label", or_null(p->old_label));
	json_set_str(o, "new_label", or_null(p->new_label));
	json_set_str(o, "old_heading", or_null(p->old_heading));
	json_set_str(o, "new_heading", or_null(p->new_heading));
	json_set_str(o, "within", or_null(p->within));
	set_size(o, "level", p->level);
	json_set_str(o, "anchor", p->anchor);
	json_set_bool(o, "moved_from", p->moved_from);
	json_set_str(o, "moved", p->kind == PROVISION_MOVED ? d->v[p->pair].anchor : NULL);
	json_object_set_new(o, "text", range_to_json(&d->text, p->first, p->blocks));
	json_object_set_new(o, "became", p->inner.n > 0 ? range_to_json(&p->inner, 0, p->inner.n) : json_null());
	return o;
}

static json_t *
document_to_json(const struct document_change *d)
{
	json_t *o = json_object(), *provisions = json_array();

	for (size_t i = 0; i < d->diff.n; i++)
		json_array_append_new(provisions, provision_to_json(&d->diff, i));
	json_set_str(o, "name", d->name);
	json_set_str(o, "kind", or_null(d->kind));
	json_set_str(o, "lang", or_null(d->lang));
	json_set_str(o, "url", or_null(d->url));
	json_set_str(o, "change", d->added ? "added" : d->removed ? "removed" : "changed");
	set_size(o, "old_words", d->diff.old_words);
	set_size(o, "new_words", d->diff.new_words);
	set_size(o, "old_provisions", d->diff.old_provisions);
	set_size(o, "new_provisions", d->diff.new_provisions);
	json_set_bool(o, "coarse", d->diff.text.coarse || d->diff.cut);
	json_object_set_new(o, "provisions", provisions);
	return o;
}

json_t *
redline_to_json(const struct redline *r)
{
	json_t *o = json_object(), *fields = json_array(), *callouts = json_array(), *documents = json_array();

	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(fields, field_to_json(&r->v[i]));
	for (size_t i = 0; i < r->callouts_n; i++)
		json_array_append_new(callouts, callout_to_json(r, &r->callouts[i]));
	json_object_set_new(o, "fields", fields);
	for (size_t i = 0; i < r->documents_n; i++)
		json_array_append_new(documents, document_to_json(&r->documents[i]));
	json_object_set_new(o, "callouts", callouts);
	json_object_set_new(o, "documents", documents);
	return o;
}
