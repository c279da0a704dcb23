#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "callouts.h"
#include "document_view.h"

/* "Article 2" became "Article 3" because that article is now number 3: no news. */
static bool
is_renumbering(const struct document_diff *d, const struct callout *c)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->v[i].old_label, c->old) == 0 && strcmp(d->v[i].new_label, c->new) == 0)
			return true;
	return false;
}

static void
drop_renumberings(struct redline *r, size_t from, const struct document_diff *d)
{
	size_t kept = from;

	for (size_t i = from; i < r->callouts_n; i++) {
		if (r->callouts[i].old[0] == '\0' || r->callouts[i].new[0] == '\0' || !is_renumbering(d, &r->callouts[i])) {
			r->callouts[kept++] = r->callouts[i];
			continue;
		}
		free(r->callouts[i].old);
		free(r->callouts[i].new);
	}
	r->callouts_n = kept;
}

static void
call_out(struct redline *r, size_t document)
{
	const struct document_change *d = &r->documents[document];
	struct document_view view;
	size_t before = r->callouts_n;

	document_view_make(&d->diff, 0, &view);
	callouts_find(&(struct callout_source){ &view.text, d->lang, d->lang, CALLOUT_DOCUMENT, document }, r);
	drop_renumberings(r, before, &d->diff);
	document_view_clear(&view);
}

void
redline_add_document(struct redline *r, const char *name, const char *old, const char *new, const char *lang)
{
	struct document_change *d;

	if ((old == NULL && new == NULL) || (old != NULL && new != NULL && strcmp(old, new) == 0))
		return;
	r->documents = xgrow(r->documents, r->documents_n, &r->documents_cap, sizeof(*r->documents));
	d = &r->documents[r->documents_n++];
	*d = (struct document_change){ .name = xstrdup(name), .kind = xstrndup(name, strcspn(name, ".")), .lang = xstrdup(lang != NULL ? lang : ""),
		.url = xstrdup(""), .added = old == NULL, .removed = new == NULL };
	if (d->added || d->removed) {
		document_measure(old != NULL ? old : new, d->removed, &d->diff);
		return;
	}
	document_diff(old, new, &d->diff);
	call_out(r, r->documents_n - 1);
}

void
document_change_clear(struct document_change *d)
{
	free(d->name);
	free(d->kind);
	free(d->lang);
	free(d->url);
	document_diff_clear(&d->diff);
}

void
redline_drop_document(struct redline *r, size_t i)
{
	size_t kept = 0;

	document_change_clear(&r->documents[i]);
	memmove(&r->documents[i], &r->documents[i + 1], (r->documents_n - i - 1) * sizeof(*r->documents));
	r->documents_n--;
	for (size_t k = 0; k < r->callouts_n; k++) {
		struct callout *c = &r->callouts[k];

		if (c->row == CALLOUT_DOCUMENT && c->document == i) {
			free(c->old);
			free(c->new);
			continue;
		}
		if (c->row == CALLOUT_DOCUMENT && c->document > i)
			c->document--;
		r->callouts[kept++] = *c;
	}
	r->callouts_n = kept;
}
