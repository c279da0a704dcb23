#include "document_view.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "fold.h"
#include "words.h"

#define RUN_LEAST 3	/* renumbered provisions in a row that are told in one line */

/* ---- blocks ---- */

/* Blanks and line ends are one blank each time; one at either end stays. */
static char *
flattened(const char *s)
{
	size_t n = strlen(s), at;
	char *to = xmalloc(n + 3);
	bool head = words_blank(s, n) > 0, tail = n > 0 && strchr(" \n\t", s[n - 1]) != NULL;

	at = words_flatten(s, n, to + head);
	if (head)
		to[0] = ' ';
	at += head;
	if (tail && at > head)
		to[at++] = ' ';
	to[at] = '\0';
	return to;
}

static void
add_span(struct block *b, enum change change, const char *s)
{
	struct span *last = b->n > 0 ? &b->spans[b->n - 1] : NULL;
	char *joined;

	if (*s == '\0')
		return;
	if (last == NULL || last->change != change) {
		block_add_span(b, change, s, strlen(s));
		return;
	}
	joined = xasprintf("%s%s", last->s, *s == ' ' && last->s[strlen(last->s) - 1] == ' ' ? s + 1 : s);
	free(last->s);
	last->s = joined;
}

/* "[-old -]{+new +}" is "[-old-]{+new+} ". */
static void
add_replaced(struct block *b, char *old, char *new)
{
	size_t n = strlen(old), m = strlen(new);
	bool head = n > 1 && m > 1 && old[0] == ' ' && new[0] == ' ', tail = n > 1 && m > 1 && old[n - 1] == ' ' && new[m - 1] == ' ';

	if (tail)
		old[n - 1] = new[m - 1] = '\0';
	add_span(b, CHANGE_SAME, head ? " " : "");
	add_span(b, CHANGE_DELETED, old + head);
	add_span(b, CHANGE_INSERTED, new + head);
	add_span(b, CHANGE_SAME, tail ? " " : "");
}

static void
add_one(struct block *b, const struct span *s)
{
	AUTO_FREE char *text = flattened(s->s);

	if (s->change != CHANGE_SAME && span_is_blank(s))
		add_span(b, CHANGE_SAME, " ");
	else
		add_span(b, s->change, text);
}

static void
trim(struct block *b)
{
	size_t n;

	if (b->n == 0)
		return;
	if (b->spans[0].s[0] == ' ')
		memmove(b->spans[0].s, b->spans[0].s + 1, strlen(b->spans[0].s));
	n = strlen(b->spans[b->n - 1].s);
	if (n > 0 && b->spans[b->n - 1].s[n - 1] == ' ')
		b->spans[b->n - 1].s[n - 1] = '\0';
	if (b->spans[b->n - 1].s[0] == '\0')
		free(b->spans[--b->n].s);
}

static struct block
shown_block(const struct block *from)
{
	struct block b = { .kind = from->kind, .old_end = from->old_end, .new_end = from->new_end, .pair = from->pair, .layout = true };

	for (size_t k = 0; k < from->n; k++) {
		const struct span *s = &from->spans[k], *next = k + 1 < from->n ? s + 1 : NULL;

		if (s->change == CHANGE_DELETED && next != NULL && next->change == CHANGE_INSERTED && !span_is_blank(s) && !span_is_blank(next)) {
			AUTO_FREE char *old = flattened(s->s), *new = flattened(next->s);

			add_replaced(&b, old, new);
			k++;
		} else {
			add_one(&b, s);
		}
	}
	trim(&b);
	return b;
}

static void
add_blocks(struct document_view *v, size_t provision, const struct text_diff *from, size_t first, size_t n)
{
	struct text_diff *to = &v->text;

	for (size_t i = first; i < first + n; i++) {
		struct block b = shown_block(&from->v[i]);

		if (b.n == 0) {
			free(b.spans);	/* blanks only */
			continue;
		}
		b.pair = from->v[i].pair > i ? SIZE_MAX : 0;
		to->v = xgrow(to->v, to->n, &to->cap, sizeof(*to->v));
		v->provision = xreallocarray(v->provision, to->n + 1, sizeof(*v->provision));
		v->provision[to->n] = provision;
		to->v[to->n++] = b;
	}
}

/* ---- items ---- */

static struct view_item *
add_item(struct document_view *v, enum view_kind kind, size_t first, size_t n)
{
	v->v = xgrow(v->v, v->n, &v->cap, sizeof(*v->v));
	v->v[v->n] = (struct view_item){ .kind = kind, .first = first, .n = n, .block = v->text.n };
	return &v->v[v->n++];
}

/* A heading that stands in the title needs no line of its own, unless it is another one. */
static void
drop_heading(struct document_view *v, const struct provision_change *p, size_t first)
{
	const char *heading = p->kind == PROVISION_REMOVED ? p->old_heading : p->new_heading;
	struct block *b = &v->text.v[first];

	if (v->text.n == first || b->n != 1 || heading[0] == '\0' || strcmp(b->spans[0].s, heading) != 0)
		return;
	free(b->spans[0].s);
	free(b->spans);
	v->text.n--;
	memmove(b, b + 1, (v->text.n - first) * sizeof(*b));
}

static void
add_provision(struct document_view *v, size_t i)
{
	const struct provision_change *p = &v->diff->v[i];
	struct view_item *item = add_item(v, VIEW_PROVISION, i, 1);
	bool inner = p->kind == PROVISION_MOVED;

	if (inner)
		add_blocks(v, i, &p->inner, p->labelled, p->inner.n - p->labelled);
	else
		add_blocks(v, i, &v->diff->text, p->first + p->labelled, p->blocks - p->labelled);
	drop_heading(v, p, item->block);
	item->blocks = v->text.n - item->block;
}

/* How many provisions of this kind stand here in a row. */
static size_t
run_of(const struct document_diff *d, size_t i)
{
	size_t n = 0;

	while (i + n < d->n && d->v[i + n].kind == d->v[i].kind)
		n++;
	return n;
}

/* Changed provisions from i on. */
static size_t
count_changed(const struct document_diff *d, size_t i)
{
	size_t n = 0;

	for (; i < d->n; i++)
		n += d->v[i].kind != PROVISION_SAME && !d->v[i].moved_from;
	return n;
}

/* There may be nothing before the first provision. */
static void
add_same(struct document_view *v, size_t i, size_t n)
{
	size_t empty = v->diff->v[i].blocks == 0;

	if (n > empty)
		add_item(v, VIEW_SAME, i + empty, n - empty);
}

/* Adds what stands at i, and returns how many provisions that is. */
static size_t
add_next(struct document_view *v, size_t i)
{
	const struct document_diff *d = v->diff;
	size_t n = run_of(d, i);

	switch (d->v[i].kind) {
	case PROVISION_SAME:
		add_same(v, i, n);
		return n;
	case PROVISION_RENUMBERED:
		if (n > RUN_LEAST) {
			add_item(v, VIEW_RENUMBERED, i, n);
			return n;
		}
		add_item(v, VIEW_TITLE, i, 1);
		return 1;
	case PROVISION_MOVED:
		if (d->v[i].moved_from) {
			add_item(v, VIEW_TITLE, i, 1);
			return 1;
		}
		break;
	default:
		break;
	}
	add_provision(v, i);
	return 1;
}

void
document_view_make(const struct document_diff *d, size_t limit, struct document_view *out)
{
	size_t shown = 0;

	*out = (struct document_view){ .diff = d };
	for (size_t i = 0, n; i < d->n; i += n) {
		bool counts = d->v[i].kind != PROVISION_SAME && !d->v[i].moved_from;

		if (limit > 0 && counts && shown++ >= limit) {
			add_item(out, VIEW_REST, i, count_changed(d, i));
			break;
		}
		n = add_next(out, i);
	}
}

void
document_view_clear(struct document_view *v)
{
	text_diff_clear(&v->text);
	free(v->provision);
	free(v->v);
}

bool
block_is_row(const struct block *b)
{
	return b->n > 0 && b->spans[0].s[0] == '|';
}

/* ---- words about it ---- */

/* "1,234" */
static void
add_number(size_t n, struct buf *out)
{
	if (n >= 1000) {
		add_number(n / 1000, out);
		buf_addf(out, ",%03zu", n % 1000);
	} else {
		buf_addf(out, "%zu", n);
	}
}

static void
add_counts(const struct document_diff *d, struct buf *out)
{
	static const enum provision_change_kind order[] = { PROVISION_CHANGED, PROVISION_ADDED, PROVISION_REMOVED, PROVISION_MOVED, PROVISION_RENUMBERED };
	bool any = false;

	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
		size_t n = 0;

		for (size_t i = 0; i < d->n; i++)
			n += d->v[i].kind == order[k] && !d->v[i].moved_from;
		if (n == 0)
			continue;
		buf_adds(out, any ? ", " : "");
		add_number(n, out);
		buf_addf(out, "%s %s", any ? "" : n == 1 ? " provision" : " provisions", provision_change_name(order[k]));
		any = true;
	}
	if (!any)
		buf_adds(out, "only its layout changed");
}

void
document_summary(const struct document_change *d, struct buf *out)
{
	size_t words = d->removed ? d->diff.old_words : d->diff.new_words, provisions = d->removed ? d->diff.old_provisions : d->diff.new_provisions;

	if (!d->added && !d->removed) {
		add_counts(&d->diff, out);
		return;
	}
	add_number(words, out);
	buf_adds(out, words == 1 ? " word" : " words");
	if (provisions > 0) {
		buf_adds(out, ", ");
		add_number(provisions, out);
		buf_adds(out, provisions == 1 ? " provision" : " provisions");
	}
}

void
view_range(const struct document_view *v, const struct view_item *item, struct buf *out)
{
	const struct provision_change *first = &v->diff->v[item->first], *last = first + item->n - 1;

	buf_addf(out, "%s to %s (were %s to %s)", first->new_label, last->new_label, first->old_label, last->old_label);
}
