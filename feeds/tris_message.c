#include "tris_message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/cleanup.h"
#include "../lib/base/utf8.h"
#include "../lib/notice/symbol.h"
#include "tris_lines.h"
#include "tris_words.h"

#define HEADER_LINES 40		/* above item 1: from "Message 001" on there are about ten */
#define CATEGORY_MAX 16		/* "SERV60" is the longest code seen */
#define STARS_MIN 5		/* "**********" begins the trailer */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
all_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_digit(s[i]))
			return false;
	return n > 0;
}

/* The line as a string that the caller frees. */
static char *
line_text(const struct tris_line *line)
{
	return xstrndup(line->s, line->n);
}

static char *
lowered(const char *two_letters, char out[4])
{
	out[0] = (char)(two_letters[0] | 0x20);
	out[1] = (char)(two_letters[1] | 0x20);
	out[2] = '\0';
	return out;
}

char *
tris_number_in(const char *text)
{
	AUTO_STRV mentions = STRV_INIT;
	struct symbol symbol;

	symbol_mentions(text, &mentions);
	for (size_t i = 0; i < mentions.n; i++)
		if (symbol_parse(mentions.v[i], &symbol) && symbol.series == SYMBOL_TRIS)
			return xstrdup(mentions.v[i]);
	return NULL;
}

const char *
tris_item_name(int slot)
{
	static const char *const names[TRIS_ITEMS] = { "1", "2", "3A", "3B", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16" };

	return names[slot];
}

/* ---- item 1 and the header above it ---- */

/* Behind "MSG " when three digits and an open token follow, as in "MSG 001 IND 2024 0321 FI EN 14-06-2024 FI NOTIF". */
static const char *
find_msg(const char *line)
{
	for (const char *p = line; (p = strstr(p, "MSG ")) != NULL; p += 4)
		if (all_digits(p + 4, strnlen(p + 4, 3)) && strnlen(p + 4, 3) == 3 && p[7] == ' ')
			return p + 4;
	return NULL;
}

/* The line of item 1: with "MSG mmm IND" on it, or right above that line when it holds only "1." or the old label. */
static bool
find_item_1(const struct tris_lines *lines, size_t *at)
{
	for (size_t i = 0; i < lines->n; i++) {
		AUTO_FREE char *line = NULL;

		if (memmem(lines->v[i].s, lines->v[i].n, "MSG ", 4) == NULL)
			continue;
		line = line_text(&lines->v[i]);
		if (find_msg(line) == NULL)
			continue;
		*at = lines->v[i].number != 1 && i > 0 && lines->v[i - 1].number == 1 ? i - 1 : i;
		return true;
	}
	return false;
}

static void
read_item_1(struct tris_message *m, const char *line, struct strv *warnings)
{
	AUTO_STRV words = STRV_INIT;
	AUTO_FREE char *number = NULL;
	const char *p = find_msg(line);

	if (p != NULL)
		strv_split(&words, p, " \n");
	if (words.n < 7) {
		tris_warn(warnings, "message: item 1 is not understood");
		return;
	}
	memcpy(m->type, words.v[0], 4);
	if (strlen(words.v[5]) == 2)
		lowered(words.v[5], m->lang);
	if (!date_parse_dmy(words.v[6], '-', &m->received, NULL))
		tris_warn(warnings, "message: item 1: '%.*s' is no date", (int)utf8_fit(words.v[6], 40), words.v[6]);
	number = xasprintf("%s/%s/%s", words.v[2], words.v[3], words.v[4]);
	m->number = tris_number_in(number);
	if (m->number == NULL)
		tris_warn(warnings, "message: item 1: '%.*s' is no number", (int)utf8_fit(number, 40), number);
	m->reaction = words.n > 8 && strcmp(words.v[words.n - 1], "NOTIF") != 0 && strstr(line, " COM ") != NULL;
}

/* "TRIS/(2025) 0756" out of "Communication from the Commission - TRIS/(2025) 0756". */
static void
read_communication(struct tris_message *m, const char *line)
{
	const char *p = strstr(line, "TRIS/(");

	if (m->communication == NULL && p != NULL && all_digits(p + 6, strnlen(p + 6, 4)) && p[10] == ')') {
		const char *end = p + 11 + strspn(p + 11, " ");

		m->communication = xasprintf("TRIS/(%.4s) %.*s", p + 6, (int)strspn(end, "0123456789"), end);
	}
}

/* The language in "MSG: 20250756.EN" or "(MSG: 202103771.EN)"; "" when the line is no such line. */
static void
read_language(const char *line, char lang[4])
{
	const char *p = strstr(line, "MSG:");

	lang[0] = '\0';
	if (p == NULL)
		return;
	p += 4 + strspn(p + 4, " ");
	p += strspn(p, "0123456789");
	if (*p == '.' && is_upper(p[1]) && is_upper(p[2]) && !is_upper(p[3]))
		lowered(p + 1, lang);
}

static void
compare_language(struct tris_message *m, const char *lang, struct strv *warnings)
{
	if (*lang == '\0')
		return;
	if (*m->lang != '\0' && strcmp(m->lang, lang) != 0)
		tris_warn(warnings, "message: language '%s' of its first line is '%s' in item 1", lang, m->lang);
	memcpy(m->lang, lang, sizeof m->lang);
}

static void
compare_number(const struct tris_message *m, const char *text, const char *where, struct strv *warnings)
{
	AUTO_FREE char *number = tris_number_in(text);

	if (number != NULL && m->number != NULL && strcmp(number, m->number) != 0)
		tris_warn(warnings, "message: number '%s' of %s is '%s' in item 1", number, where, m->number);
}

/* Three digits at the end of a short line: "Message 001", "Съобщение 901". */
static bool
is_type_line(const struct tris_line *line)
{
	return line->n > 4 && line->n < 60 && line->s[line->n - 4] == ' ' && all_digits(line->s + line->n - 3, 3);
}

/* The lines above item 1. Returns the index of the message's first line. */
static size_t
read_header(struct tris_message *m, const struct tris_lines *lines, size_t item_1, struct strv *warnings)
{
	size_t first = item_1;

	for (size_t i = item_1; i-- > 0 && item_1 - i <= HEADER_LINES && m->communication == NULL;) {
		AUTO_FREE char *line = line_text(&lines->v[i]);
		char lang[4];

		read_language(line, lang);
		compare_language(m, lang, warnings);
		read_communication(m, line);
		if (*lang != '\0' || m->communication != NULL)
			first = i;
		if (m->communication == NULL)
			compare_number(m, line, "the message's head", warnings);
	}
	if (first > 0 && first < item_1 && is_type_line(&lines->v[first - 1]))
		first--;
	return first;
}

/* ---- items ---- */

static bool
is_stars(const struct tris_line *line)
{
	size_t i = 0;

	while (i < line->n && line->s[i] == '*')
		i++;
	return i >= STARS_MIN && (i == line->n || line->s[i] == ' ');
}

/* "European Commission" and below it "Contact point Directive (EU) 2015/1535": the trailer without its stars. */
static bool
is_contact_point(const struct tris_lines *lines, size_t i)
{
	AUTO_FREE char *line = NULL;

	if (lines->v[i].n > 60 || i + 1 >= lines->n)
		return false;
	line = line_text(&lines->v[i]);
	return tris_is_commission(line) && (memmem(lines->v[i + 1].s, lines->v[i + 1].n, "2015/1535", 9) != NULL ||
	    memmem(lines->v[i + 1].s, lines->v[i + 1].n, "98/34", 5) != NULL);
}

/* Where the last item ends: before the trailer, or before another message. */
static size_t
end_of_message(const struct tris_lines *lines, size_t last_start)
{
	for (size_t i = last_start + 1; i < lines->n; i++) {
		if (is_stars(&lines->v[i]) || is_contact_point(lines, i))
			return i;
		if (is_type_line(&lines->v[i]) && i + 1 < lines->n && memmem(lines->v[i + 1].s, lines->v[i + 1].n, "TRIS/(", 6) != NULL)
			return i;
	}
	return lines->n;
}

/* The lines [at, end) of an item without its number and, where the generation writes one, its label. */
static char *
item_text(const struct tris_lines *lines, size_t at, size_t end, bool labelled)
{
	const struct tris_line *line = &lines->v[at];
	AUTO_FREE char *first = xstrndup(line->s + line->rest, line->n - line->rest);
	struct buf b = BUF_INIT;

	if (!labelled && !tris_is_item_label(line->number, first))
		buf_adds(&b, first);
	for (size_t i = at + 1; i < end; i++) {
		if (b.len > 0)
			buf_addc(&b, '\n');
		buf_add(&b, lines->v[i].s, lines->v[i].n);
	}
	return buf_take(&b);
}

/* The old generation writes each item's label behind its number and the content below. Item 1 shows which one it is in any language: its own
 * line then lacks the "MSG". */
static bool
is_labelled(const struct tris_lines *lines, size_t item_1)
{
	AUTO_FREE char *line = line_text(&lines->v[item_1]);

	return lines->v[item_1].number == 1 && lines->v[item_1].n > lines->v[item_1].rest && find_msg(line) == NULL;
}

static void
read_items(struct tris_message *m, const struct tris_lines *lines, size_t item_1, struct strv *warnings)
{
	bool labelled = is_labelled(lines, item_1);
	size_t starts[TRIS_ITEMS], end;
	AUTO_BUF missing = BUF_INIT;

	tris_lines_items(lines, item_1, starts);
	starts[TRIS_LINE] = item_1;
	for (int slot = 0; slot < TRIS_ITEMS; slot++)
		if (starts[slot] < lines->n)
			m->last = slot;
	end = end_of_message(lines, starts[m->last]);
	for (int slot = m->last; slot >= 0; slot--) {
		if (starts[slot] == lines->n)
			continue;
		m->item[slot] = item_text(lines, starts[slot], end, labelled);
		end = starts[slot];
	}
	for (int slot = 0; slot < m->last; slot++)
		if (m->item[slot] == NULL && slot != TRIS_MINISTRY)
			buf_addf(&missing, "%s%s", missing.len > 0 ? ", " : "", tris_item_name(slot));
	if (missing.len > 0)
		tris_warn(warnings, "message: without item %s", buf_str(&missing));
	if (m->last < TRIS_TBT_SPS)
		tris_warn(warnings, "message: ends in item %s", tris_item_name(m->last));
}

/* Behind a dash of any kind and its blank at the start of s, or NULL. */
static char *
behind_dash(char *s)
{
	static const char *const dashes[] = { "- ", "\u2013 ", "\u2014 " };

	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
		if (strncmp(s, dashes[i], strlen(dashes[i])) == 0)
			return s + strlen(dashes[i]);
	return NULL;
}

/* "X00M - GOODS AND ..." behind the number: the code and the label, which is in the message's language. */
static void
read_category(struct tris_message *m, struct strv *warnings)
{
	AUTO_FREE char *text = xstrdup(m->item[TRIS_NUMBER]);
	char *code = NULL, *label;
	size_t n = 0;

	for (char *p = text; (p = strchr(p, '\n')) != NULL;)
		*p = ' ';
	for (char *p = text; code == NULL && (p = strchr(p, ' ')) != NULL;)
		code = behind_dash(++p);
	if (code == NULL || *code == '\0')
		return;
	while (is_upper(code[n]) || is_digit(code[n]))
		n++;
	if (n > CATEGORY_MAX || !is_upper(code[0]) || (code[n] != '\0' && code[n] != ' ')) {
		tris_warn(warnings, "message: item 4: '%.*s' is no category", (int)utf8_fit(code, 60), code);
		return;
	}
	m->category = xstrndup(code, n);
	label = behind_dash(code + n + strspn(code + n, " "));
	if (label != NULL && *label != '\0')
		m->category_label = xstrdup(label);
}

/* Takes "Keywords: limit, label" off the end of item 8. */
static void
read_keywords(struct tris_message *m)
{
	char *last = strrchr(m->item[TRIS_CONTENT], '\n');
	const char *list;

	last = last == NULL ? m->item[TRIS_CONTENT] : last + 1;
	list = tris_keywords(last);
	if (list == NULL)
		return;
	strv_split(&m->keywords, list, ",;");
	if (m->keywords.n > 0) {
		char *end = m->keywords.v[m->keywords.n - 1];
		size_t n = strlen(end);

		if (n > 1 && end[n - 1] == '.')
			end[n - 1] = '\0';
	}
	last[last > m->item[TRIS_CONTENT] ? -1 : 0] = '\0';
}

bool
tris_message_read(const char *text, size_t n, struct tris_message *out, struct strv *warnings)
{
	struct tris_lines lines;
	size_t item_1 = 0;
	bool found;

	memset(out, 0, sizeof(*out));
	out->start = n;
	out->last = -1;
	tris_lines_init(&lines, text, n);
	found = find_item_1(&lines, &item_1);
	if (found) {
		read_items(out, &lines, item_1, warnings);
		read_item_1(out, out->item[TRIS_LINE], warnings);
		out->start = (size_t)(lines.v[read_header(out, &lines, item_1, warnings)].s - text);
		if (out->item[TRIS_NUMBER] != NULL) {
			compare_number(out, out->item[TRIS_NUMBER], "item 4", warnings);
			read_category(out, warnings);
		}
		if (out->item[TRIS_CONTENT] != NULL)
			read_keywords(out);
	}
	tris_lines_clear(&lines);
	return found;
}

void
tris_message_clear(struct tris_message *m)
{
	free(m->communication);
	free(m->number);
	free(m->category);
	free(m->category_label);
	strv_clear(&m->keywords);
	for (int slot = 0; slot < TRIS_ITEMS; slot++)
		free(m->item[slot]);
	memset(m, 0, sizeof(*m));
}
