#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "alloc.h"
#include "buf.h"
#include "cleanup.h"
#include "utf8_code.h"

#define MAX_MARKS 30	/* combining marks on one character; Unicode's stream-safe form (UAX 15) has the same bound */

size_t
utf8_decode(const char *s, size_t n, int32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char low = 0x80, high = 0xbf;
	size_t more, i;

	*cp = p[0];
	if (p[0] < 0x80)
		return 1;
	more = p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : 1;
	if (p[0] < 0xc2 || p[0] > 0xf4) {
		*cp = UTF8_BROKEN;
		return 1;
	}
	if (p[0] == 0xe0)
		low = 0xa0;	/* below: overlong */
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xed)
		high = 0x9f;	/* above: surrogates */
	else if (p[0] == 0xf4)
		high = 0x8f;	/* above: past U+10FFFF */
	*cp = p[0] & (0x3f >> more);
	for (i = 1; i <= more; i++, low = 0x80, high = 0xbf) {
		if (i >= n || p[i] < low || p[i] > high) {
			*cp = UTF8_BROKEN;
			return i;
		}
		*cp = *cp << 6 | (p[i] & 0x3f);
	}
	return i;
}

void
utf8_encode(int32_t cp, struct buf *out)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(cp, bytes);

	buf_add(out, bytes, (size_t)n);
}

size_t
utf8_ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t word;

	for (; i + sizeof(word) <= n; i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (i < n && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

bool
utf8_valid(const char *s, size_t n)
{
	int32_t cp;

	if (memchr(s, '\0', n) != NULL)
		return false;
	for (size_t i = utf8_ascii_run(s, n); i < n; ) {
		i += utf8_decode(s + i, n - i, &cp);
		if (cp == UTF8_BROKEN)
			return false;
		if (i < n && (unsigned char)s[i] < 0x80)
			i += utf8_ascii_run(s + i, n - i);
	}
	return true;
}

bool
utf8_likely(const char *s, size_t n)
{
	size_t sound = 0, broken = 0;
	int32_t cp;

	if (memchr(s, '\0', n) != NULL)	/* UTF-16 may have got so far */
		return false;
	for (size_t i = utf8_ascii_run(s, n); i < n; ) {
		i += utf8_decode(s + i, n - i, &cp);
		broken += cp == UTF8_BROKEN;
		sound += cp >= 0x80;
		if (i < n && (unsigned char)s[i] < 0x80)
			i += utf8_ascii_run(s + i, n - i);
	}
	return broken == 0 || sound > 2 * broken;
}

size_t
utf8_next(const char *s, int32_t *cp)
{
	size_t n;

	*cp = (unsigned char)*s;
	if (*cp < 0x80)
		return *cp != 0;
	n = utf8_decode(s, strnlen(s, 4), cp);
	if (*cp == UTF8_BROKEN)
		*cp = 0xfffd;
	return n;
}

bool
utf8_is_hidden(int32_t cp)
{
	static const struct { int32_t from, to; } hidden[] = {
		{ 0x00ad, 0x00ad }, { 0x061c, 0x061c }, { 0x180e, 0x180e }, { 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f },
		{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]) && cp >= hidden[i].from; i++)
		if (cp <= hidden[i].to)
			return true;
	return false;
}

static bool
is_blank(int32_t cp)
{
	return cp == '\t' || cp == ' ' || cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x205f ||
	    cp == 0x3000;
}

static bool
is_line_end(int32_t cp)
{
	return (cp >= '\n' && cp <= '\r') || cp == 0x2028 || cp == 0x2029;
}

static bool
is_control(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f);
}

/* Can a text with this character differ from its NFC? False for the blocks that make up most texts: what lies in them neither
 * decomposes nor combines with what stands before it. */
static bool
may_compose(int32_t cp)
{
	return cp >= 0x300 && !(cp >= 0x388 && cp <= 0x482) && !(cp >= 0x2010 && cp <= 0x20cf) && !(cp >= 0x4e00 && cp <= 0x9fff) &&
	    cp != 0xfffd;
}

struct cleaner {
	struct buf *out;
	size_t start;		/* of our text in out */
	bool keep_lines, compose;
	unsigned marks;		/* combining marks since the last other character */
};

static void
add_blank(struct cleaner *c, char blank)
{
	char last;

	if (c->out->len == c->start)
		return;
	last = c->out->data[c->out->len - 1];
	if (last == ' ' && blank == '\n')
		c->out->data[c->out->len - 1] = '\n';
	else if (last != ' ' && last != '\n')
		buf_addc(c->out, blank);
}

static void
drop_carriage_return(struct cleaner *c)
{
	static const char literal[] = "_x000D_";
	size_t n = sizeof(literal) - 1, len = c->out->len;

	if (len - c->start < n || memcmp(c->out->data + len - n, literal, n) != 0)
		return;
	buf_truncate(c->out, len - n);
	c->marks = MAX_MARKS;	/* what it stood between must not join into one long run of marks */
}

static void
add_other(struct cleaner *c, int32_t cp)
{
	if (cp == UTF8_BROKEN)
		cp = 0xfffd;
	if (may_compose(cp)) {
		c->compose = true;
		if (utf8proc_get_property(cp)->combining_class == 0)
			c->marks = 0;
		else if (++c->marks > MAX_MARKS)
			return;		/* utf8proc sorts a run of marks in quadratic time */
	} else {
		c->marks = 0;
	}
	utf8_encode(cp, c->out);
}

static void
clean_one(struct cleaner *c, int32_t cp)
{
	if (is_line_end(cp))
		add_blank(c, c->keep_lines ? '\n' : ' ');
	else if (is_blank(cp))
		add_blank(c, ' ');
	else if (cp != UTF8_BROKEN && (is_control(cp) || utf8_is_hidden(cp)))
		return;
	else
		add_other(c, cp);
	if (cp == '_')
		drop_carriage_return(c);
}

static void
compose(struct cleaner *c)
{
	AUTO_FREE utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n;

	n = utf8proc_map((const utf8proc_uint8_t *)c->out->data + c->start, (utf8proc_ssize_t)(c->out->len - c->start), &nfc,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n < 0)
		return;		/* out of memory: the text is valid */
	buf_truncate(c->out, c->start);
	buf_add(c->out, nfc, (size_t)n);
}

static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7f && c != '_';
}

/* Bytes that go over as they are: ASCII without controls and '_', and single blanks inside. */
static size_t
plain_run(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (is_plain(s[i]) || (s[i] == ' ' && i > 0 && i + 1 < n && is_plain(s[i + 1]))))
		i++;
	return i;
}

void
utf8_clean(const char *s, size_t n, bool keep_lines, struct buf *out)
{
	struct cleaner c = { .out = out, .start = out->len, .keep_lines = keep_lines };
	int32_t cp;

	for (size_t i = 0, run; i < n; ) {
		run = plain_run(s + i, n - i);
		if (run > 0) {
			buf_add(out, s + i, run);
			c.marks = 0;
			i += run;
			continue;
		}
		i += utf8_decode(s + i, n - i, &cp);
		clean_one(&c, cp);
	}
	if (out->len > c.start && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '\n'))
		buf_truncate(out, out->len - 1);
	if (c.compose)
		compose(&c);
}
