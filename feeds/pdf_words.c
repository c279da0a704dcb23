#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/alloc.h"
#include "pdf_lines.h"

/* Hashes of words, sorted. */
struct pdf_words {
	uint64_t *v;
	size_t n, cap;
};

#define HASH_START 14695981039346656037u	/* FNV-1a */

/* Letters of any script, digits not; the byte E2 begins dashes, quotes and bullets, which part words. */
static bool
is_letter(const char *s, size_t n)
{
	unsigned char c = (unsigned char)*s;

	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return c != 0xe2 && !(c == 0xc2 && n > 1);
}

static uint64_t
hash_more(uint64_t h, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		h = (h ^ (c >= 'A' && c <= 'Z' ? c | 0x20u : c)) * 1099511628211u;
	}
	return h;
}

/* Bytes of the word at s, hyphens between letters included. */
static size_t
word_at(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (is_letter(s + i, n - i) || (i > 0 && ((unsigned char)s[i] & 0xc0) == 0x80) || (s[i] == '-' && i > 0 && i + 1 < n && is_letter(s + i + 1, n - i - 1))))
		i++;
	return i;
}

static void
add_words(struct pdf_words *w, const struct pdf_line *l)
{
	for (size_t i = 0; i < l->n;) {
		size_t n = word_at(l->s + i, l->n - i);

		/* the last word of a line may be the half of one, and the first too */
		if (n > 0 && i > 0 && i + n < l->n) {
			w->v = xgrow(w->v, w->n, &w->cap, sizeof(*w->v));
			w->v[w->n++] = hash_more(HASH_START, l->s + i, n);
		}
		i += n > 0 ? n : 1;
	}
}

static int
hash_cmp(const void *a, const void *b)
{
	uint64_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return x < y ? -1 : x > y;
}

struct pdf_words *
pdf_words_new(const struct pdf_lines *l)
{
	struct pdf_words *w = xcalloc(1, sizeof(*w));

	for (size_t i = 0; i < l->n; i++)
		add_words(w, &l->v[i]);
	if (w->n > 0)
		qsort(w->v, w->n, sizeof(*w->v), hash_cmp);
	return w;
}

void
pdf_words_free(struct pdf_words *w)
{
	if (w == NULL)
		return;
	free(w->v);
	free(w);
}

static bool
has_word(const struct pdf_words *w, const char *a, size_t an, const char *between, const char *b, size_t bn)
{
	uint64_t h = hash_more(hash_more(hash_more(HASH_START, a, an), between, strlen(between)), b, bn);

	return w->n > 0 && bsearch(&h, w->v, w->n, sizeof(h), hash_cmp) != NULL;
}

/* Bytes of the hyphen at the end of a: '-', U+2010 or U+00AD (then *soft). */
static size_t
hyphen_at_end(const char *a, size_t n, bool *soft)
{
	*soft = n >= 2 && memcmp(a + n - 2, "\xc2\xad", 2) == 0;
	if (*soft)
		return 2;
	if (n >= 3 && memcmp(a + n - 3, "\xe2\x80\x90", 3) == 0)
		return 3;
	return n >= 1 && a[n - 1] == '-' ? 1 : 0;
}

/* "short- and long-term": the hyphen stands for a word that comes later. */
static bool
is_and(const char *b, size_t n)
{
	static const char *const words[] = { "and", "or", "to", "und", "oder", "et", "ou", "y", "o", "e", "en", "of", "i", "lub", "a", "och" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i]) == n && memcmp(words[i], b, n) == 0)
			return true;
	return false;
}

enum pdf_seam
pdf_words_seam(const struct pdf_words *w, const char *a, size_t an, const char *b, size_t bn)
{
	bool soft;
	size_t hyphen = hyphen_at_end(a, an, &soft), stem = an - hyphen, from = stem, tail = word_at(b, bn);

	if (soft)
		return PDF_SEAM_UNHYPHEN;
	/* a dash between blanks, or a minus before a number */
	while (from > 0 && (is_letter(a + from - 1, 1) || ((unsigned char)a[from - 1] & 0xc0) == 0x80 || a[from - 1] == '-'))
		from--;
	while (from < stem && ((unsigned char)a[from] & 0xc0) == 0x80)
		from++;		/* the end of a quote or dash before the word */
	if (hyphen == 0 || from == stem)
		return PDF_SEAM_BLANK;
	if (is_and(b, tail))
		return PDF_SEAM_BLANK;
	if (tail == 0 || (*b >= 'A' && *b <= 'Z'))
		return (*b >= '0' && *b <= '9') || tail > 0 ? PDF_SEAM_NONE : PDF_SEAM_BLANK;
	if (has_word(w, a + from, stem - from, "", b, tail))
		return PDF_SEAM_UNHYPHEN;
	if (has_word(w, a + from, stem - from, "-", b, tail))
		return PDF_SEAM_NONE;
	return PDF_SEAM_UNHYPHEN;
}
