#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "utf8.h"
#include "utf8_code.h"
#include "xml.h"
#include "xml_role.h"

#define NAME_MAX_LENGTH 40	/* of a tag or an entity; the longest of HTML are "blockquote" and "thetasym" */

/* A tag as found: name in lower case, its end behind '>'. */
struct tag {
	char name[NAME_MAX_LENGTH];
	bool closing;
	size_t end;
};

struct fragment {
	const char *text;
	size_t n;
	bool html;		/* it holds an element that breaks lines: its own line ends are then blanks */
	size_t next_close;	/* the first '>' behind the place that was last asked for, n without one: each is searched for once */
	bool no_comment_end;	/* there is no "-->" any more */
	struct buf *out;
};

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == ':' || c == '-' || c == '_';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

/* Behind "name=value" at i, quotes honoured; i itself when there is none. */
static size_t
attribute_end(const struct fragment *f, size_t i)
{
	size_t start = i;
	const char *close;

	while (i < f->n && is_name(f->text[i]))
		i++;
	if (i == start || i >= f->n || f->text[i] != '=')
		return start;
	i++;
	if (i < f->n && (f->text[i] == '"' || f->text[i] == '\'')) {
		close = memchr(f->text + i + 1, f->text[i], f->n - i - 1);
		return close != NULL ? (size_t)(close - f->text) + 1 : start;
	}
	while (i < f->n && !is_blank(f->text[i]) && f->text[i] != '>')
		i++;
	return i;
}

/* What follows the name of a tag: attributes, the last '/', '>'. A known element may have anything before '>'; an unknown name is a
 * tag only when all that follows are attributes, so that "x <y and z> 3" stays text. False when it is no tag. */
static bool
tag_rest(const struct fragment *f, size_t i, bool known, size_t *end)
{
	while (i < f->n) {
		size_t next;

		if (f->text[i] == '>') {
			*end = i + 1;
			return true;
		}
		next = attribute_end(f, i);
		if (next == i && !known && !is_blank(f->text[i]) && f->text[i] != '/')
			return false;
		if (next == i)
			for (next++; next < f->n && is_name(f->text[next - 1]) && is_name(f->text[next]); next++)
				continue;	/* a bare name, passed at once */
		i = next;
	}
	return false;
}

/* Reads a tag at text[i] == '<'. */
static bool
read_tag(const struct fragment *f, size_t i, struct tag *tag)
{
	size_t n = 0;

	tag->closing = i + 1 < f->n && f->text[i + 1] == '/';
	i += tag->closing ? 2 : 1;
	if (i >= f->n || !isalpha((unsigned char)f->text[i]))
		return false;
	for (; i < f->n && is_name(f->text[i]); i++) {
		if (n + 1 >= sizeof(tag->name))
			return false;
		tag->name[n++] = (char)tolower((unsigned char)f->text[i]);
	}
	tag->name[n] = '\0';
	if (i < f->n && !is_blank(f->text[i]) && f->text[i] != '/' && f->text[i] != '>')
		return false;
	return tag_rest(f, i, htmlTagLookup((const xmlChar *)tag->name) != NULL, &tag->end);
}

/* Behind the comment at text[i]; i when it does not end. */
static size_t
comment_end(struct fragment *f, size_t i)
{
	const char *end = f->no_comment_end ? NULL : memmem(f->text + i + 4, f->n - i - 4, "-->", 3);

	f->no_comment_end = end == NULL;
	return end != NULL ? (size_t)(end - f->text) + 3 : i;
}

/* Behind a comment or declaration at text[i], "<!"; i when it is neither or does not end. There is a '>' behind i. */
static size_t
declaration_end(struct fragment *f, size_t i)
{
	char c = f->text[i + 2];

	if (strncmp(f->text + i, "<!--", 4) == 0)
		return comment_end(f, i);
	if (!isalpha((unsigned char)c) && c != '[')
		return i;
	return (size_t)(strchr(f->text + i, '>') - f->text) + 1;
}

/* Behind the end tag of a hidden element, the end of the text when there is none. */
static size_t
hidden_end(const struct fragment *f, size_t i, const char *name)
{
	size_t n = strlen(name);

	for (; i + n + 2 <= f->n; i++) {
		const char *close;

		if (f->text[i] != '<' || f->text[i + 1] != '/' || strncasecmp(f->text + i + 2, name, n) != 0)
			continue;
		close = memchr(f->text + i, '>', f->n - i);
		return close != NULL ? (size_t)(close - f->text) + 1 : f->n;
	}
	return f->n;
}

/* HTML reads the C1 numbers as windows-1252. */
static int32_t
mend_number(long cp)
{
	static const uint16_t windows[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d,
		0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd,
		0x017e, 0x0178,
	};

	if (cp >= 0x80 && cp <= 0x9f)
		return windows[cp - 0x80];
	return cp <= 0 || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff) ? 0xfffd : (int32_t)cp;
}

static bool
number_of(const char *digits, int32_t *cp)
{
	int base = digits[0] == 'x' || digits[0] == 'X' ? 16 : 10;
	long value = 0;

	digits += base == 16;
	if (*digits == '\0')
		return false;
	for (; *digits != '\0'; digits++) {
		int c = tolower((unsigned char)*digits);
		int digit = isdigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : base;

		if (digit >= base)
			return false;
		value = value > 0x110000 ? value : value * base + digit;
	}
	*cp = mend_number(value);
	return true;
}

static bool
entity_of(const char *name, int32_t *cp)
{
	const htmlEntityDesc *entity;

	if (name[0] == '#')
		return number_of(name + 1, cp);
	entity = htmlEntityLookup((const xmlChar *)name);
	if (entity != NULL)
		*cp = (int32_t)entity->value;
	return entity != NULL;
}

/* Appends the character that the reference at text[i] == '&' stands for; returns its length, 0 when it is none. */
static size_t
add_reference(const struct fragment *f, size_t i)
{
	char name[NAME_MAX_LENGTH];
	size_t n = 0;
	int32_t cp;

	for (i++; i + n < f->n && n + 1 < sizeof(name) && (isalnum((unsigned char)f->text[i + n]) || f->text[i + n] == '#'); n++)
		name[n] = f->text[i + n];
	name[n] = '\0';
	if (i + n >= f->n || f->text[i + n] != ';' || !entity_of(name, &cp))
		return 0;
	utf8_encode(cp, f->out);
	return n + 2;
}

static void
add_plain(const struct fragment *f, size_t i, size_t n)
{
	if (f->html)
		xml_add_flow(f->text + i, n, f->out);
	else
		buf_add(f->out, f->text + i, n);
}

/* Is there a '>' behind i? */
static bool
is_closed(struct fragment *f, size_t i)
{
	const char *close;

	if (f->next_close <= i) {
		close = memchr(f->text + i, '>', f->n - i);
		f->next_close = close != NULL ? (size_t)(close - f->text) : f->n;
	}
	return f->next_close < f->n;
}

/* Passes the mark-up at text[i] == '<'; returns behind it, i when it is text. */
static size_t
pass_markup(struct fragment *f, size_t i)
{
	struct tag tag;
	enum xml_role role;

	if (!is_closed(f, i))
		return i;
	if (i + 1 < f->n && f->text[i + 1] == '!')
		return declaration_end(f, i);
	if (!read_tag(f, i, &tag))
		return i;
	role = xml_role_of(tag.name);
	if (role == XML_ROLE_BLOCK || role == XML_ROLE_BREAK)
		f->html = true;
	if (role == XML_ROLE_HIDDEN)
		return tag.closing ? tag.end : hidden_end(f, tag.end, tag.name);
	xml_separate(role, f->out, 0);
	return tag.end;
}

static void
read_fragment(struct fragment *f)
{
	for (size_t i = 0, run, next; i < f->n; i += run) {
		run = strcspn(f->text + i, "<&");
		add_plain(f, i, run);
		i += run;
		run = 0;
		if (i >= f->n)
			return;
		if (f->text[i] == '&') {
			run = add_reference(f, i);
		} else {
			next = pass_markup(f, i);
			run = next - i;
		}
		if (run == 0) {
			add_plain(f, i, 1);
			run = 1;
		}
	}
}

void
xml_fragment_text(const char *html, bool keep_lines, struct buf *out)
{
	AUTO_BUF text = BUF_INIT;
	struct fragment f = { .text = html, .n = strlen(html), .out = &text };

	read_fragment(&f);
	if (f.html) {	/* read again, knowing from the first byte that line ends are blanks */
		buf_reset(&text);
		f.next_close = 0;
		f.no_comment_end = false;
		read_fragment(&f);
	}
	utf8_clean(buf_str(&text), text.len, keep_lines, out);
}
