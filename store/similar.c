#include "similar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "delta.h"

#define PATH_SLOTS 2048
#define KIN_SLOTS 1024
#define LARGEST ((size_t)256 << 10)	/* bytes of an object worth remembering; a TRIS page measures about 100 KB */
#define BUDGET ((size_t)32 << 20)	/* bytes remembered in all */
#define KIN_PARTS 3			/* of the path: system, area or year, member */
#define SOURCE_MAX ((size_t)16 << 10)	/* bytes from which a record may differ: reading it means unpacking them */

struct known {
	uint64_t key;
	git_oid id;
	char *data;		/* NULL: free */
	size_t n;
};

struct similar {
	struct known by_path[PATH_SLOTS], by_kin[KIN_SLOTS];
	size_t bytes;
};

struct similar *
similar_new(void)
{
	return xcalloc(1, sizeof(struct similar));
}

void
similar_free(struct similar *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < PATH_SLOTS; i++)
		free(s->by_path[i].data);
	for (size_t i = 0; i < KIN_SLOTS; i++)
		free(s->by_kin[i].data);
	free(s);
}

/* FNV-1a */
static uint64_t
add_hash(uint64_t h, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint64_t
path_key(const char *path)
{
	return add_hash(UINT64_C(0xcbf29ce484222325), path, strlen(path));
}

/* The member's folder and the file's ending. */
static uint64_t
kin_key(const char *path)
{
	const char *end = path, *dot = strrchr(path, '.');

	for (int parts = 0; *end != '\0' && (*end != '/' || ++parts < KIN_PARTS); end++)
		;
	return add_hash(add_hash(UINT64_C(0xcbf29ce484222325), path, (size_t)(end - path)), dot != NULL ? dot : "", dot != NULL ? strlen(dot) : 0);
}

static struct known *
slot(struct known *table, size_t slots, uint64_t key)
{
	return &table[(key >> 20) % slots];
}

static void
remember(struct similar *s, struct known *k, uint64_t key, const struct similar_object *o)
{
	if (o->n > LARGEST || s->bytes - k->n + o->n > BUDGET)
		return;
	s->bytes += o->n - k->n;
	if (k->n < o->n || k->data == NULL)
		k->data = xrealloc(k->data, o->n);
	if (o->n > 0)
		memcpy(k->data, o->data, o->n);
	k->key = key;
	k->id = o->id;
	k->n = o->n;
}

/* The best difference so far. */
struct best {
	const struct similar_object *object;
	git_oid *base;
	struct buf *delta;
	size_t max;		/* bytes that a better one may take */
	bool found;
};

static void
try(struct best *b, const git_oid *id, const void *data, size_t n)
{
	size_t before = b->delta->len;

	if (!delta_find(data, n, b->object->data, b->object->n, b->max, b->delta))
		return;
	memmove(b->delta->data, b->delta->data + before, b->delta->len - before);
	buf_truncate(b->delta, b->delta->len - before);
	git_oid_cpy(b->base, id);
	b->max = b->delta->len - 1;
	b->found = true;
}

static bool
try_known(struct best *b, const struct known *k, uint64_t key)
{
	if (k->data == NULL || k->key != key)
		return false;
	try(b, &k->id, k->data, k->n);
	return b->found;
}

bool
similar_delta(struct similar *s, const struct similar_object *object, const struct similar_object *made_from, git_oid *base, struct buf *delta)
{
	uint64_t own = path_key(object->path), kin = kin_key(object->path);
	struct known *before = slot(s->by_path, PATH_SLOTS, own), *relative = slot(s->by_kin, KIN_SLOTS, kin);
	/* worth it when a tenth is saved: less would be lost again to worse compression */
	struct best best = { object, base, delta, object->n - object->n / 10, false };

	buf_reset(delta);
	if (!try_known(&best, before, own)) {
		if (made_from != NULL && made_from->n <= SOURCE_MAX)
			try(&best, &made_from->id, made_from->data, made_from->n);
		if (!try_known(&best, relative, kin))
			remember(s, relative, kin, object);
	}
	remember(s, before, own, object);
	return best.found;
}
