#include "provisions.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "labels.h"

#define HEADING_MAX 160		/* bytes; what is longer is a text */
#define LABEL_MAX 60		/* bytes of a label that is kept: first cells can be long */
#define CONTENTS_RUN 6		/* openings that follow each other without text are a table of contents when they come again later */
#define CONTENTS_GAP 5		/* lines from the end of one entry to the next, which may have headings between */

/* Levels of what has a fixed one; those of points and items follow from how they are numbered. */
static const unsigned levels[] = {
	[PROVISION_START] = 0, [PROVISION_HEADING] = 1, [PROVISION_ANNEX] = 1, [PROVISION_PART] = 1, [PROVISION_TITLE] = 2, [PROVISION_CHAPTER] = 3,
	[PROVISION_SECTION] = 4, [PROVISION_SUBSECTION] = 5, [PROVISION_ARTICLE] = 7, [PROVISION_CODE] = 7, [PROVISION_POINT] = 8,
	[PROVISION_ITEM] = 20, [PROVISION_ROW] = 30, [PROVISION_NOTE] = 1
};

struct line {
	const char *s;
	size_t n;
	bool opens;
	struct opening o;
};

struct splitter {
	const char *text;
	struct line *lines;
	size_t n, cap;
	struct provisions *out;
	bool in_article;	/* the numbers of paragraphs begin anew in each */
	char last_letter;	/* of an item: "(i)" after "(h)" is a letter */
};

/* ---- lines ---- */

static void
read_lines(struct splitter *s)
{
	for (const char *p = s->text; *p != '\0'; ) {
		size_t n = strcspn(p, "\n");
		struct line *l;

		s->lines = xgrow(s->lines, s->n, &s->cap, sizeof(*s->lines));
		l = &s->lines[s->n++];
		*l = (struct line){ .s = p, .n = n };
		l->opens = label_read(p, n, &l->o);
		p += n + (p[n] == '\n');
	}
}

static bool
is_blank(const struct line *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->s[i] != ' ' && l->s[i] != '\t')
			return false;
	return true;
}

/* Ends with a mark behind which no heading ends. */
static bool
ends_sentence(const char *s, size_t n)
{
	while (n > 0 && s[n - 1] == ' ')
		n--;
	return n > 0 && strchr(".;:,", s[n - 1]) != NULL;
}

/* ---- tables of contents ---- */

static bool
is_named(const struct line *l)
{
	return l->opens && l->o.kind > PROVISION_HEADING && l->o.kind <= PROVISION_POINT;
}

/* "Scope ........ 12" */
static bool
is_leader(const struct line *l)
{
	size_t n = l->n, dots = 0;

	while (n > 0 && l->s[n - 1] >= '0' && l->s[n - 1] <= '9')
		n--;
	while (n > 0 && (l->s[n - 1] == '.' || l->s[n - 1] == ' '))
		dots += l->s[--n] == '.';
	return dots >= 4;
}

/* A label as one string for sorting and for finding again. */
static char *
key_of(const struct opening *o)
{
	AUTO_BUF raw = BUF_INIT;
	AUTO_BUF key = BUF_INIT;

	buf_add(&raw, o->number.s != NULL ? o->number.s : "", o->number.s != NULL ? o->number.n : 0);
	if (o->kind == PROVISION_HEADING && o->number.s == NULL)
		buf_add(&raw, o->rest.s, o->rest.n < HEADING_MAX ? o->rest.n : HEADING_MAX);
	buf_addf(&key, "%d", (int)o->kind);
	utf8_fold(buf_str(&raw), &key);
	buf_trim(&key);
	return buf_take(&key);
}

struct entry {
	char *key;
	size_t line;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c != 0 ? c : (x->line > y->line) - (x->line < y->line);
}

/* Sets again[i] for each line whose label stands in a later line as well. */
static void
find_again(const struct splitter *s, bool *again)
{
	AUTO_FREE struct entry *all = xcalloc(s->n + 1, sizeof(*all));
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (is_named(&s->lines[i]))
			all[n++] = (struct entry){ key_of(&s->lines[i].o), i };
	qsort(all, n, sizeof(*all), compare_entries);
	for (size_t i = 0; i + 1 < n; i++)
		again[all[i].line] = strcmp(all[i].key, all[i + 1].key) == 0;
	for (size_t i = 0; i < n; i++)
		free(all[i].key);
}

/* Longer than an entry, or a sentence. */
static bool
is_text(const struct line *l)
{
	return l->n > HEADING_MAX || ends_sentence(l->s, l->n);
}

/* Takes the openings of a run of lines [from, to) when it is a table of contents: most of its labels come again. */
static void
close_run(struct splitter *s, const bool *again, size_t from, size_t to)
{
	size_t entries = 0, repeated = 0;

	while (to > from && !(is_named(&s->lines[to - 1]) && again[to - 1]))
		to--;		/* where the text itself begins */
	for (size_t i = from; i < to; i++) {
		entries += is_named(&s->lines[i]);
		repeated += is_named(&s->lines[i]) && again[i];
	}
	if (entries < CONTENTS_RUN || 10 * repeated < 7 * entries)
		return;
	for (size_t i = from; i < to; i++)
		s->lines[i].opens = s->lines[i].opens && !is_named(&s->lines[i]);
}

static void
drop_contents(struct splitter *s)
{
	AUTO_FREE bool *again = xcalloc(s->n + 1, sizeof(*again));
	size_t from = 0, end = 0;

	for (size_t i = 0; i < s->n; i++)
		s->lines[i].opens = s->lines[i].opens && !(is_named(&s->lines[i]) && is_leader(&s->lines[i]));
	find_again(s, again);
	for (size_t i = 0; i < s->n; i++) {
		if (is_text(&s->lines[i]) || i >= end + CONTENTS_GAP) {
			close_run(s, again, from, end);
			from = end = i;
		}
		if (is_named(&s->lines[i]))
			end = i + 1;
	}
	close_run(s, again, from, end);
}

/* ---- provisions ---- */

/* Is the line the first of several that are one text? */
static bool
runs_on(const struct splitter *s, size_t line)
{
	const struct line *next = line + 1 < s->n ? &s->lines[line + 1] : NULL;

	return next != NULL && !next->opens && label_goes_on(next->s, next->n);
}

static struct part
heading_in_line(const struct splitter *s, size_t line)
{
	const struct opening *o = &s->lines[line].o;
	struct part none = { "", 0 };

	if (o->kind >= PROVISION_ITEM || o->rest.n > HEADING_MAX || o->rest.n == 0)
		return none;
	if (o->hashes == 0 && (o->kind == PROVISION_CODE || *o->rest.s == '(' || ends_sentence(o->rest.s, o->rest.n) || runs_on(s, line)))
		return none;
	return o->rest;
}

/* The heading that stands below the label in a line of its own; also one that mark-up calls a heading. */
static struct part
heading_below(struct splitter *s, size_t line)
{
	struct part none = { "", 0 };
	const struct opening *o = &s->lines[line].o;
	struct line *next;

	if (o->rest.n > 0 || o->kind == PROVISION_HEADING || o->kind == PROVISION_CODE || o->kind >= PROVISION_ITEM || line + 1 >= s->n)
		return none;
	next = &s->lines[line + 1];
	if (next->opens && next->o.kind == PROVISION_HEADING) {
		next->opens = false;
		return next->o.rest;
	}
	if (next->opens || is_blank(next) || next->n > HEADING_MAX || ends_sentence(next->s, next->n) || label_is_bullet(next->s, next->n) ||
	    label_goes_on(next->s, next->n))
		return none;
	if (runs_on(s, line + 1))
		return none;	/* the first line of a text */
	return (struct part){ next->s, next->n };
}

static char *
cleaned(struct part p, size_t most)
{
	AUTO_BUF out = BUF_INIT;

	utf8_clean(p.n > 0 ? p.s : "", p.n < most ? p.n : most, false, &out);
	return buf_take(&out);
}

static unsigned
item_level(struct splitter *s, const struct opening *o)
{
	char letter = o->number.n == 1 ? *o->number.s : '\0';
	bool is_letter = o->depth == ITEM_LETTER || (o->depth == ITEM_ROMAN && letter != '\0' && s->last_letter == letter - 1);

	if (o->kind == PROVISION_POINT || o->depth == ITEM_NUMBER) {
		s->last_letter = '\0';
		return levels[PROVISION_ITEM];
	}
	if (is_letter)
		s->last_letter = letter;
	return levels[PROVISION_ITEM] + (is_letter ? 1 : 2);
}

/* Decides what the forms of a label leave open, by what is around it. */
static void
place(struct splitter *s, const struct opening *o, struct provision *p)
{
	p->kind = o->kind;
	if (o->kind == PROVISION_POINT && o->depth == 1 && s->in_article)
		p->kind = PROVISION_ITEM;
	p->level = p->kind == PROVISION_ITEM ? item_level(s, o) : levels[p->kind];
	if (p->kind == PROVISION_HEADING)
		p->level = o->hashes;
	else if (p->kind == PROVISION_POINT)
		p->level += o->depth;
	p->main = p->kind < PROVISION_ITEM;
	if (p->kind == PROVISION_ARTICLE || p->kind == PROVISION_CODE)
		s->in_article = true;
	else if (p->kind >= PROVISION_HEADING && p->kind <= PROVISION_ANNEX)
		s->in_article = false;
	if (p->main)
		s->last_letter = '\0';
}

static size_t
parent_of(const struct provisions *v, unsigned level)
{
	size_t i = v->n - 1;

	while (v->v[i].level >= level && i > 0)
		i = v->v[i].parent;
	return i;
}

static struct provision *
add(struct provisions *v)
{
	v->v = xgrow(v->v, v->n, &v->cap, sizeof(*v->v));
	v->v[v->n] = (struct provision){ .kind = PROVISION_START, .main = true };
	return &v->v[v->n++];
}

static void
add_opening(struct splitter *s, size_t line)
{
	const struct opening *o = &s->lines[line].o;
	struct provision p = { .line = line, .from = (size_t)(s->lines[line].s - s->text) };
	struct part heading = { "", 0 };

	place(s, o, &p);
	if (p.main)
		heading = heading_in_line(s, line);
	if (p.main && heading.n == 0)
		heading = heading_below(s, line);
	p.label = cleaned(o->label, LABEL_MAX);
	p.key = key_of(o);
	p.heading = cleaned(heading, HEADING_MAX);
	p.body = (size_t)(o->label.s - s->text) + (o->kind == PROVISION_ROW ? 0 : o->label.n);
	p.parent = parent_of(s->out, p.level);
	*add(s->out) = p;
}

/* Each ends where the next begins. */
static void
set_ends(const struct splitter *s)
{
	struct provisions *v = s->out;

	for (size_t i = 0; i < v->n; i++) {
		size_t line = i + 1 < v->n ? v->v[i + 1].line : s->n;

		v->v[i].lines = line - v->v[i].line;
		v->v[i].to = i + 1 < v->n ? v->v[i + 1].from : strlen(s->text);
	}
}

void
provisions_split(const char *text, struct provisions *out)
{
	struct splitter s = { .text = text, .out = out };
	struct provision *first;

	*out = (struct provisions)PROVISIONS_INIT;
	first = add(out);
	first->label = xstrdup("");
	first->key = xstrdup("");
	first->heading = xstrdup("");
	read_lines(&s);
	drop_contents(&s);
	for (size_t i = 0; i < s.n; i++) {
		if (!s.lines[i].opens)
			continue;
		if (out->n >= PROVISIONS_MAX) {
			out->cut = true;
			break;
		}
		add_opening(&s, i);
	}
	set_ends(&s);
	free(s.lines);
}

void
provisions_clear(struct provisions *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].label);
		free(p->v[i].key);
		free(p->v[i].heading);
	}
	free(p->v);
	*p = (struct provisions)PROVISIONS_INIT;
}
