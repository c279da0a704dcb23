#include "symbol.h"

#include <stdio.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/limits.h"
#include "../base/sha.h"
#include "../base/utf8.h"

/* An id that is no symbol longer than this is cut and told apart by a hash: ids become subjects and trailers of commits. */
#define OTHER_MAX 160

static const char *const tail_names[] = { [TAIL_REV] = "Rev", [TAIL_ADD] = "Add", [TAIL_CORR] = "Corr", [TAIL_SUPPL] = "Suppl" };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alpha(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Blanks, the no-break space of sources that were not cleaned among them. */
static void
skip_blanks(const char **p)
{
	for (;;) {
		if (**p == ' ' || **p == '\t' || **p == '\r' || **p == '\n')
			*p += 1;
		else if ((*p)[0] == '\xC2' && (*p)[1] == '\xA0')
			*p += 2;
		else
			return;
	}
}

/* A word in any letter case at *p, which moves behind it. */
static bool
word(const char **p, const char *w)
{
	const char *q = *p;

	for (; *w != '\0'; w++, q++)
		if (upper(*q) != upper(*w))
			return false;
	*p = q;
	return true;
}

/* A slash with blanks around it. */
static bool
slash(const char **p)
{
	const char *q = *p;

	skip_blanks(&q);
	if (*q != '/')
		return false;
	q++;
	skip_blanks(&q);
	*p = q;
	return true;
}

/* A number of at most 'most' digits and not zero. */
static bool
number(const char **p, size_t most, unsigned *out)
{
	const char *q = *p;
	unsigned value = 0;

	for (; is_digit(*q) && (size_t)(q - *p) < most; q++)
		value = 10 * value + (unsigned)(*q - '0');
	if (q == *p || is_digit(*q) || value == 0)
		return false;
	*p = q;
	*out = value;
	return true;
}

static bool
letters(const char **p, size_t least, size_t most, char *out)
{
	size_t n = 0;

	while (n < most && is_alpha((*p)[n])) {
		out[n] = upper((*p)[n]);
		n++;
	}
	out[n] = '\0';
	if (n < least || is_alpha((*p)[n]))
		return false;
	*p += n;
	return true;
}

/* "/Add.1"; *p stays when there is none. */
static bool
tail(const char **p, struct symbol *s)
{
	const char *q = *p;
	unsigned n;

	if (s->tails == SYMBOL_TAILS || !slash(&q))
		return false;
	for (enum symbol_tail k = TAIL_REV; k <= TAIL_SUPPL; k++) {
		if (!word(&q, tail_names[k]))
			continue;
		skip_blanks(&q);
		q += *q == '.';
		skip_blanks(&q);
		if (!number(&q, 3, &n))
			return false;
		s->tail[s->tails].kind = k;
		s->tail[s->tails++].n = n;
		*p = q;
		return true;
	}
	return false;
}

/* A WTO symbol at *p, which moves behind it. */
static bool
scan_wto(const char **p, struct symbol *s)
{
	const char *q = *p;

	memset(s, 0, sizeof(*s));
	if (!word(&q, "G") || !slash(&q))
		return false;
	if (word(&q, "TBT"))
		strcpy(s->area, "TBT");
	else if (word(&q, "SPS"))
		strcpy(s->area, "SPS");
	else
		return false;
	if (!slash(&q) || !word(&q, "N") || !slash(&q) || !letters(&q, 2, 4, s->code) || !slash(&q) || !number(&q, 5, &s->number))
		return false;
	s->series = SYMBOL_WTO;
	while (tail(&q, s))
		continue;
	*p = q;
	return true;
}

/* "(NI)" behind the state code: the United Kingdom in respect of Northern Ireland. */
static void
scan_part(const char **p, struct symbol *s)
{
	const char *q = *p;
	char part[4];

	if (*q++ != '(' || !letters(&q, 2, 2, part) || *q++ != ')' || strlen(s->code) != 2)
		return;
	strcat(strcat(strcat(s->code, "("), part), ")");
	*p = q;
}

/* A TRIS number at *p. "2006/123/EC" and the like are acts of the Union, not notifications. */
static bool
scan_tris(const char **p, struct symbol *s)
{
	const char *q = *p;

	memset(s, 0, sizeof(*s));
	if (!number(&q, 4, &s->year) || s->year < 1980 || s->year > 2200 || !slash(&q))
		return false;
	if (!number(&q, 4, &s->number) || !slash(&q) || !letters(&q, 1, 3, s->code))
		return false;
	if (strcmp(s->code, "EC") == 0 || strcmp(s->code, "EU") == 0 || strcmp(s->code, "EEC") == 0)
		return false;
	scan_part(&q, s);
	s->series = SYMBOL_TRIS;
	*p = q;
	return true;
}

bool
symbol_parse(const char *text, struct symbol *out)
{
	const char *p = text;

	skip_blanks(&p);
	if (scan_wto(&p, out) || scan_tris(&p, out)) {
		skip_blanks(&p);
		if (*p == '\0')
			return true;
	}
	memset(out, 0, sizeof(*out));
	out->series = SYMBOL_OTHER;
	return false;
}

/* Without printf: paths are made of all ids of a store at once. */
static void
add_number(unsigned n, struct buf *out)
{
	char digits[3 * sizeof(n)], *p = digits + sizeof(digits);

	do {
		*--p = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buf_add(out, p, (size_t)(digits + sizeof(digits) - p));
}

/* The first 'tails' tails with a separator before each ("/" in symbols). */
static void
format_tails(const struct symbol *s, size_t tails, const char *first, const char *sep, struct buf *out)
{
	for (size_t i = 0; i < tails; i++)
		buf_addf(out, "%s%s.%u", i == 0 ? first : sep, tail_names[s->tail[i].kind], s->tail[i].n);
}

static void
format_some(const struct symbol *s, size_t tails, struct buf *out)
{
	if (s->series == SYMBOL_TRIS)
		buf_addf(out, "%04u/%04u/%s", s->year, s->number, s->code);
	else
		buf_addf(out, "G/%s/N/%s/%u", s->area, s->code, s->number);
	format_tails(s, tails, "/", "/", out);
}

void
symbol_format(const struct symbol *s, struct buf *out)
{
	format_some(s, s->tails, out);
}

/* What is no symbol: cleaned, in one line, of bounded length. */
static void
add_other(const char *text, size_t n, struct strv *out)
{
	AUTO_BUF clean = BUF_INIT;
	char hash[SHA256_HEX];
	size_t cut = OTHER_MAX;

	utf8_clean(text, n, false, &clean);
	if (clean.len == 0)
		return;
	if (clean.len > OTHER_MAX) {
		sha256_hex(clean.data, clean.len, hash);
		while (cut > 0 && ((unsigned char)clean.data[cut] & 0xC0) == 0x80)
			cut--;
		buf_truncate(&clean, cut);
		buf_trim(&clean);
		buf_addf(&clean, " %.16s", hash);
	}
	if (!strv_has(out, buf_str(&clean)))
		strv_add(out, buf_str(&clean));
}

static void
add_part(const char *part, struct strv *out)
{
	AUTO_BUF canonical = BUF_INIT;
	struct symbol s;

	if (!symbol_parse(part, &s)) {
		add_other(part, strlen(part), out);
		return;
	}
	symbol_format(&s, &canonical);
	if (!strv_has(out, buf_str(&canonical)))
		strv_add(out, buf_str(&canonical));
}

void
symbol_split(const char *field, struct strv *out)
{
	AUTO_BUF clean = BUF_INIT;
	AUTO_STRV parts = STRV_INIT;
	struct symbol s;
	bool any = false;

	utf8_clean(field, strlen(field), true, &clean);
	strv_split(&parts, buf_str(&clean), ",;\n");
	for (size_t i = 0; i < parts.n && !any; i++)
		any = symbol_parse(parts.v[i], &s);
	if (!any) {	/* nothing here is known to separate symbols */
		add_other(field, strlen(field), out);
		return;
	}
	for (size_t i = 0; i < parts.n && out->n < LIMIT_SYMBOLS; i++)
		add_part(parts.v[i], out);
}

void
symbol_base(const char *id, struct buf *out)
{
	struct symbol s;

	if (symbol_parse(id, &s))
		format_some(&s, 0, out);
	else
		buf_adds(out, id);
}

void
symbol_parent(const char *id, struct buf *out)
{
	struct symbol s;

	if (symbol_parse(id, &s))
		format_some(&s, s.tails > 0 ? s.tails - 1 : 0, out);
	else
		buf_adds(out, id);
}

/* "UK(NI)" as a folder: "UK-NI". */
static void
add_state(const char *code, struct buf *out)
{
	for (; *code != '\0'; code++)
		if (*code != ')')
			buf_addc(out, *code == '(' ? '-' : *code);
}

void
symbol_path(const char *id, struct buf *out)
{
	char hash[SHA256_HEX];
	struct symbol s;

	if (!symbol_parse(id, &s)) {
		sha256_hex(id, strlen(id), hash);
		buf_addf(out, "eping/other/%.16s", hash);
		return;
	}
	if (s.series == SYMBOL_TRIS) {
		buf_addf(out, "tris/%04u/", s.year);
		add_state(s.code, out);
		buf_addf(out, "/%04u/", s.number);
	} else {
		buf_adds(out, "eping/");
		buf_adds(out, s.area);
		buf_addc(out, '/');
		buf_adds(out, s.code);
		buf_addc(out, '/');
		add_number(s.number / 100, out);
		buf_adds(out, "xx/");
		add_number(s.number, out);
		buf_addc(out, '/');
	}
	if (s.tails == 0)
		buf_adds(out, "notification");
	format_tails(&s, s.tails, "", "-", out);
}

static int
cmp_unsigned(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

/* What hangs on a document comes before the revision that replaces it. */
static unsigned
tail_rank(enum symbol_tail kind)
{
	return kind == TAIL_REV ? SYMBOL_TAILS : (unsigned)kind;
}

static int
cmp_tails(const struct symbol *a, const struct symbol *b)
{
	int c = 0;

	for (size_t i = 0; c == 0 && i < a->tails && i < b->tails; i++) {
		c = cmp_unsigned(tail_rank(a->tail[i].kind), tail_rank(b->tail[i].kind));
		if (c == 0)
			c = cmp_unsigned(a->tail[i].n, b->tail[i].n);
	}
	return c != 0 ? c : cmp_unsigned((unsigned)a->tails, (unsigned)b->tails);
}

int
symbol_cmp(const char *a, const char *b)
{
	struct symbol x, y;
	int c;

	symbol_parse(a, &x);
	symbol_parse(b, &y);
	if (x.series == SYMBOL_OTHER && y.series == SYMBOL_OTHER)
		return strcmp(a, b);
	if ((c = cmp_unsigned(x.series, y.series)) != 0 || (c = strcmp(x.area, y.area)) != 0 ||
	    (c = cmp_unsigned(x.year, y.year)) != 0 || (c = strcmp(x.code, y.code)) != 0 || (c = cmp_unsigned(x.number, y.number)) != 0)
		return c;
	return cmp_tails(&x, &y);
}

/* Not inside a longer word, number or path. */
static bool
boundary(char c)
{
	return !is_alpha(c) && !is_digit(c) && c != '/';
}

static bool
mention(const char **p, struct symbol *s)
{
	const char *q = *p;

	if (upper(*q) == 'G' && scan_wto(&q, s)) {
		*p = q;
		return true;
	}
	if (is_digit(*q) && scan_tris(&q, s) && member_of_code(s->code, true)[0] != '\0' && boundary(*q)) {
		*p = q;
		return true;
	}
	return false;
}

void
symbol_mentions(const char *text, struct strv *out)
{
	const char *p = text;
	char before = ' ';

	while (*p != '\0') {
		const char *start = p;
		struct symbol s;

		if (boundary(before) && mention(&p, &s)) {
			AUTO_BUF canonical = BUF_INIT;

			symbol_format(&s, &canonical);
			if (!strv_has(out, buf_str(&canonical)) && out->n < LIMIT_LIST)
				strv_add(out, buf_str(&canonical));
		}
		if (p == start)
			p++;
		before = p[-1];
	}
}
