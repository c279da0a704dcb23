/* Reading single values of the text form. */
#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"
#include "../base/cleanup.h"
#include "../base/limits.h"
#include "canon_form.h"
#include "fields.h"

static const char *
read_line(const char *value, void *p)
{
	char **line = p;

	if (*line != NULL)
		return "given twice";
	notice_set_line(line, value);
	return NULL;
}

static const char *
read_date(const char *value, void *p)
{
	const char *end;

	if (date_is_set(*(struct date *)p))
		return "given twice";
	if (!date_parse_iso(value, p, &end) || *end != '\0')
		return "not a date";
	return NULL;
}

static const char *
read_set(const char *value, void *p)
{
	struct strv *set = p;

	if (set->n >= LIMIT_LIST)
		return "too many values";
	strv_add(set, value);
	return NULL;
}

static const char *
read_answer(const char *value, void *p)
{
	enum answer *a = p;

	if (*a != ANSWER_UNKNOWN)
		return "given twice";
	if (strcmp(value, "yes") == 0)
		*a = ANSWER_YES;
	else if (strcmp(value, "no") == 0)
		*a = ANSWER_NO;
	else
		return "neither yes nor no";
	return NULL;
}

static const char *
read_milestone(const char *value, void *p)
{
	struct milestone *m = p;
	const char *rest = value;

	if (date_is_set(m->date) || m->text != NULL)
		return "given twice";
	if (*value != '-' && !date_parse_iso(value, &m->date, &rest))
		return "neither a date nor '- words'";
	if (rest > value && *rest == ' ')
		rest++;
	if (*rest == '\0')
		return NULL;
	if (strncmp(rest, "- ", 2) != 0)
		return "words without '- ' before them";
	notice_set_line(&m->text, rest + 2);
	return NULL;
}

static const char *
read_code(const char *value, void *p)
{
	struct codes *codes = p;
	const char *label = strstr(value, " - ");
	AUTO_FREE char *code = label != NULL ? xstrndup(value, (size_t)(label - value)) : xstrdup(value);
	size_t before = codes->n;

	codes_add(codes, code, label != NULL ? label + 3 : NULL);
	return codes->n > before ? NULL : "not a code, or too many";
}

/* "(sha256 HEX)" */
static bool
read_hash(const char *s, char **out)
{
	static const char head[] = "(sha256 ";
	size_t n = strlen(head);

	if (strncmp(s, head, n) != 0 || strspn(s + n, "0123456789abcdef") != 64 || strcmp(s + n + 64, ")") != 0)
		return false;
	*out = xstrndup(s + n, 64);
	return true;
}

static const char *
read_document(const char *value, void *p)
{
	struct documents *d = p;
	AUTO_STRV words = STRV_INIT;
	const char *hash = strstr(value, " (sha256 ");
	AUTO_FREE char *head = xstrndup(value, hash != NULL ? (size_t)(hash - value) : strlen(value));
	size_t before = d->n;

	strv_split(&words, head, " ");
	if (words.n != 3)
		return "a document is 'KIND LANGUAGE URL'";
	documents_add(d, words.v[0], words.v[1], words.v[2]);
	if (d->n == before)
		return "not a document, or too many";
	if (hash != NULL && !read_hash(hash + 1, &d->v[before].text_sha256))
		return "not a SHA-256";
	return NULL;
}

/* ---- identity ---- */

static const char *
read_id(const char *value, void *p)
{
	return *value != '\0' ? read_line(value, p) : "empty";
}

static const char *
read_source(const char *value, void *p)
{
	return source_parse(value, p) ? NULL : "not a source";
}

static const char *
read_area(const char *value, void *p)
{
	return area_parse(value, p) ? NULL : "not an area";
}

static const char *
read_kind(const char *value, void *p)
{
	return kind_parse(value, p) ? NULL : "not a kind";
}

static const char *
read_urgent(const char *value, void *p)
{
	*(bool *)p = true;
	return strcmp(value, "yes") == 0 ? NULL : "not yes";
}

static const char *
read_member(const char *value, void *p)
{
	if (!member_valid(value))
		return "not a member's code";
	strcpy(p, value);
	return NULL;
}

static const char *
read_joint(const char *value, void *p)
{
	return member_valid(value) ? read_set(value, p) : "not a member's code";
}

/* The lines of the identity, which are no fields of the table. */
static const struct {
	const char *name;
	canon_value_fn read;
	size_t offset;
} identity[] = {
	{ "Notification", read_id, offsetof(struct notice, id) },
	{ "Symbol", read_set, offsetof(struct notice, symbols) },
	{ "Dossier", read_id, offsetof(struct notice, dossier) },
	{ "Source", read_source, offsetof(struct notice, source) },
	{ "Area", read_area, offsetof(struct notice, area) },
	{ "Kind", read_kind, offsetof(struct notice, kind) },
	{ "Urgent", read_urgent, offsetof(struct notice, urgent) },
	{ "Member", read_member, offsetof(struct notice, member) },
	{ "Joint with", read_joint, offsetof(struct notice, members) },
};

static const canon_value_fn readers[] = {
	[FIELD_LINE] = read_line, [FIELD_DATE] = read_date, [FIELD_SET] = read_set, [FIELD_CODES] = read_code,
	[FIELD_ANSWER] = read_answer, [FIELD_MILESTONE] = read_milestone, [FIELD_DOCUMENTS] = read_document
};

size_t
canon_find_row(const char *name)
{
	size_t i = 0;

	while (i < notice_fields_count && (notice_fields[i].name[0] != name[0] || strcmp(notice_fields[i].name, name) != 0))
		i++;
	return i;
}

canon_value_fn
canon_find_value(const char *name, size_t *offset)
{
	size_t row;

	for (size_t i = 0; i < sizeof(identity) / sizeof(identity[0]); i++)
		if (identity[i].name[0] == name[0] && strcmp(identity[i].name, name) == 0) {
			*offset = identity[i].offset;
			return identity[i].read;
		}
	row = canon_find_row(name);
	if (row == notice_fields_count || canon_is_section(row))
		return NULL;
	*offset = notice_fields[row].offset;
	return readers[notice_fields[row].type];
}
