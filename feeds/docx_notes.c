#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "docx_body.h"

void
docx_notes_clear(struct docx_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++) {
		free(notes->v[i].id);
		free(notes->v[i].text);
	}
	free(notes->v);
	free(notes->shown);
	*notes = (struct docx_notes){ .v = NULL };
}

void
docx_notes_add(struct docx_notes *notes, const char *id, struct buf *text)
{
	notes->v = xgrow(notes->v, notes->n, &notes->cap, sizeof(*notes->v));
	notes->v[notes->n] = (struct docx_note){ .id = xstrdup(id), .text = buf_take(text), .order = notes->n };
	notes->n++;
}

static int
compare(const void *a, const void *b)
{
	const struct docx_note *x = a, *y = b;
	int c = strcmp(x->id, y->id);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

void
docx_notes_sort(struct docx_notes *notes)
{
	if (notes->n > 0)
		qsort(notes->v, notes->n, sizeof(*notes->v), compare);
	notes->shown = xcalloc(notes->n + 1, sizeof(struct docx_note *));
}

static int
compare_id(const void *id, const void *note)
{
	return strcmp(id, ((const struct docx_note *)note)->id);
}

size_t
docx_notes_refer(struct docx_notes *notes, const char *id)
{
	struct docx_note *note = notes->n > 0 ? bsearch(id, notes->v, notes->n, sizeof(*notes->v), compare_id) : NULL;

	if (note == NULL)
		return 0;
	if (note->number == 0) {
		notes->shown[notes->used++] = note;
		note->number = notes->used;
	}
	return note->number;
}

void
docx_notes_write(const struct docx_notes *notes, const char *prefix, struct writer *w)
{
	for (size_t i = 0; i < notes->used; i++) {
		AUTO_FREE char *label = xasprintf("%s%zu", prefix, i + 1);

		writer_note(w, label, notes->shown[i]->text);
	}
}
