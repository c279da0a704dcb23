#include "requirement_sentences.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "callouts.h"
#include "facts.h"
#include "labels.h"
#include "requirement_words.h"

#define ABOUT_MAX 60	/* bytes of the words before a limit */
#define NUMBERS_MAX 100	/* of a sentence, beyond which it is a list of figures */

/* What happened to one sentence. */
struct sentence {
	const char *old, *new;		/* "" where there is none */
	const struct block *block;	/* what they were read from */
	struct sentence_says was, is;
};

/* Is any of these bytes of one text in a span of what changed? */
static bool
is_changed(const struct block *b, enum change side, size_t from, size_t to)
{
	size_t at = 0;

	for (size_t k = 0; k < b->n; k++) {
		size_t n = strlen(b->spans[k].s);

		if (b->spans[k].change != CHANGE_SAME && b->spans[k].change != side)
			continue;
		if (b->spans[k].change == side && from < at + n && at < to)
			return true;
		at += n;
	}
	return false;
}

/* Where a value stands: of several places the one that changed ("shall" stands in many sentences twice). NULL when it is in other words there. */
static const char *
place_of(const struct sentence *s, enum change side, const char *value)
{
	const char *text = side == CHANGE_DELETED ? s->old : s->new, *first = strstr(text, value);

	for (const char *at = first; at != NULL && *value != '\0'; at = strstr(at + 1, value))
		if (is_changed(s->block, side, (size_t)(at - text), (size_t)(at - text) + strlen(value)))
			return at;
	return first;
}

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
	const char *at = place_of(s, CHANGE_INSERTED, c->new), *was_at = place_of(s, CHANGE_DELETED, c->old);
	enum bound bound = at != NULL ? sentence_bound(s->new, at, at + strlen(c->new)) : BOUND_NONE;
	double a, b;

	if (old == NULL || new == NULL || was_at == NULL || bound == BOUND_NONE || bound != sentence_bound(s->old, was_at, was_at + strlen(c->old)))
		return EFFECT_OPEN;
	if (strcmp(old->unit, new->unit) != 0 || !number_of(old->value, &a) || !number_of(new->value, &b) || (a >= b && a <= b))
		return EFFECT_OPEN;
	return (b < a) == (bound == BOUND_MOST) ? EFFECT_TIGHTENED : EFFECT_RELAXED;
}

/* Without the item's number, which the path of the provision tells. */
static const char *
behind_label(const char *sentence, const char *at)
{
	struct opening o;

	if (!label_read(sentence, strlen(sentence), &o) || (o.kind != PROVISION_ITEM && o.kind != PROVISION_POINT) || o.rest.s == NULL || o.rest.s > at)
		return sentence;
	return o.rest.s;
}

/* The words of its sentence before a value, or the first cell of its row. */
static char *
about(const char *sentence, const char *at)
{
	AUTO_BUF out = BUF_INIT;
	const char *from = at;

	if (at == NULL)
		return xstrdup("");
	if (*sentence == '|') {
		from = sentence + 1 + (sentence[1] == ' ');
		at = from + strcspn(from, "|");
	} else {
		sentence = behind_label(sentence, at);
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
	q->about = *c->new != '\0' ? about(s->new, place_of(s, CHANGE_INSERTED, c->new)) : about(s->old, place_of(s, CHANGE_DELETED, c->old));
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
		bool other = old.fact->force != new.fact->force && !sentence_denies(s->new, place_of(s, CHANGE_INSERTED, c->new));
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

/* ---- the same number, of which the least became the most ---- */

/* By the words of its clause: "at least 260 minutes, of which at most 75". */
static enum bound
bound_of(const char *text, const struct fact *fact)
{
	static const char marks[] = ",;:()";
	size_t from = fact->from;
	AUTO_FREE char *clause = NULL;

	while (from > 0 && strchr(marks, text[from - 1]) == NULL)
		from--;
	clause = xstrndup(text + from, fact->to - from + strcspn(text + fact->to, marks));
	return sentence_bound(clause, clause + fact->from - from, clause + fact->to - from);
}

/* The number of the old text that is the i-th in the new one: of equal ones the one that is as far behind. */
static const struct fact *
same_number(const struct facts *old, const struct facts *new, size_t i)
{
	size_t nth = 0;

	for (size_t k = 0; k < i; k++)
		nth += new->v[k].kind == CALLOUT_NUMBER && strcmp(new->v[k].text, new->v[i].text) == 0;
	for (size_t k = 0; k < old->n; k++)
		if (old->v[k].kind == CALLOUT_NUMBER && strcmp(old->v[k].text, new->v[i].text) == 0 && nth-- == 0)
			return &old->v[k];
	return NULL;
}

static void
add_turned(struct finder *f, const struct sentence *s, const char *number, enum bound was, enum bound is)
{
	static const char *const words[] = { [BOUND_NONE] = "", [BOUND_MOST] = "at most ", [BOUND_LEAST] = "at least " };
	struct requirement *q = add(f, REQUIREMENT_LIMIT, s);

	if (q->old_value == NULL)
		return;		/* left out */
	free(q->old_value);
	free(q->new_value);
	q->old_value = xasprintf("%s%s", words[was], number);
	q->new_value = xasprintf("%s%s", words[is], number);
}

/* "at least 260 minutes" became "not more than 260 minutes": no number changed, and all of its meaning. */
static bool
add_turned_bounds(struct finder *f, const struct sentence *s)
{
	struct facts old = FACTS_INIT, new = FACTS_INIT;
	bool found = false;

	facts_read(s->old, strlen(s->old), f->lang, &old);
	facts_read(s->new, strlen(s->new), f->lang, &new);
	for (size_t i = 0; i < new.n && new.n <= NUMBERS_MAX; i++) {
		const struct fact *before = new.v[i].kind == CALLOUT_NUMBER ? same_number(&old, &new, i) : NULL;
		enum bound was = before != NULL ? bound_of(s->old, before) : BOUND_NONE, is = before != NULL ? bound_of(s->new, &new.v[i]) : BOUND_NONE;

		if (was == BOUND_NONE || is == BOUND_NONE || was == is)
			continue;
		add_turned(f, s, new.v[i].text, was, is);
		found = true;
	}
	facts_clear(&old);
	facts_clear(&new);
	return found;
}

/* ---- sentences ---- */

void
requirements_side(const struct block *b, enum change side, struct buf *out)
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
	told = add_turned_bounds(f, s) || told;
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

void
requirements_of_block(struct finder *f, const struct block *b)
{
	AUTO_BUF old = BUF_INIT;
	AUTO_BUF new = BUF_INIT;
	struct sentence s;

	if (b->kind != BLOCK_CHANGED && b->kind != BLOCK_DELETED && b->kind != BLOCK_INSERTED)
		return;
	requirements_side(b, CHANGE_DELETED, &old);
	requirements_side(b, CHANGE_INSERTED, &new);
	s = (struct sentence){ buf_str(&old), buf_str(&new), b, { false, false, false }, { false, false, false } };
	s.was = sentence_read(s.old, f->lang);
	s.is = sentence_read(s.new, f->lang);
	if (b->kind == BLOCK_CHANGED)
		look_at_changed(f, b, &s);
	else
		look_at_whole(f, &s);
}
