#include "intern.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"

void
slices_add(struct slices *v, const char *s, size_t n)
{
	v->v = xgrow(v->v, v->n, &v->cap, sizeof(*v->v));
	v->v[v->n++] = (struct slice){ .s = s, .n = n };
}

void
slices_clear(struct slices *v)
{
	free(v->v);
	*v = (struct slices)SLICES_INIT;
}

/* FNV-1a, 64 bits. */
static uint64_t
hash_of(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return h;
}

static int
compare(const void *a, const void *b)
{
	const struct slice *x = *(struct slice *const *)a, *y = *(struct slice *const *)b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return x->n > 0 ? memcmp(x->s, y->s, x->n) : 0;
}

size_t
intern(struct slices *v)
{
	AUTO_FREE struct slice **order = xcalloc(v->n + 1, sizeof(struct slice *));
	uint32_t id = 0;

	for (size_t i = 0; i < v->n; i++) {
		v->v[i].hash = hash_of(v->v[i].s, v->v[i].n);
		order[i] = &v->v[i];
	}
	qsort(order, v->n, sizeof(struct slice *), compare);
	for (size_t i = 0; i < v->n; i++) {
		if (i > 0 && compare(&order[i - 1], &order[i]) != 0)
			id++;
		order[i]->id = id;
	}
	return v->n > 0 ? (size_t)id + 1 : 0;
}
