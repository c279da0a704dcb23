#include "canon.h"

#include <string.h>

#include "../base/buf.h"
#include "../base/cleanup.h"
#include "canon_form.h"
#include "fields.h"

/* ---- escaping ---- */

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "&amp;", "&#160;": what Markdown would replace. */
static bool
is_entity(const char *s, size_t n)
{
	size_t i = 1;

	if (i < n && s[i] == '#')
		i++;
	while (i < n && is_word(s[i]))
		i++;
	return i > 1 && i < n && s[i] == ';';
}

/* Does the character at i, not at the start of a line, need a backslash? */
static bool
acts(const char *s, size_t n, size_t i)
{
	switch (s[i]) {
	case '\\': case '`': case '*': case '<': case '[': case '~':
		return true;
	case '_':	/* inside a word it is one of its letters */
		return i == 0 || i + 1 == n || !is_word(s[i - 1]) || !is_word(s[i + 1]);
	case '&':
		return is_entity(s + i, n - i);
	default:
		return false;
	}
}

/* Where in a line the character stands that would make it a heading, a list, a quotation, a table or a rule; n for none. */
static size_t
block_mark(const char *s, size_t n)
{
	size_t digits = 0;

	if (n > 0 && strchr("#>-+=|:", s[0]) != NULL)
		return 0;
	while (digits < n && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	if (digits > 0 && digits < n && (s[digits] == '.' || s[digits] == ')') && (digits + 1 == n || s[digits + 1] == ' '))
		return digits;
	return n;
}

/* A heading swallows number signs at its end. */
static bool
closes_heading(const char *s, size_t i)
{
	return s[i] == '#' && (i == 0 || s[i - 1] == ' ' || s[i - 1] == '#');
}

/* Bytes that need no look: letters, digits, most punctuation and all of other scripts. */
static size_t
plain_run(const char *s, size_t n)
{
	static const bool looked_at[256] = {
		['\\'] = true, ['`'] = true, ['*'] = true, ['<'] = true, ['['] = true, ['~'] = true, ['_'] = true, ['&'] = true, ['#'] = true,
		[0x7f] = true
	};
	size_t i = 0;

	while (i < n && (unsigned char)s[i] >= 0x20 && !looked_at[(unsigned char)s[i]])
		i++;
	return i;
}

static void
escape(const char *s, size_t n, enum canon_place place, struct buf *out)
{
	size_t mark = place == PLACE_LINE ? block_mark(s, n) : n;

	for (size_t i = 0; i < n; i++) {
		size_t run = plain_run(s + i, (i <= mark ? mark : n) - i);

		buf_add(out, s + i, run);
		i += run;
		if (i == n)
			return;
		if (i == mark || acts(s, n, i) || (place == PLACE_HEADING && closes_heading(s, i)))
			buf_addc(out, '\\');
		/* none is left in cleaned text; a line stays a line whatever comes */
		buf_addc(out, (unsigned char)s[i] < 0x20 || s[i] == 0x7f ? ' ' : s[i]);
	}
}

/* ---- lines ---- */

/* "Name: value" with the two blanks that make a line break. */
static void
add_line(const char *name, const char *value, struct buf *out)
{
	buf_adds(out, name);
	buf_adds(out, ": ");
	escape(value, strlen(value), PLACE_VALUE, out);
	buf_adds(out, "  \n");
}

static void
add_lines(const char *name, const struct strv *values, struct buf *out)
{
	for (size_t i = 0; i < values->n; i++)
		add_line(name, values->v[i], out);
}

static void
add_codes(const char *name, const struct codes *codes, struct buf *out)
{
	AUTO_BUF value = BUF_INIT;

	for (size_t i = 0; i < codes->n; i++) {
		buf_reset(&value);
		buf_adds(&value, codes->v[i].code);
		if (codes->v[i].label != NULL) {
			buf_adds(&value, " - ");
			buf_adds(&value, codes->v[i].label);
		}
		add_line(name, buf_str(&value), out);
	}
}

static void
add_milestone(const char *name, const struct milestone *m, struct buf *out)
{
	AUTO_BUF value = BUF_INIT;
	char date[DATE_TEXT];

	buf_adds(&value, date_format(m->date, date));
	if (m->text != NULL) {
		buf_adds(&value, value.len > 0 ? " - " : "- ");
		buf_adds(&value, m->text);
	}
	add_line(name, buf_str(&value), out);
}

static void
add_documents(const char *name, const struct documents *d, struct buf *out)
{
	AUTO_BUF value = BUF_INIT;

	for (size_t i = 0; i < d->n; i++) {
		const struct document *x = &d->v[i];

		buf_reset(&value);
		buf_adds(&value, x->kind);
		buf_addc(&value, ' ');
		buf_adds(&value, *x->lang != '\0' ? x->lang : CANON_UNKNOWN);
		buf_addc(&value, ' ');
		buf_adds(&value, x->url);
		if (x->text_sha256 != NULL)
			buf_addf(&value, " (sha256 %s)", x->text_sha256);
		add_line(name, buf_str(&value), out);
	}
}

/* A field that is neither a text nor a section. */
static void
add_field(const struct notice *n, size_t row, struct buf *out)
{
	const char *name = notice_fields[row].name;
	const void *p = notice_at_const(n, row);
	AUTO_BUF value = BUF_INIT;

	switch (notice_fields[row].type) {
	case FIELD_SET:
		add_lines(name, p, out);
		break;
	case FIELD_CODES:
		add_codes(name, p, out);
		break;
	case FIELD_MILESTONE:
		add_milestone(name, p, out);
		break;
	case FIELD_DOCUMENTS:
		add_documents(name, p, out);
		break;
	case FIELD_LINE: case FIELD_DATE: case FIELD_ANSWER:
		notice_field_text(n, row, &value);
		add_line(name, buf_str(&value), out);
		break;
	case FIELD_TEXT: case FIELD_VARIANTS:
		break;
	}
}

/* ---- languages ---- */

const char *
canon_default_language(const struct notice *n)
{
	char lang[4];

	notice_set_lang(lang, n->language);
	return n->language != NULL && strcmp(lang, n->language) == 0 ? n->language : "";
}

void
canon_language_name(size_t row, struct buf *out)
{
	const char *name = notice_fields[row].name;
	bool word = name[1] >= 'a' && name[1] <= 'z';

	buf_adds(out, CANON_LANGUAGE_OF);
	buf_addc(out, word ? (char)(name[0] - 'A' + 'a') : name[0]);
	buf_adds(out, name + 1);
}

static void
add_languages(const struct notice *n, struct buf *out)
{
	const char *usual = canon_default_language(n);

	for (size_t i = 0; i < notice_fields_count; i++) {
		const struct text *t = notice_at_const(n, i);
		AUTO_BUF name = BUF_INIT;

		if (notice_fields[i].type != FIELD_TEXT || t->s == NULL || strcmp(t->lang, usual) == 0)
			continue;
		canon_language_name(i, &name);
		add_line(buf_str(&name), *t->lang != '\0' ? t->lang : CANON_UNKNOWN, out);
	}
}

/* ---- the whole ---- */

static void
add_identity(const struct notice *n, struct buf *out)
{
	add_line("Notification", n->id, out);
	if (n->symbols.n != 1 || strcmp(n->symbols.v[0], n->id) != 0)
		add_lines("Symbol", &n->symbols, out);
	add_line("Dossier", n->dossier, out);
	add_line("Source", source_name(n->source), out);
	add_line("Area", area_name(n->area), out);
	add_line("Kind", kind_name(n->kind), out);
	if (n->urgent)
		add_line("Urgent", "yes", out);
	if (n->member[0] != '\0')
		add_line("Member", n->member, out);
	for (size_t i = 0; i < n->members.n; i++)
		if (strcmp(n->members.v[i], n->member) != 0)
			add_line("Joint with", n->members.v[i], out);
}

static void
add_text(const char *s, struct buf *out)
{
	for (const char *end; ; s = end + 1) {
		AUTO_FREE size_t *starts = NULL;
		size_t n, count;

		end = strchrnul(s, '\n');
		n = (size_t)(end - s);
		count = canon_sentences(s, n, &starts);
		buf_addc(out, '\n');
		for (size_t i = 0; i < count; i++) {
			size_t stop = i + 1 < count ? starts[i + 1] - 1 : n;

			escape(s + starts[i], stop - starts[i], PLACE_LINE, out);
			buf_addc(out, '\n');
		}
		if (*end == '\0')
			return;
	}
}

static void
add_variants(const struct variants *v, struct buf *out)
{
	AUTO_BUF name = BUF_INIT;

	buf_addc(out, '\n');
	for (size_t i = 0; i < v->n; i++) {
		buf_reset(&name);
		buf_addf(&name, "%s %s", v->v[i].member[0] != '\0' ? v->v[i].member : CANON_UNKNOWN, v->v[i].field);
		add_line(buf_str(&name), v->v[i].value, out);
	}
}

static void
add_section(const struct notice *n, size_t row, struct buf *out)
{
	buf_adds(out, "\n## ");
	buf_adds(out, notice_fields[row].name);
	buf_addc(out, '\n');
	if (notice_fields[row].type == FIELD_TEXT)
		add_text(((const struct text *)notice_at_const(n, row))->s, out);
	else
		add_variants(notice_at_const(n, row), out);
}

void
canon_write(const struct notice *n, struct buf *out)
{
	size_t language = notice_row(offsetof(struct notice, language)), title = notice_row(offsetof(struct notice, title));

	buf_addc(out, '#');
	if (n->title.s != NULL) {
		buf_addc(out, ' ');
		escape(n->title.s, strlen(n->title.s), PLACE_HEADING, out);
	}
	buf_adds(out, "\n\n");
	add_identity(n, out);
	for (size_t i = 0; i < notice_fields_count; i++) {
		if (!notice_field_empty(n, i))
			add_field(n, i, out);
		if (i == language)
			add_languages(n, out);
	}
	for (size_t i = 0; i < notice_fields_count; i++)
		if (canon_is_section(i) && i != title && !notice_field_empty(n, i))
			add_section(n, i, out);
}
