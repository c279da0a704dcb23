#include "brief.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"

#define CHANGES_MOST 16
#define VALUES_MOST 12		/* added or removed values of one field */

/* A copy of the first part: its own arrays, everything inside them borrowed. */
struct brief {
	struct redline r;
	size_t left;		/* changes that may still come in */
	size_t out;		/* those that stayed out */
};

static void
brief_clear(struct brief *b)
{
	for (size_t i = 0; i < b->r.n; i++)
		free(b->r.v[i].diff.v);
	free(b->r.v);
}

static void
take_values(struct brief *b, struct strv *values)
{
	size_t keep = values->n < VALUES_MOST ? values->n : VALUES_MOST;

	b->out += values->n - keep;
	values->n = keep;
}

/* Half of a moved sentence whose other half stayed out is shown as what it is in its own text. */
static void
part_pairs(struct text_diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct block *block = &d->v[i];

		if (block->pair < d->n)
			continue;
		if (block->kind == BLOCK_MOVED_FROM)
			block->kind = BLOCK_DELETED;
		else if (block->kind == BLOCK_MOVED_TO)
			block->kind = BLOCK_INSERTED;
	}
}

static void
take_text(struct brief *b, const struct text_diff *from, struct text_diff *to)
{
	size_t n = 0;

	for (; n < from->n; n++) {
		if (from->v[n].kind == BLOCK_SAME)
			continue;
		if (b->left == 0)
			break;
		b->left--;
	}
	for (size_t i = n; i < from->n; i++)
		b->out += from->v[i].kind != BLOCK_SAME;
	*to = (struct text_diff){ .n = n, .cap = n, .coarse = from->coarse };
	if (n == 0)
		return;
	to->v = xreallocarray(NULL, n, sizeof(*to->v));
	memcpy(to->v, from->v, n * sizeof(*to->v));
	part_pairs(to);
}

static size_t
changes_of(const struct field_change *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->diff.n; i++)
		n += f->diff.v[i].kind != BLOCK_SAME;
	return n > 0 ? n : 1;
}

static void
take_field(struct brief *b, const struct field_change *from)
{
	struct field_change *to;

	if (b->left == 0) {
		b->out += changes_of(from);
		return;
	}
	to = &b->r.v[b->r.n++];
	*to = *from;
	take_values(b, &to->added);
	take_values(b, &to->removed);
	if (from->diff.n > 0)
		take_text(b, &from->diff, &to->diff);
	else
		b->left--;
}

static void
brief_make(const struct redline *r, size_t changes, struct brief *b)
{
	*b = (struct brief){ .left = changes };
	b->r.v = xcalloc(r->n, sizeof(*b->r.v));
	for (size_t i = 0; i < r->n; i++)
		take_field(b, &r->v[i]);
	b->r.callouts = r->callouts;	/* come first in every rendering; those of fields left out are still news */
	b->r.callouts_n = r->callouts_n < changes ? r->callouts_n : changes;
	b->r.documents = r->documents;
	b->r.documents_n = r->documents_n;
}

static size_t
changes_of_document(const struct document_change *d)
{
	return d->added || d->removed ? 1 : document_diff_changes(&d->diff);
}

/* Provisions that stayed out. */
static size_t
provisions_left(const struct redline *r, size_t shown)
{
	size_t left = 0;

	for (size_t i = 0; i < r->documents_n; i++)
		left += changes_of_document(&r->documents[i]) > shown ? changes_of_document(&r->documents[i]) - shown : 0;
	return left;
}

size_t
brief_write(const struct redline *r, size_t most, brief_render *render, void *ctx, struct buf *out)
{
	size_t all = 0;

	for (size_t i = 0; i < r->n; i++)
		all += changes_of(&r->v[i]);
	for (size_t i = 0; i < r->documents_n; i++)
		all += changes_of_document(&r->documents[i]);
	for (size_t changes = CHANGES_MOST; changes > 0 && all > 0; changes /= 2) {
		AUTO_BUF text = BUF_INIT;
		struct brief b;
		size_t left, provisions = changes / 2 + 1;

		brief_make(r, changes, &b);
		render(&b.r, provisions, ctx, &text);
		left = b.out + provisions_left(r, provisions);
		brief_clear(&b);
		if (text.len > most)
			continue;
		buf_add(out, buf_str(&text), text.len);
		return left;
	}
	return all;
}

void
brief_fields(const struct redline *r, struct buf *out)
{
	for (size_t i = 0; i < r->n; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", notice_fields[r->v[i].row].name);
	for (size_t i = 0; i < r->documents_n; i++)
		buf_addf(out, "%s%s", i + r->n > 0 ? ", " : "", r->documents[i].name);
}
