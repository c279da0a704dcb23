#include "site_table.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "site_files.h"

#define FORM "regwatch site 1"	/* then perhaps " STATE FILES" */
#define KEY_DIGITS 16

static size_t
slot_of(const struct site_table *t, const char *path, size_t n)
{
	uint64_t h = site_key_bytes(SITE_KEY_INIT, path, n);

	return (size_t)((h ^ h >> 32) & (t->slots_n - 1));
}

static void
grow(struct site_table *t)
{
	t->slots_n = t->slots_n > 0 ? t->slots_n * 2 : 1024;
	free(t->slots);
	t->slots = xcalloc(t->slots_n, sizeof(*t->slots));
	for (size_t i = 0; i < t->n; i++) {
		size_t at = slot_of(t, t->v[i]->path, strlen(t->v[i]->path));

		while (t->slots[at] != 0)
			at = (at + 1) & (t->slots_n - 1);
		t->slots[at] = (uint32_t)(i + 1);
	}
}

void
site_table_clear(struct site_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->v[i]);
	free(t->v);
	free(t->slots);
	*t = (struct site_table){ .v = NULL };
}

struct site_entry *
site_table_find(const struct site_table *t, const char *path)
{
	if (t->slots_n == 0)
		return NULL;
	for (size_t at = slot_of(t, path, strlen(path)); t->slots[at] != 0; at = (at + 1) & (t->slots_n - 1))
		if (strcmp(t->v[t->slots[at] - 1]->path, path) == 0)
			return t->v[t->slots[at] - 1];
	return NULL;
}

struct site_entry *
site_table_add(struct site_table *t, const char *path, size_t n)
{
	struct site_entry *e = xcalloc(1, sizeof(*e) + n + 1);
	size_t at;

	memcpy(e->path, path, n);
	t->v = xgrow(t->v, t->n, &t->cap, sizeof(struct site_entry *));
	t->v[t->n++] = e;
	if (t->n * 2 > t->slots_n) {
		grow(t);
		return e;
	}
	for (at = slot_of(t, path, n); t->slots[at] != 0; at = (at + 1) & (t->slots_n - 1))
		;
	t->slots[at] = (uint32_t)t->n;
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

int
site_table_read(struct site_table *t, char *text, bool pending)
{
	char *line = text;

	if (text == NULL)
		return pending ? 0 : -1;
	if (!pending) {
		if (strncmp(text, FORM, sizeof(FORM) - 1) != 0)
			return -1;
		line = strchr(text, '\n');
		if (line == NULL || !is_head(text + sizeof(FORM) - 1, line))
			return -1;
		line++;
	}
	for (char *end; *line != '\0'; line = end + 1) {
		struct site_entry *e;
		const char *path;
		uint64_t key;

		if ((end = strchr(line, '\n')) == NULL || !site_entry_read(line, end, &key, &path))
			return -1;
		if ((e = site_table_find(t, path)) == NULL)
			e = site_table_add(t, path, (size_t)(end - path));
		e->key = pending ? 0 : key;
		e->unsure = e->unsure || pending;
		e->old = e->old || !pending;
	}
	t->read = t->n;
	while (!pending && t->sorted < t->n && (t->sorted == 0 || strcmp(t->v[t->sorted - 1]->path, t->v[t->sorted]->path) < 0))
		t->sorted++;
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

void
site_table_write(struct site_table *t, uint64_t state, struct buf *out)
{
	size_t wanted = 0;

	if (t->n > 1)
		qsort(t->v, t->n, sizeof(struct site_entry *), by_path);
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
