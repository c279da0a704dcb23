#include "fold.h"

#include <string.h>

#include "../base/alloc.h"
#include "words.h"

bool
block_joint_changed(const struct block *b)
{
	return !b->layout && b->old_end[0] != '\0' && b->new_end[0] != '\0' && b->old_end[0] != b->new_end[0];
}

bool
span_is_blank(const struct span *s)
{
	const char *p = s->s;

	for (size_t n = strlen(p), length; n > 0 && (length = *p == '#' ? 1 : words_blank(p, n)) > 0; p += length)
		n -= length;
	return *p == '\0';
}

/* Shows what lies at most 'context' blocks behind a change, in the one direction or the other. */
static void
show_near(const struct text_diff *d, size_t context, bool backwards, bool *shown)
{
	size_t far = context + 1;	/* blocks since the last change */

	for (size_t k = 0; k < d->n; k++) {
		size_t i = backwards ? d->n - 1 - k : k;

		if (d->v[i].kind != BLOCK_SAME || block_joint_changed(&d->v[i]))
			far = 0;
		else if (far <= context)
			far++;
		if (far <= context)
			shown[i] = true;
	}
}

bool *
fold_plan(const struct text_diff *d, size_t context)
{
	bool *shown = xcalloc(d->n + 1, sizeof(*shown));

	show_near(d, context, false, shown);
	show_near(d, context, true, shown);
	for (size_t i = 0, n; i < d->n; i += n + 1) {
		n = fold_length(d, shown, i);
		if (n == 1)
			shown[i] = true;
	}
	return shown;
}

size_t
fold_length(const struct text_diff *d, const bool *shown, size_t i)
{
	size_t n = 0;

	while (i + n < d->n && !shown[i + n])
		n++;
	return n;
}
