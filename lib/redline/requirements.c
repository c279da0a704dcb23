#include "requirements.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "callouts.h"
#include "document_view.h"
#include "facts.h"
#include "labels.h"
#include "requirement_words.h"

#define ABOUT_MAX 60	/* bytes of the words before a limit */
#define ITEM_FORMS 3

struct finder {
	const char *document, *lang;
	const char *anchor;
	char *where;
	char *items[ITEM_FORMS];	/* labels of the items around a sentence, outermost first */
	struct requirements *out;
};

/* What happened to one sentence. */
struct sentence {
	const char *old, *new;		/* "" where there is none */
	struct sentence_says was, is;
};

/* ---- adding ---- */

static const unsigned weights[] = {
	[REQUIREMENT_LIMIT] = 900, [REQUIREMENT_DATE] = 800, [REQUIREMENT_ADDED] = 700, [REQUIREMENT_REMOVED] = 690, [REQUIREMENT_MODAL] = 680,
	[REQUIREMENT_EXEMPTION_ADDED] = 650, [REQUIREMENT_EXEMPTION_REMOVED] = 640, [REQUIREMENT_SCOPE] = 500, [REQUIREMENT_WORDING] = 100
};

static char *
path(const struct finder *f)
{
	AUTO_BUF out = BUF_INIT;

	buf_adds(&out, f->where);
	for (size_t i = 0; i < ITEM_FORMS; i++)
		if (f->items[i] != NULL)
			buf_addf(&out, "(%s)", f->items[i]);
	return buf_take(&out);
}

static struct requirement *
add(struct finder *f, enum requirement_kind kind, const struct sentence *s)
{
	static struct requirement none;
	struct requirements *q = f->out;

	if (q->n >= REQUIREMENTS_MAX) {
		q->left_out++;
		return &none;
	}
	q->v = xgrow(q->v, q->n, &q->cap, sizeof(*q->v));
	q->v[q->n] = (struct requirement){ .kind = kind, .weight = weights[kind], .where = path(f), .anchor = xstrdup(f->anchor), .document = xstrdup(f->document),
		.old_value = xstrdup(""), .new_value = xstrdup(""), .about = xstrdup(""), .old = xstrdup(s->old), .new = xstrdup(s->new) };
	return &q->v[q->n++];
}

static void
replace(char **to, const char *s)
{
	free(*to);
	*to = xstrdup(s);
}

/* ---- numbers, dates, verbs ---- */

/* The one number or verb of a call-out. */
struct reading {
	struct facts facts;
	const struct fact *fact;	/* NULL: none */
};

static void
read_value(const char *text, const char *lang, enum callout_kind kind, struct reading *out)
{
	*out = (struct reading){ .facts = FACTS_INIT };
	facts_read(text, strlen(text), lang, &out->facts);
	for (size_t i = 0; i < out->facts.n && out->fact == NULL; i++)
		if (out->facts.v[i].kind == kind)
			out->fact = &out->facts.v[i];
}

/* "90.5" to 90.5; what is not such a number has no value. */
static bool
number_of(const char *s, double *out)
{
	double scale = 1;
	bool point = false;

	*out = 0;
	for (; *s != '\0'; s++) {
		if (*s == '.' && !point) {
			point = true;
			continue;
		}
		if (*s < '0' || *s > '9')
			return false;
		*out = *out * 10 + (*s - '0');
		scale *= point ? 10 : 1;
	}
	*out /= scale;
	return true;
}

static enum requirement_effect
effect_of_limit(const struct sentence *s, const struct callout *c, const struct fact *old, const struct fact *new)
{
	const char *at = strstr(s->new, c->new), *was_at = strstr(s->old, c->old);
	enum bound bound = at != NULL ? sentence_bound(s->new, at, at + strlen(c->new)) : BOUND_NONE;
	double a, b;

	if (old == NULL || new == NULL || was_at == NULL || bound == BOUND_NONE || bound != sentence_bound(s->old, was_at, was_at + strlen(c->old)))
		return EFFECT_OPEN;
	if (strcmp(old->unit, new->unit) != 0 || !number_of(old->value, &a) || !number_of(new->value, &b) || (a >= b && a <= b))
		return EFFECT_OPEN;
	return (b < a) == (bound == BOUND_MOST) ? EFFECT_TIGHTENED : EFFECT_RELAXED;
}

/* The words of its sentence before a value, or the first cell of its row. */
static char *
about(const char *sentence, const char *value)
{
	const char *at = strstr(sentence, value), *from;
	AUTO_BUF out = BUF_INIT;

	if (at == NULL)
		return xstrdup("");
	from = at;
	if (*sentence == '|') {
		from = sentence + 1 + (sentence[1] == ' ');
		at = from + strcspn(from, "|");
	} else {
		while (from > sentence && at - from < ABOUT_MAX && strchr(".;:", from[-1]) == NULL)
			from--;
		while (from > sentence && from < at && strchr(".;:", from[-1]) == NULL && from[-1] != ' ')
			from++;		/* not in the middle of a word */
	}
	buf_add(&out, from, (size_t)(at - from));
	buf_trim(&out);
	return xstrdup(buf_str(&out) + strspn(buf_str(&out), " "));
}

static void
set_values(struct requirement *q, const struct sentence *s, const struct callout *c)
{
	if (q->old_value == NULL)
		return;		/* left out */
	replace(&q->old_value, c->old);
	replace(&q->new_value, c->new);
	free(q->about);
	q->about = *c->new != '\0' ? about(s->new, c->new) : about(s->old, c->old);
}

/* "Article 7" names something, "7 days" and "EUR 7" measure. */
static bool
measures(const char *text, const struct fact *fact)
{
	return fact != NULL && (fact->unit[0] != '\0' || (*text >= '0' && *text <= '9'));
}

static bool
add_number(struct finder *f, const struct sentence *s, const struct callout *c)
{
	struct reading old, new;
	bool limit;

	read_value(c->old, f->lang, CALLOUT_NUMBER, &old);
	read_value(c->new, f->lang, CALLOUT_NUMBER, &new);
	limit = measures(c->old, old.fact) || measures(c->new, new.fact);
	if (limit) {
		struct requirement *q = add(f, REQUIREMENT_LIMIT, s);

		set_values(q, s, c);
		q->effect = effect_of_limit(s, c, old.fact, new.fact);
	}
	facts_clear(&old.facts);
	facts_clear(&new.facts);
	return limit;
}

static bool
add_verb(struct finder *f, const struct sentence *s, const struct callout *c)
{
	struct reading old, new;
	bool found;

	read_value(c->old, f->lang, CALLOUT_MODAL, &old);
	read_value(c->new, f->lang, CALLOUT_MODAL, &new);
	found = old.fact != NULL && new.fact != NULL;
	if (found) {
		bool other = old.fact->force != new.fact->force;
		struct requirement *q = add(f, other ? REQUIREMENT_MODAL : REQUIREMENT_WORDING, s);

		set_values(q, s, c);
		q->effect = !other ? EFFECT_OPEN : new.fact->force > old.fact->force ? EFFECT_TIGHTENED : EFFECT_RELAXED;
	}
	facts_clear(&old.facts);
	facts_clear(&new.facts);
	return found;
}

static bool
add_callout(struct finder *f, const struct sentence *s, const struct callout *c)
{
	switch (c->kind) {
	case CALLOUT_NUMBER:
	case CALLOUT_UNIT:
		return add_number(f, s, c);
	case CALLOUT_MODAL:
		return add_verb(f, s, c);
	case CALLOUT_DATE:
		set_values(add(f, REQUIREMENT_DATE, s), s, c);
		return true;
	case CALLOUT_STANDARD:
		set_values(add(f, REQUIREMENT_WORDING, s), s, c);
		return true;
	}
	return false;
}

/* ---- sentences ---- */

static void
join_side(const struct block *b, enum change side, struct buf *out)
{
	for (size_t k = 0; k < b->n; k++)
		if (b->spans[k].change == CHANGE_SAME || b->spans[k].change == side)
			buf_adds(out, b->spans[k].s);
}

static void
look_at_changed(struct finder *f, const struct block *b, const struct sentence *s)
{
	AUTO_REDLINE r = REDLINE_INIT;
	struct block copy = *b;
	const struct text_diff one = { .v = &copy, .n = 1 };
	bool told = false;

	callouts_find(&(struct callout_source){ &one, f->lang, f->lang, 0, 0 }, &r);
	for (size_t i = 0; i < r.callouts_n; i++)
		told = add_callout(f, s, &r.callouts[i]) || told;
	if (s->was.exempts != s->is.exempts)
		add(f, s->is.exempts ? REQUIREMENT_EXEMPTION_ADDED : REQUIREMENT_EXEMPTION_REMOVED, s);
	else if (!told && s->was.obliges != s->is.obliges)
		add(f, s->is.obliges ? REQUIREMENT_ADDED : REQUIREMENT_REMOVED, s);
	else if (!told && (s->was.scope || s->is.scope || s->is.exempts))
		add(f, REQUIREMENT_SCOPE, s);
	else if (!told && s->is.obliges)
		add(f, REQUIREMENT_WORDING, s);
}

/* The first limit of a row or sentence that came or went. */
static void
add_bare_limit(struct finder *f, const struct sentence *s)
{
	const char *text = *s->new != '\0' ? s->new : s->old;
	struct reading r;

	read_value(text, f->lang, CALLOUT_NUMBER, &r);
	if (r.fact != NULL && (r.fact->unit[0] != '\0' || *text == '|')) {
		const struct callout c = { .old = *s->new != '\0' ? "" : r.fact->text, .new = *s->new != '\0' ? r.fact->text : "" };

		set_values(add(f, REQUIREMENT_LIMIT, s), s, &c);
	}
	facts_clear(&r.facts);
}

static void
look_at_whole(struct finder *f, const struct sentence *s)
{
	bool came = *s->new != '\0';
	const struct sentence_says *says = came ? &s->is : &s->was;

	if (says->exempts)
		add(f, came ? REQUIREMENT_EXEMPTION_ADDED : REQUIREMENT_EXEMPTION_REMOVED, s);
	else if (says->obliges)
		add(f, came ? REQUIREMENT_ADDED : REQUIREMENT_REMOVED, s);
	else if (says->scope)
		add(f, REQUIREMENT_SCOPE, s);
	else
		add_bare_limit(f, s);
}

static void
look_at(struct finder *f, const struct block *b)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	struct sentence s;

	if (b->kind != BLOCK_CHANGED && b->kind != BLOCK_DELETED && b->kind != BLOCK_INSERTED)
		return;
	join_side(b, CHANGE_DELETED, &old);
	join_side(b, CHANGE_INSERTED, &new);
	s = (struct sentence){ buf_str(&old), buf_str(&new), { false, false, false }, { false, false, false } };
	s.was = sentence_read(s.old, f->lang);
	s.is = sentence_read(s.new, f->lang);
	if (b->kind == BLOCK_CHANGED)
		look_at_changed(f, b, &s);
	else
		look_at_whole(f, &s);
}

/* ---- documents and fields ---- */

static void
clear_items(struct finder *f, size_t from)
{
	for (size_t i = from; i < ITEM_FORMS; i++) {
		free(f->items[i]);
		f->items[i] = NULL;
	}
}

/* Remembers the number of the item that begins with a block. */
static void
note_item(struct finder *f, const struct block *b)
{
	AUTO_BUF text = BUF_INIT;
	struct opening o;
	size_t form;

	join_side(b, b->kind == BLOCK_DELETED || b->kind == BLOCK_MOVED_FROM ? CHANGE_DELETED : CHANGE_INSERTED, &text);
	if (!label_read(buf_str(&text), text.len, &o) || (o.kind != PROVISION_ITEM && !(o.kind == PROVISION_POINT && o.depth == 1)))
		return;
	form = o.kind == PROVISION_POINT ? ITEM_NUMBER : o.depth;
	clear_items(f, form);
	f->items[form] = xstrndup(o.number.s, o.number.n);
}

static char *
name_of(const struct provision_change *p)
{
	const char *label = p->new_label[0] != '\0' ? p->new_label : p->old_label, *heading = p->new_heading[0] != '\0' ? p->new_heading : p->old_heading;
	const char *name = label[0] != '\0' ? label : heading;

	return p->within[0] != '\0' ? xasprintf("%s, %s", p->within, name) : xstrdup(name);
}

static void
look_at_document(const struct document_change *d, struct requirements *out)
{
	struct finder f = { .document = d->name, .lang = d->lang, .anchor = "", .where = xstrdup(""), .out = out };
	struct document_view view;
	size_t provision = (size_t)-1;

	document_view_make(&d->diff, 0, &view);
	for (size_t i = 0; i < view.text.n; i++) {
		if (view.provision[i] != provision) {
			provision = view.provision[i];
			clear_items(&f, 0);
			free(f.where);
			f.where = name_of(&d->diff.v[provision]);
			f.anchor = d->diff.v[provision].anchor;
		}
		note_item(&f, &view.text.v[i]);
		look_at(&f, &view.text.v[i]);
	}
	clear_items(&f, 0);
	free(f.where);
	document_view_clear(&view);
}

static void
look_at_field(const struct field_change *c, struct requirements *out)
{
	struct finder f = { .document = "", .lang = c->new_lang, .anchor = "", .where = xstrdup(notice_fields[c->row].name), .out = out };

	for (size_t i = 0; i < c->diff.n; i++)
		look_at(&f, &c->diff.v[i]);
	free(f.where);
}

struct ranked {
	struct requirement q;
	size_t at;
};

static int
compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->q.weight != y->q.weight)
		return x->q.weight > y->q.weight ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static void
sort(struct requirements *q)
{
	AUTO_FREE struct ranked *all = xcalloc(q->n + 1, sizeof(*all));

	for (size_t i = 0; i < q->n; i++) {
		q->v[i].weight += q->v[i].effect != EFFECT_OPEN ? 40 : 0;
		all[i] = (struct ranked){ q->v[i], i };
	}
	qsort(all, q->n, sizeof(*all), compare);
	for (size_t i = 0; i < q->n; i++)
		q->v[i] = all[i].q;
}

void
requirements_find(const struct redline *r, struct requirements *out)
{
	*out = (struct requirements)REQUIREMENTS_INIT;
	for (size_t i = 0; i < r->n; i++)
		look_at_field(&r->v[i], out);
	for (size_t i = 0; i < r->documents_n; i++)
		look_at_document(&r->documents[i], out);
	sort(out);
}

void
requirements_clear(struct requirements *q)
{
	for (size_t i = 0; i < q->n; i++) {
		free(q->v[i].where);
		free(q->v[i].anchor);
		free(q->v[i].document);
		free(q->v[i].old_value);
		free(q->v[i].new_value);
		free(q->v[i].about);
		free(q->v[i].old);
		free(q->v[i].new);
	}
	free(q->v);
	*q = (struct requirements)REQUIREMENTS_INIT;
}
