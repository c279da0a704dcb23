#include "requirements.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "document_view.h"
#include "labels.h"
#include "requirement_sentences.h"

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

	requirements_side(b, b->kind == BLOCK_DELETED || b->kind == BLOCK_MOVED_FROM ? CHANGE_DELETED : CHANGE_INSERTED, &text);
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
		requirements_of_block(&f, &view.text.v[i]);
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
		requirements_of_block(&f, &c->diff.v[i]);
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
