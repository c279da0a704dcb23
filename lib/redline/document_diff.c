#include "document_diff.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/utf8.h"
#include "compose.h"
#include "moved_blocks.h"
#include "provision_match.h"
#include "words.h"

#define ANCHOR_MAX 60

struct maker {
	struct matcher m;
	size_t old_width, new_width;
	size_t bytes;			/* of both texts */
	size_t *old_entry;		/* by old unit: number of its entry in the list */
	struct effort effort;
	struct document_diff *out;
};

/* ---- entries ---- */

static bool
has_name(const struct provision *p)
{
	return p->label[0] != '\0' || p->heading[0] != '\0';
}

/* The label of the part in which the numbers of such provisions begin anew. */
static const char *
within(const struct provisions *all, const struct provision *p)
{
	size_t i = p->parent;

	while (i > 0 && (all->v[i].label[0] == '\0' || (p->kind != PROVISION_POINT && all->v[i].kind != PROVISION_ANNEX) || all->v[i].kind == PROVISION_POINT))
		i = all->v[i].parent;
	return p->kind == PROVISION_POINT || p->kind == PROVISION_ARTICLE ? all->v[i].label : "";
}

static struct provision_change *
add_entry(struct maker *k, enum provision_change_kind kind, const struct unit *a, const struct unit *b)
{
	struct document_diff *d = k->out;
	const struct provision *any = b != NULL ? b->p : a->p;

	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	d->v[d->n] = (struct provision_change){ .kind = kind, .what = any->kind, .level = any->level, .first = d->text.n, .pair = d->n,
		.within = xstrdup(within(b != NULL ? &k->m.new.provisions : &k->m.old.provisions, any)),
		.labelled = unit_body(b != NULL ? b : a) > (b != NULL ? b : a)->from,
		.old_label = xstrdup(a != NULL ? a->p->label : ""), .new_label = xstrdup(b != NULL ? b->p->label : ""),
		.old_heading = xstrdup(a != NULL ? a->p->heading : ""), .new_heading = xstrdup(b != NULL ? b->p->heading : "") };
	return &d->v[d->n++];
}

/* ---- blocks ---- */

/* A label, with the marks and blanks behind it, is a piece of its own. Only the last of those blanks may stand behind a piece. */
static size_t
label_length(const char *text, const struct unit *u)
{
	size_t n = unit_body(u) - u->from, marks;

	if (n == 0)
		return 0;
	marks = strspn(text + u->from + n, ".:)]");
	n += marks + strspn(text + u->from + n + marks, " \n");
	return n < u->to - u->from ? n : u->to - u->from;
}

/* Its label, when it has one, and its sentences. */
static void
split(const char *text, const struct unit *u, size_t width, struct pieces *label, struct pieces *out)
{
	size_t n = label_length(text, u), body = u->from + n;
	const char *end = n > 0 && text[body - 1] == ' ' ? " " : n > 0 && text[body - 1] == '\n' ? "\n" : "";

	label->flow = out->flow = true;
	if (n > 0)
		pieces_add(label, text + u->from, n - strlen(end), end);
	pieces_split_flow(text + body, u->to - body, width, out);
}

static void
compare_units(struct maker *k, const struct unit *a, const struct unit *b, struct text_diff *out)
{
	struct pieces old_label = PIECES_INIT, new_label = PIECES_INIT, old = PIECES_INIT, new = PIECES_INIT;

	split(k->m.old.text, a, k->old_width, &old_label, &old);
	split(k->m.new.text, b, k->new_width, &new_label, &new);
	k->effort.share = (double)(a->to - a->from + b->to - b->from) / (double)(k->bytes + 1);
	compose_pair(&old_label, &new_label, &k->effort, out);
	if (units_equal(a, b) && old.n > 0 && new.n > 0)
		compose_equal(&old, new.v[0].s, (size_t)(k->m.new.text + b->to - new.v[0].s), &k->effort, out);
	else
		compose(&old, &new, &k->effort, out);
	free(old_label.v);
	free(new_label.v);
	free(old.v);
	free(new.v);
}

/* All of one unit. */
static void
add_whole(struct maker *k, const struct unit *a, const struct unit *b, enum block_kind kind)
{
	struct pieces label = PIECES_INIT, p = PIECES_INIT;

	if (a != NULL)
		split(k->m.old.text, a, k->old_width, &label, &p);
	else
		split(k->m.new.text, b, k->new_width, &label, &p);
	compose_whole(&label, kind, &k->out->text);
	compose_whole(&p, kind, &k->out->text);
	free(label.v);
	free(p.v);
}

/* ---- provisions ---- */

static bool
same_bytes(const struct maker *k, const struct unit *a, const struct unit *b)
{
	return a->to - a->from == b->to - b->from && memcmp(k->m.old.text + a->from, k->m.new.text + b->from, a->to - a->from) == 0;
}

static enum provision_change_kind
kind_of_stayed(const struct unit *a, const struct unit *b)
{
	if (!units_equal(a, b))
		return PROVISION_CHANGED;
	return strcmp(a->p->label, b->p->label) == 0 ? PROVISION_SAME : PROVISION_RENUMBERED;
}

static void
add_stayed(struct maker *k, const struct unit *a, const struct unit *b)
{
	struct provision_change *p = add_entry(k, kind_of_stayed(a, b), a, b);

	if (same_bytes(k, a, b))
		add_whole(k, a, NULL, BLOCK_SAME);
	else
		compare_units(k, a, b, &k->out->text);
	p->blocks = k->out->text.n - p->first;
}

/* An old provision that is not in this place of the new text. */
static void
add_gone(struct maker *k, size_t i)
{
	const struct unit *a = &k->m.old.units.v[i], *b = a->match != SEQUENCE_NONE ? &k->m.new.units.v[a->match] : NULL;
	struct provision_change *p = add_entry(k, b != NULL ? PROVISION_MOVED : PROVISION_REMOVED, a, b);

	p->moved_from = b != NULL;
	k->old_entry[i] = k->out->n - 1;
	add_whole(k, a, NULL, BLOCK_DELETED);
	p->blocks = k->out->text.n - p->first;
}

static void
add_come(struct maker *k, size_t j)
{
	const struct unit *b = &k->m.new.units.v[j], *a = b->match != SEQUENCE_NONE ? &k->m.old.units.v[b->match] : NULL;
	struct provision_change *p = add_entry(k, a != NULL ? PROVISION_MOVED : PROVISION_ADDED, a, b);

	add_whole(k, NULL, b, BLOCK_INSERTED);
	p->blocks = k->out->text.n - p->first;
	if (a != NULL)
		compare_units(k, a, b, &p->inner);
}

/* Walks both texts: what went stands before what came. */
static void
add_all(struct maker *k)
{
	const struct units *old = &k->m.old.units, *new = &k->m.new.units;
	size_t i = 0, j = 0;

	while (i < old->n || j < new->n) {
		if (i < old->n && (old->v[i].match == SEQUENCE_NONE || old->v[i].moved))
			add_gone(k, i++);
		else if (j < new->n && (new->v[j].match == SEQUENCE_NONE || new->v[j].moved))
			add_come(k, j++);
		else
			add_stayed(k, &old->v[i++], &new->v[j++]);
	}
}

/* Tells the halves of moved provisions of each other; the old places may stand before or behind the new ones. */
static void
pair_moved(struct maker *k)
{
	struct document_diff *d = k->out;
	size_t j = 0;

	for (size_t e = 0; e < d->n; e++) {
		const struct unit *b;

		if (d->v[e].kind == PROVISION_REMOVED || d->v[e].moved_from)
			continue;
		b = &k->m.new.units.v[j++];
		if (d->v[e].kind == PROVISION_MOVED) {
			d->v[e].pair = k->old_entry[b->match];
			d->v[d->v[e].pair].pair = e;
		}
	}
}

/* ---- anchors ---- */

static void
make_anchor(const struct provision_change *p, struct buf *out)
{
	const char *label = p->new_label[0] != '\0' ? p->new_label : p->old_label, *heading = p->new_heading[0] != '\0' ? p->new_heading : p->old_heading;
	AUTO_BUF folded = BUF_INIT;

	utf8_fold(*label != '\0' ? label : *heading != '\0' ? heading : "beginning", &folded);
	for (size_t i = 0; i < folded.len && out->len < ANCHOR_MAX; i++) {
		char c = folded.data[i];

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_addc(out, c);
		else if (out->len > 0 && out->data[out->len - 1] != '-')
			buf_addc(out, '-');
	}
	while (out->len > 0 && out->data[out->len - 1] == '-')
		buf_truncate(out, out->len - 1);
	if (p->kind == PROVISION_REMOVED || p->moved_from)
		buf_adds(out, "-old");
	if (out->len == 0 || out->data[0] == '-')
		buf_adds(out, "part");
}

static int
compare_anchors(const void *a, const void *b)
{
	const struct provision_change *x = *(struct provision_change *const *)a, *y = *(struct provision_change *const *)b;
	int c = strcmp(x->anchor, y->anchor);

	return c != 0 ? c : (x > y) - (x < y);
}

/* Those that recur get numbers: "article-5", "article-5--2". No anchor has two hyphens by itself. */
static void
name_anchors(struct document_diff *d)
{
	AUTO_FREE struct provision_change **all = xcalloc(d->n + 1, sizeof(struct provision_change *));
	AUTO_FREE char *name = NULL;
	size_t count = 0;

	for (size_t i = 0; i < d->n; i++) {
		AUTO_BUF anchor = BUF_INIT;

		make_anchor(&d->v[i], &anchor);
		d->v[i].anchor = buf_take(&anchor);
		all[i] = &d->v[i];
	}
	qsort(all, d->n, sizeof(struct provision_change *), compare_anchors);
	for (size_t i = 0; i < d->n; i++) {
		count = name != NULL && strcmp(all[i]->anchor, name) == 0 ? count + 1 : 1;
		if (count == 1) {
			free(name);
			name = xstrdup(all[i]->anchor);
			continue;
		}
		free(all[i]->anchor);
		all[i]->anchor = xasprintf("%s--%zu", name, count);
	}
}

/* ---- all together ---- */

/* Marks are not counted. */
static size_t
count_words(const char *text)
{
	AUTO_SLICES words = SLICES_INIT;
	size_t n = 0;

	words_split(text, strlen(text), &words);
	for (size_t i = 0; i < words.n; i++)
		n += words_is_word(&words.v[i]);
	return n;
}

static size_t
count_named(const struct units *u)
{
	size_t n = 0;

	for (size_t i = 0; i < u->n; i++)
		n += has_name(u->v[i].p);
	return n;
}

static void
measure(const struct maker *k)
{
	struct document_diff *d = k->out;

	d->old_words = count_words(k->m.old.text);
	d->new_words = count_words(k->m.new.text);
	d->old_provisions = count_named(&k->m.old.units);
	d->new_provisions = count_named(&k->m.new.units);
	d->cut = k->m.old.provisions.cut || k->m.new.provisions.cut;
	d->text.coarse = k->effort.coarse;
	d->text.steps = k->effort.steps;
}

void
document_diff(const char *old, const char *new, struct document_diff *out)
{
	struct maker k = { .effort = { .limit = COMPOSE_STEPS }, .out = out };

	*out = (struct document_diff)DOCUMENT_DIFF_INIT;
	old = old != NULL ? old : "";
	new = new != NULL ? new : "";
	matcher_make(old, new, &k.effort, &k.m);
	k.bytes = strlen(old) + strlen(new);
	k.old_width = pieces_width(old);
	k.new_width = pieces_width(new);
	k.old_entry = xcalloc(k.m.old.units.n + 1, sizeof(*k.old_entry));
	add_all(&k);
	pair_moved(&k);
	link_moved_blocks(out);
	name_anchors(out);
	measure(&k);
	free(k.old_entry);
	matcher_clear(&k.m);
}

void
document_measure(const char *text, bool old, struct document_diff *out)
{
	AUTO_PROVISIONS p = PROVISIONS_INIT;
	size_t named = 0;

	*out = (struct document_diff)DOCUMENT_DIFF_INIT;
	provisions_split(text, &p);
	for (size_t i = 0; i < p.n; i++)
		named += p.v[i].main && has_name(&p.v[i]);
	*(old ? &out->old_words : &out->new_words) = count_words(text);
	*(old ? &out->old_provisions : &out->new_provisions) = named;
}

void
document_diff_clear(struct document_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct provision_change *p = &d->v[i];

		free(p->old_label);
		free(p->new_label);
		free(p->old_heading);
		free(p->new_heading);
		free(p->within);
		free(p->anchor);
		text_diff_clear(&p->inner);
	}
	free(d->v);
	text_diff_clear(&d->text);
	*d = (struct document_diff)DOCUMENT_DIFF_INIT;
}

size_t
document_diff_changes(const struct document_diff *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += d->v[i].kind != PROVISION_SAME && !d->v[i].moved_from;
	return n;
}

const char *
provision_change_name(enum provision_change_kind kind)
{
	static const char *const names[] = {
		[PROVISION_SAME] = "same", [PROVISION_CHANGED] = "changed", [PROVISION_RENUMBERED] = "renumbered", [PROVISION_MOVED] = "moved",
		[PROVISION_ADDED] = "added", [PROVISION_REMOVED] = "removed"
	};

	return names[kind];
}

void
provision_change_title(const struct provision_change *p, struct buf *out)
{
	bool now = p->kind != PROVISION_REMOVED && !p->moved_from;
	const char *label = now ? p->new_label : p->old_label, *heading = now ? p->new_heading : p->old_heading, *other = now ? p->old_label : p->new_label;
	bool both = p->kind != PROVISION_ADDED && p->kind != PROVISION_REMOVED;

	if (p->what == PROVISION_START) {
		buf_adds(out, "Beginning");
		return;
	}
	if (p->within[0] != '\0')
		buf_addf(out, "%s, ", p->within);
	buf_adds(out, label);
	if (both && *other != '\0' && strcmp(label, other) != 0)
		buf_addf(out, "%s(%s %s)", *label != '\0' ? " " : "", now ? "was" : "now", other);
	if (*heading != '\0')
		buf_addf(out, "%s%s", *label != '\0' ? " " : "", heading);
}
