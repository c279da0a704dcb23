#include "eping_fields.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../lib/base/alloc.h"
#include "../lib/base/buf.h"
#include "../lib/base/error.h"
#include "../lib/base/lang.h"
#include "../lib/base/limits.h"
#include "../lib/base/net.h"
#include "../lib/base/utf8.h"
#include "../lib/base/xml.h"
#include "../lib/notice/symbol.h"

/* "_x000D_" and its like are how a workbook writes a control character. */
static bool
is_escaped_control(const char *s)
{
	return strncasecmp(s, "_x00", 4) == 0 && (s[4] == '0' || s[4] == '1') && isxdigit((unsigned char)s[5]) && s[6] == '_';
}

/* U+2028 and U+2029, which utf8_clean takes for line ends. */
static bool
is_separator(const char *s)
{
	return strncmp(s, "\u2028", 3) == 0 || strncmp(s, "\u2029", 3) == 0;
}

static void
breaks_to_blanks(const char *s, struct buf *out)
{
	for (;;) {
		size_t n = strcspn(s, "_\xe2\r\n\t\v\f"), skip;

		buf_add(out, s, n);
		s += n;
		if (*s == '\0')
			return;
		skip = is_escaped_control(s) ? 7 : is_separator(s) ? 3 : 1;
		buf_addc(out, skip > 1 || (*s != '_' && *s != '\xe2') ? ' ' : *s);
		s += skip;
	}
}

static void
read_html(const char *html, bool keep_lines, struct buf *out)
{
	AUTO_BUF flat = BUF_INIT;

	breaks_to_blanks(html, &flat);
	xml_fragment_text(buf_str(&flat), keep_lines, out);
}

static bool
has_entity(const char *s)
{
	while ((s = strchr(s, '&')) != NULL) {
		size_t n = strspn(++s, "#");

		while (n < 12 && isalnum((unsigned char)s[n]))
			n++;
		if (n > 1 && s[n] == ';')
			return true;
	}
	return false;
}

/* Plain text in one line, not yet cleaned. It may hold "<": only its entities are read, when it has any. */
static void
flatten(const char *s, struct buf *out)
{
	AUTO_BUF flat = BUF_INIT;
	AUTO_BUF escaped = BUF_INIT;

	if (!has_entity(s)) {
		breaks_to_blanks(s, out);
		return;
	}
	breaks_to_blanks(s, &flat);
	for (size_t i = 0; i < flat.len; i++) {
		if (flat.data[i] == '<' || flat.data[i] == '>')
			buf_adds(&escaped, flat.data[i] == '<' ? "&lt;" : "&gt;");
		else
			buf_addc(&escaped, flat.data[i]);
	}
	xml_fragment_text(buf_str(&escaped), false, out);
}

static void
read_plain(const char *s, struct buf *out)
{
	AUTO_BUF flat = BUF_INIT;

	flatten(s, &flat);
	utf8_clean(buf_str(&flat), flat.len, false, out);
}

static bool
same_but_blanks(const char *a, const char *b)
{
	for (;;) {
		a += strspn(a, " \n");
		b += strspn(b, " \n");
		if (*a != *b)
			return false;
		if (*a == '\0')
			return true;
		a++;
		b++;
	}
}

void
eping_text(struct text *t, const char *html, const char *plain, bool keep_lines)
{
	AUTO_BUF rich = BUF_INIT;
	AUTO_BUF flat = BUF_INIT;

	if (html != NULL)
		read_html(html, keep_lines, &rich);
	if (plain != NULL && rich.len == 0) {
		flatten(plain, &flat);	/* notice_set_text cleans it */
		notice_set_text(t, buf_str(&flat), "");
		return;
	}
	if (plain != NULL)
		read_plain(plain, &flat);
	notice_set_text(t, buf_str(flat.len > 0 && !same_but_blanks(buf_str(&rich), buf_str(&flat)) ? &flat : &rich), "");
}

void
eping_line(char **line, const char *s)
{
	AUTO_BUF flat = BUF_INIT;

	if (s != NULL)
		flatten(s, &flat);
	notice_set_line(line, buf_str(&flat));
}

void
eping_list_add(struct strv *set, const char *value)
{
	AUTO_FREE char *line = NULL;

	if (set->n >= LIMIT_LIST)
		return;
	eping_line(&line, value);
	if (line != NULL && !strv_has(set, line))
		strv_take(set, TAKE(line));
}

void
eping_list(struct strv *set, const char *cell)
{
	AUTO_STRV parts = STRV_INIT;
	AUTO_BUF clean = BUF_INIT;

	if (cell == NULL)
		return;
	read_plain(cell, &clean);	/* before the split: entities end in ";" */
	strv_split(&parts, buf_str(&clean), ";");
	for (size_t i = 0; i < parts.n; i++)
		eping_list_add(set, parts.v[i]);
}

/* Bytes of the code that begins at s, 0 when none does. */
static size_t
code_length(const char *s)
{
	size_t n = strspn(s, "0123456789."), blanks = strspn(s + n, " ");

	if (!isdigit((unsigned char)*s))
		return 0;
	if (s[n + blanks] == '\0' || s[n + blanks] == ';')
		return n;
	return blanks > 0 && s[n + blanks] == '-' && s[n + blanks + 1] == ' ' ? n : 0;
}

static const char *
part_end(const char *s)
{
	const char *end;

	for (end = s; (end = strchr(end, ';')) != NULL; end++)
		if (code_length(end + 1 + strspn(end + 1, " ")) > 0)
			return end;
	return s + strlen(s);
}

static bool
canonical_code(enum eping_code kind, const char *text, struct buf *out)
{
	return kind == EPING_HS ? code_canonical_hs(text, out) : code_canonical_ics(text, out);
}

/* name: "0402 - Milk" or "Milk" -> "Milk". */
static const char *
label_of(const char *name)
{
	size_t n = code_length(name);

	if (n == 0)
		return name;
	name += n + strspn(name + n, " ");
	return *name == '-' ? name + 1 + strspn(name + 1, " ") : name;
}

void
eping_code(struct codes *codes, enum eping_code kind, const char *code, const char *name)
{
	AUTO_FREE char *line = NULL;
	AUTO_FREE char *found = NULL;
	AUTO_BUF canonical = BUF_INIT;
	const char *label;

	if (codes->n >= LIMIT_LIST)
		return;
	eping_line(&line, name);
	if (code == NULL && line != NULL) {
		size_t n = code_length(line);

		found = n > 0 ? xstrndup(line, n) : NULL;
		code = found;
	}
	if (code == NULL || !canonical_code(kind, code, &canonical))
		return;
	label = line != NULL ? label_of(line) : NULL;
	codes_add(codes, buf_str(&canonical), label != NULL && *label != '\0' ? label : NULL);
}

void
eping_codes(struct codes *codes, enum eping_code kind, const char *cell)
{
	AUTO_BUF clean = BUF_INIT;

	if (cell == NULL)
		return;
	read_plain(cell, &clean);
	for (const char *s = buf_str(&clean); *s != '\0'; ) {
		const char *end = part_end(s);
		AUTO_FREE char *part = xstrndup(s, (size_t)(end - s));

		eping_code(codes, kind, NULL, part);
		s = end + strspn(end, "; ");
	}
}

bool
eping_date(const char *text, struct date *out)
{
	const char *end;

	*out = DATE_NONE;
	if (text == NULL)
		return true;
	text += strspn(text, " \t\r\n");
	if (*text == '\0' || strncmp(text, "0001-01-01", 10) == 0)
		return true;
	if (!date_parse_iso(text, out, &end) && !date_parse_dmy(text, '/', out, &end))
		return false;
	if (*end == '\0' || *end == 'T' || *end == ' ')
		return true;
	*out = DATE_NONE;
	return false;
}

bool
eping_deadline(const char *text, struct date *out)
{
	static const char *const none[] = { "n/a", "n.a", "not applicable", "none", "-", "sans objet", "no aplicable" };
	AUTO_FREE char *line = NULL;
	size_t n;

	if (eping_date(text, out))
		return true;
	eping_line(&line, text);
	n = line != NULL ? strlen(line) : 0;
	n -= n > 0 && line[n - 1] == '.';
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (strlen(none[i]) == n && strncasecmp(line, none[i], n) == 0)
			return true;
	return false;
}

char *
eping_unclear_deadline(const char *where, const char *text)
{
	return xasprintf("%s: '%.*s' is no date, so that the deadline is unknown", where, (int)utf8_fit(text, 60), text);
}

int
eping_check_days(struct notice *n, const char *why, char **unclear, struct error *err)
{
	*unclear = NULL;
	if (date_is_set(n->distributed))
		return 0;
	if (!date_is_set(n->deadline))
		return error_set(err, ERR_DATA, "%s", why);
	n->known &= ~NOTICE_BIT(distributed);
	*unclear = xasprintf("%s, so that the day of distribution is unknown", why);
	return 0;
}

void
eping_milestone(struct milestone *m, const char *date, const char *text)
{
	if (!eping_date(date, &m->date) && (text == NULL || *text == '\0'))
		text = date;
	eping_line(&m->text, text);
}

/* One of the fixed words of the source inside a text, in any letter case. */
static bool
says(const char *text, const char *word)
{
	return text != NULL && strcasestr(text, word) != NULL;
}

static enum area
area_of(const struct notice *n, const char *area)
{
	struct symbol s;
	enum area parsed;

	for (size_t i = 0; i < n->symbols.n; i++)
		if (symbol_parse(n->symbols.v[i], &s) && s.series == SYMBOL_WTO && area_parse(s.area, &parsed))
			return parsed;
	if (area != NULL && area_parse(area, &parsed) && parsed != AREA_TRIS)
		return parsed;
	return says(n->id, "G/SPS") || says(n->type, "(SPS)") ? AREA_SPS : AREA_TBT;
}

static void
add_members(struct notice *n, const char *member)
{
	struct symbol s;

	for (size_t i = 0; i < n->symbols.n; i++) {
		bool parsed = symbol_parse(n->symbols.v[i], &s) && s.series == SYMBOL_WTO;
		const char *code = parsed ? member_of_code(s.code, false) : "";

		if (*code == '\0' && n->symbols.n == 1)
			code = member;
		if (i == 0)
			snprintf(n->member, sizeof(n->member), "%s", code);
		if (*code != '\0' && !strv_has(&n->members, code))
			strv_add(&n->members, code);
	}
}

static void
set_url(struct notice *n)
{
	AUTO_BUF url = BUF_INIT;

	buf_adds(&url, "https://epingalert.org/en/Search?viewData=");
	net_url_escape(n->id, &url);
	notice_set_line(&n->url, buf_str(&url));
}

static int
check_symbols(const struct notice *n, struct error *err)
{
	struct symbol s;

	if (n->symbols.n == 0)
		return error_set(err, ERR_DATA, "no symbol");
	if (n->symbols.n >= LIMIT_SYMBOLS)	/* symbol_split stops there */
		return error_set(err, ERR_DATA, "%d symbols or more", LIMIT_SYMBOLS);
	for (size_t i = 0; i < n->symbols.n; i++) {
		if (strlen(n->symbols.v[i]) > LIMIT_LINE)
			return error_set(err, ERR_DATA, "a symbol of %zu bytes", strlen(n->symbols.v[i]));
		/* ... and would be committed over the record of the other source */
		if (symbol_parse(n->symbols.v[i], &s) && s.series == SYMBOL_TRIS)
			return error_set(err, ERR_DATA, "'%s' is a number of TRIS, not a symbol of the WTO", n->symbols.v[i]);
	}
	return 0;
}

int
eping_identify(struct notice *n, const char *symbols, const char *area, const char *member, struct error *err)
{
	AUTO_BUF base = BUF_INIT;
	int rc;

	symbol_split(symbols != NULL ? symbols : "", &n->symbols);
	if ((rc = check_symbols(n, err)) < 0)
		return rc;
	n->id = xstrdup(n->symbols.v[0]);
	symbol_base(n->id, &base);
	n->dossier = buf_take(&base);
	n->source = SOURCE_EPING;
	n->area = area_of(n, area);
	n->urgent = says(n->type, "emergency");
	n->kind = kind_of(n->id, n->urgent);
	add_members(n, member);
	set_url(n);
	return 0;
}

static void
set_language(struct text *t, const char *expected)
{
	if (t->s != NULL)
		snprintf(t->lang, sizeof(t->lang), "%s", lang_detect(t->s, expected));
}

/* English is expected, but a record may stand in its original language until the WTO has translated it; its short texts are
 * then in the language of its long ones. */
static const char *
record_language(const struct notice *n)
{
	AUTO_BUF all = BUF_INIT;

	buf_adds(&all, n->title.s);
	buf_addc(&all, '\n');
	buf_adds(&all, n->description.s);
	return lang_detect(buf_str(&all), "en");
}

void
eping_finish(struct notice *n)
{
	struct text *const texts[] = { &n->title, &n->products, &n->description, &n->rationale, &n->relevant };
	const char *expected = record_language(n);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		set_language(texts[i], expected);
	if (n->title.s != NULL)
		notice_set_line(&n->language, n->title.lang);
	if (n->known & NOTICE_BIT(title))
		n->known |= NOTICE_BIT(language);
	n->known |= NOTICE_BIT(url) | NOTICE_BIT(variants) | NOTICE_BIT(vanished);
	notice_normalise(n);
}
