#include "tree_bytes.h"

#include <string.h>

#define FILE_MODE "100644 "
#define FOLDER_MODE "40000 "

struct entry {
	size_t start, name, id, end;	/* offsets */
	bool folder;
};

bool
tree_part_valid(const char *part, size_t n)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

	if (n == 0 || n > TREE_PART_MAX || part[0] == '.')
		return false;
	for (size_t i = 0; i < n; i++)
		if (part[i] == '\0' || strchr(allowed, part[i]) == NULL)
			return false;
	return true;
}

/* The entry at an offset of valid bytes. */
static struct entry
entry_at(const char *data, size_t at)
{
	struct entry e = { .start = at, .folder = data[at] == FOLDER_MODE[0] };

	e.name = at + (e.folder ? sizeof(FOLDER_MODE) : sizeof(FILE_MODE)) - 1;
	e.id = e.name + strlen(data + e.name) + 1;
	e.end = e.id + GIT_OID_RAWSZ;
	return e;
}

/* git's order: by bytes, a folder's name being taken with a '/' behind it. */
static int
compare(const char *a, bool a_folder, const char *b, bool b_folder)
{
	size_t i = 0;
	int x, y;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	x = a[i] != '\0' ? (unsigned char)a[i] : a_folder ? '/' : 0;
	y = b[i] != '\0' ? (unsigned char)b[i] : b_folder ? '/' : 0;
	return x - y;
}

static bool
has_mode(const char *data, size_t n, const char *mode)
{
	return n > strlen(mode) && memcmp(data, mode, strlen(mode)) == 0;
}

bool
tree_bytes_valid(const char *data, size_t n)
{
	struct entry before = { 0, 0, 0, 0, false };

	for (size_t at = 0; at < n;) {
		const char *name, *end;
		struct entry e;

		if (!has_mode(data + at, n - at, FILE_MODE) && !has_mode(data + at, n - at, FOLDER_MODE))
			return false;
		name = memchr(data + at, ' ', n - at);
		name++;
		end = memchr(name, '\0', n - (size_t)(name - data));
		if (end == NULL || n - (size_t)(end - data) < 1 + GIT_OID_RAWSZ || !tree_part_valid(name, (size_t)(end - name)))
			return false;
		e = entry_at(data, at);
		if (at > 0 && compare(data + before.name, before.folder, name, e.folder) >= 0)
			return false;
		before = e;
		at = e.end;
	}
	return true;
}

enum tree_kind
tree_bytes_find(const struct buf *tree, const char *name, git_oid *id)
{
	for (size_t at = 0; at < tree->len;) {
		struct entry e = entry_at(tree->data, at);

		if (strcmp(tree->data + e.name, name) == 0) {
			git_oid_fromraw(id, (const unsigned char *)tree->data + e.id);
			return e.folder ? TREE_FOLDER : TREE_FILE;
		}
		at = e.end;
	}
	return TREE_ABSENT;
}

static void
insert(struct buf *tree, size_t at, const struct buf *entry)
{
	size_t behind = tree->len - at;

	buf_add(tree, entry->data, entry->len);
	memmove(tree->data + at + entry->len, tree->data + at, behind);
	memcpy(tree->data + at, entry->data, entry->len);
}

struct tree_edit
tree_bytes_put(struct buf *tree, const char *name, bool folder, const git_oid *id)
{
	AUTO_BUF entry = BUF_INIT;
	size_t at = 0;

	while (at < tree->len) {
		struct entry e = entry_at(tree->data, at);
		int order = compare(tree->data + e.name, e.folder, name, folder);

		if (order == 0) {
			memcpy(tree->data + e.id, id->id, GIT_OID_RAWSZ);
			return (struct tree_edit){ e.id, GIT_OID_RAWSZ, GIT_OID_RAWSZ };
		}
		if (order > 0)
			break;
		at = e.end;
	}
	buf_adds(&entry, folder ? FOLDER_MODE : FILE_MODE);
	buf_add(&entry, name, strlen(name) + 1);
	buf_add(&entry, id->id, GIT_OID_RAWSZ);
	insert(tree, at, &entry);
	return (struct tree_edit){ at, 0, entry.len };
}
