#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "../notice/canon.h"
#include "sentences.h"

void
pieces_add(struct pieces *p, const char *s, size_t n, const char *end)
{
	p->v = xgrow(p->v, p->n, &p->cap, sizeof(*p->v));
	p->v[p->n++] = (struct piece){ s, n, end };
}

/* The sentences of a paragraph; an empty paragraph is one empty piece, for its line end must be kept. */
static void
split_paragraph(const char *s, size_t n, const char *end, struct pieces *out)
{
	AUTO_FREE size_t *starts = NULL;
	size_t count = canon_sentences(s, n, &starts);

	for (size_t i = 0; i + 1 < count; i++)
		pieces_add(out, s + starts[i], starts[i + 1] - 1 - starts[i], " ");
	if (count > 0)
		pieces_add(out, s + starts[count - 1], n - starts[count - 1], end);
	else
		pieces_add(out, s, 0, end);
}

void
pieces_split(const char *text, struct pieces *out)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		bool more = text[n] == '\n';

		split_paragraph(text, n, more ? "\n" : "", out);
		text += n + more;
	}
}
