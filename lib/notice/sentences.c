#include <string.h>

#include "../base/alloc.h"
#include "../base/utf8.h"
#include "canon.h"

/* Never the end of a sentence, whatever follows. */
static const char *const abbreviations[] = {
	"approx", "bzw", "ca", "cf", "cfr", "dr", "eds", "ggf", "incl", "ing", "lic", "mr", "mrs", "ms", "prof", "ref", "reg", "regs", "resp",
	"st", "tel", "vgl", "viz", "vs"
};

/* Not the end of a sentence before a number, a bracket or a Roman number. */
static const char *const counters[] = {
	"abs", "add", "al", "anh", "annex", "app", "apr", "art", "arts", "artt", "aug", "cap", "ch", "chap", "corr", "dec", "doc", "ed",
	"feb", "fig", "figs", "jan", "jul", "jun", "lett", "mar", "max", "min", "no", "nos", "nov", "nr", "nrs", "num", "n\xC3\xBAm", "oct",
	"odst", "ord", "p", "par", "para", "paras", "pkt", "pos", "poz", "pp", "pt", "res", "rev", "s", "sec", "sect", "sep", "sept", "suppl",
	"tab", "ust", "vol", "ziff"
};

/* After "3." these make a date, in languages that write ordinals with a full stop and months with a capital. */
static const char *const months[] = {
	"januar", "j\xC3\xA4nner", "februar", "m\xC3\xA4rz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
	"dezember"
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static bool
listed(const char *const *list, size_t count, const char *s, size_t n)
{
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (k < n && list[i][k] != '\0' && list[i][k] == lower(s[k]))
			k++;
		if (k == n && list[i][k] == '\0')
			return true;
	}
	return false;
}

/* A lower-case letter of Latin, Greek or Cyrillic. */
static bool
is_lower(int32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z';
	if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17e))
		return cp % 2 == 0;
	if (cp >= 0x100 && cp <= 0x17f)
		return cp % 2 == 1;
	return (cp >= 0xdf && cp <= 0xff) || (cp >= 0x3ac && cp <= 0x3ce) || (cp >= 0x430 && cp <= 0x45f);
}

/* A sentence may begin at s: not with a small letter or a mark that continues. */
static bool
may_begin(const char *s, size_t n)
{
	char head[5] = "";
	int32_t cp;

	memcpy(head, s, n < 4 ? n : 4);
	utf8_next(head, &cp);
	return !is_lower(cp) && strchr(" ,;:.!?)]/%&+=|", head[0]) == NULL;
}

/* "7", "(EU)", "IV" */
static bool
counts(const char *s, size_t n)
{
	size_t i = 0;

	if (n == 0 || is_digit(*s) || *s == '(')
		return n > 0;
	while (i < n && strchr("IVXLC", s[i]) != NULL)
		i++;
	return i > 0 && (i == n || !is_letter(s[i]));
}

/* "1", "3.2" */
static bool
is_number(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_digit(s[i]) && s[i] != '.')
			return false;
	return n > 0;
}

/* "J", "U.S", "e.g", "z.B": letters one at a time. */
static bool
is_initials(const char *s, size_t n)
{
	size_t run = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '.') {
			run = 0;
			continue;
		}
		if (((unsigned char)s[i] & 0xC0) == 0x80)	/* the same letter goes on */
			continue;
		if (!is_letter(s[i]) || ++run > 1)
			return false;
	}
	return n > 0;
}

static size_t
word_length(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && is_letter(s[i]))
		i++;
	return i;
}

/* Is there nothing but marks, as before the number of an item of a list? "- 2." */
static bool
only_marks(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_letter(s[i]) || is_digit(s[i]))
			return false;
	return true;
}

/* The word before the full stop at 'stop' is an abbreviation or a number in its place, so that the sentence goes on at 'next'. */
static bool
goes_on(const char *text, size_t begin, size_t stop, size_t next, size_t n)
{
	size_t from = stop;

	while (from > begin && strchr(" ([", text[from - 1]) == NULL)
		from--;
	if (is_number(text + from, stop - from))
		return only_marks(text + begin, from - begin) || (stop - from <= 2 && listed(months, COUNT(months), text + next, word_length(text + next, n - next)));
	if (is_initials(text + from, stop - from) || listed(abbreviations, COUNT(abbreviations), text + from, stop - from))
		return true;
	return counts(text + next, n - next) && listed(counters, COUNT(counters), text + from, stop - from);
}

/* Before any closing quotes and brackets that end at 'end': where the mark that ends a sentence stands; (size_t)-1 without one. */
static size_t
mark_before(const char *text, size_t begin, size_t end)
{
	static const char *const closing[] = { ")", "]", "\"", "'", "\xC2\xBB", "\xE2\x80\x9D", "\xE2\x80\x99" };
	size_t i = 0;

	while (i < COUNT(closing)) {
		size_t n = strlen(closing[i]);

		if (end >= begin + n && memcmp(text + end - n, closing[i], n) == 0) {
			end -= n;
			i = 0;
		} else {
			i++;
		}
	}
	if (end > begin && strchr(".!?", text[end - 1]) != NULL)
		return end - 1;
	if (end >= begin + 3 && memcmp(text + end - 3, "\xE2\x80\xA6", 3) == 0)
		return end - 3;
	return (size_t)-1;
}

static bool
ends_at(const char *text, size_t begin, size_t blank, size_t n)
{
	size_t mark = mark_before(text, begin, blank);

	if (mark == (size_t)-1 || blank + 1 >= n || !may_begin(text + blank + 1, n - blank - 1))
		return false;
	return text[mark] != '.' || !goes_on(text, begin, mark, blank + 1, n);
}

size_t
canon_sentences(const char *paragraph, size_t n, size_t **starts)
{
	size_t count = 0, cap = 0, begin = 0;

	*starts = NULL;
	if (n == 0)
		return 0;
	*starts = xgrow(*starts, count, &cap, sizeof(**starts));
	(*starts)[count++] = 0;
	for (const char *p = paragraph; (p = memchr(p, ' ', n - (size_t)(p - paragraph))) != NULL; p++) {
		size_t blank = (size_t)(p - paragraph);
		char last = blank > 0 ? p[-1] : ' ';

		if ((lower(last) >= 'a' && lower(last) <= 'z') || last == ',')	/* most blanks, by far */
			continue;
		if (!ends_at(paragraph, begin, blank, n))
			continue;
		begin = blank + 1;
		*starts = xgrow(*starts, count, &cap, sizeof(**starts));
		(*starts)[count++] = begin;
	}
	return count;
}
