#include "site_table.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "site_files.h"

#define FORM "regwatch site 1"	/* then perhaps " STATE FILES" */
#define KEY_DIGITS 16
#define LINE 32			/* bytes of a line that is shorter than most */
#define USUAL_LINE 64		/* and of one that is longer than most */

static size_t
slot_of(const struct site_table *t, const char *path, size_t n)
{
	uint64_t h = site_key_bytes(SITE_KEY_INIT, path, n);

	return (size_t)((h ^ h >> 32) & (t->slots_n - 1));
}

static void
insert(struct site_table *t, const char *path, size_t n, size_t number)
{
	size_t at = slot_of(t, path, n);

	while (t->slots[at] != 0)
		at = (at + 1) & (t->slots_n - 1);
	t->slots[at] = (uint32_t)(number + 1);
}

/* Room for so many without growing. */
static void
reserve(struct site_table *t, size_t entries)
{
	size_t slots = t->slots_n > 0 ? t->slots_n : 1024;

	while (entries * 2 > slots)
		slots *= 2;
	if (slots == t->slots_n)
		return;
	free(t->slots);
	t->slots = xcalloc(slots, sizeof(*t->slots));
	t->slots_n = slots;
	for (size_t i = 0; i < t->n; i++)
		insert(t, t->v[i]->path, strlen(t->v[i]->path), i);
}

void
site_table_clear(struct site_table *t)
{
	arena_clear(&t->entries);
	free(t->v);
	free(t->slots);
	*t = (struct site_table){ .v = NULL };
}

size_t
site_table_place(const struct site_table *t, const char *path)
{
	if (t->slots_n == 0)
		return t->n;
	for (size_t at = slot_of(t, path, strlen(path)); t->slots[at] != 0; at = (at + 1) & (t->slots_n - 1))
		if (strcmp(t->v[t->slots[at] - 1]->path, path) == 0)
			return t->slots[at] - 1;
	return t->n;
}

struct site_entry *
site_table_find(const struct site_table *t, const char *path)
{
	size_t i = site_table_place(t, path);

	return i < t->n ? t->v[i] : NULL;
}

struct site_entry *
site_table_add(struct site_table *t, const char *path, size_t n)
{
	struct site_entry *e = arena_alloc(&t->entries, sizeof(*e) + n + 1);

	*e = (struct site_entry){ .key = 0 };
	memcpy(e->path, path, n);
	e->path[n] = '\0';
	t->v = xgrow(t->v, t->n, &t->cap, sizeof(struct site_entry *));
	reserve(t, t->n + 1);
	insert(t, path, n, t->n);
	t->v[t->n++] = e;
	return e;
}

bool
site_path_valid(const char *path)
{
	bool begins = true;

	for (const char *p = path; *p != '\0'; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_' || *p == '-';

		if (begins ? !plain : !plain && *p != '.' && *p != '/')
			return false;
		begins = *p == '/';
	}
	return !begins;
}

static bool
read_key(const char *line, uint64_t *key)
{
	*key = 0;
	for (size_t i = 0; i < KEY_DIGITS; i++) {
		const char c = line[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		*key = *key << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return line[KEY_DIGITS] == ' ';
}

/* What stands behind the form in the first line. */
static bool
is_head(const char *p, const char *end)
{
	uint64_t state;

	return p == end || (*p == ' ' && end - p > KEY_DIGITS + 2 && read_key(p + 1, &state) && strspn(p + KEY_DIGITS + 2, "0123456789") == (size_t)(end - p) - KEY_DIGITS - 2);
}

bool
site_table_state(const char *text, uint64_t *state, size_t *files)
{
	const char *p = text + sizeof(FORM) - 1, *end = strchr(text, '\n');

	if (end == NULL || strncmp(text, FORM, sizeof(FORM) - 1) != 0 || p == end || !is_head(p, end))
		return false;
	read_key(p + 1, state);
	*files = strtoul(p + KEY_DIGITS + 2, NULL, 10);
	return true;
}

bool
site_entry_read(char *line, char *end, uint64_t *key, const char **path)
{
	*end = '\0';
	*path = line + KEY_DIGITS + 1;
	return read_key(line, key) && site_path_valid(*path);
}

/* Behind the first line; NULL when there is none that names the form. */
static char *
skip_head(char *text)
{
	char *end;

	if (strncmp(text, FORM, sizeof(FORM) - 1) != 0 || (end = strchr(text, '\n')) == NULL || !is_head(text + sizeof(FORM) - 1, end))
		return NULL;
	return end + 1;
}

/* Our lists are in order: then a path cannot be there twice, and need not be looked for. */
static struct site_entry *
read_entry(struct site_table *t, const char *path, size_t n, bool pending)
{
	bool behind = t->n == 0 || strcmp(t->v[t->n - 1]->path, path) < 0;
	struct site_entry *e;

	if (!pending && behind && t->sorted == t->n) {
		t->sorted++;
		return site_table_add(t, path, n);
	}
	e = site_table_find(t, path);
	return e != NULL ? e : site_table_add(t, path, n);
}

int
site_table_read(struct site_table *t, char *text, bool pending)
{
	char *line = text;

	if (text == NULL)
		return pending ? 0 : -1;
	if (!pending && (line = skip_head(text)) == NULL)
		return -1;
	reserve(t, t->n + strlen(line) / LINE);
	for (char *end; *line != '\0'; line = end + 1) {
		struct site_entry *e;
		const char *path;
		uint64_t key;

		if ((end = strchr(line, '\n')) == NULL || !site_entry_read(line, end, &key, &path))
			return -1;
		e = read_entry(t, path, (size_t)(end - path), pending);
		e->key = pending ? 0 : key;
		e->unsure = e->unsure || pending;
		e->old = e->old || !pending;
	}
	t->read = t->n;
	return 0;
}

static void
write_key(uint64_t key, struct buf *out)
{
	static const char digits[] = "0123456789abcdef";
	char text[KEY_DIGITS + 1];

	for (size_t i = 0; i < KEY_DIGITS; i++)
		text[i] = digits[key >> (60 - 4 * i) & 15];
	text[KEY_DIGITS] = ' ';
	buf_add(out, text, sizeof(text));
}

void
site_entry_write(const struct site_entry *e, struct buf *out)
{
	write_key(e->key, out);
	buf_adds(out, e->path);
	buf_addc(out, '\n');
}

static int
by_path(const void *a, const void *b)
{
	struct site_entry *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

/* Most stand in order already. */
void
site_table_sort(struct site_table *t)
{
	struct site_entry **old = t->v, **v;
	size_t i = 0, k = t->sorted;

	if (t->n == t->sorted)
		return;
	v = xcalloc(t->n, sizeof(struct site_entry *));
	qsort(old + t->sorted, t->n - t->sorted, sizeof(struct site_entry *), by_path);
	for (size_t n = 0; n < t->n; n++)
		v[n] = k == t->n || (i < t->sorted && strcmp(old[i]->path, old[k]->path) < 0) ? old[i++] : old[k++];
	free(old);
	t->v = v;
	t->cap = t->sorted = t->n;
}

void
site_table_write(const struct site_table *t, uint64_t state, struct buf *out)
{
	size_t wanted = 0;

	buf_reserve(out, t->n * USUAL_LINE);
	for (size_t i = 0; i < t->n; i++)
		wanted += t->v[i]->wanted;
	buf_adds(out, FORM);
	if (state != 0) {
		buf_addc(out, ' ');
		write_key(state, out);
		buf_addf(out, "%zu", wanted);
	}
	buf_addc(out, '\n');
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->wanted)
			site_entry_write(t->v[i], out);
}
