#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "../base/cleanup.h"
#include "../base/error.h"
#include "../notice/canon.h"
#include "redline.h"
#include "sequence.h"

#define CONTEXT 3		/* lines, as diff(1) shows and patch(1) wants */
#define STEPS_MAX (16 << 20)

/* Two texts as lines, and which line of the one is which of the other. */
struct lines {
	struct slices all;	/* of old, then of new */
	size_t n, m;
	uint32_t *match;
};

static void
split(const char *s, struct slices *out)
{
	while (*s != '\0') {
		size_t n = strcspn(s, "\n");

		slices_add(out, s, n + (s[n] == '\n'));
		s += n + (s[n] == '\n');
	}
}

static void
align(struct lines *l)
{
	struct effort effort = { .limit = STEPS_MAX };
	size_t ids = intern(&l->all);
	AUTO_FREE uint32_t *a = sequence_ids(&l->all, 0, l->n), *b = sequence_ids(&l->all, l->n, l->all.n);

	l->match = xcalloc(l->n + 1, sizeof(*l->match));
	sequence_align(a, l->n, b, l->m, ids, SEQUENCE_MINIMAL, &effort, l->match);
}

static void
add_line(char mark, const struct slice *line, struct buf *out)
{
	buf_addc(out, mark);
	buf_add(out, line->s, line->n);
	if (line->s[line->n - 1] != '\n')
		buf_adds(out, "\n\\ No newline at end of file\n");
}

/* The next stretch of changes from (*i, *j) on: moves them to its first changed line. False at the end. */
static bool
find_change(const struct lines *l, size_t *i, size_t *j)
{
	while (*i < l->n && l->match[*i] == *j)
		++*i, ++*j;
	return *i < l->n || *j < l->m;
}

/* Moves behind the changed lines at (*i, *j). */
static void
skip_change(const struct lines *l, size_t *i, size_t *j)
{
	while (*i < l->n && l->match[*i] == SEQUENCE_NONE)
		++*i;
	*j = *i < l->n ? l->match[*i] : l->m;
}

static void
add_range(size_t from, size_t n, struct buf *out)
{
	buf_addf(out, "%zu", n > 0 ? from + 1 : from);	/* the line before, when there is none */
	if (n != 1)
		buf_addf(out, ",%zu", n);
}

/* Writes old lines [i, i_end) and new lines [j, j_end), those removed before those added. */
static void
add_lines(const struct lines *l, size_t i, size_t i_end, size_t j, size_t j_end, struct buf *out)
{
	while (i < i_end || j < j_end) {
		size_t next_i = i, next_j = j;

		if (i < i_end && l->match[i] == j) {
			add_line(' ', &l->all.v[i++], out);
			j++;
			continue;
		}
		skip_change(l, &next_i, &next_j);
		while (i < next_i)
			add_line('-', &l->all.v[i++], out);
		while (j < next_j)
			add_line('+', &l->all.v[l->n + j++], out);
	}
}

/* One hunk: the change at (*i, *j) and those that follow so near that their context meets. */
static void
add_hunk(const struct lines *l, size_t *i, size_t *j, struct buf *out)
{
	size_t before = *i < CONTEXT ? *i : CONTEXT, a, b, a_end, b_end;

	if (*j < before)
		before = *j;
	a = *i - before;
	b = *j - before;
	for (;;) {
		skip_change(l, i, j);
		a_end = *i;
		b_end = *j;
		if (!find_change(l, i, j) || *i - a_end > 2 * CONTEXT)
			break;
	}
	for (size_t k = 0; k < CONTEXT && a_end < l->n && b_end < l->m && l->match[a_end] == b_end; k++)
		a_end++, b_end++;
	buf_adds(out, "@@ -");
	add_range(a, a_end - a, out);
	buf_adds(out, " +");
	add_range(b, b_end - b, out);
	buf_adds(out, " @@\n");
	add_lines(l, a, a_end, b, b_end, out);
}

/* A label is outside text: nothing in it may end the line. */
static void
add_label(const char *mark, const char *side, const char *label, struct buf *out)
{
	buf_addf(out, "%s %s", mark, side);
	for (; *label != '\0'; label++)
		buf_addc(out, (unsigned char)*label < 0x20 || *label == 0x7f ? '_' : *label);
	buf_addc(out, '\n');
}

static void
compare(const char *old, const char *new, const char *old_label, const char *new_label, struct buf *out)
{
	struct lines l = { .all = SLICES_INIT };
	size_t i = 0, j = 0;

	split(old, &l.all);
	l.n = l.all.n;
	split(new, &l.all);
	l.m = l.all.n - l.n;
	align(&l);
	if (find_change(&l, &i, &j)) {
		add_label("---", l.n > 0 ? "a/" : "", l.n > 0 ? old_label : "/dev/null", out);
		add_label("+++", "b/", new_label, out);
		do
			add_hunk(&l, &i, &j, out);
		while (i < l.n || j < l.m);
	}
	free(l.match);
	slices_clear(&l.all);
}

int
redline_unified(const struct notice *old, const struct notice *new, const char *old_label, const char *new_label, struct buf *out, struct error *err)
{
	AUTO_BUF a = BUF_INIT;
	AUTO_BUF b = BUF_INIT;

	(void)err;
	if (old != NULL)
		canon_write(old, &a);
	canon_write(new, &b);
	compare(buf_str(&a), buf_str(&b), old_label, new_label, out);
	return 0;
}

void
redline_unified_text(const char *old, const char *new, const char *old_label, const char *new_label, struct buf *out)
{
	compare(old != NULL ? old : "", new, old_label, new_label, out);
}
