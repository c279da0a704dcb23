#include "reminders.h"

#include <stdio.h>
#include <string.h>

#include "../lib/base/limits.h"

CLEANUP_POINTER(git_treebuilder, git_treebuilder *, git_treebuilder_free)
#define AUTO_TREEBUILDER __attribute__((cleanup(cleanup_git_treebuilder))) git_treebuilder

void
reminders_month(struct date date, char month[REMINDERS_MONTH])
{
	char text[DATE_TEXT];

	snprintf(month, REMINDERS_MONTH, "%.7s", date_format(date, text));
}

bool
reminders_line(const char *reminder, struct date *date, struct buf *line)
{
	const char *space = strrchr(reminder, ' '), *end;

	if (space == NULL || space == reminder || !date_parse_iso(space + 1, date, &end) || *end != '\0')
		return false;
	buf_adds(line, space + 1);
	buf_addc(line, ' ');
	for (const char *s = reminder; s < space; s++)
		buf_addc(line, *s == '\n' ? ' ' : *s);
	return true;
}

static int
lookup_tree(struct store *st, const char *hex, git_tree **out, struct error *err)
{
	git_oid id;

	*out = NULL;
	if (hex[0] == '\0')
		return 0;
	if (!store_oid(hex, &id) || git_tree_lookup(out, st->repo, &id) < 0)
		return error_git(err, ERR_DATA, "the reminders %s cannot be read", hex);
	return 0;
}

static int
load_file(struct store *st, const git_tree *tree, const char *month, struct strv *lines, struct error *err)
{
	const git_tree_entry *entry = tree != NULL ? git_tree_entry_byname(tree, month) : NULL;
	AUTO_OBJECT *object = NULL;
	AUTO_BUF text = BUF_INIT;
	int rc;

	if (entry == NULL)
		return 0;
	rc = store_object(st, git_tree_entry_id(entry), GIT_OBJECT_BLOB, LIMIT_RECORD, &object, err);
	if (rc < 0)
		return error_prefix(err, "reminders of %s", month);
	buf_add(&text, git_odb_object_data(object), git_odb_object_size(object));
	strv_split(lines, buf_str(&text), "\n");
	strv_sort(lines);
	return 0;
}

int
reminders_load(struct store *st, const char *tree, const char *month, struct strv *lines, struct error *err)
{
	AUTO_TREE *found = NULL;
	int rc = lookup_tree(st, tree, &found, err);

	return rc == 0 ? load_file(st, found, month, lines, err) : rc;
}

static int
write_file(struct store *st, git_treebuilder *builder, const char *month, struct strv *lines, struct error *err)
{
	AUTO_BUF text = BUF_INIT;
	git_oid blob;

	strv_sort(lines);
	strv_join(lines, "\n", &text);
	buf_addc(&text, '\n');
	if (git_blob_create_from_buffer(&blob, st->repo, text.data, text.len) < 0 || git_treebuilder_insert(NULL, builder, month, &blob, GIT_FILEMODE_BLOB) < 0)
		return error_git(err, ERR_IO, "cannot write the reminders of %s", month);
	return 0;
}

/* Adds those of one month and takes them out of 'lines', which are sorted. */
static int
add_month(struct store *st, const git_tree *tree, git_treebuilder *builder, const struct strv *lines, size_t *at, struct error *err)
{
	AUTO_STRV all = STRV_INIT;
	char month[REMINDERS_MONTH];
	int rc;

	snprintf(month, sizeof(month), "%.7s", lines->v[*at]);
	rc = load_file(st, tree, month, &all, err);
	for (; *at < lines->n && strncmp(lines->v[*at], month, REMINDERS_MONTH - 1) == 0; (*at)++)
		strv_add(&all, lines->v[*at]);
	return rc == 0 ? write_file(st, builder, month, &all, err) : rc;
}

static int
is_forgotten(const git_tree_entry *entry, void *oldest)
{
	return strcmp(git_tree_entry_name(entry), oldest) < 0;
}

static int
finish(struct store *st, git_treebuilder *builder, struct date oldest, char out[OID_HEX], struct error *err)
{
	char month[REMINDERS_MONTH];
	git_oid id;

	reminders_month(oldest, month);
	git_treebuilder_filter(builder, is_forgotten, month);
	out[0] = '\0';
	if (git_treebuilder_entrycount(builder) == 0)
		return 0;
	if (git_treebuilder_write(&id, builder) < 0)
		return error_git(err, ERR_IO, "cannot write the reminders of '%s'", st->path);
	store_hex(&id, out);
	return 0;
}

int
reminders_add(struct store *st, const char *tree, const struct strv *more, struct date oldest, char out[OID_HEX], struct error *err)
{
	AUTO_TREEBUILDER *builder = NULL;
	AUTO_TREE *before = NULL;
	AUTO_STRV lines = STRV_INIT;
	struct date date;
	int rc = lookup_tree(st, tree, &before, err);

	for (size_t i = 0; rc == 0 && i < more->n; i++) {
		AUTO_BUF line = BUF_INIT;

		if (!reminders_line(more->v[i], &date, &line))
			return error_set(err, ERR_DATA, "'%s' is no reminder", more->v[i]);
		strv_add(&lines, buf_str(&line));
	}
	if (rc < 0)
		return rc;
	if (git_treebuilder_new(&builder, st->repo, before) < 0)
		return error_git(err, ERR_IO, "cannot write the reminders of '%s'", st->path);
	strv_sort(&lines);
	for (size_t at = 0; rc == 0 && at < lines.n;)
		rc = add_month(st, before, builder, &lines, &at, err);
	return rc == 0 ? finish(st, builder, oldest, out, err) : rc;
}
