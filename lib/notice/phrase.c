#include "phrase.h"

#include <stdlib.h>
#include <string.h>

#include "../base/alloc.h"

enum { OTHER, LETTER, DIGIT };

/* U+00C0 to U+00DF without accents, in lower case; U+00E0 to U+00FF are the same letters (but for the last). */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts";

/* The kind of the character at s, its length in bytes, and its folded form (0: its bytes as they are). */
static int
classify(const char *s, size_t n, size_t *len, char *folded)
{
	unsigned char c = (unsigned char)*s, d = n > 1 ? (unsigned char)s[1] : 0;

	*len = 1;
	*folded = (char)c;
	if (c >= '0' && c <= '9')
		return DIGIT;
	if (c >= 'A' && c <= 'Z')
		*folded = (char)(c + 'a' - 'A');
	if (c < 0x80)
		return (*folded >= 'a' && *folded <= 'z') ? LETTER : OTHER;
	*len = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (*len > n)
		*len = n;
	if (c == 0xc3 && d >= 0x80) {
		*folded = latin[d & 0x1f];
		return *folded == ' ' ? OTHER : LETTER;
	}
	*folded = 0;
	return c == 0xc2 || c == 0xe2 || c == 0xe3 || c == 0xef ? OTHER : LETTER;
}

static bool
upper(const char *s)
{
	return (*s >= 'A' && *s <= 'Z') || ((unsigned char)s[0] == 0xc3 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] < 0x9f);
}

/* Does a full stop behind this word belong to it, as in "U.S." and "No."? */
static bool
abbreviated(const struct word *w)
{
	static const char *const known[] = { "no", "art", "arts", "nos", "reg", "sec", "mr", "ms", "dr", "st" };

	if (w->s[1] == '\0')
		return true;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(w->s, known[i]) == 0)
			return true;
	return false;
}

/* Does a sentence end in what stands between two words? */
static bool
ends_between(const struct word *last, const char *next)
{
	for (const char *p = last->to; p < next; p++) {
		if (*p == '\n' || *p == ';' || *p == '!' || *p == '?')
			return true;
		if (*p == '.' && upper(next) && !abbreviated(last))
			return true;
	}
	return false;
}

/* Bytes of a web address at s: to the next blank; 0 when none begins here. */
static size_t
address(const char *s, size_t n)
{
	size_t i = 0;

	if (n < 4 || (memcmp(s, "://", 3) != 0 && memcmp(s, "www.", 4) != 0))
		return 0;
	while (i < n && s[i] != ' ' && s[i] != '\n')
		i++;
	return i;
}

static void
add_word(struct words *w, const char *folded, const char *from, const char *to)
{
	struct word *last = w->n > 0 ? &w->v[w->n - 1] : NULL;
	bool first = last == NULL || ends_between(last, from);

	w->v = xgrow(w->v, w->n, &w->cap, sizeof(*w->v));
	w->v[w->n++] = (struct word){ folded, from, to, 0, first };
}

void
words_read(const char *text, size_t n, struct words *out)
{
	const char *end = text + n, *p = text;
	char *f;

	*out = (struct words)WORDS_INIT;
	f = out->folded = xmalloc(2 * n + 1);	/* each word and its NUL */
	while (p < end) {
		size_t len, skipped = address(p, (size_t)(end - p));
		const char *from = p;
		char c, *folded = f;
		int kind;

		if (skipped > 0) {
			if (*p == ':' && out->n > 0 && out->v[out->n - 1].to == p)
				out->n--;	/* "https" */
			p += skipped;
			continue;
		}
		kind = classify(p, (size_t)(end - p), &len, &c);
		if (kind == OTHER) {
			p += len;
			continue;
		}
		while (p < end && classify(p, (size_t)(end - p), &len, &c) == kind) {
			if (c != 0)
				*f++ = c;
			else
				f = (char *)memcpy(f, p, len) + len;
			p += len;
		}
		*f++ = '\0';
		add_word(out, folded, from, p);
	}
}

void
words_clear(struct words *w)
{
	free(w->v);
	free(w->folded);
	*w = (struct words)WORDS_INIT;
}

size_t
words_sentence(const struct words *w, size_t from)
{
	size_t to = from + 1;

	while (to < w->n && !w->v[to].first)
		to++;
	return to;
}

/* ---- dates ---- */

/* Month of a word: names and usual abbreviations; 0 for none. */
static int
month_of(const char *s)
{
	static const struct { const char *name; int month; } months[] = {
		{ "january", 1 }, { "jan", 1 }, { "janvier", 1 }, { "janv", 1 }, { "enero", 1 }, { "ene", 1 },
		{ "february", 2 }, { "feb", 2 }, { "fevrier", 2 }, { "fevr", 2 }, { "febrero", 2 },
		{ "march", 3 }, { "mar", 3 }, { "mars", 3 }, { "marzo", 3 }, { "april", 4 }, { "apr", 4 }, { "avril", 4 }, { "abril", 4 }, { "abr", 4 },
		{ "may", 5 }, { "mai", 5 }, { "mayo", 5 }, { "june", 6 }, { "jun", 6 }, { "juin", 6 }, { "junio", 6 },
		{ "july", 7 }, { "jul", 7 }, { "juillet", 7 }, { "juil", 7 }, { "julio", 7 },
		{ "august", 8 }, { "aug", 8 }, { "aout", 8 }, { "agosto", 8 }, { "ago", 8 },
		{ "september", 9 }, { "sept", 9 }, { "sep", 9 }, { "septembre", 9 }, { "septiembre", 9 }, { "setiembre", 9 },
		{ "october", 10 }, { "oct", 10 }, { "octobre", 10 }, { "octubre", 10 },
		{ "november", 11 }, { "nov", 11 }, { "novembre", 11 }, { "noviembre", 11 },
		{ "december", 12 }, { "dec", 12 }, { "decembre", 12 }, { "diciembre", 12 }, { "dic", 12 },
	};

	for (size_t i = 0; i < sizeof(months) / sizeof(*months); i++)
		if (s[0] == months[i].name[0] && strcmp(s, months[i].name) == 0)
			return months[i].month;
	return 0;
}

/* The value of a word of at most 'max' figures, -1 for another. */
static int
figures(const struct words *w, size_t i, size_t to, size_t max)
{
	size_t n;

	if (i >= to || w->v[i].s[0] < '0' || w->v[i].s[0] > '9')
		return -1;
	n = strlen(w->v[i].s);
	return n <= max ? atoi(w->v[i].s) : -1;
}

static int
year_at(const struct words *w, size_t i, size_t to)
{
	int year = figures(w, i, to, 4);

	return year >= 1900 && year <= 2200 ? year : -1;
}

static bool
is_any(const struct words *w, size_t i, size_t to, const char *const *list)
{
	if (i >= to)
		return false;
	for (; *list != NULL; list++)
		if (strcmp(w->v[i].s, *list) == 0)
			return true;
	return false;
}

static const char *const ordinals[] = { "st", "nd", "rd", "th", "er", "ro", "o", NULL };
static const char *const links[] = { "of", "de", "del", NULL };
static const char *const link_day[] = { "day", NULL };

static size_t
make(int year, int month, int day, size_t taken, struct date *out)
{
	if (!date_valid(year, month, day))
		return 0;
	*out = (struct date){ (int16_t)year, (int8_t)month, (int8_t)day };
	return taken;
}

/* "29th (day) of September, 2025", "29 de septiembre de 2025". */
static size_t
day_month_year(const struct words *w, size_t i, size_t to, struct date *out)
{
	int day = figures(w, i, to, 2), month, year;
	size_t at = i + 1;

	if (day < 1)
		return 0;
	at += is_any(w, at, to, ordinals);
	at += is_any(w, at, to, link_day);
	at += is_any(w, at, to, links);
	month = at < to ? month_of(w->v[at].s) : 0;
	if (month == 0)
		return 0;
	at++;
	at += is_any(w, at, to, links);
	year = year_at(w, at, to);
	return year < 0 ? 0 : make(year, month, day, at + 1 - i, out);
}

/* "September 29th, 2025". */
static size_t
month_day_year(const struct words *w, size_t i, size_t to, struct date *out)
{
	int day = figures(w, i + 1, to, 2), month, year;
	size_t at = i + 1;

	if (day < 1)	/* looked at first: few words stand before a number */
		return 0;
	month = month_of(w->v[i].s);
	if (month == 0)
		return 0;
	at++;
	at += is_any(w, at, to, ordinals);
	year = year_at(w, at, to);
	return year < 0 ? 0 : make(year, month, day, at + 1 - i, out);
}

/* The one character that joins word i and the next into a figure, 0 when it is another or there are several. */
static char
between(const struct words *w, size_t i)
{
	char c;

	if (i + 1 >= w->n || w->v[i + 1].s[0] > '9')
		return 0;
	c = *w->v[i].to;
	return w->v[i + 1].from == w->v[i].to + 1 && (c == '/' || c == '-' || c == '.') ? c : 0;
}

/* "29/09/2025", "2025-09-29"; not a part of a longer figure, as versions and paragraphs have. */
static size_t
in_figures(const struct words *w, size_t i, size_t to, struct date *out)
{
	int a, b, c;
	char joint;
	size_t n;

	if (i + 3 > to)
		return 0;
	joint = between(w, i);
	if (joint == 0 || between(w, i + 1) != joint || between(w, i + 2) == joint || (i > 0 && between(w, i - 1) == joint))
		return 0;
	if (year_at(w, i, to) > 0)
		return make(year_at(w, i, to), figures(w, i + 1, to, 2), figures(w, i + 2, to, 2), 3, out);
	a = figures(w, i, to, 2);
	b = figures(w, i + 1, to, 2);
	c = year_at(w, i + 2, to);
	n = make(c, b, a, 3, out);
	return n > 0 ? n : make(c, a, b, 3, out);
}

size_t
words_date(const struct words *w, size_t i, size_t to, struct date *out)
{
	size_t n;

	*out = DATE_NONE;
	if (i >= to)
		return 0;
	if (w->v[i].s[0] > '9')
		return month_day_year(w, i, to, out);
	n = day_month_year(w, i, to, out);
	return n > 0 ? n : in_figures(w, i, to, out);
}

bool
phrase_date(const char *text, struct date *out, size_t *at, size_t *len)
{
	AUTO_WORDS w = WORDS_INIT;
	size_t n;

	words_read(text, strlen(text), &w);
	for (size_t i = 0; i < w.n; i++) {
		n = words_date(&w, i, w.n, out);
		if (n == 0)
			continue;
		if (at != NULL)
			*at = (size_t)(w.v[i].from - text);
		if (len != NULL)
			*len = (size_t)(w.v[i + n - 1].to - w.v[i].from);
		return true;
	}
	*out = DATE_NONE;
	return false;
}

/* ---- patterns ---- */

/* Does the word fit one of the alternatives, n bytes in all? */
static bool
word_is(const struct word *w, const char *element, size_t n)
{
	const char *end = element + n;

	while (element < end) {
		const char *s = w->s;

		if (*element == '@' && (w->classes & (1u << (element[1] - 'a'))) != 0)
			return true;
		while (element < end && *element == *s && *s != '\0')
			element++, s++;
		if (element == end || *element == '|') {
			if (*s == '\0')
				return true;
		} else if (*element == '*') {
			return true;
		}
		while (element < end && *element++ != '|')
			continue;
	}
	return false;
}

/* How many words a gap element may stand for, -1 for another element. */
static int
gap(const char *element, size_t n)
{
	if (*element == '_')
		return 2;
	if (*element == '~')
		return n == 2 ? 14 : 5;
	return -1;
}

static bool
match(const struct words *w, size_t i, size_t to, const char *p, size_t *end)
{
	struct date d;
	size_t n, taken;
	int room;

	while (*p == ' ')
		p++;
	*end = i;
	if (*p == '\0')
		return true;
	if (*p == '$')
		return i == to;
	for (n = 1; p[n] != ' ' && p[n] != '\0'; n++)
		continue;
	room = gap(p, n);
	for (int j = 0; room >= 0 && j <= room && i + (size_t)j <= to; j++)
		if (match(w, i + (size_t)j, to, p + n, end))
			return true;
	if (room >= 0)
		return false;
	taken = n == 2 && memcmp(p, "@d", 2) == 0 ? words_date(w, i, to, &d) : i < to && word_is(&w->v[i], p, n);
	return taken > 0 && match(w, i + taken, to, p + n, end);
}

/* With what a match of the pattern can begin: bits of first letters, and classes. Most words need then not be compared at all. */
struct head {
	uint32_t letters, classes;
};

static struct head
head_of(const char *p)
{
	static const struct head any = { UINT32_MAX, UINT32_MAX };
	struct head h = { 0, 0 };

	while (*p == ' ')
		p++;
	for (;; p++) {
		if (*p == '@' && p[1] >= 'a' && p[1] <= 'z' && p[1] != 'd')
			h.classes |= 1u << (p[1] - 'a');
		else if (*p >= 'a' && *p <= 'z')
			h.letters |= 1u << (*p - 'a');
		else
			return any;
		p += strcspn(p, "| ");
		if (*p != '|')
			return h;
	}
}

static bool
can_begin(const struct head *h, const struct word *w)
{
	char c = w->s[0];

	return c < 'a' || c > 'z' || (h->letters & (1u << (c - 'a'))) != 0 || (h->classes & w->classes) != 0;
}

bool
phrase_find(const struct words *w, size_t from, size_t to, const char *pattern, size_t *start, size_t *end)
{
	bool anchored = *pattern == '^';
	struct head head = head_of(pattern + anchored);
	size_t stop;

	for (size_t i = from; i < to; i++) {
		if (can_begin(&head, &w->v[i]) && match(w, i, to, pattern + anchored, &stop)) {
			if (start != NULL)
				*start = i;
			if (end != NULL)
				*end = stop;
			return true;
		}
		if (anchored)
			break;
	}
	return false;
}
