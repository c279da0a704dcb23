#include "strv.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"

void
strv_clear(struct strv *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
	*s = (struct strv)STRV_INIT;
}

void
strv_take(struct strv *s, char *item)
{
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = item;
}

void
strv_addn(struct strv *s, const char *item, size_t n)
{
	strv_take(s, xstrndup(item, n));
}

void
strv_add(struct strv *s, const char *item)
{
	strv_addn(s, item, strlen(item));
}

void
strv_copy(struct strv *to, const struct strv *from)
{
	strv_clear(to);
	for (size_t i = 0; i < from->n; i++)
		strv_add(to, from->v[i]);
}

bool
strv_has(const struct strv *s, const char *item)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i], item) == 0)
			return true;
	return false;
}

bool
strv_equal(const struct strv *a, const struct strv *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

int
strv_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
strv_sort(struct strv *s)
{
	size_t kept = 0;

	if (s->n < 2)
		return;
	qsort(s->v, s->n, sizeof(*s->v), strv_compare);
	for (size_t i = 0; i < s->n; i++) {
		if (kept > 0 && strcmp(s->v[kept - 1], s->v[i]) == 0)
			free(s->v[i]);
		else
			s->v[kept++] = s->v[i];
	}
	s->n = kept;
}

void
strv_join(const struct strv *s, const char *sep, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			buf_adds(out, sep);
		buf_adds(out, s->v[i]);
	}
}

void
strv_split(struct strv *s, const char *text, const char *seps)
{
	while (*text != '\0') {
		size_t n = strcspn(text, seps), from = 0, to = n;

		while (from < to && strchr(" \t\r\n", text[from]) != NULL)
			from++;
		while (to > from && strchr(" \t\r\n", text[to - 1]) != NULL)
			to--;
		if (to > from)
			strv_addn(s, text + from, to - from);
		text += n + (text[n] != '\0');
	}
}
