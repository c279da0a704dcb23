#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/buf.h"
#include "search_terms.h"

void
search_terms_clear(struct search_terms *t)
{
	for (size_t i = 0; i < t->size; i++) {
		if (t->v[i] != NULL) {
			buf_clear(&t->v[i]->list);
			free(t->v[i]->word);
			free(t->v[i]);
		}
	}
	free(t->v);
	*t = (struct search_terms){ NULL, 0, 0 };
}

/* Words are short, and a store's cannot be so many that collisions made on purpose would cost seconds. */
uint32_t
search_hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

uint64_t
search_print(uint64_t print, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		print = (print ^ p[i]) * UINT64_C(0x100000001b3);
	return print;
}

static struct search_term **
slot_of(const struct search_terms *t, const char *word)
{
	size_t i = search_hash(word) & (t->size - 1);

	while (t->v[i] != NULL && strcmp(t->v[i]->word, word) != 0)
		i = (i + 1) & (t->size - 1);
	return &t->v[i];
}

static void
grow(struct search_terms *t)
{
	struct search_terms bigger = { NULL, t->n, t->size == 0 ? 1024 : t->size * 2 };

	bigger.v = xcalloc(bigger.size, sizeof(*bigger.v));
	for (size_t i = 0; i < t->size; i++) {
		if (t->v[i] != NULL)
			*slot_of(&bigger, t->v[i]->word) = t->v[i];
	}
	free(t->v);
	*t = bigger;
}

struct search_term *
search_terms_get(struct search_terms *t, const char *word)
{
	struct search_term **slot;

	if (t->n * 2 >= t->size)
		grow(t);
	slot = slot_of(t, word);
	if (*slot == NULL) {
		*slot = xcalloc(1, sizeof(**slot));
		(*slot)->word = xstrdup(word);
		t->n++;
	}
	return *slot;
}

static int
by_word(const void *a, const void *b)
{
	return strcmp((*(struct search_term *const *)a)->word, (*(struct search_term *const *)b)->word);
}

struct search_term **
search_terms_sorted(const struct search_terms *t)
{
	struct search_term **v = xcalloc(t->n + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < t->size; i++) {
		if (t->v[i] != NULL)
			v[n++] = t->v[i];
	}
	qsort(v, n, sizeof(*v), by_word);
	return v;
}
